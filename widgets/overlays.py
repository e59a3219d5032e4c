"""What is written over the image: corner text, letters, scale bar, notes, messages, linked point, border."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from recon.frame import PatientFrame
from widgets.label_placement import Box
from widgets.measurements import Scale
from widgets.outlined_text import draw_text, elided, elided_whole, line_height, overlay_font, text_width, wrapped
from widgets.theme import COLOURS
from widgets.translation import shown, tr
from widgets.view_transform import Point, Size, ViewTransform
from widgets.viewport_types import Corner, OverlayLevel

MARGIN = 10
TEXT = 12
NOTE_LINES = 3
"""So many lines of notes are written over the picture; the reconstruction panel has them all."""
TINY = (300, 260)
"""Views smaller than this in both directions have room for one line in a corner."""
NARROW = 360
"""Views narrower than this have room for few lines of text."""
RULER_ROOM = 70
"""Width kept free on the right for the height ruler."""


@dataclass(frozen=True)
class OverlayState:
    """All that the overlays show, at one moment."""

    transform: ViewTransform
    size: Size
    level: OverlayLevel = OverlayLevel.FULL
    patient: PatientFrame | None = None
    has_source: bool = False
    corners: Mapping[Corner, tuple[str, ...]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    scale: Scale = field(default_factory=Scale)
    ruler: bool = False


def edge_letters(patient: PatientFrame, transform: ViewTransform) -> dict[str, str]:
    """Orientation letters at the edges of the screen.

    Parameters
    ----------
    patient : PatientFrame
        The patient directions of the world axes.
    transform : ViewTransform
        Flips and turns of the display.

    Returns
    -------
    dict
        Keys "left", "right", "top", "bottom"; values such as "R" or "HL".
    """
    right, down = transform.right, transform.down
    return {
        "right": patient.letters((right[0], right[1], 0)),
        "left": patient.letters((-right[0], -right[1], 0)),
        "bottom": patient.letters((down[0], down[1], 0)),
        "top": patient.letters((-down[0], -down[1], 0)),
    }


def scale_bar_length(pixels_per_mm: float, widest: float) -> float:
    """Return the roundest length (1, 2 or 5 times a power of ten, in mm) whose bar is at most `widest` pixels."""
    limit = widest / pixels_per_mm
    power = 10.0 ** math.floor(math.log10(limit))
    return next(step * power for step in (5.0, 2.0, 1.0) if step * power <= limit * (1 + 1e-9))


class CornerLayout:
    """How many lines each corner has room for; what is left for the other overlays."""

    def __init__(self, state: OverlayState) -> None:
        width, height = state.size
        self.width = 0.5 * width - 2.2 * MARGIN - (12 if state.patient is not None else 0)
        limit = max(0, int((0.5 * height - 46) // line_height(TEXT)))
        if state.level is OverlayLevel.MINIMAL:
            limit = min(limit, 1)
        elif state.level is OverlayLevel.NONE:
            limit = 0
        elif width < TINY[0] and height < TINY[1]:
            limit = min(limit, 1)
        if width < 150 or height < 110:
            limit = 0
        self.lines: dict[Corner, tuple[str, ...]] = {}
        for left, right in ((Corner.TOP_LEFT, Corner.TOP_RIGHT), (Corner.BOTTOM_LEFT, Corner.BOTTOM_RIGHT)):
            # In a small view the picture comes first: of patient and study only the first lines are written over it.
            most = min(limit, 2) if width < NARROW and left is Corner.TOP_LEFT else limit
            texts = [tuple(line for line in state.corners.get(corner, ()) if line)[:most] for corner in (left, right)]
            for corner, lines, others in zip((left, right), texts, texts[::-1], strict=True):
                # Beyond the two rows beside the letter a line may be as long as its neighbour leaves room.
                bottom = corner in (Corner.BOTTOM_LEFT, Corner.BOTTOM_RIGHT)
                ends = range(len(lines) - 1, -1, -1) if bottom else range(len(lines))
                facing = others[::-1] if bottom else others
                short = []
                for line, row in zip(lines, ends, strict=True):
                    beside = text_width(facing[row], TEXT) if row < len(facing) else 0.0
                    free = width - 3.5 * MARGIN - beside if row > 1 else 0.0
                    short.append(elided_whole(line, max(self.width, free), TEXT))
                self.lines[corner] = tuple(line for line in short if line)

    def block_height(self, corner: Corner) -> float:
        """Height of a corner's text including its margin."""
        count = len(self.lines[corner])
        return MARGIN + count * line_height(TEXT) if count else 0.0

    def block_width(self, corner: Corner) -> float:
        """Width of a corner's text including its margin."""
        lines = self.lines[corner]
        return MARGIN + max(text_width(line, TEXT) for line in lines) if lines else 0.0


def taken(state: OverlayState) -> tuple[Box, ...]:
    """Where corner texts and letters stand: (left, top, right, bottom), logical pixels."""
    width, height = state.size
    layout = CornerLayout(state)
    boxes: list[Box] = []
    for corner in layout.lines:
        across, down = layout.block_width(corner), layout.block_height(corner)
        if across > 0:
            left = 0.0 if corner in (Corner.TOP_LEFT, Corner.BOTTOM_LEFT) else width - across
            top = 0.0 if corner in (Corner.TOP_LEFT, Corner.TOP_RIGHT) else height - down
            boxes.append((left, top, left + across, top + down))
    if state.patient is not None and state.level is not OverlayLevel.NONE:
        right = width - (RULER_ROOM if state.ruler else MARGIN)
        boxes += [
            (0.0, 0.5 * height - 12, 30.0, 0.5 * height + 12),
            (right - 24, 0.5 * height - 12, right, 0.5 * height + 12),
        ]
        boxes += [
            (0.5 * width - 14, 0.0, 0.5 * width + 14, 30.0),
            (0.5 * width - 14, height - 30, 0.5 * width + 14, height),
        ]
    return tuple(boxes)


def draw_corners(painter: QPainter, state: OverlayState, layout: CornerLayout) -> None:
    """Draw the text of the four corners; the first lines of each corner are the most important ones."""
    width, height = state.size
    step = line_height(TEXT)
    for corner, lines in layout.lines.items():
        right = corner in (Corner.TOP_RIGHT, Corner.BOTTOM_RIGHT)
        bottom = corner in (Corner.BOTTOM_LEFT, Corner.BOTTOM_RIGHT)
        x = width - MARGIN if right else MARGIN
        top = height - MARGIN + 3 - len(lines) * step if bottom else MARGIN - 3
        for index, line in enumerate(lines):
            draw_text(painter, x, top + index * step, line, pixel_size=TEXT, align=1.0 if right else 0.0)


def draw_step(painter: QPainter, state: OverlayState, layout: CornerLayout, step: str) -> None:
    """Draw what to click next, below what stands at the top."""
    if step:
        top = max(28.0, layout.block_height(Corner.TOP_LEFT), layout.block_height(Corner.TOP_RIGHT)) + 4
        text = elided(step, state.size[0] - 2 * MARGIN - (RULER_ROOM if state.ruler else 0), TEXT)
        draw_text(painter, 0.5 * state.size[0], top, text, pixel_size=TEXT, colour=COLOURS.overlay_dim, align=0.5)


def draw_letters(painter: QPainter, state: OverlayState) -> None:
    """Draw the orientation letters, or say that the orientation is unknown."""
    if not state.has_source or state.level is OverlayLevel.NONE:
        return
    width, height = state.size
    if state.patient is None:
        text = tr("orientation unknown")
        if width > 460:
            top = height - MARGIN - line_height(11) + 3
            draw_text(painter, width / 2, top, text, pixel_size=11, colour=COLOURS.overlay_dim, align=0.5)
        elif width > 150:
            # Where the letters would be: between the corners there is no room.
            top = height / 2 - 0.5 * line_height(11)
            draw_text(painter, MARGIN, top, text, pixel_size=11, colour=COLOURS.overlay_dim)
        return
    found = edge_letters(state.patient, state.transform)
    big = 15
    half = 0.5 * line_height(big)
    right_edge = width - (RULER_ROOM if state.ruler else MARGIN)
    places = {
        "left": (MARGIN, height / 2 - half, 0.0),
        "right": (right_edge, height / 2 - half, 1.0),
        "top": (width / 2, MARGIN - 5, 0.5),
        "bottom": (width / 2, height - MARGIN - 2 * half + 4, 0.5),
    }
    for edge, (x, top, align) in places.items():
        first, rest = found[edge][:1], found[edge][1:]
        total = text_width(first, big, bold=True) + text_width(rest, 11)
        left = x - align * total
        used = draw_text(painter, left, top, first, pixel_size=big, bold=True)
        draw_text(painter, left + used, top + 5, rest, pixel_size=11, colour=COLOURS.overlay_dim)


def draw_bottom_centre(painter: QPainter, state: OverlayState, layout: CornerLayout) -> None:
    """Draw the scale bar and, above it, the assumptions that must stay on the screen."""
    width, height = state.size
    if not state.has_source or width < 150:
        return
    bottom = height - MARGIN - (22 if state.level is not OverlayLevel.NONE else 0)
    if state.level is not OverlayLevel.NONE:
        side = max(layout.block_width(Corner.BOTTOM_LEFT), layout.block_width(Corner.BOTTOM_RIGHT))
        free = width - 2 * side - 4 * MARGIN
        if free < 90:
            # Between the corners there is no room: above them there is.
            corners = max(layout.block_height(Corner.BOTTOM_LEFT), layout.block_height(Corner.BOTTOM_RIGHT))
            bottom, free = min(bottom, height - corners - 6), width - 2 * _side_room(state)
        _draw_scale_bar(painter, state, width / 2, bottom, min(free, max(0.3 * width, 90.0), 220.0))
        bottom -= 28
    notes = [shown(note) for note in state.notes]
    if notes:
        side = max(layout.block_width(Corner.BOTTOM_LEFT), layout.block_width(Corner.BOTTOM_RIGHT))
        longest = max(text_width(note, 11) for note in notes) + 20
        if longest > width - 2 * side - 4 * MARGIN:
            corners = max(layout.block_height(Corner.BOTTOM_LEFT), layout.block_height(Corner.BOTTOM_RIGHT))
            bottom = min(bottom, height - corners - 6)
        _draw_notes(painter, state, notes, bottom)


def _draw_scale_bar(painter: QPainter, state: OverlayState, x: float, bottom: float, widest: float) -> None:
    pixels_per_mm = state.transform.pixels_per_mm / state.scale.factor
    length = scale_bar_length(pixels_per_mm, widest)
    half = 0.5 * length * pixels_per_mm
    y = round(bottom - 4) + 0.5
    for colour, thick in ((QColor(0, 0, 0, 200), 3.6), (QColor(COLOURS.overlay_text), 1.4)):
        painter.setPen(QPen(colour, thick, Qt.PenStyle.SolidLine, Qt.PenCapStyle.SquareCap))
        left, right = round(x - half) + 0.5, round(x + half) + 0.5
        painter.drawLine(QPointF(left, y), QPointF(right, y))
        for end in (left, right):
            painter.drawLine(QPointF(end, y - 5), QPointF(end, y))
    label = " ".join(part for part in (f"{length:g}", state.scale.unit, state.scale.bar_label) if part)
    draw_text(painter, x, y - 5 - line_height(11), label, pixel_size=11, align=0.5)


def _side_room(state: OverlayState) -> float:
    """What letters and ruler need at either side, so that things in the middle stay clear of them."""
    return 44.0 if state.ruler else 2.0 * MARGIN


def noted_lines(notes: Sequence[str], room: float, limit: int = NOTE_LINES) -> list[list[str]]:
    """Break notes into lines, one block for each that fits `limit` lines in all; the rest is counted.

    Parameters
    ----------
    notes : sequence of str
        The most important first.
    room : float
        Width for a line, logical pixels.
    """
    blocks: list[list[str]] = []
    free = limit
    for index, note in enumerate(notes):
        lines = wrapped(note, room, 11)
        left = len(notes) - index
        # One line is kept for how many more there are.
        if len(lines) > free - (left > 1) and (blocks or left > 1 or len(lines) > free):
            cut = max(1, free - (left > 1))
            if not blocks and len(lines) > cut:
                blocks.append([*lines[: cut - 1], elided(" ".join(lines[cut - 1 :]), room, 11)])
                left -= 1
            if left:
                text = tr("+ {0} more in the panel", left)
                blocks.append([text])
            break
        blocks.append(lines)
        free -= len(lines)
    return blocks


def _draw_notes(painter: QPainter, state: OverlayState, notes: Sequence[str], bottom: float) -> None:
    width = state.size[0]
    step = line_height(11)
    limit = NOTE_LINES if state.size[1] >= 420 else NOTE_LINES - 1
    blocks = noted_lines(notes, width - 2 * _side_room(state) - 18, limit)
    widest = max((text_width(line, 11) for lines in blocks for line in lines), default=0.0) + 18
    tall = sum(len(lines) for lines in blocks) * step
    left, y = round((width - widest) / 2), bottom - tall
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(0, 0, 0, 165))
    painter.drawRoundedRect(QRectF(left - 6, y - 3, widest + 12, tall + 5), 4, 4)
    painter.restore()
    for index, lines in enumerate(blocks):
        if index < len(notes) and not lines[0].startswith("+"):
            draw_warning_sign(painter, left, y + 1.5, 12)
        for line in lines:
            draw_text(painter, left + 18, y, line, pixel_size=11, colour=COLOURS.warning)
            y += step


def draw_warning_sign(painter: QPainter, x: float, y: float, side: float) -> None:
    """Draw the amber triangle that marks an assumption."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    corners = [QPointF(x + side / 2, y), QPointF(x + side, y + side * 0.92), QPointF(x, y + side * 0.92)]
    painter.setPen(QPen(QColor(0, 0, 0, 200), 2))
    painter.setBrush(QColor(COLOURS.warning))
    painter.drawPolygon(corners)
    painter.setPen(QPen(QColor("#1a1a1a"), 1.5))
    middle = x + side / 2
    painter.drawLine(QPointF(middle, y + side * 0.36), QPointF(middle, y + side * 0.60))
    painter.drawPoint(QPointF(middle, y + side * 0.77))
    painter.restore()


def draw_linked_point(painter: QPainter, state: OverlayState, point: Point, label: str) -> None:
    """Mark where a point of the other view lies in this one: an open cross in the linking colour."""
    x, y = state.transform.to_widget(point, state.size)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for colour, thick in ((QColor(0, 0, 0, 190), 3.6), (QColor(COLOURS.linked), 1.5)):
        painter.setPen(QPen(colour, thick))
        for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            painter.drawLine(QPointF(x + 5 * dx, y + 5 * dy), QPointF(x + 14 * dx, y + 14 * dy))
    painter.restore()
    if label:
        draw_text(painter, x + 12, y + 8, label, pixel_size=11, colour=COLOURS.linked)


def draw_region(painter: QPainter, transform: ViewTransform, size: Size, corners: tuple[Point, Point]) -> None:
    """Draw the rectangle between two world points, dashed, while it is dragged."""
    (ax, ay), (bx, by) = (transform.to_widget(corner, size) for corner in corners)
    place = QRectF(QPointF(round(ax) + 0.5, round(ay) + 0.5), QPointF(round(bx) + 0.5, round(by) + 0.5)).normalized()
    painter.save()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, style in (
        (QColor(0, 0, 0, 190), Qt.PenStyle.SolidLine),
        (QColor(COLOURS.overlay_text), Qt.PenStyle.DashLine),
    ):
        painter.setPen(QPen(colour, 1, style))
        painter.drawRect(place)
    painter.restore()


def draw_message(painter: QPainter, size: Size, title: str, detail: str) -> None:
    """Write what an empty viewport is for, in its middle."""
    width, height = size
    painter.save()
    box = QRectF(MARGIN * 2, 0, width - 4 * MARGIN, height)
    font = overlay_font(15)
    font.setWeight(QFont.Weight.DemiBold)
    small = overlay_font(12)
    flags = Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
    head = QFontMetricsF(font).boundingRect(box, flags, title)
    body = QFontMetricsF(small).boundingRect(box, flags, detail) if detail else QRectF()
    top = 0.5 * (height - head.height() - (8 + body.height() if detail else 0))
    painter.setFont(font)
    painter.setPen(QColor(COLOURS.text_dim))
    painter.drawText(QRectF(box.left(), top, box.width(), head.height() + 2), flags, title)
    if detail:
        painter.setFont(small)
        painter.setPen(QColor(COLOURS.text_disabled).lighter(112))
        painter.drawText(QRectF(box.left(), top + head.height() + 8, box.width(), body.height() + 2), flags, detail)
    painter.restore()


def draw_busy(painter: QPainter, size: Size, text: str, fraction: float | None) -> None:
    """Draw a small plate with what is being computed and how far it is; the image stays visible around it."""
    width, height = size
    if fraction is not None:
        text = f"{text}  {round(100 * min(max(fraction, 0.0), 1.0))} %"
    text = elided(text, width - 60, TEXT)
    plate_width = min(max(text_width(text, TEXT) + 28, 160.0), width - 20)
    plate = QRectF((width - plate_width) / 2, height * 0.5 + 30, plate_width, 34)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(COLOURS.border_strong), 1))
    background = QColor(COLOURS.panel)
    background.setAlpha(235)
    painter.setBrush(background)
    painter.drawRoundedRect(plate, 5, 5)
    painter.setFont(overlay_font(TEXT))
    painter.setPen(QColor(COLOURS.text))
    painter.drawText(plate.adjusted(0, 0, 0, -5), Qt.AlignmentFlag.AlignCenter, text)
    track = QRectF(plate.left() + 10, plate.bottom() - 7, plate.width() - 20, 3)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(COLOURS.raised).lighter(125))
    painter.drawRoundedRect(track, 1.5, 1.5)
    if fraction is not None:
        painter.setBrush(QColor(COLOURS.slider).lighter(115))
        painter.drawRoundedRect(
            QRectF(track.left(), track.top(), track.width() * min(max(fraction, 0.0), 1.0), 3), 1.5, 1.5
        )
    painter.restore()


def draw_border(painter: QPainter, size: Size, active: bool, drop_target: bool) -> None:
    """Draw the frame: orange around the active view, blue while something is dragged over it, else a thin line."""
    if drop_target:
        colour, thick = COLOURS.focus, 3.0
    elif active:
        colour, thick = COLOURS.active, 2.0
    else:
        colour, thick = COLOURS.border, 1.0
    pen = QPen(QColor(colour), thick)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(QRectF(thick / 2, thick / 2, size[0] - thick, size[1] - thick))
