"""The dock of what the reader keeps: key images with notes, and the list of findings."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtGui import QIcon, QImage, QKeySequence, QPixmap, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.pictures.stage import Scene, Stage
from app.reading.findings import Finding, KeyImage
from app.reading.scale import picture_scale
from app.session import Reading
from app.window.sections import button, section
from recon.slab import Rect
from widgets.measurements import Measurement, Scale, measured
from widgets.theme import icon
from widgets.translation import shown, tr
from widgets.viewport_types import OverlayLevel

if TYPE_CHECKING:
    from app.main_window import MainWindow

THUMBNAIL = (240, 200)
IDENTITY = Qt.ItemDataRole.UserRole
TEXT, LOCATION, HEIGHT, SIZE = range(4)


class FindingsDock(QObject):
    """Shows and changes `Reading.key_images` and `Reading.findings`."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._session = window.session
        self.widget = QWidget()
        self.images = QListWidget()
        self.images.setViewMode(QListWidget.ViewMode.IconMode)
        self.images.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.images.setMovement(QListWidget.Movement.Static)
        self.images.setIconSize(QSize(THUMBNAIL[0] // 2, THUMBNAIL[1] // 2))
        self.images.setGridSize(QSize(THUMBNAIL[0] // 2 + 12, THUMBNAIL[1] // 2 + 52))
        self.images.setWordWrap(True)
        self.images.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.images.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.images.setAccessibleName(tr("Key images"))
        self.table = QTableWidget(0, 4)
        self.table.setHorizontalHeaderLabels([tr("Finding"), tr("Where"), tr("Height"), tr("Size")])
        self.table.setAccessibleName(tr("Findings"))
        self.table.verticalHeader().hide()
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(TEXT, QHeaderView.ResizeMode.Stretch)
        for column, width in ((LOCATION, 90), (HEIGHT, 64), (SIZE, 60)):
            self.table.setColumnWidth(column, width)
        self._build()
        self._stage: Stage | None = None
        self._thumbnails: dict[str, QPixmap] = window.thumbnails_of_key_images
        self._asked: set[str] = set()
        window.chrome.connect(self._session.reading_changed, self._reading_changed)
        window.chrome.connect(self._session.picture_changed, lambda _: self._make_thumbnails())
        window.chrome.when_dropped(self._drop_stage)
        self.refresh()

    def _action_button(self, text: str, identity: str) -> QPushButton:
        """A button for an action, with its tip: keys, language and what is possible change while the dock stands."""
        action = self._window.action_set[identity]
        made = button(text, action.trigger, "")

        def follow() -> None:
            made.setToolTip(action.toolTip())
            made.setEnabled(action.isEnabled())

        self._window.chrome.connect(action.changed, follow)
        follow()
        return made

    def _build(self) -> None:
        keep = self._action_button(tr("Keep Picture"), "key_image")
        self.remove_image = button(tr("Remove"), self._remove_images, tr("Remove the selected key images (Del)"))
        add = self._action_button(tr("Add Finding"), "add_finding")
        self.up = button("", lambda: self._move(-1), tr("Move up"), "arrow_up")
        self.down = button("", lambda: self._move(1), tr("Move down"), "arrow_down")
        self.remove = button(tr("Remove"), self._remove_findings, tr("Remove the selected findings (Del)"))
        report = self._action_button(tr("Report…"), "report")
        upper = section(tr("Key Images"), self.images, (keep, self.remove_image))
        lower = section(tr("Findings"), self.table, (add, self.up, self.down, self.remove, None, report))
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.addWidget(upper)
        splitter.addWidget(lower)
        splitter.setChildrenCollapsible(False)
        box = QVBoxLayout(self.widget)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(splitter)
        self.images.itemChanged.connect(self._note_changed)
        self.images.itemActivated.connect(lambda item: self._jump_to_image(item.data(IDENTITY)))
        self.images.itemSelectionChanged.connect(self._selected)
        self.table.itemChanged.connect(self._cell_changed)
        self.table.itemDoubleClicked.connect(self._double_clicked)
        self.table.itemSelectionChanged.connect(self._selected)
        for view, remove in ((self.images, self._remove_images), (self.table, self._remove_findings)):
            shortcut = QShortcut(QKeySequence.StandardKey.Delete, view)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(remove)

    # -- following the session -------------------------------------------------------------------------------------

    def _reading_changed(self, old: Reading, new: Reading) -> None:
        kept = (old.key_images, old.findings) != (new.key_images, new.findings)
        if kept or any(old.of(item.uid).measurements != new.of(item.uid).measurements for item in new.findings):
            self.refresh()

    def refresh(self) -> None:
        """Show what is kept."""
        reading = self._session.reading
        self.images.blockSignals(True)
        chosen = {item.data(IDENTITY) for item in self.images.selectedItems()}
        self.images.clear()
        for image in reading.key_images:
            item = QListWidgetItem(image.note or self._caption(image))
            item.setData(IDENTITY, image.id)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            item.setToolTip(tr("{0}\nDouble click shows it again, F2 writes a note.", self._caption(image)))
            item.setTextAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
            picture = self._thumbnails.get(image.id)
            item.setIcon(QIcon(picture) if picture is not None else icon("image"))
            self.images.addItem(item)
            item.setSelected(image.id in chosen)
        self.images.blockSignals(False)
        self.table.blockSignals(True)
        row = self.table.currentRow()
        self.table.setRowCount(len(reading.findings))
        for index, finding in enumerate(reading.findings):
            height = f"{finding.height_mm:.1f}" if finding.height_mm is not None else "–"
            size = self.size_mm(finding)
            texts = (finding.text, finding.location, height, f"{size:.1f}" if size is not None else "–")
            for column, text in enumerate(texts):
                cell = QTableWidgetItem(text)
                cell.setData(IDENTITY, finding.id)
                if column in (HEIGHT, SIZE):
                    cell.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                if column == HEIGHT or (column == SIZE and finding.measurement):
                    cell.setFlags(cell.flags() & ~Qt.ItemFlag.ItemIsEditable)
                cell.setToolTip(self._cell_tip(column, finding))
                self.table.setItem(index, column, cell)
        if 0 <= row < self.table.rowCount():
            self.table.selectRow(row)
        self.table.blockSignals(False)
        self._selected()
        self._make_thumbnails()

    def _cell_tip(self, column: int, finding: Finding) -> str:
        if column == HEIGHT:
            return tr("Height in mm. Double click goes there.")
        if column == SIZE:
            return tr("Size in mm, of its measurement") if finding.measurement else tr("Size in mm")
        return tr("Double click to write")

    def _caption(self, image: KeyImage) -> str:
        picture = self._session.pictures.get(image.uid)
        title = shown(picture.title) if picture is not None else tr("Picture")
        if image.height_mm is None:
            return title
        return tr("{0:.1f} mm, {1}", image.height_mm, title)

    def size_mm(self, finding: Finding) -> float | None:
        """The size of a finding: that of its measurement as it is now, else what was typed."""
        measurement, picture = self._measurement(finding), self._session.pictures.get(finding.uid)
        if measurement is None or picture is None:
            return finding.size_mm
        state = self._session.reading.of(finding.uid)
        return first_length(measurement, picture_scale(picture, state, self._session.height(finding.uid)))

    def _measurement(self, finding: Finding) -> Measurement | None:
        items = self._session.reading.of(finding.uid).measurements
        return next((item for item in items if item.id == finding.measurement), None)

    def _selected(self) -> None:
        found, images = bool(self.table.selectedItems()), bool(self.images.selectedItems())
        nothing = tr("No finding is selected.")
        for each, tip in ((self.up, tr("Move up")), (self.down, tr("Move down")), (self.remove, tr("Remove"))):
            each.setEnabled(found)
            each.setToolTip(tip if found else nothing)
        self.remove_image.setEnabled(images)
        self.remove_image.setToolTip(tr("Remove") if images else tr("No key image is selected."))

    # -- what the user does ----------------------------------------------------------------------------------------

    def _note_changed(self, item: QListWidgetItem) -> None:
        image = self._image(item.data(IDENTITY))
        if image is not None and item.text() != (image.note or self._caption(image)):
            self._session.keeping.change_image(replace(image, note=item.text().strip()))

    def _cell_changed(self, cell: QTableWidgetItem) -> None:
        finding = self._finding(cell.data(IDENTITY))
        if finding is None:
            return
        changed = finding
        if cell.column() == TEXT:
            changed = replace(finding, text=cell.text().strip())
        elif cell.column() == LOCATION:
            changed = replace(finding, location=cell.text().strip())
        elif cell.column() == SIZE:
            changed = replace(finding, size_mm=_number(cell.text()))
        if changed != finding:
            self._session.keeping.change_finding(changed)
        self.refresh()

    def _double_clicked(self, cell: QTableWidgetItem) -> None:
        finding = self._finding(cell.data(IDENTITY))
        if finding is not None and not cell.flags() & Qt.ItemFlag.ItemIsEditable:
            self.jump_to_finding(finding)

    def _jump_to_image(self, identity: str) -> None:
        image = self._image(identity)
        if image is not None:
            self.jump_to_image(image)

    def jump_to_image(self, image: KeyImage) -> None:
        """Show a key image as it was kept: picture, height, window, place and way round."""
        window, session = self._window, self._session
        self.hang(image.uid)
        if image.thickness_mm is not None:
            session.set_reconstruction(image.uid, thickness_mm=image.thickness_mm)
        if image.height_mm is not None:
            session.set_height(image.uid, image.height_mm)
        if image.window is not None and image.uid in session.pictures:
            session.set_window(image.uid, image.window)
        session.set_inverted(image.uid, image.inverted)
        view = window.active_pane.viewport
        view.navigate(image.transform_for(view.view_size))

    def jump_to_finding(self, finding: Finding) -> None:
        """Show where a finding is."""
        image = self._image(finding.key_image)
        if image is not None:
            self.jump_to_image(image)
            return
        self.hang(finding.uid)
        if finding.height_mm is not None:
            self._session.set_height(finding.uid, finding.height_mm)
        view = self._window.active_pane.viewport
        if finding.measurement:
            view.select_measurement(finding.measurement)
        if finding.point_mm is not None:
            view.navigate(replace(view.transform, centre_mm=finding.point_mm))

    def hang(self, uid: str) -> None:
        """Make the viewport with a picture the active one; hang it if it is nowhere."""
        session, window = self._session, self._window
        place = next((index for index in session.visible() if session.layout.hung[index] == uid), None)
        if place is None:
            session.set_layout(session.layout.with_hung(session.active, uid), tr("hanging of a series"))
        else:
            session.set_active(place)
        window.active_pane.viewport.setFocus()

    def _remove_images(self) -> None:
        chosen = {item.data(IDENTITY) for item in self.images.selectedItems()}
        if chosen:
            self._session.keeping.remove_images(chosen)

    def _remove_findings(self) -> None:
        chosen = {cell.data(IDENTITY) for cell in self.table.selectedItems()}
        if chosen:
            self._session.keeping.remove_findings(chosen)

    def _move(self, steps: int) -> None:
        row = self.table.currentRow()
        cell = self.table.item(row, TEXT)
        if cell is not None:
            self._session.keeping.move_finding(cell.data(IDENTITY), steps)
            self.table.selectRow(min(max(row + steps, 0), self.table.rowCount() - 1))

    def edit_newest(self) -> None:
        """Let the user write the words of the finding that was added last."""
        cell = self.table.item(self.table.rowCount() - 1, TEXT)
        if cell is not None:
            self.table.setCurrentItem(cell)
            self.table.editItem(cell)

    def _image(self, identity: str) -> KeyImage | None:
        return next((image for image in self._session.reading.key_images if image.id == identity), None)

    def _finding(self, identity: str) -> Finding | None:
        return next((item for item in self._session.reading.findings if item.id == identity), None)

    # -- thumbnails ------------------------------------------------------------------------------------------------

    def _make_thumbnails(self) -> None:
        """Make the small pictures that are missing, of pictures that are loaded."""
        images = self._session.reading.key_images
        missing = [
            image
            for image in images
            if image.id not in self._thumbnails and image.id not in self._asked and image.uid in self._session.pictures
        ]
        if not missing or self._stage is not None:
            return
        stage = Stage(self._session, THUMBNAIL, OverlayLevel.NONE, identified=False, parent=self)
        self._stage = stage
        for image in missing:
            self._asked.add(image.id)
            footprint = self._session.pictures[image.uid].source.footprint(image.height_mm or 0.0)
            stage.make(scene_of(image, THUMBNAIL, footprint), self._taker(image.id, last=image is missing[-1]))

    def _taker(self, identity: str, *, last: bool) -> Any:
        def take(made: QImage | None) -> None:
            if made is not None:
                self._thumbnails[identity] = QPixmap.fromImage(made)
            if last:
                self._drop_stage()
                self.refresh()

        return take

    def _drop_stage(self) -> None:
        stage, self._stage = self._stage, None
        if stage is not None:
            stage.close()


def scene_of(image: KeyImage, size: tuple[int, int], footprint: Rect) -> Scene:
    """A key image as a picture of some size: what was visible of the footprint, without the empty room around it."""
    visible = image.transform.visible_rect(
        (image.extent_mm[0] * image.transform.pixels_per_mm, image.extent_mm[1] * image.transform.pixels_per_mm)
    )
    transform = image.transform.fitted(visible.intersected(footprint) or visible, (float(size[0]), float(size[1])))
    return Scene(image.uid, image.height_mm, transform, image.thickness_mm, image.window, image.inverted)


def first_length(measurement: Measurement, scale: Scale) -> float | None:
    """The first length of a measurement, mm; None where it has none."""
    return next((value.value for value in measured(measurement, scale) if value.unit == "mm"), None)


def _number(text: str) -> float | None:
    """A typed size, with a point or a comma; None where it is no positive number."""
    try:
        value = float(text.strip().removesuffix("mm").strip().replace(",", "."))
    except ValueError:
        return None
    return value if math.isfinite(value) and value > 0 else None
