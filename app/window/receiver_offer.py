"""A line above the viewports that offers a study that was received, or to start the receiver again."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from app.dicom.receive.spool import Arrival
from app.window.offer_bar import OfferLine
from recon.messages import ending
from widgets.translation import shown, tr


class ReceiverOffer(OfferLine):
    """Shows that the receiver has ended, or else one study after the other.

    Signals
    -------
    open_wanted(Arrival), declined(Arrival)
    restart_wanted()
    """

    open_wanted = Signal(object)
    declined = Signal(object)
    restart_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self.open_button, self.later_button, self.restart_button = QPushButton(), QPushButton(), QPushButton()
        super().__init__((self.open_button, self.restart_button, self.later_button), parent)
        self._arrivals: list[Arrival] = []
        self._failure = ""
        self.open_button.clicked.connect(lambda: self._answer(self.open_wanted))
        self.later_button.clicked.connect(self._later)
        self.restart_button.clicked.connect(self._restart)
        self.retranslate()

    def retranslate(self) -> None:
        """Write every text anew, in the language in use."""
        self.open_button.setText(tr("Open"))
        self.open_button.setToolTip(tr("Open the study; what you did to the present one is kept"))
        self.later_button.setText(tr("Not Now"))
        self.restart_button.setText(tr("Start Again"))
        self.restart_button.setToolTip(tr("Start the receiver again"))
        self._show()

    @property
    def arrivals(self) -> tuple[Arrival, ...]:
        """The studies that are offered, the first one first."""
        return tuple(self._arrivals)

    def add(self, arrival: Arrival) -> None:
        """Offer a study; more of one that is offered already is told with it."""
        before = next((each for each in self._arrivals if each.folder == arrival.folder), None)
        if before is None:
            self._arrivals.append(arrival)
        else:
            total = before.n_objects + arrival.n_objects
            place = self._arrivals.index(before)
            self._arrivals[place] = Arrival(arrival.study_uid, arrival.folder, total, arrival.calling_ae)
        self._show()

    def remove(self, study_uid: str) -> None:
        """A study was opened another way."""
        self._arrivals = [each for each in self._arrivals if each.study_uid != study_uid]
        self._show()

    def tell_failure(self, sentence: str) -> None:
        """Say that the receiver has ended; "" when it runs again."""
        self._failure = sentence
        self._show()

    def _show(self) -> None:
        self.setVisible(bool(self._failure or self._arrivals))
        self.restart_button.setVisible(bool(self._failure))
        self.open_button.setVisible(not self._failure)
        self.later_button.setToolTip(
            tr("Go on without it; Network ▸ Receiver starts it later")
            if self._failure
            else tr("The study stays in the folder of received studies")
        )
        if self._failure:
            self._label.setText(shown(self._failure))
        elif self._arrivals:
            first, more = self._arrivals[0], len(self._arrivals) - 1
            text = tr("New study from {0}: {1} object{2}.", first.calling_ae, first.n_objects, ending(first.n_objects))
            if more:
                text += " " + tr("{0} more wait.", more)
            self._label.setText(text)

    def _answer(self, signal: object) -> None:
        arrival = self._arrivals.pop(0)
        self._show()
        signal.emit(arrival)  # type: ignore[attr-defined]

    def _later(self) -> None:
        if self._failure:
            self.tell_failure("")
        elif self._arrivals:
            self._answer(self.declined)

    def _restart(self) -> None:
        self.tell_failure("")
        self.restart_wanted.emit()
