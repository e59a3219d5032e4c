"""Typed, described, bounded parameters, from which panels, the command line's options and documentation are made."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from typing import Any, ClassVar, Literal, TypeVar

from recon.errors import BocageError
from recon.messages import said


@dataclass(frozen=True)
class Parameter:
    """One parameter as panels and the command line need it."""

    name: str
    title: str
    description: str
    kind: Literal["float", "int", "choice", "bool"]
    default: Any
    minimum: float = -math.inf
    maximum: float = math.inf
    step: float = 0.01
    unit: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    """Pairs (value, title)."""


def number(
    default: float, title: str, description: str, minimum: float, maximum: float, step: float = 0.01, unit: str = ""
) -> Any:
    """A dataclass field for a bounded number."""
    return _bounded("float", default, title, description, minimum, maximum, step, unit)


def integer(
    default: int, title: str, description: str, minimum: int, maximum: int, step: int = 1, unit: str = ""
) -> Any:
    """A dataclass field for a bounded whole number."""
    return _bounded("int", default, title, description, minimum, maximum, step, unit)


def _bounded(
    kind: str, default: float, title: str, description: str, minimum: float, maximum: float, step: float, unit: str
) -> Any:
    metadata = {"kind": kind, "title": title, "description": description, "unit": unit}
    return field(default=default, metadata={**metadata, "minimum": minimum, "maximum": maximum, "step": step})


def switch(default: bool, title: str, description: str) -> Any:
    """A dataclass field for on or off."""
    return field(default=default, metadata={"kind": "bool", "title": title, "description": description})


def choice(default: str, title: str, description: str, choices: Mapping[str, str]) -> Any:
    """A dataclass field for one of several named values (value → title)."""
    return field(
        default=default,
        metadata={"kind": "choice", "title": title, "description": description, "choices": tuple(choices.items())},
    )


@dataclass(frozen=True)
class Parametrised:
    """Base of everything whose parameters become controls, options and documentation: algorithms, corrections.

    Subclasses are frozen dataclasses whose fields are made by `number`, `integer`, `choice` and `switch`.
    """

    name: ClassVar[str] = ""
    """In files and on the command line."""
    title: ClassVar[str] = ""
    description: ClassVar[str] = ""

    def __post_init__(self) -> None:
        for parameter in parameters(type(self)):
            value = getattr(self, parameter.name)
            if parameter.kind == "choice":
                if value not in dict(parameter.choices):
                    options = ", ".join(name for name, _ in parameter.choices)
                    raise BocageError(
                        said("{0}: {1} must be one of {2}; found {3!r}.", self.title, parameter.title, options, value)
                    )
            elif parameter.kind == "bool":
                if not isinstance(value, bool):
                    raise BocageError(
                        said("{0}: {1} must be on or off; found {2!r}.", self.title, parameter.title, value)
                    )
            elif parameter.kind == "int" and not float(value).is_integer():
                raise BocageError(
                    said("{0}: {1} must be a whole number; found {2:g}.", self.title, parameter.title, value)
                )
            elif not (parameter.minimum <= float(value) <= parameter.maximum):
                raise BocageError(
                    said(
                        "{0}: {1} must lie between {2:g} and {3:g}{4}; found {5:g}.",
                        self.title,
                        parameter.title,
                        parameter.minimum,
                        parameter.maximum,
                        " " + parameter.unit if parameter.unit else "",
                        value,
                    )
                )


def parameters(algorithm: type[Parametrised]) -> tuple[Parameter, ...]:
    """The parameters of an algorithm or correction, in the order of its fields."""
    found = []
    for item in fields(algorithm):
        if "kind" in item.metadata:
            default = item.default if item.default is not MISSING else None
            found.append(Parameter(name=item.name, default=default, **item.metadata))
    return tuple(found)


P = TypeVar("P", bound="Parametrised")


def from_text(kind: type[P], values: Mapping[str, Any]) -> P:
    """One of a kind with some parameters set; text values are converted ("on" and "off" for switches).

    Raises
    ------
    BocageError
        When a parameter or a value is not known, naming what there is.
    """
    known = {parameter.name: parameter for parameter in parameters(kind)}
    converted: dict[str, Any] = {}
    for key, value in values.items():
        if key not in known:
            options = ", ".join(known) or said("no parameters")
            raise BocageError(said('{0} has no parameter "{1}". It has: {2}.', kind.title, key, options))
        converted[key] = _converted(kind, known[key], value)
    return kind(**converted)


def _converted(kind: type[Parametrised], parameter: Parameter, value: Any) -> Any:
    if parameter.kind in ("float", "int"):
        try:
            number = float(value)
        except (TypeError, ValueError):
            raise BocageError(
                said('{0}: {1} must be a number, found "{2}".', kind.title, parameter.name, value)
            ) from None
        return int(number) if parameter.kind == "int" and number.is_integer() else number
    if parameter.kind == "bool" and isinstance(value, str):
        words = {
            "on": True,
            "true": True,
            "yes": True,
            "1": True,
            "off": False,
            "false": False,
            "no": False,
            "0": False,
        }
        if value.lower() not in words:
            raise BocageError(said('{0}: {1} must be on or off, found "{2}".', kind.title, parameter.name, value))
        return words[value.lower()]
    return value
