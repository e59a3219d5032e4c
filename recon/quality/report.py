"""What was measured: numbers with their definitions, curves, and tables of them."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from recon.quality.readings import Doubles


@dataclass(frozen=True)
class Metric:
    """One number.

    Attributes
    ----------
    key : str
        In files.
    title : str
    value : float
        Infinite where a width or frequency lies beyond what was measured.
    unit : str
    definition : str
        In few words.
    """

    key: str
    title: str
    value: float
    unit: str
    definition: str
    image_unit: bool = False

    @property
    def text(self) -> str:
        """The value in three digits."""
        return number_text(self.value)


@dataclass(frozen=True, eq=False)
class Curve:
    """A named line of points.

    Attributes
    ----------
    x, y : ndarray of float64, shape (k,)
    """

    title: str
    x: Doubles
    y: Doubles


@dataclass(frozen=True, eq=False)
class QualityReport:
    """One algorithm on one geometry.

    Attributes
    ----------
    title : str
        The algorithm.
    settings : mapping of str to a value
        Its parameters.
    unit : str
        Of the reconstructed values.
    conditions : mapping of str to a value
        Geometry, height, thickness, dose.
    metrics : tuple of Metric
    depth, mtf, nps : tuple of Curve
        Signal over distance from the object's plane (mm); share over cycles per mm; unit² mm² over cycles per mm.
    """

    title: str
    settings: dict[str, Any]
    unit: str
    conditions: dict[str, Any]
    metrics: tuple[Metric, ...]
    depth: tuple[Curve, ...]
    mtf: tuple[Curve, ...]
    nps: tuple[Curve, ...]

    def __getitem__(self, key: str) -> float:
        """The value of a metric."""
        return next(metric.value for metric in self.metrics if metric.key == key)

    def to_json(self) -> dict[str, Any]:
        """Plain numbers and texts; what lies beyond the range is null."""
        return {
            "algorithm": self.title,
            "settings": self.settings,
            "unit": self.unit,
            "conditions": self.conditions,
            "metrics": {
                metric.key: {
                    "value": _finite(metric.value, 5),
                    "unit": metric.unit,
                    "title": metric.title,
                    "definition": metric.definition,
                }
                for metric in self.metrics
            },
            "curves": {
                kind: {
                    curve.title: {"x": [_finite(x, 5) for x in curve.x], "y": [_finite(y, 4) for y in curve.y]}
                    for curve in curves
                }
                for kind, curves in (("depth", self.depth), ("mtf", self.mtf), ("nps", self.nps))
            },
        }


def _finite(value: float, digits: int) -> float | None:
    return float(f"{value:.{digits}g}") if math.isfinite(value) else None


def number_text(value: float) -> str:
    """Three digits, without powers of ten for usual sizes; a word for what lies beyond the range."""
    if math.isinf(value):
        return "beyond"
    if math.isnan(value):
        return "–"
    if value == 0 or 1e-3 <= abs(value) < 1e5:
        decimals = max(0, 2 - (0 if value == 0 else math.floor(math.log10(abs(value)))))
        return f"{value:.{min(decimals, 5)}f}"
    return f"{value:.2e}"


def aligned(rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> str:
    """A table for the terminal, its first row the heading; columns `right` are aligned right."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [
        "  ".join(
            cell.rjust(width) if column in right else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
    return "\n".join([lines[0], "  ".join("─" * width for width in widths), *lines[1:]])


def markdown(rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> str:
    """The same table in Markdown."""
    rule = ["---:" if column in right else "---" for column in range(len(rows[0]))]
    escaped = [[cell.replace("|", "\\|") for cell in row] for row in rows]
    return "\n".join("| " + " | ".join(row) + " |" for row in (escaped[0], rule, *escaped[1:]))


def single_rows(report: QualityReport) -> list[list[str]]:
    """Rows for one algorithm: metric, value, unit, definition."""
    head = ["Metric", "Value", "Unit", "Definition"]
    return [head, *([metric.title, metric.text, metric.unit, metric.definition] for metric in report.metrics)]


def comparison_rows(reports: Sequence[QualityReport]) -> list[list[str]]:
    """Rows for several algorithms on the same views: a column for each; what one has not measured is a dash.

    Metrics whose unit is the images' own are left out where the algorithms' units differ.
    """
    units = {report.unit for report in reports}
    rows = [["Metric", "Unit", *(report.title for report in reports)]]
    order: dict[str, Metric] = {}
    for report in reports:
        for metric in report.metrics:
            order.setdefault(metric.key, metric)
    for key, metric in order.items():
        if len(units) > 1 and metric.image_unit:
            continue
        values = [next((item.text for item in report.metrics if item.key == key), "–") for report in reports]
        rows.append([metric.title, metric.unit, *values])
    return rows


def definition_rows(reports: Sequence[QualityReport]) -> list[list[str]]:
    """Rows of metrics and what they are."""
    known = {metric.title: metric.definition for report in reports for metric in report.metrics}
    return [["Metric", "Definition"], *([title, text] for title, text in known.items())]


def json_text(reports: Sequence[QualityReport]) -> str:
    """All reports as one JSON document."""
    return json.dumps(
        {"format": "bocage-quality", "version": 1, "reports": [report.to_json() for report in reports]},
        indent=1,
        ensure_ascii=False,
    )
