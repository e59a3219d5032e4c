"""Screens of this machine as monitors that can be calibrated."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

from app.display.monitors import MonitorId


def identity(screen: QScreen) -> MonitorId:
    """The monitor behind a screen, in device pixels."""
    ratio = screen.devicePixelRatio()
    size, stated = screen.size(), screen.physicalSize()
    return MonitorId(
        screen.manufacturer().strip(),
        screen.model().strip(),
        screen.serialNumber().strip(),
        screen.name().strip(),
        (round(size.width() * ratio), round(size.height() * ratio)),
        (float(stated.width()), float(stated.height())),
    )


def screen_of(widget: QWidget) -> QScreen:
    """The screen on which the middle of a widget lies (a window may cover several)."""
    middle = widget.mapToGlobal(widget.rect().center())
    return QGuiApplication.screenAt(middle) or widget.screen()
