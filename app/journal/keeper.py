"""Binds the journal to a session: what the reader does goes into it, and what was done before comes back."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from PySide6.QtCore import QObject, QTimer, Signal

from app.journal import compact, schema, store
from app.journal.desk import Entry, JournalState
from app.journal.parts import Part, changed_parts, decode_parts, uid_of, with_parts
from app.journal.store import Recalled, Study, Unfinished
from app.journal.view import PART as VIEW
from app.journal.view import View
from app.journal.writer import Writer
from app.reading.layout import PANES, Layout, LinkSwitches, leaves
from app.session.opening import Opening
from app.session.session import Session
from app.session.state import Reading, series_of
from recon.messages import Message, ending, joined, said

VIEW_MS = 1000
"""Heights, zoom and the like are written at most this often."""
LOOK_UP_S = 5.0
"""How long opening a study waits for the journal."""


class Keeper(QObject):
    """Journals one session.

    Parameters
    ----------
    session : Session
    opening : Opening
        Its `recall` and `resume` are set.
    folder : Path
        Where the journal is; see `app.journal.schema.data_folder`.
    view : callable() -> View
        What is on screen now.

    Signals
    -------
    state_changed(JournalState)
    told(str)
        A sentence that the user must read.
    came_back(str, View or None)
        Earlier work is in force again: a sentence, and what was on screen.
    unfinished_found(tuple of Unfinished)
        What sessions left that did not end as they should; after `look_for_unfinished`.
    """

    state_changed = Signal(object)
    told = Signal(object)
    came_back = Signal(object, object)
    unfinished_found = Signal(object)
    _looked = Signal(object, object)

    def __init__(
        self,
        session: Session,
        opening: Opening,
        folder: Path,
        view: Callable[[], View],
        parent: QObject | None = None,
        **writer: Any,
    ) -> None:
        super().__init__(parent)
        self._session, self._opening, self._view = session, opening, view
        self.folder = folder
        self.writer = Writer(folder, self.state_changed.emit, self.told.emit, **writer)
        self._study = ""
        self._studies: dict[str, Study] = {}
        self._recalled: dict[str, Recalled] = {}
        """What was looked up and is not in force yet."""
        self._whole: dict[str, Reading] = {}
        """How the reading of each study was left in this session."""
        self._failed_look_up = ""
        self._own: Reading | None = None
        """A reading that this keeper puts into force itself."""
        self._view_timer = QTimer(self, singleShot=True, interval=VIEW_MS)
        self._view_timer.timeout.connect(self._write_view)
        opening.recall = self._look_up
        opening.resume = self._resume
        opening.catalogue_changed.connect(self._take_recalled)
        session.reading_changed.connect(self._reading_changed)
        for signal in (session.height_changed, session.active_changed, session.maximised_changed):
            signal.connect(self.view_changed)
        self._looked.connect(lambda take, result: take(result))

    # -- what the reader does --------------------------------------------------------------------------------------

    def _reading_changed(self, old: Reading, new: Reading) -> None:
        if self._study:
            self._whole[self._study] = new
        if new is self._own:
            return
        step = self._session.stack.step
        by_study: dict[str, list[Part]] = {}
        for part in changed_parts(old, new):
            key = self._study_of(uid_of(part.name))
            if key:
                by_study.setdefault(key, []).append(part)
        for key, parts in by_study.items():
            if step is not None:
                parts = [*parts, *self._companions(parts, new)]
            kind: Literal["do", "undo", "redo", "put"] = step.kind if step is not None else "put"
            text, merge_key = (str(step.command.text), step.command.merge_key) if step is not None else ("", "")
            merged = step is not None and step.merged
            self.writer.put(Entry(self._known(key), kind, text, merge_key, merged, time.time(), tuple(parts)))
        if step is not None:
            self.view_changed()

    def _companions(self, parts: Sequence[Part], new: Reading) -> list[Part]:
        """What must be known beside a picture's changed parts: a state that comes back is not a fresh one."""
        found = []
        for uid in dict.fromkeys(uid_of(part.name) for part in parts):
            name = f"series/{uid}/inverted"
            if uid and not any(part.name == name for part in parts):
                inverted = new.of(uid).inverted
                found.append(Part(name, inverted, inverted))
        return found

    def _study_of(self, uid: str) -> str:
        if not uid:
            return self._study
        entry = self._opening.entry(series_of(uid))
        return str(entry.study_uid) if entry is not None else self._study

    def _known(self, key: str) -> Study:
        return self._studies.get(key, Study(key))

    def view_changed(self, *_: object) -> None:
        """Something that is not undone changed on screen: it is written soon."""
        if not self._view_timer.isActive():
            self._view_timer.start()

    def _write_view(self) -> None:
        if self._study:
            part = Part(VIEW, None, self._view())
            self.writer.put(Entry(self._known(self._study), "view", "", "", False, time.time(), (part,)))

    # -- what was done before --------------------------------------------------------------------------------------

    def _look_up(self, catalogue: Any, paths: Sequence[Path]) -> None:
        """On the loading thread: what was done to the studies that were found."""
        for found in catalogue.studies:
            study = described(found, paths)
            self._studies[study.key] = study
            try:
                recalled = self.writer.recall(study).result(LOOK_UP_S)
            except Exception as error:
                self._failed_look_up = schema.reason(error)
                continue
            if recalled is not None:
                self._recalled[study.key] = recalled

    def _take_recalled(self) -> None:
        """What was done to each picture is in force before the first of them is loaded."""
        reading = self._session.reading
        for key, recalled in list(self._recalled.items()):
            if key not in self._opening.studies:
                continue
            series = {name: text for name, text in recalled.branch.parts.items() if uid_of(name)}
            values, reports = decode_parts(series)
            self._report(key, recalled, reports)
            reading = with_parts(reading, values)
        if reading is not self._session.reading:
            self._put(reading)
        if self._failed_look_up:
            self.told.emit(
                said(
                    "Whether you worked on this study before could not be looked up: {0}. Nothing of it is lost.",
                    self._failed_look_up,
                )
            )
            self._failed_look_up = ""

    def _put(self, reading: Reading) -> None:
        self._own = reading
        self._session.put(reading)

    def _resume(self, key: str, fresh: Reading) -> Reading:
        """When a study is hung: what belongs to the whole of it."""
        self._study = key
        self.writer.set_current(key)
        self.writer.put(Entry(self._known(key), "start", "", "", False, time.time(), ()))
        recalled = self._recalled.pop(key, None)
        if recalled is None:
            before = self._whole.get(key)
            if before is not None:
                fresh = replace(before, series=fresh.series, layout=self._fitting(before.layout, fresh.layout))
            self._own = fresh
            return fresh
        whole = {name: text for name, text in recalled.branch.parts.items() if not uid_of(name)}
        values, reports = decode_parts(whole)
        self._report(key, recalled, reports)
        view = values.pop(VIEW, None)
        if "layout" in values:
            values["layout"] = self._fitting(values["layout"], fresh.layout)
        resumed = with_parts(fresh, values)
        self._own = resumed
        sentence = self._sentence(recalled, resumed)
        QTimer.singleShot(0, self, lambda: self.came_back.emit(sentence, view))
        return resumed

    def _fitting(self, layout: Layout, fallback: Layout) -> Layout:
        """A layout from the journal as this program and what is open allow it."""
        places = [pane for node in (layout.root, *layout.outside) for pane in leaves(node)]
        if len(set(places)) != len(places) or not all(0 <= pane < PANES for pane in places):
            return fallback

        def known(uid: str | None) -> bool:
            return uid is not None and self._opening.entry(series_of(uid)) is not None

        hung = tuple(uid if known(uid) else None for uid in layout.hung)
        compared = tuple(item if item is not None and known(item.over) else None for item in layout.compared)
        found = replace(
            layout,
            hung=(*hung, *(None,) * PANES)[:PANES],
            compared=(*compared, *(None,) * PANES)[:PANES],
            links=(*layout.links, *(LinkSwitches(),) * PANES)[:PANES],
        )
        return found if any(found.hung[pane] is not None for pane in found.panes) else fallback

    def _report(self, key: str, recalled: Recalled, reports: dict[str, tuple[str, ...]]) -> None:
        """What could not be read is kept as it is, and told."""
        if not reports:
            return
        unread = {name: recalled.branch.parts[name] for name in reports}
        self.writer.ask(lambda connection: store.keep_unread(connection, key, unread))
        texts = [text for each in reports.values() for text in each]
        more = said(" (and {0} more)", len(texts) - 1) if len(texts) > 1 else ""
        self.told.emit(
            said(
                "Not all of your earlier work on this study could be read by this version ({0}{1}). "
                "The rest is back; what could not be read is kept in the journal.",
                texts[0],
                more,
            )
        )

    def _sentence(self, recalled: Recalled, resumed: Reading) -> Message:
        names = {name for name in recalled.branch.parts if name != VIEW}
        uids = {uid_of(name) for name in names if uid_of(name)}
        states = [resumed.of(uid) for uid in uids]
        counts = (
            (sum(len(state.measurements) for state in states), said("measurement"), said("measurements")),
            (sum(len(state.windows) for state in states), said("window"), said("windows")),
            (sum(state.calibration is not None for state in states), said("calibration"), said("calibrations")),
            (len(resumed.findings), said("finding"), said("findings")),
            (len(resumed.key_images), said("key image"), said("key images")),
        )
        items: list[str] = [said("{0} {1}", n, one if n == 1 else many) for n, one, many in counts if n]
        if any(name.endswith("/reconstruction") for name in names):
            items.append(said("the reconstruction"))
        if "layout" in names:
            items.append(said("the arrangement"))
        text: Message = said("Your earlier work on this study is back.")
        if items:
            text = said("Your earlier work on this study is back ({0}).", joined(items, ", "))
        now = self._studies.get(recalled.study.key)
        if now is not None and recalled.study.fingerprint and now.fingerprint != recalled.study.fingerprint:
            self.told.emit(
                said(
                    "The files of this study are not the same as when you worked on it last. "
                    "Check that your measurements still lie where they should."
                )
            )
        if recalled.others:
            count = len(recalled.others)
            self.told.emit(
                said(
                    "This study was also changed in {0} other window{1} of Bocage at the same time. "
                    "What was done last is shown; the other work is kept in the journal.",
                    count,
                    ending(count, "s", ""),
                )
            )
        return text

    # -- after an unclean end --------------------------------------------------------------------------------------

    def look_for_unfinished(self) -> None:
        """Look for sessions that did not end as they should; `unfinished_found` tells."""
        self._then(
            self.writer.ask(lambda connection: store.unfinished(connection, self.writer.session)),
            lambda found: self.unfinished_found.emit(found) if found else None,
        )

    def settle(self, found: Unfinished, then: Callable[[bool], None]) -> None:
        """Take an offer; `then` is told whether it was still there."""
        self._then(self.writer.ask(lambda connection: store.settle(connection, found.session)), then)

    def discard(self, found: Unfinished, *, back: bool = False) -> Future[None]:
        """Put aside what a session did, or bring it `back`."""
        return self.writer.ask(lambda connection: store.discard(connection, found.session, back=back))

    def _then(self, future: Future[Any], take: Callable[[Any], None]) -> None:
        """Call `take` with a result on the GUI thread; a journal that fails has told so already."""

        def done(finished: Future[Any]) -> None:
            if not finished.cancelled() and finished.exception() is None:
                self._looked.emit(take, finished.result())

        future.add_done_callback(done)

    # -- for the preferences, and the end --------------------------------------------------------------------------

    def forget_study(self, key: str) -> Future[None]:
        """Forget what was done to a study, also on the disk; what is on screen stays."""
        self._recalled.pop(key, None)
        return self.writer.forget(key)

    def forget_all(self) -> Future[None]:
        """Forget what was done to all studies, also on the disk; what is on screen stays."""
        self._recalled.clear()
        return self.writer.forget(None)

    def size(self, then: Callable[[compact.Size], None]) -> None:
        """Tell what the journal takes on the disk."""
        self._then(self.writer.size(), then)

    @property
    def state(self) -> JournalState:
        """Whether everything is on the disk."""
        return self.writer.state

    def flush(self, timeout_s: float = 5.0) -> bool:
        """Wait until everything is on the disk; false if it is not."""
        if self._view_timer.isActive():
            self._view_timer.stop()
            self._write_view()
        return self.writer.flush(timeout_s)

    def close(self, timeout_s: float = 5.0) -> bool:
        """End the session in the journal; false if something is not on the disk."""
        self.flush(timeout_s)
        return self.writer.close(timeout_s)


def described(study: Any, paths: Sequence[Path]) -> Study:
    """A study as the journal knows it; reads the sizes of its files.

    The title is the folder's name: nothing of the patient is taken over from the files.
    """
    digest = hashlib.sha256()
    for file in sorted({Path(file) for entry in study.series for file in entry.files}):
        try:
            size = file.stat().st_size
        except OSError:
            size = -1
        digest.update(f"{file.name}\0{size}\0".encode("utf-8", "surrogateescape"))
    opened = tuple(str(Path(path).absolute()) for path in paths)
    return Study(study.uid, opened, Path(opened[0]).name if opened else "", digest.hexdigest()[:32])
