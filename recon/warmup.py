"""Compile every kernel once.

Numba keeps the machine code beside the modules (or in ``NUMBA_CACHE_DIR``), so this is done at installation
(``make`` runs ``python -m recon.warmup``); later starts load it in a fraction of a second.
"""

from __future__ import annotations

from collections.abc import Callable

from recon.progress import SILENT, Progress


def compile_kernels(progress: Progress = SILENT) -> None:
    """Compile, or load from the cache, all kernels of the reconstruction and the simulation."""
    from recon import backproject, filters, live, preprocess, resample
    from recon.simulate import forward

    steps: tuple[Callable[[], None], ...] = (
        resample.warm_up,
        preprocess.warm_up,
        filters.warm_up,
        backproject.warm_up,
        live.warm_up,
        forward.warm_up,
    )
    for index, step in enumerate(steps):
        progress.step(index / len(steps), "Preparing the reconstruction engine")
        step()
    progress.step(1.0, "Preparing the reconstruction engine")


if __name__ == "__main__":
    compile_kernels()
