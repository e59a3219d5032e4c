"""What a correction is: parameters, and a preparation that may look at all views before any is changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from recon.parameters import Parametrised
from recon.preprocess import LineIntegrals, PreparedCorrection
from recon.progress import SILENT, Progress
from recon.projections import ProjectionSet


@dataclass(frozen=True)
class Correction(Parametrised):
    """A change of the line integrals on the real detector."""

    order: ClassVar[int] = 100
    """Place among the corrections: the lowest is done first."""

    def prepare(self, integrals: LineIntegrals, progress: Progress = SILENT) -> PreparedCorrection:
        """Look at the views, with all earlier corrections done, and return what changes each of them.

        Raises
        ------
        BocageError
            When the correction does not apply to these views, with the reason.
        """
        raise NotImplementedError


def prepare(
    projections: ProjectionSet, corrections: Sequence[Correction], progress: Progress = SILENT
) -> tuple[PreparedCorrection, ...]:
    """Prepare corrections in their order, each on views that the earlier ones have corrected."""
    done: list[PreparedCorrection] = []
    wanted = sorted(corrections, key=lambda item: item.order)
    for index, correction in enumerate(wanted):
        part = progress.part(index / len(wanted), (index + 1) / len(wanted))
        done.append(correction.prepare(LineIntegrals(projections, done), part))
    return tuple(done)
