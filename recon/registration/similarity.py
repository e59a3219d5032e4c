"""Similarity registration of two pictures of one plane: by search on a coarse grid, then by refinement.

The start is a search over turns and scales; for each, the shift of highest normalised cross-correlation within the
overlap is found for all shifts at once by Fourier transforms (Padfield, IEEE Trans Image Process 21:2706, 2012: masked
normalised cross-correlation). It is refined on finer grids by SimpleITK: the correlation of the two pictures'
structure, by gradient descent. What was found is then checked apart from the metric that was climbed: patches all
over the overlap are correlated with their surroundings, and their remaining shifts are the residual. A match that
patches do not confirm is not offered as one.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from recon.errors import BocageError
from recon.messages import said
from recon.placed import turned
from recon.placement import PlaneMap
from recon.progress import SILENT, Progress
from recon.registration.prepare import BoolImage, regrid, structure
from recon.slab import FloatImage, PlaneGrid

Confidence = Literal["good", "fair", "poor"]

SEARCH_MM = 4.0
TURNS_DEG = (0.0, -3.0, 3.0, -6.0, 6.0, -9.0, 9.0, -12.0, 12.0, -15.0, 15.0)
SCALES = (1.0, 0.95, 1.05, 0.9, 1.11, 0.86, 1.17, 0.81, 1.23)
LEVELS_MM = (2.0, 1.0, 0.7)
SAMPLES = 40_000
PATCH_MM = 40.0
REACH_MM = 6.0


@dataclass(frozen=True, eq=False)
class PlaneImage:
    """A picture with its place: ``pixels`` of shape `grid.shape`, NaN where there is nothing."""

    pixels: FloatImage
    grid: PlaneGrid


@dataclass(frozen=True)
class Match:
    """What a registration found.

    Attributes
    ----------
    carry : PlaneMap
        From the fixed picture's plane to the moving one's.
    correlation : float
        Of the two pictures' structure within the overlap, −1 … 1.
    overlap : float
        Share of the smaller picture that lies on the other, 0 … 1.
    residual_mm : float
        Median of the shifts that remain in patches which correlate clearly; NaN when there are none.
    agreeing, patches : int
        Patches that fit within 1.5 mm, of all that hold structure.
    confidence : "good", "fair" or "poor"
        A poor match must not be taken over without the reader's word.
    """

    carry: PlaneMap
    correlation: float
    overlap: float
    residual_mm: float
    agreeing: int
    patches: int
    confidence: Confidence


def register_planes(
    fixed: PlaneImage,
    moving: PlaneImage,
    start: PlaneMap | None = None,
    progress: Progress = SILENT,
    *,
    scale_free: bool = True,
    search: bool = True,
) -> Match:
    """Find the similarity that lays one picture on the other.

    Parameters
    ----------
    fixed, moving : PlaneImage
        Both in millimetres, the same way round. Their greys may differ in any way that keeps light structures light;
        one that is inverted is recognised.
    start : PlaneMap, optional
        From the fixed plane to the moving one; the centres on each other by default.
    progress : Progress
    scale_free : bool
        Whether the scale is looked for too.
    search : bool
        Whether turns, scales and shifts far from the start are tried first.

    Returns
    -------
    Match

    Raises
    ------
    BocageError
        When one of the pictures holds no structure, or they do not overlap.
    Cancelled
    """
    begin = start or _centres(fixed, moving)
    progress.step(0.0, said("Comparing the pictures"))
    if search:
        begin = _search(fixed, moving, begin, progress.part(0.0, 0.5), scale_free)
    for index, pixel_mm in enumerate(LEVELS_MM):
        progress.step(0.5 + 0.13 * index, said("Refining the registration"))
        begin = _refined(fixed, moving, begin, pixel_mm, scale_free, progress)
    progress.step(0.9, said("Checking the registration"))
    match = judge(fixed, moving, begin)
    progress.step(1.0)
    return match


def _centres(fixed: PlaneImage, moving: PlaneImage) -> PlaneMap:
    (x, y), (u, v) = fixed.grid.bounds.centre, moving.grid.bounds.centre
    return PlaneMap(offset=(u - x, v - y))


# -- the start --------------------------------------------------------------------------------------------------------


def _search(fixed: PlaneImage, moving: PlaneImage, start: PlaneMap, progress: Progress, scale_free: bool) -> PlaneMap:
    still, still_grid, still_mask = _structured(fixed, SEARCH_MM)
    moved, moved_grid, moved_mask = _structured(moving, SEARCH_MM)
    size = _fast_shape(still.shape, moved.shape, start.inverse.scale * max(SCALES))
    spectra = _spectra(still, still_mask, size)
    centre = still_grid.bounds.centre
    best, best_map = -1.0, start
    tries = [(turn, scale) for turn in TURNS_DEG for scale in (SCALES if scale_free else (1.0,))]
    for index, (turn, scale) in enumerate(tries):
        progress.step(index / len(tries), said("Comparing the pictures"))
        carry = PlaneMap.similarity(turn, scale, centre_mm=centre).then(start)
        # The moving picture through this map, on a grid of the search's pixel that holds all of it.
        around = carry.inverse.bounds(moved_grid.bounds)
        grid = PlaneGrid.covering(around, SEARCH_MM)
        if grid.shape[0] > size[0] or grid.shape[1] > size[1]:
            continue
        image = turned(moved, moved_grid, grid, carry)
        mask = np.isfinite(image) & (turned(moved_mask.astype(np.float32), moved_grid, grid, carry) > 0.99)
        image = np.where(mask, image, 0.0).astype(np.float32)
        score, row, column = _best_shift(spectra, _spectra(image, mask, size), size, still.shape)
        if score > best:
            # Pixel [0, 0] of the moved grid belongs at pixel [row, column] of the still one.
            x, y = still_grid.index_to_mm(row, column)
            shift = PlaneMap(offset=(grid.origin_mm[0] - x, grid.origin_mm[1] - y))
            best, best_map = score, shift.then(carry)
    return best_map


def _structured(picture: PlaneImage, pixel_mm: float) -> tuple[FloatImage, PlaneGrid, BoolImage]:
    pixels, grid = regrid(picture.pixels, picture.grid, pixel_mm)
    image, mask = structure(pixels, pixel_mm, 0.8 * pixel_mm, 5.0 * pixel_mm)
    if not mask.any() or float(np.ptp(image[mask])) == 0.0:
        raise BocageError(said("The pictures cannot be registered: one of them shows nothing."))
    return image, grid, mask


def _fast_shape(still: tuple[int, ...], moved: tuple[int, ...], scale: float) -> tuple[int, int]:
    from scipy.fft import next_fast_len

    reach = scale * math.hypot(*moved) + 2
    rows, columns = (next_fast_len(int(side + reach), real=True) for side in still)
    return (rows, columns)


def _spectra(
    image: FloatImage, mask: BoolImage, size: tuple[int, int]
) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    from scipy.fft import rfft2

    weight = mask.astype(np.float32)
    return rfft2(weight, size), rfft2(image * weight, size), rfft2(image * image * weight, size)


def _best_shift(
    still: tuple[NDArray[Any], NDArray[Any], NDArray[Any]],
    moved: tuple[NDArray[Any], NDArray[Any], NDArray[Any]],
    size: tuple[int, int],
    still_shape: tuple[int, ...],
) -> tuple[float, int, int]:
    """The highest normalised correlation of all shifts, and the shift (rows, columns) of the moved picture."""
    from scipy.fft import irfft2

    def correlated(a: NDArray[Any], b: NDArray[Any]) -> NDArray[Any]:
        return irfft2(a * np.conj(b), size)

    count = np.maximum(correlated(still[0], moved[0]), 1e-6)
    of_still, of_moved = correlated(still[1], moved[0]), correlated(still[0], moved[1])
    product = correlated(still[1], moved[1]) - of_still * of_moved / count
    variance = (correlated(still[2], moved[0]) - of_still**2 / count) * (
        correlated(still[0], moved[2]) - of_moved**2 / count
    )
    floor = 1e-4 * float(variance.max())
    score = np.where(variance > floor, product / np.sqrt(np.maximum(variance, floor + 1e-12)), 0.0)
    # Little overlap correlates by chance: a third of the smaller picture at least, and more counts for more.
    full = float(count.max())
    score = np.where(count > 0.35 * full, np.abs(score) * np.sqrt(count / full), -1.0)
    row, column = np.unravel_index(int(np.argmax(score)), score.shape)
    best = float(score[row, column])
    rows, columns = int(row), int(column)
    rows = rows - size[0] if rows >= still_shape[0] else rows
    columns = columns - size[1] if columns >= still_shape[1] else columns
    return best, rows, columns


# -- the refinement ---------------------------------------------------------------------------------------------------


def _refined(
    fixed: PlaneImage, moving: PlaneImage, start: PlaneMap, pixel_mm: float, scale_free: bool, progress: Progress
) -> PlaneMap:
    import SimpleITK as sitk  # noqa: N813  (the package's own abbreviation)

    still, still_mask = _as_sitk(fixed, pixel_mm)
    # The moving picture's pixel and structures are as large as the fixed one's behind the map.
    moved, moved_mask = _as_sitk(moving, pixel_mm * start.scale)
    reflected = _reflected(start)
    if reflected:
        raise BocageError(
            said("The pictures look at the patient from opposite sides; they cannot be laid on each other.")
        )
    centre = fixed.grid.bounds.centre
    transform = sitk.Similarity2DTransform() if scale_free else sitk.Euler2DTransform()
    transform.SetCenter(centre)
    if scale_free:
        transform.SetScale(start.scale)
    transform.SetAngle(math.radians(start.turn_deg))
    # ITK: T(p) = M (p - c) + c + t, from the fixed to the moving picture, as `PlaneMap.similarity`.
    end = start(centre)
    transform.SetTranslation((end[0] - centre[0], end[1] - centre[1]))
    method = sitk.ImageRegistrationMethod()
    method.SetMetricAsCorrelation()
    method.SetMetricFixedMask(still_mask)
    method.SetMetricMovingMask(moved_mask)
    method.SetInterpolator(sitk.sitkLinear)
    method.SetMetricSamplingStrategy(method.REGULAR)
    method.SetMetricSamplingPercentage(min(1.0, SAMPLES / max(int(np.prod(still.GetSize())), 1)), seed=1)
    method.SetOptimizerAsRegularStepGradientDescent(
        learningRate=pixel_mm, minStep=0.01 * pixel_mm, numberOfIterations=60, relaxationFactor=0.6
    )
    method.SetOptimizerScalesFromPhysicalShift()
    method.SetInitialTransform(transform, inPlace=True)

    def watched() -> None:
        if progress.cancelled:
            method.StopRegistration()

    method.AddCommand(sitk.sitkIterationEvent, watched)
    try:
        method.Execute(still, moved)
    except RuntimeError as error:
        raise BocageError(said("The pictures cannot be registered: they overlap too little.")) from error
    progress.step(0.6, said("Refining the registration"))
    scale = float(transform.GetScale()) if scale_free else 1.0
    angle = math.degrees(float(transform.GetAngle()))
    return PlaneMap.similarity(angle, scale, transform.GetTranslation(), centre)


def _as_sitk(picture: PlaneImage, pixel_mm: float) -> tuple[Any, Any]:
    import SimpleITK as sitk  # noqa: N813

    pixels, grid = regrid(picture.pixels, picture.grid, pixel_mm)
    band, mask = structure(pixels, pixel_mm, 0.8 * pixel_mm, 8.0 * pixel_mm)
    image, where = sitk.GetImageFromArray(band), sitk.GetImageFromArray(mask.astype(np.uint8))
    for each in (image, where):
        each.SetSpacing(grid.spacing_mm)
        each.SetOrigin(grid.origin_mm)
    return image, where


def _reflected(carry: PlaneMap) -> bool:
    (a, b), (c, d) = carry.matrix
    return a * d - b * c < 0


# -- the check --------------------------------------------------------------------------------------------------------


def judge(fixed: PlaneImage, moving: PlaneImage, carry: PlaneMap, pixel_mm: float = 1.0) -> Match:
    """How well a map lays one picture on the other, whoever found it.

    Patches of the fixed picture are looked for around where the map puts them; those that correlate clearly with some
    place (0.4, with one peak) tell the shift that remains.
    """
    pixels, grid = regrid(fixed.pixels, fixed.grid, pixel_mm)
    still, still_mask = structure(pixels, pixel_mm, 1.0, 8.0)
    fine = pixel_mm * carry.scale
    moved_pixels, moved_grid = regrid(moving.pixels, moving.grid, fine)
    laid = turned(moved_pixels, moved_grid, grid, carry)
    moved, moved_mask = structure(laid, pixel_mm, 1.0, 8.0)
    both = still_mask & moved_mask
    area = min(float(still_mask.sum()), float(np.isfinite(moved_pixels).sum()) * (fine / carry.scale / pixel_mm) ** 2)
    overlap = float(both.sum()) / max(area, 1.0)
    if both.sum() < 100:
        return Match(carry, 0.0, overlap, math.nan, 0, 0, "poor")
    correlation = float(np.corrcoef(still[both], moved[both])[0, 1])
    shifts = patch_shifts(still, moved, both, pixel_mm)
    clear = [math.hypot(*shift) for shift, peak in shifts if peak > 0.4]
    agreeing = sum(1 for length in clear if length <= 1.5)
    residual = float(np.median(clear)) if clear else math.nan
    share = agreeing / len(shifts) if shifts else 0.0
    confidence: Confidence = "poor"
    if agreeing >= 4 and overlap > 0.3 and agreeing >= 0.6 * len(clear):
        confidence = "good" if share >= 0.5 and residual <= 1.0 else "fair" if share >= 0.2 else "poor"
    return Match(carry, correlation, overlap, residual, agreeing, len(shifts), confidence)


def patch_shifts(
    still: FloatImage, moved: FloatImage, both: BoolImage, pixel_mm: float, patch_mm: float = PATCH_MM
) -> list[tuple[tuple[float, float], float]]:
    """For each patch that holds structure: the shift (x, y) mm of its best fit, and the correlation there."""
    size, reach = round(patch_mm / pixel_mm), round(REACH_MM / pixel_mm)
    found = []
    rows, columns = still.shape
    for top in range(reach, rows - size - reach + 1, size):
        for left in range(reach, columns - size - reach + 1, size):
            window = (slice(top - reach, top + size + reach), slice(left - reach, left + size + reach))
            if both[window].mean() < 0.95:
                continue
            patch = still[top : top + size, left : left + size]
            if patch.std() < 0.3 * still[both].std():
                continue
            scores = _scores(patch, moved[window])
            row, column = np.unravel_index(int(np.argmax(np.abs(scores))), scores.shape)
            peak = float(abs(scores[row, column]))
            y = _vertex(np.abs(scores[:, column]), int(row)) - reach
            x = _vertex(np.abs(scores[row]), int(column)) - reach
            found.append(((x * pixel_mm, y * pixel_mm), peak))
    return found


def _scores(patch: FloatImage, around: FloatImage) -> NDArray[np.float64]:
    """Normalised correlation of a patch at all places within a larger one."""
    from numpy.lib.stride_tricks import sliding_window_view

    windows = sliding_window_view(around.astype(np.float64), patch.shape)
    mean = windows.mean(axis=(2, 3))
    spread = np.sqrt(np.maximum((windows**2).mean(axis=(2, 3)) - mean**2, 1e-12))
    centred = (patch - patch.mean()) / max(float(patch.std()), 1e-12)
    return np.asarray(np.einsum("ijkl,kl->ij", windows, centred) / patch.size / spread)


def _vertex(line: NDArray[np.float64], at: int) -> float:
    """The place of a maximum between samples, by a parabola."""
    if not 0 < at < line.size - 1:
        return float(at)
    before, here, after = (float(value) for value in line[at - 1 : at + 2])
    bend = before - 2 * here + after
    return at + 0.5 * (before - after) / bend if bend < 0 else float(at)
