"""One call from projections to a source of slabs, whatever the algorithm."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from recon.algorithms import Algorithm, FilteredBackProjection, OnePass, StackAlgorithm
from recon.corrections import Correction
from recon.errors import BocageError
from recon.live import LiveVolume
from recon.messages import said
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
        A `LiveVolume`, or a `recon.stack_volume.StackVolume`.

    Raises
    ------
    BocageError
        When the views cannot be reconstructed so, with the reason.
    """
    chosen = algorithm if algorithm is not None else FilteredBackProjection()
    if isinstance(chosen, OnePass):
        return LiveVolume(projections, chosen, progress, corrections=corrections).excluding(excluded)
    if not isinstance(chosen, StackAlgorithm):
        raise BocageError(said("{0} is not an algorithm that can be run.", chosen.title))
    start = LiveVolume(projections, None, progress.part(0.0, 0.3), corrections=corrections).excluding(excluded)
    return reconstruct_stack(start, chosen, heights_mm, progress.part(0.3, 1.0), on_iteration)
