"""Structured reports of every kind as a tree of names and values (PS3.3 C.17.3), and key object selections."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from app.dicom.read.classes import KEY_OBJECTS, class_name
from app.dicom.read.documents.dose import dose_summary
from app.dicom.read.documents.model import Document, DocumentKind, Fact, Node, Reference
from app.dicom.read.safe import DicomFile, item, items, number, numbers, text, words
from recon.messages import ending, said

MAX_NODES = 20_000
MAX_DEPTH = 40
DOSE_TITLES = frozenset({("113701", "DCM")})
"""X-Ray Radiation Dose Report, of projection X-ray (TID 10001) and of CT (TID 10011)."""
NOTE = ("113012", "DCM")
COMPLETION = {"COMPLETE": said("complete"), "PARTIAL": said("partial")}
VERIFICATION = {"VERIFIED": said("verified"), "UNVERIFIED": said("not verified")}


@dataclass
class _Walk:
    """What a walk through a content tree has met."""

    series: dict[str, str]
    count: int = 0
    references: list[Reference] = field(default_factory=list)
    cut: bool = False


def read_report(found: DicomFile) -> Document:
    """A structured report, a dose report or a key object selection."""
    dataset = found.dataset
    walk = _Walk(_evidence(dataset))
    root = _node(dataset, walk, 0)
    sop = text(dataset, "SOPClassUID")
    kind: DocumentKind = "key_images" if sop == KEY_OBJECTS else "dose" if root.code in DOSE_TITLES else "report"
    summary: list[Fact] = []
    tables: tuple[Any, ...] = ()
    nodes = root.children
    references: tuple[Reference, ...] = ()
    if kind == "dose":
        told, tables = dose_summary(root)
        summary += told
    if kind == "key_images":
        summary += [(node.name or said("Note"), node.value) for node in nodes if node.code == NOTE and node.value]
        references = tuple(walk.references)
        nodes = tuple(node for node in nodes if node.reference is None and node.code != NOTE)
        count = len(references)
        summary.append((said("Images"), said("{0} image{1}", count, ending(count))))
    notes: list[str] = []
    if walk.cut:
        notes.append(said("The report is very long; what follows the first {0} items is left out.", MAX_NODES))
    return Document(
        kind,
        root.name or class_name(sop),
        found.path,
        facts=report_facts(dataset),
        summary=tuple(summary),
        tables=tuple(tables),
        nodes=nodes,
        references=references,
        notes=tuple(notes),
    )


def report_facts(dataset: Any) -> tuple[Fact, ...]:
    """When, by what, and how final."""
    when = " ".join(filter(None, (_date(text(dataset, "ContentDate")), _time(text(dataset, "ContentTime")))))
    completion = text(dataset, "CompletionFlag").upper()
    verification = text(dataset, "VerificationFlag").upper()
    verifier = item(dataset, "VerifyingObserverSequence")
    names = filter(None, (text(dataset, "Manufacturer"), text(dataset, "ManufacturerModelName")))
    maker = " ".join(dict.fromkeys(names))
    facts = (
        (said("Date"), when),
        (said("State"), COMPLETION.get(completion, completion.lower())),
        (said("Verification"), VERIFICATION.get(verification, verification.lower())),
        (said("Verified by"), _person(text(verifier, "VerifyingObserverName"))),
        (said("Made by"), maker),
        (said("Description"), text(dataset, "SeriesDescription")),
    )
    return tuple((name, found) for name, found in facts if found)


def _evidence(dataset: Any) -> dict[str, str]:
    """The series of each instance that the document refers to (C.17.2.1)."""
    found: dict[str, str] = {}
    for keyword in ("CurrentRequestedProcedureEvidenceSequence", "PertinentOtherEvidenceSequence"):
        for study in items(dataset, keyword):
            for series in items(study, "ReferencedSeriesSequence"):
                uid = text(series, "SeriesInstanceUID")
                for instance in items(series, "ReferencedSOPSequence"):
                    found[text(instance, "ReferencedSOPInstanceUID")] = uid
    return found


# -- items -------------------------------------------------------------------------------------------------------------


def _node(content: Any, walk: _Walk, depth: int) -> Node:
    walk.count += 1
    name = item(content, "ConceptNameCodeSequence")
    shown, amount, unit, reference = _value(content, walk)
    children: tuple[Node, ...] = ()
    inner = items(content, "ContentSequence")
    if inner and (depth >= MAX_DEPTH or walk.count >= MAX_NODES):
        walk.cut = True
    elif inner:
        children = tuple(_children(inner, walk, depth + 1))
    return Node(meaning(name), shown, code_of(name), amount, unit, reference, children)


def _children(inner: list[Any], walk: _Walk, depth: int) -> Iterator[Node]:
    for content in inner:
        if walk.count >= MAX_NODES:
            walk.cut = True
            return
        yield _node(content, walk, depth)


def meaning(code: Any) -> str:
    """A code's meaning, or the code itself."""
    return text(code, "CodeMeaning") or code_of(code)[0]


def code_of(code: Any) -> tuple[str, str]:
    """(value, scheme) of a code; long ones and URNs too."""
    found = text(code, "CodeValue") or text(code, "LongCodeValue") or text(code, "URNCodeValue")
    return found, text(code, "CodingSchemeDesignator")


def _value(content: Any, walk: _Walk) -> tuple[str, float | None, str, Reference | None]:
    """(text, number, unit, reference) of an item by its value type."""
    kind = text(content, "ValueType").upper()
    if kind == "NUM":
        return _measured(content)
    if kind in ("IMAGE", "COMPOSITE", "WAVEFORM"):
        reference = reference_of(item(content, "ReferencedSOPSequence"), walk.series)
        if reference is None:
            return said("a reference that names no object"), None, "", None
        walk.references.append(reference)
        return reference_text(reference), None, "", reference
    elsewhere = numbers(content, "ReferencedContentItemIdentifier")
    if not kind and elsewhere:
        return said("see item {0}", ".".join(f"{place:g}" for place in elsewhere)), None, "", None
    return _plain(content, kind), None, "", None


def _plain(content: Any, kind: str) -> str:
    if kind == "TEXT":
        return text(content, "TextValue")
    if kind == "CODE":
        return meaning(item(content, "ConceptCodeSequence"))
    if kind == "DATETIME":
        found = text(content, "DateTime")
        return " ".join(filter(None, (_date(found[:8]), _time(found[8:]))))
    if kind == "DATE":
        return _date(text(content, "Date"))
    if kind == "TIME":
        return _time(text(content, "Time"))
    if kind == "UIDREF":
        return text(content, "UID")
    if kind == "PNAME":
        return _person(text(content, "PersonName"))
    if kind in ("SCOORD", "SCOORD3D"):
        parts = 2 if kind == "SCOORD" else 3
        points = len(numbers(content, "GraphicData")) // parts
        shape = text(content, "GraphicType").lower()
        where = said("in the image") if kind == "SCOORD" else said("in space")
        return said("{0} {1}, {2} point{3}", shape, where, points, ending(points))
    if kind == "TCOORD":
        return text(content, "TemporalRangeType").lower()
    return ""


def _measured(content: Any) -> tuple[str, float | None, str, None]:
    measured = item(content, "MeasuredValueSequence")
    amount = number(measured, "NumericValue")
    unit = item(measured, "MeasurementUnitsCodeSequence")
    symbol = code_of(unit)[0]
    if amount is None:
        why = meaning(item(content, "NumericValueQualifierCodeSequence"))
        return why or said("no value"), None, "", None
    # As it was written: its digits say how exact it is, unless there are so many that a computer chose them.
    written = words(measured, "NumericValue")
    shown = written[0] if written and len(written[0]) <= LONGEST_NUMBER else f"{amount:.6g}"
    plain = "" if symbol in ("1", "{no units}", "{ratio}", "") else UNITS.get(symbol, symbol)
    between = "" if plain == "°" else " "
    return f"{shown}{between}{plain}".strip(), amount, symbol, None


LONGEST_NUMBER = 10

UNITS = {
    "mm2": "mm²",
    "cm2": "cm²",
    "mm3": "mm³",
    "cm3": "cm³",
    "deg": "°",
    "[hnsf'U]": "HU",
    "[hnsf’U]": "HU",
    "Gy.m2": "Gy·m²",
    "Gym2": "Gy·m²",
    "dGy.cm2": "dGy·cm²",
    "mGy.cm": "mGy·cm",
    "uA.s": "µA·s",
    "mA.s": "mA·s",
    "um": "µm",
    "{pulses}": "",
    "{events}": "",
    "/mm": "1/mm",
}
"""UCUM units as they are commonly written."""


def reference_of(referenced: Any, series: dict[str, str]) -> Reference | None:
    """The object that an item of a Referenced SOP Sequence names."""
    instance = text(referenced, "ReferencedSOPInstanceUID")
    if not instance:
        return None
    frames = tuple(int(frame) for frame in numbers(referenced, "ReferencedFrameNumber") if frame >= 1)
    return Reference(instance, text(referenced, "ReferencedSOPClassUID"), series.get(instance, ""), frames)


def reference_text(reference: Reference) -> str:
    """What kind of object it is, and which frames of it."""
    name = class_name(reference.sop_class) if reference.sop_class else said("an object")
    if not reference.frames:
        return name
    shown = ", ".join(str(frame) for frame in reference.frames[:12]) + (" …" if len(reference.frames) > 12 else "")
    return said("{0}, frame{1} {2}", name, ending(len(reference.frames)), shown)


def _date(found: str) -> str:
    plain = found.replace(".", "").replace("-", "")
    return f"{plain[:4]}-{plain[4:6]}-{plain[6:8]}" if len(plain) >= 8 and plain[:8].isdigit() else found


def _time(found: str) -> str:
    plain = found.replace(":", "")
    if len(plain) < 4 or not plain[:4].isdigit():
        return found
    return f"{plain[:2]}:{plain[2:4]}" + (f":{plain[4:6]}" if plain[4:6].isdigit() else "")


def _person(found: str) -> str:
    """A person's name as it is read: family name first, the parts set apart by commas and blanks."""
    groups = [group for group in found.split("=") if group.strip("^ ")]
    if not groups:
        return ""
    parts = [part.strip() for part in groups[0].split("^")]
    family, rest = parts[0], " ".join(filter(None, parts[1:]))
    return ", ".join(filter(None, (family, rest)))
