"""Small text over an image: a light fill with a thin dark outline, legible on black and on white."""

from __future__ import annotations

import math
import re
from collections import OrderedDict
from functools import lru_cache

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPixmap

from widgets.theme import COLOURS

_CACHE: OrderedDict[tuple[str, int, bool, str, float], QPixmap] = OrderedDict()
_CACHE_LIMIT = 400
_AROUND = tuple((1.15 * math.cos(0.25 * math.pi * k), 1.15 * math.sin(0.25 * math.pi * k)) for k in range(8))
_HAN, _OPENING, _CLOSING = "\u2e80-\u2fff\u3040-\u9fff\uf900-\ufaff", "（《「『“‘", "，。；：、？！）》」』”’…"
_PIECE = re.compile(
    rf"(\s*)((?:[{_OPENING}]*(?:[{_HAN}]|[^\s{_HAN}{_OPENING}{_CLOSING}]+)|[{_OPENING}{_CLOSING}]+)[{_CLOSING}]*)"
)
"""What lies between two places where a line may break, and the space before it."""
_MARGIN = 2  # logical pixels around the glyphs for the outline


def overlay_font(pixel_size: int = 12, bold: bool = False) -> QFont:
    """Make the font of everything written over images."""
    font = QFont()
    font.setPixelSize(pixel_size)
    font.setBold(bold)
    font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    return font


@lru_cache(maxsize=16)
def _metrics(pixel_size: int, bold: bool = False) -> QFontMetricsF:
    return QFontMetricsF(overlay_font(pixel_size, bold))


@lru_cache(maxsize=2000)
def text_width(text: str, pixel_size: int = 12, bold: bool = False) -> float:
    """Advance width of a line, logical pixels."""
    return _metrics(pixel_size, bold).horizontalAdvance(text)


def line_height(pixel_size: int = 12) -> int:
    """Distance between baselines, logical pixels."""
    return math.ceil(pixel_size * 1.38)


@lru_cache(maxsize=2000)
def elided(text: str, width: float, pixel_size: int = 12) -> str:
    """Shorten the text with "…" to fit a width; empty when not even three letters fit."""
    metrics = _metrics(pixel_size)
    if metrics.horizontalAdvance(text) <= width:
        return text
    short = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
    return short if len(short) > 3 else ""


def elided_whole(text: str, width: float, pixel_size: int = 12) -> str:
    """Shorten the text as `elided` does, but never within a number: half a number is a wrong number."""
    short = elided(text, width, pixel_size)
    if short == text or not short:
        return short
    kept = len(short) - 1
    start = text.rfind(" ", 0, kept) + 1
    end = text.find(" ", kept)
    word = text[start : end if end >= 0 else len(text)]
    if not any(letter.isdigit() for letter in word):
        return short
    return f"{text[:start].rstrip()} …" if start else ""


def wrapped(text: str, width: float, pixel_size: int = 12) -> list[str]:
    """Break the text into lines that fit a width; a single word that is too long is shortened.

    Lines break at spaces and between Chinese characters, which know no spaces; punctuation stays where it belongs.
    """
    metrics = _metrics(pixel_size)
    lines: list[str] = []
    for space, word in _PIECE.findall(text):
        longer = lines[-1] + (" " if space else "") + word if lines else word
        if lines and metrics.horizontalAdvance(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return [short for line in lines if (short := elided(line, width, pixel_size))]


def draw_text(
    painter: QPainter,
    x: float,
    top: float,
    text: str,
    *,
    pixel_size: int = 12,
    bold: bool = False,
    colour: str = "",
    align: float = 0.0,
) -> float:
    """Draw one line and return its width.

    Parameters
    ----------
    x, top : float
        Anchor, logical pixels; `top` is the line's upper edge.
    colour : str
        The theme's for text over pictures if not given.
    align : float
        0: `x` is the left edge; 0.5: the middle; 1: the right edge.
    """
    if not text:
        return 0.0
    colour = colour or COLOURS.overlay_text
    ratio = painter.device().devicePixelRatioF()
    width = text_width(text, pixel_size, bold)
    pixmap = _pixmap(text, pixel_size, bold, colour, ratio)
    # Whole device pixels keep the glyphs sharp.
    px = round((x - align * width - _MARGIN) * ratio) / ratio
    py = round((top - _MARGIN) * ratio) / ratio
    painter.drawPixmap(QPointF(px, py), pixmap)
    return width


def _pixmap(text: str, pixel_size: int, bold: bool, colour: str, ratio: float) -> QPixmap:
    key = (text, pixel_size, bold, colour, ratio)
    found = _CACHE.get(key)
    if found is not None:
        _CACHE.move_to_end(key)
        return found
    font = overlay_font(pixel_size, bold)
    metrics = _metrics(pixel_size, bold)
    width = math.ceil(metrics.horizontalAdvance(text)) + 2 * _MARGIN + 2
    height = line_height(pixel_size) + 2 * _MARGIN
    pixmap = QPixmap(math.ceil(width * ratio), math.ceil(height * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    baseline = QPointF(_MARGIN, _MARGIN + 0.5 * (line_height(pixel_size) - metrics.height()) + metrics.ascent())
    painter.setFont(font)
    # The outline is the text itself, drawn around its place: ten times faster than stroking the glyphs' paths, which
    # counts where numbers change with every picture.
    painter.setPen(QColor(0, 0, 0, 190))
    for dx, dy in _AROUND:
        painter.drawText(baseline + QPointF(dx, dy), text)
    painter.setPen(QColor(colour))
    painter.drawText(baseline, text)
    painter.end()
    _CACHE[key] = pixmap
    if len(_CACHE) > _CACHE_LIMIT:
        _CACHE.popitem(last=False)
    return pixmap
