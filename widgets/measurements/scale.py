"""What the millimetres of a picture are true for, and how well: the one model of uncertainty of all measurements.

The model (GUM, JCGM 100:2008, first-order propagation)
-------------------------------------------------------
A value f of points p1 … pn has the standard uncertainty u with

    u² = Σi (∂f/∂xi · ux)² + (∂f/∂yi · uy)² + (∂f/∂zi · uz)²  +  (k · r · f)²

* ux, uy: half a pixel of the source at the measurement's height, for each coordinate of each point, independent of each
  other. Sampling alone would give pixel/√12; half a pixel leaves room for the hand.
* uz: of heights (3-D distances only), from the slab: a point lies somewhere within it, so thickness/√12, with the
  effective thickness where it is known and the nominal otherwise, and never less than the interval's.
* r: relative standard uncertainty of the scale, common to all points; k is 1 for lengths, 2 for areas, and 0 for angles
  and ratios. It is, for

  - slices computed from projections: uz/(SID - height), as the magnification belongs to a height that is known to uz
    only, combined with `ASSUMED_SCALE` where the geometry was assumed (a preset, or typed) instead of read;
  - stored slices and CT, and radiographs with a stated scale: 0, the statement is taken as it is;
  - radiographs calibrated by a marker: that of the marker's drawn size, by the same model: √2 · pixel/2 / drawn size.

What is shown after "±" is 2u, an interval of about 95 %.

Not in it: unsharpness and where the reader takes an edge to be, movement, geometry read from the data but wrong, a
marker that does not lie in the plane of what is measured, and for radiographs without a marker the magnification:
lengths in the patient are *shorter* than at the detector, by the unknown factor 1 - height/SID. That is no scatter, so
it is said in words (`Scale.explanation`) and not in the ±.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from widgets.measurements.plane import Points
from widgets.measurements.spec import Dimension, Heights, Quantities, Value
from widgets.measurements.words import tr

ScaleKind = Literal["slice", "detector", "magnified", "calibrated", "marker", "unknown"]
COVERAGE = 2.0
"""Shown uncertainties are this many standard uncertainties."""
ASSUMED_SCALE = 0.01
"""Relative standard uncertainty of a scale that follows from an assumed geometry (10 mm in a SID of 1 m)."""
_POWER: dict[Dimension, int] = {"length": 1, "area": 2, "angle": 0, "ratio": 0}


@dataclass(frozen=True)
class Scale:
    """What lengths in a picture mean at the height that is shown.

    Attributes
    ----------
    kind : "slice", "detector", "magnified", "calibrated", "marker" or "unknown"
        A slice's own plane; the detector's plane; the patient by a magnification stated in the file; an object by a
        calibration stated in the file; a marker that the reader drew; nothing (values are pixels).
    factor : float
        True millimetres for one of the picture's own.
    pixel_mm : (dx, dy)
        The source's own pixel, in the picture's own millimetres; 0 where it does not matter: no uncertainty is shown.
    relative : float
        Relative standard uncertainty of the scale.
    height_mm : float or None
        Of the plane; None for radiographs.
    height_error_mm : float
        Standard uncertainty of heights.
    assumed : bool
        The geometry was assumed, not read from the data.
    marker_mm : float
        Known size of the marker.
    shorter : float or None
        By which part lengths in the patient may be shorter than written, at `shorter_at_mm` above the detector; None
        where the distances are unknown.
    shorter_at_mm : float
    """

    kind: ScaleKind = "slice"
    factor: float = 1.0
    pixel_mm: tuple[float, float] = (0.0, 0.0)
    relative: float = 0.0
    height_mm: float | None = None
    height_error_mm: float = 0.0
    assumed: bool = False
    marker_mm: float = 0.0
    shorter: float | None = None
    shorter_at_mm: float = 0.0

    @property
    def unit(self) -> str:
        """Unit of lengths: "mm", or "px" where nothing gives a scale."""
        return "px" if self.kind == "unknown" else "mm"

    @property
    def label(self) -> str:
        """What stands behind every length."""
        if self.kind == "slice":
            return tr("at {0} mm", f"{round(self.height_mm, 1):g}") if self.height_mm is not None else ""
        if self.kind == "marker":
            return tr("calibrated (marker {0} mm)", f"{self.marker_mm:g}")
        return self.bar_label

    @property
    def bar_label(self) -> str:
        """What stands at the scale bar; nothing for slices, whose height stands in a corner."""
        if self.kind == "detector":
            return tr("at detector")
        if self.kind == "magnified":
            return tr("in patient (stated magnification)")
        if self.kind == "calibrated":
            return tr("calibrated (stated in the file)")
        if self.kind == "marker":
            percent = f"{100 * COVERAGE * self.relative:.1f}"
            return tr("calibrated (marker {0} mm) ± {1} %", f"{self.marker_mm:g}", percent)
        return ""

    @property
    def caution(self) -> str:
        """What must be known besides the label, in few words; "" where there is nothing."""
        if self.kind == "detector":
            if self.shorter is None:
                return tr("magnification unknown: shorter in the patient")
            return tr("in the patient up to {0} % shorter", f"{100 * self.shorter:.0f}")
        if self.kind == "slice" and self.assumed:
            return tr("if the assumed geometry is right")
        return tr("in the marker's plane") if self.kind == "marker" else ""

    @property
    def explanation(self) -> str:
        """What a reader must know of the scale, in one or two sentences."""
        if self.kind == "unknown":
            return tr("Nothing gives a scale: lengths are in pixels.")
        if self.kind == "detector":
            if self.shorter is None:
                return tr("Lengths are at the detector. The magnification is unknown: in the patient they are shorter.")
            return tr(
                "Lengths are at the detector. In the patient they are shorter: by up to {0} % at {1} mm above it.",
                f"{100 * self.shorter:.0f}",
                f"{self.shorter_at_mm:.0f}",
            )
        if self.kind == "magnified":
            return tr("Lengths are in the patient, by the magnification that the file states.")
        if self.kind == "calibrated":
            return tr("Lengths follow a calibration that the file states; its uncertainty is not known.")
        if self.kind == "marker":
            return tr("Lengths are true in the plane of the marker of {0} mm only.", f"{self.marker_mm:g}")
        if self.assumed:
            return tr("Lengths are true at the slice's height, if the assumed geometry is right.")
        return tr("Lengths are true at the slice's height.")


def marker_relative(drawn_mm: float, pixel_mm: float) -> float:
    """Relative standard uncertainty of the size of a marker that was drawn with two ends."""
    return math.sqrt(2.0) * 0.5 * pixel_mm / drawn_mm if drawn_mm > 0 else math.nan


def height_error(thickness_mm: float, interval_mm: float = 0.0) -> float:
    """Standard uncertainty of the height of a point that is seen in a slab."""
    return max(thickness_mm, interval_mm, 0.0) / math.sqrt(12.0)


def slice_relative(height_error_mm: float, source_to_slice_mm: float | None, *, assumed: bool) -> float:
    """Relative standard uncertainty of lengths in a slice computed from projections."""
    depth = height_error_mm / source_to_slice_mm if source_to_slice_mm else 0.0
    return math.hypot(depth, ASSUMED_SCALE if assumed else 0.0)


def scaled_values(points: Points, heights: Heights, quantities: Quantities, scale: Scale) -> tuple[Value, ...]:
    """Values with their units and uncertainties."""
    found = quantities(points, heights)
    if scale.factor != 1.0 and heights:
        # Only slices have heights, and these are never calibrated by hand: nothing else may mix the two.
        raise ValueError("A scale factor does not apply to measurements with heights.")
    spread = _variances(points, heights, quantities, scale)
    values = []
    for quantity, variance in zip(found, spread, strict=True):
        power = _POWER[quantity.dimension]
        factor = scale.factor**power
        value = quantity.value * factor
        shown = None
        if min(scale.pixel_mm) > 0 and not math.isnan(value):
            shown = COVERAGE * math.hypot(factor * math.sqrt(variance), power * scale.relative * value)
        values.append(Value(quantity.name, quantity.title, value, _unit(quantity.dimension, scale), shown))
    return tuple(values)


def _unit(dimension: Dimension, scale: Scale) -> str:
    return {"length": scale.unit, "area": f"{scale.unit}²", "angle": "°", "ratio": ""}[dimension]


def _variances(points: Points, heights: Heights, quantities: Quantities, scale: Scale) -> list[float]:
    """Squared standard uncertainty of each quantity from the placing of the points, in own millimetres."""
    ux, uy = 0.5 * scale.pixel_mm[0], 0.5 * scale.pixel_mm[1]
    found = quantities(points, heights)
    if ux <= 0 or uy <= 0:
        return [0.0] * len(found)
    if all(quantity.gradient is not None for quantity in found):
        return [sum((gx * ux) ** 2 + (gy * uy) ** 2 for gx, gy in quantity.gradient or ()) for quantity in found]
    sums = [0.0] * len(found)

    def add(above: tuple[Points, Heights], below: tuple[Points, Heights]) -> None:
        # A central difference over ± one standard uncertainty is the gradient times it, also where f bends.
        for index, (a, b) in enumerate(zip(quantities(*above), quantities(*below), strict=True)):
            change = 0.5 * (a.value - b.value)
            sums[index] += change * change if not math.isnan(change) else 0.0

    for index, (x, y) in enumerate(points):
        before, after = points[:index], points[index + 1 :]
        add(((*before, (x + ux, y), *after), heights), ((*before, (x - ux, y), *after), heights))
        add(((*before, (x, y + uy), *after), heights), ((*before, (x, y - uy), *after), heights))
    uz = scale.height_error_mm
    if uz > 0:
        for index, z in enumerate(heights):
            lower, upper = heights[:index], heights[index + 1 :]
            add((points, (*lower, z + uz, *upper)), (points, (*lower, z - uz, *upper)))
    return sums
