"""Compile every kernel of the reconstruction and the simulation once."""

from __future__ import annotations

from collections.abc import Callable

from recon.messages import said
from recon.progress import SILENT, Progress


def compile_kernels(progress: Progress = SILENT) -> None:
    """Compile, or load from the cache, all kernels of the reconstruction and the simulation."""
    from recon import backproject, filtering, focus, inpaint, placed, preprocess, rectify, reformat, resample, samples
    from recon.combine import synthetic
    from recon.corrections import scatter, skin_line
    from recon.metal import vote
    from recon.simulate import forward

    steps: tuple[Callable[[], None], ...] = (
        resample.warm_up,
        samples.warm_up,
        rectify.warm_up,
        preprocess.warm_up,
        filtering.warm_up,
        backproject.warm_up,
        inpaint.warm_up,
        focus.warm_up,
        synthetic.warm_up,
        vote.warm_up,
        scatter.warm_up,
        skin_line.warm_up,
        forward.warm_up,
        placed.warm_up,
        reformat.warm_up,
    )
    for index, step in enumerate(steps):
        progress.step(index / len(steps), said("Preparing the reconstruction engine"))
        step()
    progress.step(1.0, said("Preparing the reconstruction engine"))
