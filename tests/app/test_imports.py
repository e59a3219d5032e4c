"""Several threads may be the first to need a package."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import importlib, sys, threading
from app import imports
failed = []
gate = threading.Barrier(3)

def first(module):
    gate.wait()
    try:
        imports.prepare_dicom()
        imports.prepare_numerics()
        importlib.import_module(module)
    except BaseException as error:
        failed.append(f"{module}: {error!r}")

names = ("pydicom", "pydicom.values", "app.dicom.write")
threads = [threading.Thread(target=first, args=(name,)) for name in names]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
sys.exit("; ".join(failed) or 0)
"""


def test_first_imports_on_several_threads() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], check=False, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr


def test_nothing_large_is_imported_by_asking_later() -> None:
    program = "import sys, app.imports; sys.exit(any(name in sys.modules for name in ('numba', 'pydicom', 'scipy')))"
    assert subprocess.run([sys.executable, "-c", program], check=False, timeout=60).returncode == 0
