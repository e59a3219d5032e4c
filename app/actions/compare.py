"""Comparing two pictures in one viewport."""

from __future__ import annotations

from app.actions.base import PICTURE, Action, Need
from recon.messages import mark

COMPARING = Need(lambda c: c.comparing, mark("nothing is compared in the active viewport"))
COMPARABLE = Need(lambda c: c.comparable, mark("there is no other picture to compare with"))

ACTIONS: tuple[Action, ...] = (
    Action(
        "compare_with",
        "Compare &With…",
        "view",
        ("Ctrl+J",),
        "compare",
        "Lay another picture over the active one: a series can be dropped with Shift as well",
        (PICTURE, COMPARABLE),
        context=True,
        separated=True,
    ),
    Action(
        "compare_toggle",
        "Compare, or &Exchange in Place",
        "view",
        ("J",),
        "",
        "Start to compare with the likeliest picture; while comparing, show the other one of the two alone",
        (PICTURE, COMPARABLE),
        submenu="compare",
    ),
    Action(
        "compare_mode",
        "Next &Way to Compare",
        "view",
        ("Shift+J",),
        "",
        "Swipe, blink, blend, colour, difference",
        (COMPARING,),
        submenu="compare",
    ),
    Action(
        "compare_less",
        "Line or Opacity &Back",
        "view",
        ("Ctrl+Shift+Left",),
        "",
        "The swipe line to the left or up, or less of the upper picture",
        (COMPARING,),
        submenu="compare",
    ),
    Action(
        "compare_more",
        "Line or Opacity &On",
        "view",
        ("Ctrl+Shift+Right",),
        "",
        "The swipe line to the right or down, or more of the upper picture",
        (COMPARING,),
        submenu="compare",
    ),
    Action(
        "compare_register",
        "&Register Automatically",
        "view",
        (),
        "",
        "Find how the upper picture lies on the lower one",
        (COMPARING,),
        submenu="compare",
    ),
    Action(
        "compare_side",
        "&Side by Side",
        "view",
        (),
        "",
        "The upper picture alone in a viewport beside, in the same plane and size",
        (COMPARING,),
        submenu="compare",
    ),
    Action(
        "compare_end",
        "E&nd the Comparison",
        "view",
        (),
        "",
        "Take the upper picture away",
        (COMPARING,),
        submenu="compare",
    ),
)
