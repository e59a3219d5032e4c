"""What is out of the ordinary about the views of an acquisition, in sentences for the user.

Weights follow whatever positions and exposures the views have (`recon.sweep`, `recon.preprocess`); the user is told,
since unevenly spaced or missing views leave more ripple than the same number of regular ones.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from recon.geometry import Geometry
from recon.messages import said
from recon.notes import Fact
from recon.sweep import is_straight

Doubles = NDArray[np.float64]

SAME_MM = 1e-3
"""Sources nearer to each other than this stand at the same position."""
UNEVEN = 0.1
"""Steps that differ from the median one by less than this share are even."""
UNEVEN_CURVED = 0.5
"""The same on a curved path, where the straight way from view to view is shorter in a tight turn."""
EXPOSURE = 0.02
"""Exposures that differ from the mean by less than this share are equal."""
MOST_GAPS = 3
"""More gaps than these are told by their number alone."""


def view_facts(geometry: Geometry) -> tuple[Fact, ...]:
    """Repeated positions, uneven steps or missing views, and unequal exposures; one sentence each, if there are any."""
    sentences = (_repeated(geometry), _uneven(geometry), _exposed(geometry))
    return tuple(Fact(sentence) for sentence in sentences if sentence)


def _positions(geometry: Geometry) -> NDArray[np.intp]:
    """Number of the position that each view was taken from, in the order of their first views, shape (n,)."""
    source = geometry.source_mm
    near = np.linalg.norm(source[:, None] - source[None], axis=-1) < SAME_MM
    first = near.argmax(axis=1)
    return np.searchsorted(np.unique(first), first)


def _repeated(geometry: Geometry) -> str:
    position = _positions(geometry)
    groups = [np.flatnonzero(position == each) + 1 for each in range(position.max() + 1)]
    groups = [views for views in groups if views.size > 1]
    if not groups:
        return ""
    if len(groups) == 1:
        views = groups[0]
        numbers = ", ".join(map(str, views)) if views.size <= 6 else f"{views[0]}, {views[1]} …"
        return said("{0} views taken from the same position: {1}", views.size, numbers)
    many = sum(views.size for views in groups)
    return said("{0} of {1} views taken from {2} positions, several from each", many, geometry.n_views, len(groups))


def _uneven(geometry: Geometry) -> str:
    """Gaps in a regular sweep, or steps of all sizes; straight tracks count in degrees, curved paths in millimetres."""
    axis, source = geometry.sweep_axis, geometry.source_mm
    # Each position once.
    _, single = np.unique(_positions(geometry), return_index=True)
    if single.size < 3:
        return ""
    n = geometry.n_views
    if not is_straight(source[:, [axis, 1 - axis, 2]]):
        step = np.linalg.norm(np.diff(source[np.sort(single)], axis=0), axis=1)
        if _even(step, UNEVEN_CURVED):
            return ""
        return said("{0} views, steps uneven ({1:.0f} to {2:.0f} mm)", n, step.min(), step.max())
    order = single[np.argsort(source[single, axis], kind="stable")]
    angle = np.diff(geometry.view_angle_deg[order])
    step = np.diff(source[order, axis])
    if _even(angle) or _even(step):
        return ""
    for each in (angle, step):
        gaps = _gaps(each)
        if gaps is not None:
            return _told_gaps(gaps, order)
    return said("{0} views, steps uneven ({1:.2g}° to {2:.2g}°)", n, angle.min(), angle.max())


def _even(step: Doubles, share: float = UNEVEN) -> bool:
    middle = float(np.median(step))
    return bool(np.all(np.abs(step - middle) <= share * middle))


def _gaps(step: Doubles) -> NDArray[np.int64] | None:
    """How many views are missing in each step of a regular sweep; None if it is not one."""
    middle = float(np.median(step))
    times = np.rint(step / middle)
    regular = times >= 1
    if not np.all(regular) or np.any(np.abs(step / middle - times) > UNEVEN):
        return None
    return times.astype(np.int64) - 1


def _told_gaps(gaps: NDArray[np.int64], order: NDArray[np.intp]) -> str:
    missing, places = int(gaps.sum()), np.flatnonzero(gaps)
    views = said("1 view is") if missing == 1 else said("{0} views are", missing)
    if places.size > MOST_GAPS:
        return said("{0} missing in a sweep of otherwise even steps, in {1} places", views, places.size)
    between = ", ".join(f"{order[place] + 1} and {order[place + 1] + 1}" for place in places)
    return said("{0} missing in a sweep of otherwise even steps, between views {1}", views, between)


def _exposed(geometry: Geometry) -> str:
    if geometry.exposure is None:
        return ""
    relative = geometry.exposure / geometry.exposure.mean()
    if np.all(np.abs(relative - 1) <= EXPOSURE):
        return ""
    return said("exposure differs from view to view ({0:.2g} to {1:.2g} of the mean)", relative.min(), relative.max())
