"""Fewer artefacts beside metal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from recon.corrections.base import Correction
from recon.parameters import number
from recon.preprocess import LineIntegrals
from recon.progress import SILENT, Progress

if TYPE_CHECKING:
    from recon.metal.reduction import WithoutMetal


@dataclass(frozen=True)
class MetalReduction(Correction):
    """Metal is found in the views, replaced there, and put back into the slices.

    Metal beside bone leaves dark bands in the slices and bright and dark ripple at other heights, since a sweep sees it
    from few directions and the ramp filter answers to its edges. Found in each view (`recon.metal.search`), agreed
    among all (`recon.metal.vote`), it is replaced by a smooth continuation of what surrounds it (`recon.inpaint`), as
    in Kalender, Hebel and Ebersberger, Radiology 164:576 (1987) and, for tomosynthesis, Gomi et al., PLoS ONE
    14:e0222406 (2019). Slices are made without it and get it back where the views agree (`recon.metal.layer`).
    """

    name: ClassVar[str] = "metal"
    order: ClassVar[int] = 10  # before scatter, whose share would decide what stands out as metal
    title: ClassVar[str] = "Metal artefact reduction"
    description: ClassVar[str] = (
        "Takes implants, screws and wires out of the projections before reconstruction and draws them into the slices "
        "again: no dark bands and ripple beside them. What lay hidden behind metal in some views is continued from "
        "beside it, so bone next to an implant must be read with care."
    )

    threshold: float = number(
        0.8,
        "Threshold",
        "How far metal must stand out of its surroundings in a projection (as −ln of the transmission: 0.8 lets pass "
        "less than half). Lower finds thinner screws and wires, too low takes dense bone for metal.",
        0.3,
        4.0,
        0.1,
    )
    widest_mm: float = number(
        80.0,
        "Widest metal",
        "Width of the widest implant on the detector: 30 mm for nails, plates and screws, 80 mm for knee and hip "
        "prostheses.",
        20.0,
        150.0,
        5.0,
        "mm",
    )
    smallest_mm: float = number(1.5, "Smallest metal", "Smaller spots are left as they are.", 0.2, 20.0, 0.1, "mm")
    agreement: float = number(
        0.75,
        "Agreement of the views",
        "Share of the projections in which something must look like metal to be taken for it.",
        0.5,
        1.0,
        0.05,
    )
    margin_mm: float = number(
        1.0,
        "Margin",
        "Rim around metal that is replaced with it: the penumbra of its edge on the detector.",
        0.0,
        5.0,
        0.1,
        "mm",
    )

    def prepare(self, integrals: LineIntegrals, progress: Progress = SILENT) -> WithoutMetal:
        """Find the metal, and what comes in its place, in all views."""
        from recon.metal.reduction import Search, take_out

        search = Search(self.threshold, self.widest_mm, self.smallest_mm, self.agreement, self.margin_mm)
        return take_out(integrals, search, progress)
