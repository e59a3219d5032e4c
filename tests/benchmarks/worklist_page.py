"""The worklist's page at the size of a department: from a key to the list on screen, and what the GUI thread gives.

Run with ``python -m tests.benchmarks.worklist_page [--smoke] [--studies N]``. Each key is typed into the search line of
the real page (off screen) when the list of the one before stands there. Studies are made up as for the index itself.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.benchmarks.worklist import TYPED, keystrokes, made_up

BATCH = 2000


def fill(folder: Path, count: int) -> None:
    """An index of made-up studies."""
    from app.worklist import files, schema

    with closing(schema.open_index(folder).connection) as writer:
        number, _ = files.add_folder(writer, Path("/made/up"))
        batch: list[Any] = []
        for each in made_up(count, date.today()):  # noqa: DTZ011 - the user's day
            batch.append(each)
            if len(batch) == BATCH:
                files.put_files(writer, number, batch)
                batch = []
        files.put_files(writer, number, batch)


def row(title: str, times_s: list[float]) -> None:
    """Print one line of the table."""
    ordered = sorted(1000 * each for each in times_s)
    median, high = ordered[len(ordered) // 2], ordered[min(len(ordered) - 1, round(0.95 * len(ordered)))]
    print(f"{title:44s} {len(ordered):5d} {median:9.1f} {high:9.1f} {ordered[-1]:9.1f}")


def measure(folder: Path, count: int) -> None:
    """Type into the page."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["BOCAGE_DATA"], os.environ["BOCAGE_CONFIG"] = str(folder), str(folder / "bocage.ini")
    from app.gui import application, process_events
    from app.main_window import MainWindow

    application()
    window = MainWindow()
    window.show()
    process_events(0.3)
    started = time.perf_counter()
    page = window.worklist.show_page()
    made = time.perf_counter() - started
    on_thread: list[float] = []
    shown: list[float] = []
    take = page._take

    def timed(found: Any) -> None:
        begun = time.perf_counter()
        take(found)
        page.table.viewport().repaint()
        shown.append(time.perf_counter())
        on_thread.append(shown[-1] - begun)

    page._take = timed
    while page.model.rowCount() != count:
        process_events(0.002)
    first = time.perf_counter() - started
    on_thread.clear()
    keys: list[float] = []
    for text in TYPED.values():
        for typed in (*keystrokes(text), ""):
            before, begun = len(shown), time.perf_counter()
            page.search.setText(typed)
            while len(shown) == before:
                process_events(0.001)
            keys.append(shown[-1] - begun)
    print(f"{count} studies{'':30s} {'n':>5s} {'p50 ms':>9s} {'p95 ms':>9s} {'worst ms':>9s}")
    row("page made, on the GUI thread", [made])
    row("from the key of the page to its list", [first])
    row("from a key in the search line to the list", keys)
    row("of it on the GUI thread, with drawing", on_thread)
    window.close()


def main(arguments: list[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--smoke", action="store_true", help="a small index, in seconds")
    parser.add_argument("--studies", type=int, default=50_000)
    given = parser.parse_args(arguments)
    count = 1000 if given.smoke else given.studies
    with tempfile.TemporaryDirectory(prefix="bocage-worklist-page-") as folder:
        fill(Path(folder), count)
        measure(Path(folder), count)


if __name__ == "__main__":
    main()
