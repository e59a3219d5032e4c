"""Loading projections: views, what their values are, and the geometry."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.dicom.read.arrange import arrange
from app.dicom.read.companions import Companions
from app.dicom.read.frames import MappedViews, open_stack
from app.dicom.read.model import LoadedSeries, MissingGeometry, ReadError, SeriesEntry
from app.dicom.read.pixels import PixelFormat, is_inverted, pixel_format
from app.dicom.read.safe import DicomFile, item, number, read_header, text
from app.dicom.read.views import attribute
from app.dicom.read.voi import Modality, modality, padding_range, windows
from app.dicom.values import air_counts
from app.reading.acquisition import GeometryChoice
from app.research.sidecar import find_sidecars
from recon.geometry import Geometry
from recon.messages import said
from recon.notes import Fact
from recon.progress import SILENT, Progress
from recon.projections import Kind, ProjectionSet, Views
from recon.provenance import Source, Sourced, ordered

OnFirst = Callable[[NDArray[Any]], None]
COMPANIONS = "companions"
"""Key of `SeriesEntry.facts` under which a scan keeps what the study's other objects say of the acquisition."""


@dataclass(frozen=True)
class Meaning:
    """What the stored values of projections are.

    Attributes
    ----------
    kind : "counts" or "line_integrals"
    rising : bool
        Larger values mean more of `kind` (more intensity, or more attenuation).
    note : str
        How it was decided.
    stated : Sourced
        The same for the list of numbers.
    """

    kind: Kind
    rising: bool
    note: str
    stated: Sourced


def _as_number(kind: Kind, source: Source, where: str, note: str = "", *, assumed: bool = False) -> Sourced:
    value = said("detector counts") if kind == "counts" else said("logarithmic")
    return Sourced("values", value, "", source, where, note, assumed)


def meaning(dataset: Any, wanted: str | None = None) -> Meaning:
    """Whether the views are intensities or logarithmic, by the tags (PS3.3 C.8.11.3.1.2) or as the user says."""
    properties = item(item(dataset, "SharedFunctionalGroupsSequence"), "FramePixelDataPropertiesSequence")
    if not len(properties):
        properties = item(item(dataset, "PerFrameFunctionalGroupsSequence"), "FramePixelDataPropertiesSequence")
    relation = (text(properties, "PixelIntensityRelationship") or text(dataset, "PixelIntensityRelationship")).upper()
    sign = number(properties, "PixelIntensityRelationshipSign") or number(dataset, "PixelIntensityRelationshipSign")
    c_arm = text(dataset, "Modality").upper() in ("XA", "RF", "RTIMAGE")
    raw = text(dataset, "PresentationIntentType").upper() == "FOR PROCESSING" or c_arm
    if sign is not None and sign != 0:
        brighter_is_dose = sign > 0
        told = said("sign {0:+d}", int(math.copysign(1, sign)))
    else:
        # Without a sign: raw and angiographic images rise with the dose, images for display show bone bright.
        brighter_is_dose = raw != is_inverted(dataset)
        told = said("no sign stated")
    if wanted is not None:
        # Counts rise with the dose and line integrals with attenuation, unless the file states the contrary.
        kind: Kind = "counts" if wanted == "counts" else "line_integrals"
        rising = sign is None or sign == 0 or (sign > 0) == (kind == "counts")
        return Meaning(
            kind,
            rising,
            Fact(said("Values: {0}, as given.", said("counts") if kind == "counts" else said("line integrals"))),
            _as_number(kind, Source.USER, ""),
        )
    where = f"{attribute('PixelIntensityRelationship')} {relation}, {attribute('PixelIntensityRelationshipSign')}"
    if relation == "LIN" or (not relation and raw):
        note = (
            Fact(said("Values: detector counts (Pixel Intensity Relationship LIN, {0}).", told))
            if relation and sign
            else said("Values: detector counts (assumed; {0}).", told)
        )
        certain = bool(relation and sign)
        stated = (
            _as_number("counts", Source.DICOM, where)
            if certain
            else _as_number("counts", Source.DICOM if relation else Source.ASSUMED, where, note, assumed=True)
        )
        return Meaning("counts", brighter_is_dose, note, stated)
    why = (
        said("Pixel Intensity Relationship {0}, {1}", relation, told)
        if relation
        else said("assumed for images for presentation")
    )
    note = said(
        "Values: already logarithmic ({0}); they are taken as attenuation up to a scale, so slices have no unit.", why
    )
    source = Source.DICOM if relation else Source.ASSUMED
    return Meaning(
        "line_integrals",
        not brighter_is_dose,
        note,
        _as_number("line_integrals", source, where, note, assumed=not relation or not sign),
    )


def load_projections(
    entry: SeriesEntry,
    geometry: Geometry | None = None,
    kind: str | None = None,
    air: float | None = None,
    progress: Progress = SILENT,
    on_first: OnFirst | None = None,
    angle_sign: int = 1,
    choice: GeometryChoice | None = None,
) -> LoadedSeries:
    """Load a projection series; see `app.dicom.read.load`."""
    files = []
    for index, path in enumerate(entry.files):
        progress.step(0.05 * index / len(entry.files), said("Reading headers"))
        files.append(read_header(path))
    sense = -angle_sign if choice is not None and choice.reverse else angle_sign
    sidecars = [] if geometry is not None else find_sidecars(entry.files[0].parent, angle_sign=sense)[0]
    companions = entry.facts.get(COMPANIONS)
    arranged = arrange(
        files,
        sidecars,
        given=geometry,
        angle_sign=angle_sign,
        choice=choice,
        companions=companions if isinstance(companions, Companions) else None,
    )
    if arranged.geometry is None:
        raise MissingGeometry(entry.title, arranged.missing, arranged.found, arranged.wanted, arranged.offered_deg)
    first = arranged.files[0]
    layout = pixel_format(first)
    means = meaning(first.dataset, kind)
    frames = None if arranged.frames is None else [int(frame) for frame in arranged.frames]
    # A geometry that does not fit is refused before gigabytes are read.
    if (arranged.geometry.n_views, arranged.geometry.shape) != (arranged.n_views, arranged.shape):
        ProjectionSet(np.broadcast_to(np.zeros(1, np.uint8), (arranged.n_views, *arranged.shape)), arranged.geometry)
    stored = open_stack(arranged.files, frames, progress.part(0.05, 0.95), on_first, mirror=arranged.mirror)
    per_view = _transforms(arranged.files, frames, layout)
    views, saturation, notes = _values(stored, means, layout, per_view, first, progress.part(0.95, 1.0))
    found_air = air if air is not None else _air(first, means)
    projections = ProjectionSet(
        views,
        arranged.geometry,
        means.kind,
        found_air if means.kind == "counts" else None,
        saturation,
        title=entry.header.series_description or entry.title,
        notes=(*arranged.notes, means.note, *notes),
        sources=ordered((*arranged.numbers, means.stated)),
        file_order=arranged.order,
        mirrored=arranged.mirror,
    )
    progress.step(1.0)
    return LoadedSeries(
        replace(entry, files=tuple(found.path for found in arranged.files)),
        projections=projections,
        windows=windows(first.dataset, layout, per_view[0]),
        inverted=is_inverted(first.dataset),
        notes=projections.notes,
    )


def _air(first: DicomFile, means: Meaning) -> float | None:
    if means.kind != "counts" or not means.rising:
        return None
    try:
        return air_counts(first.dataset)
    except Exception:  # values that their representation forbids
        return None


def _transforms(files: tuple[DicomFile, ...], frames: list[int] | None, layout: PixelFormat) -> list[Modality]:
    if frames is not None:
        return [modality(files[0].dataset, layout, frame) for frame in frames]
    return [modality(found.dataset, layout) for found in files]


def _values(
    stored: Views, means: Meaning, layout: PixelFormat, per_view: list[Modality], first: DicomFile, progress: Progress
) -> tuple[Views, float | None, tuple[str, ...]]:
    """The views as `means.kind`: counts stay as stored, unless they fall or carry a rescale."""
    notes: list[str] = []
    plain = all(transform.identity or transform.mapped for transform in per_view)
    views: Views = stored
    if not plain:
        views = MappedViews(stored, np.float32, lambda index, view: per_view[index].apply(view))
        notes.append(said("The file's rescale is applied to the views."))
    pad = padding_range(first.dataset)
    low, high = (float(layout.low), float(layout.high)) if plain else (0.0, 0.0)
    if not plain and not (means.kind == "counts" and means.rising):
        low, high = _extremes(views, progress)
    if means.kind == "counts":
        saturation: float | None = None
        if plain and means.rising:
            if layout.signed:
                notes.append(said("The counts are stored as signed numbers."))
            saturation = float(layout.high)
        elif means.rising:
            saturation = float(max(transform.apply(np.array([layout.high]))[0] for transform in per_view))
        else:
            dtype, top = views.dtype, views.dtype.type(high)
            views = MappedViews(views, dtype, lambda _, view: np.subtract(top, view))
            notes.append(said("Larger stored values mean fewer counts; they are turned over."))
        if pad is not None:
            notes.append(said("Padding pixels are among the views; they are treated as values."))
        return views, saturation, tuple(notes)
    # The full range of a logarithmic signal of b bits spans at most b octaves of intensity.
    scale = np.float32(layout.bits_stored * math.log(2.0) / max(high - low, 1e-6))

    def attenuation(_: int, view: NDArray[Any]) -> NDArray[Any]:
        image = view.astype(np.float32)
        image = (image - np.float32(low) if means.rising else np.float32(high) - image) * scale
        if pad is not None and plain:
            image[(view >= pad[0]) & (view <= pad[1])] = 0.0
        return np.asarray(image)

    return MappedViews(views, np.float32, attenuation), None, tuple(notes)


def _extremes(views: Views, progress: Progress) -> tuple[float, float]:
    """The lowest and the highest value of all views."""
    low, high = math.inf, -math.inf
    for index in range(views.shape[0]):
        progress.step(index / views.shape[0], said("Looking for the range of values"))
        view = views[index]
        low, high = min(low, float(view.min())), max(high, float(view.max()))
    return low, high


def check_kind(kind: str | None) -> None:
    """Refuse unknown kinds with a sentence."""
    if kind not in (None, "counts", "line_integrals"):
        raise ReadError(said('The kind of the views must be "counts" or "line_integrals", found "{0}".', kind))
