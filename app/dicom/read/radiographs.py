"""Loading plain radiographs: values, polarity, an honest scale, and a geometry when the distance is known."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.dicom.read.model import LoadedSeries, SeriesEntry, StoredPlane
from app.dicom.read.overlays import overlays_of
from app.dicom.read.pixels import is_inverted, pixel_format, read_frame
from app.dicom.read.safe import number, read_header, text
from app.dicom.read.views import ViewTags, detector_pitch, field_rotation, patient_orientation, views_of
from app.dicom.read.voi import modality, padding_mask, windows
from app.research.sidecar import find_sidecars
from recon import trajectories
from recon.frame import PatientFrame
from recon.geometry import Geometry
from recon.messages import said
from recon.notes import Fact
from recon.progress import SILENT, Progress
from recon.slab import SourceInfo
from recon.stored import Radiograph, ScaleKind

MAX_SPACING_MM = 5.0


@dataclass(frozen=True)
class Scale:
    """A radiograph's pixel spacing and what it is true for.

    Attributes
    ----------
    spacing_mm : (between rows, between columns)
        1 when nothing is known: lengths are then pixels.
    """

    spacing_mm: tuple[float, float]
    kind: ScaleKind
    note: str


def _pair(dataset: Any, keyword: str) -> tuple[float, float] | None:
    found = _stated(dataset, keyword)
    if len(found) == 2 and all(0 < value <= MAX_SPACING_MM for value in found):
        return (found[0], found[1])
    return None


def _stated(dataset: Any, keyword: str) -> tuple[float, ...]:
    """At the top level, or in the functional groups of an enhanced object."""
    sequence = {"PixelSpacing": "PixelMeasuresSequence", "ImagerPixelSpacing": "FramePixelDataPropertiesSequence"}
    return views_of([dataset])[0].numbers(keyword, sequence.get(keyword))


def image_scale(dataset: Any) -> Scale:
    """What the pixel spacing of a radiograph is true for.

    Pixel Spacing counts only where its calibration type says what it was calibrated by, or where it differs from
    Imager Pixel Spacing; else the spacing is the detector's, divided by a stated magnification (Estimated
    Radiographic Magnification Factor, or distances).
    """
    pixel, imager = _pair(dataset, "PixelSpacing"), _pair(dataset, "ImagerPixelSpacing")
    calibration = text(dataset, "PixelSpacingCalibrationType").upper()
    invalid = bool(_stated(dataset, "PixelSpacing")) and pixel is None
    ignored = said(" Its Pixel Spacing is not a length and is ignored.") if invalid else ""
    if pixel is not None and calibration == "FIDUCIAL":
        return Scale(pixel, "calibrated", said("Calibrated by an object of known size in the image."))
    if pixel is not None and calibration == "GEOMETRY":
        return Scale(
            pixel, "magnified", said("Lengths are corrected for magnification by the device, for an assumed depth.")
        )
    plane = _pair(dataset, "ImagePlanePixelSpacing")
    if plane is not None and pixel is None and imager is None:
        distance = number(dataset, "RTImageSID", 1.0)
        place = said("{0:g} mm from the source", distance) if distance is not None else said("its image plane")
        return Scale(plane, "detector", Fact(said("Lengths are at the plane of the image ({0}).", place)))
    if imager is None:
        imager = _pair(dataset, "NominalScannedPixelSpacing")
    if pixel is not None and imager is not None and not np.allclose(pixel, imager, rtol=1e-3):
        return Scale(
            pixel, "magnified", said("Pixel Spacing differs from the detector's; how it was corrected is not stated.")
        )
    if imager is None and pixel is None:
        if calibration or not ignored:
            ignored = ignored or said(" No spacing is stated.")
        return Scale((1.0, 1.0), "unknown", said("Scale unknown: lengths are in pixels.{0}", ignored))
    base = imager or pixel
    assert base is not None
    factor = number(dataset, "EstimatedRadiographicMagnificationFactor", 1.0, 10.0)
    sdd, sod = number(dataset, "DistanceSourceToDetector", 1.0), number(dataset, "DistanceSourceToPatient", 1.0)
    if factor is not None and factor > 1.0:
        return Scale(
            (base[0] / factor, base[1] / factor),
            "magnified",
            said("Lengths are divided by the stated magnification {0:g}.{1}", factor, ignored),
        )
    if sdd is not None and sod is not None and sod < sdd and factor != 1.0:
        ratio = sdd / sod
        return Scale(
            (base[0] / ratio, base[1] / ratio),
            "magnified",
            said(
                "Lengths are divided by the magnification {0:.3f} of the stated distances {1:g} and {2:g} mm.{3}",
                ratio,
                sdd,
                sod,
                ignored,
            ),
        )
    where = "Imager Pixel Spacing" if imager is not None else said("Pixel Spacing without a calibration type")
    note = said("Lengths are at the detector ({0}); the patient is shown magnified.{1}", where, ignored)
    return Scale(base, "detector", Fact(note) if imager is not None and not ignored else note)


def radiograph_geometry(dataset: Any, shape: tuple[int, int]) -> tuple[Geometry | None, tuple[str, ...]]:
    """One view with the tube above the detector's middle, when distance and pitch are known."""
    view = ViewTags(dataset)
    distance = number(dataset, "DistanceSourceToDetector", 1.0, 20000.0)
    pitch = detector_pitch(view)
    orientation = patient_orientation(view)
    if distance is None or pitch is None or pitch.source == "Pixel Spacing":
        return None, orientation.notes if orientation.frame is None else ()
    geometry = trajectories.linear_track(
        source_position_mm=[0.0],
        source_to_detector_mm=distance,
        pixel_pitch_mm=pitch.value_mm,
        shape=shape,
        origin="dicom",
        patient=None if orientation.mirror else orientation.frame,
        note=said("distance {0:g} mm and pitch {1:g} mm from the tags", distance, pitch.value_mm[0]),
    )
    notes = (
        said(
            "The tube is assumed to stand {0:g} mm above the detector's middle; the tags do not state its place.",
            distance,
        ),
        *pitch.notes,
    )
    return geometry, notes


def load_radiograph(entry: SeriesEntry, progress: Progress = SILENT) -> LoadedSeries:
    """Load one radiograph; see `app.dicom.read.load`."""
    found = read_header(entry.files[0])
    dataset = found.dataset
    layout = pixel_format(found)
    progress.step(0.1, said("Reading the image"))
    stored = read_frame(found)
    transform = modality(dataset, layout)
    mask = padding_mask(stored, dataset)
    pixels: NDArray[Any] = stored
    if not transform.identity or mask is not None:
        pixels = transform.apply(stored)
        if mask is not None:
            pixels[mask] = np.nan
    notes = [*entry.notes, *transform.notes]
    shape = (layout.rows, layout.columns)
    scale = image_scale(dataset)
    geometry, told = radiograph_geometry(dataset, shape)
    notes += told
    beside = [
        sidecar
        for sidecar in find_sidecars(found.path.parent)[0]
        if sidecar.fits(1, shape) and sidecar.path.name in (f"{found.path.stem}.geometry.json", "geometry.json")
    ]
    if beside:
        geometry = beside[0].geometry
        if geometry.patient is None:
            geometry = replace(geometry, patient=patient_orientation(ViewTags(dataset)).frame)
        notes = [note for note in notes if not note.startswith("The tube is assumed")] + [
            Fact(said("Geometry: {0}.", beside[0].path.name))
        ]
    notes.append(scale.note)
    shape_told = text(dataset, "PresentationLUTShape").upper()
    inverted = is_inverted(dataset)
    if (inverted and shape_told == "IDENTITY") or (not inverted and shape_told == "INVERSE"):
        notes.append(
            said("Photometric Interpretation and Presentation LUT Shape contradict each other; the former is followed.")
        )
    if (
        field_rotation(ViewTags(dataset))
        and geometry is not None
        and geometry.pixel_pitch_mm[0] != geometry.pixel_pitch_mm[1]
    ):
        notes.append(
            said("The detector's pitch is exchanged between rows and columns, as the field of view is rotated.")
        )
    patient = geometry.patient if geometry is not None and geometry.patient is not None else letters(dataset)
    info = SourceInfo(
        title=entry.header.series_description or entry.title,
        unit=transform.unit,
        height_range_mm=(0.0, 0.0),
        patient=patient,
        notes=tuple(notes),
    )
    source = Radiograph(pixels, (scale.spacing_mm[1], scale.spacing_mm[0]), info, geometry, scale.kind, scale.note)
    progress.step(1.0)
    planes = (StoredPlane(0.0, text(dataset, "SOPInstanceUID")),)
    return LoadedSeries(
        entry,
        source=source,
        windows=windows(dataset, layout, transform),
        inverted=inverted,
        notes=tuple(notes),
        planes=planes,
        overlays=overlays_of(found, planes),
    )


def letters(dataset: Any) -> PatientFrame | None:
    """The patient directions of an image as it is stored; None when they are not stated."""
    directions = np.array(views_of([dataset])[0].numbers("ImageOrientationPatient", "PlaneOrientationSequence"))
    if directions.size == 6:
        x, y = directions[:3], directions[3:]
        axes = np.stack([x, y, np.cross(x, y)])
        if np.allclose(axes @ axes.T, np.eye(3), atol=1e-3):
            first, second, third = (tuple(float(part) for part in axis) for axis in axes)
            return PatientFrame((first, second, third))  # type: ignore[arg-type]
    orientation = patient_orientation(ViewTags(dataset))
    if orientation.frame is None:
        return None
    return _as_stored(orientation.mirror, ViewTags(dataset)) or orientation.frame


def _as_stored(mirrored: bool, view: ViewTags) -> Any:
    """The letters of the image as it is stored; a radiograph is never mirrored, so z is then not the tube's side."""
    if not mirrored:
        return None
    from pydicom.dataset import Dataset

    plain = Dataset()
    plain.PatientOrientation = view.dataset.PatientOrientation
    return patient_orientation(replace(view, dataset=plain)).frame
