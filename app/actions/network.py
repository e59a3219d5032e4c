"""Servers: asking, fetching, sending."""

from __future__ import annotations

from app.actions.base import STUDY, Action
from recon.messages import mark

ACTIONS: tuple[Action, ...] = (
    Action(
        "query",
        mark("&Query and Retrieve…"),
        "network",
        ("Ctrl+G",),
        "search",
        mark("Look for studies on servers and fetch them"),
    ),
    Action(
        "priors",
        mark("Look for &Priors"),
        "network",
        (),
        "",
        mark("Look on the servers for other studies of the patient on screen"),
        (STUDY,),
    ),
    Action(
        "send_study",
        mark("&Send Study…"),
        "network",
        ("Ctrl+Alt+S",),
        "export",
        mark("Send the files of the study on screen to a server"),
        (STUDY,),
        separated=True,
    ),
    Action(
        "send_queue",
        mark("What Is Being Se&nt…"),
        "network",
        (),
        "",
        mark("The list of what waits, was sent, or failed"),
    ),
    Action(
        "servers",
        mark("Ser&vers…"),
        "network",
        (),
        "settings",
        mark("Enter, change and test the servers that are asked and sent to"),
        separated=True,
    ),
    Action(
        "receiver",
        mark("&Receiver…"),
        "network",
        (),
        "",
        mark("Let devices send studies to this computer, and say which"),
    ),
)
