"""Windows: from pixel values to display values 0…1 (PS3.3 C.11.2). Pure NumPy, no Qt."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from recon.errors import BocageError
from recon.messages import said

FloatArray = NDArray[np.float32]
WindowFunction = Literal["linear", "linear_exact", "sigmoid"]
FUNCTIONS: tuple[WindowFunction, ...] = ("linear", "linear_exact", "sigmoid")


def _table(window: Window | LutWindow, low: float, high: float, size: int) -> FloatArray:
    if size < 2 or not (math.isfinite(low) and math.isfinite(high) and high > low):
        raise BocageError(
            said("A display table needs two entries or more and a range, found {0} from {1} to {2}.", size, low, high)
        )
    return window.apply(np.linspace(low, high, size))


@dataclass(frozen=True)
class Window:
    """A window by centre and width, in the units of the values after rescale.

    Attributes
    ----------
    centre, width : float
        For "linear" the width is counted in integer steps as PS3.3 C.11.2.1.2 defines it (at least 1).
    function : {"linear", "linear_exact", "sigmoid"}
        PS3.3 C.11.2.1.2.1, C.11.2.1.3.2 and C.11.2.1.3.1.
    """

    centre: float
    width: float
    function: WindowFunction = "linear"

    def __post_init__(self) -> None:
        if self.function not in FUNCTIONS:
            raise BocageError(
                said('A window\'s function must be one of {0}, found "{1}".', ", ".join(FUNCTIONS), self.function)
            )
        if not (math.isfinite(self.centre) and math.isfinite(self.width)):
            raise BocageError(
                said("A window's centre and width must be finite, found {0} and {1}.", self.centre, self.width)
            )
        if self.width <= 0 or (self.function == "linear" and self.width < 1):
            least = said("at least 1") if self.function == "linear" else said("positive")
            raise BocageError(said("A window's width must be {0}, found {1:g}.", least, self.width))

    @property
    def edges(self) -> tuple[float, float]:
        """The values shown black and white (for a sigmoid: where its tangent at the centre meets them)."""
        if self.function == "linear":
            return (self.centre - 0.5 - (self.width - 1) / 2, self.centre - 0.5 + (self.width - 1) / 2)
        return (self.centre - self.width / 2, self.centre + self.width / 2)

    def with_function(self, function: WindowFunction) -> Window:
        """The same black and white with another curve between them."""
        if function == self.function:
            return self
        if "linear" not in (function, self.function):
            return Window(self.centre, self.width, function)
        low, high = self.edges
        if function == "linear":
            return Window((low + high) / 2 + 0.5, high - low + 1.0, function)
        return Window((low + high) / 2, max(high - low, abs(high) * 1e-6, 1e-9), function)

    def apply(self, values: ArrayLike) -> FloatArray:
        """Display values 0…1 (float32, same shape); NaN stays NaN."""
        array = np.asarray(values)
        # float32 holds all 16-bit values exactly; wider inputs are computed in their own precision.
        array = array.astype(np.float32 if array.dtype.itemsize <= 2 or array.dtype == np.float32 else np.float64)
        if self.function == "sigmoid":
            with np.errstate(over="ignore"):
                return np.asarray(1.0 / (1.0 + np.exp(-4.0 * (array - self.centre) / self.width)), dtype=np.float32)
        low, high = self.edges
        if high <= low:  # a linear window of width 1 is a threshold
            return np.where(np.isnan(array), np.nan, array > low).astype(np.float32)
        return np.asarray(np.clip((array - low) / (high - low), 0.0, 1.0), dtype=np.float32)

    def lut(self, low: float, high: float, size: int = 65536) -> FloatArray:
        """`apply` at `size` values evenly from `low` to `high`."""
        return _table(self, low, high, size)


@dataclass(frozen=True, eq=False)
class LutWindow:
    """A VOI LUT (PS3.3 C.11.2.1.1): a table of display values.

    Attributes
    ----------
    first : float
        The value mapped to the first entry; lower values take it too.
    table : array_like, shape (n,)
        Entries for ``first, first + 1, …``; higher values take the last one.
    bits : int or None
        Bits per entry: full display value is ``2**bits − 1``. None: the table is already 0…1.
    """

    first: float
    table: NDArray[Any] = field(repr=False)
    bits: int | None = None

    def __post_init__(self) -> None:
        table = np.asarray(self.table, dtype=np.float32).ravel()
        if table.size == 0:
            raise BocageError(said("A display table without entries cannot be used."))
        if self.bits is not None:
            table = table / np.float32(2**self.bits - 1)
        table = np.clip(table, 0.0, 1.0)
        table.flags.writeable = False
        object.__setattr__(self, "table", table)
        object.__setattr__(self, "bits", None)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, LutWindow) and self.first == other.first and np.array_equal(self.table, other.table)

    def __hash__(self) -> int:
        return hash((self.first, self.table.tobytes()))

    @property
    def edges(self) -> tuple[float, float]:
        """The values of the first and the last entry."""
        return (self.first, self.first + self.table.size - 1)

    def apply(self, values: ArrayLike) -> FloatArray:
        """Display values 0…1 (float32, same shape); values between entries are interpolated; NaN stays NaN."""
        array = np.asarray(values, dtype=np.float64)
        index = np.arange(self.table.size, dtype=np.float64) + self.first
        return np.asarray(np.interp(array, index, self.table), dtype=np.float32)

    def lut(self, low: float, high: float, size: int = 65536) -> FloatArray:
        """`apply` at `size` values evenly from `low` to `high`."""
        return _table(self, low, high, size)


@dataclass(frozen=True)
class NamedWindow:
    """A window with its name for menus.

    Attributes
    ----------
    source : {"file", "preset", "auto"}
        Where it comes from.
    """

    title: str
    window: Window | LutWindow
    source: Literal["file", "preset", "auto"] = "file"


def automatic(values: ArrayLike, low_percent: float = 2.0, high_percent: float = 98.0) -> Window:
    """Make a window over the given percentiles of the finite values."""
    array = np.asarray(values)
    array = array[np.isfinite(array)]
    if array.size == 0:
        return Window(0.5, 1.0, "linear_exact")
    if array.size > 1_000_000:
        array = array.ravel()[:: array.size // 1_000_000 + 1]
    low, high = (float(value) for value in np.percentile(array, (low_percent, high_percent)))
    if not high > low:
        low, high = float(array.min()), float(array.max())
    width = max(high - low, abs(high) * 1e-6, 1e-9)
    return Window((low + high) / 2, width, "linear_exact")
