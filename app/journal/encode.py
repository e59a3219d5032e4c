"""Frozen values to JSON and back, by their type hints alone.

A new field or a new frozen dataclass needs nothing here. Decoding is tolerant: what is not known any more, or does
not fit its type, is left out and reported in one sentence, and the rest is kept.

Written are dataclasses (with the name of their class under ``"$"``), tuples, mappings, frozen sets, enumerations,
paths, NumPy arrays, and what JSON has itself; algorithms and corrections by their registered name, so that a renamed
class is still found. Numbers that JSON lacks (NaN, infinities) are written as ``{"$": "number", "is": "nan"}``.
"""

from __future__ import annotations

import base64
import json
import math
import types
import typing
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from functools import cache
from importlib import import_module
from pathlib import Path, PurePath
from types import MappingProxyType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin

import numpy as np

from recon.errors import BocageError

VERSION = 1
"""Of what is written; raise it when the meaning of something written before changes."""
TAG = "$"
REGISTRIES = {
    "Algorithm": ("recon.algorithms", "Algorithm", "ALGORITHMS", "build"),
    "Correction": ("recon.corrections", "Correction", "CORRECTIONS", "build"),
}
"""What is written by its registered name: the tag, and the module with the base class, the registry and the builder.

Modules may import these names for type checking alone, so their hints are resolved with this table too.
"""
MAXIMUM_ARRAY_BYTES = 64 * 2**20
"""A larger array in a journal is damage, not data."""

Json = Any
Report = Callable[[str], None]


class Undecodable(BocageError):
    """A value that does not fit its type; the text says where and why."""


def encode(value: Any) -> str:
    """Write a value as compact ASCII JSON.

    Raises
    ------
    TypeError
        When it holds something that is none of the kinds above.
    """
    return json.dumps(_plain(value), ensure_ascii=True, separators=(",", ":"), allow_nan=False)


def decode(text: str, hint: Any) -> tuple[Any, tuple[str, ...]]:
    """Read a value that `encode` wrote.

    Parameters
    ----------
    text : str
    hint : type
        A type or type hint that the value must fit.

    Returns
    -------
    value
    reports : tuple of str
        What was left out, a clause each ("measurements: the kind 'spline' is not known").

    Raises
    ------
    Undecodable
        When nothing of it can be kept.
    """
    reports: list[str] = []
    try:
        plain = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Undecodable(f"it is not JSON ({type(error).__name__})") from None
    return _value(plain, hint, "", reports.append), tuple(reports)


# -- writing -----------------------------------------------------------------------------------------------------------


def _plain(value: Any) -> Json:
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, Enum):
        return value.name
    if isinstance(value, (int, float, np.number, np.bool_)):
        return _number(value.item() if isinstance(value, np.generic) else value)
    if isinstance(value, PurePath):
        return str(value)
    if isinstance(value, np.ndarray):
        return _array(value)
    if is_dataclass(value) and not isinstance(value, type):
        values = {item.name: _plain(getattr(value, item.name)) for item in fields(value) if item.init}
        for tag, (module, base, *_rest) in REGISTRIES.items():
            if isinstance(value, getattr(import_module(module), base)):
                return {TAG: tag, "name": value.name, "values": values}
        return {TAG: type(value).__name__, **values}
    if isinstance(value, Mapping):
        if all(isinstance(key, str) and not key.startswith(TAG) for key in value):
            return {key: _plain(each) for key, each in value.items()}
        return {TAG: "pairs", "items": [[_plain(key), _plain(each)] for key, each in value.items()]}
    if isinstance(value, (set, frozenset)):
        return sorted((_plain(each) for each in value), key=lambda each: json.dumps(each, sort_keys=True))
    if isinstance(value, (tuple, list)):
        return [_plain(each) for each in value]
    raise TypeError(f"{type(value).__name__} cannot be written to the journal")


def _number(value: float) -> Json:
    return value if isinstance(value, int) or math.isfinite(value) else {TAG: "number", "is": repr(value)}


def _array(value: np.ndarray[Any, Any]) -> Json:
    data = zlib.compress(np.ascontiguousarray(value).tobytes(), 6)
    return {
        TAG: "array",
        "dtype": value.dtype.str,
        "shape": list(value.shape),
        "zlib": base64.b64encode(data).decode("ascii"),
    }


# -- reading -----------------------------------------------------------------------------------------------------------


def _value(plain: Json, hint: Any, place: str, report: Report) -> Any:
    origin = get_origin(hint)
    if origin is typing.Annotated:
        return _value(plain, get_args(hint)[0], place, report)
    if hasattr(hint, "__supertype__"):
        return _value(plain, hint.__supertype__, place, report)
    if isinstance(hint, TypeVar) or hint is Any or hint is object:
        return _untyped(plain, place)
    if origin in (Union, types.UnionType):
        return _one_of(plain, get_args(hint), place, report)
    if origin is Literal:
        if plain in get_args(hint) and type(plain) in {type(each) for each in get_args(hint)}:
            return plain
        raise Undecodable(f"{_at(place)}{_shown(plain)} is not known")
    if hint is None or hint is type(None):
        if plain is None:
            return None
        raise Undecodable(f"{_at(place)}nothing was expected, found {_shown(plain)}")
    if origin is np.ndarray or hint is np.ndarray:
        return _read_array(plain, place)
    kind = origin or hint
    if not isinstance(kind, type):
        raise TypeError(f"{hint!r} is no type that the journal can read")
    return _of_class(plain, kind, get_args(hint), place, report)


def _of_class(plain: Json, kind: type, arguments: tuple[Any, ...], place: str, report: Report) -> Any:
    if is_dataclass(kind):
        return _dataclass(plain, kind, place, report)
    if kind in (bool, int, float, str):
        return _scalar(plain, kind, place)
    if issubclass(kind, Enum):
        if isinstance(plain, str) and plain in kind.__members__:
            return kind[plain]
        raise Undecodable(f"{_at(place)}{_shown(plain)} is not known")
    if issubclass(kind, PurePath):
        return (Path if kind is PurePath else kind)(_scalar(plain, str, place))
    if issubclass(kind, tuple):
        return _tuple(plain, arguments, place, report)
    if issubclass(kind, (set, frozenset)):
        return frozenset(_items(plain, arguments[0] if arguments else Any, place, report))
    if issubclass(kind, Mapping):
        return _mapping(plain, kind, arguments or (Any, Any), place, report)
    if issubclass(kind, Sequence):
        return tuple(_items(plain, arguments[0] if arguments else Any, place, report))
    raise TypeError(f"{kind!r} is no type that the journal can read")


def _scalar(plain: Json, kind: type, place: str) -> Any:
    if kind is float:
        if isinstance(plain, dict) and plain.get(TAG) == "number":
            try:
                return float(plain["is"])
            except (KeyError, TypeError, ValueError):
                raise Undecodable(f"{_at(place)}{_shown(plain)} is no number") from None
        if isinstance(plain, (int, float)) and not isinstance(plain, bool):
            return float(plain)
    elif type(plain) is kind:
        return plain
    words = {bool: "on or off", int: "a whole number", float: "a number", str: "a text"}
    raise Undecodable(f"{_at(place)}expected {words[kind]}, found {_shown(plain)}")


def _one_of(plain: Json, options: tuple[Any, ...], place: str, report: Report) -> Any:
    """The first member of a union that fits, exactly if one does; a tag decides between dataclasses."""
    if plain is None and type(None) in options:
        return None
    tagged = isinstance(plain, dict) and isinstance(plain.get(TAG), str)
    classes = [option for option in options if isinstance(option, type) and is_dataclass(option)]
    if tagged and classes:
        named = [option for option in classes if _class_named(option, plain[TAG]) is not None]
        if named:
            return _value(plain, named[0], place, report)
        if plain[TAG] not in ("number", "array", "pairs"):
            raise Undecodable(f'{_at(place)}"{plain[TAG]}" is not known')
    # An exact fit first, so that 1 in "float | int" stays a whole number.
    ordered = sorted(options, key=lambda option: bool(type(plain) is not option))
    failures: list[Undecodable] = []
    for option in ordered:
        held: list[str] = []
        try:
            value = _value(plain, option, place, held.append)
        except Undecodable as error:
            failures.append(error)
            continue
        for text in held:
            report(text)
        return value
    raise failures[0] if len(failures) == 1 else Undecodable(f"{_at(place)}{_shown(plain)} does not fit")


def _class_named(kind: type, name: str) -> type | None:
    """The class of that name (or written under that tag) among a dataclass and what is derived from it."""
    if name in REGISTRIES:
        module, base, *_rest = REGISTRIES[name]
        return kind if issubclass(kind, getattr(import_module(module), base)) else None
    if kind.__name__ == name:
        return kind
    derived: list[type] = kind.__subclasses__()
    return next((found for each in derived if (found := _class_named(each, name)) is not None), None)


def _dataclass(plain: Json, kind: type, place: str, report: Report) -> Any:
    if not isinstance(plain, dict):
        raise Undecodable(f"{_at(place)}expected {kind.__name__}, found {_shown(plain)}")
    tag = plain.get(TAG, kind.__name__)
    if tag in REGISTRIES and _class_named(kind, tag) is not None:
        return _registered(plain, tag, kind, place, report)
    actual: Any = _class_named(kind, tag)
    if actual is None:
        raise Undecodable(f'{_at(place)}"{tag}" is not known')
    hints = hints_of(actual)
    known = {item.name: item for item in fields(actual) if item.init}
    values: dict[str, Any] = {}
    for name, each in plain.items():
        if name == TAG:
            continue
        where = f"{place}.{name}" if place else name
        if name not in known:
            report(f"{where}: not known to this version")
            continue
        try:
            values[name] = _value(each, hints[name], where, report)
        except Undecodable as error:
            if not _has_default(known[name]):
                raise
            report(str(error))
    lacking = [name for name, item in known.items() if name not in values and not _has_default(item)]
    if lacking:
        raise Undecodable(f"{_at(place)}{', '.join(lacking)} is missing")
    try:
        return actual(**values)
    except (BocageError, ValueError, TypeError) as error:
        raise Undecodable(f"{_at(place)}{error}") from None


def _registered(plain: dict[str, Json], tag: str, kind: type, place: str, report: Report) -> Any:
    module_name, _, registry_name, builder_name = REGISTRIES[tag]
    module = import_module(module_name)
    registry, build = getattr(module, registry_name), getattr(module, builder_name)
    name = plain.get("name")
    found = registry.get(name) if isinstance(name, str) else None
    if found is None or not issubclass(found, kind):
        raise Undecodable(f'{_at(place)}there is no {tag.lower()} "{name}"')
    hints = hints_of(found)
    written = plain.get("values")
    values: dict[str, Any] = {}
    for key, each in (written if isinstance(written, dict) else {}).items():
        where = f"{place}.{key}" if place else key
        if key not in {item.name for item in fields(found)}:
            report(f"{where}: not known to this version")
            continue
        try:
            value = _value(each, hints[key], where, report)
            build(name, {key: value})
        except BocageError as error:
            report(str(error))
        else:
            values[key] = value
    try:
        return build(name, values)
    except BocageError as error:
        raise Undecodable(f"{_at(place)}{error}") from None


def _items(plain: Json, hint: Any, place: str, report: Report) -> list[Any]:
    if not isinstance(plain, list):
        raise Undecodable(f"{_at(place)}expected a list, found {_shown(plain)}")
    found = []
    for index, each in enumerate(plain):
        try:
            found.append(_value(each, hint, f"{place}[{index + 1}]", report))
        except Undecodable as error:
            report(str(error))
    return found


def _tuple(plain: Json, arguments: tuple[Any, ...], place: str, report: Report) -> tuple[Any, ...]:
    if not arguments or (len(arguments) == 2 and arguments[1] is Ellipsis):
        return tuple(_items(plain, arguments[0] if arguments else Any, place, report))
    wanted = () if arguments == ((),) else arguments
    if not isinstance(plain, list) or len(plain) != len(wanted):
        raise Undecodable(f"{_at(place)}expected {len(wanted)} values, found {_shown(plain)}")
    return tuple(
        _value(each, hint, f"{place}[{index + 1}]", report)
        for index, (each, hint) in enumerate(zip(plain, wanted, strict=True))
    )


def _mapping(plain: Json, kind: type, arguments: tuple[Any, ...], place: str, report: Report) -> Any:
    if not isinstance(plain, dict):
        raise Undecodable(f"{_at(place)}expected a table, found {_shown(plain)}")
    key_hint, value_hint = arguments
    pairs = plain.get("items") if plain.get(TAG) == "pairs" else list(plain.items())
    found = {}
    for pair in pairs if isinstance(pairs, list) else []:
        if not isinstance(pair, (list, tuple)) or len(pair) != 2:
            report(f"{_at(place)}expected a pair, found {_shown(pair)}")
            continue
        try:
            key = _value(pair[0], key_hint, place, report)
            found[key] = _value(pair[1], value_hint, f"{place}.{pair[0]}" if place else str(pair[0]), report)
        except Undecodable as error:
            report(str(error))
    return found if issubclass(kind, dict) else MappingProxyType(found)


def _read_array(plain: Json, place: str) -> np.ndarray[Any, Any]:
    try:
        dtype = np.dtype(str(plain["dtype"]))
        shape = tuple(int(size) for size in plain["shape"])
        size = dtype.itemsize * math.prod(shape)
        if dtype.hasobject or min(shape, default=0) < 0 or size > MAXIMUM_ARRAY_BYTES:
            raise ValueError
        data = zlib.decompressobj().decompress(base64.b64decode(plain["zlib"]), size + 1)
        if len(data) != size:
            raise ValueError
        return np.frombuffer(data, dtype).reshape(shape)
    except (KeyError, TypeError, ValueError, zlib.error):
        raise Undecodable(f"{_at(place)}the table of values is damaged") from None


def _untyped(plain: Json, place: str) -> Any:
    if isinstance(plain, list):
        return tuple(_untyped(each, place) for each in plain)
    if isinstance(plain, dict):
        if plain.get(TAG) == "number":
            return _scalar(plain, float, place)
        if plain.get(TAG) == "array":
            return _read_array(plain, place)
        return MappingProxyType({key: _untyped(each, place) for key, each in plain.items()})
    return plain


@cache
def hints_of(kind: type) -> dict[str, Any]:
    """The type hints of a dataclass's fields, also of names that its module imports for type checking alone.

    Raises
    ------
    NameError
        When a hint names something that its module does not have; add it to `REGISTRIES`.
    """
    names = {name: getattr(import_module(module), base) for name, (module, base, *_rest) in REGISTRIES.items()}
    return typing.get_type_hints(kind, localns=names)


def _has_default(item: Any) -> bool:
    return item.default is not MISSING or item.default_factory is not MISSING


def _at(place: str) -> str:
    return f"{place}: " if place else ""


def _shown(plain: Json) -> str:
    text = plain if isinstance(plain, str) else json.dumps(plain)
    return f"“{text if len(text) <= 40 else text[:39] + '…'}”"
