"""Opening the window, or doing the same job without one."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from app.cli import study as studies
from app.cli.terminal import progress_bar
from recon.errors import BocageError

SCREENSHOT = "window.png"
SIZE = (1600, 1000)


def has_display() -> bool:
    """Whether a window can be shown: always on Windows and macOS, elsewhere when a display is named."""
    if os.environ.get("QT_QPA_PLATFORM") in ("offscreen", "minimal"):
        return False
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def open_window(paths: list[Path], *, headless: bool = False, output: Path = Path("out")) -> int:
    """Open the main window on some studies."""
    for path in paths:
        if not path.exists():
            raise BocageError(f"{path}: there is no such file or folder.")
    if headless or not has_display():
        if not paths:
            raise BocageError("There is no display for the window. Try: bocage demo --headless, or bocage --help.")
        return without_window(paths, output, asked=headless)
    from app.gui import run_window

    return int(run_window(paths, False))


def open_demo(*, headless: bool = False, output: Path = Path("out")) -> int:
    """Open the demonstration case."""
    if not headless and has_display():
        from app.gui import run_window

        return int(run_window([], True))
    from app.demo import demonstration_case

    start = time.perf_counter()
    with progress_bar() as progress:
        folder = demonstration_case(progress)
    print(f"demonstration case: {folder} ({time.perf_counter() - start:.1f} s)")
    return without_window([folder], output, asked=headless)


def without_window(paths: list[Path], output: Path, *, asked: bool) -> int:
    """Reconstruct the first projections, write the slices as DICOM and a screenshot of the real main window."""
    from app.cli.reconstruct.command import report, write_one
    from app.cli.reconstruct.options import Options

    print(
        "without a window"
        + ("" if asked else ": there is no display")
        + "; slices and a screenshot are written instead"
    )
    sys.stdout.flush()
    slices = output / "slices"
    for path in paths:
        with progress_bar() as progress:
            catalogue = studies.find(path, progress.part(0.0, 0.05))
            chosen = [entry for entry in catalogue.series if entry.kind == "projections"]
            if not chosen:
                continue
            study = next(study for study in catalogue.studies if chosen[0] in study.series)
            result = write_one(study, chosen[0], slices, Options(), progress.part(0.05, 1.0))
        report(result, slices)
        break
    else:
        print("no projections to reconstruct among these studies")
    picture = output / SCREENSHOT
    start = time.perf_counter()
    _screenshot(paths, picture)
    print(f"screenshot of the window: {picture} ({time.perf_counter() - start:.1f} s)")
    return 0


def _screenshot(paths: list[Path], file: Path) -> None:
    """The real main window, rendered offscreen (the platform must be chosen before Qt starts)."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    # The offscreen platform warns of what only a real window manager could do.
    os.environ.setdefault("QT_LOGGING_RULES", "default.warning=false")
    from app.gui import screenshot

    file.parent.mkdir(parents=True, exist_ok=True)
    screenshot(paths, file, SIZE)
