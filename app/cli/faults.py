"""Sentences about errors that no part of the program expected. Imported by the command line's start."""

from __future__ import annotations

import os
import traceback
from pathlib import Path

NO_MEMORY = "there is not enough memory for this; choose fewer or smaller slices, or a larger pixel."


def show_traceback() -> bool:
    """Whether faults are to be raised as they are (the environment variable ``BOCAGE_TRACEBACK``)."""
    return bool(os.environ.get("BOCAGE_TRACEBACK"))


def sentence(error: BaseException) -> str:
    """Kind and place of a fault of the program; its own text may quote data and is not told."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" in {Path(frames[-1].filename).name} line {frames[-1].lineno}" if frames else ""
    return (
        f"a fault of the program, not of your study: {type(error).__name__}{place}. Please report it; "
        "BOCAGE_TRACEBACK=1 before the command shows the details."
    )
