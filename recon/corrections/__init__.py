"""Corrections of the projections before reconstruction: one file each, with typed, described, bounded parameters.

The panel's controls, the command line's options and the documentation are generated from `parameters`, as for
algorithms. Adding a correction is adding a file to this folder.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from recon.corrections.base import Correction, prepare
from recon.registry import built, found_in

CORRECTIONS: dict[str, type[Correction]] = found_in(__path__, __name__, Correction)
"""Every correction by the name used on the command line and in files, in the order in which they are done."""


def build(name: str, values: Mapping[str, Any] | None = None) -> Correction:
    """A correction by name with some parameters set; see `recon.registry.built`."""
    return built(CORRECTIONS, "correction", name, values)


__all__ = ["CORRECTIONS", "Correction", "build", "prepare"]
