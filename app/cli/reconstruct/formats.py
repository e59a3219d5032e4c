"""What `reconstruct` can write. Imported by the command line's start, so it imports nothing heavy."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path

from recon.errors import BocageError


class DicomObject(StrEnum):
    """What DICOM slices are written as; the words are those of `app.dicom.write.SliceKind`."""

    AUTO = "auto"
    DX = "dx"
    BREAST = "breast"
    ANGIOGRAPHIC = "xray3d"
    CRANIOFACIAL = "craniofacial"
    CT = "ct"
    CAPTURE = "capture"


class Compression(StrEnum):
    """How DICOM pixels are stored; the words are those of `app.dicom.write.Encoding`."""

    NONE = "uncompressed"
    JPEG_LS = "jpeg-ls"
    HTJ2K = "htj2k"
    RLE = "rle"


class OutputFormat(StrEnum):
    """The files of a reconstruction."""

    DICOM = "dicom"
    NPZ = "npz"
    TIFF = "tiff"
    NIFTI = "nifti"
    NIFTI_GZ = "nifti.gz"

    @property
    def file_name(self) -> str:
        """Of the one file that holds all slices; DICOM may have a file for each."""
        return {"npz": "volume.npz", "tiff": "volume.tif", "nifti": "volume.nii", "nifti.gz": "volume.nii.gz"}[self]

    @property
    def patterns(self) -> tuple[str, ...]:
        """Names of the files that are written."""
        if self is OutputFormat.DICOM:
            return ("slice_*.dcm", "volume.dcm")
        return (self.file_name,) if self is OutputFormat.NPZ else (self.file_name, "volume.json")


MANIFEST = "bocage.json"
"""Tells which files beside it are a result, and that it is complete (`app.cli.reconstruct.manifest`)."""


def recorded(folder: Path) -> frozenset[str]:
    """Names of the files in a folder that its manifest says were written here, itself included.

    A file of another size than was written is someone else's by now.
    """
    try:
        files = dict(json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["files"])
    except (OSError, ValueError, KeyError, TypeError):
        return frozenset()
    own = {name for name, size in files.items() if Path(name).name == name and _size(folder / name) == size}
    return frozenset((*own, MANIFEST))


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None


def is_result(path: Path, output: Path) -> bool:
    """Whether a file below `output` was written here, by the manifest beside it."""
    return path.absolute().is_relative_to(output.absolute()) and path.name in recorded(path.parent)


def earlier_results(folder: Path) -> list[Path]:
    """Files of an earlier result; slices of two results must not mix in one folder."""
    return [folder / name for name in sorted(recorded(folder)) if (folder / name).is_file()]


def results_by_name(folder: Path) -> list[Path]:
    """Files called like a result, for a folder that bears a name of ours, whatever became of its manifest."""
    patterns = {pattern for form in OutputFormat for pattern in form.patterns}
    return [path for pattern in sorted((*patterns, MANIFEST)) for path in folder.glob(pattern)]


def check_strangers(folder: Path, wanted: OutputFormat) -> None:
    """Refuse a folder with files in the way that no manifest says were written here: they are never replaced.

    Raises
    ------
    BocageError
        Naming one.
    """
    known = recorded(folder)
    for pattern in (*wanted.patterns, MANIFEST):
        for path in sorted(folder.glob(pattern)) if folder.is_dir() else ():
            if path.name not in known:
                raise BocageError(
                    f"{path}: is in the way, and nothing says that it is a result of Bocage. Choose another folder, or "
                    "move the file."
                )
