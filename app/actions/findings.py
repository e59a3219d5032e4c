"""What the reader keeps: key images, findings, the report."""

from __future__ import annotations

from app.actions.base import PICTURE, SAVED_READING, STUDY, Action
from recon.messages import mark

ACTIONS: tuple[Action, ...] = (
    Action(
        "key_image",
        mark("&Keep as Key Image"),
        "measure",
        ("Shift+K",),
        "key_image",
        mark("Keep the active picture as it is shown: slice, thickness, window, place"),
        (PICTURE,),
        context=True,
        separated=True,
        toolbar=True,
    ),
    Action(
        "add_finding",
        mark("Add Fi&nding"),
        "measure",
        ("N",),
        "finding",
        mark("Add a finding at this height, with the size of the selected measurement, and write what it is"),
        (PICTURE,),
        context=True,
    ),
    Action(
        "findings",
        mark("&Findings and Key Images"),
        "measure",
        ("Ctrl+Shift+F",),
        "",
        mark("Show the list of findings and the key images"),
    ),
    Action(
        "show_evidence",
        mark("Show Sa&ved Reading"),
        "measure",
        (),
        "",
        mark("Put measurements, findings and key images that are stored with the study where they stood"),
        (SAVED_READING,),
    ),
    Action(
        "save_evidence",
        mark("Save Reading as &DICOM…"),
        "file",
        ("Ctrl+Shift+R",),
        "",
        mark("Measurements, findings, key images, presentations and captures as DICOM objects beside the study"),
        (STUDY,),
    ),
    Action(
        "report",
        mark("&Report…"),
        "file",
        ("Ctrl+R",),
        "",
        mark("Key images, findings and how the pictures were made, as PDF or HTML"),
        (STUDY,),
    ),
)
