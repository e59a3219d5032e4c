"""Writes the user guide in every language: ``make guide``.

The guide's texts stand in ``docs/guide``. What the program names is not written there but taken from the program, so
that menus, keys and pictures in the guide are those that there are:

``{{name ID}}``
    What an action is called.
``{{do ID}}``
    The same, with its first key.
``{{menu ID}}``
    The way to it through the menus.
``{{submenu ID}}``
    The menu that it stands in.
``{{key ID}}``
    Its first key.
``{{text ENGLISH}}``
    Any other text of the window.
``{{image NAME CAPTION}}``
    A picture that ``docs/screenshots.py`` takes.
``{{keys}}``, ``{{mouse}}``
    The tables of all keys, and of what the mouse does.
"""

from __future__ import annotations

import re
import sys
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
DOCS = ROOT / "docs"
FILES = {"en": "guide.md", "zh_CN": "guide.zh_CN.md"}
"""The guide's file by its language."""
WORDS = {"en": ("Keys", "Does", "Mouse"), "zh_CN": ("快捷键", "作用", "鼠标")}
BRACKETS = {"en": (" (", ")"), "zh_CN": ("（", "）")}
HERE = re.compile(r"\{\{(\w+)(?: ([^}]*))?\}\}")


@cache
def texts() -> frozenset[str]:
    """Every English text of the window."""
    from app.translations import collect

    return frozenset(collect())


def _shown(text: str) -> str:
    from widgets.translation import plain, tr

    return plain(tr(text)).rstrip("…")


def _keys(identity: str) -> str:
    from app.actions import by_id

    return ", ".join(f"`{key}`" for key in by_id(identity).shortcuts)


def _first_key(identity: str) -> str:
    from app.actions import by_id

    return "".join(f"`{key}`" for key in by_id(identity).shortcuts[:1])


def _menu(identity: str, *, whole: bool = True) -> str:
    from app.actions import MENUS, SUBMENUS, by_id

    spec = by_id(identity)
    way = [dict(MENUS)[spec.group], *([SUBMENUS[spec.submenu]] if spec.submenu else [])]
    way += [spec.text] if whole else []
    return f"**{' ▸ '.join(map(_shown, way))}**"


def _do(identity: str, language: str) -> str:
    from app.actions import by_id

    before, after = BRACKETS[language]
    keys = _first_key(identity)
    return f"**{_shown(by_id(identity).text)}**" + (f"{before}{keys}{after}" if keys else "")


def _key_table(language: str) -> str:
    from app.actions import ACTIONS, MENUS

    lines = []
    for group, title in MENUS:
        found = [spec for spec in ACTIONS if spec.group == group and spec.shortcuts]
        if not found:
            continue
        lines += ["", f"**{_shown(title)}**", "", f"| {WORDS[language][0]} | {WORDS[language][1]} |", "|---|---|"]
        lines += [f"| {_keys(spec.id)} | {_shown(spec.text)} |" for spec in found]
    return "\n".join(lines[1:])


def _mouse_table(language: str) -> str:
    from app.actions import MOUSE
    from widgets.translation import tr

    lines = [f"| {WORDS[language][2]} | {WORDS[language][1]} |", "|---|---|"]
    return "\n".join([*lines, *(f"| {tr(what)} | {tr(does)} |" for what, does in MOUSE)])


def _put(language: str, what: str, of: str) -> str:
    from app.actions import by_id

    if what == "text":
        if of not in texts():
            raise KeyError(f"The window has no text “{of}”.")
        return f"**{_shown(of)}**"
    if what == "image":
        name, caption = of.split(" ", 1)
        return f"![{caption}](images/{language}/{name}.png)"
    made = {
        "name": lambda: f"**{_shown(by_id(of).text)}**",
        "do": lambda: _do(of, language),
        "menu": lambda: _menu(of),
        "submenu": lambda: _menu(of, whole=False),
        "key": lambda: _first_key(of),
        "keys": lambda: _key_table(language),
        "mouse": lambda: _mouse_table(language),
    }
    return made[what]()


def written(language: str) -> str:
    """The guide in a language, as its file should be.

    Raises
    ------
    KeyError
        When the guide speaks of what the program does not have.
    """
    from widgets.translation import install
    from widgets.translation import language as in_use

    before = in_use()
    install(language)
    try:
        source = (DOCS / "guide" / f"{language}.md").read_text(encoding="utf-8")
        return HERE.sub(lambda found: _put(language, found[1], found[2] or ""), source)
    finally:
        install(before)


def run() -> None:
    """Write the guides."""
    from PySide6.QtCore import QCoreApplication

    application = QCoreApplication.instance() or QCoreApplication([])
    for language, name in FILES.items():
        (DOCS / name).write_text(written(language), encoding="utf-8")
    del application


if __name__ == "__main__":
    run()
