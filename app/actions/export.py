"""What is on screen as files, on the clipboard, on paper."""

from __future__ import annotations

from app.actions.base import PICTURE, SLICES, Action
from app.actions.display import SCALED
from recon.messages import mark

ACTIONS: tuple[Action, ...] = (
    Action(
        "save_picture",
        mark("&Save Picture or Cine…"),
        "file",
        ("Ctrl+Shift+S",),
        "camera",
        mark("The active viewport, the window, the picture's values in 16 bits, or cine as a film"),
        (PICTURE,),
        separated=True,
    ),
    Action(
        "save_film",
        mark("Save Cine as a &Film…"),
        "file",
        (),
        "",
        mark("Cine of the active viewport as MP4 or GIF"),
        (SLICES,),
    ),
    Action(
        "copy_picture",
        mark("&Copy Picture"),
        "edit",
        ("Ctrl+Shift+C",),
        "",
        mark("The active viewport as it is shown, without the patient's name, on the clipboard"),
        (PICTURE,),
        context=True,
    ),
    Action(
        "print_life",
        mark("&Print in Life Size…"),
        "file",
        ("Ctrl+P",),
        "",
        mark("A millimetre of the slice is a millimetre of the paper"),
        (PICTURE, SCALED),
    ),
    Action(
        "print_fitted",
        mark("Print &Fitted to the Paper…"),
        "file",
        (),
        "",
        mark("The whole picture, as large as the paper allows"),
        (PICTURE,),
    ),
    Action(
        "deidentify",
        mark("De-&identify for Teaching…"),
        "file",
        (),
        "",
        mark("Write the study without names, numbers and dates, by the Basic Profile of DICOM"),
        separated=True,
    ),
)
