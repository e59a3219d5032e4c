"""Geometry presets."""

from __future__ import annotations

import numpy as np
import pytest

from app.presets import find_preset, geometry_presets, read_preset
from recon.errors import BocageError


@pytest.mark.parametrize("preset", geometry_presets(), ids=lambda preset: preset.key)
def test_every_preset_builds_and_names_its_sources(preset):
    geometry = preset.build(preset.views, (50, 60))
    assert geometry.n_views == preset.views
    assert geometry.origin == "preset"
    assert preset.title in geometry.note
    assert "not calibrated" in geometry.note
    assert preset.sources
    assert all(len(source) > 20 for source in preset.sources)
    assert preset.description
    assert geometry.patient is None
    reversed_ = preset.build(preset.views, (50, 60), reverse=True)
    assert np.allclose(reversed_.source_mm, geometry.source_mm[::-1])


def test_the_chest_preset_has_the_published_track():
    geometry = find_preset("ge-volumerad-chest").build(61, (2022, 2022), 0.2)
    assert geometry.is_rectified
    assert geometry.sweep_angle_deg == pytest.approx(30.0)
    assert np.all(geometry.source_mm[:, 2] == 1800)
    # 16.077 mm a step, ±482.3 mm.
    assert np.diff(geometry.source_mm[:, 1]).mean() == pytest.approx(16.077, abs=0.01)
    assert geometry.pixel_pitch_mm == (0.2, 0.2)


def test_the_breast_preset_is_an_arc_over_a_standing_detector():
    preset = find_preset("generic-breast-arc")
    geometry = preset.build(9, (100, 80))
    pivot = np.array([0, 0, 40.0])
    assert np.allclose(np.linalg.norm(geometry.source_mm - pivot, axis=1), 620)
    assert geometry.is_rectified


def test_wrong_names_and_files_are_refused():
    with pytest.raises(BocageError, match="ge-volumerad-chest"):
        find_preset("no such")
    with pytest.raises(BocageError, match="at least two views"):
        find_preset("GE VolumeRAD, chest").build(1, (5, 5))
    with pytest.raises(BocageError, match=r"x\.toml: not valid TOML"):
        read_preset("title = ", "x")
    with pytest.raises(BocageError, match=r"geometry\.views"):
        read_preset('title = "a"', "x")
