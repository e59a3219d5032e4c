"""What the resolver works on, and where it writes down what it finds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from app.dicom.read.companions import BreastAcquisition, Companions, DoseEvent
from app.dicom.read.views import ViewTags
from app.presets import GeometryPreset
from app.reading.acquisition import GeometryChoice
from recon.provenance import Sourced


@dataclass
class Ledger:
    """What has been found so far: numbers with their sources, assumptions, and what is missing, by name."""

    missing: dict[str, str] = field(default_factory=dict)
    found: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    numbers: list[Sourced] = field(default_factory=list)


@dataclass(frozen=True, eq=False)
class Known:
    """What the resolver works on."""

    views: Sequence[ViewTags]
    datasets: Sequence[Any]
    choice: GeometryChoice
    breast: BreastAcquisition | None
    event: DoseEvent | None
    companions: Companions
    preset: GeometryPreset | None
    names_deg: tuple[float, ...]
    shape: tuple[int, int]

    @property
    def first(self) -> ViewTags:
        """The first view."""
        return self.views[0]

    @property
    def count(self) -> int:
        """Number of views."""
        return len(self.views)
