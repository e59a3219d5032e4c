"""Shift-and-add: unfiltered back projection."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from recon.algorithms.base import OnePass, trim_parameter


@dataclass(frozen=True)
class ShiftAndAdd(OnePass):
    """The mean of the views, each shifted so that one height is in register.

    True density and the least noise, but structures at other heights are smeared along the sweep rather than removed.
    Grant, Proc. IEEE 60:826 (1972); Dobbins and Godfrey, Phys. Med. Biol. 48:R65 (2003).
    """

    name: ClassVar[str] = "shift-and-add"
    order: ClassVar[int] = 10
    title: ClassVar[str] = "Shift and add"
    description: ClassVar[str] = "The plain mean of the shifted views: true density, but blur from other heights stays."
    unit: ClassVar[str] = ""

    trim: int = trim_parameter()

    @property
    def trimmed(self) -> int:
        """`trim`."""
        return self.trim

    @property
    def filtering(self) -> ShiftAndAdd:
        """Contributions are left out after filtering."""
        return replace(self, trim=0)
