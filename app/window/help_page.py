"""Keys and mouse on one page, drawn from the list of actions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QTextBrowser, QWidget

from app.actions import ACTIONS, MENUS, MOUSE
from app.window.page import Page
from widgets.theme import COLOURS
from widgets.translation import plain, tr


def help_html(keys: Mapping[str, Sequence[str]]) -> str:
    """The page as HTML: every action with its keys, and the mouse.

    Parameters
    ----------
    keys : mapping of str to sequence of str
        In force, by the id of the action.
    """
    native = QKeySequence.SequenceFormat.NativeText
    parts: list[str] = []
    for group, title in MENUS:
        rows = [
            (
                ", ".join(QKeySequence(key).toString(native) for key in keys[action.id]),
                plain(tr(action.text)).rstrip("…"),
                tr(action.tip),
            )
            for action in ACTIONS
            if action.group == group and keys[action.id] and not action.id.startswith("preset_")
        ]
        if group == "image":
            rows.append(("1 … 9", tr("Windows"), tr("Windows from the file, then presets")))
        if rows:
            parts.append(f"<h3>{escape(plain(tr(title)))}</h3>" + _table(rows))
    mouse = _table([(tr(gesture), tr(meaning), "") for gesture, meaning in MOUSE])
    half = (len(parts) + 1) // 2
    left, right = "".join(parts[:half]), "".join(parts[half:])
    return (
        f'<table width="100%"><tr><td width="50%" valign="top">{left}</td>'
        f'<td valign="top">{right}<h3>{tr("Mouse")}</h3>{mouse}</td></tr></table>'
    )


def _table(rows: list[tuple[str, str, str]]) -> str:
    lines = "".join(
        f'<tr><td style="white-space:nowrap; padding-right:14px"><b>{escape(key)}</b></td>'
        f"<td>{escape(name)}{f'<br><span style=color:{COLOURS.text_dim}>{escape(tip)}</span>' if tip else ''}</td></tr>"
        for key, name, tip in rows
    )
    return f"<table>{lines}</table>"


class HelpPage(Page):
    """All keys and gestures; it can stay open."""

    def __init__(self, keys: Callable[[], Mapping[str, Sequence[str]]], parent: QWidget | None = None) -> None:
        self._browser = QTextBrowser()
        super().__init__(tr("Keys and Mouse"), self._browser, parent)
        self._keys = keys
        self.resize(920, 760)

    def refresh(self) -> None:
        """Show the keys in force."""
        self._browser.setHtml(help_html(self._keys()))
