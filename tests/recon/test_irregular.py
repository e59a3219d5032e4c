"""What the user is told about views that are not as regular as they could be."""

from __future__ import annotations

import numpy as np
import pytest

from recon import trajectories
from recon.geometry import Geometry
from recon.irregular import view_facts
from recon.live import LiveVolume
from recon.notes import Fact
from recon.projections import ProjectionSet

DETECTOR = {"source_to_detector_mm": 1000.0, "pixel_pitch_mm": 2.0, "shape": (12, 10)}


def at(angles_deg: object, **facts: object) -> Geometry:
    """Views at angles seen from the detector's middle, on a straight track."""
    position = 1000.0 * np.tan(np.radians(np.asarray(angles_deg, dtype=float)))
    return trajectories.linear_track(source_position_mm=position, **DETECTOR, **facts)  # type: ignore[arg-type]


SWEEP = np.arange(-10.0, 10.1, 1.0)


@pytest.mark.parametrize(
    "geometry",
    [
        at(SWEEP),
        at(SWEEP[::-1]),
        at(np.random.default_rng(1).permutation(SWEEP)),
        trajectories.linear_track(source_position_mm=np.linspace(-700, 700, 21), **DETECTOR),
        trajectories.pendulum(source_position_mm=np.linspace(-300, 300, 21), fulcrum_height_mm=120.0, **DETECTOR),
        trajectories.arc(angle_deg=np.linspace(-25, 25, 9), source_to_pivot_mm=900, **DETECTOR),
        trajectories.isocentric(angle_deg=np.linspace(-20, 20, 9), source_to_axis_mm=700, **DETECTOR),
        trajectories.ellipse(angle_deg=np.arange(0, 360, 10), radius_mm=200, **DETECTOR),
        trajectories.spiral(n_views=40, turns=3, radius_mm=(0, 250), **DETECTOR),
        at([-5, 5]),
        at(SWEEP, exposure=1 + 0.01 * np.cos(SWEEP)),
    ],
)
def test_a_regular_acquisition_needs_no_words(geometry: Geometry) -> None:
    assert view_facts(geometry) == ()


@pytest.mark.parametrize(
    ("geometry", "sentence"),
    [
        (
            at(np.delete(SWEEP, 7)),
            "1 view is missing in a sweep of otherwise even steps, between views 7 and 8",
        ),
        (
            at(np.delete(SWEEP, [3, 12, 13])),
            "3 views are missing in a sweep of otherwise even steps, between views 3 and 4, 11 and 12",
        ),
        (
            at(np.delete(SWEEP, [2, 5, 9, 14])),
            "4 views are missing in a sweep of otherwise even steps, in 4 places",
        ),
        (
            at(np.insert(SWEEP, 4, SWEEP[4])),
            "2 views taken from the same position: 5, 6",
        ),
        (
            at(np.sort(np.concatenate((SWEEP, SWEEP[:3])))),
            "6 of 24 views taken from 3 positions, several from each",
        ),
        (
            at([-8, -7.6, -6.5, -5.5, -4.9, -4, -3, -2.3]),
            "8 views, steps uneven (0.4° to 1.1°)",
        ),
        (
            at(SWEEP, exposure=np.linspace(0.5, 1.5, 21)),
            "exposure differs from view to view (0.5 to 1.5 of the mean)",
        ),
        (
            trajectories.ellipse(angle_deg=[0, 10, 20, 60, 100, 200, 300], radius_mm=200, **DETECTOR),
            "7 views, steps uneven (35 to 306 mm)",
        ),
    ],
)
def test_each_irregularity_is_one_sentence(geometry: Geometry, sentence: str) -> None:
    assert view_facts(geometry) == (sentence,)
    assert isinstance(view_facts(geometry)[0], Fact)


def test_the_live_volume_tells_them_with_the_views_left_out() -> None:
    geometry = at(np.append(np.delete(SWEEP, 7), SWEEP[-1]), exposure=np.linspace(0.5, 1.5, 21))
    live = LiveVolume(ProjectionSet(np.ones((21, 12, 10), np.float32), geometry)).excluding([0, 4])
    notes = live.info.notes
    assert "2 views taken from the same position: 20, 21" in notes
    assert "1 view is missing in a sweep of otherwise even steps, between views 7 and 8" in notes
    assert "exposure differs from view to view (0.5 to 1.5 of the mean)" in notes
    assert "2 of 21 views left out: 1, 5" in notes
    assert all(isinstance(note, Fact) for note in notes)
