"""How cine plays."""

from __future__ import annotations

from app.actions.base import SLICES, Action
from recon.messages import mark

ACTIONS: tuple[Action, ...] = (
    Action(
        "cine_every_frame",
        mark("&Every Frame"),
        "slices",
        ("Shift+Space",),
        "every_frame",
        mark("Cine leaves no slice out, and the rate adapts; else the rate is kept"),
        (SLICES,),
        checkable=True,
    ),
    Action(
        "cine_mode",
        mark("Sweep, L&oop or Once"),
        "slices",
        ("Shift+C",),
        "",
        mark("What cine does at the end of the range"),
        (SLICES,),
    ),
    Action("cine_faster", mark("&Faster Cine"), "slices", ("]",), "", mark("More frames per second"), (SLICES,)),
    Action("cine_slower", mark("Slo&wer Cine"), "slices", ("[",), "", mark("Fewer frames per second"), (SLICES,)),
    Action(
        "frame_next",
        mark("&Next Frame"),
        "slices",
        (".",),
        "",
        mark("Stop cine, and one frame on"),
        (SLICES,),
        in_viewport=True,
    ),
    Action(
        "frame_previous",
        mark("Pre&vious Frame"),
        "slices",
        (",",),
        "",
        mark("Stop cine, and one frame back"),
        (SLICES,),
        in_viewport=True,
    ),
    Action(
        "cine_from_here", mark("Cine From &Here"), "slices", ("Ctrl+[",), "", mark("The range starts here"), (SLICES,)
    ),
    Action("cine_to_here", mark("Cine &To Here"), "slices", ("Ctrl+]",), "", mark("The range ends here"), (SLICES,)),
)
