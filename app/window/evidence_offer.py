"""A line above the viewports that offers to show a reading that was saved with the study. Never in the way."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from app.window.corner_text import date, person_name
from app.window.offer_bar import OfferLine
from recon.messages import ending, mark
from widgets.translation import tr


@dataclass(frozen=True)
class Offer:
    """What is offered.

    Attributes
    ----------
    measurements, findings, key_images : int
        That the reading does not hold.
    presentations : int
    maker, reader, date : str
        Where they come from, of the newest.
    """

    measurements: int = 0
    findings: int = 0
    key_images: int = 0
    presentations: int = 0
    maker: str = ""
    reader: str = ""
    date: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to offer."""
        return not (self.measurements or self.findings or self.key_images or self.presentations)


class EvidenceOffer(OfferLine):
    """Shows one offer.

    Signals
    -------
    show_wanted(), declined()
    """

    show_wanted = Signal()
    declined = Signal()

    def __init__(self, presentations: QMenu, parent: QWidget | None = None) -> None:
        self.show_button, self.presentation_button, self.later_button = QPushButton(), QPushButton(), QPushButton()
        super().__init__((self.show_button, self.presentation_button, self.later_button), parent)
        self.presentation_button.setMenu(presentations)
        self.show_button.clicked.connect(self.show_wanted)
        self.later_button.clicked.connect(self._decline)
        self._offer = Offer()
        self.retranslate()

    def retranslate(self) -> None:
        """Write every text anew, in the language in use."""
        self.show_button.setText(tr("Show"))
        self.show_button.setToolTip(tr("Put the measurements, findings and key images where they stood"))
        self.presentation_button.setText(tr("Presentation"))
        self.presentation_button.setToolTip(tr("Window, zoom and way round as they were saved"))
        self.later_button.setText(tr("Not Now"))
        self.later_button.setToolTip(tr("Measure ▸ Show Saved Reading does it later"))
        self._write()

    def put(self, offer: Offer) -> None:
        """Offer this; an empty offer hides the line."""
        self._offer = offer
        self._write()
        self.setVisible(not offer.is_empty)

    def _decline(self) -> None:
        self.put(Offer())
        self.declined.emit()

    def _write(self) -> None:
        offer = self._offer
        content = bool(offer.measurements or offer.findings or offer.key_images)
        self.show_button.setVisible(content)
        self.presentation_button.setVisible(offer.presentations > 0)
        parts = [
            tr(text, count, ending(count))
            for text, count in (
                (mark("{0} measurement{1}"), offer.measurements),
                (mark("{0} finding{1}"), offer.findings),
                (mark("{0} key image{1}"), offer.key_images),
                (mark("{0} presentation{1}"), offer.presentations),
            )
            if count
        ]
        origin = " · ".join(part for part in (offer.maker, person_name(offer.reader), date(offer.date)) if part)
        listed = ", ".join(parts)
        self._label.setText(
            tr("A reading is stored with this study: {0} ({1}).", listed, origin)
            if origin
            else tr("A reading is stored with this study: {0}.", listed)
        )
