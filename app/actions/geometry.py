"""Where tube and detector were."""

from __future__ import annotations

from app.actions.base import SLICES, SWEEP, Action

ACTIONS: tuple[Action, ...] = (
    Action(
        "geometry",
        "&Geometry of the Projections…",
        "file",
        (),
        "geometry",
        "Choose a geometry file or a vendor preset for the projections on screen",
        (SLICES,),
        submenu="geometry",
    ),
    Action(
        "geometry_numbers",
        "Geometry &Numbers",
        "file",
        (),
        "",
        "Every number of the acquisition with where it comes from; assumed ones can be corrected",
        (SWEEP,),
        submenu="geometry",
    ),
    Action(
        "geometry_reverse",
        "Re&verse the Sweep",
        "file",
        (),
        "",
        "The views were taken in the other order than the angles say",
        (SWEEP,),
        submenu="geometry",
    ),
    Action(
        "geometry_save",
        "Save the Geometr&y…",
        "file",
        (),
        "",
        "Write a geometry file with the source of every number, to lie beside the images",
        (SWEEP,),
        submenu="geometry",
    ),
)
