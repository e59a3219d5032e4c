"""The user guide speaks of the program as it is, and its pictures exist in every language."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from PIL import Image

from app.gui import application

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
LANGUAGES = ("en", "zh_CN")


def load(name: str) -> ModuleType:
    specification = importlib.util.spec_from_file_location(f"docs_{name}", DOCS / f"{name}.py")
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    sys.modules[specification.name] = module  # dataclasses look themselves up there
    specification.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def guide() -> ModuleType:
    application()
    return load("guide")


@pytest.fixture(scope="module")
def screenshots() -> ModuleType:
    return load("screenshots")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_guide_is_what_the_program_says_now(guide: ModuleType, language: str) -> None:
    text = (DOCS / guide.FILES[language]).read_text(encoding="utf-8")
    assert text == guide.written(language), "run: make guide"
    assert "{{" not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_picture_of_the_guide_exists(guide: ModuleType, language: str) -> None:
    text = (DOCS / guide.FILES[language]).read_text(encoding="utf-8")
    named = re.findall(r"\]\((images/[^)]+)\)", text)
    assert len(named) >= 20
    for name in named:
        assert name.startswith(f"images/{language}/")
        with Image.open(DOCS / name) as picture:
            picture.verify()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pictures_of_all_pages_exist_and_are_small(screenshots: ModuleType, language: str) -> None:
    files = [DOCS / "images" / language / f"{each.name}.png" for each in screenshots.PICTURES]
    assert [file.name for file in files if not file.exists()] == []
    assert [file.name for file in files if file.stat().st_size > screenshots.LIMIT_BYTES] == []
    # None is left over from a picture that is not taken any more.
    assert {file.name for file in files} == {file.name for file in files[0].parent.iterdir()}


def test_both_guides_show_the_same_pictures_and_speak_of_the_same_actions(guide: ModuleType) -> None:
    said = []
    for language in LANGUAGES:
        source = (DOCS / "guide" / f"{language}.md").read_text(encoding="utf-8")
        found = [(what, of.split(" ")[0] if what == "image" else of) for what, of in guide.HERE.findall(source)]
        said.append(sorted(found))
        assert re.findall(r"^(#+) ", source, re.M) == re.findall(
            r"^(#+) ", (DOCS / "guide" / "en.md").read_text(), re.M
        )
    assert said[0] == said[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_bold_beside_headings_of_lists_comes_from_the_program(guide: ModuleType, language: str) -> None:
    """Bold words of the source begin an entry; names of actions are put in by the program."""
    source = (DOCS / "guide" / f"{language}.md").read_text(encoding="utf-8")
    for line in source.splitlines():
        for found in re.finditer(r"\*\*[^*]+\*\*", line):
            assert re.fullmatch(r"(> |\d+\. |- )", line[: found.start()]), line


@pytest.mark.parametrize("language", LANGUAGES)
def test_keys_written_out_in_the_guide_are_those_of_the_program(guide: ModuleType, language: str) -> None:
    from app.actions import ACTIONS

    keys = {key for spec in ACTIONS for key in spec.shortcuts}
    source = (DOCS / "guide" / f"{language}.md").read_text(encoding="utf-8")
    written = {
        found for found in re.findall(r"`([^`]+)`", source) if not re.search(r"[~_ ]|\.\w{3}", found)
    }  # nor paths and commands
    assert written <= keys
    text = (DOCS / guide.FILES[language]).read_text(encoding="utf-8")
    table = text[text.rindex("\n## ", 0, text.rindex("\n## ")) :]
    for key in keys:
        assert f"`{key}`" in table


def test_an_unknown_name_is_refused(guide: ModuleType) -> None:
    with pytest.raises(KeyError, match="no text"):
        guide._put("en", "text", "Frobnicate")
    with pytest.raises(StopIteration):
        guide._put("en", "do", "frobnicate")


def test_pictures_are_taken_in_both_languages_and_failures_are_told(
    screenshots: ModuleType, tmp_path: Path, qtbot: Any
) -> None:
    def broken(_desk: Any) -> Any:
        raise RuntimeError("no such page")

    application()
    chosen = [each for each in screenshots.PICTURES if each.name in ("empty", "restore")]
    assert len(chosen) == 2
    chosen.append(screenshots.Picture("broken", broken, case=False))
    told: list[str] = []
    for language in LANGUAGES:
        assert screenshots.take_all(chosen, language, tmp_path, told.append) == ["broken"]
    pictures = {}
    for language in LANGUAGES:
        for name in ("empty", "restore"):
            with Image.open(tmp_path / language / f"{name}.png") as picture:
                assert picture.size == screenshots.SIZE
                pictures[language, name] = picture.convert("RGB").tobytes()
    assert len(set(pictures.values())) == 4  # each shows something of its own
    assert sum("NOT TAKEN" in line and "no such page" in line for line in told) == 2


def test_a_picture_that_is_too_large_is_made_smaller(screenshots: ModuleType, tmp_path: Path) -> None:
    import numpy as np
    from PySide6.QtGui import QImage

    noise = np.random.default_rng(1).integers(0, 255, (600, 800, 4), dtype=np.uint8)
    noisy = QImage(noise.data, 800, 600, QImage.Format.Format_RGB32).copy()
    size = screenshots.save(noisy, tmp_path / "noise.png")
    assert size <= screenshots.LIMIT_BYTES
    with Image.open(tmp_path / "noise.png") as picture:
        assert picture.width / picture.height == pytest.approx(4 / 3, rel=0.02)
