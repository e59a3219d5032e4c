"""The one way from a text in the source to the text that the user reads.

Texts are English in the source and are translated when they are shown: ``tr("Cine speed")``. Values are put in at
numbered places, so that a translation may order them as its language wants. Tables of data mark their texts with
`mark`, which changes nothing, and translate them where they are shown. Sentences of the physics and the file readers
are `recon.messages.Message`; `shown` translates them.

The translations are Qt Linguist files in ``resources/translations``; ``python -m app.translations`` brings them up to
date with the source.
"""

from __future__ import annotations

import re
from datetime import date
from importlib.resources import files
from typing import ClassVar

from PySide6.QtCore import QCoreApplication, QDate, QLibraryInfo, QLocale, QTranslator

from recon.messages import Message, mark
from widgets.languages import LANGUAGES, SYSTEM

__all__ = [
    "LANGUAGES",
    "SYSTEM",
    "date_text",
    "install",
    "language",
    "mark",
    "plain",
    "resolved",
    "shown",
    "tr",
]

CONTEXT = "Bocage"


class _Installed:
    """What is in use."""

    language: ClassVar[str] = "en"
    translators: ClassVar[list[QTranslator]] = []


def tr(text: str, *values: object) -> str:
    """Return a text in the user's language.

    Parameters
    ----------
    text : str
        English, a literal or marked with `mark`; with places ``{0}``, ``{1}`` … for `values`.
    *values
        Put in after translation, as ``str.format`` does; messages among them are translated too.
    """
    found = QCoreApplication.translate(CONTEXT, text) if text else ""
    return found.format(*map(_value, values)) if values else found


def shown(text: str) -> str:
    """Return a sentence in the user's language: a `Message` translated, any other text as it is."""
    if not isinstance(text, Message):
        return text
    found = QCoreApplication.translate(CONTEXT, text.template) if text.template else ""
    if text.values:
        return found.format(*map(_value, text.values))
    return found if found != text.template else str(text)


def plain(text: str) -> str:
    """Return a menu's text without its mnemonic: "&File" and "文件(&F)" name the same menu as "File" and "文件"."""
    return re.sub(r"\(&\w\)|&(?=\S)", "", text)


def _value(value: object) -> object:
    return shown(value) if isinstance(value, Message) else value


def language() -> str:
    """The language in use, a key of `LANGUAGES`."""
    return _Installed.language


def resolved(choice: str) -> str:
    """The language that a choice ("system" or a key of `LANGUAGES`) stands for."""
    if choice in LANGUAGES:
        return choice
    for name in QLocale.system().uiLanguages():
        wanted = QLocale(name).language()
        for known in LANGUAGES:
            if QLocale(known).language() == wanted:
                return known
    return "en"


def install(choice: str) -> bool:
    """Use a language from now on; true if it is another one than before.

    What is on screen already must be built anew, or painted again. Numbers have a decimal point in every language, as
    on every X-ray console.
    """
    chosen = resolved(choice)
    QLocale.setDefault(QLocale("en_US" if chosen == "en" else chosen))
    if chosen == _Installed.language:
        return False
    for translator in _Installed.translators:
        QCoreApplication.removeTranslator(translator)
    _Installed.translators.clear()
    if chosen != "en":
        # Qt's own texts first: what is installed last is asked first.
        for folder, name in (
            (QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath), f"qtbase_{chosen}"),
            (str(files("resources") / "translations"), f"bocage_{chosen}"),
        ):
            translator = QTranslator()
            if translator.load(name, folder):
                QCoreApplication.installTranslator(translator)
                _Installed.translators.append(translator)
    _Installed.language = chosen
    return True


def date_text(day: date) -> str:
    """Return a date as the language writes it, the month never to be taken for the day."""
    return QLocale().toString(QDate(day.year, day.month, day.day), tr("d MMM yyyy"))
