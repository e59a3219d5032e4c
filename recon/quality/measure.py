"""Measuring an algorithm on simulated test objects: from a geometry to a report."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from recon.algorithms import Algorithm, OnePass, parameters
from recon.errors import BocageError
from recon.geometry import Geometry
from recon.messages import said
from recon.progress import SILENT, Progress
from recon.projections import ProjectionSet
from recon.quality.contrast import disc_contrast
from recon.quality.mtf import bead_mtf, bead_profile, wire_mtf
from recon.quality.noise import noise_power
from recon.quality.objects import BALL_MM, BEAD_MM
from recon.quality.profile import DepthProfile, artefact_spread, plane_profile, slice_sensitivity
from recon.quality.readings import Difference, Doubles, along_ray, own_pixels, width_at
from recon.quality.report import Curve, Metric, QualityReport
from recon.quality.ripple import artefact_index, ripple, ripple_period_mm
from recon.quality.scene import (
    BALL_PLACE_MM,
    BLOCK_MM,
    DISC_CONTRAST_PER_MM,
    DISC_DEPTH_MM,
    DISC_DIAMETERS_MM,
    DISCS_ALONG_MM,
    PLATE_MM,
    POINT_PLACES_MM,
    UNIFORM_MM,
    WIRE_LENGTH_MM,
    WIRE_PLACE_MM,
    Scene,
    simulate_scene,
)
from recon.quality.thickness import effective_thickness_mm, predicted_profile
from recon.reconstruction import reconstruct
from recon.slab import Rect, SlabSource

Reconstructor = Callable[[ProjectionSet, Sequence[float], Progress], SlabSource]
"""From projections, and the heights of planes that hold the whole body, to a source of slabs."""

ASF_MM = (5.0, 10.0, 20.0)
REACH_MM = 4.0
"""Half the length of a bead's profile in the plane."""
INTERVAL_MM = 1.0
"""Between the planes of algorithms that compute them together."""
LEAST_DISC = 4.0
"""Discs of fewer pixels across are not measured."""


def measure(
    algorithm: Algorithm,
    geometry: Geometry,
    *,
    height_mm: float | None = None,
    thickness_mm: float = 0.0,
    interval_mm: float = INTERVAL_MM,
    photons_per_view: float | None = None,
    seed: int = 0,
    progress: Progress = SILENT,
) -> QualityReport:
    """Simulate the test objects for a geometry, reconstruct them and measure everything.

    Parameters
    ----------
    algorithm : Algorithm
    geometry : Geometry
    height_mm : float, optional
        Where the objects stand; None: `recon.quality.scene.default_height_mm`.
    thickness_mm : float
        Nominal thickness of the slabs that are measured.
    interval_mm : float
        Between planes, for algorithms that compute them together.
    photons_per_view, seed
        Of the noise; see `recon.quality.scene.simulate_scene`.

    Raises
    ------
    BocageError
        When the objects are not seen by all views, or the algorithm cannot reconstruct them.
    """
    scene = simulate_scene(geometry, height_mm, photons_per_view, seed, progress.part(0.0, 0.5))
    return measure_algorithm(algorithm, scene, thickness_mm, interval_mm, progress.part(0.5, 1.0))


def measure_algorithm(
    algorithm: Algorithm,
    scene: Scene,
    thickness_mm: float = 0.0,
    interval_mm: float = INTERVAL_MM,
    progress: Progress = SILENT,
) -> QualityReport:
    """Measure an algorithm on views that are there, so that several can be compared on the same."""

    def run(projections: ProjectionSet, heights_mm: Sequence[float], part: Progress) -> SlabSource:
        return reconstruct(projections, algorithm, heights_mm, progress=part)

    _check(scene, thickness_mm, interval_mm)
    settings = {parameter.name: getattr(algorithm, parameter.name) for parameter in parameters(type(algorithm))}
    predicted = None
    if isinstance(algorithm, OnePass):
        predicted = _prediction(algorithm, scene, thickness_mm)
    else:
        settings["interval_mm"] = interval_mm
    return measure_scene(
        run, scene, algorithm.title, settings, thickness_mm, interval_mm, predicted=predicted, progress=progress
    )


def measure_scene(
    run: Reconstructor,
    scene: Scene,
    title: str,
    settings: Mapping[str, Any] | None = None,
    thickness_mm: float = 0.0,
    interval_mm: float = INTERVAL_MM,
    *,
    predicted: tuple[Metric, Curve] | None = None,
    progress: Progress = SILENT,
) -> QualityReport:
    """Measure anything that makes a source of slabs from projections, other programs' reconstructions included.

    Parameters
    ----------
    run : Reconstructor
        Called four times, with the same heights.
    title : str
        What the report calls it.
    settings : mapping, optional
        Its parameters, for the report.
    predicted : (Metric, Curve), optional
        A predicted thickness and profile to show beside the measured.
    """
    _check(scene, thickness_mm, interval_mm)
    planes = scene.planes_mm(interval_mm)

    def made(projections: ProjectionSet, part: int) -> SlabSource:
        return run(projections, planes, progress.part(part / 4, part / 4 + 0.2))

    empty = made(scene.empty, 0)
    details = Difference(made(scene.details, 1), empty)
    metrics: list[Metric] = []
    depth, bead_metrics = _depth(details, scene, thickness_mm, progress.part(0.45, 0.5))
    metrics += bead_metrics
    if predicted is not None:
        metrics.insert(1, predicted[0])
        depth = (*depth, predicted[1])
    mtf, plane_metrics = _plane(details, scene, thickness_mm)
    metrics += plane_metrics
    metrics += _ripple(made(scene.plate, 2), empty, scene, thickness_mm)
    noisy = made(scene.noisy, 3)
    nps, noise_metrics = _noise(noisy, scene, thickness_mm)
    metrics += noise_metrics
    geometry = scene.geometry
    conditions = {
        "views": geometry.n_views,
        "sweep_deg": round(geometry.sweep_angle_deg, 2),
        "source_to_detector_mm": round(float(np.median(geometry.source_distance_mm)), 1),
        "pixel_pitch_mm": list(geometry.pixel_pitch_mm),
        "geometry": geometry.note or "geometry as given",
        "height_mm": scene.height_mm,
        "pixel_mm": round(scene.pixel_mm, 5),
        "slice_thickness_mm": thickness_mm,
        "photons_per_pixel_and_view": round(scene.photons_per_view, 1),
        "block_mm": round(scene.depth_mm, 1),
    }
    return QualityReport(title, dict(settings or {}), noisy.info.unit, conditions, tuple(metrics), depth, mtf, nps)


def _check(scene: Scene, thickness_mm: float, interval_mm: float) -> None:
    if not (interval_mm > 0 and math.isfinite(interval_mm) and 0 <= thickness_mm < scene.depth_mm / 2):
        raise BocageError(
            said(
                "The interval between planes must be positive and the slab thinner than {0:g} mm; found {1:g} "
                "and {2:g} mm.",
                scene.depth_mm / 2,
                interval_mm,
                thickness_mm,
            )
        )


def _prediction(algorithm: OnePass, scene: Scene, thickness_mm: float) -> tuple[Metric, Curve]:
    """The thickness and profile that the geometry and filter let expect."""
    at = scene.geometry, algorithm, scene.height_mm, thickness_mm, BEAD_MM
    step, value = predicted_profile(*at)
    distance = np.arange(value.size) * step
    offset = _distances(scene)
    metric = Metric(
        "predicted_thickness_mm", "Effective thickness, predicted", effective_thickness_mm(*at), "mm",
        "the same from sweep, filter and slab, without an image",
    )  # fmt: skip
    return metric, Curve("predicted", offset, np.interp(np.abs(offset), distance, value))


def _distances(scene: Scene) -> Doubles:
    """Distances from the objects' plane that are read: densely near it, up to near the block's ends."""
    end = 0.45 * scene.depth_mm
    positive = np.concatenate((np.arange(0.25, min(6.0, end), 0.25), np.arange(6.0, end + 1e-6, 1.0)))
    return np.concatenate((-positive[::-1], (0.0,), positive))


def _depth(
    details: SlabSource, scene: Scene, thickness_mm: float, progress: Progress
) -> tuple[tuple[Curve, ...], list[Metric]]:
    """Slice sensitivity and artefact spread."""
    heights, tube = scene.height_mm + _distances(scene), scene.frame.tube_mm
    progress.step(0.0, "Measuring the slice profile")
    bead = slice_sensitivity(details, scene.beads_mm, heights, thickness_mm, tube)
    progress.step(0.5, "Measuring the artefact spread")
    place = scene.frame.place(*BALL_PLACE_MM, scene.height_mm)
    ball = artefact_spread(details, place, BALL_MM / 2, heights, thickness_mm, tube, scene.frame.sweep_axis)
    metrics = [
        Metric(
            "slice_thickness_mm", "Effective thickness", bead.fwhm_mm, "mm",
            f"FWHM of the slice sensitivity profile, {BEAD_MM:g} mm bead",
        ),
        Metric(
            "ball_thickness_mm", f"Artefact spread, {BALL_MM:g} mm ball", ball.fwhm_mm, "mm",
            "FWHM of the artefact spread function",
        ),
        *(
            Metric(
                f"asf_{distance:g}_mm", f"ASF at {distance:g} mm, {BEAD_MM:g} mm bead", bead.at(distance), "",
                "signal off its plane over that in it, mean of both sides",
            )
            for distance in ASF_MM
            if math.isfinite(bead.at(distance))
        ),
    ]  # fmt: skip
    return (_depth_curve(f"{BEAD_MM:g} mm bead", bead), _depth_curve(f"{BALL_MM:g} mm ball", ball)), metrics


def _depth_curve(title: str, profile: DepthProfile) -> Curve:
    return Curve(title, profile.height_mm - profile.object_mm, profile.value)


def _plane(details: SlabSource, scene: Scene, thickness_mm: float) -> tuple[tuple[Curve, ...], list[Metric]]:
    """Widths and transfer in the plane."""
    z, pixel = scene.height_mm, scene.pixel_mm
    down = 1 - scene.frame.sweep_axis  # the image axis along the sweep
    half = WIRE_LENGTH_MM / 2 - 1.0
    around = scene.region(
        (WIRE_PLACE_MM[0] - 9.0, WIRE_PLACE_MM[0] + 9.0), (WIRE_PLACE_MM[1] - half, WIRE_PLACE_MM[1] + half)
    )
    slab = own_pixels(details, z, around, thickness_mm)
    along = wire_mtf(slab.pixels, slab.grid, down, scene.fine_mm)
    points = [place[:2] for place in scene.points_mm]
    (low, across_at), high = POINT_PLACES_MM[0], POINT_PLACES_MM[-1][0]
    slab = own_pixels(details, z, scene.region((low - 2, high + 2), (across_at - 5, across_at + 5)), thickness_mm)
    across = bead_mtf(*bead_profile(slab.pixels, slab.grid, 1 - down, points, REACH_MM), pixel, scene.fine_mm)
    metrics: list[Metric] = []
    for name, axis in (("along", 1 - down), ("across", down)):
        width = width_at(*plane_profile(details, scene.beads_mm, axis, REACH_MM, thickness_mm))
        metrics.append(
            Metric(
                f"width_{name}_mm", f"Width in the plane, {name} the sweep", width, "mm",
                f"FWHM of the profile through a {BEAD_MM:g} mm bead",
            )
        )  # fmt: skip
    for name, curve, what in (
        ("along", along, "slanted wire"),
        ("across", across, f"fine beads of {scene.fine_mm:.2g} mm"),
    ):
        metrics += [
            Metric(
                f"mtf_{name}_f{share}", f"MTF {name} the sweep, f{share}", curve.falls_to(share / 100), "1/mm",
                f"where it falls to {share} % of its maximum; {what}",
            )
            for share in (50, 10)
        ]  # fmt: skip
    curves = (
        Curve("along the sweep", along.frequency, along.value),
        Curve("across the sweep", across.frequency, across.value),
    )
    return curves, metrics


def _ripple(plate: SlabSource, empty: SlabSource, scene: Scene, thickness_mm: float) -> list[Metric]:
    """What the edge of a metal plate leaves high above it, as a share of its signal in focus."""
    frame, (low, high) = scene.frame, scene.plate_heights_mm
    edge = frame.place(0.0, 0.0, low)
    half_across = PLATE_MM[1] / 2 - 4.0
    difference = Difference(plate, empty)

    def band(source: SlabSource, height: float, start: float, stop: float) -> tuple[Doubles, float]:
        """Pixels around the ray through the edge's middle, the sweep first, and their spacing along it."""
        x, y = along_ray(edge, height, frame.tube_mm)
        first, last = frame.size(start, -half_across, 0.0), frame.size(stop, half_across, 0.0)
        region = Rect(x + first[0], y + first[1], x + last[0], y + last[1])
        slab = own_pixels(source, height, region, thickness_mm)
        pixels = slab.pixels.astype(np.float64)
        return (pixels.T if frame.sweep_axis == 0 else pixels), slab.grid.spacing_mm[frame.sweep_axis]

    focus = float(np.abs(band(difference, low, -6.0, 6.0)[0].mean(axis=1)).max())
    source = scene.geometry.source_mm
    slope = (source[:, frame.sweep_axis] - frame.tube_mm[frame.sweep_axis]) / (source[:, 2] - low)
    blur = float(np.abs(slope).max()) * (high - low)
    # The edge's blur, as far as the plate's other edge does not blur into it.
    ends = max(-0.7 * blur, 4.0 - BLOCK_MM[0] / 2), min(0.7 * blur, PLATE_MM[0] - blur)
    period = ripple_period_mm(source, edge, high)
    if ends[1] - ends[0] < 3 * period:
        return []
    over, spacing = band(difference, high, *ends)
    value = ripple(over.mean(axis=1), spacing, period)
    index = artefact_index(band(plate, high, *ends)[0], band(empty, high, *ends)[0])
    return [
        Metric(
            "ripple_percent", f"Ripple, {high - low:.0f} mm above a metal edge", 100 * value / focus, "%",
            "sd less the running mean over a period, of the signal in focus",
        ),
        Metric(
            "artefact_index_percent", "Artefact index there", 100 * index / focus, "%",
            "√|sd² with the metal − sd² without|, of the signal in focus",
        ),
    ]  # fmt: skip


def _noise(noisy: SlabSource, scene: Scene, thickness_mm: float) -> tuple[tuple[Curve, ...], list[Metric]]:
    """Noise and low contrast at the dose."""
    z, axis = scene.height_mm, scene.frame.sweep_axis
    slab = own_pixels(noisy, z, scene.region(*UNIFORM_MM), thickness_mm)
    power = noise_power(slab.pixels, slab.grid)
    down = 1 - axis
    unit = noisy.info.unit
    metrics = [
        Metric(
            "noise_sd", "Noise", math.sqrt(power.variance), unit,
            "standard deviation, the root of the NPS's integral", image_unit=True,
        ),
        *(
            Metric(
                f"nps_{name}_mean", f"Noise, mean frequency {name} the sweep", power.mean_frequency(image_axis), "1/mm",
                "mean frequency of the NPS",
            )
            for name, image_axis in (("along", down), ("across", 1 - down))
        ),
    ]  # fmt: skip
    for diameter, places in scene.discs_mm.items():
        if diameter < LEAST_DISC * scene.pixel_mm:
            continue
        across, reach = DISC_DIAMETERS_MM[diameter], 2 * diameter
        region = scene.region((DISCS_ALONG_MM[0] - reach, DISCS_ALONG_MM[-1] + reach), (across - reach, across + reach))
        discs = own_pixels(noisy, z, region, thickness_mm)
        contrast = disc_contrast(discs.pixels, discs.grid, [place[:2] for place in places], diameter / 2, axis)
        metrics.append(
            Metric(
                f"cnr_{diameter:g}_mm", f"CNR of {diameter:g} mm discs", contrast.cnr, "",
                f"(mean − mean beside) / sd beside; {DISC_DEPTH_MM:g} mm deep, {DISC_CONTRAST_PER_MM:+g}/mm",
            )
        )  # fmt: skip
    return (Curve("along the sweep", *power.along(down)), Curve("across the sweep", *power.along(1 - down))), metrics
