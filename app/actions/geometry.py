"""The numbers of the acquisition."""

from __future__ import annotations

from app.actions.base import SWEEP, Action

ACTIONS: tuple[Action, ...] = (
    Action(
        "geometry_numbers",
        "Geometry &Numbers",
        "file",
        (),
        "",
        "Every number of the acquisition with where it comes from; assumed ones can be corrected",
        (SWEEP,),
    ),
    Action(
        "geometry_reverse",
        "Re&verse the Sweep",
        "file",
        (),
        "",
        "The views were taken in the other order than the angles say",
        (SWEEP,),
    ),
    Action(
        "geometry_save",
        "Save the Geometr&y…",
        "file",
        (),
        "",
        "Write a geometry file with the source of every number, to lie beside the images",
        (SWEEP,),
    ),
)
