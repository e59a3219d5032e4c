"""The worklist: the studies in watched folders and those that arrive, to find, open and mark."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, QTimer, QUrl
from PySide6.QtGui import QAction, QCloseEvent, QDesktopServices, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.window.page import Page
from app.window.worklist_detail import DetailStrip
from app.window.worklist_filters import Filters
from app.window.worklist_table import StudyTable, name_text
from app.window.worklist_values import Detail, Found
from app.window.worklist_view import StudyView
from app.worklist.model import REJECT_REASONS, STATE_TITLES, Marks, Query, State, StudyRow
from widgets.theme import COLOURS, icon_pixmap
from widgets.translation import shown, tr

if TYPE_CHECKING:
    from app.main_window import MainWindow

MOST_MARKED = 500
"""So many studies are marked at once; more is a mistake of the hand."""
CHANGED_MS = 150
"""How long changes are gathered before the list is asked for anew."""


class WorklistPage(Page):
    """Studies as a table, with what narrows it above and the selected one below.

    Parameters
    ----------
    window : MainWindow
    """

    def __init__(self, window: MainWindow, parent: QWidget | None = None) -> None:
        content = QWidget()
        super().__init__(tr("Worklist"), content, parent)
        self._window, self.worklist = window, window.worklist
        self.model = StudyTable(self.worklist, self)
        self._selected: int | None = None
        """The selected study's number in the index: it stays selected where the order changes."""
        self._pending = self._opens = False
        """Whether an answer is on its way, and whether its first study is to be opened."""
        box = QVBoxLayout(content)
        box.setSpacing(8)
        self.search, self.folders = QLineEdit(), QPushButton(tr("Folders…"))
        self.filters = Filters()
        self.table, self.detail = StudyView(self.model, window.settings), DetailStrip()
        self.pages = QStackedWidget()
        self.said = QLabel()
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setProperty("role", "dim")
        self._build_search(box)
        box.addWidget(self.filters)
        self.table.customContextMenuRequested.connect(self._menu)
        self.table.doubleClicked.connect(lambda _: self.open())
        self.table.sorted_otherwise.connect(self.ask)
        self.table.typed.connect(self._typed)
        self.table.selectionModel().selectionChanged.connect(self._selection_changed)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.addWidget(self.table)
        splitter.addWidget(self.detail)
        splitter.setStretchFactor(0, 1)
        splitter.setSizes([420, 170])
        splitter.setChildrenCollapsible(False)
        self.pages.addWidget(splitter)
        self.pages.addWidget(self._empty_page())
        box.addWidget(self.pages, 1)
        self._build_actions()
        box.addLayout(self._buttons())
        self._later = QTimer(self, singleShot=True, interval=CHANGED_MS)
        self._later.timeout.connect(self.ask)
        self.filters.changed.connect(self.ask)
        self.filters.clear_button.clicked.connect(self._clear)
        self.worklist.changed.connect(self._changed)
        self.worklist.failed.connect(self._failed)
        self.worklist.folders_changed.connect(self._show_running)
        self.worklist.listen(self)
        self.detail.prior_wanted.connect(self._open_beside)
        self.model.note_written.connect(self._write_note)
        # Enter opens a study, from wherever it is pressed.
        for buttons in self.findChildren(QDialogButtonBox):
            buttons.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
        self.resize(1240, 760)
        self.refresh()

    # -- construction ----------------------------------------------------------------------------------------------

    def _build_search(self, box: QVBoxLayout) -> None:
        row = QHBoxLayout()
        self.search.setPlaceholderText(tr("Search: name, ID, accession, body part, note, date …"))
        self.search.setToolTip(
            tr(
                "Every word must be found; parts of words do. Also: today, last week, 2026-01, 1.2.2026..3.2.2026, "
                "name:meier, id:123, acc:77 (Ctrl+F)"
            )
        )
        self.search.setClearButtonEnabled(True)
        self.search.setAccessibleName(tr("Search"))
        self.search.textChanged.connect(lambda _: self.ask())
        self.search.installEventFilter(self)
        self.folders.setToolTip(tr("Which folders are watched; add and remove them"))
        self.folders.setAutoDefault(False)
        self.folders.clicked.connect(self.worklist.show_folders)
        row.addWidget(self.search, 1)
        row.addWidget(self.folders)
        box.addLayout(row)

    def _empty_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setSpacing(10)
        picture, title, text = QLabel(), QLabel(tr("No studies yet")), QLabel()
        picture.setPixmap(icon_pixmap("folder", 44, COLOURS.text_disabled))
        title.setProperty("role", "title")
        text.setText(tr("Add the folders that hold your studies. They are listed here; nothing is copied or changed."))
        self.add_button = QPushButton(tr("Add Folder…"))
        self.add_button.setProperty("primary", True)
        self.add_button.clicked.connect(lambda: self.worklist.choose_folder(self))
        self.demonstration_button = QPushButton(tr("Open Demonstration Case"))
        self.demonstration_button.clicked.connect(self._demonstrate)
        column.addStretch(2)
        for label in (picture, title, text):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setWordWrap(label is text)
            column.addWidget(label)
        for button in (self.add_button, self.demonstration_button):
            button.setAutoDefault(False)
            button.setMinimumWidth(220)
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        return page

    def _build_actions(self) -> None:
        add = self._add_action
        self.open_action = add(tr("Open"), "Return", self.open, tr("Open the selected study"), on_table=True)
        self.open_action.setShortcuts([QKeySequence("Return"), QKeySequence("Enter")])
        self.beside_action = add(
            tr("Open Beside"), "Shift+Return", self._open_selected_beside, tr("Show it beside what is on screen")
        )
        self.star_action = add(tr("Star"), "Space", self._star, tr("Set studies apart to come back to"), on_table=True)
        self.new_action = add(tr("Mark as New"), "Ctrl+N", partial(self.mark, "new"), "")
        self.read_action = add(tr("Mark as Read"), "Ctrl+R", partial(self.mark, "read"), "")
        self.note_action = add(tr("Note"), "F2", self.table.edit_note, tr("Write a note into the list"), on_table=True)
        self.remove_action = add(
            tr("Remove from the List"), "Delete", self._remove, tr("The files stay where they are"), on_table=True
        )
        self.undo_action = add(tr("Undo"), "Ctrl+Z", self.worklist.undo, "")
        self.redo_action = add(tr("Redo"), "Ctrl+Shift+Z", self.worklist.redo, "")
        self.redo_action.setShortcuts([QKeySequence("Ctrl+Shift+Z"), QKeySequence("Ctrl+Y")])
        add(tr("Search"), "Ctrl+F", self._focus_search, "")
        self.next_action = add(
            tr("Mark as Read and Next"), "Ctrl+Shift+N", self.worklist.opener.read_and_next, self._next_tip()
        )

    def _next_tip(self) -> str:
        return tr("The study on screen is marked as read, and the next in this list is opened")

    def _add_action(
        self, text: str, keys: str, function: Callable[[], object], tip: str, *, on_table: bool = False
    ) -> QAction:
        action = QAction(text, self)
        action.setShortcut(QKeySequence(keys))
        action.setToolTip(f"{tip or text} ({QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)})")
        action.triggered.connect(lambda _=False: function())
        if on_table:
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            self.table.addAction(action)
        else:
            self.addAction(action)
        return action

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self.said, 1)
        self.undo_button = self._button(self.undo_action)
        self.reject_button = QPushButton(tr("Reject"))
        self.reject_button.setMenu(self._reject_menu(self))
        self.read_button = self._button(self.read_action)
        self.next_button = self._button(self.next_action)
        self.open_button = self._button(self.open_action)
        self.open_button.setProperty("primary", True)
        self._row_buttons = (
            *(self.undo_button, self.reject_button, self.read_button, self.next_button, self.open_button),
        )
        for button in self._row_buttons:
            button.setAutoDefault(False)
            row.addWidget(button)
        return row

    def _button(self, action: QAction) -> QPushButton:
        button = QPushButton(action.text())
        button.setToolTip(action.toolTip())
        button.clicked.connect(lambda _=False: action.trigger())
        return button

    # -- asking ----------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Bring the list up to date; the study that was opened last is selected."""
        if self.worklist.opener.last is not None and self.worklist.opener.last != self._selected:
            self._selected = self.worklist.opener.last
            self.table.clearSelection()
        self.ask()
        self.worklist.values(self.filters.show_values)
        self.worklist.refresh_folders()
        self.search.setFocus()

    @property
    def asked(self) -> Query:
        """What is asked for."""
        order, descending = self.table.order
        return self.filters.narrowed(Query(text=self.search.text(), order=order, descending=descending))

    def ask(self) -> None:
        """Ask for the list as it is narrowed and sorted now."""
        self._later.stop()
        self._pending = True
        self.worklist.find(self.asked, self._take)

    def _take(self, found: Found) -> None:
        result = found.result
        self.pages.setCurrentIndex(0 if found.known else 1)
        for widget in (self.filters, *self._row_buttons):
            widget.setVisible(bool(found.known))
        self.model.take(found)
        self.filters.show_counts(result)
        if not found.known:
            text = tr("Looking through your folders…") if self.worklist.running else ""
        elif not result.ids.size:
            text = tr("No study is found. Change the words or press Clear.")
        elif result.ids.size == 1:
            text = tr("1 study")
        else:
            text = tr("{0} studies", result.ids.size)
        if result.note:
            text += "   " + tr("Not understood: {0}", result.note)
        self._say(text, warning=bool(result.note))
        self._select_again()
        self._update()
        self._pending, opens, self._opens = False, self._opens, False
        if opens:
            self.open()

    def _select_again(self) -> None:
        place = self.model.place(self._selected) if self._selected is not None else -1
        if self.table.selectionModel().hasSelection():
            self._show_selected()
            return
        if place < 0 and self.model.rowCount():
            place = 0
        if place >= 0:
            self.table.select(place)
        else:
            self.detail.show_study(None)

    def _changed(self) -> None:
        if self.isVisible() and not self._later.isActive():
            self._later.start()
            self.worklist.values(self.filters.show_values)

    def _failed(self, text: str) -> None:
        self._say(shown(text), warning=True)

    def _show_running(self) -> None:
        """Say that folders are looked through while the list is empty."""
        if self.pages.currentIndex() == 1:
            self._say(tr("Looking through your folders…") if self.worklist.running else "")

    def _say(self, text: str, *, warning: bool = False) -> None:
        self.said.setStyleSheet(f"color: {COLOURS.warning if warning else COLOURS.text_dim}")
        self.said.setText(text)

    def _clear(self) -> None:
        self.search.clear()
        self.filters.clear()

    # -- selection -------------------------------------------------------------------------------------------------

    @property
    def selected(self) -> list[StudyRow]:
        """The selected studies that have been read, in the order of the list."""
        places = self.table.places[:MOST_MARKED]
        return [row for row in (self.model.row(place) for place in places) if row is not None]

    @property
    def current(self) -> StudyRow | None:
        """The study that the detail is of."""
        index = self.table.currentIndex()
        return self.model.row(index.row()) if index.isValid() else None

    def _selection_changed(self, *_: object) -> None:
        self._show_selected()
        self._update()

    def _show_selected(self) -> None:
        row = self.current
        if row is None:
            return
        if self._selected != row.id or not self.detail.series.topLevelItemCount():
            self._selected = row.id
            self.detail.show_study(row)
        self.worklist.detail(row, self._take_detail)

    def _take_detail(self, detail: Detail) -> None:
        row = self.current
        if row is not None and row.id == detail.study.id:
            self.detail.show_study(row)
            self.detail.show_detail(detail)

    def _update(self) -> None:
        rows = self.selected
        none = tr("Select a study first.")
        openable = any(row.there in ("all", "some") for row in rows)
        why = "" if openable else none if not rows else tr("The files of this study are not there now.")
        for action in (self.open_action, self.beside_action):
            action.setEnabled(openable)
        self.open_button.setEnabled(openable)
        self.open_button.setToolTip(why or self.open_action.toolTip())
        for button in (self.read_button, self.reject_button):
            button.setEnabled(bool(rows))
        self.read_button.setToolTip(self.read_action.toolTip() if rows else none)
        self.reject_button.setToolTip(tr("Reject studies for their quality, and say why") if rows else none)
        reading = bool(self._window.opening.study)
        self.next_button.setEnabled(reading)
        self.next_button.setToolTip(self.next_action.toolTip() if reading else tr("No study is open."))
        done = self.worklist.done[-1].text if self.worklist.done else ""
        self.undo_button.setEnabled(bool(done))
        self.undo_button.setToolTip(tr("Take back: {0} (Ctrl+Z)", done) if done else tr("There is nothing to undo."))

    # -- opening ---------------------------------------------------------------------------------------------------

    def open(self) -> None:
        """Open the selected study; the page makes room for it."""
        row = self.current
        if row is not None:
            self.worklist.opener.open(row, self._opened)

    def _opened(self, is_open: bool) -> None:
        if is_open and self.screen() is self._window.screen():
            self.close()
            self._window.activateWindow()

    def _open_selected_beside(self) -> None:
        row = self.current
        if row is not None:
            self._open_beside(row.uid)

    def _open_beside(self, uid: str) -> None:
        self.worklist.opener.open_beside(uid)
        self._opened(True)

    def _demonstrate(self) -> None:
        self._window.action_set["open_demonstration"].trigger()
        self._opened(True)

    # -- marking ---------------------------------------------------------------------------------------------------

    def mark(self, state: State, reason: str = "") -> None:
        """Mark the selected studies."""
        self._change(
            tr("Mark as {0}", tr(STATE_TITLES[state])), lambda marks: replace(marks, state=state, reason=reason)
        )

    def _change(self, text: str, changed: Callable[[Marks], Marks], rows: Sequence[StudyRow] | None = None) -> bool:
        """Mark studies, those that are selected if none are named; whether it was done."""
        if rows is None:
            rows = self.selected
            if len(rows) < len(self.table.places):
                self._say(tr("Too many studies are selected. Up to {0} are marked at once.", MOST_MARKED), warning=True)
                return False
        before = {row.uid: row.marks for row in rows}
        self.worklist.mark(before, {uid: changed(marks) for uid, marks in before.items()}, text)
        return True

    def _star(self) -> None:
        on = not all(row.marks.flag for row in self.selected)
        self._change(tr("Star"), lambda marks: replace(marks, flag=on))

    def _remove(self) -> None:
        """Take studies off the list, or put them back where those that were removed are shown."""
        back = self.filters.removed.isChecked()
        text = tr("Put Back into the List") if back else tr("Remove from the List")
        count = len(self.selected)
        done = self._change(text, lambda marks: replace(marks, removed=not back))
        if done and count and not back:
            self._window.tell_status(tr("Removed from the list: {0}. The files stay where they are.", count))

    def _write_note(self, row: StudyRow, text: str) -> None:
        self._change(tr("Note"), lambda marks: replace(marks, note=text), [row])

    # -- menus -----------------------------------------------------------------------------------------------------

    def _reject_menu(self, parent: QWidget) -> QMenu:
        menu = QMenu(tr("Reject"), parent)
        for code, title in REJECT_REASONS.items():
            menu.addAction(tr(title)).triggered.connect(lambda _=False, code=code: self.mark("rejected", code))
        return menu

    def _menu(self, place: QPoint) -> None:
        if self.selected:
            self.context_menu().popup(self.table.viewport().mapToGlobal(place))

    def context_menu(self) -> QMenu:
        """What can be done with the selected studies."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions([self.open_action, self.beside_action])
        menu.addSeparator()
        menu.addActions([self.new_action, self.read_action])
        menu.addMenu(self._reject_menu(menu))
        menu.addActions([self.star_action, self.note_action])
        menu.addSeparator()
        there = self.open_action.isEnabled()
        for text, function in (
            (tr("Show in Folder"), self._show_in_folder),
            (tr("Send…"), self._send),
            (tr("De-identify…"), self._deidentify),
        ):
            action = menu.addAction(text)
            action.setEnabled(there)
            action.triggered.connect(lambda _=False, function=function: function())
        menu.addSeparator()
        back = self.filters.removed.isChecked()
        self.remove_action.setText(tr("Put Back into the List") if back else tr("Remove from the List"))
        menu.addAction(self.remove_action)
        menu.addAction(self.undo_action)
        self.undo_action.setEnabled(True)
        return menu

    def _with_paths(self, function: Callable[[list[Path], str], object]) -> None:
        rows = self.selected
        title = ", ".join(part for part in (name_text(rows[0]), rows[0].description) if part) if len(rows) == 1 else ""
        title = title or tr("{0} studies", len(rows))

        def take(paths: list[Path]) -> None:
            if paths:
                function(paths, title)
            else:
                self._say(tr("The files of this study are not there now."), warning=True)

        self.worklist.places([row.uid for row in rows], take)

    def _send(self) -> None:
        self._with_paths(self._window.network.send)

    def _deidentify(self) -> None:
        self._with_paths(lambda paths, _: self._window.handlers.export.deidentify(paths))

    def _show_in_folder(self) -> None:
        def show(paths: list[Path], _: str) -> None:
            first = paths[0]
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(first if first.is_dir() else first.parent)))

        self._with_paths(show)

    # -- Qt's ------------------------------------------------------------------------------------------------------

    def _focus_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _typed(self, text: str) -> None:
        self.search.setFocus()
        self.search.insert(text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's: the arrows in the search line move in the list, Enter opens."""
        if watched is self.search and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_PageDown):
                self.table.setFocus()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                # Of what is asked for now, and not of what is still shown.
                self._opens = self._pending
                if not self._pending:
                    self.open()
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's: Escape empties the search line first."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.search.text():
            self.search.clear()
        else:
            self.close()

    def changeEvent(self, event: QEvent) -> None:
        """Qt's: another program may have changed the list."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow() and hasattr(self, "_later"):
            self._changed()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Qt's: the columns are remembered."""
        self.table.remember()
        super().closeEvent(event)

    def minimumSizeHint(self) -> QSize:
        """Qt's: small enough for half a monitor."""
        return QSize(720, 420)
