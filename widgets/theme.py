"""The dark theme: colours, style sheet and icons.

The style sheet (``resources/style/dark.qss``) names its colours ``@name``; they are filled in from `COLOURS`. The icons
(``resources/icons/*.svg``) are line drawings on a 24-unit grid in ``currentColor``, tinted when they are loaded.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from functools import lru_cache
from importlib.resources import files

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QApplication, QStyleFactory


@dataclass(frozen=True)
class Colours:
    """Every colour of the interface, as #rrggbb."""

    # Surfaces, from the darkest.
    image: str = "#000000"
    base: str = "#121417"
    window: str = "#181b1f"
    panel: str = "#1e2227"
    raised: str = "#2a2f36"
    hover: str = "#353b44"
    border: str = "#333942"
    border_strong: str = "#4a525e"
    # Text.
    text: str = "#d9dde3"
    text_dim: str = "#98a1ad"
    text_disabled: str = "#69717c"
    # Accents.
    active: str = "#ff9433"
    active_dim: str = "#8a5523"
    focus: str = "#5f9fd4"
    slider: str = "#5587b5"
    warning: str = "#ffc857"
    error: str = "#ff7b72"
    # Over the image.
    overlay_text: str = "#f1f3f5"
    overlay_dim: str = "#b9c0c9"
    measurement: str = "#ffe27a"
    measurement_selected: str = "#ffab5e"
    linked: str = "#5fd7ee"


THEMES: dict[str, Colours] = {
    "dark": Colours(),
    # For a reading room without light: the interface gives way to the picture.
    "darker": Colours(
        base="#060708",
        window="#0a0b0d",
        panel="#0e1012",
        raised="#181b1f",
        hover="#22262b",
        border="#1d2126",
        border_strong="#333a43",
        text="#aab0b8",
        text_dim="#757d87",
        text_disabled="#4d545d",
        active="#cc7629",
        active_dim="#6b401b",
        focus="#46759b",
        slider="#3c5f80",
        warning="#c99c44",
        error="#c9625b",
        overlay_text="#c9ccd0",
        overlay_dim="#8b9199",
        measurement="#cdb565",
        measurement_selected="#d08c4d",
        linked="#4dafc0",
    ),
}


class _Current:
    """The colours of the theme in force, by the names of `Colours`."""

    def __init__(self) -> None:
        self.theme = THEMES["dark"]

    def __getattr__(self, name: str) -> str:
        return str(getattr(self.theme, name))


COLOURS = _Current()


def set_theme(application: QApplication, name: str) -> bool:
    """Give the application another theme (one of `THEMES`); true if it is another one than before.

    Icons and style sheets of single widgets stay as they were made.
    """
    if COLOURS.theme is THEMES[name]:
        return False
    COLOURS.theme = THEMES[name]
    icon.cache_clear()
    application.setPalette(dark_palette())
    application.setStyleSheet(style_sheet())
    return True


def apply_theme(application: QApplication) -> None:
    """Give the application the dark look: Fusion as the base, palette, style sheet."""
    application.setStyle(QStyleFactory.create("Fusion"))
    application.setPalette(dark_palette())
    application.setStyleSheet(style_sheet())


def dark_palette() -> QPalette:
    """Build the palette that the parts not covered by the style sheet are drawn with."""
    palette = QPalette()
    role = QPalette.ColorRole
    for which, colour in (
        (role.Window, COLOURS.window),
        (role.WindowText, COLOURS.text),
        (role.Base, COLOURS.base),
        (role.AlternateBase, COLOURS.panel),
        (role.Text, COLOURS.text),
        (role.Button, COLOURS.raised),
        (role.ButtonText, COLOURS.text),
        (role.BrightText, COLOURS.error),
        (role.ToolTipBase, COLOURS.raised),
        (role.ToolTipText, COLOURS.text),
        (role.PlaceholderText, COLOURS.text_disabled),
        (role.Highlight, COLOURS.slider),
        (role.HighlightedText, "#ffffff"),
        (role.Link, COLOURS.focus),
        (role.Light, COLOURS.hover),
        (role.Midlight, COLOURS.raised),
        (role.Mid, COLOURS.border),
        (role.Dark, COLOURS.base),
        (role.Shadow, "#000000"),
    ):
        palette.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(COLOURS.text_disabled))
    return palette


def style_sheet() -> str:
    """Read the style sheet with its colours filled in."""
    text = (files("resources") / "style" / "dark.qss").read_text("utf-8")
    values = asdict(COLOURS.theme)
    values["style"] = str(files("resources") / "style").replace("\\", "/")
    return re.sub(r"@(\w+)", lambda match: values[match.group(1)], text)


def icon_names() -> tuple[str, ...]:
    """List the icons there are, sorted."""
    folder = files("resources") / "icons"
    return tuple(sorted(entry.name[:-4] for entry in folder.iterdir() if entry.name.endswith(".svg")))


@lru_cache(maxsize=512)
def icon(name: str, colour: str = "") -> QIcon:
    """Load an icon by name, tinted; dimmed when disabled, in the active colour when switched on.

    Raises
    ------
    FileNotFoundError
        There is no icon of that name.
    """
    result = QIcon()
    colour = colour or COLOURS.text
    for mode, state, tint in (
        (QIcon.Mode.Normal, QIcon.State.Off, colour),
        (QIcon.Mode.Active, QIcon.State.Off, "#ffffff"),
        (QIcon.Mode.Disabled, QIcon.State.Off, COLOURS.text_disabled),
        (QIcon.Mode.Normal, QIcon.State.On, COLOURS.active),
        (QIcon.Mode.Active, QIcon.State.On, COLOURS.active),
        (QIcon.Mode.Disabled, QIcon.State.On, COLOURS.active_dim),
    ):
        for side in (16, 20, 40):
            result.addPixmap(icon_pixmap(name, side, tint), mode, state)
    return result


def icon_pixmap(name: str, side: int, colour: str, device_ratio: float = 1.0) -> QPixmap:
    """Draw an icon into a square pixmap of `side` logical pixels."""
    from PySide6.QtSvg import QSvgRenderer  # not needed before the first icon

    renderer = QSvgRenderer(QByteArray(_svg(name).replace("currentColor", colour).encode()))
    pixmap = QPixmap(QSize(side, side) * device_ratio)
    pixmap.setDevicePixelRatio(device_ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter, QRectF(0, 0, side, side))
    painter.end()
    return pixmap


@lru_cache(maxsize=256)
def _svg(name: str) -> str:
    return (files("resources") / "icons" / f"{name}.svg").read_text("utf-8")
