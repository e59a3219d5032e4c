"""Writing slices as research files: NumPy archives and float TIFF stacks.

Both take slices one by one, never hold the volume, and appear under their name only when complete.
"""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from recon.errors import BocageError, disk_reason
from recon.progress import SILENT, Progress
from recon.slab import PlaneGrid, Slab


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
    with _atomic(path) as temporary:
        first: Slab | None = None
        with zipfile.ZipFile(temporary, "w", zipfile.ZIP_STORED) as archive:
            with archive.open("volume.npy", "w", force_zip64=True) as member:
                for slab in _on_one_grid(slabs, len(heights_mm), progress):
                    if first is None:
                        first = slab
                        header = {"descr": "<f4", "fortran_order": False, "shape": (len(heights_mm), *slab.grid.shape)}
                        np.lib.format.write_array_header_1_0(member, header)
                    member.write(np.nan_to_num(slab.pixels).astype("<f4", copy=False).data.cast("B"))
            if first is None:
                raise BocageError("There are no slices to write; the range of heights is empty.")
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
    with _atomic(path) as temporary:
        with tifffile.TiffWriter(temporary, bigtiff=True) as tiff:
            for slab in _on_one_grid(slabs, len(heights_mm), progress):
                grid = slab.grid
                tiff.write(
                    np.nan_to_num(slab.pixels).astype(np.float32, copy=False),
                    photometric="minisblack",
                    resolution=(10.0 / grid.spacing_mm[0], 10.0 / grid.spacing_mm[1]),
                    resolutionunit="CENTIMETER",
                    metadata=None,
                    contiguous=False,
                )
        if grid is None:
            raise BocageError("There are no slices to write; the range of heights is empty.")
        data = {
            "heights_mm": list(heights_mm),
            "pixel_spacing_mm": [grid.spacing_mm[1], grid.spacing_mm[0]],
            "origin_mm": [*grid.origin_mm, heights_mm[0]],
            **facts,
        }
        with _atomic(sidecar) as beside:
            beside.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
    return sidecar


def _on_one_grid(slabs: Iterable[Slab], count: int, progress: Progress) -> Iterator[Slab]:
    grid: PlaneGrid | None = None
    found = 0
    for slab in slabs:
        progress.step(found / max(count, 1), f"Slice {found + 1} of {count}")
        grid = grid or slab.grid
        if slab.grid != grid:
            raise BocageError("The slices of one file must lie on one grid; compute them with one pixel size.")
        found += 1
        yield slab
    if found != count:
        raise BocageError(f"Expected {count} slices, found {found}.")


@contextmanager
def _atomic(path: Path) -> Iterator[Path]:
    """A temporary path that becomes `path` when the block ends without an error."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    made = False
    try:
        if not path.parent.is_dir():
            path.parent.mkdir(parents=True)
            made = True
        yield temporary
        os.replace(temporary, path)
    except OSError as error:
        raise BocageError(f"{path}: cannot be written ({disk_reason(error)}). Choose another folder.") from error
    finally:
        if temporary.parent.is_dir():
            temporary.unlink(missing_ok=True)
        if made and not any(path.parent.iterdir()):
            path.parent.rmdir()
