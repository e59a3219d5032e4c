"""`LiveVolume`: slabs computed from the projections when they are asked for."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from recon.algorithms import FilteredBackProjection, OnePass
from recon.backproject import back_project
from recon.cone import Cone, offered_heights_mm, plane_spacing, swapped
from recon.corrections import Correction, prepare
from recon.errors import BocageError
from recon.filtering import FilteredViews, filter_views
from recon.geometry import Geometry
from recon.messages import said
from recon.metal.layer import Restores
from recon.notes import Fact
from recon.pieces import Asked, Pieces, Weights
from recon.preprocess import LineIntegrals, PreparedCorrection, ViewSource
from recon.progress import SILENT, Progress
from recon.projections import ProjectionSet
from recon.rectify import fields_mm
from recon.resample import resample, turned
from recon.samples import Level
from recon.slab import Averaging, FloatImage, PlaneGrid, Rect, Slab, SlabRequest, SourceInfo
from recon.sweep import is_straight, path_steps_mm, steps_mm

PREPARING = 0.3
"""Share of the progress that corrections are prepared in."""

Detail = Literal["full", "light", "coarse"]
"""All views there are; all but the finest; views filtered from binned ones."""


class LiveVolume:
    """A `SlabSource` over filtered projections: any height, thickness, region and pixel size.

    Parameters
    ----------
    projections : ProjectionSet
    algorithm : OnePass
    progress : Progress
        Of the preprocessing and filtering done here.
    corrections : sequence of Correction
        Of the line integrals; done in their order.
    on_ready : callable(LiveVolume), optional
        Called from a working thread when enough views are filtered for a first picture. The same object goes on
        filling; `is_preview` says so.

    Raises
    ------
    BocageError
        When the views cannot be reconstructed, with the reason.
    """

    def __init__(
        self,
        projections: ProjectionSet,
        algorithm: OnePass | None = None,
        progress: Progress = SILENT,
        *,
        corrections: Sequence[Correction] = (),
        on_ready: Callable[[LiveVolume], None] | None = None,
    ) -> None:
        if projections.geometry.n_views < 2:
            raise BocageError(said("Tomosynthesis needs at least two views from different positions, found one."))
        prepared: tuple[PreparedCorrection, ...] = ()
        if corrections:
            prepared = prepare(projections, corrections, progress.part(0.0, PREPARING))
            progress = progress.part(PREPARING, 1.0)
        integrals = LineIntegrals(projections, prepared)
        if is_straight(integrals.source_mm):
            steps_mm(integrals.source_mm)  # refuses views that all come from one position
        chosen = algorithm if algorithm is not None else FilteredBackProjection()
        self._take(integrals, tuple(corrections), chosen, frozenset())
        self._filter(integrals, progress, on_ready)
        if self.used_views.size < 2:
            raise BocageError(
                said(
                    "Of {0} views only {1} hold any data; at least two are needed. Are the pixel values what "
                    "they are said to be?",
                    projections.geometry.n_views,
                    self.used_views.size,
                )
            )

    def _take(
        self,
        integrals: LineIntegrals,
        corrections: tuple[Correction, ...],
        algorithm: OnePass,
        excluded: frozenset[int],
    ) -> None:
        self.integrals, self.projections = integrals, integrals.projections
        self.corrections = corrections
        """Of the line integrals."""
        self.algorithm = algorithm
        self.excluded = excluded
        """Views left out of every slab."""
        self._detail: Detail = "full"
        self.cone = Cone(integrals.source_mm)
        """The conical grids of slices."""
        self._pieces = Pieces(self.cone)
        self._stands_still = self.geometry.is_rectified
        given_back = [correct.layer for correct in integrals.corrections if isinstance(correct, Restores)]
        self._layers = [layer for layer in given_back if layer is not None]

    def _filter(
        self, source: ViewSource, progress: Progress, on_ready: Callable[[LiveVolume], None] | None = None
    ) -> None:
        def ready(views: FilteredViews) -> None:
            if on_ready is not None:
                self._views = views
                on_ready(self)

        self._views = filter_views(source, self.algorithm, sum(self.height_range_mm) / 2, progress, ready)

    def _like(self, algorithm: OnePass, excluded: frozenset[int]) -> LiveVolume:
        other = LiveVolume.__new__(LiveVolume)
        other._take(self.integrals, self.corrections, algorithm, excluded)
        other._detail, other._views = self._detail, self._views
        return other

    def with_algorithm(self, algorithm: OnePass, progress: Progress = SILENT) -> LiveVolume:
        """The same projections through another algorithm; filtered again only if that changes the filter.

        While that lasts both sets of filtered views are held; `lightened` spares most of the old one.
        """
        other = self._like(algorithm, self.excluded)
        if self.needs_filtering(algorithm):
            other._detail = "full"
            other._filter(self.integrals, progress)
        return other

    def with_corrections(
        self, corrections: Sequence[Correction], algorithm: OnePass, progress: Progress = SILENT
    ) -> LiveVolume:
        """The same projections, corrected in another way; everything is computed again.

        Raises
        ------
        BocageError
            When a correction does not apply to these views, with the reason.
        """
        made = LiveVolume(self.projections, algorithm, progress, corrections=corrections)
        return made._like(algorithm, self.excluded)

    def needs_filtering(self, algorithm: OnePass) -> bool:
        """Whether `with_algorithm` takes longer than a slab."""
        return self.is_preview or algorithm.filtering != self.algorithm.filtering

    def preview(self, algorithm: OnePass) -> LiveVolume | None:
        """The same at once but coarse, to be shown until `with_algorithm` is done; None for small views.

        It is filtered from line integrals binned 4 × 4, so it costs a sixteenth.
        """
        coarse = self.integrals.coarse
        if coarse.binning < 4 or not coarse.done.all():
            return None
        other = self._like(algorithm, self.excluded)
        other._detail = "coarse"
        other._filter(coarse, SILENT)
        return other

    def lightened(self) -> LiveVolume | None:
        """The same without the finest filtered views, in a quarter of the memory; None for small views.

        Filtering again needs room for new views beside the old ones. Who lets go of the old and keeps this instead can
        go on looking, at half the resolution, and come back by `with_algorithm`.
        """
        if len(self._views.levels) < 2 or self.is_preview:
            return None
        other = self._like(self.algorithm, self.excluded)
        other._detail = "light"
        other._views = FilteredViews(self._views.levels[1:], self._views.ready)
        return other

    def excluding(self, views: Iterable[int]) -> LiveVolume:
        """The same without some views; nothing is filtered again, and the weights of their neighbours follow.

        Raises
        ------
        BocageError
            When a view is not there, or fewer than two from different positions are left.
        """
        excluded, n = frozenset(views), self.geometry.n_views
        unknown = sorted(view for view in excluded if not 0 <= view < n)
        if unknown:
            raise BocageError(said("There is no view {0}; the acquisition has {1}.", unknown[0] + 1, n))
        left = np.array([view for view in range(n) if view not in excluded], np.int32)
        if left.size < 2 or np.ptp(self.integrals.source_mm[left, :2], axis=0).max() < 1e-6:
            raise BocageError(said("At least two views from different positions must be kept."))
        return self._like(self.algorithm, excluded)

    # -- facts -----------------------------------------------------------------------------------------------------

    @property
    def geometry(self) -> Geometry:
        """The geometry as acquired."""
        return self.projections.geometry

    @property
    def is_preview(self) -> bool:
        """Whether slabs are coarse, or made of a part of the views, because the rest is on its way."""
        return self._detail != "full" or not self._views.complete

    @property
    def is_light(self) -> bool:
        """Whether the finest views were let go of (`lightened`)."""
        return self._detail == "light"

    @property
    def nbytes(self) -> int:
        """Memory of the views, and of what corrections give back, that is kept."""
        kept = [level.samples for level in self._views.levels]
        views = sum(
            samples.nbytes for samples in (*kept, self.integrals.coarse.samples, self.integrals.blurred.samples)
        )
        return views + sum(layer.nbytes for layer in self._layers)

    @cached_property
    def height_range_mm(self) -> tuple[float, float]:
        """Heights that are offered."""
        return offered_heights_mm(self.geometry)

    @property
    def info(self) -> SourceInfo:
        """Facts about the source."""
        notes = [*self.projections.notes, *self.integrals.notes]
        if self.excluded:
            numbers = ", ".join(str(view + 1) for view in sorted(self.excluded))
            notes.append(
                Fact(said("{0} of {1} views left out: {2}", len(self.excluded), self.geometry.n_views, numbers))
            )
        return SourceInfo(
            title=self.projections.title,
            unit=self.algorithm.unit,
            height_range_mm=self.height_range_mm,
            interval_mm=1.0,
            reconstructs=True,
            patient=self.geometry.patient,
            notes=tuple(notes),
        )

    def footprint(self, height_mm: float) -> Rect:
        """What the middle view sees at a height, world mm."""
        if not self._stands_still:
            self.cone.magnification(height_mm)
            low, high = (np.median(corner, axis=0) for corner in fields_mm(self.geometry, height_mm))
            return Rect(float(low[0]), float(low[1]), float(high[0]), float(high[1]))
        along, across, step_along, step_across = self.cone.grid(self.integrals, height_mm)
        _, rows, columns = self.integrals.shape
        a0, a1 = along - step_along / 2, along + (rows - 0.5) * step_along
        b0, b1 = across - step_across / 2, across + (columns - 0.5) * step_across
        return Rect(a0, b0, a1, b1) if self.integrals.turned else Rect(b0, a0, b1, a1)

    def _field(self, height_mm: float) -> Rect:
        """The footprint with x across the sweep and y along it."""
        field = self.footprint(height_mm)
        return Rect(field.y0, field.x0, field.y1, field.x1) if self.integrals.turned else field

    def native_pixel_mm(self, height_mm: float) -> tuple[float, float]:
        """Detector pixel over magnification, (dx, dy)."""
        m = self.cone.magnification(height_mm)
        row, column = self.geometry.pixel_pitch_mm
        return column / m, row / m

    # -- slabs -----------------------------------------------------------------------------------------------------

    def slab(self, request: SlabRequest) -> Slab:
        """The slab on the grid that the request asks for; NaN where no view has data."""
        region = request.region or self.footprint(request.height_mm)
        pixel = min(self.native_pixel_mm(request.height_mm)) if request.pixel_mm is None else request.pixel_mm
        grid = PlaneGrid.covering(region, pixel)
        return self.slabs([request.height_mm], request.thickness_mm, grid, request.draft, shown=request.shown)[0]

    def slabs(
        self,
        heights_mm: Sequence[float],
        thickness_mm: float,
        grid: PlaneGrid,
        draft: bool = False,
        averaging: Averaging = "rays",
        shown: bool = False,
    ) -> list[Slab]:
        """Slabs at several heights on one grid, computed together: each view is read once for all of them.

        Parameters
        ----------
        heights_mm : sequence of float
        thickness_mm : float
            Nominal: each slab is the mean over heights ± thickness/2.
        grid : PlaneGrid
        draft : bool
            Compute from coarser views.
        averaging : {"rays", "vertical"}
            Whether a slab is averaged along the middle view's rays, as a radiograph averages the body, so that
            what lies off the axis is not smeared outwards; or at fixed (x, y), as the mean of slices stored on one
            grid. They agree to the noise's texture; the second costs more for thick slabs in wide fields.
        shown : bool
            For the eye: a grid coarser than the views' is reached without moiré. Else its pixels are means.
        """
        if not (math.isfinite(thickness_mm) and 0 <= thickness_mm < 500):
            raise BocageError(said("The slab thickness must lie between 0 and 500 mm, found {0:g}.", thickness_mm))
        level = self.cone.level_for(self._views.levels, max(heights_mm), min(grid.spacing_mm), draft)
        own = swapped(grid) if self.integrals.turned else grid
        used = self.used_views
        shares = self.algorithm.shares(self.integrals.source_mm, used)
        images: list[FloatImage] = []
        asked = Asked(tuple(heights_mm), thickness_mm, own, averaging, self._field, shown)

        def weights(magnification: NDArray[np.float64]) -> NDArray[np.float64]:
            return shares * self.algorithm.height_factor(magnification)

        self._pieces.add(images, asked, level, used, weights, trim=self.algorithm.trimmed)
        if self.algorithm.density > 0:
            self._pieces.add(images, asked, *self._means(), factor=self.algorithm.density)
        self.give_back(images, own, heights_mm, thickness_mm, draft=draft, averaging=averaging)
        coarse = draft and level is not self._views.levels[0]
        return [
            Slab(turned(image) if self.integrals.turned else image, grid, height, thickness_mm, coarse)
            for image, height in zip(images, heights_mm, strict=True)
        ]

    @property
    def levels(self) -> list[Level]:
        """The filtered views, fine to coarse."""
        return self._views.levels

    @property
    def used_views(self) -> NDArray[np.int32]:
        """The views that slabs are made of, shape (m,)."""
        return self._used(self._views.ready)

    def give_back(
        self, images: Sequence[FloatImage], grid: PlaneGrid, heights_mm: Sequence[float], thickness_mm: float = 0.0,
        *, draft: bool = False, averaging: Averaging = "rays", per_mm: bool | None = None,
    ) -> None:  # fmt: skip
        """Add what corrections took from the views, as metal, to slabs made of them.

        Parameters
        ----------
        images : sequence of ndarray of float32, shape `grid.shape`
        grid : PlaneGrid
            Whose rows run along the sweep; (across, along) standing for (x, y).
        heights_mm, thickness_mm, draft, averaging
            Of the slabs.
        per_mm : bool, optional
            Whether slabs are attenuations; those of this volume's algorithm if not given.
        """
        attenuation = self.algorithm.unit == "1/mm" if per_mm is None else per_mm
        for layer in self._layers:
            layer.add(
                images, grid, heights_mm, thickness_mm, self.used_views, per_mm=attenuation, draft=draft,
                averaging=averaging,
            )  # fmt: skip

    def conical_slabs(
        self, heights_mm: Sequence[float], thickness_mm: float = 0.0, out: FloatImage | None = None, level: int = 0
    ) -> tuple[FloatImage, list[PlaneGrid]]:
        """Whole slabs on their own conical grids, where nothing is resampled; the filtered views alone.

        The share of density and what corrections give back are not added.

        Returns
        -------
        pixels : ndarray of float32, shape (k, along, ≥ across)
            Rows along the sweep; columns beyond the grid's mean nothing. `out` if that is given.
        grids : list of PlaneGrid
            With (across, along) standing for (x, y).
        """
        views, used = self._views.levels[level], self.used_views
        shares = self.algorithm.shares(self.integrals.source_mm, used)
        plan = self.cone.plan(views, heights_mm, thickness_mm, used, lambda m: shares * self.algorithm.height_factor(m))
        pixels = back_project(views.samples, plan, views.shape, out=out, trim=self.algorithm.trimmed)
        return pixels, [self.cone.part(views, height, 0, 0, views.shape) for height in heights_mm]

    def fill_with_mean(
        self, level: Level, heights_mm: NDArray[np.float64], margin: tuple[int, int], out: FloatImage
    ) -> None:
        """The mean of the unfiltered views shared out evenly over a stack of planes, 1/mm.

        Their projections are the views' but for detail: what a reconstruction starts from.

        Parameters
        ----------
        level : Level
            Whose pixels the planes have.
        margin : (across, along)
            Pixels by which planes reach beyond the field on each side; there the border goes on.
        out : ndarray of float32, shape (k, across, along)
            The planes, margins included; filled.
        """
        blurred, used, weights = self._means()
        depth = float(plane_spacing(heights_mm).sum())
        out[...] = 0.0
        shape = (out.shape[1], out.shape[2])
        for plane, height in zip(out, heights_mm, strict=True):
            plan = self.cone.plan(blurred, [float(height)], 0.0, used, weights)
            columns = blurred.shape[1]
            mean = back_project(blurred.samples, plan, blurred.shape)[0, :, :columns].T / np.float32(depth)
            mean = _filled(mean)
            pad = [int(np.ceil(edge * level.pitch_mm[0] / blurred.pitch_mm[0])) + 2 for edge in margin]
            mean = np.pad(mean, [(pad[0], pad[0]), (pad[1], pad[1])], mode="edge")
            along, across, step_along, step_across = self.cone.grid(blurred, float(height))
            coarse = PlaneGrid(
                (along - pad[1] * step_along, across - pad[0] * step_across), (step_along, step_across), mean.shape
            )
            along, across, step_along, step_across = self.cone.grid(level, float(height))
            fine = PlaneGrid(
                (along - margin[1] * step_along, across - margin[0] * step_across), (step_along, step_across), shape
            )
            resample(np.ascontiguousarray(mean), coarse, fine, plane)

    def _means(self) -> tuple[Level, NDArray[np.int32], Weights]:
        """Views and weights of the mean of the unfiltered views over the sweep, along the height, coarsely."""
        blurred = self.integrals.blurred
        used = self._used(np.flatnonzero(blurred.done).astype(np.int32))
        source = self.integrals.source_mm
        steps = steps_mm(source[used]) if is_straight(source) else path_steps_mm(source, used)
        weight = steps / steps.sum()
        return self._blurred, used, lambda _: weight

    @cached_property
    def _blurred(self) -> Level:
        blurred = self.integrals.blurred
        return Level(blurred.samples, blurred.first_mm, blurred.pitch_mm)

    def _used(self, there: NDArray[np.int32]) -> NDArray[np.int32]:
        """Those of some views that hold data and are not left out."""
        there = there[~self.integrals.empty[there]]
        if not self.excluded:
            return there
        return np.array([view for view in there if view not in self.excluded], np.int32)


def _filled(image: FloatImage) -> FloatImage:
    """NaN replaced by the nearest number of the line, or of the next line that has one; 0 where there is none."""
    from scipy.ndimage import distance_transform_edt

    wrong = ~np.isfinite(image)
    if not wrong.any():
        return image
    if wrong.all():
        return np.zeros_like(image)
    nearest = distance_transform_edt(wrong, return_distances=False, return_indices=True)
    return np.asarray(image[tuple(nearest)])
