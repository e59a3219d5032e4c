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
    "SPINE": ("421060004", "Spine"),
    "CSPINE": ("122494005", "Cervical spine"),
    "TSPINE": ("122495006", "Thoracic spine"),
    "LSPINE": ("122496007", "Lumbar spine"),
    "SSPINE": ("54735007", "Sacrum"),
    "SACRUM": ("54735007", "Sacrum"),
    "COCCYX": ("64688005", "Coccyx"),
    "STERNUM": ("56873002", "Sternum"),
    "RIB": ("113197003", "Rib"),
    "CLAVICLE": ("51299004", "Clavicle"),
    "SCAPULA": ("79601000", "Scapula"),
    "HUMERUS": ("85050009", "Humerus"),
    "FOREARM": ("14975008", "Forearm"),
    "RADIUS": ("62413002", "Radius"),
    "ULNA": ("23416004", "Ulna"),
    "FINGER": ("7569003", "Finger"),
    "THUMB": ("76505004", "Thumb"),
    "THIGH": ("68367000", "Thigh"),
    "FEMUR": ("71341001", "Femur"),
    "PATELLA": ("64234005", "Patella"),
    "LEG": ("30021000", "Leg"),
    "TIBIA": ("12611008", "Tibia"),
    "FIBULA": ("87342007", "Fibula"),
    "CALCANEUS": ("80144004", "Calcaneus"),
    "TOE": ("29707007", "Toe"),
    "JAW": ("661005", "Jaw region"),
    "MAXILLA": ("70925003", "Maxilla"),
    "EXTREMITY": ("66019005", "Extremity"),
    "BREAST": ("76752008", "Breast"),
}
_VIEWS = {"PA": ("399348003", "postero-anterior"), "AP": ("399067008", "antero-posterior")}
_WHOLE_BODY = ("38266002", "Entire body")


def region(facts: StudyFacts) -> Dataset | None:
    """The anatomic region, where there is a body part; one that the table lacks is a code of our own."""
    part = facts.body_part
    if not part:
        return None
    found = _REGIONS.get(part.upper())
    # Nobody may leave the region out who says the body part (PS3.3 C.8.11.2).
    return code(part, part.capitalize(), scheme="99BOCAGE") if found is None else code(*found)


def region_or_body(facts: StudyFacts) -> Dataset:
    """The anatomic region, or the body where none is named: enhanced objects may not leave it out."""
    return region(facts) or code(*_WHOLE_BODY)


def view(facts: StudyFacts) -> Dataset | None:
    """The view's code, where it is known."""
    found = (BREAST_VIEWS if facts.is_breast else _VIEWS).get(facts.view_position)
    return None if found is None else code(*found)
