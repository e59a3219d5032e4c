"""Kinds that point at something: probe, arrow, text, and the marker of a calibration. No Qt."""

from __future__ import annotations

from collections.abc import Mapping

from recon.messages import mark
from widgets.measurements.plane import Points, path_length
from widgets.measurements.scale import Scale
from widgets.measurements.spec import Heights, Kind, Quantity, Stroke, Value
from widgets.measurements.text import joined, number
from widgets.measurements.words import tr
from widgets.viewport_types import Tool


def _at(_values: Mapping[str, Value], scale: Scale) -> tuple[str, ...]:
    return (scale.label,) if scale.kind == "slice" and scale.label else ()


def _marker(points: Points, _heights: Heights) -> tuple[Quantity, ...]:
    return (Quantity("length", mark("Marker"), "length", path_length(points)),)


def _marker_line(values: Mapping[str, Value], scale: Scale) -> tuple[str, ...]:
    if scale.kind != "marker":
        return (joined(number(values["length"]), scale.label),)
    return (tr("Marker {0} mm", f"{scale.marker_mm:g}"),)


KINDS = (
    Kind(
        "probe",
        mark("Probe"),
        Tool.PROBE,
        "probe",
        1,
        lambda points: (Stroke(points, ends="dot"),),
        lines=_at,
        tip=mark("The value of one pixel"),
        steps=(mark("Click a point"),),
        samples="point",
    ),
    Kind(
        "arrow",
        mark("Arrow"),
        Tool.ARROW,
        "arrow",
        2,
        lambda points: (Stroke(points, ends="arrow"),),
        tip=mark("Point at something: press there, drag to where the text shall stand"),
        shortcuts=("Q",),
        steps=(mark("Press at what the arrow points at"), mark("Release where the text shall stand")),
        labelled=True,
        anchor=lambda points: points[1],
    ),
    Kind(
        "text",
        mark("Text"),
        Tool.TEXT,
        "text",
        1,
        lambda points: (Stroke(points),),
        tip=mark("Write on the picture"),
        steps=(mark("Click where the text shall stand"),),
        labelled=True,
    ),
    Kind(
        "marker",
        mark("Calibrate"),
        Tool.CALIBRATE,
        "calibrate",
        2,
        lambda points: (Stroke(points, ends="ticks"),),
        _marker,
        _marker_line,
        mark("Give a radiograph its scale: draw a line across a marker of known size"),
        steps=(mark("Press at one edge of the marker"), mark("Release at the opposite edge")),
    ),
)
