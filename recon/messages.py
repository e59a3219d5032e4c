"""Sentences for the user that remember how they were made, so that a window can say them in another language.

Physics and file readers know no translations. They make their sentences with `said`; the result is the English
sentence, an ordinary ``str`` for logs, the command line and tests, which also carries its template and its values.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


class Message(str):
    """An English sentence with what it was made of.

    Attributes
    ----------
    template : str
        With places ``{0}``, ``{1:.1f}`` … for the values, as ``str.format`` takes them.
    values : tuple
        Numbers, names, paths, and other messages.
    """

    template: str
    values: tuple[Any, ...]

    def __new__(cls, template: str, values: tuple[Any, ...] = ()) -> Message:
        """Fill in the English sentence."""
        pattern = template
        if not values and isinstance(template, Message):
            pattern, values = template.template, template.values
        made = super().__new__(cls, pattern.format(*values) if values else pattern)
        made.template, made.values = str(pattern), values
        return made

    def __getnewargs__(self) -> tuple[str, tuple[Any, ...]]:  # type: ignore[override]
        """What pickling makes it from again."""
        return self.template, self.values


def mark(text: str) -> str:
    """Mark a text of a table for translation; it is translated where it is shown."""
    return text


def said(template: str, *values: Any) -> Message:
    """Make a sentence for the user.

    Parameters
    ----------
    template : str
        English, a literal (the translations' tool collects it), with places ``{0}``, ``{1:.1f}`` … for `values`;
        without values it is taken as it stands.
    *values
        Errors among them are kept as their sentences. A place glued to a word, as in ``"{0} view{1}"``, is an
        English ending, which other languages leave out.
    """
    return Message(template, tuple(str(value) if isinstance(value, BaseException) else value for value in values))


def joined(parts: Iterable[str], separator: str = " ") -> Message:
    """Sentences or words one after the other, each of which keeps what it was made of."""
    found = tuple(parts)
    if len(found) == 1 and isinstance(found[0], Message):
        return found[0]
    if not found:
        return Message("")
    escaped = separator.replace("{", "{{").replace("}", "}}")
    return Message(escaped.join(f"{{{index}}}" for index in range(len(found))), found)


def lowered(title: str) -> Message:
    """A title within a sentence: its first letter small in English, the title's own translation elsewhere."""
    made = Message.__new__(Message, title)
    small = str.__new__(Message, title[:1].lower() + title[1:])
    small.template, small.values = made.template, made.values
    return small


def reason_of(error: BaseException) -> str:
    """What an error of Python's own says; a `Message` that it was raised with stays one."""
    first = error.args[0] if error.args else ""
    return first if len(error.args) == 1 and isinstance(first, Message) else str(error)


def ending(count: float, plural: str = "s", singular: str = "") -> str:
    """The ending of an English word that is counted."""
    return singular if count == 1 else plural
