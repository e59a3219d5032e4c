"""Matrix inversion tomosynthesis."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from recon.algorithms.base import StackAlgorithm
from recon.column_transform import fast_length
from recon.errors import BocageError
from recon.filters import APODISATIONS, apodisation, padding_blend
from recon.messages import said
from recon.parallel import run_tiles, split
from recon.parameters import choice, number

if TYPE_CHECKING:
    from recon.progress import Progress
    from recon.stack import Iteration, StackProblem

LINES = 32


@dataclass(frozen=True)
class Mits(StackAlgorithm):
    """The planes that shift-and-add has blurred into each other, told apart by inverting that blur.

    On a straight track each view is a sum of the planes, each shifted by a known amount along the sweep, so at every
    frequency f along the sweep the views are Y = M X with M_ik = Δz_k exp(2πi f s_ik). MITS solves for the planes,
    X = (MᴴM + ρ·tr(MᴴM)/K · I)⁻¹ Mᴴ Y: an inversion in one pass. Low frequencies hardly differ from view to view; what
    they hold is shared out evenly by the second term, which bounds the noise as well. Dobbins, Powell and Weaver, Proc.
    SPIE 1232:456 (1990); Godfrey, McAdams and Dobbins, Med. Phys. 33:655 (2006).
    """

    name: ClassVar[str] = "mits"
    order: ClassVar[int] = 20
    title: ClassVar[str] = "MITS (matrix inversion)"
    description: ClassVar[str] = (
        "Blur from the other slices is calculated and taken off, at once: crisp detail with few views' ripple; needs a "
        "straight track."
    )

    regularisation: float = number(
        0.02, "Noise control", "Higher is smoother and thicker, lower is crisper and noisier.", 0.001, 1.0, 0.005
    )
    window: str = choice(
        "hann",
        "Filter",
        "How high frequencies are rolled off: less noise against less sharpness.",
        {name: title for name, (title, _) in APODISATIONS.items()},
    )

    def run(self, problem: StackProblem, progress: Progress) -> Iterator[Iteration]:
        """Invert, line by line across the sweep."""
        from recon.stack import Iteration

        projector = problem.projector
        if not projector.straight:
            raise BocageError(
                said(
                    "{0} needs a tube on a straight line parallel to the detector's rows or columns. Choose "
                    "another algorithm for this acquisition.",
                    self.title,
                )
            )
        m, lines, samples = projector.views_shape
        length = projector.shape[2]
        size = fast_length(length + samples // 4)
        blend = padding_blend(samples, size)
        frequency = np.arange(size // 2 + 1) / size
        inverse = self._inverse(projector.along, projector.spacing_mm, frequency)
        tiles = split(lines, LINES)
        planes, stored = problem.planes, problem.samples

        def tile(index: int) -> None:
            start, stop = tiles[index]
            rows = np.empty((m, stop - start, size), np.float32)
            rows[:, :, :samples] = stored.values[:, start:stop]
            rows[:, :, :samples] *= stored.scale[:, start:stop, None]
            edge = max(1, min(8, samples // 4))
            first, last = rows[:, :, :edge].mean(axis=2), rows[:, :, samples - edge : samples].mean(axis=2)
            rows[:, :, samples:] = first[..., None] + (last - first)[..., None] * blend
            planes[:, start:stop] = _inverted(rows, inverse)[:, :, :length]

        run_tiles(tile, len(tiles), progress, self.title)
        yield Iteration(1, planes)

    def _inverse(
        self, along: NDArray[np.float64], spacing_mm: NDArray[np.float64], frequency: NDArray[np.float64]
    ) -> NDArray[np.complex64]:
        """What turns the views' spectra into the planes', complex64 (frequencies, planes, views)."""
        shift = np.exp(2j * np.pi * frequency[:, None, None] * along) * spacing_mm
        adjoint = shift.conj().transpose(0, 2, 1)
        gram = adjoint @ shift
        depth = spacing_mm.size
        trace = np.einsum("fkk->f", gram).real / depth
        gram += (self.regularisation * trace)[:, None, None] * np.eye(depth)
        gain = apodisation(self.window, frequency / 0.5)
        return (np.linalg.solve(gram, adjoint) * gain[:, None, None]).astype(np.complex64)


def _inverted(rows: NDArray[np.float32], inverse: NDArray[np.complex64]) -> NDArray[np.float32]:
    """Views' lines (m, lines, size) to planes' lines (k, lines, size)."""
    import scipy.fft

    spectrum: Any = scipy.fft.rfft(rows, axis=2).transpose(2, 0, 1)
    planes = inverse @ np.ascontiguousarray(spectrum)
    return np.asarray(scipy.fft.irfft(planes.transpose(1, 2, 0), n=rows.shape[2], axis=2))
