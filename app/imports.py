"""First imports of large packages, one thread at a time.

Two threads that enter a package of circular imports at different modules (``import pydicom`` here, ``from
pydicom.dataset import …`` there) block each other; Python resolves that by handing one of them a half-made module.
Threads that may be the first therefore ask here before they import anything that needs such a package.
"""

from __future__ import annotations

import importlib
import threading

_DICOM = ("pydicom", "pydicom.dataset", "pydicom.filereader", "pydicom.filewriter", "pydicom.encaps", "pydicom.pixels")
_NUMERICS = ("numba", "scipy.fft", "scipy.ndimage")
_dicom_lock, _numerics_lock = threading.Lock(), threading.Lock()


def prepare_dicom() -> None:
    """Import what reads and writes DICOM; waits for another thread that does."""
    _import_all(_dicom_lock, _DICOM)


def prepare_numerics() -> None:
    """Import what the kernels and filters are made of; waits for another thread that does."""
    _import_all(_numerics_lock, _NUMERICS)


def _import_all(lock: threading.Lock, names: tuple[str, ...]) -> None:
    with lock:
        for name in names:
            importlib.import_module(name)
