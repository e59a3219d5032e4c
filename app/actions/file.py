"""Opening, saving, leaving."""

from __future__ import annotations

from app.actions.base import SLICES, STUDY, Action

ACTIONS: tuple[Action, ...] = (
    Action(
        "open_folder",
        "Open Fol&der…",
        "file",
        ("Ctrl+Shift+O",),
        "folder",
        "Open every study in a folder",
        toolbar=True,
    ),
    Action("open_files", "&Open Files…", "file", ("Ctrl+O",), "open", "Open files or a DICOMDIR"),
    Action(
        "open_demonstration",
        "Open &Demonstration Case",
        "file",
        (),
        "demo",
        "A chest: projections simulated from a real CT, with the plain radiograph",
    ),
    Action(
        "elements",
        "All E&lements…",
        "file",
        ("Ctrl+Shift+I",),
        "",
        "Every element of the file in the active viewport, to search",
        (STUDY,),
        separated=True,
    ),
    Action(
        "export_slices",
        "&Export Slices as DICOM…",
        "file",
        ("Ctrl+E",),
        "export",
        "Write the slices of the range, as they are set now, as a DICOM series",
        (SLICES,),
        separated=True,
    ),
    Action("quit", "&Quit", "file", ("Ctrl+Q",), "", "Close the window", separated=True),
)
