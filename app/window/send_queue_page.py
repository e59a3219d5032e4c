"""The page of the queue: what waits, is being sent, was sent, is confirmed, or failed."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QDateTime, QLocale, Qt, QTimer
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.window.page import Page
from widgets.plain_label import plain_label
from widgets.theme import COLOURS
from widgets.translation import date_text, mark, shown, tr

if TYPE_CHECKING:
    from app.dicom.net.jobs import Job
    from app.window.network import Network

STATES = {
    "waiting": mark("Waiting"),
    "sending": mark("Being sent"),
    "sent": mark("Sent"),
    "confirmed": mark("Confirmed"),
    "failed": mark("Failed"),
    "paused": mark("Paused"),
}
TIPS = {
    "sent": mark("The server answered that it stored every object."),
    "confirmed": mark("The server answered that it keeps every object."),
}
COLUMNS = (mark("What"), mark("Server"), mark("Since"), mark("Objects"), mark("Size"), mark("State"))
STATE = 5
NUMBERS = (3, 4)
TICK_MS = 1000


class QueuePage(Page):
    """Jobs, newest first, and what can be done with them."""

    def __init__(self, network: Network, parent: QWidget | None = None) -> None:
        content = QWidget()
        super().__init__(tr("What Is Being Sent"), content, parent)
        self._network = network
        self._jobs: list[Job] = []
        box = QVBoxLayout(content)
        box.setSpacing(10)
        self.table = self._table()
        box.addWidget(self.table, 1)
        self.said = plain_label(selectable=True)
        box.addWidget(self.said)
        row = QHBoxLayout()
        self.clear = QPushButton(tr("Clear Done"))
        self.clear.clicked.connect(lambda: self._do(lambda queue: queue.clear_done()))
        self.pause = QPushButton(tr("Pause"))
        self.pause.clicked.connect(self._pause)
        self.remove = QPushButton(tr("Remove"))
        self.remove.clicked.connect(self._remove)
        self.retry = QPushButton(tr("Retry"))
        self.retry.setProperty("primary", True)
        self.retry.clicked.connect(self._retry)
        row.addWidget(self.clear)
        row.addStretch(1)
        for button in (self.pause, self.remove, self.retry):
            row.addWidget(button)
        for button in (self.clear, self.pause, self.remove, self.retry):
            button.setAutoDefault(False)  # Enter in the list must not take something out of it
        box.addLayout(row)
        network.jobs_changed.connect(self.show_jobs)
        self._tick = QTimer(self, interval=TICK_MS)
        self._tick.timeout.connect(self._tell)
        self._tick.start()
        self.resize(880, 460)
        self.refresh()

    def _table(self) -> QTableWidget:
        table = QTableWidget(0, len(COLUMNS))
        table.setHorizontalHeaderLabels([tr(title) for title in COLUMNS])
        table.verticalHeader().hide()
        table.setShowGrid(False)
        table.setAlternatingRowColors(True)
        table.setWordWrap(False)
        table.setAccessibleName(tr("What is being sent"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in NUMBERS:
            found = table.horizontalHeaderItem(column)
            if found is not None:
                found.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for column, width in enumerate((0, 130, 150, 80, 90, 190)):
            if width:
                table.setColumnWidth(column, width)
        table.itemSelectionChanged.connect(self._update)
        return table

    def refresh(self) -> None:
        """Read the queue anew."""
        self.show_jobs()
        self._network.refresh()

    def show_jobs(self) -> None:
        """Show the jobs that were read last."""
        chosen = {job.id for job in self.selected()}
        self._jobs = list(self._network.jobs)
        self.table.blockSignals(True)
        self.table.setRowCount(len(self._jobs))
        for row, job in enumerate(self._jobs):
            self._show_job(row, job)
        self.table.clearSelection()
        selection = self.table.selectionModel()
        for row, job in enumerate(self._jobs):
            if job.id in chosen:
                flags = selection.SelectionFlag.Select | selection.SelectionFlag.Rows
                selection.select(self.table.model().index(row, 0), flags)
        self.table.blockSignals(False)
        self._update()

    def _show_job(self, row: int, job: Job) -> None:
        state = job.state
        word = tr(STATES[state])
        if state in ("sending", "waiting", "paused") and job.done:
            word = tr("{0}: {1} of {2}", word, job.done, job.total)
        failed = job.counts.get("failed", 0)
        if failed and state != "failed":
            word = tr("{0}, failed: {1}", word, failed)
        texts = (
            *(job.title or tr("Files"), self._network.node_title(job.node), _when(job.added_at)),
            *(str(job.total), _size(job.n_bytes), word),
        )
        for column, text in enumerate(texts):
            item = self.table.item(row, column)
            if item is None:
                item = QTableWidgetItem()
                self.table.setItem(row, column, item)
            if item.text() != text:
                item.setText(text)
            if column in NUMBERS:
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        bad = bool(failed or job.reason)
        good = state in TIPS
        colour = COLOURS.warning if bad else COLOURS.text if not good else COLOURS.text_dim
        last = self.table.item(row, STATE)
        if last is not None:
            last.setForeground(QColor(colour))
            last.setToolTip(tr(TIPS[state]) if good else "")

    def selected(self) -> list[Job]:
        """The jobs that are selected."""
        rows = {index.row() for index in self.table.selectionModel().selectedRows()}
        return [job for row, job in enumerate(self._jobs) if row in rows]

    def _tell(self) -> None:
        """Say why something waits; counted down while it does."""
        if self._network.problem:
            self._say(self._network.problem, warning=True)
            return
        if not self._jobs:
            self._say(tr("Nothing is being sent. Choose Network ▸ Send Study, or Send… in the list of studies."))
            return
        chosen = self.selected() or self._jobs
        job = next((job for job in chosen if job.reason), None)
        if job is None:
            done = sum(job.done for job in self._jobs)
            total = sum(job.total for job in self._jobs)
            text = tr("{0} of {1} objects are at their servers.", done, total)
            deaf = self._network.deaf if any(job.state == "sent" for job in self._jobs) else ""
            if deaf:
                text += " " + tr("Whether they are kept cannot be heard: {0}", shown(deaf))
            self._say(text, warning=bool(deaf))
            return
        text = shown(job.reason)
        if job.due_at is not None:
            left = max(0, round(job.due_at - time.time()))
            text += " " + (tr("Next try in {0} s.", left) if left < 120 else tr("Next try in {0} min.", left // 60))
        else:
            text += " " + tr("Press Retry when this is mended.")
        self._say(text, warning=True)

    def _say(self, text: str, *, warning: bool = False) -> None:
        self.said.setStyleSheet(f"color: {COLOURS.warning if warning else COLOURS.text_dim}")
        if self.said.text() != text:
            self.said.setText(text)

    def _update(self) -> None:
        chosen = self.selected()
        nothing = "" if chosen else tr("Nothing is selected.")
        open_jobs = [job for job in chosen if job.done < job.total]
        troubled = [job for job in (chosen or self._jobs) if job.reason or job.counts.get("failed")]
        done = any(job.done == job.total for job in self._jobs)
        paused = bool(open_jobs) and all(job.paused for job in open_jobs)
        self.pause.setText(tr("Go On") if paused else tr("Pause"))
        for button, possible, why, tip in (
            (self.retry, bool(troubled), tr("Nothing has failed."), tr("Try at once what failed or waits to be tried")),
            (self.pause, bool(open_jobs), nothing or tr("It is done."), tr("Hold back what was not sent yet")),
            (self.remove, bool(chosen), nothing, tr("Take it out of the list; what was sent stays at the server")),
            (self.clear, done, tr("Nothing is done."), tr("Take out of the list what is sent and confirmed")),
        ):
            button.setEnabled(possible)
            button.setToolTip(tip if possible else why)
        self._tell()

    def _do(self, act: Any) -> None:
        self._network.with_queue("act", lambda queue, _: act(queue), lambda _: self._network.refresh())

    def _retry(self) -> None:
        chosen = [job.id for job in self.selected()]

        def act(queue: Any) -> None:
            if not chosen:
                queue.retry()
            for job in chosen:
                queue.retry(job)

        self._do(act)

    def _pause(self) -> None:
        jobs = [job for job in self.selected() if job.done < job.total]
        paused = not all(job.paused for job in jobs)
        self._do(lambda queue: [queue.pause(job.id, paused=paused) for job in jobs])

    def _remove(self) -> None:
        jobs = [job.id for job in self.selected()]
        self._do(lambda queue: [queue.remove(job) for job in jobs])


def _when(moment: float) -> str:
    found = QDateTime.fromSecsSinceEpoch(int(moment))
    clock = QLocale().toString(found.time(), "HH:mm")
    return f"{date_text(found.date().toPython())} {clock}"  # type: ignore[arg-type]


def _size(count: int) -> str:
    return f"{count / 1e6:.1f} MB" if count < 1e9 else f"{count / 1e9:.2f} GB"
