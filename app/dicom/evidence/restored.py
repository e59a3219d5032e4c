"""What comes back of a saved reading: values that the window puts into the session, and how much is new. No pydicom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.dicom.evidence import concepts
from app.dicom.evidence.model import Evidence
from app.reading.calibration import Calibration
from app.reading.findings import Finding, KeyImage
from recon.slab import Rect
from widgets.measurements import MARKER, Measurement
from widgets.view_transform import ViewTransform
from widgets.window import LutWindow, Window

if TYPE_CHECKING:
    from app.session.state import Reading


@dataclass(frozen=True)
class Applied:
    """A presentation on a picture.

    Attributes
    ----------
    uid : str
        Of the picture.
    height_mm, thickness_mm : float or None
        Where it is for one slice only.
    window : Window or LutWindow or None
        In the picture's values; None leaves it.
    inverted : bool
    transform : ViewTransform
        Way round; its place is that of the displayed area, its scale without meaning.
    rect : Rect or None
        What is shown of the picture, mm.
    mode : str
    magnification : float or None
        Screen pixels for a pixel of the image, for "MAGNIFY".
    annotations : tuple of Measurement
        What it draws and the reading does not know.
    notes : tuple of str
        What it says besides and is not shown.
    """

    uid: str
    height_mm: float | None
    thickness_mm: float | None
    window: Window | LutWindow | None
    inverted: bool
    transform: ViewTransform
    rect: Rect | None
    mode: str = "SCALE TO FIT"
    magnification: float | None = None
    annotations: tuple[Measurement, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Restored:
    """What comes back.

    Attributes
    ----------
    measurements : mapping of str to tuple of Measurement
        By UID of the picture.
    calibrations : mapping of str to Calibration
    findings : tuple of Finding
    key_images : tuple of KeyImage
    impression : str
    waiting : int
        Groups and key images that belong to nothing that is loaded.
    """

    measurements: Mapping[str, tuple[Measurement, ...]]
    calibrations: Mapping[str, Calibration]
    findings: tuple[Finding, ...] = ()
    key_images: tuple[KeyImage, ...] = ()
    impression: str = ""
    waiting: int = 0

    @property
    def count(self) -> int:
        """Measurements, findings and key images."""
        return sum(map(len, self.measurements.values())) + len(self.findings) + len(self.key_images)

    @property
    def is_empty(self) -> bool:
        """Whether nothing comes back now."""
        return not (self.count or self.calibrations or self.impression)

    def on(self, reading: Reading) -> Reading:
        """A reading with all of it."""
        for uid, items in self.measurements.items():
            state = reading.of(uid)
            reading = reading.with_series(uid, replace(state, measurements=(*state.measurements, *items)))
        for uid, calibration in self.calibrations.items():
            reading = reading.with_series(uid, replace(reading.of(uid), calibration=calibration))
        return replace(
            reading,
            findings=(*reading.findings, *self.findings),
            key_images=(*reading.key_images, *self.key_images),
            impression=reading.impression or self.impression,
        )


@dataclass(frozen=True)
class Unknown:
    """How much of the evidence the reading does not hold."""

    measurements: int = 0
    findings: int = 0
    key_images: int = 0

    @property
    def count(self) -> int:
        """All of it."""
        return self.measurements + self.findings + self.key_images


def unknown(evidence: Evidence, reading: Reading) -> Unknown:
    """What a reading does not hold yet, by the ids alone: the marker of a calibration is no measurement."""
    known = identities(reading)
    groups = [group for report in evidence.reports for group in report.groups if group.id not in known]
    findings = sum(group.is_finding for group in groups)
    markers = sum(group.kind == MARKER for group in groups)
    images = sum(key.id not in known for document in evidence.key_objects for key in document.objects)
    return Unknown(len(groups) - findings - markers, findings, images)


def identities(reading: Reading) -> set[str]:
    """The ids of all that a reading holds, as they come back from DICOM."""
    known = {concepts.same_identity(item.id) for state in reading.series.values() for item in state.measurements}
    known |= {concepts.same_identity(finding.id) for finding in reading.findings}
    return known | {concepts.same_identity(image.id) for image in reading.key_images}
