"""What a table of attributes cannot remove: writing in the pixels, documents, faces."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.dicom.read.safe import text, whole, words
from recon.messages import said

CAPTURES = ("1.2.840.10008.5.1.4.1.1.7", "1.2.840.10008.5.1.4.1.1.3", "1.2.840.10008.5.1.4.1.1.6")
"""Secondary captures and ultrasound (with their multi-frame classes, which begin the same)."""
DOCUMENTS = "1.2.840.10008.5.1.4.1.1.104."
HEADS = frozenset(
    {"HEAD", "SKULL", "FACE", "BRAIN", "HEADNECK", "NECK", "SINUS", "ORBIT", "JAW", "MAXILLA", "MANDIBLE"}
)


@dataclass(frozen=True)
class Risk:
    """Something in an object that may show who the patient is.

    Attributes
    ----------
    sentence : str
    grave : bool
        Whether the object is left out unless it is asked for.
    """

    sentence: str
    grave: bool


def risks(dataset: Any) -> tuple[Risk, ...]:
    """What must be looked at before an object is given away.

    Parameters
    ----------
    dataset : Dataset
        As it is stored.
    """
    found: list[Risk] = []
    sop, modality = text(dataset, "SOPClassUID"), text(dataset, "Modality").upper()
    burnt = text(dataset, "BurnedInAnnotation").upper()
    is_image = bool(whole(dataset, "Rows"))
    if sop.startswith(DOCUMENTS):
        found.append(Risk(said("An encapsulated document: its text cannot be checked."), True))
    elif burnt == "YES":
        found.append(Risk(said("It says itself that there is writing in the picture (Burned In Annotation)."), True))
    elif is_image and burnt != "NO" and (sop.startswith(CAPTURES) or modality in ("SC", "OT", "US", "XC", "DOC")):
        found.append(Risk(said("A capture or ultrasound picture: names are often written into its pixels."), True))
    elif is_image and burnt != "NO" and "SECONDARY" in words(dataset, "ImageType"):
        found.append(
            Risk(said("A derived picture; it does not say whether there is writing in it. Look at it."), False)
        )
    if text(dataset, "RecognizableVisualFeatures").upper() == "YES":
        found.append(Risk(said("The patient can be recognised in it (Recognizable Visual Features)."), True))
    elif modality in ("CT", "MR", "PT") and text(dataset, "BodyPartExamined").upper() in HEADS:
        found.append(Risk(said("Sections of a head: the face can be rendered from them."), False))
    return tuple(found)
