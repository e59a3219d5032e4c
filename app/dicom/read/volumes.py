"""Loading stored volumes: slice series and multi-frame objects, sorted by position, with the patient frame."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.dicom.provenance import read_provenance
from app.dicom.read.frames import KeptFrames, MappedViews, stored_frames
from app.dicom.read.model import LoadedSeries, ReadError, SeriesEntry, StoredPlane
from app.dicom.read.overlays import overlays_of
from app.dicom.read.pixels import is_inverted, pixel_format, read_stack
from app.dicom.read.safe import DicomFile, number, read_header, text
from app.dicom.read.stacks import frames_of
from app.dicom.read.views import ViewTags, column, patient_orientation, views_of
from app.dicom.read.voi import modality, padding_range, same_transforms, windows
from app.dicom.values import stated_height
from recon.frame import PatientFrame
from recon.messages import said
from recon.notes import Fact
from recon.progress import SILENT, Progress
from recon.projections import Views
from recon.slab import PlaneGrid, SourceInfo
from recon.stored import Volume
from widgets.window import NamedWindow

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Stack:
    """Where the slices of a volume lie.

    Attributes
    ----------
    order : ndarray, shape (z,)
        The slice (file or frame) of each height, heights ascending.
    heights_mm : ndarray, shape (z,)
    spacing_mm : (between rows, between columns)
    frame : PatientFrame or None
    """

    order: NDArray[np.intp]
    heights_mm: Array
    spacing_mm: tuple[float, float]
    frame: PatientFrame | None
    notes: tuple[str, ...] = ()


def slice_stack(views: Sequence[ViewTags]) -> Stack:
    """Sort slices by position and locate them (PS3.3 C.7.6.2).

    The world frame has x along rows (first direction of Image Orientation), y along columns, z = x × y; its origin
    is the middle of the image plane. Heights are Tomo Layer Heights where the slices state them in agreement with
    their positions, else distances from the lowest slice.
    """
    first = views[0]
    rows, columns = int(number(first.dataset, "Rows", 1) or 1), int(number(first.dataset, "Columns", 1) or 1)
    notes: list[str] = []
    spacing = _spacing(first, notes)
    layers = column(views, "TomoLayerHeight")
    if layers is None:
        own = [stated_height(view.dataset, view.frame) for view in views]
        layers = None if any(height is None for height in own) else np.array(own, dtype=np.float64)
    positions = _rows(views, "ImagePositionPatient", "PlanePositionSequence", 3)
    directions = _rows(views, "ImageOrientationPatient", "PlaneOrientationSequence", 6)
    if positions is not None and directions is not None:
        x, y = _axes(directions, notes)
        z = np.cross(x, y)
        along = positions @ z
        heights = along - along.min()
        if layers is not None and (len(views) == 1 or np.ptp(layers) > 0):
            offset = layers - along
            if np.ptp(offset) < 0.05 * max(np.ptp(layers), 1e-6):
                heights = along + float(np.median(offset))
            else:
                notes.append(said("Tomo Layer Heights disagree with the slices' positions; the positions are used."))
        order = np.argsort(heights, kind="stable")
        lowest = order[0]
        corner = positions[lowest] + x * (columns - 1) / 2 * spacing[1] + y * (rows - 1) / 2 * spacing[0]
        origin = corner - heights[lowest] * z
        frame = PatientFrame((triple(x), triple(y), triple(z)), triple(origin), True)
        drift = positions - positions[lowest] - np.outer(along - along[lowest], z)
        if float(np.abs(drift).max()) > 0.1 * min(spacing):
            notes.append(
                said("The slices are shifted against each other within their planes; they are shown as if aligned.")
            )
        return _checked(order, heights, spacing, frame, notes)
    orientation = patient_orientation(first)
    notes += orientation.notes if orientation.frame is None else ()
    heights = _heights_without_position(views, layers, notes)
    order = np.argsort(heights, kind="stable")
    return _checked(order, heights, spacing, None if orientation.mirror else orientation.frame, notes)


def _rows(views: Sequence[ViewTags], keyword: str, sequence: str, size: int) -> Array | None:
    values = [view.numbers(keyword, sequence) for view in views]
    return np.array(values) if all(len(value) == size for value in values) else None


def triple(vector: Array) -> tuple[float, float, float]:
    """Three plain floats."""
    return (float(vector[0]), float(vector[1]), float(vector[2]))


def _axes(directions: Array, notes: list[str]) -> tuple[Array, Array]:
    if float(np.abs(directions - directions[0]).max()) > 1e-3:
        notes.append(said("The slices are turned against each other; they are shown as if parallel."))
    x, y = directions[0, :3], directions[0, 3:]
    if np.linalg.norm(x) < 0.5 or np.linalg.norm(np.cross(x, y)) < 0.5:
        raise ReadError(said("The slices' Image Orientation holds no two perpendicular directions."))
    x = x / np.linalg.norm(x)
    y = y - x * float(x @ y)
    return x, y / np.linalg.norm(y)


def _spacing(view: ViewTags, notes: list[str]) -> tuple[float, float]:
    for keyword, sequence in (("PixelSpacing", "PixelMeasuresSequence"), ("ImagerPixelSpacing", None)):
        found = view.numbers(keyword, sequence)
        if len(found) == 2 and min(found) > 0:
            if keyword == "ImagerPixelSpacing":
                notes.append(said("The pixel spacing is the detector's: the slices state none of their own."))
            return (found[0], found[1])
    notes.append(said("The pixel spacing is not stated; 1 mm is assumed, so lengths are not true."))
    return (1.0, 1.0)


def _heights_without_position(views: Sequence[ViewTags], layers: Array | None, notes: list[str]) -> Array:
    if layers is not None and np.unique(layers).size == len(views):
        return layers
    locations = column(views, "SliceLocation")
    if locations is not None and np.unique(locations).size == len(views):
        notes.append(said("The slices are placed by their Slice Location."))
        return np.asarray(locations - locations.min())
    step = views[0].number("SpacingBetweenSlices", "PixelMeasuresSequence")
    numbers_ = column(views, "InstanceNumber")
    index = np.arange(len(views), dtype=np.float64)
    if numbers_ is not None and np.unique(numbers_).size == len(views):
        index = numbers_ - numbers_.min()
    if step is not None and step != 0:
        notes.append(said("The slices are placed by their number and Spacing Between Slices ({0:g} mm).", abs(step)))
        return np.asarray(index * abs(step))
    notes.append(said("The slices' positions are not stated; an interval of 1 mm is assumed, so heights are not true."))
    return index


def _checked(
    order: NDArray[np.intp], heights: Array, spacing: tuple[float, float], frame: PatientFrame | None, notes: list[str]
) -> Stack:
    ascending = heights[order]
    distinct = np.concatenate([[True], np.diff(ascending) > 1e-4])
    if not distinct.all():
        notes.append(said("Slices that lie where another one lies are left out ({0}).", int((~distinct).sum())))
        order, ascending = order[distinct], ascending[distinct]
    steps = np.diff(ascending)
    if steps.size > 1 and float(np.ptp(steps)) > 0.01 * float(np.median(steps)) + 1e-3:
        notes.append(said("The slices are not evenly spaced ({0:.3g} to {1:.3g} mm).", steps.min(), steps.max()))
    return Stack(order, ascending, spacing, frame, tuple(notes))


def load_volume(
    entry: SeriesEntry,
    progress: Progress = SILENT,
    on_first: Callable[[NDArray[Any]], None] | None = None,
    reformat: str | None = None,
) -> LoadedSeries:
    """Load a stored volume; see `app.dicom.read.load`."""
    files: list[DicomFile] = []
    for index, path in enumerate(entry.files):
        progress.step(0.2 * index / len(entry.files), said("Reading headers"))
        files.append(read_header(path))
    layout = pixel_format(files[0])
    places = [(index, frame) for index, found in enumerate(files) for frame in range(frames_of(found))]
    views = dict(zip(places, views_of([found.dataset for found in files]), strict=True))
    places = list(entry.facts.get("places") or places)
    stack = slice_stack([views[place] for place in places])
    places = [places[int(index)] for index in stack.order]
    wanted, frames = [files[index] for index, _ in places], [frame for _, frame in places]
    notes = list(stack.notes)
    made = read_provenance(wanted[0].dataset)
    if made is not None:
        notes.append(Fact(said("Computed by {0}: {1}.", made.program, made.sentence)))
    transforms = [modality(found.dataset, layout, frame) for found, frame in zip(wanted, frames, strict=True)]
    first = wanted[0].dataset
    middle = len(stack.order) // 2
    pad = padding_range(first)
    alike = same_transforms(transforms) and (pad is None or pad[0] == pad[1])
    slope, intercept, padding = 1.0, 0.0, None
    if alike:
        slope, intercept = transforms[0].slope, transforms[0].intercept
        padding = None if pad is None else float(pad[0])

    def values(index: int, stored: NDArray[Any]) -> NDArray[Any]:
        image = transforms[index].apply(stored)
        if pad is not None:
            image[(stored >= pad[0]) & (stored <= pad[1])] = np.nan
        return image

    slices = _slices(wanted, frames, None if alike else values, progress.part(0.2, 1.0), on_first)
    part = progress.part(0.2, 1.0)
    pixels = slices if reformat is None or isinstance(slices, np.ndarray) else slices.whole(part)
    own = [
        windows(found.dataset, layout, transform, frame)
        for found, frame, transform in zip(wanted, frames, transforms, strict=True)
    ]
    loaded = build_volume(
        entry,
        pixels,
        stack.heights_mm,
        stack.spacing_mm,
        stack.frame,
        unit=transforms[0].unit,
        slope=slope,
        intercept=intercept,
        padding=padding,
        windows=own[middle],
        plane_windows=plane_windows(stack.heights_mm, own),
        inverted=is_inverted(first),
        notes=tuple(notes),
        reformat=reformat,
    )
    if reformat is not None:
        return loaded
    planes = tuple(
        StoredPlane(float(height), text(found.dataset, "SOPInstanceUID"), frame + 1)
        for height, found, frame in zip(stack.heights_mm, wanted, frames, strict=True)
    )
    return replace(loaded, planes=planes, overlays=overlays_of(files, planes))


def _slices(
    wanted: Sequence[DicomFile],
    frames: Sequence[int],
    values: Callable[[int, NDArray[Any]], NDArray[Any]] | None,
    progress: Progress,
    on_first: Callable[[NDArray[Any]], None] | None,
) -> NDArray[Any] | KeptFrames:
    """The slices, of which only the middle one is read now, so that what is damaged says so at once."""
    stored: Views = (
        # A deflated file has no places to look a frame up at.
        read_stack(wanted, frames, progress, on_first)
        if any(found.deflated is not None for found in wanted)
        else stored_frames(wanted, frames)
    )
    if values is None and isinstance(stored, np.ndarray):
        return stored
    layout = pixel_format(wanted[0])
    views = stored if values is None else MappedViews(stored, np.float32, values)
    kept = KeptFrames(views, layout, wanted[0].path.name)
    progress.step(0.0, said("Reading images"))
    middle = kept[len(wanted) // 2]
    if on_first is not None and not isinstance(stored, np.ndarray):
        on_first(middle if values is None else stored[len(wanted) // 2])
    return kept


def build_volume(
    entry: SeriesEntry,
    pixels: NDArray[Any] | KeptFrames,
    heights_mm: Array,
    spacing_mm: tuple[float, float],
    frame: PatientFrame | None,
    *,
    unit: str = "",
    slope: float = 1.0,
    intercept: float = 0.0,
    padding: float | None = None,
    windows: tuple[Any, ...] = (),
    plane_windows: tuple[tuple[float, Any], ...] = (),
    inverted: bool = False,
    notes: tuple[str, ...] = (),
    reformat: str | None = None,
) -> LoadedSeries:
    """A `Volume` with its grid centred on the world origin, optionally as coronal planes."""
    if reformat is not None:
        pixels, heights_mm, spacing_mm, frame = coronal(np.asarray(pixels), heights_mm, spacing_mm, frame, reformat)
        notes = (*notes, said("Shown as coronal planes, resorted from the stored ones."))
        plane_windows = ()  # a coronal plane runs through all of them
    rows, columns = pixels.shape[1:]
    grid = PlaneGrid(
        (-(columns - 1) / 2 * spacing_mm[1], -(rows - 1) / 2 * spacing_mm[0]),
        (spacing_mm[1], spacing_mm[0]),
        (int(rows), int(columns)),
    )
    steps = np.diff(heights_mm)
    info = SourceInfo(
        title=entry.header.series_description or entry.title,
        unit=unit,
        height_range_mm=(float(heights_mm[0]), float(heights_mm[-1])),
        interval_mm=float(np.median(steps)) if steps.size else 1.0,
        patient=frame,
        notes=notes,
    )
    volume = Volume(pixels, heights_mm, grid, info, slope, intercept, padding)
    return LoadedSeries(
        entry, source=volume, windows=windows, plane_windows=plane_windows, inverted=inverted, notes=notes
    )


def plane_windows(heights_mm: Array, own: Sequence[tuple[NamedWindow, ...]]) -> tuple[tuple[float, Any], ...]:
    """Height and first window of every slice, where they differ and every slice has one; else nothing."""
    firsts = [found[0].window for found in own if found]
    if len(firsts) < len(own) or all(window == firsts[0] for window in firsts):
        return ()
    return tuple((float(height), window) for height, window in zip(heights_mm, firsts, strict=True))


def coronal(
    pixels: NDArray[Any], heights_mm: Array, spacing_mm: tuple[float, float], frame: PatientFrame | None, plane: str
) -> tuple[NDArray[Any], Array, tuple[float, float], PatientFrame]:
    """Resort axial planes (x → L, y → P, z → H) as coronal ones (x → L, y → F, z → P), without resampling."""
    if plane != "coronal":
        raise ReadError(said('The planes that a volume can be resorted to are "coronal", found "{0}".', plane))
    axial = PatientFrame.from_letters("L", "P", "H")
    steps = np.diff(heights_mm)
    if frame is None or not np.allclose(frame.axes, axial.axes, atol=1e-3):
        raise ReadError(
            said("Only axial volumes (rows to the left, columns to the back) can be resorted to coronal planes.")
        )
    if steps.size == 0 or float(np.ptp(steps)) > 0.01 * float(steps.mean()):
        raise ReadError(said("Only evenly spaced slices can be resorted to coronal planes."))
    planes = pixels[::-1].transpose(1, 0, 2)
    count = planes.shape[0]
    heights = np.arange(count, dtype=np.float64) * spacing_mm[0]
    # World origin: the middle of the first coronal plane.
    middle = frame.to_patient((0.0, -(count - 1) / 2 * spacing_mm[0], float(heights_mm.mean())))
    turned = PatientFrame.from_letters("L", "F", "P")
    located = PatientFrame(turned.axes, triple(middle), frame.located)
    return planes, heights, (float(steps.mean()), spacing_mm[1]), located
