"""The middle projection as a picture."""

from __future__ import annotations

import numpy as np

from app.session.loading import middle_view
from recon import trajectories
from recon.projections import ProjectionSet


def test_the_collimators_shadow_is_no_dense_bone() -> None:
    geometry = trajectories.linear_track(
        source_position_mm=(-20.0, 0.0, 20.0), source_to_detector_mm=1000.0, pixel_pitch_mm=1.0, shape=(40, 50)
    )
    counts = np.full((3, 40, 50), 1000, np.uint16)
    counts[:, :8] = 0  # the collimator
    counts[:, 25:28, 30:33] = 0  # something that lets nothing through
    pixels = middle_view(ProjectionSet(counts, geometry, "counts", air=1000.0)).pixels
    assert np.isnan(pixels[:8]).all()
    assert np.isfinite(pixels[8:]).all()
    assert pixels[26, 31] == pixels[8:].max() > 5
