"""The page that exports slices: what it recommends, refuses and warns of, and what then lies in the folder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pydicom
import pytest
from synthetic import FakeLive, FakeStudy

from app.gui import wait_until_settled
from app.main_window import MainWindow
from app.window.slices_page import SlicesPage


@pytest.fixture
def page(make_window: Callable[..., MainWindow], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SlicesPage:
    monkeypatch.setattr(FakeLive, "excluded", (), raising=False)
    window = make_window(FakeStudy().services())
    window.open_paths([Path("/nowhere")])
    wait_until_settled(window, 20)
    window.action_set["export_slices"].trigger()
    page = window.pages["export_slices"]
    assert isinstance(page, SlicesPage)
    page.choose_folder(tmp_path)
    return page


def wait(page: SlicesPage, qtbot: object) -> None:
    qtbot.waitUntil(lambda: page.outcome.text() != "", timeout=20_000)  # type: ignore[attr-defined]


def test_the_best_object_is_marked_and_others_say_why_not(page: SlicesPage) -> None:
    assert page.kind == page.recommended() == "dx"
    assert page.kinds.button(0).isEnabled()
    assert not page.kinds.button(1).isEnabled()
    assert page._whys[1].text() == "The body part is not the breast."
    assert page.export.isEnabled()
    assert page.facts.text() == "201 slices"
    assert page.warning.isHidden()
    page.kinds.button(4).click()
    assert not page.warning.isHidden()
    page.low.setValue(300.0)
    assert not page.export.isEnabled()
    assert "No slice lies" in page.export.toolTip()


def test_an_orientation_that_is_said_lets_the_better_objects_be_chosen(page: SlicesPage) -> None:
    picture = page.picture()
    assert picture is not None
    live = picture.source
    unknown = replace(live.info, patient=None)
    page.picture = lambda: replace(picture, source=SimpleNamespace(info=unknown))  # type: ignore[method-assign]
    page.refresh()
    assert page.kind == page.recommended() == "capture"
    assert not page.kinds.button(0).isEnabled()
    assert "how the patient stands" in page._whys[0].text()
    page.stand.setCurrentIndex(1)
    assert page.kind == page.recommended() == "dx"
    frame = page.how().frame
    assert frame is not None
    assert [frame.letters(axis) for axis in ((1, 0, 0), (0, 1, 0), (0, 0, 1))] == ["L", "F", "P"]
    for index in range(1, page.stand.count()):
        page.stand.setCurrentIndex(index)
        assert page.how().frame is not None


def test_what_is_chosen_is_what_is_written_and_remembered(page: SlicesPage, tmp_path: Path, qtbot: object) -> None:
    page.kinds.button(4).click()
    page.encoding.setCurrentIndex(1)
    page.low.setValue(50.0)
    page.high.setValue(53.0)
    page.description.setText("Nodule")
    page.export.click()
    wait(page, qtbot)
    files = sorted(tmp_path.rglob("*.dcm"))
    assert len(files) == 4
    data = pydicom.dcmread(files[0])
    assert (data.Modality, float(data.SliceLocation)) == ("CT", 50.0)
    assert data.SeriesDescription.startswith("Nodule")
    assert "not HU" in data.SeriesDescription
    assert data.file_meta.TransferSyntaxUID == "1.2.840.10008.1.2.4.80"
    assert not page.send.isHidden()
    assert not page.show_folder.isHidden()
    again = SlicesPage(page._window, page._window)
    assert (again.kind, again.encoding.currentData()) == ("ct", "jpeg-ls")
    again.deleteLater()
