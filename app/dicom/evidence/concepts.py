"""The coded concepts of evidence objects: standard ones where the standard has them, this program's own elsewhere.

Codes are those of PS3.16 (DCM) and of the SNOMED CT subset that DICOM may use (SCT); units are UCUM. What no code says
is written in the scheme ``99BOCAGE``, which other programs show by its meaning.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from types import MappingProxyType

from widgets.measurements import KINDS, Scale

Code = tuple[str, str, str]
"""Value, scheme, meaning."""

OWN = "99BOCAGE"
MANUFACTURER = "Bocage"
OWN_IDS = uuid.UUID("6b8f7c1e-2b0a-5c4e-9a53-0d6c6f2f7f10")
"""Names what has no UUID of its own."""

LINE_INTEGRALS = "Line integrals"
"""Begins the explanation of tables over projections, which are shown as such."""

TRACKING_IDENTIFIER: Code = ("112039", "DCM", "Tracking Identifier")
TRACKING_UID: Code = ("112040", "DCM", "Tracking Unique Identifier")
MEASUREMENT_GROUP: Code = ("125007", "DCM", "Measurement Group")
FINDING: Code = ("121071", "DCM", "Finding")
FINDING_SITE: Code = ("363698007", "SCT", "Finding Site")
COMMENT: Code = ("121106", "DCM", "Comment")
IMPRESSION: Code = ("121073", "DCM", "Impression")
SERIES: Code = ("112002", "DCM", "Series Instance UID")
KEY_DESCRIPTION: Code = ("113012", "DCM", "Key Object Description")
PERSON_NAME: Code = ("121008", "DCM", "Person Observer Name")
UPPER: Code = ("371886008", "SCT", "+, range of upper measurement uncertainty")
LOWER: Code = ("371885007", "SCT", "-, range of lower measurement uncertainty")
TOOL: Code = ("tool", OWN, "Kind of annotation")
LABEL: Code = ("label", OWN, "Label")
PICTURE: Code = ("picture", OWN, "Picture made of the series")
MEASURED_BY: Code = ("measurement", OWN, "Measurement of the finding")
SHOWN_BY: Code = ("key-image", OWN, "Key image of the finding")
LOCATION: Code = ("location", OWN, "Location in words")
FOUND: Code = ("finding", OWN, "Finding in words")

QUANTITIES: Mapping[str, Code] = MappingProxyType(
    {
        "length": ("410668003", "SCT", "Length"),
        "distance": ("121206", "DCM", "Distance"),
        "in_plane": ("in-plane", OWN, "Distance within the plane of the slices"),
        "depth": ("in-height", OWN, "Distance across the slices"),
        "long_axis": ("103339001", "SCT", "Long axis"),
        "short_axis": ("103340004", "SCT", "Short axis"),
        "angle": ("1483009", "SCT", "Angle"),
        "cobb": ("285285000", "SCT", "Cobb angle"),
        "ctr": ("ctr", OWN, "Cardiothoracic ratio"),
        "heart": ("heart-width", OWN, "Transverse width of heart"),
        "thorax": ("chest-width", OWN, "Inner width of chest"),
        "width": ("103355008", "SCT", "Width"),
        "height": ("121207", "DCM", "Height"),
        "area": ("42798000", "SCT", "Area"),
        "perimeter": ("131191004", "SCT", "Perimeter"),
        "size": ("81827009", "SCT", "Diameter"),
        "slice_height": ("slice-height", OWN, "Height of the slice above the detector"),
        "n": ("pixels", OWN, "Number of pixels"),
    }
)
"""By the names of `widgets.measurements`."""
DERIVATIONS: Mapping[str, Code] = MappingProxyType(
    {
        "mean": ("373098007", "SCT", "Mean"),
        "sd": ("386136009", "SCT", "Standard Deviation"),
        "min": ("255605001", "SCT", "Minimum"),
        "max": ("56851009", "SCT", "Maximum"),
    }
)
"""Of pixel values."""
PIXEL_VALUES: Mapping[str, Code] = MappingProxyType(
    {
        "HU": ("112031", "DCM", "Attenuation Coefficient"),
        "1/mm": ("110851", "DCM", "X-Ray Attenuation Coefficient"),
    }
)
"""What pixel values are, by their unit."""
PIXEL_VALUE: Code = ("pixel-value", OWN, "Pixel value, arbitrary units")
UNITS: Mapping[str, Code] = MappingProxyType(
    {
        "mm": ("mm", "UCUM", "millimeter"),
        "mm²": ("mm2", "UCUM", "square millimeter"),
        "px": ("{pixels}", "UCUM", "pixels"),
        "px²": ("{pixel2}", "UCUM", "square pixels"),
        "°": ("deg", "UCUM", "degree"),
        "": ("1", "UCUM", "no units"),
        "HU": ("[hnsf'U]", "UCUM", "Hounsfield unit"),
        "1/mm": ("/mm", "UCUM", "per millimeter"),
    }
)
RATIO: Code = ("{ratio}", "UCUM", "ratio")

SCALES: Mapping[str, Code] = MappingProxyType(
    {
        "slice": ("at-slice", OWN, "True at the height of the slice"),
        "slice-assumed": ("at-slice-assumed", OWN, "True at the slice if the assumed geometry is right"),
        "detector": ("at-detector", OWN, "At the detector; shorter in the patient"),
        "magnified": ("stated-magnified", OWN, "In the patient by the magnification the file states"),
        "calibrated": ("stated-calibr", OWN, "Calibrated, as the file states"),
        "marker": ("by-marker", OWN, "Calibrated by a marker that the reader drew"),
        "unknown": ("no-scale", OWN, "Pixels; no scale is known"),
    }
)
"""Measurement methods: what lengths are true for."""

FINDINGS: Mapping[str, Code] = MappingProxyType(
    {
        "nodule": ("27925004", "SCT", "Nodule"),
        "mass": ("4147007", "SCT", "Mass"),
        "cyst": ("367643001", "SCT", "Cyst"),
        "pneumothorax": ("36118008", "SCT", "Pneumothorax"),
        "pleural effusion": ("60046008", "SCT", "Pleural effusion"),
        "foreign body": ("19227008", "SCT", "Foreign body"),
        "calcification cluster": ("129769006", "SCT", "Calcification Cluster"),
    }
)
"""Findings in one word that have a code; longer texts stay texts."""
SITES: Mapping[str, Code] = MappingProxyType(
    {
        "upper lobe": ("45653009", "SCT", "Upper lobe of lung"),
        "lower lobe": ("90572001", "SCT", "Lower lobe of lung"),
        "middle lobe": ("72481006", "SCT", "Middle lobe of right lung"),
        "lung": ("39607008", "SCT", "Lung"),
        "mediastinum": ("72410000", "SCT", "Mediastinum"),
        "heart": ("80891009", "SCT", "Heart"),
        "rib": ("113197003", "SCT", "Rib"),
        "clavicle": ("51299004", "SCT", "Clavicle"),
        "spine": ("421060004", "SCT", "Spine"),
        "breast": ("76752008", "SCT", "Breast"),
        "hip": ("29836001", "SCT", "Hip"),
        "knee": ("72696002", "SCT", "Knee"),
        "scaphoid": ("30518006", "SCT", "Scaphoid"),
    }
)
PROCEDURE: Code = ("168537006", "SCT", "Plain radiography")
TOMOSYNTHESIS: Code = ("tomosynthesis", OWN, "Digital tomosynthesis")


def unit_code(unit: str, name: str = "") -> Code:
    """The UCUM code of a unit of ours (of ratios by the quantity's name)."""
    if name == "ctr":
        return RATIO
    return UNITS.get(unit, (unit[:16], "UCUM", unit[:64]))


def scale_code(scale: Scale) -> Code:
    """The measurement method that says what lengths are true for."""
    return SCALES["slice-assumed" if scale.kind == "slice" and scale.assumed else scale.kind]


def kind_code(kind: str) -> Code:
    """A kind of measurement in the program's own scheme."""
    return (kind, OWN, KINDS[kind].title if kind in KINDS else kind)


def word_code(text: str, table: Mapping[str, Code]) -> Code | None:
    """The code of a text that is just a word of a table."""
    return table.get(" ".join(text.lower().split()))


# -- identities ----------------------------------------------------------------------------------------------------


def uid_of(identity: str) -> str:
    """The UID of something with an id of ours: its UUID under 2.25 (PS3.5 B.2), or one that is made of the id."""
    return f"2.25.{(_uuid(identity) or uuid.uuid5(OWN_IDS, identity)).int}"


def identity_of(uid: str, otherwise: str = "") -> str:
    """The id of something with a UID: the UUID under 2.25, else one that is the same each time for the UID."""
    head, _, number = uid.rpartition("2.25.")
    if not head and number.isascii() and number.isdecimal() and len(number) <= 39 and int(number) < 1 << 128:
        return uuid.UUID(int=int(number)).hex
    return uuid.uuid5(OWN_IDS, uid or otherwise).hex


def same_identity(identity: str) -> str:
    """The id as it comes back from DICOM: itself when it is a UUID."""
    return identity_of(uid_of(identity))


def _uuid(identity: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(identity)
    except ValueError:
        return None
