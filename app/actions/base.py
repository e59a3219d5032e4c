"""What an action is: its text, keys and icon, and when it is possible."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from recon.messages import mark


@dataclass(frozen=True)
class Context:
    """What decides whether an action is possible."""

    study: bool = False
    picture: bool = False
    slices: bool = False
    stack: bool = False
    live: bool = False
    sweep: bool = False
    selected: bool = False
    pin: bool = False
    measurements: bool = False
    undo: str = ""
    redo: str = ""
    pictures: int = 0
    viewports: int = 1
    scaled: bool = False
    radiograph: bool = False
    calibrated: bool = False
    line_selected: bool = False
    copied: bool = False
    table_window: bool = False
    presets: int = 0
    computation: str = ""
    can_compute: bool = False
    one_slice: bool = False
    comparing: bool = False
    comparable: bool = False
    saved_reading: bool = False


@dataclass(frozen=True)
class Need:
    """A condition, and what a disabled action says when it is not met."""

    met: Callable[[Context], bool]
    why: str


PICTURE = Need(lambda c: c.picture, "no picture in the active viewport")
STUDY = Need(lambda c: c.study, mark("no study is open"))
SLICES = Need(lambda c: c.slices, "no slices on screen")
STACK = Need(lambda c: c.stack, "no slices on screen, and the active picture has no planes to scroll")
SAVED_READING = Need(lambda c: c.saved_reading, mark("no saved reading is stored with this study"))
SELECTED = Need(lambda c: c.selected, "no measurement is selected")
MEASURED = Need(lambda c: c.measurements, "there are no measurements in the active viewport")
RADIOGRAPH = Need(lambda c: c.radiograph, "only radiographs are calibrated by a marker")
CALIBRATED = Need(lambda c: c.calibrated, "the picture in the active viewport is not calibrated by a marker")
LINE_SELECTED = Need(lambda c: c.line_selected, "select a length or an ellipse over the marker first")
COPIED = Need(lambda c: c.copied, "no measurement has been copied")
TWO = Need(lambda c: c.pictures > 1, "needs two pictures on screen")
LIVE = Need(lambda c: c.live, "the slices on screen are not computed from projections")
SWEEP = Need(lambda c: c.sweep, mark("nothing on screen was made from the projections of a sweep"))
NEEDS_COMPUTING = Need(
    lambda c: c.can_compute or c.one_slice, "the algorithm needs no computing, or its slices are there already"
)
SEVERAL_SLICES = Need(lambda c: not c.one_slice, "the range holds one slice only, and at least two are needed")
COMPUTING = Need(lambda c: c.computation == "running", "nothing is being computed")
CAN_UNDO = Need(lambda c: bool(c.undo), "nothing to undo")
CAN_REDO = Need(lambda c: bool(c.redo), "nothing to redo")


@dataclass(frozen=True)
class Action:
    """One thing the user can do.

    Attributes
    ----------
    id : str
        The handler's name.
    text : str
        Menu text, with an ellipsis when more is asked.
    group : str
        The menu (one of `MENUS`).
    shortcuts : tuple of str
        Qt key sequences; the first is shown.
    icon : str
        Name of an icon file, "" for none.
    tip : str
        What it does, one sentence without a full stop.
    needs : tuple of Need
    checkable : bool
    choice : str
        Checkable actions with the same choice exclude each other.
    toolbar, context : bool
        Whether it stands on the toolbar and in the viewport's menu.
    separated : bool
        Whether a line is drawn above it.
    submenu : str
        Actions of a group with the same one stand in a menu of their own (one of `SUBMENUS`).
    drop_down : str
        Actions with the same one share one button of the toolbar, which shows the one used last.
    in_viewport : bool
        Whether the keys act only while a viewport has the focus: lists and sliders need them too.
    """

    id: str
    text: str
    group: str
    shortcuts: tuple[str, ...] = ()
    icon: str = ""
    tip: str = ""
    needs: tuple[Need, ...] = ()
    checkable: bool = False
    choice: str = ""
    toolbar: bool = False
    context: bool = False
    separated: bool = False
    in_viewport: bool = False
    submenu: str = ""
    drop_down: str = ""

    def why_disabled(self, context: Context) -> str:
        """Why the action is not possible now; "" when it is."""
        return next((need.why for need in self.needs if not need.met(context)), "")
