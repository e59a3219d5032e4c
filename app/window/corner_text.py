"""What is written in the four corners of a viewport. The first line of each corner is the most important."""

from __future__ import annotations

import datetime
import math
import re
from dataclasses import dataclass
from typing import Any

from app.session.state import AnyWindow, Picture, Reconstruction
from widgets.interpolation import INTERPOLATIONS, Interpolation
from widgets.interpolation import TITLES as INTERPOLATION_TITLES
from widgets.measurements import Scale
from widgets.translation import date_text, language, shown, tr
from widgets.viewport_types import Corner
from widgets.window import Window

CornerText = dict[Corner, tuple[str, ...]]
LIFE_SIZE = 0.005
"""So much may life size be off: on 10 cm half a millimetre, which is what a ruler shows."""


@dataclass(frozen=True)
class Magnification:
    """How large a picture is on the monitor.

    Attributes
    ----------
    life : float or None
        Millimetres on the monitor for a millimetre of the picture; None when the monitor's size is not known.
    verified : bool
        Whether the monitor's size was measured.
    interpolation : Interpolation
    """

    life: float | None = None
    verified: bool = False
    interpolation: Interpolation = INTERPOLATIONS[0]


def corner_text(
    picture: Picture,
    *,
    height_mm: float,
    reconstruction: Reconstruction | None,
    window: AnyWindow | None,
    inverted: bool,
    zoom: float,
    pixel_mm: float,
    value: float | None,
    algorithm_shown: Any = None,
    magnification: Magnification = Magnification(),
    effective_mm: float | None = None,
    scale: Scale | None = None,
) -> CornerText:
    """The text for one picture.

    Parameters
    ----------
    zoom : float
        Screen pixels per pixel of the source.
    pixel_mm : float
        The source's own pixel at this height.
    value : float or None
        Pixel value under the cursor; None when the cursor is elsewhere.
    algorithm_shown : Algorithm or None
        The one the picture on screen was made with (it may still be the former one).
    magnification : Magnification
    effective_mm : float or None
        Effective thickness of what is on screen, for small detail; None where it cannot be said.
    scale : Scale, optional
        What lengths mean; it tells of a calibration by a marker.
    """
    true = scale if scale is not None else Scale()
    return {
        Corner.TOP_LEFT: _patient(picture.header),
        Corner.TOP_RIGHT: _study(picture),
        Corner.BOTTOM_LEFT: _image(picture, window, inverted, zoom, value, magnification, true),
        Corner.BOTTOM_RIGHT: _series(picture, height_mm, reconstruction, pixel_mm, algorithm_shown, effective_mm, true),
    }


def person_name(name: str) -> str:
    """Write "Family^Given^Middle" as people do: Chinese readers see the Chinese characters, if the name has any.

    The groups (PS3.5 6.2.1) are alphabetic, ideographic and phonetic.
    """
    groups = name.split("=")
    chosen = groups[1] if language() == "zh_CN" and len(groups) > 1 and groups[1].strip("^ ") else groups[0]
    parts = [part.strip() for part in chosen.split("^")]
    family, given = parts[0], " ".join(part for part in parts[1:3] if part)
    if re.match(r"[\u4e00-\u9fff]", family):
        return family + given
    return f"{family}, {given}" if family and given else family or given


def date(text: str) -> str:
    """YYYYMMDD as the language writes dates; other texts as they are."""
    try:
        return date_text(datetime.date(int(text[:4]), int(text[4:6]), int(text[6:]))) if len(text) == 8 else text
    except ValueError:
        return text


def time(text: str) -> str:
    """HHMMSS.ffffff as HH:MM."""
    return f"{text[:2]}:{text[2:4]}" if len(text) >= 4 and text[:4].isdigit() else text


def value_text(value: float, unit: str) -> str:
    """A pixel value with digits that suit its unit."""
    if math.isnan(value):
        return "–"
    if unit == "HU":
        return f"{value:.0f} HU"
    if unit == "1/mm":
        return f"{value:.4f} /mm"
    digits = 0 if abs(value) >= 1000 else 1 if abs(value) >= 100 else 3
    return f"{value:.{digits}f}{' ' + unit if unit else ''}"


def window_text(window: AnyWindow | None, unit: str) -> str:
    """Width and level, as radiologists read them: W first."""
    if window is None:
        return ""
    if not isinstance(window, Window):
        return tr("W/L: table from the file")
    digits = 4 if unit == "1/mm" else 0 if window.width >= 50 else 2
    function = "" if window.function != "sigmoid" else tr(" (sigmoid)")
    return tr("W {0}  L {1}{2}", f"{window.width:.{digits}f}", f"{window.centre:.{digits}f}", function)


def _patient(header: Any) -> tuple[str, ...]:
    if header is None:
        return ()
    born = tr("born {0}", date(header.birth_date)) if header.birth_date else ""
    return _filled(
        person_name(header.patient_name),
        f"ID {header.patient_id}" if header.patient_id else "",
        "  ".join(part for part in (born, _sex(header.sex)) if part),
    )


def _sex(code: str) -> str:
    """Patient's Sex (0010,0040)."""
    known = {"M": tr("sex M"), "F": tr("sex F"), "O": tr("sex O")}
    return known.get(code, tr("sex {0}", code)) if code else ""


def _study(picture: Picture) -> tuple[str, ...]:
    header = picture.header
    if header is None:
        return _filled(shown(picture.title))
    when = f"{date(header.study_date)} {time(header.study_time)}".strip()
    return _filled(
        header.study_description or header.series_description,
        when,
        header.institution,
        tr("Acc. {0}", header.accession) if header.accession else "",
    )


def _image(
    picture: Picture,
    window: AnyWindow | None,
    inverted: bool,
    zoom: float,
    value: float | None,
    magnification: Magnification,
    scale: Scale,
) -> tuple[str, ...]:
    unit = picture.source.info.unit
    return _filled(
        window_text(window, unit) + (tr("  inverted") if inverted != picture.inverted else ""),
        _zoom(picture, zoom, magnification, scale),
        tr("Interpolation {0}", tr(INTERPOLATION_TITLES[magnification.interpolation]))
        if magnification.interpolation != INTERPOLATIONS[0]
        else "",
        value_text(value, unit) if value is not None else "",
    )


def _zoom(picture: Picture, zoom: float, magnification: Magnification, scale: Scale) -> str:
    """The zoom, and whether a millimetre is a millimetre on this monitor."""
    text = tr("Zoom {0:.0f} %", 100 * zoom)
    life = magnification.life
    marked = scale.kind == "marker"
    if life is None or (picture.length_unit != "mm" and not marked) or abs(life - 1.0) > LIFE_SIZE:
        return text
    where = {
        "slice": tr("life size"),
        "marker": tr("life size in the marker's plane"),
        "detector": tr("life size at detector"),
        "magnified": tr("life size by stated magnification"),
        "calibrated": tr("life size, calibrated"),
    }.get("marker" if marked else picture.scale_kind, tr("life size"))
    return f"{text}  {where}" + ("" if magnification.verified else ", " + tr("screen size not verified"))


def _series(
    picture: Picture,
    height_mm: float,
    reconstruction: Reconstruction | None,
    pixel_mm: float,
    algorithm_shown: Any,
    effective_mm: float | None,
    true: Scale,
) -> tuple[str, ...]:
    if reconstruction is not None and picture.is_slices:
        kind = tr("Nominal thickness") if picture.is_live else tr("Slab")
        thickness = tr("{0} {1:.1f} mm", kind, reconstruction.thickness_mm)
        if reconstruction.thickness_mm <= 0:
            thickness = tr("Thin slice") if picture.is_live else tr("Single slice")
        if effective_mm is not None:
            reached = f"{effective_mm:.1f}" if math.isfinite(effective_mm) else "∞"
            thickness += " " + tr("(eff. {0})", reached)
        made = algorithm_shown if algorithm_shown is not None else reconstruction.algorithm
        return _filled(
            tr("Height {0:.1f} mm", height_mm),
            thickness,
            tr("Interval {0:g} mm", reconstruction.interval_mm),
            tr(str(getattr(made, "title", ""))) if picture.is_live else shown(picture.title),
            tr("{0:.3f} mm/px in slice", pixel_mm),
        )
    if picture.is_views:
        view = f"{picture.source.angle_deg(height_mm):+.1f}".replace("-", "−")  # type: ignore[attr-defined]
        planes = round(picture.source.info.height_range_mm[1])
        return _filled(
            tr("View {0} of {1} · angle {2}°", round(height_mm), planes, view),
            shown(picture.title),
            tr("{0:.3f} mm/px at detector", pixel_mm),
        )
    frame = ""
    if picture.is_numbered:
        frames, rate = round(picture.source.info.height_range_mm[1]), float(getattr(picture.header, "frame_rate", 0.0))
        frame = tr("Frame {0} of {1}", round(height_mm), frames)
        if rate > 0:
            frame += " · " + tr("{0:g} frames/s", round(rate, 1))
    if true.kind == "marker":
        return _filled(frame, _titled(picture), tr("{0:.3f} mm/px", pixel_mm * true.factor), true.bar_label)
    scale = {
        "detector": tr("{0:.3f} mm/px at detector", pixel_mm),
        "calibrated": tr("{0:.3f} mm/px, calibrated", pixel_mm),
        "magnified": tr("{0:.3f} mm/px, stated magnification", pixel_mm),
        "unknown": tr("No scale: lengths in pixels"),
    }.get(picture.scale_kind, "")
    return _filled(frame, _titled(picture), scale)


def _titled(picture: Picture) -> str:
    view = str(getattr(picture.header, "view_position", "") or "")
    return shown(picture.title) + (f"  {view}" if view and picture.kind == "radiograph" else "")


def _filled(*lines: str) -> tuple[str, ...]:
    return tuple(line for line in lines if line)
