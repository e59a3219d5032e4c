"""The worklist: studies in watched folders, and those that arrive."""

from __future__ import annotations

from app.actions.base import STUDY, Action
from recon.messages import mark

ACTIONS: tuple[Action, ...] = (
    Action(
        "worklist",
        mark("&Worklist…"),
        "file",
        ("Ctrl+Shift+L",),
        "measurements",
        mark("The studies in your folders, to find, open and mark"),
    ),
    Action(
        "read_and_next",
        mark("Mark as Read and &Next"),
        "file",
        ("Ctrl+Shift+N",),
        "",
        mark("Mark the study on screen as read in the worklist, and open the next one there"),
        (STUDY,),
    ),
)
