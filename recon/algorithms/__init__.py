"""Reconstruction algorithms: one file each, with typed, described, bounded parameters.

The panel's controls, the command line's options and the documentation are generated from `parameters`. Adding an
algorithm is adding a file and naming it here.
"""

from __future__ import annotations

from recon.algorithms.base import Algorithm, Parameter, build, parameters
from recon.algorithms.fbp import FilteredBackProjection
from recon.algorithms.shift_and_add import ShiftAndAdd

ALGORITHMS: dict[str, type[Algorithm]] = {
    algorithm.name: algorithm for algorithm in (FilteredBackProjection, ShiftAndAdd)
}
"""Every algorithm by the name used on the command line and in files; the first is the default."""

__all__ = ["ALGORITHMS", "Algorithm", "FilteredBackProjection", "Parameter", "ShiftAndAdd", "build", "parameters"]
