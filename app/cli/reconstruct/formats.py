"""What `reconstruct` can write. Imported by the command line's start, so it imports nothing heavy."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path


class OutputFormat(StrEnum):
    """The files of a reconstruction."""

    DICOM = "dicom"
    NPZ = "npz"
    TIFF = "tiff"
    NIFTI = "nifti"
    NIFTI_GZ = "nifti.gz"

    @property
    def file_name(self) -> str:
        """Of the one file that holds all slices; DICOM has a file for each."""
        return {"npz": "volume.npz", "tiff": "volume.tif", "nifti": "volume.nii", "nifti.gz": "volume.nii.gz"}[self]


MANIFEST = "bocage.json"
"""Tells that the result beside it is complete (`app.cli.reconstruct.manifest`)."""
RESULTS = ("slice_*.dcm", "volume.npz", "volume.tif", "volume.nii", "volume.nii.gz", "volume.json", MANIFEST)
"""Names of what is written."""


def is_result(path: Path, output: Path) -> bool:
    """Whether a file was written here, judging by its name and place."""
    return any(path.match(pattern) for pattern in RESULTS) and path.absolute().is_relative_to(output.absolute())


def earlier_results(folder: Path) -> list[Path]:
    """Files of an earlier result; slices of two results must not mix in one folder."""
    return [path for pattern in RESULTS for path in folder.glob(pattern)] if folder.is_dir() else []
