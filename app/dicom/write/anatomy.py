"""Body parts, sides and views as codes."""

from __future__ import annotations

from pydicom.dataset import Dataset

from app.dicom.write.facts import BREAST_VIEWS, StudyFacts
from app.dicom.write.series import code

# Body Part Examined to Anatomic Region (PS3.16 annex L), only those that need no laterality to be sensible.
_REGIONS = {
    "CHEST": ("51185008", "Thorax"),
    "ABDOMEN": ("818983003", "Abdomen"),
    "HEAD": ("69536005", "Head"),
    "SKULL": ("89546000", "Skull"),
    "NECK": ("45048000", "Neck"),
    "PELVIS": ("816092008", "Pelvis"),
    "HIP": ("29836001", "Hip"),
    "KNEE": ("72696002", "Knee"),
    "HAND": ("85562004", "Hand"),
    "WRIST": ("8205005", "Wrist"),
    "FOOT": ("56459004", "Foot"),
    "ANKLE": ("70258002", "Ankle joint"),
    "SHOULDER": ("16982005", "Shoulder"),
    "ELBOW": ("127949000", "Elbow"),
    "BREAST": ("76752008", "Breast"),
}
_VIEWS = {"PA": ("399348003", "postero-anterior"), "AP": ("399067008", "antero-posterior")}
_WHOLE_BODY = ("38266002", "Entire body")


def region(facts: StudyFacts) -> Dataset | None:
    """The anatomic region, where the body part names one."""
    found = _REGIONS.get(facts.body_part.upper())
    return None if found is None else code(*found)


def region_or_body(facts: StudyFacts) -> Dataset:
    """The anatomic region, or the body where none is named: enhanced objects may not leave it out."""
    return region(facts) or code(*_WHOLE_BODY)


def view(facts: StudyFacts) -> Dataset | None:
    """The view's code, where it is known."""
    found = (BREAST_VIEWS if facts.is_breast else _VIEWS).get(facts.view_position)
    return None if found is None else code(*found)
