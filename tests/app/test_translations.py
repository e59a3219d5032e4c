"""Every text of the window has its translation; nothing is stale, nothing half done."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from PySide6.QtCore import QTranslator

from app import translations
from recon.messages import joined, lowered, said
from widgets.translation import CONTEXT, LANGUAGES

OTHERS = [language for language in LANGUAGES if language != "en"]


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_is_translated(language: str) -> None:
    problems = translations.missing(language)
    assert not problems, "run `make translations`, then translate what is unfinished:\n" + "\n".join(problems)


@pytest.mark.parametrize("language", OTHERS)
def test_what_is_loaded_is_what_is_written(language: str) -> None:
    path = translations.ts_path(language)
    translator = QTranslator()
    assert translator.load(str(path.with_suffix(".qm")))
    stale = [
        entry.text
        for entry in translations.read_ts(path).values()
        if entry.state != "vanished" and translator.translate(CONTEXT, entry.text) != entry.translation
    ]
    assert not stale, f"run `make translations`: {stale}"


def test_a_missing_text_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(translations, "FOLDER", tmp_path)
    texts = {"Cine speed": "a", "{0} of {1} views": "b", "{0} file{1}": "c", "Gone": "d", "New": "e"}
    monkeypatch.setattr(translations, "collect", lambda: {text: "x" for text in texts if text != "Gone"})
    entries = [
        translations.Entry("Cine speed", "a", "电影播放速度", ""),
        translations.Entry("{0} of {1} views", "b", "{0} 个投影", ""),
        translations.Entry("{0} file{1}", "c", "{0} 个文件", ""),
        translations.Entry("Gone", "d", "无", ""),
    ]
    translations.write_ts(tmp_path / "bocage_zh_CN.ts", "zh_CN", entries)
    problems = translations.missing("zh_CN")
    assert [problem.partition(":")[0] for problem in problems] == [
        "not in the file",
        "places ['1'] differ",
        "no longer in the source",
    ]
    updated = translations.updated(translations.collect(), translations.read_ts(tmp_path / "bocage_zh_CN.ts"))
    states = {entry.text: entry.state for entry in updated}
    assert states == {
        "Cine speed": "",
        "{0} of {1} views": "",
        "{0} file{1}": "",
        "New": "unfinished",
        "Gone": "vanished",
    }


def test_texts_are_found_where_they_are_marked() -> None:
    code = 'tr("one"); said("two {0}", x); mark("three"); self.tr("four" if a else "five"); log("six"); tr(seven)'
    assert list(translations.texts_of(code)) == ["one", "two {0}", "three", "four", "five"]


def test_no_text_of_the_window_is_put_together_in_english() -> None:
    """What is shown goes through `tr`: an f-string with words, or a bare literal, handed to a widget does not."""
    setters = {
        "setText", "setToolTip", "setWindowTitle", "setPlaceholderText", "setAccessibleName", "setStatusTip",
        "addAction", "setTitle", "QLabel", "QPushButton", "QCheckBox", "QRadioButton", "QAction", "setSuffix", "tell",
        "set_empty_message", "tell_status", "setSpecialValueText", "addMenu", "heading", "show_work",
        "setDetailedText", "setInformativeText", "addTab", "setTabText", "QGroupBox", "addRow", "setLabelText",
    }  # fmt: skip
    found = []
    for folder in ("widgets", "app"):
        for path in (translations.ROOT / folder).rglob("*.py"):
            if path.relative_to(translations.ROOT).as_posix().startswith(("app/cli", "app/gui.py")):
                continue
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call):
                    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                    if name in setters:
                        found += [f"{path}:{node.lineno}" for item in node.args if _has_words(item)]
    assert not found


def _has_words(node: ast.expr) -> bool:
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str) and translations.wanted(node.value) and not node.value.startswith("<")
    if isinstance(node, ast.JoinedStr):
        text = "".join(part.value for part in node.values if isinstance(part, ast.Constant))
        return translations.wanted(text) and "<" not in text
    if isinstance(node, ast.IfExp):
        return _has_words(node.body) or _has_words(node.orelse)
    return False


def test_a_message_is_english_and_remembers_how_it_was_made() -> None:
    message = said("{0}: {1:.1f} mm, {2}", "a.dcm", 3.14159, said("cut short"))
    assert message == "a.dcm: 3.1 mm, cut short"
    assert message.values[2].template == "cut short"
    assert said("100 %} of {it}") == "100 %} of {it}"
    assert joined([said("One."), "Two."]) == "One. Two."
    assert lowered("Slice thickness") == "slice thickness"
    assert lowered("Slice thickness").template == "Slice thickness"
