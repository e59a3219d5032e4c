"""A set of projection views with its geometry and exposure facts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from recon.errors import BocageError, GeometryError
from recon.geometry import Geometry
from recon.messages import said
from recon.provenance import Sources

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
    sources : tuple of Sourced
        Every number of the acquisition with where it comes from (see `recon.provenance`).
    file_order : tuple of int
        Place of each view in the files' own numbering, from 0; empty when it is the same.
    mirrored : bool
        The columns of the stored images were reversed.
    """

    views: Views
    geometry: Geometry
    kind: Kind = "line_integrals"
    air: float | None = None
    saturation: float | None = None
    title: str = said("Projections")
    notes: tuple[str, ...] = field(default_factory=tuple)
    sources: Sources = ()
    file_order: tuple[int, ...] = ()
    mirrored: bool = False

    def __post_init__(self) -> None:
        if len(self.views.shape) != 3 or 0 in self.views.shape:
            raise BocageError(
                said("Projections must be an array (views, rows, columns), found shape {0}.", tuple(self.views.shape))
            )
        if not (np.issubdtype(self.views.dtype, np.floating) or np.issubdtype(self.views.dtype, np.integer)):
            raise BocageError(said("Projections must be real numbers, found {0}.", self.views.dtype))
        n, rows, columns = self.views.shape
        if n != self.geometry.n_views:
            views = said("1 view") if self.geometry.n_views == 1 else said("{0} views", self.geometry.n_views)
            raise GeometryError(
                said(
                    "The geometry describes {0}, but there are {1} images. Give the geometry file that belongs "
                    "to these images.",
                    views,
                    n,
                )
            )
        if (rows, columns) != self.geometry.shape:
            raise GeometryError(
                said(
                    "The geometry expects images of {0} rows × {1} columns, found {2} × {3}.",
                    self.geometry.shape[0],
                    self.geometry.shape[1],
                    rows,
                    columns,
                )
            )
        if self.kind not in ("counts", "line_integrals"):
            raise BocageError(
                said('The kind of the views must be "counts" or "line_integrals", found "{0}".', self.kind)
            )
