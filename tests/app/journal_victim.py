"""A real window that works on a study until somebody kills it.

Each change is named on standard output once it is made, and again once the window says that all changes are saved.
Arguments: seed, changes, how, study. How: "hand" makes a gesture every 80 to 250 ms, as a fast reader does; "flood"
makes them as fast as it goes; "compacting" does, too, while the journal is cleared up after every write.
"""

from __future__ import annotations

import random
import sys
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))


def main() -> None:
    seed, count, how = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    from synthetic import FakeStudy

    from app.gui import application, process_events, wait_until_settled
    from app.journal import compact, writer
    from app.main_window import MainWindow
    from widgets.measurements import Measurement
    from widgets.window import Window

    if how == "compacting":
        compact.KEPT_CHANGES = 3
        writer.COMPACT_EVERY = 1
    application()
    window = MainWindow(services=FakeStudy().services())
    window.show()
    window.open_paths([Path(sys.argv[4])])
    wait_until_settled(window, 60)
    session = window.session
    uid = session.slices_on_screen()
    assert uid is not None
    chance = random.Random(seed)
    print("ready", flush=True)
    for number in range(1, count + 1):
        kind = chance.choice(["length", "length", "drag", "window", "undo", "height"])
        if kind == "undo":
            # Never of a measurement: an undone one that is gone would look like a lost one.
            session.set_inverted(uid, not session.reading.of(uid).inverted)
            session.stack.undo()
            session.stack.redo()
        if kind == "drag":
            for step in range(5):
                session.set_reconstruction(uid, live=step < 4, thickness_mm=5.0 + (number + step) % 30)
        if kind == "window":
            session.set_window(uid, Window(float(number), 10.0, "linear_exact"))
        if kind == "height":
            session.set_height(uid, 50.0 + number % 60)
        # Whatever else was done, the last thing carries the number.
        item = Measurement(f"m{number}", "length", ((0.0, 0.0), (float(number), 0.0)), session.height(uid))
        state = session.reading.of(uid)
        session.change_series(uid, replace(state, measurements=(*state.measurements[-20:], item)))
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()
        process_events(chance.uniform(0.08, 0.25) if how == "hand" else 0.001 * chance.choice([1, 1, 2, 5, 20]))
        if window.journal.keeper.state.kind == "saved":
            sys.stdout.write(f"saved {number}\n")
            sys.stdout.flush()
    print("done", flush=True)
    process_events(30.0)


if __name__ == "__main__":
    main()
