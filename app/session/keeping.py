"""Key images and findings of a session: each change is one command. No Qt."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from app.reading.findings import Finding, KeyImage
from recon.messages import Message, said
from widgets.measurements import Measurement
from widgets.view_transform import ViewTransform

if TYPE_CHECKING:
    from app.session.session import Session

T = TypeVar("T", KeyImage, Finding)


class Keeping:
    """Keeps key images and findings in `Session.reading`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    # -- key images ------------------------------------------------------------------------------------------------

    def keep_image(self, uid: str, transform: ViewTransform, size: tuple[float, float]) -> KeyImage | None:
        """Keep a picture as it is shown in a view of some size (logical pixels); None when it is not loaded."""
        session = self._session
        picture, state = session.pictures.get(uid), session.reading.of(uid)
        if picture is None:
            return None
        reconstruction = state.reconstruction
        kept = KeyImage(
            uuid.uuid4().hex,
            uid,
            session.height(uid) if reconstruction is not None else None,
            reconstruction.thickness_mm if reconstruction is not None else None,
            session.window(uid),
            state.inverted,
            transform,
            (size[0] / transform.pixels_per_mm, size[1] / transform.pixels_per_mm),
            "",
            datetime.now().astimezone().isoformat(timespec="seconds"),
        )
        self._images(said("key image"), (*session.reading.key_images, kept))
        return kept

    def change_image(self, changed: KeyImage) -> None:
        """Replace the key image with the same id."""
        images = self._session.reading.key_images
        self._images(said("note of a key image"), _changed(images, changed))

    def remove_images(self, ids: set[str]) -> None:
        """Remove key images; findings that show them lose their picture only."""
        reading = self._session.reading
        images = tuple(image for image in reading.key_images if image.id not in ids)
        findings = tuple(
            replace(finding, key_image="") if finding.key_image in ids else finding for finding in reading.findings
        )
        self._session.change(said("removal of key images"), replace(reading, key_images=images, findings=findings))

    # -- findings --------------------------------------------------------------------------------------------------

    def add_finding(
        self, uid: str, measurement: Measurement | None = None, size_mm: float | None = None, key_image: str = ""
    ) -> Finding:
        """Add a finding on a picture at the height that is shown, or at that of a measurement, with its size."""
        session = self._session
        height: float | None = session.height(uid) if session.reading.of(uid).reconstruction is not None else None
        point = None
        if measurement is not None:
            height = measurement.height_mm if measurement.height_mm is not None else height
            xs, ys = zip(*measurement.points_mm, strict=True)
            point = (sum(xs) / len(xs), sum(ys) / len(ys))
            if measurement.heights_mm:
                height = sum(measurement.heights_mm) / len(measurement.heights_mm)
        found = Finding(
            uuid.uuid4().hex,
            uid,
            text=measurement.label if measurement is not None else "",
            point_mm=point,
            height_mm=height,
            size_mm=size_mm,
            measurement=measurement.id if measurement is not None else "",
            key_image=key_image,
        )
        self._findings(said("finding"), (*session.reading.findings, found))
        return found

    def change_finding(self, changed: Finding) -> None:
        """Replace the finding with the same id."""
        self._findings(said("change of a finding"), _changed(self._session.reading.findings, changed))

    def remove_findings(self, ids: set[str]) -> None:
        """Remove findings."""
        left = tuple(finding for finding in self._session.reading.findings if finding.id not in ids)
        self._findings(said("removal of findings"), left)

    def move_finding(self, identity: str, steps: int) -> None:
        """Move a finding up (negative) or down in the list."""
        findings = list(self._session.reading.findings)
        at = next((index for index, finding in enumerate(findings) if finding.id == identity), None)
        if at is not None and 0 <= at + steps < len(findings):
            findings.insert(at + steps, findings.pop(at))
            self._findings(said("order of findings"), tuple(findings))

    def set_impression(self, text: str) -> None:
        """Write the summary of the report; typing becomes one command."""
        reading = replace(self._session.reading, impression=text)
        self._session.change(said("impression"), reading, merge_key="impression")

    # -- common ----------------------------------------------------------------------------------------------------

    def _images(self, text: Message, images: tuple[KeyImage, ...]) -> None:
        self._change(text, key_images=images)

    def _findings(self, text: Message, findings: tuple[Finding, ...]) -> None:
        self._change(text, findings=findings)

    def _change(self, text: Message, **values: Any) -> None:
        self._session.change(text, replace(self._session.reading, **values))
        self._session.stack.seal()


def _changed(items: tuple[T, ...], changed: T) -> tuple[T, ...]:
    return tuple(changed if item.id == changed.id else item for item in items)
