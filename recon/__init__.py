"""The physics of Bocage: geometry, preprocessing, filtering, back projection, simulation.

No Qt and no DICOM here; any script may import it. World frame (millimetres, right-handed): x along
detector columns (right), y along detector rows (down), z from the detector towards the tube, origin at
the centre of the (virtual) detector's surface. A slice's *height* is its z.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from recon.geometry import Geometry
    from recon.projections import ProjectionSet
    from recon.reconstruction import reconstruct
    from recon.slab import SlabRequest

__all__ = ["Geometry", "ProjectionSet", "SlabRequest", "reconstruct"]

_HOMES = {
    "Geometry": "recon.geometry",
    "ProjectionSet": "recon.projections",
    "SlabRequest": "recon.slab",
    "reconstruct": "recon.reconstruction",
}


def __getattr__(name: str) -> Any:
    """Import what is asked for only now: the command line's start takes nothing but `recon.errors`."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
