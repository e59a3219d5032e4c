"""Which images of a series lie on each other: one stack for each direction, echo, time …; parts put together.

A series (or one multi-frame object) may hold several stacks through the same places: echoes, temporal positions,
b-values, phases. Each is a volume of its own. What tells them apart is looked for in the order of `_KEYS`, until every
place occurs once (PS3.3 C.7.6.16.2.2, dimensions; C.8.13, MR frames).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

import numpy as np

from app.dicom.read.safe import DicomFile, number, text, words
from app.dicom.read.views import ViewTags, views_of
from recon.messages import joined, mark, said

PRECISION_MM = 3
"""Decimals to which places are compared."""
FEW = 6
"""So many directions may have one image each: a localizer."""
Place = tuple[int, int]
"""(file, frame), both from 0."""


@dataclass(frozen=True)
class Part:
    """One stack of a group.

    Attributes
    ----------
    places : tuple of (file, frame)
        Its images, files counted in the group.
    label : str
        What tells it from the other parts; "" when there is only one.
    """

    places: tuple[Place, ...]
    label: str = ""


def split(group: Sequence[DicomFile]) -> tuple[Part, ...]:
    """The stacks of a group of sections, in the order of their first images.

    Parameters
    ----------
    group : sequence of DicomFile
        Multi-frame ones with their functional groups.
    """
    places = [(index, frame) for index, found in enumerate(group) for frame in range(frames_of(found))]
    views = views_of([found.dataset for found in group])
    if len(views) != len(places):
        return (Part(tuple(places)),)
    positions = [_position(view) for view in views]
    parts: list[tuple[list[int], str]] = [(list(range(len(views))), "")]
    for title, key, always in _KEYS:
        divided: list[tuple[list[int], str]] = []
        for members, label in parts:
            if not always and _apart(positions, members):
                divided.append((members, label))
                continue
            divided += [
                (found, _joined(label, title, value)) for value, found in _by(views, members, key, always).items()
            ]
        parts = divided
    return tuple(
        Part(tuple(places[member] for member in members), label if len(parts) > 1 else "") for members, label in parts
    )


def frames_of(found: DicomFile) -> int:
    """How many frames a file has."""
    return int(number(found.dataset, "NumberOfFrames", 1, 1e6) or 1)


def concatenated(group: Sequence[DicomFile]) -> list[DicomFile]:
    """The parts of a concatenation in their order (PS3.3 C.7.6.16.2.2.4)."""

    def at(found: DicomFile) -> tuple[float, float]:
        offset = number(found.dataset, "ConcatenationFrameOffsetNumber")
        part = number(found.dataset, "InConcatenationNumber")
        return (part if part is not None else 1e9, offset if offset is not None else 1e9)

    return sorted(group, key=at)


def missing_parts(group: Sequence[DicomFile]) -> str:
    """A sentence when parts of a concatenation are not there, else ""."""
    total = number(group[0].dataset, "InConcatenationTotalNumber", 1, 1e6)
    if not text(group[0].dataset, "ConcatenationUID") or total is None or len(group) >= total:
        return ""
    return said("{0} of {1} parts of this object are there; the others are missing.", len(group), int(total))


# -- what tells stacks apart -------------------------------------------------------------------------------------------


def _position(view: ViewTags) -> tuple[float, ...] | None:
    found = view.numbers("ImagePositionPatient", "PlanePositionSequence")
    return tuple(round(value, PRECISION_MM) for value in found) if len(found) == 3 else None


def _apart(positions: Sequence[tuple[float, ...] | None], members: Sequence[int]) -> bool:
    """Whether no place occurs twice, or places are not stated."""
    found = [positions[member] for member in members]
    return None in found or len(set(found)) == len(found)


def _by(
    views: Sequence[ViewTags], members: Sequence[int], key: Callable[[ViewTags], Hashable], always: bool
) -> dict[Hashable, list[int]]:
    """Members by the value of a key; together where the key is missing, or where it only scatters them."""
    found: dict[Hashable, list[int]] = {}
    for member in members:
        found.setdefault(key(views[member]), []).append(member)
    if None in found or len(found) == 1:
        return {None: list(members)}
    most = max(len(members) // 2, FEW) if always else len(members) // 2
    if len(found) > most:
        return {None: list(members)}  # a value of each image, which names no stack
    return found


def _joined(label: str, title: str, value: Hashable) -> str:
    if value is None:
        return label
    shown = value.name if isinstance(value, _Direction) else value if isinstance(value, str) else f"{value:g}"
    own = said(title, shown)
    return joined((label, own), ", ") if label else own


def _numeric(keyword: str, sequence: str | None = None) -> Callable[[ViewTags], Hashable]:
    return lambda view: view.number(keyword, sequence)


def _direction(view: ViewTags) -> Hashable:
    found = view.numbers("ImageOrientationPatient", "PlaneOrientationSequence")
    if len(found) != 6:
        return None
    normal = np.cross(found[:3], found[3:])
    axis = int(np.argmax(np.abs(normal)))
    main = {0: said("sagittal"), 1: said("coronal"), 2: said("axial")}[axis]
    return _Direction(tuple(round(value, 2) + 0.0 for value in found), main)


@dataclass(frozen=True)
class _Direction:
    axes: tuple[float, ...]
    name: str


def _frame_type(view: ViewTags) -> Hashable:
    for sequence in ("MRImageFrameTypeSequence", "CTImageFrameTypeSequence", None):
        for place, _ in view.places(sequence):
            found = words(place, "FrameType" if sequence else "ImageType")
            if len(found) > 2:
                return "/".join(found[2:])
    return None


_KEYS: tuple[tuple[str, Callable[[ViewTags], Hashable], bool], ...] = (
    ("{0}", _direction, True),
    (mark("stack {0}"), lambda view: view.text("StackID", "FrameContentSequence") or None, True),
    (mark("echo {0}"), _numeric("EchoNumbers"), False),
    (mark("echo time {0} ms"), _numeric("EffectiveEchoTime", "MREchoSequence"), False),
    (mark("echo time {0} ms"), _numeric("EchoTime"), False),
    (mark("time {0}"), _numeric("TemporalPositionIndex", "FrameContentSequence"), False),
    (mark("time {0}"), _numeric("TemporalPositionIdentifier"), False),
    (mark("b = {0}"), _numeric("DiffusionBValue", "MRDiffusionSequence"), False),
    (mark("phase {0} %"), _numeric("NominalPercentageOfCardiacPhase", "CardiacSynchronizationSequence"), False),
    (mark("trigger time {0} ms"), _numeric("TriggerTime"), False),
    ("{0}", _frame_type, False),
    (mark("acquisition {0}"), _numeric("AcquisitionNumber"), False),
    (mark("acquisition {0}"), _numeric("FrameAcquisitionNumber", "FrameContentSequence"), False),
)
"""Title of a part, what tells it apart, whether it always does (else only while places occur twice)."""
