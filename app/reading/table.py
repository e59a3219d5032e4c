"""The measurements of a study as a table, for the screen and for other programs (CSV). No Qt."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from recon.regions import Statistics
from widgets.measurements import Measurement, Scale
from widgets.measurements.model import columns
from widgets.measurements.spec import Value

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""Texts that begin so are run as formulas by spreadsheets."""


@dataclass(frozen=True)
class Row:
    """One measurement with what is needed to write it.

    Attributes
    ----------
    uid : str
        Of the picture.
    picture : str
        What the picture is called.
    measurement : Measurement
    scale : Scale
        Of the picture at the measurement's height.
    """

    uid: str
    picture: str
    measurement: Measurement
    scale: Scale


def csv_text(rows: Sequence[Row], statistics: Mapping[str, Statistics], said: Callable[[str], str] = str) -> str:
    """The table as CSV (RFC 4180): one line a measurement, a column for each value and unit.

    Numbers have a decimal point and all their digits whatever the language; what is not known is left empty.
    Uncertainties are half widths of intervals of about 95 % (`widgets.measurements.scale`).

    Parameters
    ----------
    statistics : mapping of str to Statistics
        By the id of the measurement; those without are written without.
    said : callable
        Says the noun of a kind.
    """
    found = [{_key(value): value for value in columns(r.measurement, r.scale, _of(r, statistics))} for r in rows]
    keys = list(dict.fromkeys(key for values in found for key in values))
    uncertain = {key for values in found for key, value in values.items() if value.uncertainty is not None}
    header = ["picture", "kind", "label", "note", "height (mm)"]
    for key in keys:
        header.append(_title(*key))
        if key in uncertain:
            header.append(_title(f"{key[0]} uncertainty 95 %", key[1]))
    header += ["calibration", "caution"]
    target = io.StringIO()
    writer = csv.writer(target)
    writer.writerow(header)
    for row, values in zip(rows, found, strict=True):
        item = row.measurement
        cells = [_text(row.picture), _text(said(item.spec.noun)), _text(item.label), _text(item.note)]
        cells.append(_number(item.height_mm))
        for key in keys:
            value = values.get(key)
            cells.append(_number(value.value if value is not None else None))
            if key in uncertain:
                cells.append(_number(value.uncertainty if value is not None else None))
        writer.writerow([*cells, row.scale.kind, _text(row.scale.caution)])
    return target.getvalue()


def _of(row: Row, statistics: Mapping[str, Statistics]) -> Statistics | None:
    return statistics.get(row.measurement.id)


def _key(value: Value) -> tuple[str, str]:
    return (value.name, value.unit)


def _title(name: str, unit: str) -> str:
    return f"{name} ({unit})" if unit else name


def _number(value: float | None) -> str:
    return "" if value is None or not math.isfinite(value) else f"{value:.9g}"


def _text(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text
