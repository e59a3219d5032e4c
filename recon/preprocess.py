"""From stored views to line integrals on the virtual detector, one view at a time.

The *virtual detector* lies in the plane z = 0, parallel to the slices. When the real detector lay there already nothing
is resampled; a tilted or turned one is rectified (a homography for each view, `recon.rectify`). Line integrals are not
kept: they are made again from the stored views when another filter asks for them, which takes less time than filtering
and saves twice the memory of the views.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any, Protocol

import numba
import numpy as np
from numpy.typing import NDArray

from recon import shadow
from recon.irregular import view_facts
from recon.messages import said
from recon.notes import Fact
from recon.open_field import air_value, relative_exposure
from recon.projections import ProjectionSet
from recon.rectify import homography, virtual_geometry, warp
from recon.resample import bin_image, turn
from recon.samples import Samples

Floats = NDArray[np.float32]
Indices = NDArray[np.int32]
Mask = NDArray[np.bool_]

COARSE_FROM = ((512, 4), (128, 2))
"""From which size on the copy of the views for previews is binned, and by what factor."""
BLURRED_FROM = ((64, 4),)
"""The same for the copy of that copy that large areas' density comes from."""


class PreparedCorrection(Protocol):
    """A correction that knows all views, for one view: line integrals on the real detector, changed in place.

    Attributes
    ----------
    note : str
        What was found and changed, for the screen.
    """

    note: str

    def __call__(self, index: int, image: Floats) -> None:
        """Correct view `index`, float32 (rows, columns)."""
        ...


class ViewSource(Protocol):
    """Views on the virtual detector that can be filtered: `LineIntegrals`, or their coarse copy.

    Attributes
    ----------
    shape : (n, along, across)
        Samples along the sweep axis come first, whichever world axis that is.
    first_mm : ndarray of float64, shape (n, 2)
        (along, across) of the centre of each view's first sample on the virtual detector.
    pitch_mm : (along, across)
    source_mm : ndarray of float64, shape (n, 3)
        (along, across, height) of each source.
    binning : int
        How many detector pixels a sample is the mean of along each axis.
    """

    shape: tuple[int, int, int]
    first_mm: NDArray[np.float64]
    pitch_mm: tuple[float, float]
    source_mm: NDArray[np.float64]
    binning: int

    def view(self, index: int, out: Floats) -> Indices | None:
        """Fill one view, float32 (along, across); first and end column with data in each row, or None: all."""
        ...


class LineIntegrals:
    """Line integrals −ln(I/I₀) on the virtual detector, made view by view.

    Dead pixels (zero or negative counts) are taken as half a count, the least that a detector could have counted;
    saturated pixels keep the saturation value. Zero counts that reach the image's border are the collimator's shadow:
    nothing is known there, so the last measured value goes on (a cliff would ring in every slice) and the pixels do
    not count as seen. Each view's open field follows its relative exposure.

    Parameters
    ----------
    projections : ProjectionSet
    corrections : sequence of PreparedCorrection
        Done in this order, before rectification.

    Raises
    ------
    BocageError
        When no open field can be found, or views cannot be seen from above the slices.
    """

    def __init__(self, projections: ProjectionSet, corrections: Sequence[PreparedCorrection] = ()) -> None:
        self.projections = projections
        self.binning = 1
        self.corrections = tuple(corrections)
        real = projections.geometry
        self.geometry = virtual_geometry(real)
        """The virtual geometry, in world axes."""
        self.turned = self.geometry.sweep_axis == 0
        """Whether samples along the sweep lie along the columns of the stored views."""
        self._homographies = (
            None if real.is_flat else [homography(real, self.geometry, view) for view in range(real.n_views)]
        )
        self._exposure = relative_exposure(real)
        self._stated: list[str] = []
        self._air = 1.0
        if projections.kind == "counts":
            self._air, note = air_value(projections)
            self._stated.append(note)
        self._stated += view_facts(real)
        if self._homographies is not None:
            self._stated.append(Fact(said("turned, tilted or shifted detector rectified onto the plane of the slices")))
        rows, columns = self.geometry.shape
        pitch = self.geometry.pixel_pitch_mm
        centre = self.geometry.detector_centre_mm
        x, y = centre[:, 0] - (columns - 1) / 2 * pitch[1], centre[:, 1] - (rows - 1) / 2 * pitch[0]
        order = [0, 1, 2] if self.turned else [1, 0, 2]
        self.shape = (real.n_views, columns, rows) if self.turned else (real.n_views, rows, columns)
        self.first_mm = np.stack((x, y) if self.turned else (y, x), axis=-1)
        self.corner_mm = np.median(self.first_mm, axis=0)
        self.pitch_mm = (pitch[1], pitch[0]) if self.turned else (pitch[0], pitch[1])
        self.source_mm = np.ascontiguousarray(self.geometry.source_mm[:, order])
        self.empty = np.zeros(real.n_views, np.bool_)
        """Views that hold nothing: no count, or no number. Known once they have been made; they are left out."""
        self._wrong = np.zeros(real.n_views, np.int64)
        self._unseen = np.zeros(real.n_views)
        self._memory = threading.local()
        self.coarse = CoarseViews.of(self, COARSE_FROM)
        """For previews; complete when every view has been remembered."""
        self.blurred = CoarseViews.of(self.coarse, BLURRED_FROM, upright=True)
        """For the density of large areas: upright, and continued to where a view has no data."""

    def remember(self, index: int, view: Floats, valid: Indices | None) -> None:
        """Keep the coarse copies of a view that has been made."""
        if not self.coarse.done[index]:
            self.blurred.put(index, *self.coarse.put(index, view, valid))

    @property
    def notes(self) -> tuple[str, ...]:
        """What was taken from the data; complete when every view has been made."""
        notes = list(self._stated)
        if self.empty.any():
            numbers = ", ".join(str(view + 1) for view in np.flatnonzero(self.empty))
            notes.append(said("views without any data are left out: {0}", numbers))
        if self._unseen.any():
            notes.append(
                Fact(
                    said(
                        "{0:.0f} % of the pixels lie in the collimator's shadow (zero counts)",
                        100 * self._unseen.mean(),
                    )
                )
            )
        if self._wrong.any():
            notes.append(said("{0} pixels were not numbers and were set to 0", self._wrong.sum()))
        notes.extend(correct.note for correct in self.corrections if correct.note)
        return tuple(notes)

    def view(self, index: int, out: Floats) -> Indices | None:
        """Fill one view, float32 (along, across), C order.

        Returns
        -------
        ndarray of int32, shape (along, 2), or None
            First and end column with data in each row; None where all have.
        """
        if self._homographies is None and not self.corrections:
            return self._flat(index, np.asarray(self.projections.views[index]), out)
        image, seen = self.real(index)
        return self.place(index, image, seen, out)

    def real(self, index: int) -> tuple[Floats, Mask | None]:
        """One view on the real detector, corrected.

        Returns
        -------
        image : ndarray of float32, shape (rows, columns)
            Valid until this thread asks for the next view.
        seen : ndarray of bool, same shape, or None
            False in the collimator's shadow; None where all is seen.
        """
        stored = np.asarray(self.projections.views[index])
        image = self._kept("image", stored.shape, np.float32)
        self._logarithm(index, stored, image)
        # Corrections see views without the shadow's cliff.
        seen = self._shadow(index, stored, image)
        for correct in self.corrections:
            correct(index, image)
        return image, seen

    def place(self, index: int, image: Floats, seen: Mask | None, out: Floats) -> Indices | None:
        """Put an image of the real detector, as `real` gives it, where a view lies on the virtual one.

        Parameters
        ----------
        image : ndarray of float32, shape (rows, columns)
        seen : ndarray of bool, same shape, or None
        out : ndarray of float32, shape (along, across), C order

        Returns
        -------
        ndarray of int32, shape (along, 2), or None
            As `view` does.
        """
        if self._homographies is None:
            turn(image, out) if self.turned else np.copyto(out, image)
            return None if seen is None else _column_ranges(seen.T if self.turned else seen)
        matrix = self._homographies[index]
        valid = self._kept("valid", out.shape, np.bool_)
        if seen is None:
            seen = self._kept("everything", image.shape, np.bool_)
            seen[...] = True
        warp(image, seen, np.ascontiguousarray(matrix[:, [1, 0, 2]] if self.turned else matrix), out, valid)
        return None if valid.all() else _column_ranges(valid)

    def _flat(self, index: int, stored: NDArray[Any], out: Floats) -> Indices | None:
        target = out.T if self.turned else out
        self._logarithm(index, stored, target)
        seen = self._shadow(index, stored, target)
        return None if seen is None else _column_ranges(seen.T if self.turned else seen)

    def _logarithm(self, index: int, stored: NDArray[Any], target: Floats) -> None:
        """Line integrals of a stored view, into float32 (rows, columns) of either order."""
        if self.projections.kind == "line_integrals":
            np.copyto(target, stored, casting="unsafe")
            wrong = ~np.isfinite(target)
            self._wrong[index] = np.count_nonzero(wrong)
            if self._wrong[index]:
                target[wrong] = 0.0
            self.empty[index] = self._wrong[index] == target.size
            return
        open_field = self._air * self._exposure[index]
        floor = 0.5 if np.issubdtype(stored.dtype, np.integer) else 1e-6 * open_field
        if stored.dtype in (np.dtype(np.uint8), np.dtype(np.uint16)):
            values = np.arange(np.iinfo(stored.dtype).max + 1)
            table = (np.log(open_field) - np.log(np.maximum(values, floor))).astype(np.float32)
            _table_view(np.ascontiguousarray(stored), table, target)
            return
        counts = np.ascontiguousarray(stored, dtype=np.float32)
        wrong = ~np.isfinite(counts)
        self._wrong[index] = np.count_nonzero(wrong)
        if self._wrong[index]:
            counts = np.where(wrong, np.float32(open_field), counts)
        self.empty[index] = self._wrong[index] == counts.size
        _log_view(counts, open_field, floor, target)

    def _shadow(self, index: int, stored: NDArray[Any], target: Floats) -> Mask | None:
        """Continue a view into the collimator's shadow; where it was seen, bool (rows, columns), or None: all."""
        if self.projections.kind != "counts":
            return None
        seen = shadow.fill(stored, target, 1 if self.turned else 0)
        if seen is not None:
            self._unseen[index] = 1.0 - float(seen.mean())
            self.empty[index] = not seen.any()
        return seen

    def _kept(self, name: str, shape: tuple[int, ...], dtype: Any) -> NDArray[Any]:
        """Memory of this thread, kept from view to view."""
        kept = getattr(self._memory, name, None)
        if kept is None or kept.shape != shape:
            kept = np.empty(shape, dtype)
            setattr(self._memory, name, kept)
        return np.asarray(kept)


class CoarseViews:
    """Unfiltered views binned, kept while the fine ones are made.

    They hold the whole field: a last row or column of fewer samples is their mean.

    Parameters
    ----------
    source : ViewSource
        What the views come from.
    factor : int
        So many samples of it become one along each axis.
    upright : bool
        Keep p·cos γ (γ: the ray's angle to the normal), the height of what a ray passes rather than its path, which a
        layer shows evenly in every view; and continue it to where a view has no data.
    """

    def __init__(self, source: ViewSource, factor: int, upright: bool = False) -> None:
        n, along, across = source.shape
        self._factor, self._upright, self._source = factor, upright, source
        self.binning = source.binning * factor
        self.shape = (n, -(-along // factor), -(-across // factor))
        self.first_mm = source.first_mm + (factor - 1) / 2 * np.asarray(source.pitch_mm)
        self.pitch_mm = (source.pitch_mm[0] * factor, source.pitch_mm[1] * factor)
        self.source_mm = source.source_mm
        self.samples = Samples(*self.shape)
        self.done = np.zeros(n, np.bool_)
        self._memory = threading.local()

    @classmethod
    def of(cls, source: ViewSource, factors: tuple[tuple[int, int], ...], *, upright: bool = False) -> CoarseViews:
        """Room for the binned copy of all views; the factor depends on their size."""
        least = min(source.shape[1:])
        return cls(source, next((factor for size, factor in factors if least >= size), 1), upright)

    def put(self, index: int, view: Floats, valid: Indices | None) -> tuple[Floats, Indices | None]:
        """Keep one view, which is overwritten when it is kept upright.

        Returns
        -------
        binned : ndarray of float32
            Valid until this thread's next.
        valid : ndarray of int32, shape (along, 2), or None
        """
        out: Floats | None = getattr(self._memory, "out", None)
        if out is None:
            out = self._memory.out = np.empty(self.shape[1:], np.float32)
        if self._upright:
            view *= cosine(self._source, index)
            if valid is not None:
                _continue(view, valid)
                valid = None
        bin_image(view, self._factor, out)
        self.samples.put(index, out)
        if valid is not None:
            valid = binned_ranges(valid, self._factor, self.shape[1:], view.shape[1])
            self.samples.limit(index, valid)
        self.done[index] = True
        return out, valid

    def view(self, index: int, out: Floats) -> Indices | None:
        """Fill one coarse view."""
        self.samples.take(index, out)
        return None if self.samples.valid is None else self.samples.valid[index]


def cosine(source: ViewSource, index: int) -> Floats:
    """Cosine of each ray's angle to the normal in one view, float32 (along, across)."""
    (along, across), (du, dv), (s, c, distance) = source.shape[1:], source.pitch_mm, source.source_mm[index]
    u = source.first_mm[index, 0] + du * np.arange(along) - s
    v = source.first_mm[index, 1] + dv * np.arange(across) - c
    squares = ((u / distance) ** 2 + 1.0).astype(np.float32)[:, None] + ((v / distance) ** 2).astype(np.float32)
    return np.asarray(np.float32(1.0) / np.sqrt(squares))


@numba.njit(nogil=True, cache=True)
def _continue(view: Floats, valid: Indices) -> None:
    """Continue each row beyond its data, and rows without data from the nearest that have some."""
    rows = view.shape[0]
    for r in range(rows):
        first, end = valid[r, 0], valid[r, 1]
        if end > first:
            view[r, :first] = view[r, first]
            view[r, end:] = view[r, end - 1]
    for r in range(rows):
        if valid[r, 1] > valid[r, 0]:
            continue
        for distance in range(1, rows):
            for near in (r - distance, r + distance):
                if 0 <= near < rows and valid[near, 1] > valid[near, 0]:
                    view[r] = view[near]
                    break
            else:
                continue
            break


def binned_ranges(valid: Indices, factor: int, shape: tuple[int, int], columns: int) -> Indices:
    """Ranges of columns after binning: those whose every sample has data.

    Parameters
    ----------
    valid : ndarray of int32, shape (along, 2)
        Of an image of `columns` columns.
    shape : (rows, columns)
        After binning; a last row or column may be the mean of fewer samples.
    """
    starts = np.arange(shape[0]) * factor
    first = np.maximum.reduceat(valid[:, 0], starts)
    end = np.minimum.reduceat(valid[:, 1], starts)
    out = np.empty((shape[0], 2), np.int32)
    out[:, 0] = -(-first // factor)
    out[:, 1] = np.where(end == columns, shape[1], end // factor)
    return out


@numba.njit(nogil=True, fastmath=True, cache=True)
def _log_view(counts: Floats, air: float, floor: float, out: Floats) -> None:
    top = np.float32(np.log(air))
    low = np.float32(floor)
    for r in range(counts.shape[0]):
        for c in range(counts.shape[1]):
            out[r, c] = top - np.log(max(counts[r, c], low))


@numba.njit(nogil=True, cache=True)
def _table_view(counts: NDArray[Any], table: Floats, out: Floats) -> None:
    rows, columns = counts.shape
    # In blocks: `out` may run down where `counts` runs across.
    for top in range(0, rows, 32):
        for left in range(0, columns, 256):
            for r in range(top, min(top + 32, rows)):
                for c in range(left, min(left + 256, columns)):
                    out[r, c] = table[counts[r, c]]


def _column_ranges(valid: Mask) -> Indices:
    """First and end column with data in each row of a view, int32 (along, 2) (a rectified detector is convex)."""
    columns = valid.shape[1]
    first = np.argmax(valid, axis=1)
    end = columns - np.argmax(valid[:, ::-1], axis=1)
    empty = ~valid.any(axis=1)
    first[empty], end[empty] = 0, 0
    return np.ascontiguousarray(np.stack((first, end), axis=-1).astype(np.int32))


def warm_up() -> None:
    """Compile the kernels."""
    out = np.ones((2, 2), np.float32)
    _continue(out, np.array([[0, 1], [0, 2]], np.int32))
    for target in (out, out.T):
        for dtype in (np.uint8, np.uint16):
            _table_view(np.ones((2, 2), dtype), np.zeros(65536, np.float32), target)
        _log_view(np.ones((2, 2), np.float32), 1.0, 0.5, target)
    shadow.warm_up()
