"""The storage SOP classes (PS3.4 B.5) by what is done with them."""

from __future__ import annotations

from recon.messages import said

_ROOT = "1.2.840.10008.5.1.4.1.1."

BREAST_PROJECTION = (_ROOT + "13.1.4", _ROOT + "13.1.5")
BREAST_TOMOSYNTHESIS = _ROOT + "13.1.3"
CT = _ROOT + "2"
ENHANCED_SECTIONS = {
    BREAST_TOMOSYNTHESIS: said("Breast tomosynthesis"),
    _ROOT + "13.1.1": said("X-ray 3D angiographic"),
    _ROOT + "13.1.2": said("X-ray 3D craniofacial"),
    _ROOT + "2.1": "CT",
    _ROOT + "2.2": "CT",
    _ROOT + "4.1": "MR",
    _ROOT + "4.4": "MR",
    _ROOT + "130": "PET",
    _ROOT + "128.1": "PET",
}
"""Multi-frame sections whose functional groups say where each lies."""
FRAMES = {
    _ROOT + "7.1": said("Secondary capture"),
    _ROOT + "7.2": said("Secondary capture"),
    _ROOT + "7.3": said("Secondary capture"),
    _ROOT + "7.4": said("Secondary capture"),
    _ROOT + "6.2": said("Ultrasound"),
}
"""Multi-frame images that may be sections: where their functional groups say so."""
SECTIONS = {
    CT: "CT",
    _ROOT + "4": "MR",
    _ROOT + "128": "PET",
}
"""Sections, one a file."""
DX_FOR_PROCESSING = _ROOT + "1.1.1"
RT_IMAGE = _ROOT + "481.1"
SECONDARY_CAPTURE = _ROOT + "7"
PROJECTION_IMAGES = {
    _ROOT + "1": "CR",
    _ROOT + "1.1": "DX",
    DX_FOR_PROCESSING: "DX",
    _ROOT + "1.2": "MG",
    _ROOT + "1.2.1": "MG",
    _ROOT + "1.3": "IO",
    _ROOT + "1.3.1": "IO",
    _ROOT + "12.1": "XA",
    _ROOT + "12.1.1": "XA",
    _ROOT + "12.2": "RF",
    _ROOT + "12.2.1": "RF",
    RT_IMAGE: "RTIMAGE",
    SECONDARY_CAPTURE: said("Secondary capture"),
}
RADIOGRAPHY = frozenset({"CR", "DX", "MG", "IO", "PX", "XA", "RF", "RG", "RTIMAGE"})
"""Modalities whose single images are radiographs (PS3.3 C.7.3.1.1.1)."""
KEY_OBJECTS = _ROOT + "88.59"
STRUCTURED_REPORT = _ROOT + "88."
PRESENTATION_STATE = _ROOT + "11."
ENCAPSULATED = _ROOT + "104."

_SEGMENTATION = (
    said("Segmentation"),
    said("A segmentation marks regions of other images; it is no picture of its own. Open the images it belongs to."),
)
UNSHOWN = {
    _ROOT + "66.4": (
        said("Segmentation"),
        said(
            "A segmentation marks regions of other images and is no picture of its own. Open the images it belongs to."
        ),
    ),
    _ROOT + "66.7": (
        said("Segmentation"),
        said(
            "A segmentation marks regions of other images and is no picture of its own. Open the images it belongs to."
        ),
    ),
    _ROOT + "30": (
        said("Parametric map"),
        said(
            "A map of measured values in floating point, which is not shown here. Ask for an export as MR, CT or "
            "secondary capture."
        ),
    ),
    _ROOT + "481.2": (
        said("Radiotherapy dose"),
        said("A dose distribution belongs to a plan and is not shown here. Open it in the planning system."),
    ),
}
"""What holds pixels that are no image to look at, and what to do instead."""

VIDEO = (
    "1.2.840.10008.1.2.4.100",
    "1.2.840.10008.1.2.4.101",
    "1.2.840.10008.1.2.4.102",
    "1.2.840.10008.1.2.4.103",
    "1.2.840.10008.1.2.4.104",
    "1.2.840.10008.1.2.4.105",
    "1.2.840.10008.1.2.4.106",
    "1.2.840.10008.1.2.4.107",
    "1.2.840.10008.1.2.4.108",
)
"""Transfer syntaxes that are streams of video (MPEG-2, H.264, H.265)."""


def is_video(syntax: str) -> bool:
    """Whether a transfer syntax is a stream of video; its fragmentable variants end in ``.1``."""
    return syntax.removesuffix(".1") in VIDEO


def is_document(sop: str) -> bool:
    """Whether a SOP class holds a document: a report, key images, a presentation, an encapsulated file."""
    return sop.startswith((STRUCTURED_REPORT, PRESENTATION_STATE, ENCAPSULATED))


def class_name(sop: str) -> str:
    """A SOP class in words, without "Storage"."""
    from pydicom.uid import UID

    name = UID(sop).name
    return (
        said("An unknown kind of object") if name == sop else name.replace(" Image Storage", "").replace(" Storage", "")
    )
