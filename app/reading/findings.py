"""What the reader keeps of a study: key images and findings. No Qt."""

from __future__ import annotations

from dataclasses import dataclass, replace

from widgets.view_transform import ViewTransform
from widgets.window import LutWindow, Window


@dataclass(frozen=True)
class KeyImage:
    """A picture kept as it was shown.

    Attributes
    ----------
    id : str
    uid : str
        Of the picture.
    height_mm, thickness_mm : float or None
        Of the slice; None for radiographs.
    window : Window or LutWindow or None
    inverted : bool
    transform : ViewTransform
        Place, flips and turns; its scale was that of the viewport, which may have another size next time.
    extent_mm : (width, height)
        Of what was visible, as it lay on the screen.
    note : str
        The reader's words.
    time : str
        When it was kept, ISO 8601 with the zone.
    """

    id: str
    uid: str
    height_mm: float | None
    thickness_mm: float | None
    window: Window | LutWindow | None
    inverted: bool
    transform: ViewTransform
    extent_mm: tuple[float, float] = (100.0, 100.0)
    note: str = ""
    time: str = ""

    def transform_for(self, size: tuple[float, float]) -> ViewTransform:
        """What shows the same in a view of another size (width, height), logical pixels."""
        scale = min(size[0] / self.extent_mm[0], size[1] / self.extent_mm[1])
        return replace(self.transform, pixels_per_mm=scale)


@dataclass(frozen=True)
class Finding:
    """One entry of the list of findings.

    Attributes
    ----------
    id : str
    uid : str
        Of the picture it was seen on.
    text : str
    location : str
        In the reader's words ("left upper lobe").
    point_mm : (x, y) or None
    height_mm : float or None
    size_mm : float or None
        Typed, or taken over from a measurement.
    measurement : str
        Id of the measurement that gives the size; "" for none.
    key_image : str
        Id of the key image that shows it; "" for none.
    """

    id: str
    uid: str
    text: str = ""
    location: str = ""
    point_mm: tuple[float, float] | None = None
    height_mm: float | None = None
    size_mm: float | None = None
    measurement: str = ""
    key_image: str = ""
