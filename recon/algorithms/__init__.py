"""Reconstruction algorithms: one file each, with typed, described, bounded parameters.

The panel's controls, the command line's options and the documentation are generated from `parameters`. Adding an
algorithm is adding a file to this folder.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from recon.algorithms.base import Algorithm, OnePass, Parameter, build, parameters
from recon.algorithms.fbp import FilteredBackProjection
from recon.algorithms.shift_and_add import ShiftAndAdd


def _found() -> dict[str, type[Algorithm]]:
    found: dict[str, type[Algorithm]] = {}
    for module in iter_modules(__path__):
        for item in vars(import_module(f"{__name__}.{module.name}")).values():
            if isinstance(item, type) and issubclass(item, Algorithm) and item.name:
                found[item.name] = item
    return dict(sorted(found.items(), key=lambda pair: (pair[1].order, pair[0])))


ALGORITHMS: dict[str, type[Algorithm]] = _found()
"""Every algorithm by the name used on the command line and in files; the first is the default."""

__all__ = [
    "ALGORITHMS",
    "Algorithm",
    "FilteredBackProjection",
    "OnePass",
    "Parameter",
    "ShiftAndAdd",
    "build",
    "parameters",
]
