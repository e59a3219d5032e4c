"""The curve of sharpness over height, and pins."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from widgets.focus_panel import FocusPanel, PeakMark

HEIGHTS = np.arange(0.0, 301.0, 2.0)
CURVE = np.exp(-(((HEIGHTS - 80) / 6) ** 2)) + 0.5 * np.exp(-(((HEIGHTS - 200) / 6) ** 2))
PEAKS = (PeakMark(80.0, 1.0, "80.0 mm – clear"), PeakMark(200.0, 0.5, "200.0 mm – likely"))


@pytest.fixture
def panel(qtbot: Any) -> FocusPanel:
    panel = FocusPanel()
    qtbot.addWidget(panel)
    panel.resize(290, 420)
    panel.show_text("In focus at 80.0 mm", marked=True)
    panel.set_curve(HEIGHTS, CURVE, PEAKS)
    panel.show()
    return panel


def test_clicking_a_peak_chooses_its_very_height(panel: FocusPanel) -> None:
    chosen: list[float] = []
    panel.height_chosen.connect(chosen.append)
    plot = panel.plot
    for peak in PEAKS:
        x, y = plot.x_of(peak.height_mm), plot.y_of(peak.sharpness)
        QTest.mouseClick(plot, Qt.MouseButton.LeftButton, pos=QPoint(round(x) + 3, round(y) - 2))
    assert chosen == [80.0, 200.0]


def test_elsewhere_the_height_under_the_pointer_is_chosen(panel: FocusPanel) -> None:
    chosen: list[float] = []
    panel.height_chosen.connect(chosen.append)
    plot = panel.plot
    QTest.mouseClick(plot, Qt.MouseButton.LeftButton, pos=QPoint(round(plot.x_of(140.0)), round(plot.y_of(0.2))))
    assert chosen == pytest.approx([140.0], abs=1.0)
    assert plot.height_at(-50.0) == 0.0
    assert plot.height_at(5000.0) == 300.0


def test_each_peak_has_a_button_and_no_curve_has_none(panel: FocusPanel) -> None:
    chosen: list[float] = []
    panel.height_chosen.connect(chosen.append)
    assert [button.text() for button in panel.buttons] == [peak.text for peak in PEAKS]
    panel.buttons[1].click()
    assert chosen == [200.0]
    panel.set_curve(np.empty(0), np.empty(0), ())
    assert not panel.buttons
    assert not panel.plot.isVisible()
