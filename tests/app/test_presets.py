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


def test_the_pendulums_fulcrum_stands_still():
    geometry = find_preset("shimadzu-sonialvision").build(74, (100, 80))
    row, column = geometry.project([0.0, 0.0, 150.0])
    assert np.allclose(row, 49.5)
    assert np.allclose(column, 39.5)
    # ±20° about the fulcrum, 950 mm below the tube.
    assert np.allclose(np.abs(geometry.source_mm[[0, -1], 1]), 950 * np.tan(np.radians(20)))
    assert geometry.is_flat


def test_hologics_detector_turns_by_less_than_the_tube():
    geometry = find_preset("hologic-selenia-dimensions").build(15, (100, 80))
    assert np.allclose(np.linalg.norm(geometry.source_mm, axis=1), 700)
    tilt = np.degrees(np.arctan2(geometry.normal[:, 1], geometry.normal[:, 2]))
    assert np.allclose(tilt, np.linspace(-2.1, 2.1, 15))


def test_siemens_angles_are_those_of_its_replica():
    geometry = find_preset("siemens-mammomat-inspiration").build(25, (100, 80))
    pivot = np.array([0, 0, 50.0])
    angle = np.degrees(np.arctan2(geometry.source_mm[:, 1], geometry.source_mm[:, 2] - pivot[2]))
    assert np.allclose(np.diff(angle), 2.083333333333)
    assert np.allclose(np.linalg.norm(geometry.source_mm - pivot, axis=1), 600)


def test_curved_paths():
    circle = find_preset("generic-circle-30").build(60, (100, 80))
    radius = 1100 * np.tan(np.radians(15))
    assert np.allclose(np.hypot(*circle.source_mm[:, :2].T), radius)
    spiral = find_preset("generic-spiral-30").build(90, (100, 80))
    assert np.allclose(np.linalg.norm(spiral.source_mm[0, :2]), 0)
    assert np.allclose(np.linalg.norm(spiral.source_mm[-1, :2]), radius)


def test_what_is_not_confirmed_is_said():
    for preset in geometry_presets():
        note = preset.build(preset.views, (50, 60)).note
        assert ("partly unconfirmed" in note) == bool(preset.unconfirmed)
        assert ("quoted" not in " ".join(preset.sources)) or preset.unconfirmed


WHOLE = """
title = "A"
description = "B"
sources = ["from somewhere"]
[geometry]
trajectory = "arc"
source_to_detector_mm = 650
source_to_pivot_mm = 600
sweep_deg = 25
sweep_axis = "y"
views = 9
pixel_pitch_mm = 0.1
"""


def test_a_whole_file_is_read():
    assert read_preset(WHOLE, "x").build(5, (4, 4)).n_views == 5


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("views = 9\n", "", r"x\.toml: geometry\.views missing"),
        ("views = 9", "views = 9.5", r"geometry\.views must be a whole number, found 9\.5"),
        ("views = 9", "views = 1", r"geometry\.views must lie between 2 and 10000, found 1"),
        ("views = 9", 'views = "many"', r"geometry\.views must be a number, found 'many'"),
        ('"arc"', '"helix"', 'geometry.trajectory must be one of linear, pendulum, .*, found "helix"'),
        ('trajectory = "arc"\n', "", r"geometry\.trajectory missing"),
        ('"y"', '"z"', 'geometry.sweep_axis must be one of y, x, found "z"'),
        ("source_to_pivot_mm = 600\n", "", r"geometry\.source_to_pivot_mm missing"),
        ("source_to_pivot_mm = 600", "source_to_pivot_mm = 700", "axis of rotation must lie between source and"),
        ("sweep_deg = 25", "sweep_deg = 25\nturns = 3", r"geometry\.turns unknown"),
        ('["from somewhere"]', "[]", "sources must be a list of texts"),
        ('title = "A"', "title = 3", "title must be a text, found 3"),
        ('title = "A"', 'titel = "A"', "title missing"),
    ],
)  # fmt: skip
def test_wrong_files_are_refused_with_a_sentence(old, new, sentence):
    with pytest.raises(BocageError, match=sentence):
        read_preset(WHOLE.replace(old, new), "x")


def test_wrong_names_and_files_are_refused():
    with pytest.raises(BocageError, match="ge-volumerad-chest"):
        find_preset("no such")
    with pytest.raises(BocageError, match="at least two views"):
        find_preset("GE VolumeRAD, chest").build(1, (5, 5))
    with pytest.raises(BocageError, match=r"x\.toml: not valid TOML"):
        read_preset("title = ", "x")
    with pytest.raises(BocageError, match="description, sources, geometry missing"):
        read_preset('title = "a"', "x")


UNEVEN = """
title = "A device"
description = "With a table of its views."
sources = ["a table that was made up for this test"]
models = ["Super Tomo"]

[geometry]
trajectory = "arc"
source_to_detector_mm = 650.0
source_to_pivot_mm = 600.0
sweep_deg = 45.2
sweep_axis = "y"
views = 4
pixel_pitch_mm = 0.085
angles_deg = [-25.28, -23.3, 2.5, 19.92]
"""


def test_a_device_may_have_a_table_of_its_views():
    preset = read_preset(UNEVEN, "uneven")
    source = preset.build(4, (20, 30)).source_mm
    assert np.allclose(source[:, 1], 600 * np.sin(np.radians([-25.28, -23.3, 2.5, 19.92])))
    # Another number of views is another mode: evenly spread over the sweep.
    assert np.allclose(np.diff(preset.view_angles_deg(5)), 11.3)
    with pytest.raises(BocageError, match="one angle for each of its 5 views, found 4"):
        read_preset(UNEVEN.replace("views = 4", "views = 5"), "uneven")
    with pytest.raises(BocageError, match="list of numbers"):
        read_preset(UNEVEN.replace("[-25.28, -23.3, 2.5, 19.92]", '"many"'), "uneven")


def test_images_name_their_device():
    preset = find_preset("siemens-mammomat-inspiration")
    assert preset.names("MAMMOMAT Inspiration")
    assert not preset.names("Selenia Dimensions")
    assert not preset.names("")
    assert not find_preset("generic-breast-arc").names("anything")
