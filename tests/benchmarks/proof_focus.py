"""Proof of depth from sharpness: heights found along rays, against where things are."""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np
from measures import demonstration_chest

from recon import trajectories
from recon.focus import FocusProfile, focus_profile
from recon.geometry import Geometry
from recon.live import LiveVolume
from recon.projections import ProjectionSet
from recon.rays import Ray
from recon.simulate.acquisition import linear_sweep
from recon.simulate.forward import project
from recon.simulate.phantoms import Phantom
from recon.simulate.shapes import Sphere
from recon.simulate.volume import VoxelVolume

Place = tuple[float, float, float]
NEAR_MM = 1.0


def focus_accuracy(pitch: float) -> None:
    """Everything that is measured of it."""
    print("\nDepth from sharpness: points clicked 0.8 mm (rms) beside a structure in the middle view")
    print(f"  {'':36}{'points':>7}{'median':>8}{'≤ 1 mm':>8}{'any peak':>9}   right of those called clear, likely; s")
    size = (round(320 / pitch), round(280 / pitch))
    geometries = {
        "track along y": linear_sweep(n_views=60, pixel_pitch_mm=pitch, shape=size),
        "track along x": linear_sweep(n_views=60, pixel_pitch_mm=pitch, shape=size[::-1], sweep_axis="x"),
        "arc ±20°": trajectories.arc(
            angle_deg=np.linspace(-20, 20, 60), source_to_detector_mm=1200, source_to_pivot_mm=1150,
            pixel_pitch_mm=pitch, shape=size,
        ),
    }  # fmt: skip
    for title, geometry in geometries.items():
        spheres = _scattered(40, 3, (0.75, 4.0), 0.05, 85.0)
        exact = Phantom(tuple(spheres)).line_integrals(geometry, oversampling=2) + np.float32(1.5)
        for photons in (20000.0, 500.0):
            live = LiveVolume(_counted(exact, geometry, photons))
            _table(f"spheres, {title}, {photons:g} quanta", live, [sphere.centre_mm for sphere in spheres])
    volume, _ = demonstration_chest()
    size = (round(409.6 / pitch), round(409.6 / pitch))
    geometry = linear_sweep(n_views=60, pixel_pitch_mm=pitch, shape=size)
    chest = project(volume, geometry)
    live = LiveVolume(_counted(chest, geometry, 20000.0))
    places = _dense_parts(volume, geometry)
    print("  chest, behind its own dense parts, most of them parts of ribs and vertebrae that lie over each other:")
    found = _table("chest, its own dense parts", live, places)
    ranks = np.array([_rank(volume, profile) for profile, _ in found if profile.verdict in ("clear", "likely")])
    errors = np.array([min(abs(peak.height_mm - z) for peak in profile.peaks) for profile, z in found if profile.peaks])
    print(
        f"  {'':36} a reported peak within 5 mm of the part: {np.mean(errors <= 5):.0%}. The CT changes more along the "
        f"sweep than at the height called\n  {'':36} clear or likely at {np.median(ranks):.0%} of the ray's other "
        f"heights (median; worst quarter {np.quantile(ranks, 0.75):.0%}; by chance 50 %)"
    )
    for radius, attenuation in ((1.5, 0.08), (1.0, 0.05), (0.75, 0.03)):
        spheres = _scattered(40, 4, (radius, radius), attenuation, 110.0, (50.0, 250.0))
        more = Phantom(tuple(spheres)).line_integrals(geometry, oversampling=2)
        live = LiveVolume(_counted(chest + more, geometry, 20000.0))
        peak = 2 * radius * attenuation
        _table(f"chest + beads of {2 * radius:g} mm, μd {peak:.2f}", live, [sphere.centre_mm for sphere in spheres])


def _scattered(
    count: int, seed: int, radii: tuple[float, float], attenuation: float, reach: float,
    heights: tuple[float, float] = (20.0, 280.0),
) -> list[Sphere]:  # fmt: skip
    """Spheres at random places, no two nearly above each other."""
    random = np.random.default_rng(seed)
    found: list[Sphere] = []
    while len(found) < count:
        place = (random.uniform(-reach, reach), random.uniform(-reach, reach), random.uniform(*heights))
        if all(np.hypot(place[0] - other.centre_mm[0], place[1] - other.centre_mm[1]) > 16 for other in found):
            found.append(Sphere(place, random.uniform(*radii), attenuation))
    return found


def _counted(exact: np.ndarray, geometry: Geometry, photons: float) -> ProjectionSet:
    counts = np.random.default_rng(0).poisson(photons * np.exp(-exact)).astype(np.uint16)
    return ProjectionSet(counts, geometry, kind="counts", air=photons)


def _rank(volume: VoxelVolume, profile: FocusProfile) -> float:
    """At what share of the heights along the ray the CT's own gradient along y is steeper than at the height found."""
    (x0, y0, z0), (dx, dy, dz) = volume.origin_mm, volume.spacing_mm
    half = round(3.5 / dx)
    heights = z0 + dz * np.arange(volume.attenuation.shape[0])
    energy = np.zeros(heights.size)
    for plane, height in enumerate(heights):
        x, y = profile.ray.at(float(height))
        column, row = round((x - x0) / dx), round((y - y0) / dy)
        patch = volume.attenuation[
            plane, max(row - half, 0) : row + half + 1, max(column - half, 0) : column + half + 1
        ]
        if patch.shape[0] > 1 and patch.shape[1] > 0:
            energy[plane] = float(np.mean(np.diff(patch, axis=0) ** 2))
    body = energy > 0
    assert profile.best_mm is not None
    return float(np.mean(energy[body] > np.interp(profile.best_mm, heights, energy)))


def _dense_parts(volume: VoxelVolume, geometry: Geometry, low_hu: float = 250.0, count: int = 40) -> list[Place]:
    """Where the CT itself stands out most from what is around it over some millimetres: calcifications, cortical edges.

    Chosen without looking at projections; places that lie nearly above each other are left out.
    """
    from scipy.ndimage import gaussian_filter, maximum_filter

    water = 0.0194
    spacing = np.array(volume.spacing_mm[::-1])
    fine = gaussian_filter(volume.attenuation, 1.0 / spacing)
    stands_out = fine - gaussian_filter(volume.attenuation, 4.0 / spacing)
    top = (stands_out == maximum_filter(stands_out, size=9)) & (stands_out > water * low_hu / 1000)
    order = np.argsort(-stands_out[top])
    found: list[Place] = []
    for z, y, x in np.argwhere(top)[order]:
        place = tuple(float(o + s * i) for o, s, i in zip(volume.origin_mm, volume.spacing_mm, (x, y, z), strict=True))
        row, column = geometry.project(place)
        inside = (row > 30) & (row < geometry.shape[0] - 30) & (column > 30) & (column < geometry.shape[1] - 30)
        if not inside.all():
            continue
        if all(np.hypot(place[0] - other[0], place[1] - other[1]) > 10 for other in found):
            found.append((place[0], place[1], place[2]))
        if len(found) == count:
            break
    return found


def _table(title: str, live: LiveVolume, places: Sequence[Place]) -> list[tuple[FocusProfile, float]]:
    geometry = live.geometry
    middle = geometry.n_views // 2
    random = np.random.default_rng(1)
    beside = 0.8 / geometry.pixel_pitch_mm[0] / np.sqrt(2)
    found: list[tuple[FocusProfile, float]] = []
    seconds = []
    for place in places:
        row, column = (float(value[middle]) + beside * random.normal() for value in geometry.project(place))
        start = time.perf_counter()
        found.append((focus_profile(live, Ray.of_pixel(geometry, middle, row, column)), place[2]))
        seconds.append(time.perf_counter() - start)
    errors = np.array([abs(profile.best_mm - z) if profile.peaks else np.inf for profile, z in found])
    nearest = np.array(
        [min((abs(peak.height_mm - z) for peak in profile.peaks), default=np.inf) for profile, z in found]
    )
    words = []
    for verdict in ("clear", "likely"):
        right = [error <= NEAR_MM for error, (profile, _) in zip(errors, found, strict=True)
                 if profile.verdict == verdict]  # fmt: skip
        words.append(f"{sum(right)} of {len(right)}")
    print(
        f"  {title:36}{len(places):>7}{np.median(errors):>8.2f}{np.mean(errors <= NEAR_MM):>8.0%}"
        f"{np.mean(nearest <= NEAR_MM):>9.0%}   {words[0]:>9}, {words[1]:>8}; {np.median(seconds):.3f}"
    )
    return found
