"""NIfTI and MetaImage volumes, read by SimpleITK."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.dicom.read.model import LoadedSeries, ReadError, SeriesEntry
from recon.frame import PatientFrame
from recon.messages import said
from recon.progress import Progress

MAX_BYTES = 24 << 30


def _information(path: Path) -> Any:
    import SimpleITK

    SimpleITK.ProcessObject.SetGlobalWarningDisplay(False)
    reader = SimpleITK.ImageFileReader()
    reader.SetFileName(str(path))
    try:
        reader.ReadImageInformation()
    except RuntimeError:
        raise ReadError(
            said(
                "{0}: not a readable {1} file.",
                path.name,
                "MetaImage" if path.suffix.lower() in (".mha", ".mhd") else "NIfTI",
            )
        ) from None
    return reader


def describe_image(path: Path) -> tuple[int, str, tuple[str, ...]]:
    """Number of slices, modality ("" if unknown) and notes, from the header alone."""
    reader = _information(path)
    size = reader.GetSize()
    if reader.GetDimension() != 3 or min(size) < 1:
        raise ReadError(said("{0}: a volume must have three dimensions, found {1}.", path.name, reader.GetDimension()))
    if reader.GetNumberOfComponents() != 1:
        raise ReadError(said("{0}: its voxels are vectors or colours; single values are expected.", path.name))
    if float(np.prod([float(length) for length in size])) * 4 > MAX_BYTES:
        raise ReadError(
            said(
                "{0}: a volume of {1} × {2} × {3} voxels is more than is opened.", path.name, size[0], size[1], size[2]
            )
        )
    return int(size[2]), "", ()


def _read(path: Path) -> Any:
    reader = _information(path)
    try:
        return reader.Execute()
    except (RuntimeError, MemoryError):
        raise ReadError(said("{0}: its voxels cannot be read; the file is truncated or damaged.", path.name)) from None


def middle_slice(path: Path) -> NDArray[np.float32]:
    """The middle stored slice."""
    import SimpleITK

    pixels = SimpleITK.GetArrayViewFromImage(_read(path))
    return np.asarray(pixels[pixels.shape[0] // 2], dtype=np.float32)


def load_image(entry: SeriesEntry, progress: Progress, reformat: str | None = None) -> LoadedSeries:
    """A NIfTI or MetaImage volume as stored: x along its first axis, y along its second, z = x × y.

    ITK gives origin and directions in LPS for both formats.
    """
    import SimpleITK

    from app.dicom.read.volumes import build_volume, triple

    image = _read(entry.files[0])
    progress.step(0.8)
    pixels = SimpleITK.GetArrayFromImage(image)
    directions = np.array(image.GetDirection(), dtype=np.float64).reshape(3, 3)
    spacing, origin = image.GetSpacing(), np.array(image.GetOrigin(), dtype=np.float64)
    notes = list(entry.notes)
    x, y = directions[:, 0], directions[:, 1]
    z = np.cross(x, y)
    if abs(float(z @ directions[:, 2])) < 0.999 or abs(float(x @ y)) > 1e-3:
        notes.append(said("The volume's axes are not perpendicular; it is shown as if they were."))
        y = y - x * float(x @ y)
        y = y / np.linalg.norm(y)
        z = np.cross(x, y)
    count, rows, columns = pixels.shape
    if float(z @ directions[:, 2]) < 0:
        # The third axis runs against x × y: the last stored slice is the lowest.
        pixels = pixels[::-1]
        origin = origin + directions[:, 2] * spacing[2] * (count - 1)
    middle = origin + x * (columns - 1) / 2 * spacing[0] + y * (rows - 1) / 2 * spacing[1]
    frame = PatientFrame((triple(x), triple(y), triple(z)), triple(middle), True)
    heights = np.arange(count, dtype=np.float64) * float(spacing[2])
    progress.step(1.0)
    return build_volume(
        entry,
        pixels,
        heights,
        (float(spacing[1]), float(spacing[0])),
        frame,
        notes=tuple(notes),
        reformat=reformat,
    )
