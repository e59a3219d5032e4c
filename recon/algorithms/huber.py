"""Iterations with an edge-preserving penalty."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from recon.algorithms.base import StackAlgorithm
from recon.parameters import integer, number, switch
from recon.projector import Update

if TYPE_CHECKING:
    from recon.progress import Progress
    from recon.stack import Iteration, StackProblem


@dataclass(frozen=True)
class Huber(StackAlgorithm):
    """Least squares with Huber's penalty on the differences of neighbouring pixels in the slice.

    Minimises ½ ‖y − A x‖²_R + β Σ h(x_i − x_j), h(d) = d²/2 up to the edge δ and δ|d| − δ²/2 beyond: noise is
    smoothed, edges higher than δ are not (for small δ this is total variation). Each step divides the gradient by the
    curvature that data and penalty have at most, separably (Erdogan and Fessler, IEEE Trans. Med. Imaging 18:801,
    1999), so the sum falls with every iteration. Huber, Ann. Math. Stat. 35:73 (1964).
    """

    name: ClassVar[str] = "huber"
    order: ClassVar[int] = 33
    title: ClassVar[str] = "Edge-preserving (iterative)"
    description: ClassVar[str] = "SIRT that smooths noise between neighbours but keeps edges higher than a threshold."
    copies: ClassVar[int] = 2

    iterations: int = integer(10, "Iterations", "More come nearer to the balance of sharpness and smoothness.", 1, 200)
    strength: float = number(
        0.5, "Smoothing", "Weight of smoothness against the views; 0 is plain SIRT.", 0.0, 5.0, 0.05
    )
    edge: float = number(
        0.0005, "Edge", "Steps higher than this are kept as edges (water is 0.02).", 0.00005, 0.02, 0.00005, "1/mm"
    )
    nonnegative: bool = switch(True, "No negative density", "Values below air are set to air after each iteration.")

    def run(self, problem: StackProblem, progress: Progress) -> Iterator[Iteration]:
        """Iterate from the filtered back projection."""
        from recon.algorithms.sirt import FREE
        from recon.parallel import run_tiles
        from recon.penalty import CURVATURE, huber_gradient
        from recon.stack import Iteration

        yield problem.start(progress.part(0.0, 0.1))
        # Relative to what the views themselves add to the curvature, on average.
        beta = self.strength * problem.projector.mean_curvature / CURVATURE
        rule = Update(1.0, 0.0 if self.nonnegative else FREE, curvature=beta * CURVATURE)
        views = problem.subsets(1)
        penalty = np.empty_like(problem.planes)
        for number_ in range(1, self.iterations + 1):
            part = progress.part(0.1 + 0.9 * (number_ - 1) / self.iterations, 0.1 + 0.9 * number_ / self.iterations)
            run_tiles(
                lambda k: huber_gradient(problem.planes[k], beta, self.edge, penalty[k]), len(penalty),
                part.part(0.0, 0.2), "Smoothing",
            )  # fmt: skip
            residual = problem.update(views, rule, penalty, part.part(0.2, 1.0))
            yield Iteration(number_, problem.planes, residual)
