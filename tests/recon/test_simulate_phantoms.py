from __future__ import annotations

import numpy as np
import pytest

from recon import trajectories
from recon.errors import BocageError
from recon.geometry import Geometry
from recon.simulate.phantoms import (
    Box,
    Cylinder,
    Ellipsoid,
    Phantom,
    Shape,
    Sphere,
    bead_column,
    laterality_phantom,
    sphere_phantom,
)

SHAPES: dict[str, Shape] = {
    "sphere": Sphere((4.0, -3.0, 50.0), 9.0, 0.1),
    "ellipsoid": Ellipsoid((4.0, -3.0, 50.0), (14.0, 6.0, 9.0), 0.1),
    "box": Box((4.0, -3.0, 50.0), (14.0, 6.0, 19.0), 0.1),
    "oblique cylinder": Cylinder((-8.0, -9.0, 41.0), (9.0, 6.0, 58.0), 4.0, 0.1),
    "upright cylinder": Cylinder((4.0, -3.0, 40.0), (4.0, -3.0, 60.0), 7.0, 0.1),
    "lying cylinder": Cylinder((-8.0, 2.0, 50.0), (9.0, 2.0, 50.0), 5.0, 0.1),
}


def tilted() -> Geometry:
    return trajectories.isocentric(
        angle_deg=[-25.0, 0.0, 40.0],
        source_to_detector_mm=300.0,
        source_to_axis_mm=250.0,
        pixel_pitch_mm=1.3,
        shape=(61, 61),
    )


@pytest.mark.parametrize("name", list(SHAPES))
def test_line_integrals_are_those_of_marching_through_the_shape(name: str) -> None:
    phantom, geometry = Phantom((SHAPES[name],)), tilted()
    exact = phantom.line_integrals(geometry)
    rng = np.random.default_rng(1)
    steps = (np.arange(40000) + 0.5) / 40000
    tried = 0
    for view in range(geometry.n_views):
        seen = np.argwhere(exact[view] > 0)
        for row, column in seen[rng.integers(0, len(seen), 4)]:
            ray = geometry.pixel_to_world(view, row, column) - geometry.source_mm[view]
            inside = phantom.attenuation_at(geometry.source_mm[view] + steps[:, None] * ray)
            marched = float(inside.mean()) * float(np.linalg.norm(ray))
            assert exact[view, row, column] == pytest.approx(marched, abs=0.1 * 0.02)
            tried += 1
    assert tried == 12


@pytest.mark.parametrize("name", list(SHAPES))
def test_the_shadow_is_not_cut(name: str) -> None:
    """Looking only at the shape's bounding box must give what looking everywhere gives."""
    shape, geometry = SHAPES[name], tilted()
    exact = Phantom((shape,)).line_integrals(geometry)
    rows, columns = np.meshgrid(np.arange(61), np.arange(61), indexing="ij")
    for view in range(geometry.n_views):
        ray = geometry.pixel_to_world(view, rows, columns) - geometry.source_mm[view]
        enter, leave = shape.chord(geometry.source_mm[view], ray)
        everywhere = (
            np.maximum(np.minimum(leave, 1.0) - np.maximum(enter, 0.0), 0.0) * np.linalg.norm(ray, axis=-1) * 0.1
        )
        np.testing.assert_allclose(exact[view], everywhere, atol=1e-6)


def test_the_central_chord_of_a_far_sphere_is_its_diameter() -> None:
    geometry = trajectories.linear_track(
        source_position_mm=[0.0], source_to_detector_mm=100000.0, pixel_pitch_mm=1.0, shape=(3, 3)
    )
    views = Phantom((Sphere((0.0, 0.0, 20.0), 7.5, 0.2),)).line_integrals(geometry)
    assert views[0, 1, 1] == pytest.approx(0.2 * 15.0, rel=1e-7)


def test_parts_behind_the_detector_or_the_source_do_not_count() -> None:
    geometry = trajectories.linear_track(
        source_position_mm=[0.0], source_to_detector_mm=100.0, pixel_pitch_mm=1.0, shape=(5, 5)
    )
    behind = Phantom((Sphere((0.0, 0.0, -20.0), 7.0, 0.2), Sphere((0.0, 0.0, 130.0), 7.0, 0.2)))
    assert not behind.line_integrals(geometry).any()
    half = Phantom((Sphere((0.0, 0.0, 0.0), 7.0, 0.2),))
    assert half.line_integrals(geometry)[0, 2, 2] == pytest.approx(1.4)


def test_oversampling_averages_over_the_pixel() -> None:
    wire = Phantom((Cylinder((-50.0, 0.0, 50.0), (50.0, 0.0, 50.0), 0.2, 0.5),))
    coarse = trajectories.linear_track(
        source_position_mm=[0.0], source_to_detector_mm=1000.0, pixel_pitch_mm=1.5, shape=(5, 3)
    )
    fine = trajectories.linear_track(
        source_position_mm=[0.0], source_to_detector_mm=1000.0, pixel_pitch_mm=0.05, shape=(150, 90)
    )
    expected = wire.line_integrals(fine).reshape(1, 5, 30, 3, 30).mean(axis=(2, 4))
    np.testing.assert_allclose(wire.line_integrals(coarse, oversampling=30), expected, rtol=1e-6)
    with pytest.raises(BocageError, match="oversampling"):
        wire.line_integrals(coarse, oversampling=0)


def test_holes_and_sums() -> None:
    geometry = tilted()
    ball, hole = Sphere((0.0, 0.0, 50.0), 12.0, 0.1), Sphere((3.0, 0.0, 50.0), 4.0, -0.1)
    both = Phantom((ball,)) + Phantom((hole,))
    apart = Phantom((ball,)).line_integrals(geometry) + Phantom((hole,)).line_integrals(geometry)
    np.testing.assert_allclose(both.line_integrals(geometry), apart, atol=1e-6)
    assert both.attenuation_at(np.array([3.0, 0.0, 50.0])) == 0
    assert both.attenuation_at(np.array([-8.0, 0.0, 50.0])) == pytest.approx(0.1)


def test_the_laterality_phantom_is_its_own_mirror_image_in_no_direction() -> None:
    phantom = laterality_phantom()
    geometry = trajectories.linear_track(
        source_position_mm=[0.0], source_to_detector_mm=1500.0, pixel_pitch_mm=0.5, shape=(320, 320)
    )
    image = phantom.line_integrals(geometry)[0]
    for other in (image[:, ::-1], image[::-1], image[::-1, ::-1], image.T):
        assert np.abs(image - other).max() > 1.0
    row, column = geometry.project(np.array([phantom.landmarks["left bead"], phantom.landmarks["R stem"]]))
    bead, stem = ((round(float(row[0, i])), round(float(column[0, i]))) for i in range(2))
    assert bead[1] > 160 > stem[1]  # patient left is to the right of the image, R to its left
    soft = image[300, 300]
    assert image[bead] > soft + 2
    assert image[stem] > soft + 1
    # The leg leaves to the right below: readable, not mirrored.
    leg_row, leg_column = geometry.project(np.array(phantom.landmarks["R leg"]))
    assert leg_column[0] > stem[1]
    assert image[round(float(leg_row[0])), round(float(leg_column[0]))] > soft + 0.5


def test_bead_columns_and_spheres_lie_where_they_say() -> None:
    beads = bead_column([20.0, 40.0, 60.0], start_mm=(-5.0, 2.0), step_mm=(5.0, 1.0))
    assert beads.landmarks["bead 2"] == (5.0, 4.0, 60.0)
    spheres = sphere_phantom()
    for phantom, name in ((beads, "bead"), (spheres, "sphere")):
        centres = np.array([place for key, place in phantom.landmarks.items() if key.startswith(name)])
        assert len(centres) == 3
        assert np.all(phantom.attenuation_at(centres) > 0)


def test_impossible_shapes_are_refused() -> None:
    with pytest.raises(BocageError, match="radius"):
        Sphere((0, 0, 0), 0.0, 1.0)
    with pytest.raises(BocageError, match="semi-axes"):
        Ellipsoid((0, 0, 0), (1.0, -1.0, 1.0), 1.0)
    with pytest.raises(BocageError, match="size"):
        Box((0, 0, 0), (1.0, float("inf"), 1.0), 1.0)
    with pytest.raises(BocageError, match="two different ends"):
        Cylinder((0, 0, 0), (0, 0, 0), 1.0, 1.0)


def test_rays_in_the_plane_of_a_face_give_numbers() -> None:
    geometry = trajectories.linear_track(
        source_position_mm=[0.0], source_to_detector_mm=100.0, pixel_pitch_mm=1.0, shape=(9, 9)
    )
    parts: tuple[Shape, ...] = (
        Box((2.0, 2.0, 50.0), (4.0, 4.0, 8.0), 0.1),
        Cylinder((0.0, 0.0, 50.0), (0.0, 4.0, 50.0), 2.0, 0.1),
        Cylinder((0.0, 0.0, 40.0), (0.0, 0.0, 60.0), 2.0, 0.1),
    )
    for part in parts:
        image = Phantom((part,)).line_integrals(geometry)[0]
        assert np.all(np.isfinite(image))
        assert image.max() > 0.1
