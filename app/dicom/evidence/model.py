"""What evidence objects say, as plain values: nothing here knows pydicom or the pictures on screen."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from widgets.window import LutWindow, Window

Coordinates = tuple[tuple[float, ...], ...]


@dataclass(frozen=True)
class ImageKey:
    """A stored image that something refers to.

    Attributes
    ----------
    instance : str
        SOP Instance UID.
    frame : int
        From 1; 0 for the whole instance.
    """

    instance: str
    frame: int = 0


@dataclass(frozen=True)
class Graphic:
    """One drawing of a report: on an image, or in space.

    Attributes
    ----------
    type : str
        Graphic Type (PS3.3 C.18.6.1.2, C.18.9.1.2): "POINT", "POLYLINE", "POLYGON", "ELLIPSE", "CIRCLE", "MULTIPOINT".
    points : tuple of (column, row) or (x, y, z)
        In pixels from the upper left corner of the first pixel; or patient millimetres.
    image : ImageKey or None
        For those in pixels.
    frame_of_reference : str
        For those in millimetres.
    """

    type: str
    points: Coordinates
    image: ImageKey | None = None
    frame_of_reference: str = ""


@dataclass(frozen=True)
class Stated:
    """A number that a report states."""

    name: str
    value: float
    unit: str
    code: str = ""


@dataclass(frozen=True)
class Group:
    """One measurement group (TID 1501 or 1410).

    Attributes
    ----------
    id : str
        Of the measurement or finding it becomes: the one that it had when this program wrote it, else made of the UIDs
        that the report states, so that it is the same each time.
    kind : str
        Of the measurement, or "finding", when this program wrote it; "" for others.
    label, note : str
    finding : str
        What was found, in words.
    location : str
    series_uid, picture : str
        What it was measured on when this program wrote it: the series, and which of the pictures made of it.
    measurement, key_image : str
        Ids that a finding is tied to.
    image : ImageKey or None
        That the whole group is about.
    """

    id: str
    kind: str = ""
    label: str = ""
    note: str = ""
    finding: str = ""
    location: str = ""
    graphics: tuple[Graphic, ...] = ()
    numbers: tuple[Stated, ...] = ()
    series_uid: str = ""
    picture: str = ""
    measurement: str = ""
    key_image: str = ""
    image: ImageKey | None = None

    @property
    def is_finding(self) -> bool:
        """Whether it becomes a finding: one of ours, or a group of another program that draws nothing."""
        return self.kind == "finding" or not (self.kind or self.graphics)


@dataclass(frozen=True)
class Origin:
    """Where an object comes from.

    Attributes
    ----------
    path : Path
    uid : str
        SOP Instance UID.
    maker, reader, date, time : str
        Manufacturer, person, content date and time as DICOM writes them. Never logged.
    own : bool
        Whether this program wrote it.
    """

    path: Path
    uid: str
    maker: str = ""
    reader: str = ""
    date: str = ""
    own: bool = False
    time: str = ""

    @property
    def moment(self) -> tuple[str, str]:
        """What sorts by age."""
        return self.date, self.time


@dataclass(frozen=True)
class Report:
    """Measurements and findings of an SR document.

    Attributes
    ----------
    complete, verified : bool
        Completion Flag and Verification Flag (PS3.3 C.17.2).
    """

    origin: Origin
    groups: tuple[Group, ...] = ()
    impression: str = ""
    complete: bool = False
    verified: bool = False


@dataclass(frozen=True)
class KeyObject:
    """One image of a Key Object Selection, and the presentation state that shows it ("" for none)."""

    image: ImageKey
    presentation: str = ""
    id: str = ""


@dataclass(frozen=True)
class KeyObjects:
    """A Key Object Selection document."""

    origin: Origin
    title: str = ""
    note: str = ""
    objects: tuple[KeyObject, ...] = ()


@dataclass(frozen=True)
class ShownWindow:
    """A window or table of a presentation, and the images it is for (none: all).

    Attributes
    ----------
    window : Window or LutWindow
        In values after the modality transform, as the presentation counts them.
    explanation : str
        Of a table.
    """

    window: Window | LutWindow
    images: tuple[ImageKey, ...] = ()
    explanation: str = ""


@dataclass(frozen=True)
class DisplayedArea:
    """What part of an image is shown (PS3.3 C.10.4).

    Attributes
    ----------
    top_left, bottom_right : (column, row)
        Pixels, from 1, at the corners of the screen: after turning and flipping, but counted before.
    mode : str
        "SCALE TO FIT", "TRUE SIZE" or "MAGNIFY".
    magnification : float or None
        Screen pixels for an image pixel, for "MAGNIFY".
    images : tuple of ImageKey
    """

    top_left: tuple[int, int]
    bottom_right: tuple[int, int]
    mode: str = "SCALE TO FIT"
    magnification: float | None = None
    images: tuple[ImageKey, ...] = ()


@dataclass(frozen=True)
class Annotation:
    """A drawing or a text of a presentation.

    Attributes
    ----------
    type : str
        Graphic Type (PS3.3 C.10.5), or "TEXT".
    points : tuple of (column, row)
        Pixels from the upper left corner of the first one.
    images : tuple of ImageKey
    text : str
    tracking_uid : str
    layer : str
    """

    type: str
    points: Coordinates
    images: tuple[ImageKey, ...] = ()
    text: str = ""
    tracking_uid: str = ""
    layer: str = ""


@dataclass(frozen=True)
class Presentation:
    """A Grayscale Softcopy Presentation State.

    Attributes
    ----------
    label, description : str
    images : tuple of ImageKey
        What it is for; frame 0 is every frame.
    windows : tuple of ShownWindow
    inverted : bool
        Whether larger values are shown darker. It stands for itself: Photometric Interpretation is not looked at
        (PS3.4 N.2.1).
    quarter_turns : int
        Clockwise.
    flip : bool
        Left and right exchanged, after the turn.
    areas : tuple of DisplayedArea
    annotations : tuple of Annotation
    notes : tuple of str
        What it says besides and is not shown.
    """

    origin: Origin
    label: str = ""
    description: str = ""
    images: tuple[ImageKey, ...] = ()
    windows: tuple[ShownWindow, ...] = ()
    inverted: bool = False
    quarter_turns: int = 0
    flip: bool = False
    areas: tuple[DisplayedArea, ...] = ()
    annotations: tuple[Annotation, ...] = ()
    notes: tuple[str, ...] = ()

    def window_for(self, key: ImageKey) -> ShownWindow | None:
        """The window of an image; None where it has none."""
        return next((each for each in self.windows if covers(each.images, key)), None)

    def area_for(self, key: ImageKey) -> DisplayedArea | None:
        """The displayed area of an image."""
        return next((each for each in self.areas if covers(each.images, key)), None)


@dataclass(frozen=True)
class Evidence:
    """All that was found beside a study, the newest first.

    Attributes
    ----------
    planes : mapping of ImageKey to value
        Where images lie in space that are referred to and belong to no picture (`app.dicom.evidence.places`).
    """

    reports: tuple[Report, ...] = ()
    key_objects: tuple[KeyObjects, ...] = ()
    presentations: tuple[Presentation, ...] = ()
    planes: dict[ImageKey, Any] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing."""
        return not (self.reports or self.key_objects or self.presentations)

    @property
    def origins(self) -> list[Origin]:
        """Of every object."""
        found = [each.origin for each in self.reports]
        return found + [each.origin for each in self.key_objects] + [each.origin for each in self.presentations]

    @property
    def images(self) -> set[ImageKey]:
        """Every image that is referred to."""
        found = {each.image for group in self._groups() for each in group.graphics if each.image is not None}
        found |= {each.image for document in self.key_objects for each in document.objects}
        return found | {key for each in self.presentations for key in each.images}

    def _groups(self) -> list[Group]:
        return [group for report in self.reports for group in report.groups]


def covers(images: tuple[ImageKey, ...], key: ImageKey) -> bool:
    """Whether a list of references means an image; an empty one means all."""
    return not images or any(each.instance == key.instance and each.frame in (0, key.frame) for each in images)
