"""Opening studies: scanning, thumbnails, loading, and asking for what the files do not say. Never on the GUI thread."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.hanging import HangingStore, loading_order
from app.hanging.arrange import Hanging, Orientation
from app.jobs import Callbacks, Partial, Worker
from app.reading.acquisition import GeometryChoice
from app.reading.layout import Layout
from app.session.loading import load_pictures
from app.session.services import Services
from app.session.session import WAITING, Busy, Session, sentence
from app.session.state import DERIVED, PROJECTION_SUFFIX, Picture, Reading, series_of
from recon.messages import ending, joined, said
from recon.progress import Progress

SCAN = "scan"
KINDS = ("projections", "radiograph", "volume", "cine", "image", "document")
"""Of several studies the first with the foremost kind of series is hung."""


def _rank(study: Any) -> int:
    """How far down `KINDS` a study's best series stands; beyond the end when there is nothing to show."""
    return min((KINDS.index(entry.kind) for entry in study.series if entry.kind in KINDS), default=len(KINDS))


KIND = "what the values are"
"""How the need for the kind of research data's values begins (`app.research.open`)."""


@dataclass(frozen=True)
class Missing:
    """What must be known before a series can be shown, and what its files do say.

    Attributes
    ----------
    missing, found : tuple of str
    wanted : tuple of str
        Names of the missing numbers (of `recon.provenance.TITLES`), for asking.
    offered_deg : tuple of float
        View angles in the names of the files, for the user to confirm.
    """

    missing: tuple[str, ...]
    found: tuple[str, ...]
    wanted: tuple[str, ...] = ()
    offered_deg: tuple[float, ...] = ()

    @property
    def asks_kind(self) -> bool:
        """Whether the kind of the values is among it."""
        return any(item.startswith(KIND) for item in self.missing)

    @property
    def asks_geometry(self) -> bool:
        """Whether anything else is among it."""
        return any(not item.startswith(KIND) for item in self.missing)


class Opening(QObject):
    """What was found on the disk, and the way from there into the session.

    Signals
    -------
    catalogue_changed()
        Studies, series found on the way (`found`) or problems changed.
    study_changed(str)
        Another study is being read.
    thumbnail_ready(str, object)
        A series' thumbnail, uint8 (rows, columns).
    geometry_wanted(str)
        A series cannot be shown before the user says its geometry (`missing`).
    busy_changed(object)
        `Busy` while folders are searched or the demonstration case is made, then None.
    failed(str)
        A sentence.
    """

    catalogue_changed = Signal()
    study_changed = Signal(str)
    thumbnail_ready = Signal(str, object)
    geometry_wanted = Signal(str)
    busy_changed = Signal(object)
    turned = Signal()
    """The way round in the viewports (`orientations`) was chosen anew."""
    failed = Signal(object)

    def __init__(
        self,
        session: Session,
        loading: Worker,
        thumbnails: Worker,
        services: Services,
        hanging: HangingStore,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._hanging = hanging
        self.orientations: Mapping[int, Orientation] = {}
        """The way round in each viewport, of the study that was hung last."""
        self._session = session
        self._loading = loading
        self._thumbnails = thumbnails
        self._services = services
        self.studies: dict[str, Any] = {}
        self.problems: tuple[Any, ...] = ()
        self.found: list[Any] = []
        self.missing: dict[str, Missing] = {}
        self.thumbnails: dict[str, Any] = {}
        self.study: str = ""
        self._options: dict[str, dict[str, Any]] = {}
        self._wanted_thumbnails: set[str] = set()
        session.geometry_changed.connect(self._load_anew)
        self.recall: Callable[[Any, Sequence[Path]], None] = lambda _catalogue, _paths: None
        """Called on the loading thread with what was found and where, before anything is shown."""
        self.resume: Callable[[str, Reading], Reading] = lambda _uid, reading: reading
        """Called when a study (UID) is hung: what the reader did to it before, put on the fresh reading."""

    # -- finding ---------------------------------------------------------------------------------------------------

    def open(self, paths: Sequence[Path], study: str = "", *, hang: bool = True) -> None:
        """Search folders and files and hang the first new study, or the one with a UID if it is among them.

        Parameters
        ----------
        hang : bool
            False only lists what is there: more has arrived of a study that is being read.
        """
        wanted = [Path(path) for path in paths]
        if wanted:
            self._scan(lambda _: wanted, said("Searching"), study, hang=hang)

    def open_demonstration(self) -> None:
        """Make the demonstration case if it is not there yet, and open it."""
        self._scan(
            lambda progress: [self._services.demonstration_case(progress.part(0.0, 0.9))],
            said("Preparing the demonstration case"),
        )

    def cancel(self) -> None:
        """Stop searching."""
        self._loading.cancel(SCAN)

    def _scan(self, paths: Any, text: str, study: str = "", *, hang: bool = True) -> None:
        self.found = []

        def work(progress: Progress, partial: Partial) -> Any:
            places = paths(progress)
            catalogue = self._services.scan(places, progress, partial)
            self.recall(catalogue, places)
            return catalogue

        self._loading.submit(
            SCAN,
            work,
            Callbacks(
                result=lambda catalogue: self._take_catalogue(catalogue, study, hang=hang),
                partial=self._take_found,
                progress=lambda fraction, what: self.busy_changed.emit(Busy(what or text, fraction)),
                error=self._scan_failed,
                stopped=lambda: self.busy_changed.emit(None),
            ),
        )
        self.busy_changed.emit(Busy(text))

    def _scan_failed(self, error: Exception) -> None:
        self.busy_changed.emit(None)
        self.failed.emit(sentence(error))

    def _take_found(self, entry: Any) -> None:
        self.found.append(entry)
        self._want_thumbnail(entry)
        self.catalogue_changed.emit()

    def _take_catalogue(self, catalogue: Any, wanted: str = "", *, hang: bool = True) -> None:
        self.found = []
        for study in catalogue.studies:
            self.studies[study.uid] = study
            for entry in study.series:
                self._want_thumbnail(entry)
        self.problems = tuple(catalogue.problems)
        self.busy_changed.emit(None)
        self.catalogue_changed.emit()
        if not hang:
            return
        best = min(catalogue.studies, key=lambda study: (study.uid != wanted, _rank(study)), default=None)
        if best is not None and _rank(best) < len(KINDS):
            self.show_study(best.uid)
        elif self.problems:
            count = len(self.problems)
            self.failed.emit(
                said(
                    "Nothing that can be shown was found. {0} file{1} not opened; the first: {2}",
                    count,
                    ending(count, "s were", " was"),
                    self.problems[0].reason,
                )
            )
        else:
            self.failed.emit(
                said("No X-ray projections, slices or radiographs were found there. Choose another folder.")
            )

    def _want_thumbnail(self, entry: Any) -> None:
        if entry.uid in self._wanted_thumbnails or entry.kind in ("document", "other"):
            return
        self._wanted_thumbnails.add(entry.uid)

        def take(image: Any) -> None:
            self.thumbnails[entry.uid] = image
            self.thumbnail_ready.emit(entry.uid, image)

        # Without its picture a series still has a name: a thumbnail that fails is not worth a message.
        self._thumbnails.submit(entry.uid, lambda *_: self._services.thumbnail(entry), Callbacks(result=take))

    # -- hanging and loading ---------------------------------------------------------------------------------------

    def entry(self, uid: str) -> Any | None:
        """The entry of a series (or of the series a projection picture belongs to)."""
        uid = series_of(uid)
        for study in self.studies.values():
            for entry in study.series:
                if entry.uid == uid:
                    return entry
        return None

    def show_study(self, uid: str) -> None:
        """Hang a study as the protocol says that suits it best."""
        study = self.studies.get(uid)
        if study is not None:
            self.hang(self._hanging.best(study, tuple(self.studies.values())), uid)

    def hang(self, hanging: Hanging, uid: str) -> None:
        """Hang a study, and load what is on screen of it."""
        study = self.studies[uid]
        self.study = uid
        layout = hanging.layout
        for entry in study.series:
            self._session.failures.pop(entry.uid, None)
        shown = {series_of(found) for found in layout.hung if found is not None}
        self._session.release_pictures(shown | {entry.uid for entry in study.series})
        self.orientations = hanging.orientations
        self._session.start_reading(
            layout, hanging.values, hanging.duplicates, lambda reading: self.resume(uid, reading)
        )
        self.study_changed.emit(uid)
        self.turned.emit()
        self.load_layout(self._session.layout)

    def rehang(self, hanging: Hanging) -> None:
        """Hang the study another way, as a command; what the reader did to its pictures stays."""
        self.orientations = hanging.orientations
        self._session.duplicates.rehang(hanging.layout, hanging.values, hanging.duplicates)
        self.turned.emit()

    def load_layout(self, layout: Layout) -> None:
        """Load what hangs in a layout and is not there yet, except what could not be loaded before."""
        entries = [entry for entry in map(self.entry, loading_order(layout, ())) if entry is not None]
        for uid in loading_order(layout, entries):
            if uid not in self._session.failures:
                self.load(uid)

    def show_series(self, uid: str, pane: int) -> None:
        """Hang one series in a viewport, loading it if needed."""
        entry = self.entry(uid)
        if entry is None:
            return
        if entry.kind == "other":
            self.failed.emit(
                joined(entry.notes or entry.needs) or said("{0} cannot be shown as a picture.", entry.title)
            )
            return
        if entry.study_uid != self.study:
            self.study = entry.study_uid
            self.study_changed.emit(self.study)
        session = self._session
        session.set_layout(session.layout.with_hung(pane, uid), said("hanging of a series"))
        self.load(entry.uid)

    def load(self, uid: str) -> None:
        """Load a series unless it is loaded or on its way."""
        entry = self.entry(uid)
        slot = f"load:{uid}"
        there = uid in self._session.pictures or uid in self._session.documents
        if entry is None or there or self._loading.is_busy(slot):
            return
        options = self._options.get(uid, {})
        choice = self._session.reading.of(uid).geometry
        if choice is not None:
            options = {**options, "choice": choice}
        self._session.failures.pop(uid, None)
        if entry.kind == "document":
            self._load_document(entry, slot)
            return

        def work(progress: Progress, partial: Partial) -> tuple[Picture, ...]:
            return load_pictures(entry, self._services, options, progress, partial)

        self._loading.submit(
            slot,
            work,
            Callbacks(
                result=lambda pictures: self._take_pictures(uid, pictures),
                partial=self._session.add_picture,
                progress=lambda fraction, text: self._session.set_busy(uid, Busy(text or said("Reading"), fraction)),
                error=lambda error: self._load_failed(uid, error),
                stopped=lambda: self._session.set_busy(uid, None),
            ),
        )
        self._session.set_busy(uid, Busy(said("Reading"), 0.0))

    def _load_document(self, entry: Any, slot: str) -> None:
        """Read a document, which is no picture."""
        session, uid = self._session, entry.uid

        def take(loaded: Any) -> None:
            session.set_busy(uid, None)
            session.add_document(uid, loaded.document)

        self._loading.submit(
            slot,
            lambda progress, _: self._services.load(entry, progress=progress),
            Callbacks(
                result=take,
                progress=lambda fraction, text: session.set_busy(uid, Busy(text or said("Reading"), fraction)),
                error=lambda error: session.fail(uid, sentence(error)),
                stopped=lambda: session.set_busy(uid, None),
            ),
        )
        session.set_busy(uid, Busy(said("Reading"), 0.0))

    def provide(self, uid: str, choice: GeometryChoice | None = None, **options: Any) -> None:
        """Load a series (again) with what the user said about it.

        Parameters
        ----------
        choice : GeometryChoice, optional
            Of its geometry: a command of the session, which undoing takes back.
        **options
            ``kind`` and ``air`` of the values.
        """
        self._options[uid] = {**self._options.get(uid, {}), **options}
        self.missing.pop(uid, None)  # before anyone hears of the choice
        before = self._session.reading.of(uid).geometry
        if choice is not None:
            self._session.set_geometry(uid, choice)
        if self._session.reading.of(uid).geometry == before:
            self._load_anew(uid)

    def _load_anew(self, uid: str) -> None:
        """What is known of a series' acquisition has changed."""
        if self.entry(uid) is None:
            return
        self.missing.pop(uid, None)
        self._loading.cancel(f"load:{uid}")
        self._session.forget_pictures((uid, *(uid + suffix for suffix in DERIVED)))
        self.load(uid)

    def cancel_loading(self, uid: str) -> None:
        """Stop loading a series."""
        self._loading.cancel(f"load:{uid}")
        text = said("Opening was cancelled. Double-click the series in the list to open it.")
        self._session.failures[uid] = text
        if uid + PROJECTION_SUFFIX in self._session.pictures:
            self.failed.emit(text)  # The middle projection stands in the slices' place, where it would be said.
        self._session.set_busy(uid, None)

    def _take_pictures(self, uid: str, pictures: tuple[Picture, ...]) -> None:
        self._session.set_busy(uid, None)
        for picture in pictures:
            if picture.uid == uid or picture.uid not in self._session.pictures:
                self._session.add_picture(picture)

    def _load_failed(self, uid: str, error: Exception) -> None:
        entry = self.entry(uid)
        needs = tuple(entry.needs) if entry is not None else ()
        missing = tuple(getattr(error, "missing", ()))
        told = bool(self._options.get(uid)) or self._session.reading.of(uid).geometry is not None
        if missing or (needs and not told):
            # What was needed when the files were found may have been said since; what the values are was not.
            left = tuple(need for need in needs if not missing or need.startswith(KIND))
            self.missing[uid] = Missing(
                tuple(dict.fromkeys((*missing, *left))),
                tuple(getattr(error, "found", ())),
                tuple(getattr(error, "wanted", ())),
                tuple(getattr(error, "offered_deg", ())),
            )
            self._session.failures[uid] = WAITING
            self._session.set_busy(uid, None)
            self.geometry_wanted.emit(uid)
            return
        self._session.fail(uid, sentence(error))
        if needs:
            # What the user said did not fit: the page comes back, and the message says why.
            self._options.pop(uid, None)
            self.missing[uid] = Missing(needs, ())
            self.geometry_wanted.emit(uid)
