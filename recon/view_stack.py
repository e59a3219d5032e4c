"""The projections themselves as a stack to scroll through: one plane for each view, numbered from 1."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recon.geometry import Geometry
from recon.messages import said
from recon.open_field import air_value, relative_exposure
from recon.projections import ProjectionSet
from recon.resample import bin_image, resample
from recon.slab import FloatImage, PlaneGrid, Rect, Slab, SlabRequest, SourceInfo
from recon.stored import Radiograph, ScaleKind

CACHE_BYTES = 128 << 20
"""Of views as they are shown; the projections themselves are not counted."""
COARSEST = 256
"""Pixels along the longer side below which views are not binned further."""


def view_image(projections: ProjectionSet, index: int, open_field: float | None = None) -> FloatImage:
    """One view as line integrals, so that bone is white.

    Parameters
    ----------
    projections : ProjectionSet
    index : int
        From 0.
    open_field : float, optional
        Counts of a ray that passes nothing, in this view; by default those that the projections state, or else nearly
        the brightest of this view. Only for counts.

    Returns
    -------
    ndarray of float32, shape (rows, columns)
        NaN in the collimator's shadow: zero counts that go on to the border.
    """
    stored = np.asarray(projections.views[index])
    if projections.kind != "counts":
        return np.array(stored, dtype=np.float32)
    if open_field is None:
        share = float(relative_exposure(projections.geometry)[index])
        open_field = projections.air * share if projections.air else float(np.percentile(stored, 99.9))
    top = np.float32(np.log(max(open_field, 1.0)))
    if stored.dtype in (np.dtype(np.uint8), np.dtype(np.uint16)):
        table = np.log(np.maximum(np.arange(np.iinfo(stored.dtype).max + 1, dtype=np.float32), np.float32(0.5)))
        view = np.take(top - table, stored)
    else:
        view = top - np.log(np.maximum(stored.astype(np.float32), np.float32(0.5)))
    dark = _shadow(stored)
    if dark is not None:
        view[dark] = np.nan
    return np.asarray(view, np.float32)


def view_as_radiograph(projections: ProjectionSet, index: int) -> Radiograph:
    """One view with its geometry."""
    geometry = replace(projections.geometry.subset([index]), exposure=None)
    pitch = geometry.pixel_pitch_mm
    info = SourceInfo(
        title=said("Projection {0} of {1}", index + 1, projections.geometry.n_views),
        unit="",
        height_range_mm=(0.0, 0.0),
        patient=geometry.patient,
        notes=projections.notes,
    )
    image = view_image(projections, index)
    return Radiograph(image, (pitch[1], pitch[0]), info, geometry, "detector", said("projection's own pixel pitch"))


class ViewStack:
    """The views of a sweep as a `SlabSource` whose "height" is the number of the view, from 1.

    A plane is the image on its detector in line integrals. Pixels are laid out as in `recon.stored.Radiograph`: in
    millimetres on the detector about its own middle. Views are made when they are asked for; they and their binned
    copies are kept while there is room.

    Parameters
    ----------
    projections : ProjectionSet
    cache_bytes : int
        Room for views as they are shown.
    """

    def __init__(self, projections: ProjectionSet, cache_bytes: int = CACHE_BYTES) -> None:
        self.projections = projections
        self.geometry = projections.geometry
        self.scale_kind: ScaleKind = "detector"
        self.scale_note = said("projection's own pixel pitch")
        self._room = cache_bytes
        self._kept: OrderedDict[tuple[int, int], FloatImage] = OrderedDict()
        self._lock = threading.Lock()
        pitch = self.geometry.pixel_pitch_mm
        self._spacing = (float(pitch[1]), float(pitch[0]))

    @property
    def n_views(self) -> int:
        """How many there are."""
        return self.geometry.n_views

    @property
    def info(self) -> SourceInfo:
        """Facts about the source; its "heights" are numbers of views."""
        return SourceInfo(
            title=self.projections.title,
            unit="",
            height_range_mm=(1.0, float(self.n_views)),
            interval_mm=1.0,
            patient=self.geometry.patient,
            notes=self.projections.notes,
        )

    def index(self, height_mm: float) -> int:
        """The view, from 0, that a "height" stands for: the nearest."""
        return min(max(round(height_mm) - 1, 0), self.n_views - 1)

    def view_geometry(self, height_mm: float) -> Geometry:
        """Source and detector of the view that a "height" stands for."""
        return self._geometries[self.index(height_mm)]

    def angle_deg(self, height_mm: float) -> float:
        """The view's angle along the sweep; see `Geometry.view_angle_deg`."""
        return float(self._angles[self.index(height_mm)])

    @cached_property
    def _geometries(self) -> list[Geometry]:
        bare = replace(self.geometry, exposure=None)
        return [bare.subset([index]) for index in range(self.n_views)]

    @cached_property
    def _angles(self) -> NDArray[np.float64]:
        return self.geometry.view_angle_deg

    def grid(self, index: int, binning: int = 1) -> PlaneGrid:
        """Where the pixels of a view (from 0) lie, mm on the detector."""
        rows, columns = self.geometry.shape
        x, y = (float(value) for value in self.geometry.detector_centre_mm[index, :2])
        dx, dy = self._spacing
        corner = (x - (columns - binning) / 2 * dx, y - (rows - binning) / 2 * dy)
        return PlaneGrid(corner, (dx * binning, dy * binning), (-(-rows // binning), -(-columns // binning)))

    def footprint(self, height_mm: float) -> Rect:
        """The view's edges, mm on the detector."""
        return self.grid(self.index(height_mm)).bounds

    def native_pixel_mm(self, height_mm: float) -> tuple[float, float]:  # noqa: ARG002 - the same for all views
        """The detector's pixel pitch (dx, dy)."""
        return self._spacing

    def slab(self, request: SlabRequest) -> Slab:
        """The view nearest to the number asked for, on the grid asked for; thickness does not apply."""
        index = self.index(request.height_mm)
        whole = self.grid(index)
        region = request.region or whole.bounds
        pixel = min(self._spacing) if request.pixel_mm is None else request.pixel_mm
        target = PlaneGrid.covering(region, pixel)
        binning = 1
        longest = max(self.geometry.shape)
        while 2 * binning * max(self._spacing) <= pixel * 1.001 and longest // (2 * binning) >= COARSEST:
            binning *= 2
        image = self._image(index, binning)
        rows, columns = image.shape
        own = replace(self.grid(index, binning), shape=(rows, columns))
        return Slab(resample(image, own, target), target, float(index + 1), 0.0)

    @cached_property
    def _open_field(self) -> NDArray[np.float64]:
        """Of each view, so that all are shown alike."""
        return air_value(self.projections)[0] * relative_exposure(self.geometry)

    def _image(self, index: int, binning: int) -> FloatImage:
        """A view in means of binning × binning pixels."""
        with self._lock:
            found = self._kept.get((index, binning))
            if found is not None:
                self._kept.move_to_end((index, binning))
                return found
        if binning > 1:
            with self._lock:  # from the finest copy that is coarser than the view itself
                finer = [(level, image) for (view, level), image in self._kept.items() if view == index]
            coarser = max(((level, image) for level, image in finer if binning % level == 0), default=None, key=_level)
            level, image = coarser if coarser is not None else (1, self._made(index))
            factor = binning // level
            out = np.empty((-(-image.shape[0] // factor), -(-image.shape[1] // factor)), np.float32)
            bin_image(image, factor, out)
        else:
            out = self._made(index)
        self._keep((index, binning), out)
        return out

    def _made(self, index: int) -> FloatImage:
        counts = self.projections.kind == "counts"
        return view_image(self.projections, index, float(self._open_field[index]) if counts else None)

    def _keep(self, key: tuple[int, int], image: FloatImage) -> None:
        with self._lock:
            self._kept[key] = image
            total = sum(kept.nbytes for kept in self._kept.values())
            while total > self._room and len(self._kept) > 1:
                _, old = self._kept.popitem(last=False)
                total -= old.nbytes

    @property
    def nbytes(self) -> int:
        """Memory of the views that are kept."""
        with self._lock:
            return sum(image.nbytes for image in self._kept.values())


def _level(pair: tuple[int, FloatImage]) -> int:
    return pair[0]


def _shadow(counts: NDArray[Any]) -> NDArray[np.bool_] | None:
    """Where zero counts go on to the border along a row or a column: the collimator's shadow, not dense bone."""
    edges = (counts[0], counts[-1], counts[:, 0], counts[:, -1])
    if not any((edge <= 0).any() for edge in edges):
        return None
    zero = counts <= 0
    shadow = np.zeros_like(zero)
    for axis in (0, 1):
        shadow |= np.logical_and.accumulate(zero, axis=axis)
        shadow |= np.flip(np.logical_and.accumulate(np.flip(zero, axis), axis=axis), axis)
    return shadow
