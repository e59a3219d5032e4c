"""A line above the viewports that offers to go on where an unclean end interrupted the work. Never in the way."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QDateTime, QLocale, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from app.journal.store import BEHIND_DAYS, Unfinished
from widgets.theme import COLOURS
from widgets.translation import date_text, tr

BACK_MS = 60_000
"""How long discarded work is offered back."""


class OfferLine(QWidget):
    """A line with a sentence and buttons; what every offer looks like.

    Parameters
    ----------
    buttons : sequence of QPushButton
    """

    def __init__(self, buttons: Sequence[QPushButton], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("offerBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setStyleSheet(
            f"#offerBar {{ background: {COLOURS.raised}; border-left: 4px solid {COLOURS.focus}; }}"
            f"#offerBar QLabel {{ color: {COLOURS.text}; }}"
        )
        self._label = QLabel()
        self._label.setWordWrap(True)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 6, 6, 6)
        layout.addWidget(self._label, 1)
        for button in buttons:
            layout.addWidget(button)
        self.hide()

    @property
    def text(self) -> str:
        """The sentence shown; "" when hidden."""
        return self._label.text() if not self.isHidden() else ""


class OfferBar(OfferLine):
    """Shows one offer after the other.

    Signals
    -------
    restore(Unfinished), discard(Unfinished)
        What the user chose.
    bring_back(Unfinished)
        It was discarded, and is wanted after all.
    taken(Unfinished)
        The user opened the study anyhow, and its work came back by itself.
    """

    restore = Signal(object)
    discard = Signal(object)
    bring_back = Signal(object)
    taken = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        self.restore_button = QPushButton()
        self.discard_button = QPushButton()
        self.back_button = QPushButton()
        super().__init__((self.restore_button, self.discard_button, self.back_button), parent)
        self._offers: list[Unfinished] = []
        self.restore_button.clicked.connect(lambda: self._chosen(self.restore))
        self.discard_button.clicked.connect(self._discarded)
        self.back_button.clicked.connect(lambda: self._chosen(self.bring_back))
        self._later = QTimer(self, singleShot=True, interval=BACK_MS)
        self._later.timeout.connect(self._next)
        self.retranslate()

    def retranslate(self) -> None:
        """Write every text anew, in the language in use."""
        self.restore_button.setText(tr("Restore"))
        self.restore_button.setToolTip(tr("Open the study and go on where you were"))
        self.discard_button.setText(tr("Discard"))
        self.discard_button.setToolTip(
            tr("Open the study as it was before; the work is kept for {0} days", round(BEHIND_DAYS))
        )
        self.back_button.setText(tr("Bring Back"))
        if not self.isHidden():
            self._write(discarded=self._later.isActive())

    def show_offers(self, offers: Sequence[Unfinished]) -> None:
        """Offer these, the first one first."""
        self._offers = list(offers)
        self._show()

    def opened(self, study: str) -> None:
        """The user opened a study: what was offered of it has come back by itself."""
        first = self._offers[0] if self._offers else None
        for offer in [offer for offer in self._offers if offer.study.key == study]:
            self._offers.remove(offer)
            self.taken.emit(offer)
        if first is not None and first not in self._offers:
            self._later.stop()
            self._show()

    def _show(self) -> None:
        self.setVisible(bool(self._offers))
        if not self._offers:
            return
        self._write(discarded=False)

    def _write(self, *, discarded: bool) -> None:
        self._show_buttons(discarded=discarded)
        if discarded:
            self._label.setText(tr("The work was discarded. It is kept for {0} days.", round(BEHIND_DAYS)))
            return
        offer = self._offers[0]
        moment = QDateTime.fromSecsSinceEpoch(int(offer.changed_at))
        day, clock = date_text(moment.date().toPython()), QLocale().toString(moment.time(), "HH:mm")  # type: ignore[arg-type]
        name = offer.study.title or offer.study.key
        if offer.changes == 1:
            text = tr("Bocage did not end properly on {0} at {1}. Your change to “{2}” is safe.", day, clock, name)
        else:
            text = tr(
                "Bocage did not end properly on {0} at {1}. Your {2} changes to “{3}” are safe.",
                day,
                clock,
                offer.changes,
                name,
            )
        if offer.further == 1:
            text += " " + tr("Work on another study comes back when you open it.")
        elif offer.further > 1:
            text += " " + tr("Work on {0} other studies comes back when you open them.", offer.further)
        self._label.setText(text)

    def _show_buttons(self, *, discarded: bool) -> None:
        self.restore_button.setVisible(not discarded)
        self.discard_button.setVisible(not discarded)
        self.back_button.setVisible(discarded)

    def _chosen(self, signal: object) -> None:
        offer = self._offers[0]
        self._later.stop()
        self._next()
        signal.emit(offer)  # type: ignore[attr-defined]

    def _discarded(self) -> None:
        self._write(discarded=True)
        self._later.start()
        self.discard.emit(self._offers[0])

    def _next(self) -> None:
        del self._offers[:1]
        self._show()
