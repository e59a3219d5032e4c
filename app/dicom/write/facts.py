"""What the written objects say about the patient, the study, the exposure and the reconstruction."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any

import numpy as np

from app.dicom.write.texts import CLEANED
from app.dicom.write.trajectory import positioner_angles

BREAST_VIEWS = {
    "CC": ("399162004", "cranio-caudal"),
    "MLO": ("399368009", "medio-lateral oblique"),
    "ML": ("399260004", "medio-lateral"),
    "LM": ("399352003", "latero-medial"),
    "LMO": ("399099002", "latero-medial oblique"),
    "FB": ("399196006", "caudo-cranial"),
    "XCCL": ("399192008", "cranio-caudal exaggerated laterally"),
    "XCCM": ("399101009", "cranio-caudal exaggerated medially"),
}
"""Views of the breast: PS3.16 CID 4014, by their usual abbreviations (View Position of mammography, C.8.11.7)."""


@dataclass(frozen=True)
class StudyFacts:
    """The patient and the study that a new series belongs to.

    Attributes
    ----------
    study_uid, frame_of_reference_uid : str
        Empty: new ones are made. A reconstruction keeps those of its projections.
    patient_name, patient_id, birth_date, sex : str
        As DICOM writes them (``Family^Given``, ``YYYYMMDD``, ``M``, ``F``, ``O``).
    study_date, study_time : str
        ``YYYYMMDD`` and ``HHMMSS``; empty: now.
    body_part : str
        Body Part Examined, a DICOM defined term ("CHEST").
    laterality : {"U", "R", "L", "B"}
        Image laterality; "U" for unpaired parts.
    view_position : str
        "PA", "AP", …; of a breast one of `BREAST_VIEWS`; empty if unknown.
    implant : {"", "YES", "NO"}
        Whether the breast holds an implant; empty if unknown.
    entropy : str or None
        Makes every UID and time a function of this text and of the facts (for cases that must come out the same
        each time). None: every object gets a new random UID.
    """

    study_uid: str = ""
    frame_of_reference_uid: str = ""
    patient_name: str = ""
    patient_id: str = ""
    birth_date: str = ""
    sex: str = ""
    study_date: str = ""
    study_time: str = ""
    study_id: str = "1"
    study_description: str = ""
    accession: str = ""
    referring_physician: str = ""
    institution: str = ""
    body_part: str = "CHEST"
    implant: str = ""
    laterality: str = "U"
    view_position: str = ""
    manufacturer: str = "Bocage"
    model: str = "Bocage"
    entropy: str | None = None

    def __post_init__(self) -> None:
        for name, clean in CLEANED.items():
            object.__setattr__(self, name, clean(getattr(self, name)))
        now = datetime.now().astimezone()
        fill = {
            "study_date": "20000101" if self.entropy else now.strftime("%Y%m%d"),
            "study_time": "120000" if self.entropy else now.strftime("%H%M%S"),
            "study_uid": self.uid("study"),
            "frame_of_reference_uid": self.uid("frame of reference"),
        }
        for name, value in fill.items():
            if not getattr(self, name):
                object.__setattr__(self, name, value)

    def uid(self, *names: object) -> str:
        """A new UID under 2.25 (PS3.5 B.2), or the one that belongs to `names` when `entropy` is set."""
        if self.entropy is None:
            return f"2.25.{uuid.uuid4().int}"
        text = "\x1f".join([self.entropy, *(str(name) for name in names)])
        return f"2.25.{uuid.UUID(bytes=hashlib.sha256(text.encode()).digest()[:16], version=5).int}"

    def now(self) -> datetime:
        """The time of writing; the study's own time when `entropy` is set."""
        if self.entropy is None:
            return datetime.now().astimezone()
        return self.begun()

    def begun(self) -> datetime:
        """The study's own time, on this machine's clock."""
        return datetime.strptime(self.study_date + self.study_time[:6].ljust(6, "0"), "%Y%m%d%H%M%S").astimezone()

    @property
    def is_breast(self) -> bool:
        """Whether the body part is a breast."""
        return self.body_part.upper() == "BREAST"

    @classmethod
    def from_header(cls, header: Any, study_uid: str, frame_of_reference_uid: str = "", **more: str) -> StudyFacts:
        """The facts of a study that was read (`app.dicom.read.Header`); what it does not say stays empty.

        `more` are facts that the images say themselves (`app.dicom.write.sources`).
        """
        names = ["patient_name", "patient_id", "birth_date", "sex", "study_date", "study_time", "study_description"]
        names += ["accession", "institution", "body_part", "view_position"]
        known = {name: str(getattr(header, name, "") or "") for name in names}
        known["laterality"] = str(getattr(header, "laterality", "") or "U")
        known.update({name: value for name, value in more.items() if value})
        return cls(study_uid=study_uid, frame_of_reference_uid=frame_of_reference_uid, **known)


@dataclass(frozen=True)
class ExposureFacts:
    """The exposure of one image (of each view, for projections); None where unknown."""

    kvp: float | None = None
    tube_current_ma: float | None = None
    time_ms: float | None = None
    mas: float | None = None


@dataclass(frozen=True)
class SourceImage:
    """A reference to an image that a slice was computed from.

    Attributes
    ----------
    series_uid, study_uid : str
        Empty where they are not known: then it is referenced by itself only.
    """

    sop_class_uid: str
    sop_instance_uid: str
    series_uid: str = ""
    study_uid: str = ""


@dataclass(frozen=True)
class Acquisition:
    """How the projections were acquired, as their own images say it (`app.dicom.write.sources`).

    Attributes
    ----------
    attributes : mapping
        DICOM keywords and values that hold for the whole sweep.
    views : tuple of mapping
        Those of each view.
    equipment : mapping
        Those of the machine.
    """

    attributes: Mapping[str, Any] = field(default_factory=dict)
    views: tuple[Mapping[str, Any], ...] = ()
    equipment: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class ReconstructionFacts:
    """What a slice series says about how it was computed.

    Attributes
    ----------
    algorithm : str
        Title of the algorithm.
    parameters : mapping
        Its parameters by name, as they were used.
    corrections : mapping
        Titles of the corrections made before, each with its parameters by name.
    unit : str
        Unit of the pixel values: "1/mm", "HU" or "" (arbitrary).
    n_views : int or None
        Number of projections that were used.
    sweep_angle_deg, source_to_detector_mm : float or None
    detector_pitch_mm : (between rows, between columns) or None
    algorithm_type : str
        FILTER_BACK_PROJ, ITERATIVE (PS3.3 C.8.21.6) or a name of our own.
    view_angle_deg : tuple of float
        Angle of each view that was used, seen from the axis or from the detector's middle.
    geometry_note : str
        Where the geometry comes from ("preset …"), kept in the derivation text.
    geometry_sources : tuple of str
        Where each number of the geometry comes from, one sentence each.
    sources : tuple of SourceImage
        The projections, when they are DICOM images.
    acquisition : Acquisition or None
        How they were acquired.
    window : (centre, width) or None
        In `unit`; None: the middle 98 % of the values.
    description : str
        Series description; "NOT FOR DIAGNOSIS" is added.
    series_number : int
    """

    algorithm: str
    parameters: Mapping[str, object] = field(default_factory=dict)
    corrections: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    algorithm_type: str = "FILTER_BACK_PROJ"
    unit: str = "1/mm"
    n_views: int | None = None
    sweep_angle_deg: float | None = None
    source_to_detector_mm: float | None = None
    detector_pitch_mm: tuple[float, float] | None = None
    view_angle_deg: tuple[float, ...] = ()
    geometry_note: str = ""
    geometry_sources: tuple[str, ...] = ()
    sources: tuple[SourceImage, ...] = ()
    acquisition: Acquisition | None = None
    window: tuple[float, float] | None = None
    description: str = "Tomosynthesis slices"
    series_number: int = 900

    @classmethod
    def of(
        cls, source: Any, sources: Sequence[SourceImage] = (), acquisition: Acquisition | None = None, **more: Any
    ) -> ReconstructionFacts:
        """Facts of a source of slabs: its algorithm, corrections and views as they were used.

        Parameters
        ----------
        source : SlabSource
            What it does not know, as a stored volume, stays unsaid.
        sources : sequence of SourceImage
            In the order of the views, with one for each view or one for all; those of views left out are dropped.
        acquisition : Acquisition or None
            With all views in their order.
        **more
            Other attributes.
        """
        algorithm, geometry = getattr(source, "algorithm", None), getattr(source, "geometry", None)
        parameters = asdict(algorithm) if algorithm is not None else {}
        if getattr(source, "iterations", 0) and "iterations" in parameters:
            parameters["iterations"] = source.iterations  # fewer than asked for when it was stopped and kept
        if geometry is not None:
            used = [view for view in range(geometry.n_views) if view not in source.excluded]
            if len(sources) == geometry.n_views:
                sources = [sources[view] for view in used]
            if acquisition is not None and len(acquisition.views) == geometry.n_views:
                acquisition = replace(acquisition, views=tuple(acquisition.views[view] for view in used))
            kept = geometry.subset(used)
            more = {
                "n_views": kept.n_views,
                "sweep_angle_deg": kept.sweep_angle_deg,
                "view_angle_deg": positioner_angles(kept),
                "source_to_detector_mm": float(np.median(kept.source_distance_mm)),
                "detector_pitch_mm": kept.pixel_pitch_mm,
                **more,
            }
        return cls(
            algorithm=str(getattr(algorithm, "title", "Stored slices")),
            parameters=parameters,
            algorithm_type=_algorithm_type(algorithm),
            corrections={item.title: asdict(item) for item in getattr(source, "corrections", ())},
            unit=source.info.unit,
            sources=tuple(sources),
            acquisition=acquisition,
            **more,
        )

    def derivation(self) -> str:
        """The derivation description (ST, at most 1024 characters)."""
        parts = ["NOT FOR DIAGNOSIS. Tomosynthesis reconstruction: " + with_settings(self.algorithm, self.parameters)]
        if self.corrections:
            done = (with_settings(title, settings) for title, settings in self.corrections.items())
            parts.append("Corrected: " + "; ".join(done))
        if self.n_views is not None:
            sweep = "" if self.sweep_angle_deg is None else f" over {self.sweep_angle_deg:.1f} degrees"
            parts.append(f"{self.n_views} projections{sweep}")
        if self.geometry_note:
            parts.append("Geometry: " + self.geometry_note)
        text = ". ".join(parts)
        more = text + ". Geometry from: " + "; ".join(self.geometry_sources)
        return (more if self.geometry_sources and len(more) < 1024 else text)[:1023] + "."


def _algorithm_type(algorithm: Any) -> str:
    """Algorithm Type of PS3.3 C.8.21.6, extended where its two terms do not hold."""
    if hasattr(algorithm, "iterations"):
        return "ITERATIVE"
    names = {"shift-and-add": "SHIFT_AND_ADD", "mits": "MATRIX_INVERSION"}
    return names.get(str(getattr(algorithm, "name", "")), "FILTER_BACK_PROJ")


def with_settings(title: str, settings: Mapping[str, object]) -> str:
    """A title with its settings in brackets."""
    text = ", ".join(f"{name}={plain_value(value)}" for name, value in settings.items())
    return f"{title} ({text})" if text else title


def plain_value(value: object) -> str:
    """A setting as text."""
    return f"{value:g}" if isinstance(value, float) else str(value)
