"""Loading what is leafed through or only looked at: runs in time, stereo pairs, captures, localizers, colour."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.dicom.read.classify import is_coloured
from app.dicom.read.colour import frame_shape, read_picture
from app.dicom.read.model import LoadedSeries, SeriesEntry, StoredPlane
from app.dicom.read.overlays import overlays_of
from app.dicom.read.pixels import is_inverted, pixel_format, read_frame
from app.dicom.read.radiographs import Scale, image_scale, letters
from app.dicom.read.safe import DicomFile, read_header, text, whole
from app.dicom.read.stacks import frames_of
from app.dicom.read.voi import modality, padding_mask, windows
from recon.frame_stack import FrameStack
from recon.messages import said
from recon.progress import SILENT, Progress
from recon.slab import SourceInfo
from widgets.window import NamedWindow, Window

AS_STORED = Window(127.5, 255.0, "linear_exact")


def load_frames(entry: SeriesEntry, progress: Progress = SILENT) -> LoadedSeries:
    """Load a run or a picture that is no radiograph; see `app.dicom.read.load`.

    Frames are read when they are asked for; the first one now, so that what is damaged says so at once.
    """
    found = read_header(entry.files[0])
    dataset, count = found.dataset, frames_of(found)
    plain = not is_coloured(dataset) and whole(dataset, "BitsAllocated") != 1
    scale = frame_scale(entry, dataset)
    shown: tuple[NamedWindow, ...] = ()
    if plain:
        layout = pixel_format(found)
        shape = (layout.rows, layout.columns)
        transform = modality(dataset, layout)
        shown, unit = windows(dataset, layout, transform), transform.unit
    else:
        shape, unit = frame_shape(found), ""
        shown = (NamedWindow(said("As stored"), AS_STORED),)

    def read(index: int) -> NDArray[Any]:
        return read_values(found, index) if plain else read_picture(found, index)

    info = SourceInfo(
        title=entry.title,
        unit=unit,
        height_range_mm=(1.0, float(count)) if count > 1 else (0.0, 0.0),
        interval_mm=1.0,
        patient=letters(dataset),
        notes=(*entry.notes, scale.note),
    )
    spacing = (scale.spacing_mm[1], scale.spacing_mm[0])
    source = FrameStack(read, count, shape, spacing, info, scale.kind, scale.note)
    progress.step(0.2, said("Reading the image"))
    source.frame(0)
    progress.step(1.0)
    instance = text(dataset, "SOPInstanceUID")
    planes = (
        tuple(StoredPlane(float(number), instance, number) for number in range(1, count + 1))
        if count > 1
        else (StoredPlane(0.0, instance),)
    )
    return LoadedSeries(
        entry,
        source=source,
        windows=shown,
        inverted=plain and is_inverted(dataset),
        notes=info.notes,
        planes=planes,
        overlays=overlays_of(found, planes),
    )


def frame_scale(entry: SeriesEntry, dataset: Any) -> Scale:
    """A run has the scale of its detector; of anything else lengths are not to be trusted."""
    if entry.kind == "cine" and not is_coloured(dataset) and text(dataset, "Modality").upper() in ("XA", "RF", "MG"):
        return image_scale(dataset)
    title = entry.facts.get("class", entry.title)
    return Scale((1.0, 1.0), "unknown", said("{0}: not for measurement; lengths are in pixels.", title))


def read_values(found: DicomFile, frame: int) -> NDArray[Any]:
    """One frame in values after the modality transform, NaN where it is padding."""
    stored = read_frame(found, frame)
    transform = modality(found.dataset, pixel_format(found), frame)
    mask = padding_mask(stored, found.dataset)
    if transform.identity and mask is None:
        return stored
    values = transform.apply(stored)
    if mask is not None:
        values[mask] = np.nan
    return values
