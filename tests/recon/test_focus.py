"""Depth from sharpness on spheres whose heights are known."""

from __future__ import annotations

import numpy as np
import pytest

from recon import trajectories
from recon.algorithms import FilteredBackProjection, ShiftAndAdd
from recon.errors import BocageError, Cancelled
from recon.focus import FocusProfile, focus_profile, vertex
from recon.geometry import Geometry
from recon.live import LiveVolume
from recon.progress import Progress
from recon.projections import ProjectionSet
from recon.rays import Ray
from recon.simulate.acquisition import linear_sweep, radiograph_geometry
from recon.simulate.phantoms import Phantom, Sphere

SIZE = (800, 700)
PHOTONS = 20000.0

GEOMETRIES = {
    "track along y": lambda: linear_sweep(n_views=41, pixel_pitch_mm=0.4, shape=SIZE),
    "track along x": lambda: linear_sweep(n_views=41, pixel_pitch_mm=0.4, shape=SIZE[::-1], sweep_axis="x"),
    "arc": lambda: trajectories.arc(
        angle_deg=np.linspace(-20, 20, 31), source_to_detector_mm=1200, source_to_pivot_mm=1150, pixel_pitch_mm=0.4,
        shape=SIZE,
    ),
}  # fmt: skip


def scattered(count: int, seed: int) -> list[Sphere]:
    """Spheres at random places, of which no two lie on nearly one vertical."""
    random = np.random.default_rng(seed)
    found: list[Sphere] = []
    while len(found) < count:
        place = (random.uniform(-85, 85), random.uniform(-85, 85), random.uniform(20, 250))
        if all(np.hypot(place[0] - other.centre_mm[0], place[1] - other.centre_mm[1]) > 22 for other in found):
            found.append(Sphere(place, random.uniform(0.8, 4.0), 0.05))
    return found


def noisy(phantom: Phantom, geometry: Geometry, behind: float = 1.5) -> ProjectionSet:
    """Counts behind a body of an even line integral."""
    views = phantom.line_integrals(geometry, oversampling=2) + behind
    counts = np.random.default_rng(0).poisson(PHOTONS * np.exp(-views)).astype(np.uint16)
    return ProjectionSet(counts, geometry, kind="counts", air=PHOTONS)


def through(geometry: Geometry, view: int, place: tuple[float, float, float]) -> Ray:
    row, column = geometry.project(place)
    return Ray.of_pixel(geometry, view, float(row[view]), float(column[view]))


@pytest.fixture(scope="module", params=list(GEOMETRIES))
def acquired(request: pytest.FixtureRequest) -> tuple[list[Sphere], LiveVolume]:
    geometry = GEOMETRIES[request.param]()
    spheres = scattered(20, 3)
    return spheres, LiveVolume(noisy(Phantom(tuple(spheres)), geometry))


@pytest.mark.parametrize("algorithm", [FilteredBackProjection(), ShiftAndAdd()], ids=lambda item: item.name)
def test_spheres_are_found_within_a_millimetre(acquired: tuple[list[Sphere], LiveVolume], algorithm: object) -> None:
    spheres, live = acquired
    source = live if algorithm == live.algorithm else live.with_algorithm(algorithm)  # type: ignore[arg-type]
    middle = live.geometry.n_views // 2
    for sphere in spheres:
        found = focus_profile(source, through(live.geometry, middle, sphere.centre_mm))
        assert found.best_mm == pytest.approx(sphere.centre_mm[2], abs=1.0)
        assert found.verdict == "clear"


def test_the_radiograph_and_oblique_views_find_the_same_heights(acquired: tuple[list[Sphere], LiveVolume]) -> None:
    spheres, live = acquired
    for geometry, view in ((radiograph_geometry(live.geometry), 0), (live.geometry, 3)):
        errors = []
        for sphere in spheres[:8]:
            found = focus_profile(live, through(geometry, view, sphere.centre_mm))
            errors.append(min(abs(peak.height_mm - sphere.centre_mm[2]) for peak in found.peaks))
        assert max(errors) < 1.0


def test_a_click_beside_the_centre_finds_the_sphere(acquired: tuple[list[Sphere], LiveVolume]) -> None:
    spheres, live = acquired
    middle = live.geometry.n_views // 2
    row, column = live.geometry.project(spheres[0].centre_mm)
    found = focus_profile(live, Ray.of_pixel(live.geometry, middle, row[middle] + 3, column[middle] - 3))
    assert found.best_mm == pytest.approx(spheres[0].centre_mm[2], abs=1.0)


def test_two_structures_on_one_ray_are_both_reported_and_not_called_clear() -> None:
    geometry = linear_sweep(n_views=41, pixel_pitch_mm=0.4, shape=(500, 400))
    ray = Ray.of_pixel(geometry, 20, 210.0, 260.0)
    spheres = tuple(Sphere((*ray.at(z), z), 1.5, 0.05) for z in (60.0, 170.0))
    found = focus_profile(LiveVolume(noisy(Phantom(spheres), geometry)), ray)
    assert sorted(peak.height_mm for peak in found.peaks[:2]) == pytest.approx([60.0, 170.0], abs=1.0)
    assert found.verdict in ("several", "likely")
    assert found.peaks[1].sharpness > 0.5


def test_the_middle_of_a_large_sphere_is_found_by_its_outline() -> None:
    geometry = linear_sweep(n_views=41, pixel_pitch_mm=0.4, shape=(500, 400))
    sphere = Sphere((10.0, -20.0, 120.0), 9.0, 0.01)
    found = focus_profile(LiveVolume(noisy(Phantom((sphere,)), geometry)), through(geometry, 20, sphere.centre_mm))
    assert found.best_mm == pytest.approx(120.0, abs=1.5)
    assert found.scale.patch_mm > 10


def test_nothing_but_noise_is_not_pretended_to_have_a_height() -> None:
    geometry = linear_sweep(n_views=41, pixel_pitch_mm=0.4, shape=(500, 400))
    live = LiveVolume(noisy(Phantom(()), geometry))
    random = np.random.default_rng(4)
    verdicts = [
        focus_profile(live, Ray.of_pixel(geometry, 20, *random.uniform(120, 280, 2))).verdict for _ in range(30)
    ]
    assert verdicts.count("none") >= 28
    assert "clear" not in verdicts


def test_views_left_out_are_not_read(acquired: tuple[list[Sphere], LiveVolume]) -> None:
    spheres, live = acquired
    middle = live.geometry.n_views // 2
    fewer = live.excluding(range(0, live.geometry.n_views, 2))
    found = focus_profile(fewer, through(live.geometry, middle, spheres[1].centre_mm))
    assert found.best_mm == pytest.approx(spheres[1].centre_mm[2], abs=1.0)
    assert not np.array_equal(
        found.coherence, focus_profile(live, through(live.geometry, middle, spheres[1].centre_mm)).coherence
    )


def test_a_ray_outside_the_field_is_refused_and_work_can_be_cancelled(
    acquired: tuple[list[Sphere], LiveVolume],
) -> None:
    spheres, live = acquired
    with pytest.raises(BocageError, match="Fewer than half"):
        focus_profile(live, Ray((0.0, 0.0, 1000.0), (900.0, 900.0, 0.0)))
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        focus_profile(live, through(live.geometry, 0, spheres[0].centre_mm), progress=progress)


def test_a_ray_meets_heights_on_a_straight_line_from_the_source() -> None:
    ray = Ray((10.0, 0.0, 1000.0), (110.0, 50.0, 0.0))
    assert ray.at(0.0) == pytest.approx((110.0, 50.0))
    assert ray.at(500.0) == pytest.approx((60.0, 25.0))
    assert ray.at(1000.0) == pytest.approx((10.0, 0.0))


def test_the_vertex_of_a_parabola_is_exact() -> None:
    x = np.arange(6.0)
    place, value = vertex(x, 4.0 - (x - 2.3) ** 2)
    assert (place, value) == pytest.approx((2.3, 4.0))


def test_a_profile_without_peaks_has_no_height() -> None:
    empty = FocusProfile(Ray((0, 0, 1), (0, 0, 0)), np.arange(3.0), np.zeros(3), np.zeros(3), (), None)  # type: ignore[arg-type]
    assert empty.best_mm is None
    assert empty.verdict == "none"
