"""Algebraic reconstruction by ordered subsets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from recon.algorithms.base import StackAlgorithm
from recon.algorithms.sirt import FREE
from recon.parameters import integer, number, switch
from recon.projector import Update

if TYPE_CHECKING:
    from recon.progress import Progress
    from recon.stack import Iteration, StackProblem


@dataclass(frozen=True)
class OsSart(StackAlgorithm):
    """SIRT's step taken for one subset of the views after another; subsets of one view are SART.

    Andersen and Kak, Ultrason. Imaging 6:81 (1984); Wang and Jiang, J. X-Ray Sci. Technol. 12:169 (2004). With one
    view a subset every view has its say in turn, and the last says most: relaxation below 1 evens that out.
    """

    name: ClassVar[str] = "os-sart"
    order: ClassVar[int] = 31
    title: ClassVar[str] = "OS-SART (iterative)"
    description: ClassVar[str] = "Corrections by part of the views at a time: many SIRT steps' sharpness in a few."

    iterations: int = integer(3, "Iterations", "More are sharper and noisier, and take longer.", 1, 50)
    subsets: int = integer(
        8, "Subsets", "Parts that the views are divided into; as many as views is SART, one is SIRT.", 1, 100
    )
    relaxation: float = number(
        0.5, "Step", "Share of each correction that is made; below 1 is slower and smoother.", 0.05, 1.9, 0.05
    )
    nonnegative: bool = switch(True, "No negative density", "Values below air are set to air after each step.")

    def run(self, problem: StackProblem, progress: Progress) -> Iterator[Iteration]:
        """Iterate from the filtered back projection."""
        from recon.stack import iterate

        rule = Update(self.relaxation, 0.0 if self.nonnegative else FREE)
        return iterate(problem, progress, self.iterations, self.subsets, rule)
