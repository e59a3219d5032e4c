"""Forward projection of voxel volumes onto flat detectors."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from recon import trajectories
from recon.geometry import Geometry
from recon.messages import said
from recon.parallel import run_tiles, split
from recon.progress import SILENT, Progress
from recon.simulate import joseph
from recon.simulate.volume import VoxelVolume

GENERIC_ROWS = 16
"""Detector rows in one tile of the ray-by-ray path."""


def project(
    volume: VoxelVolume,
    geometry: Geometry,
    progress: Progress = SILENT,
    *,
    views: NDArray[np.int64] | None = None,
    force_generic: bool = False,
) -> NDArray[np.float32]:
    """Line integrals of a volume by Joseph's method.

    Parameters
    ----------
    volume : VoxelVolume
        Attenuation in 1/mm. Only what lies between source and detector counts.
    geometry : Geometry
        Any flat detector. Where it lies in the plane z = 0 (it may move there) and all rays run mainly along z, a path
        is taken that shares the interpolation along detector rows between views whose sources and detectors have the
        same x and height (about 30 times as fast).
    progress : Progress
    views : ndarray of int, optional
        Which views to do, all by default.
    force_generic : bool
        Take the ray-by-ray path whatever the geometry.

    Returns
    -------
    ndarray of float32, shape (views, rows, columns)
        Dimensionless line integrals.

    Notes
    -----
    Joseph, IEEE Trans Med Imaging 1:192 (1982); see `recon.simulate.joseph`.
    """
    chosen = np.arange(geometry.n_views) if views is None else np.asarray(views, dtype=np.int64)
    out = np.zeros((chosen.size, *geometry.shape), dtype=np.float32)
    if not force_generic and separable(volume, geometry):
        _project_flat(volume, geometry, chosen, out, progress)
    else:
        _project_generic(volume, geometry, chosen, out, progress)
    return out


def separable(volume: VoxelVolume, geometry: Geometry) -> bool:
    """Whether every ray runs mainly along z (in voxels, as Joseph's method counts) to a detector in the plane z = 0."""
    if not geometry.is_flat:
        return False
    source, (rows, columns), (row_pitch, column_pitch) = geometry.source_mm, geometry.shape, geometry.pixel_pitch_mm
    offset = np.abs(source - geometry.detector_centre_mm)
    reach_x, reach_y = offset[:, 0] + columns * column_pitch / 2, offset[:, 1] + rows * row_pitch / 2
    depth = source[:, 2] / volume.spacing_mm[2]
    return bool(np.all(reach_x / volume.spacing_mm[0] <= depth) and np.all(reach_y / volume.spacing_mm[1] <= depth))


def _project_flat(
    volume: VoxelVolume, geometry: Geometry, views: NDArray[np.int64], out: NDArray[np.float32], progress: Progress
) -> None:
    origin, spacing = np.asarray(volume.origin_mm), np.asarray(volume.spacing_mm)
    rows, columns = geometry.shape
    y_positions = (np.arange(rows) - (rows - 1) / 2) * geometry.pixel_pitch_mm[0]
    x_positions = (np.arange(columns) - (columns - 1) / 2) * geometry.pixel_pitch_mm[1]
    # Runs of views that share x and the source's z, in at most TILE_VIEWS.
    sources, centres = geometry.source_mm[views], geometry.detector_centre_mm[views]
    shared = np.stack((sources[:, 0], sources[:, 2], centres[:, 0]), axis=-1)
    groups: list[tuple[int, int]] = []
    start = 0
    for index in range(1, views.size + 1):
        if index == views.size or not np.allclose(shared[index], shared[start], rtol=0, atol=1e-9):
            groups += [(start + a, start + b) for a, b in split(index - start, joseph.TILE_VIEWS)]
            start = index
    _ = volume.occupied  # computed here once, not by every thread
    corners = [
        (row, column) for row in range(0, rows, joseph.TILE_ROWS) for column in range(0, columns, joseph.TILE_COLUMNS)
    ]

    def tile(number: int) -> None:
        group, corner = divmod(number, len(corners))
        first, last = groups[group]
        joseph.project_flat_tile(
            volume.attenuation,
            volume.occupied,
            origin,
            spacing,
            np.ascontiguousarray(sources[first:last]),
            x_positions + centres[first, 0],
            y_positions,
            np.ascontiguousarray(centres[first:last, 1]),
            corners[corner][1],
            corners[corner][0],
            out[first:last],
        )

    run_tiles(tile, len(groups) * len(corners), progress, said("Projecting"))


def _project_generic(
    volume: VoxelVolume, geometry: Geometry, views: NDArray[np.int64], out: NDArray[np.float32], progress: Progress
) -> None:
    origin, spacing = np.asarray(volume.origin_mm), np.asarray(volume.spacing_mm)
    blocks = split(geometry.shape[0], GENERIC_ROWS)

    def tile(number: int) -> None:
        index, block = divmod(number, len(blocks))
        view = int(views[index])
        joseph.project_rows(
            volume.attenuation,
            origin,
            spacing,
            np.ascontiguousarray(geometry.source_mm[view]),
            np.ascontiguousarray(geometry.pixel_to_world(view, 0, 0)),
            geometry.row_direction[view] * geometry.pixel_pitch_mm[0],
            geometry.column_direction[view] * geometry.pixel_pitch_mm[1],
            blocks[block][0],
            blocks[block][1],
            out[index],
        )

    run_tiles(tile, views.size * len(blocks), progress, said("Projecting"))


def warm_up() -> None:
    """Compile the kernels on a volume of eight voxels."""
    volume = VoxelVolume(np.ones((2, 2, 2), dtype=np.float32), (0.0, 0.0, 10.0), (1.0, 1.0, 1.0))
    geometry = trajectories.linear_track(
        source_position_mm=[-1.0, 1.0], source_to_detector_mm=100.0, pixel_pitch_mm=1.0, shape=(2, 2)
    )
    project(volume, geometry)
    project(volume, geometry, force_generic=True)
