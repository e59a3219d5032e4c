"""A set of projection views with its geometry and exposure facts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from recon.errors import BocageError, GeometryError
from recon.geometry import Geometry

Kind = Literal["counts", "line_integrals"]


class Views(Protocol):
    """Detector images by number: an array (n, rows, columns), or a reader that fetches each when it is asked for."""

    @property
    def shape(self) -> tuple[Any, ...]:
        """(n, rows, columns)."""
        ...

    @property
    def dtype(self) -> np.dtype[Any]:
        """Of the images."""
        ...

    def __getitem__(self, index: int, /) -> NDArray[Any]:
        """One image (rows, columns); not to be changed."""
        ...


@dataclass(frozen=True)
class ProjectionSet:
    """Views as they were acquired or stored.

    Attributes
    ----------
    views : Views, shape (n, rows, columns), any real dtype
        Detector images in the order of `geometry`'s views, rows along `geometry.row_direction`.
    geometry : Geometry
    kind : "counts" or "line_integrals"
        Counts are proportional to the detected intensity; line integrals are −ln(I/I₀), dimensionless.
    air : float or None
        The open field's counts; None: to be taken from the data. Only for counts.
    saturation : float or None
        Counts at or above this value are clipped by the detector; None if unknown.
    title : str
        Short name without patient data.
    notes : tuple of str
        What was assumed, to be kept on screen.
    """

    views: Views
    geometry: Geometry
    kind: Kind = "line_integrals"
    air: float | None = None
    saturation: float | None = None
    title: str = "Projections"
    notes: tuple[str, ...] = field(default_factory=tuple)

    def __post_init__(self) -> None:
        if len(self.views.shape) != 3 or 0 in self.views.shape:
            raise BocageError(
                f"Projections must be an array (views, rows, columns), found shape {tuple(self.views.shape)}."
            )
        if not (np.issubdtype(self.views.dtype, np.floating) or np.issubdtype(self.views.dtype, np.integer)):
            raise BocageError(f"Projections must be real numbers, found {self.views.dtype}.")
        n, rows, columns = self.views.shape
        if n != self.geometry.n_views:
            views = "1 view" if self.geometry.n_views == 1 else f"{self.geometry.n_views} views"
            raise GeometryError(
                f"The geometry describes {views}, but there are {n} images. "
                "Give the geometry file that belongs to these images."
            )
        if (rows, columns) != self.geometry.shape:
            raise GeometryError(
                f"The geometry expects images of {self.geometry.shape[0]} rows × {self.geometry.shape[1]} columns, "
                f"found {rows} × {columns}."
            )
        if self.kind not in ("counts", "line_integrals"):
            raise BocageError(f'The kind of the views must be "counts" or "line_integrals", found "{self.kind}".')
