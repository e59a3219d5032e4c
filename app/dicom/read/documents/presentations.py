"""Presentation states: what they would apply, in words (PS3.3 A.33)."""

from __future__ import annotations

from typing import Any

from app.dicom.read.classes import class_name
from app.dicom.read.documents.model import Document, Fact, Node, Reference
from app.dicom.read.documents.reports import reference_of, report_facts
from app.dicom.read.safe import DicomFile, items, number, numbers, text, whole, words
from recon.messages import ending, said

SIZES = {
    "SCALE TO FIT": said("fitted to the viewport"),
    "TRUE SIZE": said("life size"),
    "MAGNIFY": said("magnified"),
}


def read_presentation(found: DicomFile) -> Document:
    """A presentation state in words: grey levels, the way round, the part shown, what is drawn."""
    dataset = found.dataset
    references = _references(dataset)
    applied: list[Fact] = [*_greys(dataset), *_space(dataset), *_area(dataset), *_shutter(dataset)]
    count = len(references)
    applied.append((said("Applies to"), said("{0} image{1}", count, ending(count))))
    title = (
        text(dataset, "ContentDescription") or text(dataset, "ContentLabel") or class_name(text(dataset, "SOPClassUID"))
    )
    return Document(
        "presentation",
        title,
        found.path,
        facts=(*report_facts(dataset), *_made(dataset)),
        summary=tuple(applied),
        nodes=_graphics(dataset),
        references=references,
    )


def _made(dataset: Any) -> tuple[Fact, ...]:
    facts = (
        (said("Kind"), class_name(text(dataset, "SOPClassUID"))),
        (said("Label"), text(dataset, "ContentLabel")),
    )
    return tuple(fact for fact in facts if fact[1])


def _references(dataset: Any) -> tuple[Reference, ...]:
    found = []
    for series in items(dataset, "ReferencedSeriesSequence"):
        uid = text(series, "SeriesInstanceUID")
        for image in items(series, "ReferencedImageSequence"):
            reference = reference_of(image, {text(image, "ReferencedSOPInstanceUID"): uid})
            if reference is not None:
                found.append(reference)
    return tuple(found)


def _greys(dataset: Any) -> list[Fact]:
    facts: list[Fact] = []
    for voi in items(dataset, "SoftcopyVOILUTSequence"):
        centres, widths = numbers(voi, "WindowCenter"), numbers(voi, "WindowWidth")
        names = words(voi, "WindowCenterWidthExplanation")
        function = text(voi, "VOILUTFunction").lower().replace("_", " ")
        for index, (centre, width) in enumerate(zip(centres, widths, strict=False)):
            shown = said("width {0:g}, centre {1:g}", width, centre)
            extra = ", ".join(filter(None, (function, names[index] if index < len(names) else "")))
            facts.append((said("Window"), f"{shown} ({extra})" if extra else shown))
        tables = (text(table, "LUTExplanation") for table in items(voi, "VOILUTSequence"))
        facts += [(said("Window"), explained or said("table from the file")) for explained in tables]
    shape = text(dataset, "PresentationLUTShape").upper()
    if shape == "INVERSE":
        facts.append((said("Greys"), said("inverted")))
    elif items(dataset, "PresentationLUTSequence"):
        facts.append((said("Greys"), said("table from the file")))
    return facts


def _space(dataset: Any) -> list[Fact]:
    rotation = whole(dataset, "ImageRotation") or 0
    flipped = text(dataset, "ImageHorizontalFlip").upper() == "Y"
    parts = [said("turned by {0}°", rotation)] if rotation else []
    parts += [said("left and right exchanged")] if flipped else []
    return [(said("Way round"), ", ".join(parts))] if parts else []


def _area(dataset: Any) -> list[Fact]:
    facts: list[Fact] = []
    for area in items(dataset, "DisplayedAreaSelectionSequence"):
        mode = text(area, "PresentationSizeMode").upper()
        shown = SIZES.get(mode, mode.lower())
        factor = number(area, "PresentationPixelMagnificationRatio", 0.0)
        if mode == "MAGNIFY" and factor:
            shown = said("magnified {0:g} times", factor)
        corners = (
            *numbers(area, "DisplayedAreaTopLeftHandCorner"),
            *numbers(area, "DisplayedAreaBottomRightHandCorner"),
        )
        if len(corners) == 4:
            left, top, right, bottom = (int(part) for part in corners)
            shown = said("{0}; columns {1} to {2}, rows {3} to {4}", shown, left, right, top, bottom)
        facts.append((said("Part shown"), shown))
    return list(dict.fromkeys(facts))


def _shutter(dataset: Any) -> list[Fact]:
    shapes = words(dataset, "ShutterShape")
    return [(said("Shutter"), ", ".join(shape.lower() for shape in shapes))] if shapes else []


def _graphics(dataset: Any) -> tuple[Node, ...]:
    """What is drawn, by layer."""
    layers: dict[str, list[Node]] = {}
    for annotation in items(dataset, "GraphicAnnotationSequence"):
        layer = text(annotation, "GraphicLayer") or said("Graphics")
        inside = layers.setdefault(layer, [])
        for note in items(annotation, "TextObjectSequence"):
            inside.append(Node(said("Text"), text(note, "UnformattedTextValue")))
        for graphic in items(annotation, "GraphicObjectSequence"):
            points = whole(graphic, "NumberOfGraphicPoints") or 0
            shape = text(graphic, "GraphicType").lower()
            inside.append(Node(shape or said("Graphic"), said("{0} point{1}", points, ending(points))))
    return tuple(Node(said("Layer {0}", name), children=tuple(nodes)) for name, nodes in layers.items())
