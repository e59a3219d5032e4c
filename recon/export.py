"""A stack of slices from a source, one after the other, for writing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol, runtime_checkable

from recon.errors import BocageError
from recon.messages import said
from recon.progress import SILENT, Progress
from recon.slab import Averaging, PlaneGrid, Rect, Slab, SlabRequest, SlabSource

BLOCK_BYTES = 256 << 20
"""Memory that a block of slices computed together may take."""
BLOCK_SLICES = 16
MAX_PIXELS = 400_000_000
"""Of one slice; twenty times the finest detector's. More is a slip in the pixel size, and would exhaust the memory."""


@runtime_checkable
class _Blocks(Protocol):
    """A source that computes several heights together (`recon.live.LiveVolume`)."""

    def slabs(
        self, heights_mm: Sequence[float], thickness_mm: float, grid: PlaneGrid, *, averaging: Averaging
    ) -> list[Slab]: ...


def common_grid(
    source: SlabSource, heights_mm: Sequence[float], region: Rect | None = None, pixel_mm: float | None = None
) -> PlaneGrid:
    """The one grid for slices at all heights.

    It does not follow the heights asked for, as long as they lie in the source's range: slices of one study that
    were computed at different times, with other heights or thicknesses, can be compared pixel by pixel.

    Parameters
    ----------
    region : Rect or None
        None: the source's footprint at the lowest height of its range, where the field is largest.
    pixel_mm : float or None
        None: the source's own pixel there; in the plane of the detector that is the detector's.
    """
    if not heights_mm:
        raise BocageError(said("There are no slices to compute; the range of heights is empty."))
    low = min(source.info.height_range_mm[0], *heights_mm)
    grid = PlaneGrid.covering(region or source.footprint(low), pixel_mm or min(source.native_pixel_mm(low)))
    rows, columns = grid.shape
    if rows * columns > MAX_PIXELS:
        raise BocageError(
            said(
                "A slice of {0:.3g} × {1:.3g} pixels of {2:g} mm has too many pixels (at most {3} million); "
                "choose a larger pixel.",
                rows,
                columns,
                grid.spacing_mm[0],
                MAX_PIXELS // 10**6,
            )
        )
    return grid


def reconstruct_volume(
    source: SlabSource,
    heights_mm: Sequence[float],
    thickness_mm: float = 0.0,
    progress: Progress = SILENT,
    region: Rect | None = None,
    pixel_mm: float | None = None,
) -> Iterator[Slab]:
    """Compute slices at all heights on one common grid, holding only a block of them.

    Parameters
    ----------
    source : SlabSource
    heights_mm : sequence of float
        In the order in which the slices are wanted.
    thickness_mm : float
        Nominal slab thickness; 0 is a thin slice. Slabs are means at fixed (x, y), as of slices stored on the grid.
    progress : Progress
        Stepped before each block, and so where the work can be cancelled.
    region, pixel_mm
        See `common_grid`.

    Yields
    ------
    Slab
        One for each height.
    """
    grid = common_grid(source, heights_mm, region, pixel_mm)
    rows, columns = grid.shape
    # A slice exists twice while it is computed: on its own conical grid and on the common one.
    size = max(1, min(BLOCK_SLICES, BLOCK_BYTES // (8 * rows * columns)))
    count = len(heights_mm)
    for start in range(0, count, size):
        progress.step(start / count, said("Slice {0} of {1}", start + 1, count))
        block = list(heights_mm[start : start + size])
        if isinstance(source, _Blocks):
            yield from source.slabs(block, thickness_mm, grid, averaging="vertical")
            continue
        for height in block:
            progress.step(start / count, said("Slice {0} of {1}", start + 1, count))
            yield source.slab(SlabRequest(height, thickness_mm, grid.bounds, min(grid.spacing_mm)))
    progress.step(1.0, said("{0} slices computed", count))
