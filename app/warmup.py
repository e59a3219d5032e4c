"""Compile every kernel once: ``make`` runs ``python -m app.warmup`` at installation.

Numba keeps the machine code beside the modules (or in ``NUMBA_CACHE_DIR``); later starts load it in a fraction of a
second. The window runs this in a worker while it is being built, so that the first picture waits for no compiler.
"""

from __future__ import annotations

from recon.progress import SILENT, Progress


def compile_kernels(progress: Progress = SILENT) -> None:
    """Compile, or load from the cache, all kernels: reconstruction, simulation and display."""
    from recon.warmup import compile_kernels as compile_recon
    from widgets import compared_kernel, magnify, window_kernel

    window_kernel.warm_up()
    magnify.warm_up()
    compared_kernel.warm_up()
    compile_recon(progress)


if __name__ == "__main__":
    compile_kernels()
