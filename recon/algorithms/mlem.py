"""Maximum likelihood by expectation maximisation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from recon.algorithms.base import StackAlgorithm
from recon.parameters import integer
from recon.projector import Update

if TYPE_CHECKING:
    from recon.progress import Progress
    from recon.stack import Iteration, StackProblem


@dataclass(frozen=True)
class Mlem(StackAlgorithm):
    """x ← x · Aᵀ(y / A x) / Aᵀ1: likelihood of line integrals y as if they were counts, never below zero.

    Shepp and Vardi, IEEE Trans. Med. Imaging 1:113 (1982); with subsets Hudson and Larkin, ibid. 13:601 (1994). For
    tomosynthesis compare Wu et al., Med. Phys. 30:365 (2003), whose likelihood is that of the transmitted counts.
    """

    name: ClassVar[str] = "mlem"
    order: ClassVar[int] = 32
    title: ClassVar[str] = "MLEM (iterative)"
    description: ClassVar[str] = "Slices are multiplied until they explain the views; dense detail gains first."

    iterations: int = integer(8, "Iterations", "More are sharper and noisier, and take longer.", 1, 200)
    subsets: int = integer(1, "Subsets", "Parts of the views that have their say in turn; 1 is plain MLEM.", 1, 30)

    def run(self, problem: StackProblem, progress: Progress) -> Iterator[Iteration]:
        """Iterate from the filtered back projection, made positive."""
        from recon.stack import iterate

        return iterate(problem, progress, self.iterations, self.subsets, Update(multiplicative=True))
