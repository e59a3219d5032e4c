"""Numba kernels of Joseph's forward projection.

Joseph, "An improved algorithm for reprojecting rays through pixel images", IEEE Trans Med Imaging 1:192 (1982): march
along the ray's dominant axis plane by plane, interpolate bilinearly in the plane, and multiply the sum by the length
of the ray between planes. Outside its outermost voxel centres the volume falls linearly to zero within one voxel.

Every kernel is single-threaded and releases the GIL; the caller gives each thread its own tile.
"""

from __future__ import annotations

import numba
import numpy as np
from numpy.typing import NDArray

TILE_COLUMNS = 128
TILE_ROWS = 256
TILE_VIEWS = 8
PLANES = 4

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]


@numba.njit(nogil=True, fastmath=True, cache=True)
def resample_columns(
    volume: Floats,
    plane: int,
    first_row: int,
    n_rows: int,
    index: NDArray[np.int64],
    weight: Floats,
    out: Floats,
    start: int,
) -> None:
    """Interpolate rows of one plane at the columns' positions.

    Writes rows ``first_row … first_row + n_rows`` of ``volume[plane]`` (zero outside) into the flat buffer `out`
    from `start` on, `TILE_COLUMNS` values each. `index` holds the left neighbour of each column, `weight` the right
    neighbour's share.
    """
    size_y, size_x = volume.shape[1], volume.shape[2]
    for r in range(n_rows):
        y = first_row + r
        base = start + r * TILE_COLUMNS
        if y < 0 or y >= size_y:
            for c in range(TILE_COLUMNS):
                out[base + c] = np.float32(0.0)
            continue
        row = volume[plane, y]
        for c in range(TILE_COLUMNS):
            i = index[c]
            w = weight[c]
            if i >= 0 and i < size_x - 1:
                out[base + c] = row[i] + w * (row[i + 1] - row[i])
            elif i == -1:
                out[base + c] = w * row[0]
            elif i == size_x - 1:
                out[base + c] = (np.float32(1.0) - w) * row[i]
            else:
                out[base + c] = np.float32(0.0)


@numba.njit(nogil=True, fastmath=True, cache=True)
def blend(buffer: Floats, at: NDArray[np.int64], low: Floats, high: Floats, total: Floats) -> None:
    """Add to `total` the blend of rows `at[p]` and the next ones in `buffer`, for `PLANES` planes at once."""
    a, b, c, d = at[0], at[1], at[2], at[3]
    a0, a1, b0, b1 = low[0], high[0], low[1], high[1]
    c0, c1, d0, d1 = low[2], high[2], low[3], high[3]
    for i in range(TILE_COLUMNS):
        total[i] += (
            a0 * buffer[a + i]
            + a1 * buffer[a + i + TILE_COLUMNS]
            + b0 * buffer[b + i]
            + b1 * buffer[b + i + TILE_COLUMNS]
            + c0 * buffer[c + i]
            + c1 * buffer[c + i + TILE_COLUMNS]
            + d0 * buffer[d + i]
            + d1 * buffer[d + i + TILE_COLUMNS]
        )


@numba.njit(nogil=True, fastmath=True, cache=True)
def project_flat_tile(
    volume: Floats,
    occupied: NDArray[np.bool_],
    origin: Doubles,
    spacing: Doubles,
    sources: Doubles,
    x_positions: Doubles,
    y_positions: Doubles,
    moved: Doubles,
    column0: int,
    row0: int,
    out: Floats,
) -> None:
    """Project one tile of detector pixels for views that share x and the source's z; exact Joseph, stacked along z.

    In a plane of constant z all these views sample the same x positions, so the plane is interpolated along its rows
    once, and each detector row of each view is then a blend of two contiguous rows.

    Parameters
    ----------
    volume : float32 (z, y, x)
    occupied : bool (z, y), whether a volume row holds anything.
    origin, spacing : float64 (3,), x, y, z in mm.
    sources : float64 (views, 3), at most `TILE_VIEWS`, equal x and z.
    x_positions : float64, world positions of the columns, common to all views (plane z = 0).
    y_positions : float64, positions of the rows from the detector's middle.
    moved : float64 (views,), where each view's detector has its middle along y.
    column0, row0 : first pixel of the tile.
    out : float32 (views, rows, columns), the whole detector; the tile is written.
    """
    n_views = sources.shape[0]
    rows = min(TILE_ROWS, y_positions.shape[0] - row0)
    columns = min(TILE_COLUMNS, x_positions.shape[0] - column0)
    size_z, size_y = volume.shape[0], volume.shape[1]
    source_x, source_z = sources[0, 0], sources[0, 2]
    sums = np.zeros((n_views, rows, TILE_COLUMNS), dtype=np.float32)
    y_first, y_last = y_positions[row0], y_positions[row0 + rows - 1]

    buffer = np.empty(PLANES * TILE_COLUMNS, dtype=np.float32)
    index = np.empty(TILE_COLUMNS, dtype=np.int64)
    weight = np.empty(TILE_COLUMNS, dtype=np.float32)
    base_row = np.zeros(PLANES, dtype=np.int64)
    counts = np.zeros(PLANES, dtype=np.int64)
    share = np.zeros(PLANES, dtype=np.float64)
    at = np.zeros(PLANES, dtype=np.int64)
    at_offset = np.zeros(PLANES, dtype=np.int64)
    w0 = np.zeros(PLANES, dtype=np.float32)
    w1 = np.zeros(PLANES, dtype=np.float32)

    k = 0
    while k < size_z:
        # The next planes between detector and source that hold something where this tile looks.
        n_planes = 0
        rows_needed = 0
        while k < size_z and n_planes < PLANES:
            t = (origin[2] + k * spacing[2]) / source_z
            if t >= 0.0 and t < 1.0:
                low, high = np.inf, -np.inf
                for v in range(n_views):
                    middle = moved[v] * (1.0 - t) + sources[v, 1] * t
                    low = min(low, min(y_first, y_last) * (1.0 - t) + middle)
                    high = max(high, max(y_first, y_last) * (1.0 - t) + middle)
                a = int(np.floor((low - origin[1]) / spacing[1]))
                b = int(np.floor((high - origin[1]) / spacing[1])) + 1
                found = False
                for y in range(max(a, 0), min(b, size_y - 1) + 1):
                    if occupied[k, y]:
                        found = True
                        break
                if found:
                    at[n_planes] = k
                    share[n_planes] = t
                    base_row[n_planes] = a
                    counts[n_planes] = b - a + 1
                    rows_needed = max(rows_needed, b - a + 1)
                    n_planes += 1
            k += 1
        if n_planes == 0:
            break
        stride = rows_needed * TILE_COLUMNS
        if buffer.shape[0] < PLANES * stride:
            buffer = np.zeros(PLANES * (stride + 4 * TILE_COLUMNS), dtype=np.float32)
        for p in range(n_planes):
            t = share[p]
            for c in range(TILE_COLUMNS):
                x = x_positions[column0 + min(c, columns - 1)] * (1.0 - t) + source_x * t
                f = (x - origin[0]) / spacing[0]
                whole = np.floor(f)
                index[c] = int(whole)
                weight[c] = np.float32(f - whole)
            resample_columns(volume, at[p], base_row[p], counts[p], index, weight, buffer, p * stride)
        for v in range(n_views):
            for r in range(rows):
                used = False
                for p in range(PLANES):
                    w0[p] = np.float32(0.0)
                    w1[p] = np.float32(0.0)
                    at_buffer = 0
                    if p < n_planes:
                        t = share[p]
                        place = (y_positions[row0 + r] + moved[v]) * (1.0 - t) + sources[v, 1] * t
                        f = (place - origin[1]) / spacing[1]
                        whole = np.floor(f)
                        i = int(whole)
                        at_buffer = p * stride + min(max(i - base_row[p], 0), counts[p] - 2) * TILE_COLUMNS
                        inside = (i >= 0 and i < size_y and occupied[at[p], i]) or (
                            i >= -1 and i < size_y - 1 and occupied[at[p], i + 1]
                        )
                        if inside:
                            used = True
                            # Measured from the row that is read: rounding at a tile's edge cannot shift the sample.
                            part = f - (base_row[p] + (at_buffer - p * stride) // TILE_COLUMNS)
                            w0[p] = np.float32(1.0 - part)
                            w1[p] = np.float32(part)
                    at_offset[p] = at_buffer
                if used:
                    blend(buffer, at_offset, w0, w1, sums[v, r])
    # Length of each ray between two planes: plane spacing over the cosine to z.
    for v in range(n_views):
        for r in range(rows):
            dy = sources[v, 1] - y_positions[row0 + r] - moved[v]
            for c in range(columns):
                dx = source_x - x_positions[column0 + c]
                length = spacing[2] * np.sqrt(dx * dx + dy * dy + source_z * source_z) / source_z
                out[v, row0 + r, column0 + c] = np.float32(sums[v, r, c] * length)


@numba.njit(nogil=True, fastmath=True, cache=True)
def project_rows(
    volume: Floats,
    origin: Doubles,
    spacing: Doubles,
    source: Doubles,
    first: Doubles,
    along_row: Doubles,
    along_column: Doubles,
    row0: int,
    row1: int,
    out: Floats,
) -> None:
    """Project rows of one view ray by ray, any flat detector; exact Joseph along each ray's dominant axis.

    Parameters
    ----------
    volume : float32 (z, y, x)
    origin, spacing, source : float64 (3,), x, y, z in mm.
    first : float64 (3,), world position of pixel [0, 0].
    along_row, along_column : float64 (3,), world steps to the next row and the next column.
    row0, row1 : rows to do.
    out : float32 (rows, columns) of the view.
    """
    sizes = (volume.shape[2], volume.shape[1], volume.shape[0])
    strides = (1, volume.shape[2], volume.shape[2] * volume.shape[1])
    flat = volume.reshape(-1)
    start = np.empty(3)
    step = np.empty(3)
    for row in range(row0, row1):
        for column in range(out.shape[1]):
            length = 0.0
            for axis in range(3):
                end = first[axis] + row * along_row[axis] + column * along_column[axis]
                delta = end - source[axis]
                length += delta * delta
                start[axis] = (source[axis] - origin[axis]) / spacing[axis]
                step[axis] = delta / spacing[axis]
            length = np.sqrt(length)
            main = 0
            for axis in range(1, 3):
                if abs(step[axis]) > abs(step[main]):
                    main = axis
            one, two = (main + 1) % 3, (main + 2) % 3
            # The planes between source and pixel where the ray is inside in the two other directions.
            low, high = 0.0, 1.0
            outside = False
            for axis in (one, two):
                if abs(step[axis]) < 1e-12:
                    outside = outside or start[axis] <= -1.0 or start[axis] >= sizes[axis]
                else:
                    enter = (-1.0 - start[axis]) / step[axis]
                    leave = (sizes[axis] - start[axis]) / step[axis]
                    low = max(low, min(enter, leave))
                    high = min(high, max(enter, leave))
            if outside or low > high:
                out[row, column] = np.float32(0.0)
                continue
            at_low = start[main] + low * step[main]
            at_high = start[main] + high * step[main]
            plane0 = max(int(np.ceil(min(at_low, at_high) - 1e-9)), 0)
            plane1 = min(int(np.floor(max(at_low, at_high) + 1e-9)), sizes[main] - 1)
            slope_one, slope_two = step[one] / step[main], step[two] / step[main]
            total = 0.0
            for plane in range(plane0, plane1 + 1):
                f = start[one] + (plane - start[main]) * slope_one
                g = start[two] + (plane - start[main]) * slope_two
                i, j = int(np.floor(f)), int(np.floor(g))
                if i < -1 or j < -1 or i >= sizes[one] or j >= sizes[two]:
                    continue
                wi, wj = f - i, g - j
                base = plane * strides[main] + i * strides[one] + j * strides[two]
                value = 0.0
                if i >= 0 and j >= 0:
                    value += (1.0 - wi) * (1.0 - wj) * flat[base]
                if i + 1 < sizes[one] and j >= 0:
                    value += wi * (1.0 - wj) * flat[base + strides[one]]
                if i >= 0 and j + 1 < sizes[two]:
                    value += (1.0 - wi) * wj * flat[base + strides[two]]
                if i + 1 < sizes[one] and j + 1 < sizes[two]:
                    value += wi * wj * flat[base + strides[one] + strides[two]]
                total += value
            out[row, column] = np.float32(total * length / abs(step[main]))
