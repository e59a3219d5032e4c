"""Simultaneous iterative reconstruction."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from recon.algorithms.base import StackAlgorithm
from recon.parameters import integer, number, switch
from recon.projector import Update

if TYPE_CHECKING:
    from recon.progress import Progress
    from recon.stack import Iteration, StackProblem

FREE = -1e3
"""A floor that no attenuation comes near, 1/mm."""


@dataclass(frozen=True)
class Sirt(StackAlgorithm):
    """x ← x + λ C Aᵀ R (y − A x), with R and C the inverse sums of the rows and columns of A.

    It lessens the weighted squares of the residuals from the filtered back projection on; few iterations keep its
    sharpness and noise near where they began. Gilbert, J. Theor. Biol. 36:105 (1972); Gregor and Benson, IEEE Trans.
    Med. Imaging 27:918 (2008) for the scaling.
    """

    name: ClassVar[str] = "sirt"
    order: ClassVar[int] = 30
    title: ClassVar[str] = "SIRT (iterative)"
    description: ClassVar[str] = (
        "All views correct all slices at once, again and again: density is kept, and blur is explained away by degrees."
    )

    iterations: int = integer(10, "Iterations", "More are sharper and noisier, and take longer.", 1, 200)
    relaxation: float = number(
        1.0, "Step", "Share of each correction that is made; below 1 is slower and smoother.", 0.1, 1.9, 0.05
    )
    nonnegative: bool = switch(True, "No negative density", "Values below air are set to air after each iteration.")

    def run(self, problem: StackProblem, progress: Progress) -> Iterator[Iteration]:
        """Iterate from the filtered back projection."""
        from recon.stack import iterate

        rule = Update(self.relaxation, 0.0 if self.nonnegative else FREE)
        return iterate(problem, progress, self.iterations, 1, rule)
