"""Prove the corrections with numbers: ``proof.py --only corrections``, or this file with ``--only metal`` and so on.

One table: for each artefact what was measured, without and with the correction, and how much is changed where there is
nothing to correct. *Ripple* is the standard deviation of the difference from slices of the same body without what
causes it, in the quantum noise of another exposure; all noise is simulated at the dose that each section names.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from bodies import (
    BREAST_HEIGHT_MM,
    BREAST_RADIUS_MM,
    LESIONS_MM,
    STEEL_PER_MM,
    TITANIUM_PER_MM,
    Hip,
    breast,
    breast_geometry,
    scattered,
)
from numpy.typing import NDArray

from recon.algorithms import FilteredBackProjection, OnePass, ShiftAndAdd
from recon.corrections import Correction, prepare
from recon.corrections.metal import MetalReduction
from recon.corrections.scatter import ScatterCorrection
from recon.corrections.skin_line import SkinLine
from recon.geometry import Geometry
from recon.live import LiveVolume
from recon.projections import ProjectionSet
from recon.simulate.acquisition import linear_sweep
from recon.simulate.forward import project
from recon.simulate.noise import counts
from recon.simulate.phantoms import Box, Cylinder, Ellipsoid, Phantom, Sphere
from recon.slab import PlaneGrid, Rect

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    artefact: str
    measure: str
    off: float
    on: float
    elsewhere: str = ""
    kept: bool = False
    """Whether it should stay as it is, rather than fall."""

    @property
    def change(self) -> str:
        if not np.isfinite(self.off):
            return ""
        return f"{100 * (self.on / self.off - 1):+.1f} %" if self.kept else f"{self.off / self.on:.1f}×"


def expose(line_integrals: Floats, geometry: Geometry, quanta: float, seed: int, least: float = 0.0) -> ProjectionSet:
    """Counts with quantum noise; the detector stores no line integral below `least`."""
    top = quanta * float(np.exp(-least))
    gain = 60000.0 / top
    stored = counts(line_integrals, quanta, gain, seed)
    return ProjectionSet(
        np.minimum(stored, 60000).astype(np.uint16), geometry, kind="counts", air=quanta * gain, saturation=60000.0
    )


def slices(
    projections: ProjectionSet, heights_mm: Sequence[float], grid: PlaneGrid, algorithm: OnePass | None = None,
    corrections: Sequence[Correction] = (), thickness_mm: float = 0.0,
) -> list[Doubles]:  # fmt: skip
    """Slices on one grid."""
    live = LiveVolume(projections, algorithm, corrections=corrections)
    return [slab.pixels.astype(np.float64) for slab in live.slabs(heights_mm, thickness_mm, grid)]


def positions(grid: PlaneGrid) -> tuple[Doubles, Doubles]:
    """x and y of a grid's pixels, shape (rows, columns) each."""
    x = grid.origin_mm[0] + grid.spacing_mm[0] * np.arange(grid.shape[1])
    y = grid.origin_mm[1] + grid.spacing_mm[1] * np.arange(grid.shape[0])
    return np.meshgrid(x, y)


# -- metal ------------------------------------------------------------------------------------------------------------

SWEEPS = {
    "±15°, 60 views, 1800 mm": {"n_views": 60, "half_angle_deg": 15.0, "source_to_detector_mm": 1800.0},
    "±20°, 61 views, 1100 mm": {"n_views": 61, "half_angle_deg": 20.0, "source_to_detector_mm": 1100.0},
}
HIP_QUANTA = 100000.0
"""Per pixel of 0.4 mm in the open field of one view: behind the pelvis about 0.25 µGy (30 000 quanta/mm² a µGy)."""
BESIDE_MM, CLEAR_MM, FAR_MM = 15.0, 1.2, 30.0
"""Beside metal along the sweep: from its edge's penumbra up to here; from where on it is elsewhere."""


def hip_nail(materials: dict[str, float], sweeps: dict[str, dict[str, float]], pitch_mm: float = 0.4) -> list[Row]:
    """A hip nail: ripple beside it, at its height and off it, and elsewhere."""
    hip, rows = Hip.load(), []
    for sweep, facts in sweeps.items():
        geometry = linear_sweep(pixel_pitch_mm=pitch_mm, shape=(round(205 / pitch_mm), round(256 / pitch_mm)), **facts)
        grid = PlaneGrid.covering(Rect(-80.0, -75.0, 85.0, 60.0), pitch_mm)
        free = project(hip.body, geometry)
        heights = (80.0, 110.0, 125.0, 140.0, 170.0)
        reference, other = (slices(expose(free, geometry, HIP_QUANTA, seed), heights, grid) for seed in (1, 2))
        for material, attenuation in materials.items():
            views = project(hip.implanted(attenuation), geometry)
            shadow = ProjectionSet((views - free > 0.05).astype(np.float32), geometry)
            covered = slices(shadow, heights, grid, ShiftAndAdd())
            exposed = expose(views, geometry, HIP_QUANTA, 3)
            off = slices(exposed, heights, grid)
            on = slices(exposed, heights, grid, corrections=[MetalReduction()])
            for index, height in enumerate(heights):
                row = _beside_metal(covered[index], off[index], on[index], reference[index], other[index], pitch_mm)
                rows.append(
                    Row(
                        f"metal: hip nail, {material}, {sweep}",
                        f"ripple beside it, {height:.0f} mm high, 10⁻⁴/mm",
                        *row,
                    )
                )
    return rows


def _beside_metal(
    covered: Doubles, off: Doubles, on: Doubles, reference: Doubles, other: Doubles, pixel_mm: float
) -> tuple[float, float, str]:
    """Ripple without and with the correction, and what it changed far from metal."""
    from scipy.ndimage import binary_dilation

    drawn = (on - off > 0.01) | (covered > 0.75)
    metal = binary_dilation(drawn, iterations=round(CLEAR_MM / pixel_mm))
    along = np.ones((2 * round(BESIDE_MM / pixel_mm) + 1, 1), np.bool_)
    smeared = covered > 0.02
    beside = binary_dilation(smeared, along) & ~metal
    size = 2 * round(FAR_MM / pixel_mm) + 1
    far = ~binary_dilation(binary_dilation(smeared, np.ones((size, 1))), np.ones((1, size)))
    off_mm, on_mm = (1e4 * ripple_of(each - reference, beside, pixel_mm) for each in (off, on))
    changed, grain = (1e4 * float(np.std((each - reference)[far])) for each in (on, other))
    return off_mm, on_mm, f"{changed:.2f}, noise {grain:.2f}"


def ripple_of(difference: Doubles, where: Mask, pixel_mm: float) -> float:
    """Standard deviation of a difference of slices, averaged over 1 mm, inside a mask."""
    from scipy.ndimage import gaussian_filter

    weight = where.astype(np.float64)
    smooth = gaussian_filter(difference * weight, 1.0 / pixel_mm) / np.maximum(
        gaussian_filter(weight, 1.0 / pixel_mm), 1e-6
    )
    return float(np.std(smooth[where]))


def nail_outline(pitch_mm: float = 0.4, turn_deg: float = 35.0) -> list[Row]:
    """Edges of a round nail of 12 mm drawn at its height: how far they lie from the true ones."""
    hip, radius, height, reach = Hip.load(), 6.0, 120.0, 45.0
    geometry = linear_sweep(pixel_pitch_mm=pitch_mm, shape=(round(205 / pitch_mm), round(256 / pitch_mm)))
    slope = np.tan(np.radians(turn_deg))
    nail = Cylinder((-reach, -reach * slope, height), (reach, reach * slope, height), radius, TITANIUM_PER_MM)
    views = project(hip.body, geometry) + Phantom((nail,)).line_integrals(geometry, oversampling=2)
    grid = PlaneGrid.covering(Rect(-40.0, -45.0, 40.0, 45.0), pitch_mm / 4)
    exposed = expose(views, geometry, HIP_QUANTA, 3)
    with_metal = LiveVolume(exposed, corrections=[MetalReduction()])
    image = with_metal.slabs([height], 0.0, grid)[0].pixels
    x, y = positions(grid)
    rows = []
    found = []
    for column in range(0, grid.shape[1], 20):
        line = image[:, column]
        bright = np.flatnonzero(line > 0.5 * np.quantile(line, 0.97))
        found.append((y[bright[0], column], y[bright[-1], column]))
    edges = np.array(found)
    centre = x[0, ::20] * slope
    half = radius / np.cos(np.radians(turn_deg))
    error = np.stack((edges[:, 0] - (centre - half), edges[:, 1] - (centre + half)))
    place, width = error.mean(axis=0), error[1] - error[0]
    name = f"metal: nail of 12 mm at its height, {pitch_mm:g} mm pixels"
    rows.append(Row(name, "place, largest error, mm", float("nan"), float(np.abs(place).max())))
    rows.append(Row(name, "width, largest error, mm", float("nan"), float(np.abs(width).max())))
    return rows


# -- scatter ----------------------------------------------------------------------------------------------------------

DISCS_MM = ((0.0, 0.0), (100.0, 0.0), (0.0, 100.0))
TRUNK_QUANTA = 40000.0


def scatter(true_share: float = 0.45, share: float = 0.4, n_views: int = 15) -> list[Row]:
    """A trunk of soft tissue with three lesions, under scatter that spreads in another way than is assumed."""
    height, pitch = 120.0, 0.8
    geometry = linear_sweep(n_views=n_views, pixel_pitch_mm=pitch, shape=(512, 512), source_to_detector_mm=1100.0)
    body = Ellipsoid((0.0, 0.0, height), (150.0, 260.0, 100.0), 0.0194)
    discs = tuple(Sphere((x, y, height), 12.0, 0.006) for x, y in DISCS_MM)
    free = Phantom((body, *discs)).line_integrals(geometry)
    plain = Phantom((body,)).line_integrals(geometry)
    veiled, veiled_plain = (-np.log(scattered(each, pitch, true_share)) for each in (free, plain))
    correction = ScatterCorrection(share=share)
    name = f"scatter: trunk, {100 * true_share:.0f} % behind 20 cm, {100 * share:.0f} % assumed"
    change = prepare(ProjectionSet(veiled, geometry), [correction])[0]
    middle, inside, air = n_views // 2, free[n_views // 2] > 0.5, free[n_views // 2] == 0
    corrected = veiled[middle].copy()
    change(middle, corrected)
    errors = [float(np.sqrt(np.mean((each - free[middle])[inside] ** 2))) for each in (veiled[middle], corrected)]
    in_air = f"{float(np.abs((corrected - veiled[middle])[air]).mean()):.4f} in air"
    rows = [Row(name, "line integrals, rms error (true: up to 4.2)", errors[0], errors[1], in_air)]
    grid = PlaneGrid.covering(Rect(-130.0, -130.0, 130.0, 130.0), 0.8)
    x, y = positions(grid)
    radius = np.hypot(x, y)

    def mean(views: Floats, corrections: Sequence[Correction] = ()) -> Doubles:
        return slices(ProjectionSet(views, geometry), [height], grid, ShiftAndAdd(), corrections)[0]

    ideal, off, on = mean(plain), mean(veiled_plain), mean(veiled_plain, [correction])
    centre, edge = radius < 15.0, (np.abs(np.abs(x) - 105.0) < 10.0) & (np.abs(y) < 15.0)
    cupping = [abs((each[edge].mean() / each[centre].mean()) / (ideal[edge].mean() / ideal[centre].mean()) - 1.0)
               for each in (off, on)]  # fmt: skip
    rows.append(Row(name, "cupping of a slice: edge against centre, %", 100 * cupping[0], 100 * cupping[1]))
    exposed = [expose(each, geometry, TRUNK_QUANTA, 5) for each in (free, veiled)]
    exposed_plain = [expose(each, geometry, TRUNK_QUANTA, 5) for each in (plain, veiled_plain)]
    inner, around = radius < 9.0, (radius > 18.0) & (radius < 40.0)
    contrast, noise = [], []
    for which, corrections in ((0, ()), (1, ()), (1, (correction,))):
        with_disc = slices(exposed[which], [height], grid, None, corrections)[0]
        without = slices(exposed_plain[which], [height], grid, None, corrections)[0]
        difference = with_disc - without
        contrast.append(float(difference[inner].mean()))
        noise.append(float(without[around].std()))
    loss = [abs(100 * (each / contrast[0] - 1.0)) for each in contrast[1:]]
    rows.append(Row(name, "contrast of a lesion in a slice: error, %", loss[0], loss[1]))
    ratios = [each / grain for each, grain in zip(contrast, noise, strict=True)]
    rows.append(
        Row(
            name, "CNR lost against no scatter, %", 100 * (1 - ratios[1] / ratios[0]), 100 * (1 - ratios[2] / ratios[0])
        )
    )
    return rows


# -- skin line --------------------------------------------------------------------------------------------------------

BREAST_QUANTA = 20000.0


def skin_line(n_views: int = 25, pitch_mm: float = 0.3, overexposed: float = 0.0) -> list[Row]:
    """A compressed breast: rim and slope near the skin; `overexposed` is the least line integral that is stored."""
    geometry = breast_geometry(n_views, pitch_mm)
    grid = PlaneGrid.covering(Rect(1.0, -105.0, 105.0, 105.0), pitch_mm)
    views, plain = (breast(lesions).line_integrals(geometry) for lesions in (True, False))
    exposed = expose(views, geometry, BREAST_QUANTA, 1, overexposed)
    exposed_plain = expose(plain, geometry, BREAST_QUANTA, 1, overexposed)
    x, y = positions(grid)
    depth = BREAST_RADIUS_MM - np.hypot(x, y)
    images, contrasts, sections = [], [], []
    for corrections in ((), (SkinLine(),)):
        image, bare = (
            slices(each, [BREAST_HEIGHT_MM], grid, None, corrections)[0] for each in (exposed, exposed_plain)
        )
        images.append(image)
        sections.append(bare)
        lesion = np.zeros(grid.shape, np.bool_)
        for cx, cy in LESIONS_MM[1:]:
            lesion |= np.hypot(x - cx, y - cy) < 2.5
        contrasts.append(float((image - bare)[lesion].mean()))
    name = "skin line: breast, " + (f"overexposed below {overexposed:g}" if overexposed else "not overexposed")
    # Towards the sweep's ends, where the ramp filter meets the edge head on.
    towards = np.abs(np.degrees(np.arctan2(x, np.abs(y)))) < 35.0
    profile = [
        np.array([each[towards & (np.abs(depth - d) < 0.5)].mean() for d in np.arange(-6.0, 60.0)]) for each in sections
    ]
    at = np.arange(-6.0, 60.0)
    rim, slope = (np.abs(at) < 6.0), (at > 4.0)
    core = depth > 60.0
    added = (images[1] - images[0])[core]
    grain = float(np.std(sections[0][core]))
    return [
        Row(name, "rim along the skin, peak to peak, 10⁻³/mm", *(1e3 * float(np.ptp(each[rim])) for each in profile)),
        Row(name, "slope from 4 mm below the skin to the core, 10⁻³/mm",
            *(1e3 * float(np.ptp(each[slope])) for each in profile),
            f"core: level {1e3 * added.mean():+.2f}, detail {1e3 * added.std():.2f}, noise {1e3 * grain:.2f}"),
        Row(name, "contrast of lesions in the periphery, 10⁻³/mm", *(1e3 * each for each in contrasts), kept=True),
    ]  # fmt: skip


# -- ripple from few views --------------------------------------------------------------------------------------------


def few_views(n_views: int, algorithms: dict[str, OnePass]) -> list[Row]:
    """Copies of a dense bar and a metal bead 40 mm below the slice, and contrast of what lies in it; without noise."""
    height, rows = 100.0, []
    geometry = linear_sweep(n_views=n_views, pixel_pitch_mm=0.4, shape=(640, 640), source_to_detector_mm=1100.0)
    body = Phantom((Box((0.0, 0.0, height), (180.0, 180.0, 160.0), 0.02),)).line_integrals(geometry)
    bar, bead = Box((0.0, 0.0, 60.0), (60.0, 6.0, 6.0), 0.06), Sphere((-40.0, 20.0, 60.0), 2.0, 0.48)
    off_plane = Phantom((bar, bead)).line_integrals(geometry, oversampling=3)
    ball, over = Sphere((35.0, -30.0, height), 3.0, 0.03), Sphere((0.0, 0.0, height), 3.0, 0.03)
    in_plane = Phantom((ball, over)).line_integrals(geometry, oversampling=3)
    grid = PlaneGrid.covering(Rect(-60.0, -60.0, 60.0, 60.0), 0.4)
    x, y = positions(grid)
    along_bar = (np.abs(x) < 25) & (np.abs(y) < 35) & ~((np.abs(x) < 8) & (np.abs(y) < 8))
    along_bead = (np.abs(x + 41) < 3) & (np.abs(y - 20) < 30)
    in_ball = (x - 35) ** 2 + (y + 30) ** 2 < 4

    def section(views: Floats, algorithm: OnePass) -> Doubles:
        return slices(ProjectionSet(views, geometry), [height], grid, algorithm)[0]

    grain = np.random.default_rng(1).normal(size=(n_views, *geometry.shape)).astype(np.float32)
    quiet = (np.abs(x) < 40) & (np.abs(y) < 40)
    measured = {}
    for name, algorithm in algorithms.items():
        clean = section(body + in_plane, algorithm)
        copies = section(body + off_plane + in_plane, algorithm) - clean
        contrast = float((clean - section(body, algorithm))[in_ball].mean())
        noise = float(section(grain, algorithm)[quiet].std())
        measured[name] = (float(copies[along_bar].std()), float(copies[along_bead].std()), contrast, noise)
    (first, plain), *others = measured.items()
    for name, (bar_ripple, bead_ripple, contrast, noise) in others:
        label = f"ripple: {n_views} views, {first}, {name}"
        rows += [
            Row(label, "copies of a bar 40 mm off, 10⁻⁴", 1e4 * plain[0], 1e4 * bar_ripple),
            Row(label, "copies of a bead 40 mm off, 10⁻⁴", 1e4 * plain[1], 1e4 * bead_ripple),
            Row(label, "contrast of a ball in the slice, 10⁻⁴", 1e4 * plain[2], 1e4 * contrast, kept=True),
            Row(label, "noise of a slice, relative", 1.0, noise / plain[3], kept=True),
        ]
    return rows


# -- truncation -------------------------------------------------------------------------------------------------------


def truncation(height_mm: float = 120.0) -> list[Row]:
    """A body longer than the field: error along the field's ends, against the same from a detector that is longer.

    Without: zeros beyond the views' ends, and a plain sum over the views, written here on their own for one column.
    """
    facts = {"n_views": 40, "half_angle_deg": 15.0, "source_to_detector_mm": 1800.0, "pixel_pitch_mm": 0.4}
    body = Phantom(
        (Ellipsoid((0.0, 0.0, 120.0), (150.0, 900.0, 100.0), 0.0194),
         *(Sphere((0.0, y, 120.0), 8.0, 0.02) for y in (-90.0, 0.0, 90.0)))
    )  # fmt: skip
    short, long = linear_sweep(shape=(512, 3), **facts), linear_sweep(shape=(3072, 3), **facts)
    views, whole = body.line_integrals(short), body.line_integrals(long)
    live = LiveVolume(
        ProjectionSet(np.repeat(views, 3, axis=2), replace(short, shape=(512, 9))),
        FilteredBackProjection(low_frequency_share=0.0),
    )
    step = min(live.native_pixel_mm(height_mm))
    field = live.footprint(height_mm)
    y = field.y0 + (np.arange(round(field.height / step)) + 0.5) * step
    grid = PlaneGrid((0.0, float(y[0])), (step, step), (y.size, 1))
    on = live.slabs([height_mm], 0.0, grid)[0].pixels[:, 0].astype(np.float64)
    truth, off = (
        _plain_fbp(each[:, :, 1], geometry, y, height_mm) for each, geometry in ((whole, long), (views, short))
    )
    ends = (y < y[0] + 20.0) | (y > y[-1] - 20.0)
    middle = np.abs(y) < 50.0
    scale = 1e3
    errors = [scale * float(np.sqrt(np.mean((each - truth)[ends] ** 2))) for each in (off, on)]
    inner = [scale * float(np.sqrt(np.mean((each - truth)[middle] ** 2))) for each in (off, on)]
    name = "truncation: trunk beyond the field"
    return [
        Row(name, "error within 20 mm of the field's ends, rms, 10⁻³/mm", *errors),
        Row(name, "error in the middle, rms, 10⁻³/mm", *inner),
    ]


def _plain_fbp(views: Floats, geometry: Geometry, y: Doubles, height_mm: float) -> Doubles:
    """Filtered back projection of the middle column, zero-padded and not normalised, in float64.

    The ramp's kernel and Hann's window as in Kak and Slaney, eq. 3.61; weights as in
    `recon.algorithms.FilteredBackProjection`.
    """
    n, samples = views.shape
    pitch, source = geometry.pixel_pitch_mm[0], geometry.source_mm
    u = (np.arange(samples) - (samples - 1) / 2) * pitch
    length = 2 ** int(np.ceil(np.log2(2 * samples)))
    kernel = np.zeros(length)
    odd = np.arange(1, length // 2, 2)
    kernel[0], kernel[odd], kernel[-odd] = (
        0.25 / pitch**2,
        -1 / (np.pi * odd * pitch) ** 2,
        -1 / (np.pi * odd * pitch) ** 2,
    )
    frequency = np.fft.rfftfreq(length)
    gain = np.fft.rfft(kernel).real * pitch * (0.5 + 0.5 * np.cos(2 * np.pi * frequency))
    step, total = np.gradient(source[:, 1]), np.zeros(y.size)
    for view in range(n):
        distance, s = source[view, 2], source[view, 1]
        cosine = distance / np.hypot(distance, u - s)
        filtered = np.fft.irfft(np.fft.rfft(views[view] * cosine, length) * gain, length)[:samples]
        m = distance / (distance - height_mm)
        total += step[view] / distance * m**2 * np.interp(y * m - s * (m - 1), u, filtered, left=0.0, right=0.0)
    return total


# -- the table --------------------------------------------------------------------------------------------------------

FEW = {
    "filtered back projection": FilteredBackProjection(),
    "1 view left out at each end": FilteredBackProjection(trim=1),
    "2 views left out at each end": FilteredBackProjection(trim=2),
    "effective thickness 6 mm": FilteredBackProjection(effective_thickness_mm=6.0),
}
FEW_MEAN = {"shift and add": ShiftAndAdd(), "2 views left out at each end": ShiftAndAdd(trim=2)}

SECTIONS: dict[str, Callable[[], list[Row]]] = {
    "metal": lambda: hip_nail({"titanium": TITANIUM_PER_MM, "steel": STEEL_PER_MM}, SWEEPS) + nail_outline(),
    "scatter": lambda: scatter() + scatter(share=0.45),
    "skin-line": lambda: skin_line() + skin_line(overexposed=0.4),
    "ripple": lambda: [row for n in (11, 25) for few in (FEW, FEW_MEAN) for row in few_views(n, few)],
    "truncation": truncation,
}


def corrections(only: str | None = None) -> None:
    """Measure and print."""
    print("\nCorrections: without, with, change; and what was changed elsewhere")
    for name, section in SECTIONS.items():
        if only not in (None, name):
            continue
        start, title = time.perf_counter(), ""
        for row in section():
            if row.artefact != title:
                title = row.artefact
                print(f"  {title}")
            off = f"{row.off:>9.3g}" if np.isfinite(row.off) else f"{'–':>9}"
            print(f"    {row.measure:58}{off}{row.on:>9.3g}{row.change:>9}  {row.elsewhere}")
        print(f"    ({time.perf_counter() - start:.0f} s)")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--only", choices=tuple(SECTIONS))
    corrections(options.parse_args().only)


if __name__ == "__main__":
    main()
