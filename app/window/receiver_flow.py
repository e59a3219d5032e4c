"""The receiver in the window: what arrives is shown by itself where nothing is being read, and offered elsewhere."""

from __future__ import annotations

import threading
import time
from collections import deque
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QToolButton, QVBoxLayout

from app.dicom.receive import (
    AssociationRefused,
    Event,
    Failed,
    Load,
    Received,
    Receiver,
    ReceiverSettings,
    Rejected,
    SetAside,
    Started,
    Stopped,
    StudyComplete,
)
from app.dicom.receive.settings import load_settings, save_settings
from app.dicom.receive.spool import Arrival, opened, unopened
from app.jobs import Callbacks, Worker
from app.session import sentence
from app.session.opening import SCAN
from app.window.network import SPOOL
from app.window.receiver_offer import ReceiverOffer
from app.window.status import Work
from recon.errors import disk_reason
from recon.messages import said
from recon.progress import Progress
from widgets.theme import COLOURS
from widgets.translation import shown, tr

if TYPE_CHECKING:
    from app.main_window import MainWindow

START_MS = 1500
"""How long after the window it starts: the first picture goes first."""
GATHER_MS = 100
"""How long events are gathered before the window hears of them: a thousand objects a second may come."""
REMEMBERED = 50
SWITCH, TEST, MARK = "switch", "test", "mark"


@dataclass(frozen=True)
class Turned:
    """A peer or an object that was turned away, and when (seconds since 1970)."""

    at: float
    event: AssociationRefused | Rejected | SetAside


@dataclass(frozen=True)
class Target:
    """The receiver as a server that sends to it knows it."""

    ae_title: str
    folder: Path


class ReceiverFlow(QObject):
    """Owns the receiver of one main window.

    Signals
    -------
    changed()
        Anything that the page shows.
    """

    changed = Signal()
    _posted = Signal()

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.settings = ReceiverSettings()
        self.receiver: Receiver | None = None
        self.load = Load(0, 0, 0)
        self.objects = 0
        """How many have come since the program began."""
        self.turned: deque[Turned] = deque(maxlen=REMEMBERED)
        self.failure = ""
        self.ready = False
        """Whether the settings have been read."""
        self._arriving: dict[str, int] = {}
        self._events: deque[Event] = deque()
        self._lock = threading.Lock()
        self._announced = False
        self._worker: Worker | None = None
        self._closed = False
        self.offer = ReceiverOffer()
        widget = window.centralWidget()
        centre = widget.layout() if widget is not None else None
        assert isinstance(centre, QVBoxLayout)
        centre.insertWidget(0, self.offer)
        self.offer.open_wanted.connect(self._open)
        self.offer.declined.connect(lambda arrival: self._mark_opened(arrival.folder))
        self.offer.restart_wanted.connect(self._start)
        self.indicator = QToolButton()
        self.indicator.setAutoRaise(True)
        self.indicator.clicked.connect(self.show_page)
        self.indicator.hide()
        window.statusBar().addPermanentWidget(self.indicator)
        window.opening.study_changed.connect(self._study_opened)
        window.network.target = self._target
        self._gather = QTimer(self, singleShot=True, interval=GATHER_MS)
        self._gather.timeout.connect(self._take_events)
        self._posted.connect(self._gather.start)
        if not window.settings.is_temporary:
            QTimer.singleShot(START_MS, self, self.begin)

    # -- parts -----------------------------------------------------------------------------------------------------

    @property
    def worker(self) -> Worker:
        """For what waits for the disk or the process."""
        if self._worker is None:
            self._worker = Worker("receiver-window", self)
        return self._worker

    @property
    def folder(self) -> Path:
        """Where studies go."""
        return Path(self.settings.folder) if self.settings.folder else self._window.network.folder.parent / SPOOL

    @property
    def state(self) -> str:
        """What the receiver does (`Receiver.state`)."""
        if self.receiver is not None:
            return self.receiver.state
        return "failed" if self.failure else "stopped"

    def _target(self) -> Target | None:
        running = self.receiver is not None and self.receiver.state == "running"
        return Target(self.settings.ae_title, self.folder) if running else None

    def show_page(self) -> Any:
        """Show the page of the receiver."""
        from app.window.receiver_page import ReceiverPage

        if not self.ready:
            self.begin()
        return self._window.pages.show("receiver", lambda window: ReceiverPage(self, window))

    # -- on and off ------------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Read the settings, start if they say so, and offer what had arrived and was not opened."""
        if self._closed or self.ready:
            return
        place = self._window.settings.path.parent
        default = self._window.network.folder.parent / SPOOL

        def work(_progress: Progress, _: object) -> tuple[ReceiverSettings, list[Arrival]]:
            settings = load_settings(place)
            return settings, unopened(Path(settings.folder) if settings.folder else default)

        def take(found: tuple[ReceiverSettings, list[Arrival]]) -> None:
            self.settings, arrivals = found
            self.ready = True
            for arrival in arrivals:
                self.offer.add(arrival)
            if self.settings.enabled:
                self._start()
            self._tell()

        self.worker.submit(SWITCH, work, Callbacks(result=take, error=self._failed))

    def apply(self, settings: ReceiverSettings) -> None:
        """Put other settings into force and keep them; a running receiver starts anew with them."""
        before, self.settings = self.settings, settings
        place, receiver = self._window.settings.path.parent, self.receiver
        anew = receiver is not None and before != settings

        def work(_progress: Progress, _: object) -> None:
            if receiver is not None and anew:
                receiver.stop()
            try:
                save_settings(settings, place)
            except OSError as error:
                self._window_told(said("The receiver's settings could not be kept: {0}.", disk_reason(error)))

        def done(_: object) -> None:
            if anew:
                self.receiver = None
            if settings.enabled and self.receiver is None:
                self._start()
            self._tell()

        self.failure = ""
        self.offer.tell_failure("")
        self.worker.submit(SWITCH, work, Callbacks(result=done, error=self._failed), finish_running=True)

    def _start(self) -> None:
        """Start the process."""
        if self._closed or (self.receiver is not None and self.receiver.state in ("starting", "running")):
            return
        self.failure = self.settings.problem()
        if self.failure:
            self.receiver = None
            self.offer.tell_failure(self.failure)
            self._tell()
            return
        receiver = self.receiver = Receiver(self.settings, self.folder, self._post)
        self.worker.submit("start", lambda *_: receiver.start(), Callbacks(error=self._failed))
        self._tell()

    def _failed(self, error: Exception) -> None:
        self._window.messages.tell(sentence(error))

    def _window_told(self, text: str) -> None:
        """From the worker's thread."""
        self._post(Rejected(text, ""))

    def test(self, done: Any) -> None:
        """Ask the receiver for an echo; `done` is called with "" or a sentence."""
        receiver = self.receiver
        if receiver is None or not receiver.port:
            done(said("The receiver is not running."))
            return

        def work(_progress: Progress, _: object) -> None:
            from app.dicom.receive.check import echo

            echo(receiver.settings, receiver.port)

        told = Callbacks(result=lambda _: done(""), error=lambda error: done(sentence(error)))
        self.worker.submit(TEST, work, told)

    def close(self) -> None:
        """End the receiver with the window."""
        self._closed = True
        self._gather.stop()
        if self._worker is not None:
            self._worker.shutdown()
        if self.receiver is not None:
            self.receiver.stop()

    # -- events ----------------------------------------------------------------------------------------------------

    def _post(self, event: Event) -> None:
        """From the receiver's thread."""
        with self._lock:
            self._events.append(event)
            announce, self._announced = not self._announced, True
        if announce and not self._closed:
            self._posted.emit()

    def _take_events(self) -> None:
        with self._lock:
            events, self._announced = list(self._events), False
            self._events.clear()
        if self._closed:
            return
        for event in events:
            self._take(event)
        self._tell()

    def _take(self, event: Event) -> None:
        if isinstance(event, Load):
            self.load = event
        elif isinstance(event, Received):
            self.objects += 1
            if not event.again:
                self._arriving[event.study_uid] = self._arriving.get(event.study_uid, 0) + 1
        elif isinstance(event, StudyComplete):
            self._arriving.pop(event.study_uid, None)
            self._arrived(Arrival(event.study_uid, event.folder, event.n_objects, event.calling_ae))
        elif isinstance(event, AssociationRefused | Rejected | SetAside):
            self.turned.append(Turned(time.time(), event))
        elif isinstance(event, Started):
            self.failure = ""
        elif isinstance(event, Failed):
            self.failure, self.receiver = event.sentence, None
            self._ended()
            if self.settings.enabled:
                self.offer.tell_failure(event.sentence)
        elif isinstance(event, Stopped):
            self._ended()

    def _ended(self) -> None:
        self.load = Load(0, self.load.used_bytes, self.load.used_files)
        self._arriving.clear()

    def _tell(self) -> None:
        self._show_status()
        self.changed.emit()

    def _show_status(self) -> None:
        coming = sum(self._arriving.values())
        text = tr("Receiving: {0} objects", coming)
        self._window.status.show("receiving", Work(text) if coming else None)
        state = self.state
        self.indicator.setVisible(state in ("starting", "running", "failed") and (self.settings.enabled or coming > 0))
        colour = COLOURS.warning if state == "failed" else COLOURS.text_dim
        self.indicator.setStyleSheet(f"QToolButton {{ color: {colour}; border: none; padding: 0 6px; }}")
        if state == "failed":
            self.indicator.setText(tr("Receiver stopped"))
            self.indicator.setToolTip(shown(self.failure))
        else:
            self.indicator.setText(tr("Receiver: {0}", self.settings.ae_title))
            port = self.receiver.port if self.receiver is not None else 0
            self.indicator.setToolTip(
                tr("Listens at {0}, port {1}; {2} objects received.", self.settings.address, port, self.objects)
                + "\n"
                + tr("Click for the receiver's page.")
            )

    def retranslate(self) -> None:
        """Write every text anew, in the language in use."""
        self.offer.retranslate()
        self._show_status()

    # -- studies ---------------------------------------------------------------------------------------------------

    def _arrived(self, arrival: Arrival) -> None:
        window = self._window
        worklist = getattr(window, "worklist", None)
        if worklist is not None:
            worklist.arrived(arrival.folder)
        if window.loading.is_busy(SCAN):
            self.offer.add(arrival)
        elif arrival.study_uid in window.opening.studies:
            # More of a study that is open: it is listed, and nothing on screen moves.
            window.opening.open([arrival.folder], hang=False)
            window.tell_status(tr("{0} more objects of this study have arrived.", arrival.n_objects))
            self._mark_opened(arrival.folder)
        elif self.settings.opens and not window.opening.study:
            self._open(arrival)
        else:
            self.offer.add(arrival)

    def _open(self, arrival: Arrival) -> None:
        self._window.messages.clear()
        self._window.opening.open([arrival.folder], arrival.study_uid)
        self._mark_opened(arrival.folder)

    def _study_opened(self, uid: str) -> None:
        for arrival in self.offer.arrivals:
            if arrival.study_uid == uid:
                self._mark_opened(arrival.folder)
        self.offer.remove(uid)

    def _mark_opened(self, folder: Path) -> None:
        """It is not offered again at the next start."""
        self.worker.submit(f"{MARK}:{folder.name}", lambda *_: opened(folder), Callbacks())
