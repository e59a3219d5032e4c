"""Reconstruction algorithms: one file each, with typed, described, bounded parameters.

The panel's controls, the command line's options and the documentation are generated from `parameters`. Adding an
algorithm is adding a file to this folder.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from recon.algorithms.base import Algorithm, OnePass, StackAlgorithm
from recon.algorithms.fbp import FilteredBackProjection
from recon.algorithms.shift_and_add import ShiftAndAdd
from recon.parameters import Parameter, parameters
from recon.registry import built, found_in

ALGORITHMS: dict[str, type[Algorithm]] = found_in(__path__, __name__, Algorithm)
"""Every algorithm by the name used on the command line and in files; the first is the default."""


def build(name: str, values: Mapping[str, Any] | None = None) -> Algorithm:
    """An algorithm by name with some parameters set; see `recon.registry.built`."""
    return built(ALGORITHMS, "algorithm", name, values)


__all__ = [
    "ALGORITHMS",
    "Algorithm",
    "FilteredBackProjection",
    "OnePass",
    "Parameter",
    "ShiftAndAdd",
    "StackAlgorithm",
    "build",
    "parameters",
]
