"""Reading TOML files of ours strictly: every key known, every value of its type, errors in sentences."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Callable, Iterable, Mapping
from importlib.resources import files
from typing import Any, Protocol, TypeVar

from recon.errors import BocageError
from recon.messages import said


class Described(Protocol):
    """What a TOML file of ours describes; `key` is the file's name."""

    @property
    def key(self) -> str:
        """Name for the command line."""

    @property
    def title(self) -> str:
        """Name for the eye."""


D = TypeVar("D", bound=Described)


def read_folder(name: str, read: Callable[[str, str], D]) -> tuple[D, ...]:
    """What the files of a folder in ``resources`` describe, by title; `read` takes a text and its key."""
    found = [
        read(entry.read_text(encoding="utf-8"), entry.name.removesuffix(".toml"))
        for entry in (files("resources") / name).iterdir()
        if entry.name.endswith(".toml")
    ]
    return tuple(sorted(found, key=lambda item: item.title))


def find_by_name(known: Iterable[D], what: str, name: str) -> D:
    """The one of a key or title; the error names the choices."""
    known = tuple(known)
    for item in known:
        if name.lower() in (item.key.lower(), item.title.lower()):
            return item
    raise BocageError(
        said('There is no {0} "{1}". Choose one of: {2}.', what, name, ", ".join(item.key for item in known))
    )


def read_toml(text: str, name: str) -> Table:
    """The root table of a TOML text; `name` is the file's, for errors."""
    try:
        return Table(tomllib.loads(text), name)
    except tomllib.TOMLDecodeError as error:
        raise BocageError(said("{0}: not valid TOML ({1}).", name, error)) from None


class Table:
    """A table whose values are asked for by key and type.

    Parameters
    ----------
    data : mapping
    name : str
        The file's, for errors.
    path : str
        The table's own name in the file; "" for the root.
    """

    def __init__(self, data: Mapping[str, Any], name: str, path: str = "") -> None:
        self.data, self.name, self.path = data, name, path

    def check(self, needed: Iterable[str], optional: Iterable[str] = ()) -> None:
        """Refuse a table that lacks a key or has an unknown one."""
        needed = tuple(needed)
        missing = [self._full(key) for key in needed if key not in self.data]
        if missing:
            raise BocageError(said("{0}: {1} missing.", self.name, ", ".join(missing)))
        unknown = [self._full(key) for key in self.data if key not in {*needed, *optional}]
        if unknown:
            raise BocageError(
                said("{0}: {1} unknown. Known: {2}.", self.name, ", ".join(unknown), ", ".join((*needed, *optional)))
            )

    def table(self, key: str) -> Table:
        """A table within this one; empty if it is not there."""
        value = self.data.get(key, {})
        if not isinstance(value, Mapping):
            raise self._wrong(key, said("a table"), value)
        return Table(value, self.name, self._full(key))

    def tables(self, key: str) -> tuple[Table, ...]:
        """The tables of a list within this one; none if it is not there."""
        value = self.data.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, Mapping) for item in value):
            raise self._wrong(key, "a list of tables", value)
        return tuple(Table(item, self.name, f"{self._full(key)}[{index}]") for index, item in enumerate(value))

    def text(self, key: str, default: str = "") -> str:
        """A text, without the line breaks around it."""
        value = self.data.get(key, default)
        if not isinstance(value, str):
            raise self._wrong(key, said("a text"), value)
        return value.strip()

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, at least one."""
        value = self.data.get(key)
        if not isinstance(value, list) or not value or not all(isinstance(item, str) and item for item in value):
            raise self._wrong(key, said("a list of texts"), value)
        return tuple(value)

    def choice(self, key: str, choices: Iterable[str]) -> str:
        """One of some words."""
        value, words = self.text(key), tuple(choices)
        if value not in words:
            raise BocageError(
                said('{0}: {1} must be one of {2}, found "{3}".', self.name, self._full(key), ", ".join(words), value)
            )
        return value

    def number(self, key: str, low: float = -math.inf, high: float = math.inf) -> float:
        """A finite number from `low` to `high`."""
        value = self.data.get(key)
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise self._wrong(key, said("a number"), value)
        if not low <= value <= high:
            raise BocageError(
                said(
                    "{0}: {1} must lie between {2:g} and {3:g}, found {4:g}.",
                    self.name,
                    self._full(key),
                    low,
                    high,
                    value,
                )
            )
        return float(value)

    def numbers(self, key: str, low: float = -math.inf, high: float = math.inf) -> tuple[float, ...]:
        """A list of finite numbers from `low` to `high`, at least one."""
        value = self.data.get(key)
        if not isinstance(value, list) or not value:
            raise self._wrong(key, said("a list of numbers"), value)
        return tuple(Table({key: each}, self.name, self.path).number(key, low, high) for each in value)

    def whole(self, key: str, low: int = 0, high: int = 10_000) -> int:
        """A whole number from `low` to `high`."""
        value = self.number(key, low, high)
        if not value.is_integer():
            raise self._wrong(key, said("a whole number"), value)
        return int(value)

    def _full(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def _wrong(self, key: str, expected: str, value: Any) -> BocageError:
        return BocageError(said("{0}: {1} must be {2}, found {3!r}.", self.name, self._full(key), expected, value))
