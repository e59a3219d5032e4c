"""What was read, put where it stood: measurements, findings, key images and presentations on the pictures at hand.

Nothing comes twice: what has an id that the reading knows already is passed over. What belongs to pictures that are not
loaded waits (`Restored.waiting`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from app.dicom.evidence import concepts
from app.dicom.evidence.model import (
    Annotation,
    Evidence,
    Graphic,
    Group,
    ImageKey,
    KeyObject,
    KeyObjects,
    Origin,
    Presentation,
    ShownWindow,
)
from app.dicom.evidence.places import LevelPlane, Places, Plane, SpacePlane
from app.dicom.evidence.restored import Applied, Restored, identities
from app.dicom.evidence.shapes import Drawn, Made, centre, points_of, recognised
from app.dicom.evidence.spatial import area_rect, on_screen, oriented
from app.reading.calibration import Calibration
from app.reading.findings import Finding, KeyImage
from recon.errors import BocageError
from recon.messages import said
from widgets.measurements import KINDS, MARKER, Measurement
from widgets.measurements.plane import Points
from widgets.translation import shown
from widgets.view_transform import ViewTransform
from widgets.window import LutWindow, Window

if TYPE_CHECKING:
    from app.session.state import Picture, Reading

SINGLE_PRECISION_MM = 1e-4
"""Coordinates are kept in single precision; heights are rounded to this, so that a slice is met exactly."""


class Restorer:
    """Puts evidence on pictures.

    Parameters
    ----------
    evidence : Evidence
    places : mapping of str to Places
        Where each picture is stored, by its UID.
    pictures : mapping of str to Picture
    reading : Reading
        As it is now.
    """

    def __init__(
        self, evidence: Evidence, places: Mapping[str, Places], pictures: Mapping[str, Picture], reading: Reading
    ) -> None:
        self._evidence, self._reading = evidence, reading
        self._pictures = {uid: picture for uid, picture in pictures.items() if uid in places}
        # What is stored comes before what is computed in the same frame of reference. A single projection comes last:
        # what was measured on a view belongs to the stack of all of them.
        rank = {"slices": 1, "projection": 2}
        order = sorted(self._pictures, key=lambda uid: rank.get(self._pictures[uid].kind, 0))
        self._places = {uid: places[uid] for uid in order}
        self._known = identities(reading)

    def all(self) -> Restored:
        """Everything but the presentations."""
        measurements: dict[str, list[Measurement]] = {}
        calibrations: dict[str, Calibration] = {}
        findings: list[Finding] = []
        waiting = 0
        for report in self._evidence.reports:
            for group in report.groups:
                if group.id in self._known:
                    continue
                placed = list(self._group(group, report.origin))
                waiting += not placed
                for each in placed:
                    if isinstance(each, Finding):
                        findings.append(each)
                    elif isinstance(each[1], Calibration):
                        if self._reading.of(each[0]).calibration is None:
                            calibrations[each[0]] = each[1]
                    else:
                        measurements.setdefault(each[0], []).append(each[1])
                self._known.add(group.id)
        images: list[KeyImage] = []
        for document in self._evidence.key_objects:
            for key in document.objects:
                if key.id in self._known:
                    continue
                image = self._key_image(document, key)
                waiting += image is None
                if image is not None:
                    self._known.add(key.id)
                    images.append(image)
        impression = next((report.impression for report in self._evidence.reports if report.impression), "")
        return Restored(
            {uid: tuple(items) for uid, items in measurements.items()},
            calibrations,
            tuple(findings),
            tuple(images),
            impression if not self._reading.impression else "",
            waiting,
        )

    # -- measurements and findings ---------------------------------------------------------------------------------

    def _group(
        self, group: Group, origin: Origin
    ) -> Iterator[tuple[str, Measurement] | tuple[str, Calibration] | Finding]:
        if group.is_finding:
            found = self._finding(group)
            if found is not None:
                yield found
            return
        placed = self._placed(group)
        if placed is None:
            return
        uid, drawn, height = placed
        if group.kind:
            points = points_of(group.kind, [each.points_mm for each in drawn])
            if points is None:
                return
            if group.kind == MARKER:
                calibration = self._calibration(uid, group, points)
                if calibration is not None:
                    yield uid, calibration
                return
            heights = drawn[0].heights_mm if KINDS[group.kind].spatial else ()
            plane = None if heights else height
            yield uid, Measurement(group.id, group.kind, points, plane, group.label, group.note, heights)
            return
        made = recognised(drawn, [*(each.name for each in group.numbers), group.label], self._reach(uid))
        note = self._note(group, origin)
        first = ""
        for number, each in enumerate(made):
            identity = group.id if number == 0 else concepts.identity_of("", f"{group.id} {number}")
            first = first or identity
            plane = height if not each.heights_mm else None
            yield uid, Measurement(identity, each.kind, each.points_mm, plane, group.label, note, each.heights_mm)
        if made and group.finding:
            own = concepts.identity_of("", f"{group.id} finding")
            if own not in self._known:
                self._known.add(own)
                point = centre(made[0].points_mm)
                yield Finding(own, uid, group.finding, group.location, point, height, None, first)

    def _reach(self, uid: str) -> float:
        """How far apart in height points of one slice may lie."""
        return max(0.5 * self._pictures[uid].source.info.interval_mm, 0.05)

    def _note(self, group: Group, origin: Origin) -> str:
        numbers = ", ".join(f"{each.name} {each.value:g} {each.unit}".strip() for each in group.numbers[:6])
        maker = origin.maker or said("another program")
        told = said("From {0} {1}", maker, origin.date) if origin.date else said("From {0}", maker)
        return "; ".join(part for part in (shown(told), numbers, group.note) if part)

    def _placed(self, group: Group) -> tuple[str, list[Drawn], float | None] | None:
        """The picture that a group belongs to, its graphics there, and their height."""
        for uid in self._candidates(group):
            found = [self._on(uid, graphic) for graphic in group.graphics]
            drawn = [each for each in found if each is not None]
            if not drawn or len(drawn) < len(found):
                continue
            heights = {each[1] for each in drawn if each[1] is not None}
            if len(heights) > 1 and max(heights) - min(heights) > self._reach(uid):
                continue  # one measurement does not lie on several slices
            return uid, [each[0] for each in drawn], next(iter(heights), None)
        return None

    def _candidates(self, group: Group) -> list[str]:
        own = group.series_uid + group.picture
        return [own, *(uid for uid in self._places if uid != own)] if own in self._places else list(self._places)

    def _on(self, uid: str, graphic: Graphic) -> tuple[Drawn, float | None] | None:
        places = self._places[uid]
        if graphic.image is not None:
            plane = self._plane(uid, graphic.image)
            if plane is None:
                return None
            return Drawn(graphic.type, plane.to_mm(graphic.points)), plane.height_mm
        if graphic.frame_of_reference != places.frame_of_reference or not self._pictures[uid].is_slices:
            return None
        points, heights = places.to_world(graphic.points)
        rounded = tuple(round(height / SINGLE_PRECISION_MM) * SINGLE_PRECISION_MM for height in heights)
        low, high = self._pictures[uid].source.info.height_range_mm
        slack = self._reach(uid)
        if min(rounded) < low - slack or max(rounded) > high + slack:
            return None
        height = round(float(np.mean(rounded)), 4)
        heights = tuple(round(each, 4) for each in rounded)
        return Drawn(graphic.type, points, heights), height if np.ptp(rounded) <= slack else heights[0]

    def _plane(self, uid: str, key: ImageKey) -> Plane | None:
        """The plane of a picture that an image is, or that lies where it lies."""
        places = self._places[uid]
        own = places.holding(key)
        if own is not None:
            return own
        if not self._pictures[uid].is_live or any(each.holding(key) for each in self._places.values()):
            return None
        space = self._evidence.planes.get(ImageKey(key.instance))
        if isinstance(space, LevelPlane):
            return space.within(places, self._pictures[uid])
        return space.within(places) if isinstance(space, SpacePlane) else None

    def _calibration(self, uid: str, group: Group, points: Points) -> Calibration | None:
        known = next((each.value for each in group.numbers if each.unit == "mm"), None)
        if known is None or self._pictures[uid].is_slices:
            return None
        try:
            return Calibration.drawn(known, points, self._pictures[uid].source.native_pixel_mm(0.0))
        except BocageError:
            return None

    def _finding(self, group: Group) -> Finding | None:
        placed = self._placed(group) if group.graphics else self._seen_on(group)
        if placed is None:
            return None
        uid, drawn, place_mm = placed
        stated = {each.code: each.value for each in group.numbers}
        size, height = (stated.get(concepts.QUANTITIES[name][0]) for name in ("size", "slice_height"))
        point = drawn[0].points_mm[0] if drawn else None
        height = place_mm if place_mm is not None else height
        numbers = (
            "" if group.kind else ", ".join(f"{each.name} {each.value:g} {each.unit}" for each in group.numbers[:6])
        )
        text = group.finding or group.label or numbers
        return Finding(group.id, uid, text, group.location, point, height, size, group.measurement, group.key_image)

    def _seen_on(self, group: Group) -> tuple[str, list[Drawn], float | None] | None:
        """The picture that a finding without a drawing was seen on: that of its image, else the one that it names."""
        for uid in self._candidates(group) if group.image is not None else ():
            plane = self._plane(uid, group.image) if group.image is not None else None
            if plane is not None:
                return uid, [], plane.height_mm
        own = group.series_uid + group.picture
        return (own, [], None) if own in self._places else None

    # -- key images and presentations ------------------------------------------------------------------------------

    def _key_image(self, document: KeyObjects, key: KeyObject) -> KeyImage | None:
        shown_by = next((each for each in self._evidence.presentations if each.origin.uid == key.presentation), None)
        for uid in self._places:
            plane = self._plane(uid, key.image)
            if plane is None:
                continue
            picture = self._pictures[uid]
            state = self._reading.of(uid)
            applied = self._applied(uid, plane, shown_by, key.image) if shown_by is not None else None
            rect = applied.rect if applied is not None and applied.rect is not None else plane.grid.bounds
            transform = replace(
                applied.transform if applied is not None else ViewTransform(), centre_mm=rect.centre, pixels_per_mm=1.0
            )
            thickness = state.reconstruction.thickness_mm if state.reconstruction is not None else None
            if picture.is_live and plane.thickness_mm is not None:
                thickness = plane.thickness_mm
            return KeyImage(
                key.id,
                uid,
                plane.height_mm,
                thickness if picture.has_planes else None,
                applied.window if applied is not None else None,
                applied.inverted if applied is not None else picture.inverted,
                transform,
                on_screen(rect, transform),
                document.note,
                _iso(document.origin.date),
            )
        return None

    def presentation(self, presentation: Presentation) -> Applied | None:
        """A presentation on the first picture that shows one of its images; None when none is loaded."""
        for uid in self._places:
            found = [(key, plane) for key in presentation.images if (plane := self._plane(uid, key)) is not None]
            if found:
                key, plane = found[0]
                single = len(presentation.images) == 1 and (key.frame > 0 or len(self._planes_of(uid, key)) <= 1)
                applied = self._applied(uid, plane, presentation, key)
                drawn = tuple(self._annotations(uid, presentation))
                height, thickness = (plane.height_mm, plane.thickness_mm) if single else (None, None)
                return replace(applied, height_mm=height, thickness_mm=thickness, annotations=drawn)
        return None

    def _planes_of(self, uid: str, key: ImageKey) -> list[Plane]:
        return [plane for plane in self._places[uid].planes if plane.key.instance == key.instance]

    def _applied(self, uid: str, plane: Plane, presentation: Presentation, key: ImageKey) -> Applied:
        window = presentation.window_for(key)
        area = presentation.area_for(key)
        transform = oriented(ViewTransform(), presentation.quarter_turns, presentation.flip, plane.mirrored)
        rect = area_rect(plane, area) if area is not None else None
        if rect is not None:
            transform = replace(transform, centre_mm=rect.centre)
        return Applied(
            uid,
            None,
            None,
            _in_values(window, plane) if window is not None else None,
            presentation.inverted,
            transform,
            rect,
            area.mode if area is not None else "SCALE TO FIT",
            area.magnification if area is not None else None,
            notes=presentation.notes,
        )

    def _annotations(self, uid: str, presentation: Presentation) -> Iterator[Measurement]:
        """Drawings of a presentation that the reading does not know; those of a report's measurements are these."""
        drawn_ids = {concepts.identity_of(each.tracking_uid) for each in presentation.annotations if each.tracking_uid}
        reported: set[str] = set()
        for report in self._evidence.reports:
            for group in report.groups:
                reported.add(group.id)
                if group.id in drawn_ids and group.id not in self._known:
                    placed = [each for each in self._group(group, report.origin) if isinstance(each, tuple)]
                    yield from (item for own, item in placed if own == uid and isinstance(item, Measurement))
        known = self._known | reported
        texts = {
            each.tracking_uid: each.text
            for each in presentation.annotations
            if each.type == "TEXT" and each.tracking_uid
        }
        drawn = {each.tracking_uid for each in presentation.annotations if each.type != "TEXT" and each.tracking_uid}
        maker = presentation.origin.maker or said("another program")
        note = shown(said("From a presentation by {0}", maker))
        for number, each in enumerate(presentation.annotations):
            if each.tracking_uid and concepts.identity_of(each.tracking_uid) in known:
                continue
            if each.type == "TEXT" and each.tracking_uid in drawn:
                continue  # it is written beside its drawing
            plane = self._annotated(uid, each)
            if plane is None:
                continue
            label = texts.get(each.tracking_uid, "").partition("\n")[0]
            for part, made in enumerate(self._made(each, plane)):
                identity = concepts.identity_of("", f"{presentation.origin.uid} {number} {part}")
                if identity not in known:
                    words = " ".join(each.text.split())[:200] if each.type == "TEXT" else label
                    yield Measurement(identity, made.kind, made.points_mm, plane.height_mm, words, note)

    def _annotated(self, uid: str, each: Annotation) -> Plane | None:
        """The plane that a drawing is on; the first one where it is for all."""
        if not each.images:
            planes = self._places[uid].planes
            return planes[0] if planes else None
        return next((plane for key in each.images if (plane := self._plane(uid, key)) is not None), None)

    def _made(self, each: Annotation, plane: Plane) -> Sequence[Made]:
        points = plane.to_mm(each.points)
        if each.type == "TEXT":
            return (Made("text", points),)
        return recognised([Drawn(each.type, points)], (), 0.0)


def _explained(explanation: str) -> Window | None:
    """The window of line integrals that a table says it is of."""
    words = explanation.removeprefix(concepts.LINE_INTEGRALS).split()
    if not explanation.startswith(concepts.LINE_INTEGRALS) or len(words) != 3:
        return None
    try:
        return Window(float(words[1]), float(words[2]), words[0])  # type: ignore[arg-type]
    except (ValueError, BocageError):
        return None


def _iso(date: str) -> str:
    """A day as ISO 8601 writes it; "" for none."""
    return f"{date[:4]}-{date[4:6]}-{date[6:]}" if len(date) == 8 and date.isdigit() else ""


def _in_values(shown_window: ShownWindow, plane: Plane) -> Window | LutWindow | None:
    """A window in the picture's values from one in those after the modality transform; None where there is none."""
    if plane.shown_as != "line":
        return _explained(shown_window.explanation)
    window = shown_window.window
    if plane.slope == 1.0 and plane.intercept == 0.0:
        return window
    low, high = sorted(edge * plane.slope + plane.intercept for edge in window.edges)
    sigmoid = isinstance(window, Window) and window.function == "sigmoid"
    # A table of whole stored values cannot be one of whole values of another unit: its ends are kept.
    width = max(high - low, abs(high) * 1e-6, 1e-9)
    return Window((low + high) / 2, width, "sigmoid" if sigmoid else "linear_exact")
