"""How images are combined: parameters, as panels and the reading's state hold them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from recon.messages import mark
from recon.parameters import Parametrised, number

HIGHEST_MM = 1500.0
TITLE = mark("Synthetic 2-D")


@dataclass(frozen=True)
class Synthetic(Parametrised):
    """How a synthetic radiograph is made."""

    name: ClassVar[str] = "synthetic-2d"
    title: ClassVar[str] = TITLE
    description: ClassVar[str] = (
        "Looks like the radiograph from the middle of the sweep, with the detail of every height as all views show it. "
        "It is computed, not exposed."
    )

    detail_share: float = number(
        0.7, "Detail share", "How much of the detail comes from the slices: 0 is the middle view as it is.", 0.0, 1.0,
        0.05,
    )  # fmt: skip
    low_mm: float = number(0.0, "Lowest height", "Detail below this height is faded.", 0.0, HIGHEST_MM, 1.0, "mm")
    high_mm: float = number(
        HIGHEST_MM, "Highest height", "Detail above this height is faded.", 0.0, HIGHEST_MM, 1.0, "mm"
    )
    step_mm: float = number(
        5.0, "Slice spacing", "Thickness of the slices that are searched: smaller is sharper and slower.", 1.0, 20.0,
        0.5, "mm",
    )  # fmt: skip
    selectivity: float = number(
        2.5,
        "Selectivity",
        "How far a slice must stand out along its ray to be shown: higher is less noisy, lower is more complete.",
        0.0,
        5.0,
        0.25,
    )
    emphasis: float = number(
        1.0, "Emphasis", "Contrast of the detail against that of the radiograph; 1 is as it is.", 0.5, 3.0, 0.1
    )
    detail_mm: float = number(
        4.0, "Detail size", "Structures up to about this size, along the sweep, come from the slices.", 1.0, 30.0, 0.5,
        "mm",
    )  # fmt: skip
