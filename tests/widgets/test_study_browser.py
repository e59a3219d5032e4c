"""The study browser and the theme."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from widgets import theme
from widgets.series_delegate import THUMBNAIL_ROLE, count_text
from widgets.study_browser import SERIES_MIME_TYPE, ProblemItem, SeriesItem, StudyBrowser, StudyItem

SWEEP = SeriesItem("1.1", "Sweep", "projections", 60, "DX")
PLAIN = SeriesItem("1.2", "Chest PA", "radiograph", 1, "DX")
KNEE = SeriesItem("2.1", "Knee", "projections", 35, "XA", ("The source-to-image distance is missing.",))
STUDIES = (StudyItem("1", "Doe, Jane", "2026-11-23", (SWEEP, PLAIN)), StudyItem("2", "Roe, Richard", "", (KNEE,)))


def collect(signal):
    found = []
    signal.connect(lambda *arguments: found.append(arguments[0] if len(arguments) == 1 else arguments))
    return found


@pytest.fixture
def browser(qtbot):
    widget = StudyBrowser()
    qtbot.addWidget(widget)
    widget.resize(260, 600)
    widget.show()
    return widget


def test_the_empty_browser_offers_what_to_do(browser):
    folder, demonstration = collect(browser.open_folder_wanted), collect(browser.open_demonstration_wanted)
    assert browser.open_button.isVisible()
    browser.open_button.click()
    browser.demonstration_button.click()
    assert len(folder) == len(demonstration) == 1
    browser.set_studies(STUDIES)
    assert not browser.open_button.isVisible()
    browser.set_studies(())
    assert browser.open_button.isVisible()


def test_series_are_opened_by_double_click_and_enter(browser):
    opened = collect(browser.series_activated)
    browser.set_studies(STUDIES)
    assert browser.series_uids() == ("1.1", "1.2", "2.1")
    browser.select_series("1.2")
    QTest.keyClick(browser.view, Qt.Key.Key_Return)
    browser.select_series("2.1")
    centre = browser.view.visualRect(browser.view.currentIndex()).center()
    QTest.mouseClick(browser.view.viewport(), Qt.MouseButton.LeftButton, pos=centre)
    QTest.mouseDClick(browser.view.viewport(), Qt.MouseButton.LeftButton, pos=centre)
    assert opened == ["1.2", "2.1"]


def test_series_are_dragged_by_their_uid(browser):
    browser.set_studies(STUDIES)
    browser.select_series("1.2")
    data = browser.model.mimeData([browser.view.currentIndex()])
    assert bytes(data.data(SERIES_MIME_TYPE).data()) == b"1.2"
    study = browser.model.index(0, 0)
    assert not browser.model.flags(study) & Qt.ItemFlag.ItemIsDragEnabled


def test_thumbnails_and_selection_outlive_a_new_list(browser):
    browser.set_studies(STUDIES[:1])
    browser.set_thumbnail("1.1", QImage(64, 64, QImage.Format.Format_Grayscale8))
    browser.select_series("1.1")
    browser.set_studies(STUDIES)
    assert browser.current_series() == "1.1"
    assert not browser.view.currentIndex().data(THUMBNAIL_ROLE).isNull()


def test_series_come_one_by_one(browser):
    browser.add_study(StudyItem("1", "Doe, Jane"))
    browser.add_series("1", SWEEP)
    browser.add_series("1", PLAIN)
    browser.add_series("1", SeriesItem("1.1", "Sweep", "projections", 61))
    browser.add_series("unknown", KNEE)
    assert browser.series_uids() == ("1.1", "1.2")
    assert browser.model.item(0).rowCount() == 2


def test_problems_are_listed_with_their_reasons(browser):
    assert not browser.problems_button.isVisible()
    browser.set_problems([ProblemItem(Path("/a/b<1>.dcm"), "The pixel data end after 12 of 60 frames.")])
    assert browser.problems_button.text() == "1 file could not be opened"
    browser.problems_button.click()
    text = browser._problems_label.text()
    assert browser._problems_label.isVisible()
    assert "b&lt;1&gt;.dcm" in text
    assert "12 of 60" in text


def test_needs_and_notes_are_in_the_tooltip(browser):
    browser.set_studies(STUDIES)
    browser.select_series("2.1")
    assert "source-to-image distance" in browser.view.currentIndex().data(Qt.ItemDataRole.ToolTipRole)


def test_cards_are_painted(browser, grey):
    browser.set_studies(STUDIES)
    image = QImage(64, 64, QImage.Format.Format_Grayscale8)
    image.fill(255)
    browser.set_thumbnail("1.1", image)
    browser.set_shown({"1.1"})
    assert (grey(browser.grab().toImage())[40:140, :80] == 255).sum() > 500


@pytest.mark.parametrize(
    ("kind", "count", "text"), [("projections", 60, "60 views"), ("volume", 1, "1 slice"), ("other", 3, "3 images")]
)
def test_counts(kind, count, text):
    assert count_text(kind, count) == text


def test_the_theme_knows_every_colour_and_icon(qapp, grey):
    assert "@" not in theme.style_sheet()
    assert len(theme.icon_names()) > 40
    for name in theme.icon_names():
        assert (grey(theme.icon_pixmap(name, 24, "#ffffff").toImage()) > 100).sum() > 15, name
    assert theme.icon("pan").availableSizes()
    with pytest.raises(FileNotFoundError):
        theme.icon("no such icon")
