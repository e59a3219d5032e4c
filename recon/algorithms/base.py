"""What an algorithm is: a frozen set of typed, described, bounded parameters, and what they mean.

A `OnePass` algorithm is a filter and weights, so that any slab can be computed alone while one looks
(`recon.live.LiveVolume`).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from typing import Any, ClassVar, Literal, TypeVar

import numpy as np
from numpy.typing import NDArray

from recon.errors import BocageError


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
    return field(
        default=default,
        metadata={
            "kind": "float",
            "title": title,
            "description": description,
            "minimum": minimum,
            "maximum": maximum,
            "step": step,
            "unit": unit,
        },
    )


def integer(
    default: int, title: str, description: str, minimum: int, maximum: int, step: int = 1, unit: str = ""
) -> Any:
    """A dataclass field for a bounded whole number."""
    return field(
        default=default,
        metadata={
            "kind": "int",
            "title": title,
            "description": description,
            "minimum": minimum,
            "maximum": maximum,
            "step": step,
            "unit": unit,
        },
    )


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
                    raise BocageError(f"{self.title}: {parameter.title} must be one of {options}; found {value!r}.")
            elif parameter.kind == "bool":
                if not isinstance(value, bool):
                    raise BocageError(f"{self.title}: {parameter.title} must be on or off; found {value!r}.")
            elif parameter.kind == "int" and float(value) != int(value):
                raise BocageError(f"{self.title}: {parameter.title} must be a whole number; found {value:g}.")
            elif not (parameter.minimum <= float(value) <= parameter.maximum):
                raise BocageError(
                    f"{self.title}: {parameter.title} must lie between {parameter.minimum:g} and "
                    f"{parameter.maximum:g}{' ' + parameter.unit if parameter.unit else ''}; found {value:g}."
                )


@dataclass(frozen=True)
class Algorithm(Parametrised):
    """A way to compute slices from projections."""

    unit: ClassVar[str] = "1/mm"
    order: ClassVar[int] = 100
    """Place in lists of algorithms; the lowest is the default."""


@dataclass(frozen=True)
class OnePass(Algorithm):
    """A linear algorithm: filtered views, back-projected with a weight for each.

    Subclasses that filter give `gain`; what changes with the height alone (`height_factor`, `density`) costs no new
    filtering.
    """

    @property
    def density(self) -> float:
        """What is added of the plain mean of the shifted views (their low frequencies), 1/mm."""
        return 0.0

    @property
    def filtering(self) -> OnePass:
        """The algorithm with everything at its default that leaves the filtered views as they are."""
        return self

    def gain(self, frequency: NDArray[np.float64], pitch_mm: float, binning: int = 1) -> NDArray[np.float64] | None:
        """The filter over frequency on the detector; None leaves the views unfiltered.

        Parameters
        ----------
        frequency : ndarray of float64, any shape
            Cycles per mm, ≥ 0; along the sweep, or in the plane where the tube's path is curved.
        pitch_mm : float
            Sample distance.
        binning : int
            How many detector pixels a sample is the mean of; cut-offs stay those of the detector.
        """
        del frequency, pitch_mm, binning
        return None

    def depth_gain(self, frequency: NDArray[np.float64]) -> NDArray[np.float64] | None:
        """The filter over frequency along the height (cycles per mm, ≥ 0, any shape); None is one everywhere."""
        del frequency
        return None

    def shares(self, source_mm: NDArray[np.float64], used: NDArray[np.integer[Any]]) -> NDArray[np.float64]:
        """Weight of each used view in the sum.

        Parameters
        ----------
        source_mm : ndarray of float64, shape (n, 3)
            (along the sweep, across, height) of all sources.
        used : ndarray of int, shape (m,)
            The views that are summed.

        Returns
        -------
        ndarray of float64, shape (m,)
        """
        del source_mm
        return np.full(used.size, 1.0 / used.size)

    def height_factor(self, magnification: NDArray[np.float64]) -> NDArray[np.float64]:
        """Factor of a view at a height where it has this magnification."""
        return np.ones_like(magnification)


def parameters(algorithm: type[Parametrised]) -> tuple[Parameter, ...]:
    """The parameters of an algorithm or correction, in the order of its fields."""
    found = []
    for item in fields(algorithm):
        if "kind" in item.metadata:
            default = item.default if item.default is not MISSING else None
            found.append(Parameter(name=item.name, default=default, **item.metadata))
    return tuple(found)


def build(name: str, values: Mapping[str, Any] | None = None) -> Algorithm:
    """An algorithm by name with some parameters set; text values are converted.

    Raises
    ------
    BocageError
        When the name, a parameter or a value is not known, naming what there is.
    """
    from recon.algorithms import ALGORITHMS

    if name not in ALGORITHMS:
        raise BocageError(f'There is no algorithm "{name}". Choose one of: {", ".join(ALGORITHMS)}.')
    return from_text(ALGORITHMS[name], values or {})


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
            options = ", ".join(known) or "no parameters"
            raise BocageError(f'{kind.title} has no parameter "{key}". It has: {options}.')
        converted[key] = _converted(kind, known[key], value)
    return kind(**converted)


def _converted(kind: type[Parametrised], parameter: Parameter, value: Any) -> Any:
    if parameter.kind in ("float", "int"):
        try:
            number = float(value)
        except (TypeError, ValueError):
            raise BocageError(f'{kind.title}: {parameter.name} must be a number, found "{value}".') from None
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
            raise BocageError(f'{kind.title}: {parameter.name} must be on or off, found "{value}".')
        return words[value.lower()]
    return value
