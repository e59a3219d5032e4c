"""Collects every text of the window and brings the translations in ``resources/translations`` up to date.

``python -m app.translations`` reads the sources, writes the Qt Linguist files (existing translations stay, texts that
are gone are kept as vanished ones, new ones are unfinished), and compiles them. ``--check`` changes nothing and fails
when a text is missing. The command line speaks English only, so its texts are not collected.
"""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path

from recon.parameters import Parametrised
from widgets.translation import CONTEXT, LANGUAGES

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "translations"
SOURCES = ("recon", "widgets", "app")
SILENT = ("app/cli", "app/setup_system.py", "recon/quality")
"""Parts whose texts are only ever shown by the command line."""
CALLS = {"tr", "mark", "said", "Fact", "shown", "Message"}
"""Functions whose first argument is a text of the window."""
SAME = {"mm", "px", "HU", "GB", "cd/m²", "Bocage", "DICOM", "1/mm", "English"}
PLACE = re.compile(r"(?<!\{)\{(\d+)[^{}]*\}(?!\})")
ENDING = re.compile(r"(?<=[A-Za-z])\{(\d+)\}")
"""A place glued to a word: an English ending, which other languages leave out."""


def wanted(text: str) -> bool:
    """Whether a text has words at all: units and the program's name are the same in every language."""
    bare = PLACE.sub("", text)
    return bool(re.search(r"[A-Za-z]{2}", bare)) and bare.strip() not in SAME


def collect() -> dict[str, str]:
    """Every text of the window with the file (relative to the repository) where it was found first."""
    found: dict[str, str] = {}
    for text, place in (*_in_code(), *_in_tables()):
        if wanted(text):
            found.setdefault(text, place)
    return found


def _in_code() -> Iterator[tuple[str, str]]:
    for folder in SOURCES:
        for path in sorted((ROOT / folder).rglob("*.py")):
            place = path.relative_to(ROOT).as_posix()
            if not place.startswith(SILENT):
                for text in texts_of(path.read_text(encoding="utf-8")):
                    yield text, place


def texts_of(code: str) -> Iterator[str]:
    """The texts that a source file marks."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call) and node.args:
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in CALLS:
                yield from _literals(node.args[0])


def _literals(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _literals(node.body)
        yield from _literals(node.orelse)


def _in_tables() -> Iterator[tuple[str, str]]:
    """Texts of data: actions, settings, algorithms, corrections, protocols, presets, the demonstration case."""
    from app import actions
    from app.about import case_facts
    from app.hanging import HangingStore
    from app.presets import geometry_presets
    from app.protocols import protocols
    from app.settings import Settings
    from app.shortcuts import shortcut_sets
    from recon.parameters import parameters
    from widgets.measurements import KINDS

    for measured in KINDS.values():
        yield measured.noun, "widgets/measurements"
    for spec in actions.ACTIONS:
        for text in (spec.text, spec.tip, *(need.why for need in spec.needs)):
            yield text, "app/actions"
    for pair in (*actions.MENUS, *actions.SUBMENUS.items()):
        yield pair[1], "app/actions"
    for pair in actions.MOUSE:
        for text in pair:
            yield text, "app/actions"
    for item in fields(Settings):
        for key in ("title", "description", "unit"):
            yield item.metadata.get(key, ""), "app/settings.py"
    for kind in _parametrised():
        place = kind.__module__.replace(".", "/") + ".py"
        for text in (kind.title, kind.description):
            yield text, place
        for parameter in parameters(kind):
            choices = (title for _, title in parameter.choices)
            for text in (parameter.title, parameter.description, parameter.unit, *choices):
                yield text, place
    for hanging in HangingStore(ROOT / "resources" / "hanging" / "none").protocols():
        yield hanging.title, "resources/hanging"
    for protocol in protocols():
        for text in (protocol.title, protocol.description):
            yield text, "resources/protocols"
    for keys in shortcut_sets():
        yield keys.title, "resources/shortcuts"
    for facts in case_facts():
        for key in ("title", "description"):
            yield str(facts.get(key, "")), "resources/cases"
    for preset in geometry_presets():
        for text in (preset.title, " ".join(preset.description.split()), preset.unconfirmed):
            yield text, "resources/presets"


def _parametrised() -> list[type[Parametrised]]:
    """Everything in `recon` with described parameters: algorithms, corrections, and what else there is."""
    for path in sorted((ROOT / "recon").rglob("*.py")):
        if "recon.parameters" in path.read_text(encoding="utf-8"):
            importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"))
    found: list[type[Parametrised]] = []
    waiting: list[type[Parametrised]] = [Parametrised]
    while waiting:
        kind = waiting.pop(0)
        waiting += kind.__subclasses__()
        if kind.__module__.startswith("recon."):
            found.append(kind)
    return found


# -- the files ---------------------------------------------------------------------------------------------------------


@dataclass
class Entry:
    """One text of a translation file; `state` is "", "unfinished" or "vanished"."""

    text: str
    place: str
    translation: str = ""
    state: str = "unfinished"


def ts_path(language: str) -> Path:
    """The Qt Linguist file of a language."""
    return FOLDER / f"bocage_{language}.ts"


def read_ts(path: Path) -> dict[str, Entry]:
    """The entries of a Qt Linguist file by their English text."""
    if not path.exists():
        return {}
    found = {}
    for message in ET.parse(path).getroot().iter("message"):
        text = message.findtext("source") or ""
        translation, location = message.find("translation"), message.find("location")
        found[text] = Entry(
            text,
            location.get("filename", "") if location is not None else "",
            (translation.text or "") if translation is not None else "",
            translation.get("type", "") if translation is not None else "unfinished",
        )
    return found


def write_ts(path: Path, language: str, entries: list[Entry]) -> None:
    """Write a Qt Linguist file."""
    root = ET.Element("TS", version="2.1", language=language, sourcelanguage="en")
    context = ET.SubElement(root, "context")
    ET.SubElement(context, "name").text = CONTEXT
    for entry in entries:
        message = ET.SubElement(context, "message")
        if entry.place:
            ET.SubElement(message, "location", filename=entry.place)
        ET.SubElement(message, "source").text = entry.text
        attributes = {"type": entry.state} if entry.state else {}
        ET.SubElement(message, "translation", attributes).text = entry.translation
    ET.indent(root, "    ")
    text = ET.tostring(root, encoding="unicode")
    path.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{text}\n', encoding="utf-8")


def updated(texts: dict[str, str], old: dict[str, Entry]) -> list[Entry]:
    """The entries for the texts there are now, and those whose text is gone at the end."""
    entries = []
    for text, place in sorted(texts.items(), key=lambda item: item[1]):
        before = old.get(text)
        if before is None or not before.translation:
            entries.append(Entry(text, place))
        else:
            entries.append(Entry(text, place, before.translation, "" if before.state == "vanished" else before.state))
    entries += [
        Entry(gone.text, "", gone.translation, "vanished")
        for text, gone in old.items()
        if text not in texts and gone.translation
    ]
    return entries


def compile_ts(source: Path, target: Path) -> None:
    """Compile a Qt Linguist file to what the program loads."""
    tool = Path(sys.executable).with_name("pyside6-lrelease")
    subprocess.run([tool, "-silent", source, "-qm", target], check=True)


def missing(language: str) -> list[str]:
    """What is wrong with a translation, one line each; empty when it is complete."""
    entries, texts = read_ts(ts_path(language)), collect()
    problems = [f"not in the file: {text!r} ({place})" for text, place in texts.items() if text not in entries]
    for text, entry in entries.items():
        if entry.state == "vanished":
            continue
        if text not in texts:
            problems.append(f"no longer in the source: {text!r}")
        elif not entry.translation or entry.state:
            problems.append(f"not translated: {text!r} ({entry.place})")
        elif wrong := wrong_places(text, entry.translation):
            problems.append(f"places {wrong} differ: {text!r} → {entry.translation!r}")
    return problems


def wrong_places(text: str, translation: str) -> list[str]:
    """The places ``{0}`` … that a translation lacks or has too many; English endings may be left out."""
    needed, there = set(PLACE.findall(text)), set(PLACE.findall(translation))
    endings = set(ENDING.findall(text))
    return sorted((needed - endings - there) | (there - needed))


def main(arguments: list[str]) -> int:
    """Update and compile every language, or check them."""
    languages = [language for language in LANGUAGES if language != "en"]
    if "--check" in arguments:
        problems = [f"{language}: {line}" for language in languages for line in missing(language)]
        print("\n".join(problems) or "Every text is translated.")
        return 1 if problems else 0
    texts = collect()
    for language in languages:
        path = ts_path(language)
        entries = updated(texts, read_ts(path))
        write_ts(path, language, entries)
        with tempfile.TemporaryDirectory() as folder:
            compiled = Path(folder) / "compiled.qm"
            compile_ts(path, compiled)
            path.with_suffix(".qm").write_bytes(compiled.read_bytes())
        open_ = sum(entry.state == "unfinished" for entry in entries)
        print(f"{path.name}: {len(texts)} texts, {open_} to translate")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
