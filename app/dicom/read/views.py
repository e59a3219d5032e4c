"""Single views of projection series, and the numbers that their tags give, each with where it was read."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydicom.datadict import dictionary_description, tag_for_keyword

from app.dicom.read.safe import item, number, numbers, text, words
from recon.frame import LETTER_DIRECTIONS, PatientFrame
from recon.messages import said

MAX_PITCH_MM = 5.0


@dataclass(frozen=True, eq=False)
class ViewTags:
    """Where the tags of one view are looked up: its frame's functional group, the shared one, the data set."""

    dataset: Any
    frame: int = 0
    frame_group: Any = None
    shared_group: Any = None

    def places(self, sequence: str | None) -> list[tuple[Any, str]]:
        """The data sets to look in, the most specific first, with their names."""
        found: list[tuple[Any, str]] = []
        if sequence is not None:
            for group, name in ((self.frame_group, "per frame"), (self.shared_group, "shared")):
                if group is not None:
                    inner = item(group, sequence)
                    if len(inner):
                        found.append((inner, name))
            inner = item(self.dataset, sequence)
            if len(inner):
                found.append((inner, said("top level")))
        found.append((self.dataset, ""))
        return found

    def number(self, keyword: str, sequence: str | None = None, low: float = -math.inf) -> float | None:
        """The most specific finite number."""
        for place, _ in self.places(sequence):
            found = number(place, keyword, low)
            if found is not None:
                return found
        return None

    def numbers(self, keyword: str, sequence: str | None = None) -> tuple[float, ...]:
        """The most specific list of finite numbers."""
        for place, _ in self.places(sequence):
            found = numbers(place, keyword)
            if found:
                return found
        return ()

    def text(self, keyword: str, sequence: str | None = None) -> str:
        """The most specific text."""
        for place, _ in self.places(sequence):
            found = text(place, keyword)
            if found:
                return found
        return ""


def views_of(datasets: Sequence[Any]) -> list[ViewTags]:
    """The views of single-frame files, or the frames of multi-frame ones, in file order."""
    views: list[ViewTags] = []
    for dataset in datasets:
        frames = int(number(dataset, "NumberOfFrames", 1, 1e6) or 1)
        shared = item(dataset, "SharedFunctionalGroupsSequence")
        for frame in range(frames):
            group = item(dataset, "PerFrameFunctionalGroupsSequence", frame)
            views.append(ViewTags(dataset, frame, group if len(group) else None, shared if len(shared) else None))
    return views


def column(views: Sequence[ViewTags], keyword: str, sequence: str | None = None) -> NDArray[np.float64] | None:
    """One number for each view, or None when a view lacks it."""
    values = [view.number(keyword, sequence) for view in views]
    return None if not values or any(found is None for found in values) else np.array(values, dtype=np.float64)


def attribute(keyword: str) -> str:
    """An attribute's name with its tag: "Column Angulation (0018,1450)"."""
    tag = tag_for_keyword(keyword)
    return keyword if tag is None else f"{dictionary_description(tag)} ({tag >> 16:04X},{tag & 0xFFFF:04X})"


# -- the detector ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Pitch:
    """The detector's pixel pitch and where it was read.

    Attributes
    ----------
    source : str
        Name of the attribute.
    where : str
        The same with its tag.
    doubtful : bool
        It need not be true at the detector.
    """

    value_mm: tuple[float, float]
    source: str
    where: str = ""
    notes: tuple[str, ...] = ()
    doubtful: bool = False


def _positive(pair: tuple[float, ...]) -> tuple[float, float] | None:
    if len(pair) == 1:
        pair = (pair[0], pair[0])
    if len(pair) >= 2 and all(0 < value <= MAX_PITCH_MM for value in pair[:2]):
        return (pair[0], pair[1])
    return None


def detector_pitch(view: ViewTags) -> Pitch | None:
    """The pitch in the detector's plane, (between rows, between columns) of the *image*.

    The elements' own spacing times the binning comes first: the imager pixel spacing may be quoted at the front of
    the housing.
    """
    element = _positive(view.numbers("DetectorElementSpacing"))
    imager = _positive(view.numbers("ImagerPixelSpacing", "FramePixelDataPropertiesSequence"))
    if element is not None:
        binning = _positive(view.numbers("DetectorBinning")) or (1.0, 1.0)
        pitch = (element[0] * binning[0], element[1] * binning[1])
        if field_rotation(view) in (90, 270):
            pitch = (pitch[1], pitch[0])
        notes: tuple[str, ...] = ()
        if imager is not None and max(abs(pitch[k] / imager[k] - 1) for k in (0, 1)) > 0.02:
            notes = (
                said(
                    "Element spacing × binning ({0:g} mm) is used, not the imager pixel spacing {1:g}.",
                    pitch[0],
                    imager[0],
                ),
            )
        binned = f" × {attribute('DetectorBinning')}" if binning != (1.0, 1.0) else ""
        where = attribute("DetectorElementSpacing") + binned
        return Pitch(pitch, "Detector Element Spacing × Detector Binning", where, notes)
    if imager is not None:
        return Pitch(imager, "Imager Pixel Spacing", attribute("ImagerPixelSpacing"))
    for keyword, name, doubtful in (
        ("ImagePlanePixelSpacing", "Image Plane Pixel Spacing", False),
        ("NominalScannedPixelSpacing", "Nominal Scanned Pixel Spacing", True),
        ("PixelSpacing", "Pixel Spacing", True),
    ):
        pitch_found = _positive(view.numbers(keyword))
        if pitch_found is not None:
            note = (said("The pixel pitch is taken from {0}, which need not be true at the detector.", name),)
            return Pitch(pitch_found, name, attribute(keyword), note if doubtful else (), doubtful)
    return None


def field_rotation(view: ViewTags) -> int:
    """Field of View Rotation, clockwise degrees: 0, 90, 180 or 270."""
    angle = view.number("FieldOfViewRotation", "FieldOfViewSequence")
    return int(round(angle / 90) * 90) % 360 if angle is not None else 0


def field_flipped(view: ViewTags) -> bool:
    """Whether the image was flipped left to right after rotation."""
    return view.text("FieldOfViewHorizontalFlip", "FieldOfViewSequence").upper() == "YES"


def detector_axes(view: ViewTags) -> tuple[tuple[int, int], tuple[int, int]]:
    """Where the detector's own axes lie in the image, each as (image axis 0: x or 1: y, sign).

    The first runs along the detector's rows (towards higher columns), the second along its columns. Field of View
    Rotation turns the stored image clockwise relative to the detector, Field of View Horizontal Flip exchanges left
    and right after that (PS3.3 C.8.11.4.1.1).
    """
    right, down = {
        0: ((0, 1), (1, 1)),
        90: ((1, 1), (0, -1)),
        180: ((0, -1), (1, -1)),
        270: ((1, -1), (0, 1)),
    }[field_rotation(view)]
    if field_flipped(view):
        right, down = ((axis, -sign if axis == 0 else sign) for axis, sign in (right, down))
    return right, down


# -- the patient -------------------------------------------------------------------------------------------------------


def orientation_letters(view: ViewTags) -> tuple[str, str] | None:
    """The main letters of Patient Orientation: towards increasing columns, towards increasing rows."""
    parts = words(view.dataset, "PatientOrientation")
    if len(parts) != 2 or not all(part and part[0].upper() in LETTER_DIRECTIONS for part in parts):
        return None
    x, y = parts[0][0].upper(), parts[1][0].upper()
    if abs(float(np.dot(LETTER_DIRECTIONS[x], LETTER_DIRECTIONS[y]))) > 0.5:
        return None
    return (x, y)


def letter_of(vector: Sequence[float]) -> str:
    """The anatomical letter nearest to a patient direction."""
    return max(LETTER_DIRECTIONS, key=lambda letter: float(np.dot(LETTER_DIRECTIONS[letter], vector)))


def opposite(letter: str) -> str:
    """The letter of the opposite direction."""
    return letter_of([-part for part in LETTER_DIRECTIONS[letter]])


@dataclass(frozen=True)
class Orientation:
    """The patient's directions of an image, and whether its columns must be mirrored to be seen towards the tube.

    Attributes
    ----------
    frame : PatientFrame or None
        After mirroring.
    mirror : bool
        True when the image is stored as seen *from* the tube: the world frame looks towards it.
    """

    frame: PatientFrame | None
    mirror: bool = False
    notes: tuple[str, ...] = ()


def patient_orientation(view: ViewTags) -> Orientation:
    """The patient frame from Patient Orientation: x its first value, y its second, z = x × y.

    View Position AP or PA says on which side the tube was. Where that contradicts z, the image is stored as seen
    from the tube; mirrored, the right-handed world frame holds.
    """
    found = orientation_letters(view)
    if found is None:
        stated = text(view.dataset, "PatientOrientation")
        reason = (
            said('Patient Orientation "{0}" names no two directions', stated)
            if stated
            else said("Patient Orientation is absent")
        )
        return Orientation(None, False, (said("Orientation unknown: {0}.", reason),))
    x, y = found
    z = letter_of(np.cross(LETTER_DIRECTIONS[x], LETTER_DIRECTIONS[y]).tolist())
    tube = {"PA": "P", "AP": "A"}.get(text(view.dataset, "ViewPosition").upper(), "")
    if tube and z == opposite(tube):
        side = said("behind") if tube == "P" else said("in front of")
        note = said(
            "View Position says that the tube was {0} the patient, so the images are stored as seen from the "
            "tube; their columns are reversed on loading.",
            side,
        )
        return Orientation(PatientFrame.from_letters(opposite(x), y, tube), True, (note,))
    return Orientation(PatientFrame.from_letters(x, y, z), False)
