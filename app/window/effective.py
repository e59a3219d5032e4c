"""The effective thickness of the slab on screen, in words."""

from __future__ import annotations

import math
from typing import Any

from app.reading.depth import effective_depth_mm, used
from app.session import Session
from recon.algorithms import OnePass
from widgets.translation import mark, tr

DETAILS_MM = (0.5, 2.0)
"""Two, because a section is thicker for coarser detail."""

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
    geometry = used(source.geometry, reconstruction.excluded)
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
    return effective_depth_mm(source, algorithm, reconstruction, session.height(uid))


def _length(value_mm: float) -> str:
    return f"{value_mm:.1f} mm" if math.isfinite(value_mm) else tr("without limit")
