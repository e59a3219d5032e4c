"""Laying a CT or MR volume onto the slices of a tomosynthesis: six degrees of freedom, from a handful of slabs.

Slices of a limited sweep hold little of the slow variation of the tissue, and each holds blurred traces of its
neighbours. What both have in common is in-plane structure of some millimetres (ribs, vessels, trabecular edges), so
slabs and the volume's planes are compared by that structure, with local contrast evened out. The start is a search over
heights and shifts; SimpleITK refines shifts and turns by mutual information (Mattes, IEEE Trans Med Imaging 22:120,
2003) on a coarse grid; the last step climbs the correlation on a fine one by Powell's method.

What tells heights apart is structure that changes along the sweep, so its second derivative in that direction is taken
where the sweep is known. (Tried on the demonstration chest: without it planes 4 mm off fit as well as the true ones;
with it, at 1 mm pixels, the best height is right to 0.1 mm.) The result is checked apart from that: patches of the
slabs are looked for in the volume's planes, and planes above and below are compared.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recon.errors import BocageError
from recon.geometry import Geometry
from recon.messages import said
from recon.placement import SpaceMap
from recon.progress import SILENT, Progress
from recon.reformat import ObliqueVolume
from recon.registration.prepare import along, structure
from recon.registration.similarity import Confidence, PlaneImage, patch_shifts
from recon.slab import PlaneGrid, Rect, SlabRequest, SlabSource, SourceInfo
from recon.stored import Volume

SLABS = 9
SEARCH_MM = 4.0
SEARCH_HEIGHTS_MM = tuple(float(step) for step in range(-64, 65, 8))
COARSE_MM = 4.0
FINE_MM = 1.0
FINE_REACH_MM = 8.0
"""Planes this far above and below a slab are prepared for the last step."""
FINE_STEP_MM = 2.0
PASSES = 2
STILL_MM = 1.5
"""The last step is done once more where it moved the volume's corners further than this."""
FINE_STRIDE = 2
"""Of the fine pixels, every second row and column is compared."""
FINE_STEPS = np.array([0.5, 0.5, 1.0, 0.25, 0.5, 0.5])
"""First steps of the last search: x, y, z mm; turn, tilts degrees. Within the plane structure is a millimetre wide."""
SAMPLES = 60_000
CHECK_MM = 60.0
"""Patches of the check."""


@dataclass(frozen=True)
class RigidMatch:
    """What a registration of a volume found.

    Attributes
    ----------
    placement : SpaceMap
        From the volume's straight frame to the common one (see `recon.reformat`).
    correlation : float
        Mean over the slabs of the correlation of structure with the volume's planes.
    residual_mm : float
        Median in-plane shift that remains in patches of the slabs.
    height_residual_mm : float
        How far from the found height the planes correlate best; NaN where no height stands out.
    agreeing, patches : int
    confidence : "good", "fair" or "poor"
        A poor match must not be taken over without the reader's word.
    """

    placement: SpaceMap
    correlation: float
    residual_mm: float
    height_residual_mm: float
    agreeing: int
    patches: int
    confidence: Confidence


def register_volume(
    slices: SlabSource,
    volume: Volume,
    start: SpaceMap,
    progress: Progress = SILENT,
    *,
    heights_mm: Sequence[float] | None = None,
    thickness_mm: float = 4.0,
    sweep: tuple[float, float] | None = None,
    search: bool = True,
) -> RigidMatch:
    """Find where a volume lies in the world of tomosynthesis slices.

    Parameters
    ----------
    slices : SlabSource
        Must know its patient frame, as must the volume.
    volume : Volume
    start : SpaceMap
        From the volume's straight frame to the common one; right to about 60 mm and 10° (with `search`), else to about
        10 mm and 5°.
    heights_mm : sequence of float, optional
        Of the slabs compared; evenly through what both have in common by default.
    thickness_mm : float
        Of the slabs.
    sweep : (x, y), optional
        Direction of the tube's movement, see `sweep_direction`.
    search : bool
        Whether shifts far from the start are tried first.

    Returns
    -------
    RigidMatch

    Raises
    ------
    BocageError
        When the two have nothing in common, or one does not know how it lies in the patient.
    Cancelled
    """
    progress.step(0.0, said("Computing slices to compare"))
    placed = ObliqueVolume(volume, slices.info.patient, start)
    heights = _heights(slices, placed) if heights_mm is None else list(heights_mm)
    slabs = _slabs(slices, heights, thickness_mm, FINE_MM, progress.part(0.0, 0.25))
    if search:
        start = _searched(slabs, placed, start, thickness_mm, progress.part(0.25, 0.4))
    start = _refined(slabs, placed.at(start), start, thickness_mm, sweep, progress.part(0.4, 0.6))
    for index in range(PASSES):
        before, part = start, progress.part(0.6 + 0.15 * index, 0.75 + 0.15 * index)
        start = _settled(slabs, placed.at(start), start, thickness_mm, sweep, part)
        corners = before.inverse(placed.at(before).corners_mm)
        if float(np.linalg.norm(start(corners) - before(corners), axis=1).max()) < STILL_MM:
            break
    progress.step(0.9, said("Checking the registration"))
    match = judge_volume(slabs, placed.at(start), thickness_mm, start, sweep, progress)
    progress.step(1.0)
    return match


@dataclass(frozen=True, eq=False)
class _Slab:
    height_mm: float
    picture: PlaneImage


def _heights(slices: SlabSource, placed: ObliqueVolume) -> list[float]:
    (low, high), (below, above) = slices.info.height_range_mm, placed.info.height_range_mm
    first, last = max(low, below), min(high, above)
    if last - first < 20.0:
        first, last = low, high
    margin = 0.12 * (last - first)
    return [float(height) for height in np.linspace(first + margin, last - margin, SLABS)]


def _slabs(
    slices: SlabSource, heights: Sequence[float], thickness_mm: float, pixel_mm: float, progress: Progress
) -> list[_Slab]:
    # One region for all: a stack of pixels that ITK can take.
    rects = [slices.footprint(height) for height in heights]
    region = Rect(
        max(rect.x0 for rect in rects),
        max(rect.y0 for rect in rects),
        min(rect.x1 for rect in rects),
        min(rect.y1 for rect in rects),
    )
    found = []
    for index, height in enumerate(heights):
        progress.step(index / len(heights), said("Computing slices to compare"))
        slab = slices.slab(SlabRequest(height, thickness_mm, region, pixel_mm))
        found.append(_Slab(height, PlaneImage(slab.pixels, slab.grid)))
    return found


# -- the start --------------------------------------------------------------------------------------------------------


def _searched(
    slabs: Sequence[_Slab], placed: ObliqueVolume, start: SpaceMap, thickness_mm: float, progress: Progress
) -> SpaceMap:
    """The shift at which the structure of all slabs together fits best."""
    from scipy.fft import irfft2, next_fast_len, rfft2

    from recon.registration.prepare import regrid

    grid = slabs[0].picture.grid
    region = grid.bounds
    spectra: list[NDArray[Any]] = []
    size = (0, 0)
    for slab in slabs:
        pixels, coarse = regrid(slab.picture.pixels, grid, SEARCH_MM)
        band, _ = structure(pixels, SEARCH_MM, SEARCH_MM, 4 * SEARCH_MM)
        size = (next_fast_len(2 * coarse.shape[0], real=True), next_fast_len(2 * coarse.shape[1], real=True))
        spectra.append(rfft2(band / max(float(np.linalg.norm(band)), 1e-9), size))
    best, found = -1.0, (0.0, 0.0, 0.0)
    for index, dz in enumerate(SEARCH_HEIGHTS_MM):
        progress.step(index / len(SEARCH_HEIGHTS_MM), said("Looking for the height"))
        surface = np.zeros(size)
        for slab, spectrum in zip(slabs, spectra, strict=True):
            plane = placed.slab(SlabRequest(slab.height_mm - dz, thickness_mm, region, SEARCH_MM))
            band, mask = structure(plane.pixels, SEARCH_MM, SEARCH_MM, 4 * SEARCH_MM)
            if mask.any():
                surface += irfft2(spectrum * np.conj(rfft2(band / max(float(np.linalg.norm(band)), 1e-9), size)), size)
        row, column = (int(value) for value in np.unravel_index(int(np.argmax(surface)), size))
        if float(surface[row, column]) > best:
            best = float(surface[row, column])
            rows = row - size[0] if row > size[0] // 2 else row
            columns = column - size[1] if column > size[1] // 2 else column
            found = (columns * SEARCH_MM, rows * SEARCH_MM, dz)
    return start.then(SpaceMap(offset=found))


# -- the refinement ---------------------------------------------------------------------------------------------------


def _refined(
    slabs: Sequence[_Slab],
    placed: ObliqueVolume,
    start: SpaceMap,
    thickness_mm: float,
    sweep: tuple[float, float] | None,
    progress: Progress,
) -> SpaceMap:
    import SimpleITK as sitk  # noqa: N813  (the package's own abbreviation)

    from recon.registration.prepare import regrid

    pixel_mm = COARSE_MM
    sizes = (pixel_mm, 4.0 * pixel_mm)
    bands, masks = [], []
    grid = slabs[0].picture.grid
    for slab in slabs:
        pixels, grid = regrid(slab.picture.pixels, slab.picture.grid, pixel_mm)
        band, mask = structure(pixels, pixel_mm, *sizes)
        bands.append(along(band, sweep))
        masks.append(mask)
    heights = [slab.height_mm for slab in slabs]
    still = _image(np.stack(bands), grid, heights[0], heights[1] - heights[0])
    still_mask = _image(np.stack(masks).astype(np.uint8), grid, heights[0], heights[1] - heights[0])

    # The volume in the same directions, wider than the slabs, as planes close to each other.
    (low, high), reach = placed.info.height_range_mm, 12.0 * pixel_mm
    low, high = max(low, heights[0] - reach), min(high, heights[-1] + reach)
    bounds = grid.bounds
    around = Rect(bounds.x0 - reach, bounds.y0 - reach, bounds.x1 + reach, bounds.y1 + reach)
    around = around.intersected(placed.footprint(0.0)) or around
    count = max(2, math.ceil((high - low) / pixel_mm) + 1)
    planes, wheres = [], []
    moved_grid = grid
    for index, height in enumerate(np.linspace(low, high, count)):
        progress.step(0.5 * index / count, said("Preparing the volume"))
        plane = placed.slab(SlabRequest(float(height), thickness_mm, around, pixel_mm))
        band, mask = structure(plane.pixels, pixel_mm, *sizes)
        planes.append(along(band, sweep))
        wheres.append(mask)
        moved_grid = plane.grid
    step = (high - low) / (count - 1)
    moved = _image(np.stack(planes), moved_grid, low, step)
    moved_mask = _image(np.stack(wheres).astype(np.uint8), moved_grid, low, step)

    centre = placed.centre_mm
    transform = sitk.Euler3DTransform()
    transform.SetCenter(centre)
    method = sitk.ImageRegistrationMethod()
    method.SetMetricAsMattesMutualInformation(32)
    method.SetMetricFixedMask(still_mask)
    method.SetMetricMovingMask(moved_mask)
    method.SetMetricSamplingStrategy(method.REGULAR)
    method.SetMetricSamplingPercentage(min(1.0, SAMPLES / max(int(np.prod(still.GetSize())), 1)), seed=1)
    method.SetInterpolator(sitk.sitkLinear)
    method.SetOptimizerAsRegularStepGradientDescent(
        learningRate=pixel_mm, minStep=0.01 * pixel_mm, numberOfIterations=80, relaxationFactor=0.6
    )
    method.SetOptimizerScalesFromPhysicalShift()
    method.SetInitialTransform(transform, inPlace=True)

    def watched() -> None:
        if progress.cancelled:
            method.StopRegistration()

    method.AddCommand(sitk.sitkIterationEvent, watched)
    progress.step(0.55, said("Refining the placement"))
    try:
        method.Execute(still, moved)
    except RuntimeError as error:
        raise BocageError(said("The volume cannot be laid onto the slices: the two overlap too little.")) from error
    progress.step(1.0)
    # T carries points of the slabs to the volume as it was placed; the placement needs the way back.
    matrix = np.asarray(transform.GetMatrix()).reshape(3, 3)
    offset = np.asarray(transform.GetTranslation()) + np.asarray(centre) - matrix @ np.asarray(centre)
    return start.then(SpaceMap.of(matrix, offset).inverse)


def _settled(
    slabs: Sequence[_Slab],
    placed: ObliqueVolume,
    start: SpaceMap,
    thickness_mm: float,
    sweep: tuple[float, float] | None,
    progress: Progress,
) -> SpaceMap:
    """The last millimetres, by Powell's method: heights are told by little, and gradients by the rest."""
    from scipy.optimize import minimize

    patient = placed.patient
    grid = slabs[0].picture.grid
    bounds = grid.bounds
    region = Rect(bounds.x0 - 8.0, bounds.y0 - 8.0, bounds.x1 + 8.0, bounds.y1 + 8.0)
    offsets = np.arange(-FINE_REACH_MM, FINE_REACH_MM + 0.1, FINE_STEP_MM)
    pieces = []
    for index, slab in enumerate(slabs):
        band, mask = structure(slab.picture.pixels, FINE_MM, FINE_MM, 2 * FINE_MM)
        planes = []
        for place, offset in enumerate(offsets):
            progress.step(
                0.7 * (index * offsets.size + place) / (len(slabs) * offsets.size), said("Preparing the volume")
            )
            plane = placed.slab(SlabRequest(slab.height_mm + float(offset), thickness_mm, region, FINE_MM))
            near, there = structure(plane.pixels, FINE_MM, FINE_MM, 2 * FINE_MM)
            planes.append(np.where(there, along(near, sweep), np.nan).astype(np.float32))
        info = SourceInfo("", "", (0.0, 0.0), patient=patient)
        around = Volume(np.stack(planes), slab.height_mm + offsets, PlaneGrid.covering(region, FINE_MM), info)
        every = (slice(None, None, FINE_STRIDE),) * 2
        pieces.append((slab.height_mm, along(band, sweep)[every], mask[every], ObliqueVolume(around, patient)))
    sparse = PlaneGrid(grid.origin_mm, (FINE_MM * FINE_STRIDE,) * 2, pieces[0][1].shape)
    centre = placed.centre_mm

    def map_of(values: NDArray[np.float64]) -> SpaceMap:
        steps = values * FINE_STEPS
        turn, tilt_x, tilt_y = (float(angle) for angle in steps[3:])
        return SpaceMap.placed(steps[:3], turn, tilt_x, tilt_y, centre_mm=centre)

    def likeness(values: NDArray[np.float64]) -> float:
        progress.step(0.7 + 0.3 * min(calls[0] / 200, 1.0), said("Refining the placement"))
        calls[0] += 1
        total = 0.0
        moved = map_of(values)
        for height, band, mask, around in pieces:
            pixels = around.at(moved).samples(sparse, height)
            both = mask & np.isfinite(pixels)
            # A slab that is moved out of what was prepared must not be judged by the little that is left.
            if both.sum() > 0.3 * mask.sum():
                total += _correlation(band[both], pixels[both])
        return total / len(pieces)

    calls = [0]
    # Bright may be dark in another modality.
    sign = -1.0 if likeness(np.zeros(6)) < 0.0 else 1.0
    # Heights first: they are furthest off.
    found = minimize(
        lambda values: -sign * likeness(values),
        np.zeros(6),
        method="Powell",
        options={"xtol": 0.05, "ftol": 1e-4, "maxfev": 500, "direc": np.eye(6)[[2, 1, 0, 4, 5, 3]]},
    )
    return start.then(map_of(found.x))


def _image(stack: NDArray[Any], grid: PlaneGrid, lowest_mm: float, step_mm: float) -> Any:
    import SimpleITK as sitk  # noqa: N813

    image = sitk.GetImageFromArray(stack)
    image.SetSpacing((*grid.spacing_mm, step_mm))
    image.SetOrigin((*grid.origin_mm, lowest_mm))
    return image


# -- the check --------------------------------------------------------------------------------------------------------


def judge_volume(
    slabs: Sequence[_Slab],
    placed: ObliqueVolume,
    thickness_mm: float,
    placement: SpaceMap,
    sweep: tuple[float, float] | None = None,
    progress: Progress = SILENT,
) -> RigidMatch:
    """How well the volume's planes fit the slabs, whoever placed it."""
    offsets = np.arange(-6.0, 6.1, 2.0)
    curve = np.zeros(offsets.size)
    shifts: list[float] = []
    for index, slab in enumerate(slabs):
        progress.step(0.9 + 0.1 * index / len(slabs), said("Checking the registration"))
        picture = slab.picture
        pixel_mm = picture.grid.spacing_mm[0]
        band, inside = structure(picture.pixels, pixel_mm, pixel_mm, 4 * pixel_mm)
        band = along(band, sweep)
        for place, dz in enumerate(offsets):
            request = SlabRequest(slab.height_mm + float(dz), thickness_mm, picture.grid.bounds, pixel_mm)
            near, within = structure(placed.slab(request).pixels, pixel_mm, pixel_mm, 4 * pixel_mm)
            near, both = along(near, sweep), inside & within
            if both.sum() < 1000:
                continue
            curve[place] += _correlation(band[both], near[both]) / len(slabs)
            if dz == 0.0:
                found = patch_shifts(band, near, both, pixel_mm, CHECK_MM)
                shifts += [math.hypot(*shift) for shift, _ in found]
    agreeing, patches = sum(1 for shift in shifts if shift <= 1.5), len(shifts)
    residual = float(np.median(shifts)) if shifts else math.nan
    curve = np.abs(curve)
    peak = int(np.argmax(curve))
    height = math.nan
    if 0 < peak < curve.size - 1:
        bend = curve[peak - 1] - 2 * curve[peak] + curve[peak + 1]
        vertex = 0.5 * (curve[peak - 1] - curve[peak + 1]) / bend if bend < 0 else 0.0
        height = float(offsets[peak] + 2.0 * vertex)
    # By chance a patch fits within 1.5 mm one time in twenty.
    share = agreeing / patches if patches else 0.0
    confidence: Confidence = "poor"
    if patches >= 6 and math.isfinite(height) and abs(height) <= 3.0:
        confidence = "good" if share >= 0.5 and abs(height) <= 1.0 else "fair" if share >= 0.3 else "poor"
    correlation = float(curve[curve.size // 2])
    return RigidMatch(placement, correlation, residual, height, agreeing, patches, confidence)


def _correlation(one: NDArray[np.float32], other: NDArray[np.float32]) -> float:
    one, other = one - one.mean(), other - other.mean()
    size = float(np.linalg.norm(one) * np.linalg.norm(other))
    return float(np.dot(one, other)) / size if size > 0.0 else 0.0


def sweep_direction(geometry: Geometry | None) -> tuple[float, float] | None:
    """Direction (x, y) in which the tube moves; None where it does not go along a line, or nothing is known."""
    if geometry is None or geometry.n_views < 3:
        return None
    # Seen from the detector: both may move.
    places = (geometry.source_mm - geometry.detector_centre_mm)[:, :2]
    _, sizes, axes = np.linalg.svd(places - places.mean(axis=0), full_matrices=False)
    if sizes[0] < 1.0 or sizes[1] > 0.2 * sizes[0]:
        return None
    return (float(axes[0, 0]), float(axes[0, 1]))
