"""The page on which servers are asked, and studies and series fetched."""

from __future__ import annotations

import datetime
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QDate, QEvent, QObject, Qt
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QDateEdit,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.dicom.net.query import DAYS, MOST, FoundSeries, FoundStudy, Query
from app.jobs import Callbacks, Partial
from app.session import sentence
from app.window.corner_text import date, person_name, time
from app.window.network_fetches import STATES, Fetch
from app.window.page import Page
from app.window.query_list import (
    ACCESSION,
    BODY_PART,
    FOUND,
    FRACTION,
    OBJECTS,
    SERVER,
    STATE,
    StateDelegate,
    StudyRow,
    ask_node,
)
from recon.progress import Progress
from widgets.flow_layout import FlowLayout
from widgets.plain_label import plain_label
from widgets.theme import COLOURS
from widgets.translation import mark, shown, tr

if TYPE_CHECKING:
    from app.dicom.net.nodes import Node
    from app.main_window import MainWindow

MODALITIES = ("", "CR", "DX", "MG", "RF", "XA", "CT", "MR", "PT", "NM", "US", "IO", "PX", "SR")
COLUMNS = (
    *(mark("Patient"), mark("ID"), mark("Born"), mark("Date"), mark("Description"), mark("Modality")),
    *(mark("Body part"), mark("Accession"), mark("Objects"), mark("Server"), mark("State")),
)
ASK, SERIES = "ask", "series"

EXAMPLE = "CHEST"


class QueryPage(Page):
    """Asks several servers at once; what they have is fetched from here.

    Parameters
    ----------
    window : MainWindow
    """

    def __init__(self, window: MainWindow, parent: QWidget | None = None) -> None:
        content = QWidget()
        super().__init__(tr("Query and Retrieve"), content, parent)
        self._window, self._network = window, window.network
        self._worker = window.network.query_worker
        self._slots: set[str] = set()
        self._errors: list[str] = []
        self._asked: dict[str, Node] = {}
        self._servers: dict[str, QCheckBox] = {}
        self._rows: dict[str, QTreeWidgetItem] = {}
        """The studies by their UIDs."""
        box = QVBoxLayout(content)
        box.setSpacing(10)
        box.addLayout(self._server_row())
        box.addLayout(self._fields())
        self.tree = self._tree()
        box.addWidget(self.tree, 1)
        self.said = plain_label()
        box.addWidget(self.said)
        box.addLayout(self._buttons())
        window.network.nodes_changed.connect(self._show_servers)
        window.network.fetches.changed.connect(self._fetch_changed)
        self.resize(1220, 700)
        self.refresh()

    # -- construction ----------------------------------------------------------------------------------------------

    def _server_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(QLabel(tr("Servers")))
        holder = QWidget()
        self._boxes = FlowLayout(holder, gap=16)
        row.addWidget(holder, 1)
        self.servers_button = QPushButton(tr("Servers…"))
        self.servers_button.setAutoDefault(False)
        self.servers_button.clicked.connect(self._network.show_servers)
        row.addWidget(self.servers_button)
        return row

    def _fields(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        self.name, self.patient_id, self.accession, self.body_part = (QLineEdit() for _ in range(4))
        self.name.setPlaceholderText(tr("family name, given name"))
        self.name.setToolTip(tr("The beginning is enough: meier, an. Wildcards of your own: * and ?"))
        self.patient_id.setToolTip(tr("Wildcards: * and ?"))
        self.body_part.setPlaceholderText(EXAMPLE)
        self.body_part.setToolTip(tr("As DICOM writes it: CHEST, ABDOMEN, KNEE, BREAST …"))
        self.days = QComboBox()
        for word, title in DAYS.items():
            self.days.addItem(tr(title), word)
        self.days.currentIndexChanged.connect(lambda _: self._show_range())
        today = QDate.currentDate()
        self.first, self.last = QDateEdit(today.addDays(-6)), QDateEdit(today)
        for entry in (self.first, self.last):
            entry.setCalendarPopup(True)
            entry.setDisplayFormat("yyyy-MM-dd")
        self.modality = QComboBox()
        for word in MODALITIES:
            self.modality.addItem(word or tr("any"), word)
        self.search = QPushButton(tr("Search"))
        self.search.setProperty("primary", True)
        self.search.setDefault(True)
        self.search.clicked.connect(self.ask)
        self.clear = QPushButton(tr("Clear"))
        self.clear.setToolTip(tr("Empty all fields"))
        self.clear.setAutoDefault(False)
        self.clear.clicked.connect(self._clear)
        for column, (title, control, stretch) in enumerate(
            (
                (tr("Patient name"), self.name, 3),
                (tr("Patient ID"), self.patient_id, 2),
                (tr("Accession"), self.accession, 2),
                (tr("Study date"), self.days, 2),
                (tr("Modality"), self.modality, 1),
                (tr("Body part"), self.body_part, 2),
            )
        ):
            label = QLabel(title)
            label.setProperty("role", "dim")
            label.setBuddy(control)
            control.setAccessibleName(title)
            grid.addWidget(label, 0, column)
            grid.addWidget(control, 1, column)
            grid.setColumnStretch(column, stretch)
        self.range = QWidget()
        row = QHBoxLayout(self.range)
        row.setContentsMargins(0, 0, 0, 0)
        for text, entry in ((tr("From"), self.first), (tr("to"), self.last)):
            label = QLabel(text)
            label.setBuddy(entry)
            entry.setAccessibleName(text)
            row.addWidget(label)
            row.addWidget(entry)
        row.addStretch(1)
        grid.addWidget(self.range, 2, 3, 1, 5)
        grid.addWidget(self.clear, 1, 6)
        grid.addWidget(self.search, 1, 7)
        for field in (self.name, self.patient_id, self.accession, self.body_part):
            field.setClearButtonEnabled(True)
        self._show_range()
        return grid

    def _tree(self) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setColumnCount(len(COLUMNS))
        tree.setHeaderLabels([tr(title) for title in COLUMNS])
        tree.headerItem().setTextAlignment(OBJECTS, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        tree.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        tree.setUniformRowHeights(True)
        tree.setAllColumnsShowFocus(True)
        tree.setAccessibleName(tr("Studies found"))
        tree.setItemDelegateForColumn(STATE, StateDelegate(tree))
        header = tree.header()
        header.setStretchLastSection(False)
        for column, width in enumerate((190, 90, 106, 150, 150, 68, 84, 84, 60, 130, 130)):
            tree.setColumnWidth(column, width)
        header.setSectionResizeMode(4, QHeaderView.ResizeMode.Stretch)
        tree.setSortingEnabled(True)
        tree.sortByColumn(3, Qt.SortOrder.DescendingOrder)
        tree.itemExpanded.connect(self._expanded)
        tree.itemSelectionChanged.connect(self._update)
        tree.itemDoubleClicked.connect(lambda *_: self.get())
        tree.installEventFilter(self)
        return tree

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.opens = QCheckBox(tr("Open when the first series is there"))
        self.opens.setChecked(True)
        self.priors = QPushButton(tr("Priors"))
        self.priors.setToolTip(tr("Look for all studies of the selected patient"))
        self.priors.clicked.connect(self._look_for_priors)
        self.retry = QPushButton(tr("Retry Failed"))
        self.retry.setToolTip(tr("Fetch what did not arrive; what is here stays"))
        self.retry.clicked.connect(lambda: self._each(self._network.fetches.retry))
        self.cancel = QPushButton(tr("Cancel"))
        self.cancel.setToolTip(tr("Stop fetching the selected studies; what arrived is kept"))
        self.cancel.clicked.connect(lambda: self._each(self._network.fetches.cancel))
        self.fetch = QPushButton(tr("Get"))
        self.fetch.setProperty("primary", True)
        self.fetch.clicked.connect(self.get)
        row.addWidget(self.opens)
        row.addStretch(1)
        for button in (self.priors, self.retry, self.cancel, self.fetch):
            row.addWidget(button)
            button.setAutoDefault(False)
        return row

    # -- servers and fields ----------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show the servers there are, and what is being fetched."""
        self._show_servers()
        self._update()
        self.name.setFocus()

    def _show_servers(self) -> None:
        chosen = {identity for identity, box in self._servers.items() if box.isChecked()}
        remembered = bool(self._servers)
        while self._boxes.count():
            item = self._boxes.takeAt(0)
            box = item.widget() if item is not None else None
            if box is not None:
                box.deleteLater()
        self._servers = {}
        for node in self._network.nodes.nodes:
            choice = QCheckBox(node.name.replace("&", "&&"))
            choice.setChecked(node.id in chosen or not remembered)
            choice.toggled.connect(lambda _: self._update())
            self._boxes.addWidget(choice)
            self._servers[node.id] = choice
        if not self._servers:
            self._say(tr("No server is entered yet. Press Servers… and enter one."))
        self._update()

    def _show_range(self) -> None:
        self.range.setVisible(self.days.currentData() == "range")

    def _clear(self) -> None:
        for entry in (self.name, self.patient_id, self.accession, self.body_part):
            entry.clear()
        self.days.setCurrentIndex(0)
        self.modality.setCurrentIndex(0)
        self.name.setFocus()

    def query(self) -> Query:
        """What is asked."""
        found = Query(
            patient_name=self.name.text().strip(),
            patient_id=self.patient_id.text().strip(),
            accession=self.accession.text().strip(),
            modality=self.modality.currentData(),
            body_part=self.body_part.text().strip().upper(),
        )
        days = self.days.currentData()
        if days != "range":
            return found.with_days(days, datetime.date.today())  # noqa: DTZ011 - the reader's own day
        ends = sorted((self.first.date(), self.last.date()), key=lambda day: day.toJulianDay())
        first, last = (day.toString("yyyyMMdd") for day in ends)
        return Query(**{**vars(found), "first_day": first, "last_day": last})

    def chosen_nodes(self) -> list[Node]:
        """The servers that are asked."""
        return [node for node in self._network.nodes.nodes if self._servers[node.id].isChecked()]

    # -- asking ----------------------------------------------------------------------------------------------------

    def ask(self) -> None:
        """Ask the chosen servers, all at once."""
        nodes, query = self.chosen_nodes(), self.query()
        if not nodes:
            self._say(tr("Choose a server first."), warning=True)
            return
        if query.is_empty:
            self._say(tr("Enter something to look for, or choose a date: servers hold many studies."), warning=True)
            return
        self._errors, self._asked = [], {node.id: node for node in nodes}
        self.tree.clear()
        self._rows = {}
        self._say(tr("Asking {0}…", ", ".join(node.name for node in nodes)))
        credentials, spool = self._network.credentials, self._network.spool

        def work(progress: Progress, partial_result: Partial) -> None:
            def one(node: Node) -> None:
                try:
                    found = ask_node(node, credentials, query, progress)
                    partial_result((node, [(study, spool.count(study.uid)) for study in found]))
                except Exception as error:
                    if not progress.cancelled:
                        partial_result((node, error))

            with ThreadPoolExecutor(len(nodes), thread_name_prefix="bocage-query") as pool:
                list(pool.map(one, nodes))
            progress.step(1.0)

        self._worker.submit(
            ASK,
            work,
            Callbacks(
                result=lambda _: self._asked_all(),
                partial=self._take,
                error=lambda error: self._say(sentence(error), warning=True),
            ),
        )
        self._update()

    def look_for_patient(self, patient_id: str, name: str) -> None:
        """Look for all studies of a patient: by ID, or by name where there is none."""
        self._clear()
        if patient_id:
            self.patient_id.setText(patient_id)
        else:
            self.name.setText(name)
        if self._servers and (patient_id or name):
            self.ask()

    def _take(self, answer: tuple[Node, Any]) -> None:
        node, found = answer
        if isinstance(found, Exception):
            self._errors.append(sentence(found))
        else:
            self.tree.setSortingEnabled(False)
            for study, here in found:
                self._add_study(node, study, here)
            self.tree.setSortingEnabled(True)
            self._hide_empty()
            if len(found) >= MOST:
                self._errors.append(
                    tr("{0}: only the first {1} studies are shown. Narrow the search.", node.name, MOST)
                )
        self._tell()

    def _asked_all(self) -> None:
        self._tell(ended=True)
        first = self.tree.topLevelItem(0)
        if first is not None and not self.tree.selectedItems():
            self.tree.setCurrentItem(first)
        self._update()

    def _tell(self, *, ended: bool = False) -> None:
        count = self.tree.topLevelItemCount()
        if count:
            text = tr("1 study.") if count == 1 else tr("{0} studies.", count)
        else:
            text = tr("No study was found.") if ended and not self._errors else ""
        self._say(" ".join(part for part in (text, *map(shown, self._errors)) if part), warning=bool(self._errors))

    def _say(self, text: str, *, warning: bool = False) -> None:
        self.said.setStyleSheet(f"color: {COLOURS.warning if warning else COLOURS.text_dim}")
        self.said.setText(text)

    def _add_study(self, node: Node, study: FoundStudy, here: int) -> None:
        key = study.uid
        known = self._rows.get(key)
        if known is not None:
            self._add_source(known, node, study)
            return
        item = StudyRow()
        texts = (
            *(person_name(study.patient_name) or tr("No patient name"), study.patient_id, date(study.birth_date)),
            f"{date(study.date)} {time(study.time)}".strip(),
            *(study.description, ", ".join(study.modalities), ", ".join(study.body_parts), study.accession),
            *(str(study.count or ""), node.name, self._here(study, here)),
        )
        for column, text in enumerate(texts):
            item.setText(column, text)
        item.setTextAlignment(OBJECTS, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        item.setData(0, FOUND, study)
        item.setData(3, FOUND, study.date + study.time)
        item.setData(2, FOUND, study.birth_date)
        item.setChildIndicatorPolicy(QTreeWidgetItem.ChildIndicatorPolicy.ShowIndicator)
        self.tree.addTopLevelItem(item)
        self._rows[key] = item
        fetch = self._network.fetches.known.get((study.node, study.uid))
        if fetch is not None:
            self._show_fetch(item, fetch)

    @staticmethod
    def _here(study: FoundStudy, here: int) -> str:
        """What is said of a study that was fetched or received before."""
        if not here:
            return ""
        return tr("{0}: {1} of {2}", tr("Here"), here, study.count) if here < study.count else tr("Here")

    def _add_source(self, item: QTreeWidgetItem, node: Node, study: FoundStudy) -> None:
        """Another server has the study too: it is fetched from the one that has more of it."""
        item.setText(SERVER, tr("{0}, {1}", item.text(SERVER), node.name))
        shown_study: FoundStudy = item.data(0, FOUND)
        if study.count > shown_study.count:
            item.setData(0, FOUND, study)
            item.setText(OBJECTS, str(study.count))

    def _hide_empty(self) -> None:
        """Columns in which nothing stands leave their room to the others."""
        items = [self.tree.topLevelItem(row) for row in range(self.tree.topLevelItemCount())]
        rows = [item for item in items if item is not None]
        rows += [child for item in list(rows) for row in range(item.childCount()) if (child := item.child(row))]
        for column in (BODY_PART, ACCESSION):
            self.tree.setColumnHidden(column, bool(rows) and not any(item.text(column) for item in rows))

    def _expanded(self, item: QTreeWidgetItem) -> None:
        """Ask for the series of a study when it is looked into first."""
        study = item.data(0, FOUND)
        if not isinstance(study, FoundStudy) or item.childCount():
            return
        node, credentials = self._asked.get(study.node), self._network.credentials
        if node is None:
            return
        waiting = QTreeWidgetItem([tr("Asking…")])
        item.addChild(waiting)

        def work(progress: Progress, _: object) -> list[FoundSeries]:
            from app.dicom.net.client import connect

            client = connect(node, credentials)
            try:
                return client.series(study.uid, progress)
            finally:
                client.close()

        slot = f"{SERIES}:{study.node}:{study.uid}"
        self._slots.add(slot)
        self._worker.submit(
            slot,
            work,
            Callbacks(
                result=lambda found: self._take_series(study, found),
                error=lambda error: self._no_series(study, error),
            ),
        )

    def _take_series(self, study: FoundStudy, found: list[FoundSeries]) -> None:
        item = self._rows.get(study.uid)
        if item is None:
            return
        item.takeChildren()
        for series in sorted(found, key=lambda one: (len(one.number), one.number)):
            row = QTreeWidgetItem()
            name = tr("Series {0}", series.number) if series.number else tr("Series")
            for column, text in (
                (0, name),
                (4, series.description),
                (5, series.modality),
                (BODY_PART, series.body_part),
                (OBJECTS, str(series.count or "")),
            ):
                row.setText(column, text)
            row.setTextAlignment(OBJECTS, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            row.setData(0, FOUND, series)
            item.addChild(row)
        self._hide_empty()

    def _no_series(self, study: FoundStudy, error: Exception) -> None:
        item = self._rows.get(study.uid)
        if item is not None:
            item.takeChildren()
            item.setExpanded(False)
        self._say(sentence(error), warning=True)

    # -- fetching --------------------------------------------------------------------------------------------------

    def selected(self) -> dict[tuple[str, str], tuple[str, ...]]:
        """What is selected: by study the UIDs of the series, () for all."""
        found: dict[tuple[str, str], tuple[str, ...]] = {}
        for item in self.tree.selectedItems():
            value = item.data(0, FOUND)
            if isinstance(value, FoundStudy):
                found[value.node, value.uid] = ()
            elif isinstance(value, FoundSeries):
                key = (value.node, value.study_uid)
                if found.get(key, ("",)) != ():
                    found[key] = (*found.get(key, ()), value.uid)
        return found

    def get(self) -> None:
        """Fetch what is selected."""
        for key, series in self.selected().items():
            node, item = self._asked.get(key[0]), self._rows.get(key[1])
            if node is not None and item is not None:
                study: FoundStudy = item.data(0, FOUND)
                title = ", ".join(part for part in (person_name(study.patient_name), study.description) if part)
                self._network.fetches.start(node, key[1], title, series=series, opens=self.opens.isChecked())
        self._update()

    def _each(self, act: Any) -> None:
        for key in self.selected():
            act(key)

    def _look_for_priors(self) -> None:
        for key in self.selected():
            study: FoundStudy = self._rows[key[1]].data(0, FOUND)
            self.look_for_patient(study.patient_id, study.patient_name)
            return

    def _fetch_changed(self, key: tuple[str, str]) -> None:
        item = self._rows.get(key[1])
        if item is not None and item.data(0, FOUND).node == key[0]:
            self._show_fetch(item, self._network.fetches.known[key])
        self._update()

    def _show_fetch(self, item: QTreeWidgetItem, fetch: Fetch) -> None:
        text = tr(STATES[fetch.state])
        if fetch.wanted and fetch.state != "done":
            text = tr("{0}: {1} of {2}", text, fetch.there, fetch.wanted)
        item.setText(STATE, text)
        item.setData(STATE, FRACTION, fetch.fraction if fetch.active else None)
        bad = fetch.state in ("failed", "partial")
        item.setForeground(STATE, QColor(COLOURS.warning if bad else COLOURS.text))
        if fetch.text and not fetch.active:
            self._say(shown(fetch.text), warning=bad)

    def _update(self) -> None:
        """Switch the buttons on and off; a disabled one says why."""
        if not hasattr(self, "fetch"):
            return
        keys = self.selected()
        known = [fetch for key in keys if (fetch := self._network.fetches.known.get(key)) is not None]
        nothing = "" if keys else tr("No study is selected.")
        for button, possible, why, tip in (
            (self.fetch, bool(keys), nothing, tr("Fetch the selected studies or series (Enter)")),
            (self.priors, len(keys) == 1, nothing or tr("Select one study."), tr("All studies of this patient")),
            (
                self.cancel,
                any(fetch.active for fetch in known),
                nothing or tr("Nothing of it is being fetched."),
                tr("Stop fetching the selected studies; what arrived is kept"),
            ),
            (
                self.retry,
                any(fetch.state in ("failed", "partial", "cancelled") for fetch in known),
                nothing or tr("Nothing of it has failed."),
                tr("Fetch what did not arrive; what is here stays"),
            ),
        ):
            button.setEnabled(possible)
            button.setToolTip(tip if possible else why)
        servers = bool(self._servers) and any(box.isChecked() for box in self._servers.values())
        self.search.setEnabled(servers)
        self.search.setToolTip("" if servers else tr("Choose a server first."))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in the list fetches; it would press the page's Search button."""
        pressed = watched is self.tree and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if pressed and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):  # type: ignore[attr-defined]
            self.get()
            return True
        return super().eventFilter(watched, event)

    def closeEvent(self, event: Any) -> None:
        """Stop asking; nothing comes back to a page that is gone."""
        for slot in (ASK, *self._slots):
            self._worker.cancel(slot)
        super().closeEvent(event)
