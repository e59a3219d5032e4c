"""What is written over small pictures: nothing lost that matters, no half numbers, few notes."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from widgets.cine_bar import CineBar
from widgets.outlined_text import elided_whole, text_width
from widgets.overlays import NOTE_LINES, CornerLayout, OverlayState, noted_lines
from widgets.view_transform import ViewTransform
from widgets.viewport_types import Corner

pytestmark = pytest.mark.usefixtures("qapp")


def test_a_number_is_never_cut() -> None:
    text = "W 4375  L 2880"
    for width in range(20, int(text_width(text)) + 5):
        short = elided_whole(text, width)
        assert short.removesuffix("…").split() in ([], ["W"], ["W", "4375"], ["W", "4375", "L"], text.split())


def test_few_notes_stay_over_the_picture() -> None:
    many = ["The direction of the angles is not stated anywhere in the file.", "Second.", "Third.", "Fourth."]
    for room in (120, 200, 300, 2000):
        blocks = noted_lines(many, room)
        assert sum(map(len, blocks)) <= NOTE_LINES
        assert blocks[0][0].startswith("The direction")
        shown = sum(not block[0].startswith("+") for block in blocks)
        assert blocks[-1] == [f"+ {len(many) - shown} more in the panel"]
    assert noted_lines(many[1:], 300) == [["Second."], ["Third."], ["Fourth."]]
    assert sum(map(len, noted_lines(["word " * 60], 100))) == NOTE_LINES


def test_the_first_lines_use_the_room_beside_them() -> None:
    corners = {
        Corner.BOTTOM_LEFT: ("W 4375  L 2880", "Zoom 25 %"),
        Corner.BOTTOM_RIGHT: ("Height 228.0 mm", "Nominal thickness 5.0 mm", "third", "fourth"),
    }
    layout = CornerLayout(
        OverlayState(ViewTransform((0.0, 0.0), 1.0), (250.0, 500.0), has_source=True, corners=corners)
    )
    assert layout.lines[Corner.BOTTOM_RIGHT][:2] == corners[Corner.BOTTOM_RIGHT][:2]


def test_the_cine_bar_gives_up_its_range_before_its_slider(qapp: QApplication) -> None:
    parent = QWidget()
    bar = CineBar(parent)
    narrow = bar.minimumSizeHint().width()
    assert narrow < 560
    parent.resize(1300, 60)
    parent.show()
    for width, visible in ((narrow, False), (1200, True), (narrow, False), (1200, True)):
        bar.resize(width, 40)
        qapp.processEvents()
        assert bar.from_entry.isVisibleTo(bar) is visible, width
        assert bar.minimumSizeHint().width() == narrow
    parent.close()
