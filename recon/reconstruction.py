"""One call from projections to a source of slabs, whatever the algorithm."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from recon.algorithms import Algorithm, FilteredBackProjection, OnePass, StackAlgorithm
from recon.corrections import Correction, prepare
from recon.errors import BocageError
from recon.live import LiveVolume
from recon.progress import SILENT, Progress
from recon.projections import ProjectionSet
from recon.slab import SlabSource
from recon.stack import Iteration, reconstruct_stack
from recon.stack_volume import StackVolume


def reconstruct(
    projections: ProjectionSet,
    algorithm: Algorithm | None = None,
    heights_mm: Sequence[float] = (),
    *,
    corrections: Sequence[Correction] = (),
    excluded: Iterable[int] = (),
    progress: Progress = SILENT,
    on_iteration: Callable[[Iteration, StackVolume], bool | None] | None = None,
) -> SlabSource:
    """Reconstruct projections.

    Parameters
    ----------
    projections : ProjectionSet
    algorithm : Algorithm
        Filtered back projection if not given.
    heights_mm : sequence of float
        The planes that an algorithm computes together, ascending and evenly spaced; they must hold the whole body. One
        that computes any slab alone needs none.
    corrections : sequence of Correction
    excluded : iterable of int
        Views to leave out.
    on_iteration : callable(Iteration, StackVolume)
        Called as each iteration is done, with the volume that shows it; what returns False stops and keeps it.

    Returns
    -------
    SlabSource
        A `LiveVolume`, or a `recon.stack.StackVolume`.

    Raises
    ------
    BocageError
        When the views cannot be reconstructed so, with the reason.
    """
    chosen = algorithm if algorithm is not None else FilteredBackProjection()
    prepared = prepare(projections, corrections, progress.part(0.0, 0.2)) if corrections else ()
    part = progress.part(0.2 if corrections else 0.0, 1.0)
    if isinstance(chosen, OnePass):
        live = LiveVolume(projections, chosen, part, corrections=prepared)
        return live.excluding(excluded) if tuple(excluded) else live
    if not isinstance(chosen, StackAlgorithm):
        raise BocageError(f"{chosen.title} is not an algorithm that can be run.")
    live = LiveVolume(projections, None, part.part(0.0, 0.2), corrections=prepared)
    start = live.excluding(excluded) if tuple(excluded) else live
    return reconstruct_stack(start, chosen, heights_mm, part.part(0.2, 1.0), on_iteration)
