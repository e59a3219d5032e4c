"""What an algorithm is: a frozen set of parameters and the filter and weights they mean."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from typing import Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from recon.errors import BocageError


@dataclass(frozen=True)
class Parameter:
    """One parameter as panels and the command line need it."""

    name: str
    title: str
    description: str
    kind: Literal["float", "choice", "bool"]
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


def choice(default: str, title: str, description: str, choices: Mapping[str, str]) -> Any:
    """A dataclass field for one of several named values (value → title)."""
    return field(
        default=default,
        metadata={"kind": "choice", "title": title, "description": description, "choices": tuple(choices.items())},
    )


@dataclass(frozen=True)
class Algorithm:
    """Base of the linear, one-pass algorithms: a filter along the sweep, a weight for each view, back projection.

    Subclasses are frozen dataclasses whose fields are made by `number` and `choice`.
    """

    name: ClassVar[str] = ""
    title: ClassVar[str] = ""
    description: ClassVar[str] = ""
    unit: ClassVar[str] = "1/mm"

    def __post_init__(self) -> None:
        for parameter in parameters(type(self)):
            value = getattr(self, parameter.name)
            if parameter.kind == "choice":
                if value not in dict(parameter.choices):
                    options = ", ".join(name for name, _ in parameter.choices)
                    raise BocageError(f"{self.title}: {parameter.title} must be one of {options}; found {value!r}.")
            elif parameter.kind == "float" and not (parameter.minimum <= float(value) <= parameter.maximum):
                raise BocageError(
                    f"{self.title}: {parameter.title} must lie between {parameter.minimum:g} and "
                    f"{parameter.maximum:g}{' ' + parameter.unit if parameter.unit else ''}; found {value:g}."
                )

    def frequency_response(
        self, frequency: NDArray[np.float64], pitch_mm: float, binning: int = 1
    ) -> NDArray[np.float64] | None:
        """The filter's gain along the sweep; None leaves the views unfiltered.

        Parameters
        ----------
        frequency : ndarray of float64
            Spatial frequency on the detector in cycles per mm, ≥ 0.
        pitch_mm : float
            Sample distance along the sweep.
        binning : int
            How many detector pixels a sample is the mean of; cut-offs stay those of the detector.
        """
        raise NotImplementedError

    def weights(self, source_mm: NDArray[np.float64], along_mm: NDArray[np.float64]) -> NDArray[np.float64]:
        """Weight of each view's samples before filtering, shape (n, samples); the height adds `height_factor`.

        Parameters
        ----------
        source_mm : ndarray of float64, shape (n, 3)
            (along the sweep, across, height) of each source.
        along_mm : ndarray of float64, shape (samples,)
            Position of the samples along the sweep on the virtual detector.
        """
        raise NotImplementedError

    def height_factor(self, magnification: NDArray[np.float64]) -> NDArray[np.float64]:
        """Factor of a view at a height where it has this magnification."""
        raise NotImplementedError


def parameters(algorithm: type[Algorithm]) -> tuple[Parameter, ...]:
    """The parameters of an algorithm, in the order of its fields."""
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
    algorithm = ALGORITHMS[name]
    known = {parameter.name: parameter for parameter in parameters(algorithm)}
    converted: dict[str, Any] = {}
    for key, value in (values or {}).items():
        if key not in known:
            options = ", ".join(known) or "no parameters"
            raise BocageError(f'{algorithm.title} has no parameter "{key}". It has: {options}.')
        if known[key].kind == "float":
            try:
                converted[key] = float(value)
            except (TypeError, ValueError):
                raise BocageError(f'{algorithm.title}: {key} must be a number, found "{value}".') from None
        else:
            converted[key] = value
    return algorithm(**converted)
