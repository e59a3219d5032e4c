"""Pictures of every page of the program, in every language, into ``docs/images``: ``make screenshots``.

They are taken of the real window with the demonstration case, one small function a picture (`pictures`). What cannot be
taken is told and left out. ``--only NAME`` (again for more), ``--language en`` and ``--list`` narrow it down.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "docs")]  # the program beside this file, not one that happens to be installed
IMAGES = ROOT / "docs" / "images"
LANGUAGES = ("en", "zh_CN")
SIZE = (1280, 800)
LIMIT_BYTES = 230_000
COLOURS = (256, 200)
"""Of the palettes that are tried, the most first, for pictures that are too large without."""
TIMEOUT_S = 240.0
SHEET = (760, 940)
"""A page of a report in pixels."""
HEIGHT_MM = 230.0
"""Of the slice that most pictures show: measurements are drawn on it."""

Take = Callable[["Desk"], Any]


@dataclass(frozen=True)
class Picture:
    """One picture: its file's name without the ending, and what brings it on screen and gives the widget to take."""

    name: str
    take: Take
    case: bool = True
    """Whether the demonstration case is open in it."""


PICTURES: list[Picture] = []


def picture(function: Take) -> Take:
    """Enter a function into the table of pictures."""
    PICTURES.append(Picture(function.__name__, function))
    return function


def without_case(function: Take) -> Take:
    """The same for a window without a study."""
    PICTURES.append(Picture(function.__name__, function, case=False))
    return function


class Desk:
    """A main window that is brought back to its beginning before every picture."""

    def __init__(self, language: str, size: tuple[int, int] = SIZE, services: Any = None) -> None:
        from app.main_window import MainWindow
        from app.settings import SettingsStore

        self.store = SettingsStore.temporary()
        self.store.change(hints=False, language=language)
        self.window = MainWindow(self.store, services)
        self.window.resize(*size)
        self.window.show()
        self.first: Any = None
        self.size = size

    def open(self) -> None:
        """Open the demonstration case."""
        self.window.opening.open_demonstration()
        self.settle()
        self.window.session.set_height(self.slices, HEIGHT_MM)
        self.settle()
        self.first = self.window.session.reading
        self.range = (self.window.cine.cine.low_mm, self.window.cine.cine.high_mm)
        self.heights = {uid: self.window.session.height(uid) for uid in self.window.session.pictures}
        self.state = self.window.saveState()

    def settle(self) -> None:
        """Wait until everything is there."""
        from app.gui import wait_until_settled

        wait_until_settled(self.window, TIMEOUT_S)

    def pause(self, seconds: float) -> None:
        """Let the window go on."""
        from app.gui import process_events

        process_events(seconds)

    def reset(self) -> None:
        """As it was when the case had been opened."""
        window = self.window
        window.messages.clear()
        window.journal.offer.show_offers(())
        window.palette_box.hide()
        window.pages.close()
        self.store.change(hints=False, theme="dark")
        window.apply_settings()
        self.pause(0.05)
        if self.first is None:
            return
        session = window.session
        window.points.clear()
        window.geometry_flow.keep_present()
        session.set_maximised(None)
        session.put(self.first)
        session.set_active(0)
        for uid, height in self.heights.items():
            session.set_height(uid, height)
        window.docks.cine.set_range(*self.range)
        window.restoreState(self.state)
        self.dock("reconstruction")
        window.docks.panel.area.verticalScrollBar().setValue(0)
        window.resize(*self.size)
        for pane in window.panes:
            pane.viewport.select_measurement(None)
            pane.viewport.fit()
        window.action_set["tool_window"].trigger()
        self.settle()

    # -- what is often done ----------------------------------------------------------------------------------------

    @property
    def session(self) -> Any:
        """The reading session."""
        return self.window.session

    @property
    def slices(self) -> str:
        """UID of the slices."""
        return next(uid for uid, found in self.session.pictures.items() if found.kind == "slices")

    @property
    def radiograph(self) -> str:
        """UID of the plain radiograph."""
        return next(uid for uid, found in self.session.pictures.items() if found.kind == "radiograph")

    def do(self, identity: str) -> None:
        """What an action does."""
        action = self.window.action_set[identity]
        if not action.isEnabled():
            raise RuntimeError(f"the action {identity} is not possible: {self.window.action_set.why(identity)}")
        action.trigger()
        self.pause(0.05)

    def dock(self, name: str, width: int = 0) -> None:
        """Show a dock."""
        from PySide6.QtCore import Qt
        from PySide6.QtWidgets import QDockWidget

        self.window.docks.show(name)
        dock = self.window.findChild(QDockWidget, f"dock_{name}")
        if width and dock is not None:
            self.window.resizeDocks([dock], [width], Qt.Orientation.Horizontal)
        self.pause(0.05)

    def page(self, name: str, action: str, size: tuple[int, int] = (0, 0)) -> Any:
        """A page in a window of its own."""
        self.do(action)
        found = self.window.pages[name]
        if size[0]:
            found.resize(*size)
        self.settle()
        return found

    def measure(self, uid: str, kind: str, points: Iterable[tuple[float, float]], **values: Any) -> str:
        """Draw a measurement."""
        from widgets.measurements import Measurement

        height = self.session.height(uid) if uid == self.slices else None
        made = replace(Measurement.new(kind, list(points), height), **values)
        self.session.add_measurement(uid, made)
        return str(made.id)

    def say(self, english: str, chinese: str) -> str:
        """What the reader wrote, in the picture's language."""
        return chinese if self.store.current.language == "zh_CN" else english

    def measured(self) -> str:
        """All the measurements of the pictures; the id of one."""
        sick = self.measure(
            self.slices,
            "bidirectional",
            ((-118.0, -153.0), (-53.0, -123.0), (-92.0, -152.0), (-78.0, -126.0)),
            label=self.say("Upper lobe", "右上叶"),
        )
        self.measure(
            self.radiograph,
            "ctr",
            ((0.0, -150.0), (0.0, 100.0), (-26.0, 20.0), (80.0, 32.0), (-122.0, 30.0), (123.0, 30.0)),
        )
        self.measure(self.radiograph, "arrow", ((-75.0, -130.0), (-110.0, -165.0)), label=self.say("dense", "密度增高"))
        return sick

    def kept(self) -> None:
        """Keep key images, a finding and an impression."""
        sick = self.measured()
        self.settle()
        session = self.session
        view = self.window.panes[0].viewport
        session.keeping.keep_image(self.slices, view.transform, view.view_size)
        image = session.reading.key_images[-1]
        session.keeping.change_image(replace(image, note=self.say("Upper lobe", "右上叶")))
        session.set_height(self.slices, 120.0)
        self.settle()
        session.keeping.keep_image(self.slices, view.transform, view.view_size)
        from app.window.findings_dock import first_length

        item = next(each for each in session.reading.of(self.slices).measurements if each.id == sick)
        from app.reading.scale import picture_scale

        size = first_length(
            item, picture_scale(session.pictures[self.slices], session.reading.of(self.slices), item.height_mm)
        )
        found = session.keeping.add_finding(self.slices, item, size, image.id)
        session.keeping.change_finding(
            replace(
                found,
                text=self.say("Consolidation with loss of volume", "实变,伴体积缩小"),
                location=self.say("right upper lobe", "右上叶"),
            )
        )
        session.keeping.set_impression(
            self.say("Consolidation of the right upper lobe. Left lung clear.", "右上叶实变。左肺清晰。")
        )
        session.set_height(self.slices, 230.0)
        self.settle()


# -- the window --------------------------------------------------------------------------------------------------------


@without_case
def empty(desk: Desk) -> Any:
    """Nothing is open."""
    return desk.window


@without_case
def restore(desk: Desk) -> Any:
    """The offer after an unclean end."""
    from app.journal.store import Study, Unfinished

    title = desk.say("Demonstration, chest", "演示病例,胸部")
    moment = time.mktime((2026, 3, 2, 16, 40, 0, 0, 0, -1))
    desk.window.journal.offer.show_offers([Unfinished(1, Study("1", (), title), 12, moment, 0)])
    return desk.window


@picture
def main(desk: Desk) -> Any:
    """Slice and radiograph side by side."""
    return desk.window


@picture
def hints(desk: Desk) -> Any:
    """The line of hints below the pictures."""
    desk.store.change(hints=True)
    desk.window.apply_settings()
    return desk.window


@picture
def darker(desk: Desk) -> Any:
    """The theme for a dark room."""
    desk.store.change(theme="darker")
    desk.window.apply_settings()
    desk.pause(0.3)
    return desk.window


@picture
def reconstruction(desk: Desk) -> Any:
    """The whole reconstruction panel."""
    panel = desk.window.docks.panel
    desk.window.resize(SIZE[0], 1300)
    desk.settle()
    return panel.grab()


@picture
def nine(desk: Desk) -> Any:
    """Nine viewports: slices of nine heights."""
    desk.do("layout_3x3")
    layout = desk.session.layout
    layout = layout.with_hung(layout.panes[8], desk.radiograph)
    layout = layout.with_hung(layout.panes[0], desk.slices)
    desk.session.set_layout(layout)
    desk.session.set_active(layout.panes[0])
    desk.settle()
    for number in range(1, 8):
        desk.window.session.set_active(layout.panes[number])
        desk.window.session.duplicates.make(desk.slices, layout.panes[number])
        desk.settle()
    from app.reading.layout import LinkSwitches

    layout = desk.session.layout
    for number, index in enumerate(layout.panes):
        found = desk.session.hung(index)
        layout = layout.with_links(index, LinkSwitches(height=False, pan_zoom=False))
        desk.session.set_layout(layout)
        if found is not None and found.is_slices:
            desk.session.set_height(found.uid, 130.0 + 20.0 * number)
    for pane in desk.window.panes:
        pane.viewport.fit()
    desk.settle()
    return desk.window


@picture
def palette(desk: Desk) -> Any:
    """The command palette."""
    desk.do("palette")
    desk.window.palette_box.line.setText(desk.say("thick", "层厚"))
    desk.pause(0.2)
    return desk.window


@picture
def context_menu(desk: Desk) -> Any:
    """The menu of a viewport."""
    from PySide6.QtWidgets import QMenu

    menu = desk.window.action_set.context_menu(desk.window)
    assert isinstance(menu, QMenu)
    menu.adjustSize()
    menu.popup(desk.window.mapToGlobal(desk.window.rect().center()))
    desk.pause(0.1)
    taken = menu.grab()
    menu.close()
    return taken


@picture
def computing(desk: Desk) -> Any:
    """An iterative algorithm with its course, stopped and kept."""
    from recon.algorithms import build

    desk.session.set_reconstruction(
        desk.slices, algorithm=build("sirt", {"iterations": 4}), low_mm=225.0, high_mm=235.0, interval_mm=5.0
    )
    desk.settle()
    desk.do("compute")
    desk.settle()
    return desk.window


# -- comparing, points, views ------------------------------------------------------------------------------------------


def _compare(desk: Desk, mode: str, amount: float) -> Any:
    pane, flow = desk.window.panes[0], desk.window.comparisons
    desk.session.set_maximised(0)
    flow.start(pane, desk.radiograph)
    desk.settle()
    flow.change(pane, mode=mode)
    desk.settle()
    flow.amount(pane, amount)
    pane.viewport.fit()
    desk.settle()
    return desk.window


@picture
def compare_swipe(desk: Desk) -> Any:
    """Slice left of the line, radiograph right of it."""
    return _compare(desk, "swipe", 0.5)


@picture
def compare_blend(desk: Desk) -> Any:
    """Both, one half transparent."""
    return _compare(desk, "blend", 0.5)


@picture
def compare_colour(desk: Desk) -> Any:
    """Each in a colour."""
    return _compare(desk, "colour", 0.5)


@picture
def compare_difference(desk: Desk) -> Any:
    """One less the other."""
    return _compare(desk, "difference", 0.5)


@picture
def point(desk: Desk) -> Any:
    """A point of the radiograph, and its sharpness over the height."""
    pane = next(each for each in desk.window.panes if each.uid == desk.radiograph)
    desk.session.set_active(pane.index)
    desk.window.points.take(pane.index, (-103.0, -118.0))
    desk.settle()
    desk.dock("depth")
    desk.settle()
    return desk.window


@picture
def views(desk: Desk) -> Any:
    """The projections of the sweep, to choose from."""
    desk.do("views")
    desk.settle()
    desk.pause(1.0)
    return desk.window


@picture
def projections(desk: Desk) -> Any:
    """The projections themselves, to scroll and play through."""
    desk.do("hang_views")
    desk.settle()
    return desk.window


@picture
def synthetic(desk: Desk) -> Any:
    """A radiograph computed from the sweep, beside the exposed one."""
    desk.do("hang_synthetic")
    desk.settle()
    desk.dock("synthetic")
    for pane in desk.window.panes:
        pane.viewport.fit()
    desk.settle()
    return desk.window


@picture
def cine(desk: Desk) -> Any:
    """The bar of the cine."""
    from PySide6.QtCore import QRect

    desk.window.docks.cine.set_range(150.0, 250.0)
    desk.settle()
    bar = desk.window.docks.cine_bar
    corner = bar.mapTo(desk.window, bar.rect().topLeft())
    return desk.window.grab(QRect(corner.x(), corner.y() - 220, bar.width(), bar.height() + 220))


# -- measuring, keeping ------------------------------------------------------------------------------------------------


@picture
def measurements(desk: Desk) -> Any:
    """Measurements on slice and radiograph."""
    desk.measured()
    slices = desk.slices
    desk.measure(slices, "length", ((-25.0, -90.0), (14.0, -90.0)), label=desk.say("Mediastinum", "纵隔"))
    desk.measure(slices, "ellipse", ((62.0, -60.0), (102.0, -20.0)))
    desk.measure(slices, "angle", ((-112.0, -4.0), (-80.0, 20.0), (-32.0, 40.0)))
    desk.measure(slices, "polyline", ((28.0, 60.0), (60.0, 45.0), (95.0, 62.0), (118.0, 95.0)))
    desk.measure(slices, "probe", ((-60.0, 120.0),))
    desk.session.set_maximised(0)
    desk.settle()
    desk.window.panes[0].viewport.fit()
    desk.settle()
    desk.pause(0.5)
    return desk.window


@picture
def measurements_radiograph(desk: Desk) -> Any:
    """Measurements on the radiograph, at the detector."""
    desk.measured()
    desk.session.set_active(1)
    desk.session.set_maximised(1)
    desk.settle()
    desk.window.panes[1].viewport.fit()
    desk.settle()
    desk.pause(0.5)
    return desk.window


@picture
def measurement_table(desk: Desk) -> Any:
    """All measurements in one table."""
    desk.measured()
    line = desk.measure(desk.slices, "profile", ((-100.0, 30.0), (60.0, 30.0)))
    desk.do("measurement_table")
    desk.dock("measurements", 440)
    desk.settle()
    desk.window.panes[0].viewport.select_measurement(line)
    desk.pause(0.3)
    table = desk.window.docks.measurements.table
    table.selectRow(table.rowCount() - 1)
    desk.settle()
    desk.pause(0.5)
    return desk.window


@picture
def findings(desk: Desk) -> Any:
    """Key images and findings."""
    desk.kept()
    desk.do("findings")
    desk.dock("findings", 420)
    desk.settle()
    desk.pause(0.5)
    return desk.window


@picture
def report(desk: Desk) -> Any:
    """The page of the report."""
    desk.kept()
    return desk.page("report", "report")


@picture
def report_paper(desk: Desk) -> Any:
    """The report itself."""
    from PySide6.QtCore import QSizeF
    from PySide6.QtGui import QColor, QImage, QPainter, QTextDocument

    desk.kept()
    page = desk.page("report", "report")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.html"
        page.save_to(path)
        for _ in range(200):
            desk.pause(0.05)
            if path.exists():
                break
        desk.settle()
        written = path.read_text(encoding="utf-8")
    document = QTextDocument()
    document.setDocumentMargin(4)  # the page has a margin of its own
    document.setHtml(written)
    document.setPageSize(QSizeF(*SHEET))
    sheet = QImage(*SHEET, QImage.Format.Format_RGB32)
    sheet.fill(QColor("white"))
    painter = QPainter(sheet)
    document.drawContents(painter)
    painter.end()
    return sheet


@picture
def export_picture(desk: Desk) -> Any:
    """The page that saves pictures and films."""
    return desk.page("export", "save_picture")


@picture
def export_film(desk: Desk) -> Any:
    """The same, for a film."""
    return desk.page("export", "save_film")


@picture
def print_preview(desk: Desk) -> Any:
    """The page before it is printed."""
    from PySide6.QtPrintSupport import QPrintPreviewDialog

    desk.do("print_life")
    dialog = None
    for _ in range(100):
        desk.pause(0.1)
        dialog = desk.window.findChild(QPrintPreviewDialog)
        if dialog is not None and dialog.isVisible():
            break
    if dialog is None:
        raise RuntimeError("the preview did not open")
    dialog.resize(640, 760)
    desk.pause(1.0)
    taken = dialog.grab()
    dialog.close()
    return taken


# -- pages -------------------------------------------------------------------------------------------------------------


@picture
def hanging(desk: Desk) -> Any:
    """The hanging protocols."""
    return desk.page("hangings", "hanging_protocols")


@picture
def help_page(desk: Desk) -> Any:
    """All keys, and what the mouse does."""
    return desk.page("help", "shortcuts")


@picture
def keys(desk: Desk) -> Any:
    """The page on which keys are changed."""
    return desk.page("shortcuts", "edit_shortcuts")


@picture
def preferences(desk: Desk) -> Any:
    """The settings."""
    return desk.page("preferences", "preferences")


@picture
def geometry(desk: Desk) -> Any:
    """Where the geometry of projections is chosen."""
    desk.do("geometry")
    desk.settle()
    desk.pause(0.5)
    return desk.window


@picture
def about(desk: Desk) -> Any:
    """Version, licence, sources."""
    return desk.page("about", "about")


@picture
def monitor_size(desk: Desk) -> Any:
    """The page on which a monitor's size is measured."""
    return desk.page("display_size", "display_size")


@picture
def monitor_greys(desk: Desk) -> Any:
    """The page on which a monitor's greys are judged, with the readings of one that has a gamma of 2.2."""
    found = desk.page("display_calibration", "display_calibration")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "readings.csv"
        lines = [f"{level},{0.4 + 399.6 * (level / 255) ** 2.2:.4f}" for level in range(0, 256, 15)]
        path.write_text("level,luminance\n" + "\n".join(lines) + "\n")
        found.read_file(path)
    desk.pause(0.3)
    return found


@picture
def test_pattern(desk: Desk) -> Any:
    """A test pattern."""
    found = desk.page("display_calibration", "display_calibration")
    shown = found.show_pattern("quality", False)
    shown.resize(*SIZE)
    desk.pause(0.3)
    taken = shown.grab()
    shown.close()
    return taken


# -- DICOM, in a file of its own ---------------------------------------------------------------------------------------


def _with_dicom() -> None:
    from scenes_dicom import SCENES

    for scene in SCENES:
        picture(scene)


_with_dicom()


# -- taking them -------------------------------------------------------------------------------------------------------


def save(taken: Any, path: Path) -> int:
    """Write a widget, a pixmap or an image as a PNG that is no larger than need be; how many bytes it has."""
    from PIL import Image
    from PySide6.QtCore import QBuffer, QIODevice

    grabbed = taken.grab() if hasattr(taken, "grab") else taken
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not grabbed.save(buffer, "PNG"):
        raise RuntimeError("the picture is empty")
    image = Image.open(io.BytesIO(bytes(buffer.data().data()))).convert("RGB")
    data = _png(image)
    while len(data) > LIMIT_BYTES:
        for number in COLOURS:
            data = _png(image.quantize(number, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.FLOYDSTEINBERG))
            if len(data) <= LIMIT_BYTES:
                break
        image = image.resize((image.width * 9 // 10, image.height * 9 // 10), Image.Resampling.LANCZOS)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return len(data)


def _png(image: Any) -> bytes:
    written = io.BytesIO()
    image.save(written, "PNG", optimize=True)
    return written.getvalue()


def take_all(chosen: Iterable[Picture], language: str, folder: Path, tell: Callable[[str], None] = print) -> list[str]:
    """Take pictures in a language; the names of those that failed."""
    failed: list[str] = []
    ordered = sorted(chosen, key=lambda each: each.case)  # those without a study come first
    desk = Desk(language)
    try:
        for each in ordered:
            try:
                if each.case and desk.first is None:
                    desk.reset()
                    desk.open()
                desk.reset()
                taken = each.take(desk)
                size = save(taken, folder / language / f"{each.name}.png")
                tell(f"{language} {each.name}: {size / 1000:.0f} kB")
            except Exception as error:
                failed.append(each.name)
                tell(f"{language} {each.name}: NOT TAKEN: {error!r}")
                if os.environ.get("SCREENSHOTS_TRACE"):
                    traceback.print_exc()
    finally:
        desk.window.close()
        desk.window.deleteLater()
        desk.pause(0.05)
    return failed


def run(arguments: list[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", action="append", metavar="NAME", choices=[each.name for each in PICTURES])
    parser.add_argument("--language", action="append", choices=LANGUAGES)
    parser.add_argument("--folder", type=Path, default=IMAGES)
    parser.add_argument("--list", action="store_true", help="say what there is")
    options = parser.parse_args(arguments)
    if options.list:
        for each in PICTURES:
            print(f"{each.name:20} {(each.take.__doc__ or '').strip()}")
        return 0
    if not os.environ.get("DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from app.gui import application

    application()
    chosen = [each for each in PICTURES if not options.only or each.name in options.only]
    failed = [
        f"{language} {name}"
        for language in options.language or LANGUAGES
        for name in take_all(chosen, language, options.folder)
    ]
    print(f"{len(chosen)} pictures; not taken: {', '.join(failed) or 'none'}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(run())
