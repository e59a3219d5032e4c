"""Writing slices as research files: NumPy archives, float TIFF stacks and NIfTI volumes.

All take slices one by one, never hold the volume, and appear under their name only when complete.
"""

from __future__ import annotations

import gzip
import json
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, BinaryIO, cast

import numpy as np
from numpy.typing import NDArray

from app.replacing import replacing
from recon.errors import BocageError
from recon.frame import PatientFrame
from recon.messages import said
from recon.progress import SILENT, Progress
from recon.slab import PlaneGrid, Slab

NIFTI_LONGEST = 32767
"""Voxels along an axis: NIfTI-1 counts them in 16 bits."""


def write_npz(path: Path, slabs: Iterable[Slab], heights_mm: Sequence[float], progress: Progress = SILENT) -> None:
    """Write a NumPy archive.

    Parameters
    ----------
    path : Path
    slabs : iterable of Slab
        On one grid, in the order of `heights_mm`.
    heights_mm : sequence of float

    Notes
    -----
    Arrays: ``volume`` float32 [z, row, column] (0 outside the field that the views saw), ``heights_mm`` float64 (z,),
    ``pixel_spacing_mm`` float64 (between rows, between columns), ``origin_mm`` float64 (x, y, z) of the centre of
    ``volume[0, 0, 0]`` in the world frame.
    """
    with replacing(path) as temporary:
        first: Slab | None = None
        with zipfile.ZipFile(temporary, "w", zipfile.ZIP_STORED) as archive:
            with archive.open("volume.npy", "w", force_zip64=True) as member:
                for slab in _on_one_grid(slabs, len(heights_mm), progress):
                    if first is None:
                        first = slab
                        header = {"descr": "<f4", "fortran_order": False, "shape": (len(heights_mm), *slab.grid.shape)}
                        np.lib.format.write_array_header_1_0(member, header)
                    member.write(_stored(slab))
            if first is None:
                raise BocageError(said("There are no slices to write; the range of heights is empty."))
            grid = first.grid
            for name, values in (
                ("heights_mm", heights_mm),
                ("pixel_spacing_mm", (grid.spacing_mm[1], grid.spacing_mm[0])),
                ("origin_mm", (*grid.origin_mm, heights_mm[0])),
            ):
                with archive.open(name + ".npy", "w") as member:
                    np.lib.format.write_array(member, np.asarray(values, dtype=np.float64))


def write_tiff(
    path: Path,
    slabs: Iterable[Slab],
    heights_mm: Sequence[float],
    facts: dict[str, Any],
    progress: Progress = SILENT,
) -> Path:
    """Write one multi-page float32 BigTIFF and a JSON file beside it.

    Parameters
    ----------
    facts : dict
        Added to the JSON object, which holds ``heights_mm``, ``pixel_spacing_mm`` (between rows, between columns)
        and ``origin_mm`` as in `write_npz`.

    Returns
    -------
    Path
        The JSON file.
    """
    import tifffile

    sidecar = path.with_suffix(".json")
    grid: PlaneGrid | None = None
    with replacing(path) as temporary:
        with tifffile.TiffWriter(temporary, bigtiff=True) as tiff:
            for slab in _on_one_grid(slabs, len(heights_mm), progress):
                grid = slab.grid
                tiff.write(
                    _pixels(slab),
                    photometric="minisblack",
                    resolution=(10.0 / grid.spacing_mm[0], 10.0 / grid.spacing_mm[1]),
                    resolutionunit="CENTIMETER",
                    metadata=None,
                    contiguous=False,
                )
        if grid is None:
            raise BocageError(said("There are no slices to write; the range of heights is empty."))
        _write_beside(sidecar, grid, heights_mm, facts)
    return sidecar


def write_nifti(
    path: Path,
    slabs: Iterable[Slab],
    heights_mm: Sequence[float],
    frame: PatientFrame | None,
    facts: dict[str, Any],
    progress: Progress = SILENT,
) -> Path:
    """Write one NIfTI-1 volume (float32, mm) and a JSON file beside it.

    Axes i, j, k are the slices' columns, rows and heights. The affine (sform and qform, code 1: scanner) maps them to
    NIfTI's patient coordinates, which are RAS where DICOM's are LPS.

    Parameters
    ----------
    path : Path
        Ending in ``.nii``, or in ``.nii.gz`` for a compressed file.
    heights_mm : sequence of float
        Evenly spaced.
    frame : PatientFrame or None
        None: the orientation is unknown, and the file says none (codes 0), only the voxel's size.
    facts : dict
        Added to the JSON object; see `write_tiff`.

    Returns
    -------
    Path
        The JSON file.

    Raises
    ------
    BocageError
        Slices on different grids or unevenly spaced, too many voxels along an axis, or the file cannot be written.

    References
    ----------
    R. W. Cox et al., NIfTI-1 data format, nifti.nimh.nih.gov/nifti-1 (2004).
    """
    sidecar = path.with_name(path.name.removesuffix(".gz").removesuffix(".nii") + ".json")
    grid: PlaneGrid | None = None
    with replacing(path) as temporary:
        with ExitStack() as stack:
            file: BinaryIO = stack.enter_context(temporary.open("wb"))
            if path.suffix == ".gz":
                # Noise hardly compresses, and higher levels take several times longer for a few per cent. Without the
                # time and the temporary name, equal volumes are equal files.
                packed = gzip.GzipFile(filename="", mode="wb", compresslevel=1, fileobj=file, mtime=0)
                file = cast(BinaryIO, stack.enter_context(packed))
            for slab in _on_one_grid(slabs, len(heights_mm), progress):
                if grid is None:
                    grid = slab.grid
                    _nifti_header(grid, heights_mm, frame).write_to(file)
                file.write(_stored(slab))
        if grid is None:
            raise BocageError(said("There are no slices to write; the range of heights is empty."))
        _write_beside(sidecar, grid, heights_mm, facts)
    return sidecar


def nifti_affine(grid: PlaneGrid, heights_mm: Sequence[float], frame: PatientFrame) -> NDArray[np.float64]:
    """The map from (column, row, slice, 1) to patient coordinates (RAS, mm, 1), shape (4, 4)."""
    step = heights_mm[1] - heights_mm[0] if len(heights_mm) > 1 else 1.0
    affine = np.eye(4)
    affine[:3, :3] = np.asarray(frame.axes).T * (*grid.spacing_mm, step)
    affine[:3, 3] = frame.to_patient((*grid.origin_mm, heights_mm[0]))
    affine[:2] *= -1.0  # LPS to RAS
    return affine


def _nifti_header(grid: PlaneGrid, heights_mm: Sequence[float], frame: PatientFrame | None) -> Any:
    from nibabel.nifti1 import Nifti1Header

    rows, columns = grid.shape
    steps = np.diff(heights_mm)
    if steps.size and not (np.allclose(steps, steps[0], rtol=1e-3, atol=1e-6) and steps[0] != 0):
        raise BocageError(said("The slices of a NIfTI volume must be evenly spaced; choose one interval."))
    if max(rows, columns, len(heights_mm)) > NIFTI_LONGEST:
        raise BocageError(
            said(
                "NIfTI holds at most {0} voxels along an axis, found {1} × {2} × {3}; choose a larger pixel, or TIFF.",
                NIFTI_LONGEST,
                columns,
                rows,
                len(heights_mm),
            )
        )
    header = Nifti1Header(endianness="<")
    header.set_data_dtype(np.float32)
    header.set_data_shape((columns, rows, len(heights_mm)))
    header.set_zooms((*grid.spacing_mm, abs(float(steps[0])) if steps.size else 1.0))
    header.set_xyzt_units("mm")
    header["descrip"] = b"Bocage, NOT FOR DIAGNOSIS"
    if frame is not None:
        affine = nifti_affine(grid, heights_mm, frame)
        header.set_sform(affine, code="scanner")
        header.set_qform(affine, code="scanner")
    return header


def _pixels(slab: Slab) -> NDArray[np.float32]:
    """The pixels as they are stored: 0 where nothing was seen."""
    return np.ascontiguousarray(np.nan_to_num(slab.pixels), dtype="<f4")


def _stored(slab: Slab) -> memoryview:
    return _pixels(slab).data.cast("B")


def _write_beside(path: Path, grid: PlaneGrid, heights_mm: Sequence[float], facts: dict[str, Any]) -> None:
    data = {
        "heights_mm": list(heights_mm),
        "pixel_spacing_mm": [grid.spacing_mm[1], grid.spacing_mm[0]],
        "origin_mm": [*grid.origin_mm, heights_mm[0]],
        **facts,
    }
    with replacing(path) as beside:
        beside.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


def _on_one_grid(slabs: Iterable[Slab], count: int, progress: Progress) -> Iterator[Slab]:
    grid: PlaneGrid | None = None
    found = 0
    for slab in slabs:
        progress.step(found / max(count, 1), said("Slice {0} of {1}", found + 1, count))
        grid = grid or slab.grid
        if slab.grid != grid:
            raise BocageError(said("The slices of one file must lie on one grid; compute them with one pixel size."))
        found += 1
        yield slab
    if found != count:
        raise BocageError(said("Expected {0} slices, found {1}.", count, found))
