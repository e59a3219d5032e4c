"""What the written objects say about the patient, the study, the exposure and the reconstruction."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np


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
        "PA", "AP", …; empty if unknown.
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
    institution: str = ""
    body_part: str = "CHEST"
    laterality: str = "U"
    view_position: str = ""
    manufacturer: str = "Bocage"
    model: str = "Bocage"
    entropy: str | None = None

    def __post_init__(self) -> None:
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
        return datetime.strptime(self.study_date + self.study_time[:6], "%Y%m%d%H%M%S").astimezone()

    @classmethod
    def from_header(cls, header: Any, study_uid: str, frame_of_reference_uid: str = "") -> StudyFacts:
        """The facts of a study that was read (`app.dicom.read.Header`); what it does not say stays empty."""
        names = ["patient_name", "patient_id", "birth_date", "sex", "study_date", "study_time", "study_description"]
        names += ["accession", "institution", "body_part", "view_position"]
        known = {name: str(getattr(header, name, "") or "") for name in names}
        laterality = str(getattr(header, "laterality", "") or "U")
        return cls(
            study_uid=study_uid,
            frame_of_reference_uid=frame_of_reference_uid,
            laterality=laterality if laterality in ("U", "R", "L", "B") else "U",
            **known,
        )


@dataclass(frozen=True)
class ExposureFacts:
    """The exposure of one image (of each view, for projections); None where unknown."""

    kvp: float | None = None
    tube_current_ma: float | None = None
    time_ms: float | None = None
    mas: float | None = None


@dataclass(frozen=True)
class SourceImage:
    """A reference to an image that a slice was computed from."""

    sop_class_uid: str
    sop_instance_uid: str


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
    geometry_note : str
        Where the geometry comes from ("preset …"), kept in the derivation text.
    sources : tuple of SourceImage
        The projections, when they are DICOM images.
    window : (centre, width) or None
        In `unit`; None: the middle 98 % of the values.
    description : str
        Series description; "NOT FOR DIAGNOSIS" is added.
    series_number : int
    """

    algorithm: str
    parameters: Mapping[str, object] = field(default_factory=dict)
    corrections: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    unit: str = "1/mm"
    n_views: int | None = None
    sweep_angle_deg: float | None = None
    source_to_detector_mm: float | None = None
    detector_pitch_mm: tuple[float, float] | None = None
    geometry_note: str = ""
    sources: tuple[SourceImage, ...] = ()
    window: tuple[float, float] | None = None
    description: str = "Tomosynthesis slices"
    series_number: int = 900

    @classmethod
    def of(cls, source: Any, sources: Sequence[SourceImage] = (), **more: Any) -> ReconstructionFacts:
        """Facts of a source of slabs: its algorithm, corrections and views as they were used.

        Parameters
        ----------
        source : SlabSource
            What it does not know, as a stored volume, stays unsaid.
        sources : sequence of SourceImage
            In the order of the views, with one for each view or one for all; those of views left out are dropped.
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
            kept = geometry.subset(used)
            more = {
                "n_views": kept.n_views,
                "sweep_angle_deg": kept.sweep_angle_deg,
                "source_to_detector_mm": float(np.median(kept.source_distance_mm)),
                "detector_pitch_mm": kept.pixel_pitch_mm,
                **more,
            }
        return cls(
            algorithm=str(getattr(algorithm, "title", "Stored slices")),
            parameters=parameters,
            corrections={item.title: asdict(item) for item in getattr(source, "corrections", ())},
            unit=source.info.unit,
            sources=tuple(sources),
            **more,
        )

    def derivation(self) -> str:
        """The derivation description (ST, at most 1024 characters)."""
        parts = ["NOT FOR DIAGNOSIS. Tomosynthesis reconstruction: " + _with_settings(self.algorithm, self.parameters)]
        if self.corrections:
            done = (_with_settings(title, settings) for title, settings in self.corrections.items())
            parts.append("Corrected: " + "; ".join(done))
        if self.n_views is not None:
            sweep = "" if self.sweep_angle_deg is None else f" over {self.sweep_angle_deg:.1f} degrees"
            parts.append(f"{self.n_views} projections{sweep}")
        if self.geometry_note:
            parts.append("Geometry: " + self.geometry_note)
        return ". ".join(parts)[:1023] + "."


def source_images(files: Iterable[Path]) -> tuple[tuple[SourceImage, ...], str]:
    """The references to DICOM images, and their frame of reference ("" if none or not one).

    Files that are not DICOM are left out.
    """
    import pydicom
    from pydicom.errors import InvalidDicomError

    references: list[SourceImage] = []
    frames: set[str] = set()
    for path in files:
        try:
            data = pydicom.dcmread(
                path, stop_before_pixels=True, specific_tags=["SOPClassUID", "SOPInstanceUID", "FrameOfReferenceUID"]
            )
        except (InvalidDicomError, OSError, ValueError):
            continue
        if "SOPClassUID" in data and "SOPInstanceUID" in data:
            references.append(SourceImage(str(data.SOPClassUID), str(data.SOPInstanceUID)))
            frames.add(str(data.get("FrameOfReferenceUID", "") or ""))
    return tuple(references), frames.pop() if len(frames) == 1 else ""


def _with_settings(title: str, settings: Mapping[str, object]) -> str:
    text = ", ".join(f"{name}={_plain(value)}" for name, value in settings.items())
    return f"{title} ({text})" if text else title


def _plain(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
