"""How long the program takes to start: ``python tests/benchmarks/start.py``.

From the start of a fresh interpreter to a window that has been painted and takes keys, offscreen, with warm file
caches; what of it is imports, and which packages these are. The target is 2 s.
"""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
TARGET_S = 2.0
PROGRAM = """
import sys, time
from app.gui import application
app = application()
from app.main_window import MainWindow
imported = time.time()
window = MainWindow()
window.show()
window.repaint()
app.processEvents()
print(imported, time.time(), flush=True)
import os; os._exit(0)
"""
IMPORT = re.compile(r"import time:\s+(\d+) \|\s+(\d+) \|(\s+)(\S+)")


def _environment() -> dict[str, str]:
    return {**os.environ, "QT_QPA_PLATFORM": "offscreen", "BOCAGE_CONFIG": "/nonexistent/bocage.ini"}


def start_s(repeats: int = 5) -> tuple[float, float]:
    """Median seconds from starting the interpreter to the usable window, and to the end of the imports."""
    windows, imports = [], []
    for _ in range(repeats + 1):
        begun = time.time()
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM], cwd=ROOT, env=_environment(), capture_output=True, text=True, check=True
        )
        imported, usable = map(float, done.stdout.split())
        windows.append(usable - begun)
        imports.append(imported - begun)
    # The first fills the caches.
    return statistics.median(windows[1:]), statistics.median(imports[1:])


def slowest_imports(count: int = 8) -> list[tuple[str, float]]:
    """The packages that importing the window takes longest for, with their own milliseconds."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", "import app.main_window"],
        cwd=ROOT,
        env=_environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    own: dict[str, float] = {}
    for match in IMPORT.finditer(done.stderr):
        package = match[4].split(".")[0]
        own[package] = own.get(package, 0.0) + int(match[1]) / 1000
    return sorted(own.items(), key=lambda item: -item[1])[:count]


def report(repeats: int = 5) -> str:
    """What was measured, as lines of text."""
    window, imports = start_s(repeats)
    held = "met" if window <= TARGET_S else "MISSED"
    slow = ", ".join(f"{name} {ms:.0f} ms" for name, ms in slowest_imports())
    return (
        f"start to a usable window: {window:.2f} s (target {TARGET_S:g} s, {held}), of it imports {imports:.2f} s\n"
        f"  longest, on their own: {slow}"
    )


if __name__ == "__main__":
    print(report())
