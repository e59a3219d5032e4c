"""The window in another language: switched while a study is open, nothing lost, nothing left behind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import SIGNAL, QEvent, QObject
from PySide6.QtWidgets import QApplication, QComboBox, QDockWidget, QTabBar, QWidget
from synthetic import FakeStudy

from app.gui import process_events, wait_until_settled
from app.window.corner_text import date, person_name
from widgets import translation
from widgets.measurements import Measurement
from widgets.outlined_text import text_width, wrapped
from widgets.viewport import Viewport
from widgets.viewport_types import Corner


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    yield
    translation.install("en")


@pytest.fixture
def window(make_window: Any) -> Any:
    window = make_window(FakeStudy().services())
    window.open_paths([Path("/nowhere")])
    wait_until_settled(window, 20)
    return window


def switch(window: Any, language: str) -> None:
    window.settings.change(language=language)
    window.apply_settings()
    process_events(0.05)
    wait_until_settled(window, 20)


def listeners(window: Any) -> dict[str, int]:
    """How many slots listen to each signal of what outlives a change of language."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    found = {}
    emitters: list[QObject] = [window.session, window.opening, window.cine, window.grid, window, *window.panes]
    emitters += [pane.viewport for pane in window.panes] + list(window.action_set._actions.values())
    emitters += list(window._workers)
    for emitter in emitters:
        meta = emitter.metaObject()
        for index in range(meta.methodCount()):
            method = meta.method(index)
            name = bytes(method.methodSignature().data()).decode()
            # A tool button of Qt's listens once more each time its action changes.
            if method.methodType() == method.MethodType.Signal and name != "changed()":
                count = emitter.receivers(SIGNAL(name))
                found[f"{type(emitter).__name__} {emitter.objectName()} {name}"] = count
    return found


def test_switching_changes_every_text(window: Any) -> None:
    action, pane = window.action_set["open_folder"], window.panes[0]
    english = (
        action.text(),
        [entry.text() for entry in window.menuBar().actions()],
        [dock.windowTitle() for dock in window.findChildren(QDockWidget)],
        pane.viewport._corners[Corner.BOTTOM_RIGHT],
    )
    switch(window, "zh_CN")
    chinese = (
        window.action_set["open_folder"].text(),
        [entry.text() for entry in window.menuBar().actions()],
        [dock.windowTitle() for dock in window.findChildren(QDockWidget)],
        pane.viewport._corners[Corner.BOTTOM_RIGHT],
    )
    assert chinese[1][0] == "文件(&F)"
    assert chinese[2][1] == "重建"
    assert chinese[3][0].startswith("高度")
    assert all(not set(one) & set(other) for one, other in zip(english[1:3], chinese[1:3], strict=True))
    switch(window, "en")
    assert window.action_set["open_folder"].text() == english[0]
    assert [entry.text() for entry in window.menuBar().actions()] == english[1]
    assert pane.viewport._corners[Corner.BOTTOM_RIGHT] == english[3]


def test_switching_keeps_the_reading(window: Any) -> None:
    session = window.session
    uid = session.slices_on_screen()
    session.add_measurement(uid, Measurement("m", "length", ((0.0, 0.0), (10.0, 0.0)), 100.0))
    session.set_reconstruction(uid, thickness_mm=7.0)
    session.set_height(uid, 120.0)
    window.docks["studies"].hide()
    wait_until_settled(window, 20)
    reading, slab = session.reading, window.panes[0].viewport.slab
    transform = window.panes[0].viewport.transform
    switch(window, "zh_CN")
    assert session.reading is reading
    assert window.panes[0].viewport.slab is slab
    assert window.panes[0].viewport.transform.centre_mm == transform.centre_mm
    assert session.height(uid) == 120.0
    assert window.docks["studies"].isHidden()
    assert window.docks.panel.thickness_control.value() == 7.0
    assert "层厚" in window.action_set["undo"].text()
    session.stack.undo()
    session.stack.undo()
    assert not session.reading.of(uid).measurements
    assert window.docks.panel.thickness_control.value() == 5.0


def test_switching_leaves_nothing_behind(window: Any) -> None:
    switch(window, "zh_CN")
    switch(window, "en")
    before, children = listeners(window), len(window.children())
    for language in ("zh_CN", "en", "zh_CN", "en"):
        switch(window, language)
    after = listeners(window)
    assert {name: (count, after[name]) for name, count in before.items() if after[name] != count} == {}
    assert len(window.children()) == children


def test_a_page_that_is_open_stays_open(window: Any) -> None:
    window.action_set["preferences"].trigger()
    window.pages["preferences"].controls["language"].setCurrentIndex(2)
    process_events(0.05)
    page = window.pages["preferences"]
    assert page.isVisible()
    assert page.windowTitle() == "首选项"
    assert page.controls["language"].currentText() == "简体中文"


def test_names_and_dates_are_written_as_the_language_does() -> None:
    assert person_name("Wang^XiaoDong=王^小东") == "Wang, XiaoDong"
    assert date("20260102") == "2 Jan 2026"
    translation.install("zh_CN")
    assert person_name("Wang^XiaoDong=王^小东") == "王小东"
    assert person_name("李^明") == "李明"
    assert person_name("Smith^John==") == "Smith, John"
    assert date("20260102") == "2026年1月2日"
    assert translation.tr("{0:.1f} mm", 1.5) == "1.5 mm"
    assert translation.QLocale().decimalPoint() == "."


def test_chinese_lines_break_between_characters(window: Any) -> None:
    text = "将 Distance Source to Detector（1800 mm）作为轨道到探测器平面的距离；球管指向探测器中心。"
    lines = wrapped(text, 150, 11)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(text_width(line, 11) <= 150 for line in lines)
    assert not any(line[0] in "，。；）" or line[-1] in "（" for line in lines)


ALLOWED = re.compile(
    r"""(?xa)
    \b(?:Bocage|DICOM(?:DIR)?|DCMTK|Ctrl|Shift|Alt|Esc|Del|Delete|Home|End|PgUp|PgDown|Tab|Enter|F\d+|English|mm|cm|px|GB|HU
    |ms|Hann|Hamming|Shepp|Logan|SIRT|OS-SART|SART|MLEM|MITS|Lanczos|Cobb|PNG|JPEG|GIF|MP4|TIFF|JSON|PDF|HTML|CSV|Letter|CT|DX|PA|AP|FDA|GE
    |ID|BOCAGE|[A-Z]|cd|m²|ACR|AAPM|SIIM|TG-18|PS3\.14|JND|SD|max|min|CHEST|n|ln)\b"""
)


def english_left(root: QWidget, data: set[str]) -> list[str]:
    """English words in what the user can read of a window and everything in it; `data` are the patient's own texts."""
    texts: list[tuple[str, str]] = []
    for widget in (root, *root.findChildren(QWidget)):
        where = f"{type(widget).__name__} {widget.objectName()}"
        for getter in ("windowTitle", "text", "title", "toolTip", "placeholderText", "suffix", "specialValueText"):
            read = getattr(widget, getter, None)
            if callable(read):
                texts.append((where, str(read())))
        if isinstance(widget, QComboBox):
            texts += [(where, widget.itemText(index)) for index in range(widget.count())]
        if isinstance(widget, QTabBar):
            texts += [(where, widget.tabText(index)) for index in range(widget.count())]
        for action in widget.actions():
            texts += [(action.objectName(), text) for text in (action.text(), action.toolTip(), action.statusTip())]
        if isinstance(widget, Viewport):
            texts += [(where, line) for lines in widget._corners.values() for line in lines]
            texts += [(where, line) for line in widget._empty if widget.info is None]
    found = []
    for where, text in texts:
        bare = re.sub(r"<[^>]*>|\(&\w\)", " ", text)
        for known in sorted(data, key=len, reverse=True):
            bare = bare.replace(known, " ")
        if re.search(r"[A-Za-z]{2}", ALLOWED.sub(" ", bare)):
            found.append(f"{where}: {text!r}")
    return sorted(set(found))


def test_no_english_is_left(window: Any) -> None:
    switch(window, "zh_CN")
    uid = window.session.slices_on_screen()
    window.session.add_measurement(uid, Measurement("m", "length", ((0.0, 0.0), (10.0, 0.0)), 100.0))
    window.docks.show("views")
    window.docks.show("findings")
    for name in ("key_image", "add_finding", "compare_toggle"):
        window.action_set[name].trigger()
    for name in ("preferences", "shortcuts", "edit_shortcuts", "hanging_protocols", "save_picture", "report"):
        window.action_set[name].trigger()
    window.palette_box.open()
    wait_until_settled(window, 20)
    header = window.session.pictures[uid].header
    data = {str(value) for value in vars(header).values() if isinstance(value, str) and len(value) > 1}
    data |= {entry.title for study in window.opening.studies.values() for entry in study.series}
    data |= {
        person_name(header.patient_name),
        str(window.journal.keeper.folder),
        "Geometry: preset of the test",
        "OHIF",
        "Weasis",
    }
    assert english_left(window, data) == []
