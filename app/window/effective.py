"""The effective thickness of the slab on screen, in words."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any

import numpy as np

from app.session import Session
from recon.algorithms import OnePass
from recon.geometry import Geometry
from widgets.translation import mark, tr

DETAILS_MM = (0.5, 2.0)
"""Two, because a section is thicker for coarser detail."""

HEIGHT_STEP_MM = 5.0

EXPLANATION = mark(
    "The depth over which a small detail is seen with at least half its contrast (full width at half maximum of the "
    "slice sensitivity profile). It follows from the sweep angle, the filter, the height and the nominal thickness; "
    "averaging a thicker slab adds to it, a wider sweep lessens it, and coarse detail is seen through more of it."
)


def effective_thickness(session: Session, uid: str) -> tuple[str, str]:
    """What the panel says of the slab on screen, and its tooltip; empty where nothing can be said.

    Known for one-pass algorithms only: what iterations reach in depth depends on the object.
    """
    from recon.quality.thickness import effective_thickness_mm

    reconstruction, picture = session.reading.of(uid).reconstruction, session.pictures.get(uid)
    source: Any = session.follower.live(uid)
    if reconstruction is None or picture is None or not picture.is_live or not hasattr(source, "geometry"):
        return "", ""
    algorithm = reconstruction.algorithm
    if not isinstance(algorithm, OnePass):
        return tr("Effective thickness: not predicted for this algorithm"), tr(EXPLANATION)
    left = source.geometry.n_views - len(reconstruction.excluded)
    if left < 2:
        return "", ""  # so many left out are about to be refused
    geometry = _used(source.geometry, reconstruction.excluded)
    height = session.height(uid)
    nominal = reconstruction.thickness_mm
    found = (
        tr(
            "{0} for {1:g} mm detail",
            _length(effective_thickness_mm(geometry, algorithm, height, nominal, detail)),
            detail,
        )
        for detail in DETAILS_MM
    )
    return tr("Effective thickness: {0}", tr(", ").join(found)), tr(EXPLANATION)


def effective_mm(session: Session, uid: str) -> float | None:
    """The effective thickness of the slab on screen for small detail, mm; None where it is not predicted."""
    reconstruction, picture = session.reading.of(uid).reconstruction, session.pictures.get(uid)
    source: Any = session.follower.live(uid)
    if reconstruction is None or picture is None or not picture.is_live or not hasattr(source, "geometry"):
        return None
    algorithm = getattr(picture.source, "algorithm", None)
    if not isinstance(algorithm, OnePass) or source.geometry.n_views - len(reconstruction.excluded) < 2:
        return None
    # It changes slowly with the height: one value for every few millimetres, while cine runs.
    height = HEIGHT_STEP_MM * round(session.height(uid) / HEIGHT_STEP_MM)
    return _effective(
        source.geometry, reconstruction.excluded, algorithm, height, reconstruction.thickness_mm, DETAILS_MM[0]
    )


@lru_cache(maxsize=256)
def _effective(
    geometry: Geometry, excluded: frozenset[int], algorithm: Any, height: float, nominal: float, detail: float
) -> float:
    from recon.quality.thickness import effective_thickness_mm

    return float(effective_thickness_mm(_used(geometry, excluded), algorithm, height, nominal, detail))


@lru_cache(maxsize=4)
def _used(geometry: Geometry, excluded: frozenset[int]) -> Geometry:
    if not excluded:
        return geometry
    return geometry.subset(np.setdiff1d(np.arange(geometry.n_views), list(excluded)))


def _length(value_mm: float) -> str:
    return f"{value_mm:.1f} mm" if math.isfinite(value_mm) else tr("without limit")
