"""The windows on the number keys: those of the file, then those that suit the unit. No Qt."""

from __future__ import annotations

from app.session.state import AnyWindow, Picture
from recon.messages import said
from widgets.window import NamedWindow, Window

HU_WINDOWS = ((said("Lung"), -600.0, 1500.0), (said("Mediastinum"), 40.0, 400.0), (said("Bone"), 400.0, 1800.0))
"""Title, centre, width: common reading windows for CT."""
RELATIVE = ((said("High contrast"), 0.55), (said("Low contrast"), 1.8))
"""Title and width as a share of the automatic one."""


def window_presets(picture: Picture, automatic: AnyWindow | None) -> tuple[NamedWindow, ...]:
    """At most nine windows for the keys 1 … 9."""
    found = list(picture.windows)
    if picture.source.info.unit == "HU":
        found += [
            NamedWindow(title, Window(centre, width, "linear_exact"), "preset") for title, centre, width in HU_WINDOWS
        ]
    if isinstance(automatic, Window):
        found += [
            NamedWindow(title, Window(automatic.centre, automatic.width * share, "linear_exact"), "preset")
            for title, share in RELATIVE
        ]
    return tuple(found[:9])
