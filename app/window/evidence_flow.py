"""Saved readings in the window: found when a study is opened, offered, and shown; presentations, there and back.

Files are read and pictures compared with them on a worker's thread; what comes back is one command each.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QMenu, QVBoxLayout

from app.imports import prepare_dicom
from app.jobs import Callbacks
from app.session import Picture, Reading, sentence, series_of
from app.window.corner_text import date
from app.window.evidence_offer import EvidenceOffer, Offer
from recon.messages import joined, said
from recon.progress import Progress
from widgets.translation import shown, tr
from widgets.view_transform import ViewTransform

if TYPE_CHECKING:
    from app.dicom.evidence.model import Evidence, Origin, Presentation
    from app.dicom.evidence.restored import Applied, Restored
    from app.main_window import MainWindow

READ, RESTORE, APPLY = "evidence:read", "evidence:restore", "evidence:apply"
KINDS = ("document", "other")
MODALITIES = ("SR", "KO", "PR")
SOON_MS = 200
"""Pictures that arrive one after the other are looked at together."""


@dataclass(frozen=True, eq=False)
class Before:
    """How a viewport looked before a presentation was applied.

    Attributes
    ----------
    uid : str
        Of the picture.
    pane : int
    transform : ViewTransform
    height_mm : float
    reading, after : Reading
        Before and after the command.
    """

    uid: str
    pane: int
    transform: ViewTransform
    fitted: bool
    height_mm: float
    reading: Reading
    after: Reading


class EvidenceFlow(QObject):
    """The saved readings of a window's studies."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._found: dict[str, Evidence] = {}
        self._files: dict[str, tuple[Path, ...]] = {}
        """What was read for it, by study."""
        self._accepted: set[str] = set()
        self._declined: set[str] = set()
        self._before: Before | None = None
        self._waiting = 0
        self._menu = QMenu(window)
        self._menu.aboutToShow.connect(lambda: self.fill(self._menu))
        self.offer = EvidenceOffer(self._menu)
        centre = window.centralWidget()
        layout = centre.layout() if centre is not None else None
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(0, self.offer)
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(self._restore_rest)
        self.offer.show_wanted.connect(self.show_reading)
        self.offer.declined.connect(lambda: self._declined.add(self._study))
        window.opening.study_changed.connect(self._study_changed)
        window.opening.catalogue_changed.connect(lambda: self._look(self._study))
        window.session.picture_changed.connect(self._picture_changed)
        window.session.reading_changed.connect(self._reading_changed)

    def retranslate(self) -> None:
        """Write every text anew, in the language in use."""
        self.offer.retranslate()

    @property
    def _study(self) -> str:
        return self._window.opening.study

    @property
    def evidence(self) -> Evidence | None:
        """What was found beside the study that is read."""
        return self._found.get(self._study)

    @property
    def has_reading(self) -> bool:
        """Whether a saved reading can be shown."""
        found = self.evidence
        return found is not None and bool(found.reports or found.key_objects)

    # -- finding ---------------------------------------------------------------------------------------------------

    def _study_changed(self, uid: str) -> None:
        self._waiting = 0
        self._before = None
        self.offer.put(Offer())
        self._files.pop(uid, None)
        self._look(uid)

    def _look(self, uid: str) -> None:
        """Read the objects beside a study, unless these very files were read."""
        study = self._window.opening.studies.get(uid)
        files = tuple(
            Path(path)
            for entry in (study.series if study is not None else ())
            if entry.kind in KINDS and entry.format == "dicom" and entry.modality in MODALITIES
            for path in entry.files
        )
        if files == self._files.get(uid, ()):
            return
        self._files[uid] = files

        def work(_progress: Progress, _partial: object) -> Evidence:
            prepare_dicom()
            from app.dicom.evidence import restored  # noqa: F401 - imported here, so that the GUI thread need not
            from app.dicom.evidence.read import evidence_of

            return evidence_of(files)

        self._window.background.submit(READ, work, Callbacks(result=lambda found: self._take(uid, found)))

    def _take(self, study: str, found: Evidence) -> None:
        before = self._found.get(study)
        if before is not None and {each.uid for each in found.origins} - {each.uid for each in before.origins}:
            # Something arrived while the study is read: what was answered was another question.
            self._accepted.discard(study)
            self._declined.discard(study)
        self._found[study] = found
        self._make_offer()
        self._window.update_actions()

    def _make_offer(self) -> None:
        from app.dicom.evidence.restored import unknown

        found = self.evidence
        if found is None or self._study in self._declined or self._study in self._accepted:
            return
        left = unknown(found, self._window.session.reading)
        newest: Origin | None = max(found.origins, key=lambda origin: origin.moment, default=None)
        if newest is None or not (left.count or self.presentations()):
            return
        self.offer.put(
            Offer(
                left.measurements,
                left.findings,
                left.key_images,
                len(self.presentations()),
                newest.maker,
                newest.reader,
                newest.date,
            )
        )

    # -- showing ---------------------------------------------------------------------------------------------------

    def show_reading(self) -> None:
        """Put measurements, findings and key images where they stood, as one command."""
        if self.has_reading:
            self._accepted.add(self._study)
            self.offer.put(Offer())
            self._restore(first=True)

    def _picture_changed(self, uid: str) -> None:
        if self._waiting and uid in self._window.session.pictures:
            self._soon.start()

    def _restore_rest(self) -> None:
        if self._waiting and self._study in self._accepted:
            self._restore(first=False)

    def _restore(self, *, first: bool) -> None:
        found = self.evidence
        if found is None:
            return
        reading, pictures = self._window.session.reading, self._pictures()
        others = self._other_files(pictures)

        def work(progress: Progress, _partial: object) -> Restored:
            restored: Restored = _restorer(found, pictures, others, reading, progress).all()
            return restored

        self._window.background.submit(
            RESTORE,
            work,
            Callbacks(
                result=lambda restored: self._take_restored(restored, first=first),
                error=lambda error: self._window.messages.tell(sentence(error)),
            ),
        )

    def _take_restored(self, restored: Restored, *, first: bool) -> None:
        window = self._window
        self._waiting = restored.waiting
        if not restored.is_empty:
            window.session.change(said("saved reading"), restored.on(window.session.reading))
            window.session.stack.seal()
            if restored.findings or restored.key_images:
                window.docks.show("findings")
        if restored.waiting and first:
            window.messages.tell(
                said(
                    "{0} came back. {1} more belong to pictures that are not open: they come when you open those.",
                    restored.count,
                    restored.waiting,
                )
            )
        elif restored.count:
            window.tell_status(tr("{0} measurements, findings and key images came back.", restored.count))
        elif first:
            window.tell_status(tr("Everything of the saved reading is there already."))

    def _pictures(self) -> dict[str, Picture]:
        """The loaded pictures of the study that were loaded from DICOM files."""
        opening, found = self._window.opening, {}
        for uid, picture in self._window.session.pictures.items():
            entry = opening.entry(uid)
            if entry is not None and entry.format == "dicom" and picture.study_uid == self._study:
                found[uid] = picture
        return found

    def _other_files(self, pictures: dict[str, Picture]) -> list[Path]:
        """The images of the study that are not loaded: key images of computed slices are among them."""
        loaded = {series_of(uid) for uid in pictures}
        study = self._window.opening.studies.get(self._study)
        entries = study.series if study is not None else ()
        return [
            Path(path)
            for entry in entries
            if entry.uid not in loaded and entry.format == "dicom" and entry.kind in ("radiograph", "volume")
            for path in entry.files
        ]

    # -- presentations ---------------------------------------------------------------------------------------------

    def presentations(self) -> tuple[Presentation, ...]:
        """Those of the study, without those that belong to key images."""
        found = self.evidence
        if found is None:
            return ()
        of_key_images = {key.presentation for document in found.key_objects for key in document.objects}
        return tuple(each for each in found.presentations if each.origin.uid not in of_key_images)

    def titles(self) -> list[tuple[str, Callable[[], None]]]:
        """The presentations by title, each with what applies it."""
        return [(_title(each), partial(self.apply, each)) for each in self.presentations()]

    def fill(self, menu: QMenu) -> None:
        """Offer the presentations, and how it was before."""
        menu.clear()
        menu.setToolTipsVisible(True)
        for title, apply in self.titles():
            # Titles come from files: no letter of theirs is a key.
            menu.addAction(title.replace("&", "&&")).triggered.connect(lambda _=False, apply=apply: apply())
        if menu.isEmpty():
            nothing = menu.addAction(tr("No presentation is stored with this study"))
            nothing.setEnabled(False)
        menu.addSeparator()
        back = menu.addAction(tr("As Before"))
        back.setEnabled(self._before is not None)
        back.setToolTip(
            tr("Window, zoom and way round as before the presentation")
            if self._before is not None
            else tr("No presentation has been applied.")
        )
        back.triggered.connect(lambda _=False: self.back())

    def apply_file(self, path: Path) -> None:
        """Apply the presentation state in a file."""

        def read(progress: Progress) -> Presentation:
            from app.dicom.evidence.read import presentation_of

            progress.step(0.0)
            return presentation_of(path)

        self._apply(read)

    def apply(self, presentation: Presentation) -> None:
        """Show the picture that a presentation is for as it says."""
        self._apply(lambda _progress: presentation)

    def _apply(self, read: Callable[[Progress], Presentation]) -> None:
        from app.dicom.evidence.model import Evidence

        reading, pictures = self._window.session.reading, self._pictures()
        others = self._other_files(pictures)
        known = self.evidence or Evidence()

        def work(progress: Progress, _partial: object) -> Applied | None:
            prepare_dicom()
            wanted = read(progress)
            if wanted not in known.presentations:
                evidence = replace(known, presentations=(*known.presentations, wanted))
            else:
                evidence = known
            applied: Applied | None = _restorer(evidence, pictures, others, reading, progress).presentation(wanted)
            return applied

        self._window.background.submit(
            APPLY,
            work,
            Callbacks(result=self._take_applied, error=lambda error: self._window.messages.tell(sentence(error))),
        )

    def _take_applied(self, applied: Applied | None) -> None:
        window, session = self._window, self._window.session
        if applied is None:
            window.messages.tell(
                said("The pictures that this presentation is for are not open. Open their series, then apply it again.")
            )
            return
        window.docks.findings.hang(applied.uid)
        pane = window.active_pane
        view = pane.viewport
        before = session.reading
        kept = (view.transform, view.fitted, session.height(applied.uid))
        session.change(said("presentation"), self._changed(applied, before))
        session.stack.seal()
        if applied.height_mm is not None:
            session.set_height(applied.uid, applied.height_mm)
        if applied.rect is not None:
            view.navigate(self._placed(applied))
        else:
            view.navigate(replace(applied.transform, centre_mm=view.transform.centre_mm))
            view.fit()
        self._before = Before(applied.uid, pane.index, *kept, before, session.reading)
        window.tell_status(tr("The presentation is applied. Undo takes it back."))
        if applied.notes:
            window.messages.tell(joined(applied.notes))

    def _changed(self, applied: Applied, reading: Reading) -> Reading:
        session = self._window.session
        state = reading.of(applied.uid)
        if applied.window is not None:
            state = state.with_window(session.scale(applied.uid), applied.window)
        state = replace(state, inverted=applied.inverted, measurements=(*state.measurements, *applied.annotations))
        picture = session.pictures.get(applied.uid)
        live = picture is not None and picture.is_live
        if live and applied.thickness_mm is not None and state.reconstruction is not None:
            made = replace(state.reconstruction, thickness_mm=applied.thickness_mm)
            state = replace(state, reconstruction=made)
        return reading.with_series(applied.uid, state)

    def _placed(self, applied: Applied) -> ViewTransform:
        """Place and zoom: the displayed area as large as fits, or as the presentation sizes it."""
        pane = self._window.active_pane
        view = pane.viewport
        assert applied.rect is not None
        fitted = applied.transform.fitted(applied.rect, view.view_size)
        native = view.native_pixel_mm()
        if applied.mode == "MAGNIFY" and applied.magnification is not None and native is not None:
            scale = applied.magnification / (min(native) * view.devicePixelRatioF())
            return replace(fitted, pixels_per_mm=scale)
        if applied.mode == "TRUE SIZE" and pane.life_size is not None:
            return replace(fitted, pixels_per_mm=pane.life_size)
        return fitted

    def back(self) -> None:
        """Show the picture as it was before the last presentation: undone if nothing was done since, else put back."""
        session, before = self._window.session, self._before
        if before is None:
            return
        if session.reading is before.after and before.after is not before.reading:
            session.stack.undo()  # and the view follows, in `_reading_changed`
            return
        state, old = session.reading.of(before.uid), before.reading.of(before.uid)
        session.change_series(before.uid, replace(state, windows=old.windows, inverted=old.inverted))
        self._put_back(before)

    def _reading_changed(self, old: Reading, new: Reading) -> None:
        before = self._before
        if before is not None and old is before.after and new is before.reading:
            self._put_back(before)

    def _put_back(self, before: Before) -> None:
        self._before = None
        pane = self._window.panes[before.pane]
        if pane.uid != before.uid:
            return
        self._window.session.set_height(before.uid, before.height_mm)
        pane.viewport.navigate(before.transform)
        if before.fitted:
            pane.viewport.fit()


def _restorer(
    evidence: Evidence, pictures: dict[str, Picture], others: list[Path], reading: Reading, progress: Progress
) -> Any:
    """What puts evidence on pictures; reads their headers."""
    prepare_dicom()
    from app.dicom.evidence.places import places_of, space_planes
    from app.dicom.evidence.restore import Restorer

    places = {}
    for number, (uid, picture) in enumerate(pictures.items()):
        progress.step(number / max(len(pictures), 1), said("Reading headers"))
        places[uid] = places_of(picture, pictures)
    known = {instance for place in places.values() for instance in place.headers}
    left = {key.instance for key in evidence.images} - known
    planes = space_planes(others, left) if left else {}
    return Restorer(replace(evidence, planes=planes), places, pictures, reading)


def _title(presentation: Presentation) -> str:
    """What a presentation is called in a menu, without line breaks."""
    words = presentation.description or presentation.label or shown(said("Presentation"))
    origin = presentation.origin
    told = ", ".join(part for part in (origin.maker, date(origin.date)) if part)
    return " ".join((f"{words} ({told})" if told else words).split())[:100]
