"""The objects that slices can be written as, and which of them fits.

There is no SOP class for general tomosynthesis. Slices of Digital X-Ray with the tomography module are what every
station opens; for the breast the standard has its own object. The others are for those who ask for them.
"""

from __future__ import annotations

from enum import StrEnum

from app.dicom.write.facts import BREAST_VIEWS, StudyFacts
from recon.frame import PatientFrame
from recon.messages import mark, said

CT_WARNING = mark(
    "Stations will file and hang it as CT, but its values are no Hounsfield units: CT measurements of density, dose "
    "registries and CT hanging protocols will take it for what it is not."
)


class SliceKind(StrEnum):
    """DICOM objects that hold reconstructed slices."""

    DX = "dx"
    BREAST = "breast"
    ANGIOGRAPHIC = "xray3d"
    CRANIOFACIAL = "craniofacial"
    CT = "ct"
    CAPTURE = "capture"

    @property
    def sop_class_uid(self) -> str:
        """SOP Class UID."""
        return {
            "dx": "1.2.840.10008.5.1.4.1.1.1.1",
            "breast": "1.2.840.10008.5.1.4.1.1.13.1.3",
            "xray3d": "1.2.840.10008.5.1.4.1.1.13.1.1",
            "craniofacial": "1.2.840.10008.5.1.4.1.1.13.1.2",
            "ct": "1.2.840.10008.5.1.4.1.1.2",
            "capture": "1.2.840.10008.5.1.4.1.1.7.3",
        }[self]

    @property
    def modality(self) -> str:
        """Modality of its series."""
        return {"dx": "DX", "breast": "MG", "xray3d": "XA", "craniofacial": "DX", "ct": "CT", "capture": "OT"}[self]

    @property
    def is_multiframe(self) -> bool:
        """One file holds all slices."""
        return self not in (SliceKind.DX, SliceKind.CT)

    @property
    def label(self) -> str:
        """What it is called."""
        return {
            "dx": mark("Digital X-ray slices"),
            "breast": mark("Breast tomosynthesis"),
            "xray3d": mark("X-ray 3D volume (angiographic)"),
            "craniofacial": mark("X-ray 3D volume (craniofacial)"),
            "ct": mark("CT-compatible slices"),
            "capture": mark("Secondary capture, multi-frame"),
        }[self]

    @property
    def purpose(self) -> str:
        """When to choose it, in one line."""
        return {
            "dx": mark("One file a slice. Opens in every station."),
            "breast": mark("One file. The standard's own object for breast slices."),
            "xray3d": mark("One file, for archiving. The exact geometry; named for C-arm volumes."),
            "craniofacial": mark("One file, for archiving. The exact geometry; named for dental volumes."),
            "ct": mark("One file a slice, for 3-D tools. Will be filed as CT; values are not HU."),
            "capture": mark("One file, the last resort. Needs no orientation; says the least."),
        }[self]

    @property
    def caution(self) -> str:
        """What the series description says of it, in capitals for those who read only that."""
        return {
            "xray3d": "tomosynthesis as X-ray 3D",
            "craniofacial": "tomosynthesis as X-ray 3D",
            "ct": "TOMOSYNTHESIS - not HU",
        }.get(self, "")


def recommended(facts: StudyFacts, frame: PatientFrame | None) -> SliceKind:
    """The object that fits best."""
    if frame is None:
        return SliceKind.CAPTURE
    if facts.is_breast and not why_not(SliceKind.BREAST, facts, frame):
        return SliceKind.BREAST
    return SliceKind.DX


def why_not(kind: SliceKind, facts: StudyFacts, frame: PatientFrame | None) -> str:
    """Why slices should not be written so; "" when they can be."""
    if frame is None and kind is not SliceKind.CAPTURE:
        return said("The patient's orientation is unknown. Say it, or choose a secondary capture.")
    if kind is SliceKind.BREAST:
        if not facts.is_breast:
            return said("The body part is not the breast.")
        if facts.laterality not in ("L", "R", "B"):
            return said("It must say which breast it is; say the side.")
        if facts.view_position not in BREAST_VIEWS:
            return said("It must say the view (CC, MLO …); say it.")
        if not facts.implant:
            return said("It must say whether there is an implant; say it.")
    return ""
