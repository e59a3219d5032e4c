"""The windows on the number keys: those of the file, those of the body part, then those that suit the unit. No Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.protocols import Protocol, find_protocol, protocol_for
from app.session.state import AnyWindow, Picture
from recon.messages import said
from widgets.window import NamedWindow, Window

if TYPE_CHECKING:
    from app.session.session import Session

HU_WINDOWS = ((said("Lung"), -600.0, 1500.0), (said("Mediastinum"), 40.0, 400.0), (said("Bone"), 400.0, 1800.0))
"""Title, centre, width: common reading windows for CT."""
RELATIVE = ((said("High contrast"), 0.55), (said("Low contrast"), 1.8))
"""Title and width as a share of the automatic one."""
LIMIT = 9


def window_presets(picture: Picture, automatic: AnyWindow | None, protocol: str = "") -> tuple[NamedWindow, ...]:
    """At most nine windows for the keys 1 … 9.

    Parameters
    ----------
    picture : Picture
    automatic : Window or LutWindow or None
        The one in force when the reader has set none; that of the protocol, if there is one.
    protocol : str
        Key of the protocol that the slices were started from; "" for none.
    """
    found = list(picture.windows)
    if picture.source.info.unit == "HU":
        found += [
            NamedWindow(title, Window(centre, width, "linear_exact"), "preset") for title, centre, width in HU_WINDOWS
        ]
    if isinstance(automatic, Window):
        if picture.source.info.unit != "HU":
            found += _of_body_part(picture, automatic, protocol)
        found += [
            NamedWindow(title, Window(automatic.centre, automatic.width * share, "linear_exact"), "preset")
            for title, share in RELATIVE
        ]
    return tuple(found[:LIMIT])


def presets_on_keys(session: Session) -> tuple[NamedWindow, ...]:
    """The windows of the active viewport's picture; none without a picture."""
    picture = session.active_picture
    if picture is None:
        return ()
    return window_presets(picture, session.automatic.of(picture.uid), session.reading.of(picture.uid).protocol)


def _of_body_part(picture: Picture, automatic: Window, protocol: str) -> list[NamedWindow]:
    """The presets of the protocol in force, or else of the body part that the header names."""
    belongs: Protocol | None
    if protocol:
        belongs = find_protocol(protocol)
        automatic = belongs.automatic(automatic)
    else:
        belongs = protocol_for(str(getattr(picture.header, "body_part", "") or ""))
    if belongs is None:
        return []
    return [NamedWindow(preset.title, preset.window(automatic), "preset") for preset in belongs.presets]
