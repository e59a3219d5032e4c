"""Numbers of measurements as text. No Qt."""

from __future__ import annotations

import math

from widgets.measurements.spec import Value
from widgets.measurements.words import tr

DASH = "–"


def digits_of(value: Value) -> int:
    """Decimals that suit a value: no more than its uncertainty bears out."""
    if value.unit == "px":
        return 0
    if value.unit.endswith("²"):
        return 1 if abs(value.value) < 100 and value.unit != "px²" else 0
    if value.unit == "":
        return 2
    small = value.uncertainty is not None and 0 < value.uncertainty < 0.05
    return 2 if value.unit == "mm" and small else 1


def bare(value: Value) -> str:
    """The number alone."""
    return DASH if math.isnan(value.value) else f"{value.value:.{digits_of(value)}f}"


def plus_minus(value: Value) -> str:
    """Write "34.2 ± 0.4"; the number alone where no uncertainty is known."""
    if value.uncertainty is None or math.isnan(value.value):
        return bare(value)
    step = 10.0 ** -digits_of(value)
    # Rounded up: an uncertainty is never written smaller than it is, nor as nothing.
    shown = max(step, math.ceil(value.uncertainty / step - 0.05) * step)
    return f"{bare(value)} ± {shown:.{digits_of(value)}f}"


def joined(*parts: str) -> str:
    """Parts of a line with spaces, without the empty ones."""
    return " ".join(part for part in parts if part)


def number(value: Value) -> str:
    """The number with ± and unit: "34.2 ± 0.4 mm", "87.3 ± 0.6°"."""
    if value.unit == "°":
        return DASH if math.isnan(value.value) else f"{plus_minus(value)}°"
    return joined(plus_minus(value), value.unit)


def pixel_value(value: float, unit: str) -> str:
    """A pixel value with digits that suit its unit, without it."""
    if math.isnan(value):
        return DASH
    if unit == "HU":
        return f"{value:.0f}"
    if unit == "1/mm":
        return f"{value:.4f}"
    digits = 0 if abs(value) >= 1000 else 1 if abs(value) >= 100 else 3
    return f"{value:.{digits}f}"


def pixel_unit(unit: str) -> str:
    """The unit of pixel values as it is written behind them."""
    return {"1/mm": "/mm"}.get(unit, unit)


def mean_line(mean: float, deviation: float, unit: str) -> str:
    """Write "mean 341  SD 12 HU"."""
    return joined(tr("mean {0}  SD {1}", pixel_value(mean, unit), pixel_value(deviation, unit)), pixel_unit(unit))


def range_line(least: float, most: float, count: int, unit: str) -> str:
    """Write "min 301  max 380  n 512"."""
    return tr("min {0}  max {1}  n {2}", pixel_value(least, unit), pixel_value(most, unit), count)
