"""What is on screen as files, on the clipboard and on paper: the right side, the right size, no names."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication, QImage, QPageLayout, QPainter
from synthetic import BALL, R_MARK

from app.gui import process_events, wait_until_settled
from app.pictures.exporter import Look, as_frame, frame_heights
from app.pictures.paper import DOTS_PER_MM, MARGIN_MM, RULE_MM, fits, page_transform, paint_page, picture_room
from app.session import Reconstruction
from recon.slab import Rect
from widgets.view_transform import ViewTransform
from widgets.viewport_types import OverlayLevel


@pytest.fixture
def window(ball_window: Any) -> Any:
    return ball_window


def finish(window: Any) -> None:
    for _ in range(400):
        process_events(0.02)
        if not window.pictures.busy and not window.exports.is_busy():
            break
    process_events(0.05)
    assert window.messages.text == ""


def side_of_mark(image: np.ndarray, view: Any, size: tuple[int, int]) -> tuple[float, float]:
    """Mean grey where the R mark must be, and at its mirror image."""
    factor = min(size[0] / view.width(), size[1] / view.height())
    transform = replace(view.transform, pixels_per_mm=view.transform.pixels_per_mm * factor)
    middle = R_MARK.centre
    x, y = transform.to_widget(middle, (float(size[0]), float(size[1])))
    other = transform.to_widget((-middle[0], middle[1]), (float(size[0]), float(size[1])))
    grey = image.mean(axis=2) if image.ndim == 3 else image

    def around(place: tuple[float, float]) -> float:
        px, py = (round(value) for value in place)
        return float(grey[py - 3 : py + 4, px - 3 : px + 4].mean())

    return around((x, y)), around(other)


@pytest.mark.parametrize("way_round", ["upright", "mirrored", "rotated"])
def test_a_saved_picture_is_the_one_on_screen(window: Any, tmp_path: Path, way_round: str) -> None:
    view = window.active_pane.viewport
    turned = {"upright": view.transform, "mirrored": view.transform.mirrored(), "rotated": view.transform.rotated(1)}
    view.navigate(turned[way_round])
    wait_until_settled(window, 20)
    path = tmp_path / "picture.png"
    window.pictures.save_picture(window.active_pane, path, Look(overlay=OverlayLevel.NONE))
    finish(window)
    saved = np.asarray(Image.open(path).convert("RGB"))
    assert saved.shape[:2] == (view.height(), view.width())
    marked, mirrored = side_of_mark(saved, view, (view.width(), view.height()))
    assert marked > mirrored + 60
    # Pixel by pixel what the screen shows, besides border and text.
    view.set_overlay_level(OverlayLevel.NONE)
    process_events(0.05)
    screen = as_frame(view.grab().toImage())
    inner = np.s_[40:-40, 40:-40]
    assert np.abs(saved[inner].astype(int) - screen[inner]).mean() < 0.5


def test_names_stay_away_unless_they_are_wanted(window: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from widgets import outlined_text

    written: list[str] = []
    plain = outlined_text._pixmap
    monkeypatch.setattr(outlined_text, "_pixmap", lambda text, *rest: written.append(text) or plain(text, *rest))
    window.pictures.save_picture(window.active_pane, tmp_path / "a.png", Look())
    stage = window.pictures._stages[0]
    finish(window)
    assert stage._session.pictures["projections"].header is None
    assert window.session.pictures["projections"].header is not None
    for pane in window.panes:
        pane.hide()
    written.clear()
    window.pictures.save_picture(window.active_pane, tmp_path / "b.png", Look((500, 400)))
    finish(window)
    assert written
    assert not any("Phantom" in text for text in written)
    written.clear()
    window.pictures.save_picture(window.active_pane, tmp_path / "c.png", Look((500, 400), identified=True))
    finish(window)
    assert any("Phantom" in text for text in written)


@pytest.mark.parametrize("ending", ["gif", "mp4"])
def test_a_film_goes_through_the_heights_and_leaves_the_screen_alone(window: Any, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"cine.{ending}"
    heights = [BALL[2] - 40, BALL[2] - 20, BALL[2]]
    before = window.session.reading, window.session.height("projections")
    window.pictures.save_film(window.active_pane, path, Look((300, 240), OverlayLevel.NONE), heights, 12.5)
    finish(window)
    assert (window.session.reading, window.session.height("projections")) == before
    if ending == "gif":
        with Image.open(path) as film:
            frames = []
            for number in range(film.n_frames):
                film.seek(number)
                frames.append(np.asarray(film.convert("RGB")))
    else:
        import av

        with av.open(str(path)) as container:
            frames = [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]
            assert float(container.streams.video[0].average_rate) == 12.5
    assert len(frames) == 3
    assert frames[0].shape == (240, 300, 3)
    marked, mirrored = side_of_mark(frames[0], window.active_pane.viewport, (300, 240))
    assert marked > mirrored + 60
    assert np.abs(frames[0].astype(int) - frames[2]).max() > 40, "the ball comes into focus"


def test_a_film_can_be_cancelled(window: Any, tmp_path: Path) -> None:
    path = tmp_path / "long.mp4"
    heights = list(np.linspace(10, 190, 200))
    window.pictures.save_film(window.active_pane, path, Look((300, 240)), heights, 10)
    process_events(0.3)
    window.exports.cancel("pictures")
    finish(window)
    assert not list(tmp_path.glob("*long*"))


def test_values_of_the_whole_picture(window: Any, tmp_path: Path) -> None:
    path = tmp_path / "values.tiff"
    window.pictures.save_values(window.active_pane, path, "tiff", native=True, windowed=False)
    finish(window)
    import tifffile

    with tifffile.TiffFile(path) as file:
        pixels, facts = file.asarray(), json.loads(file.pages[0].description)
    source = window.session.pictures["projections"].source
    from recon.slab import SlabRequest

    wanted = source.slab(SlabRequest(BALL[2], 5.0)).pixels
    assert pixels.shape == wanted.shape
    back = pixels * facts["slope"] + facts["intercept"]
    assert np.nanmax(np.abs(back - wanted)) <= facts["slope"]
    assert facts["height_mm"] == BALL[2]
    assert facts["unit"] == "1/mm"


def test_the_page_says_what_will_be_saved_and_saves_it(window: Any, tmp_path: Path) -> None:
    window.action_set["save_film"].trigger()
    page = window.pages["export"]
    assert page.kind == "film"
    page.low.setValue(90)
    page.high.setValue(94)
    page.mode.setCurrentIndex(page.mode.findData("sweep"))
    page.fps.setValue(8)
    assert page.heights() == [90, 91, 92, 93, 94, 93, 92, 91]
    assert page.facts.text() == "8 frames, 1.0 s"
    page.width_entry.setValue(200)
    page.height_entry.setValue(160)
    page.save_to(tmp_path / "x.mp4")
    finish(window)
    assert (tmp_path / "x.mp4").stat().st_size > 500
    page.choose("values")
    assert page.native.isVisibleTo(page)
    assert not page.fps.isVisibleTo(page)
    page.save_to(tmp_path / "x.tiff")
    finish(window)
    assert (tmp_path / "x.tiff").exists()
    page.mode.setCurrentIndex(page.mode.findData("once"))
    assert page.heights() == [90, 91, 92, 93, 94]


def test_the_page_remembers_what_was_chosen_but_not_that_names_were(window: Any, tmp_path: Path) -> None:
    window.action_set["save_picture"].trigger()
    page = window.pages["export"]
    page.choose("window")
    page.format.setCurrentIndex(page.format.findData("jpg"))
    page.overlay.setCurrentIndex(2)
    page.native.setChecked(False)
    page.identified.setChecked(True)
    page.save_to(tmp_path / "x.jpg")
    finish(window)
    assert QImage(str(tmp_path / "x.jpg")).size() == window.size()
    window.pages.close()
    window.action_set["save_picture"].trigger()
    page = window.pages["export"]
    assert (page.kind, page.format.currentData()) == ("window", "jpg")
    assert page.overlay.currentData() is OverlayLevel.NONE
    assert not page.native.isChecked()
    assert not page.identified.isChecked()


def test_the_whole_window_names_nobody_unless_it_may(
    window: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from widgets import outlined_text

    written: list[str] = []
    plain = outlined_text._pixmap
    monkeypatch.setattr(outlined_text, "_pixmap", lambda text, *rest: written.append(text) or plain(text, *rest))
    window.pictures.save_window(tmp_path / "named.png", identified=True)
    finish(window)
    written.clear()
    window.pictures.save_window(tmp_path / "nameless.png", identified=False)
    painted = list(written)
    finish(window)
    assert painted
    assert not any("Phantom" in text for text in painted)
    browser = window.docks.browser.widget
    place = browser.mapTo(window, QPoint())
    box = np.s_[place.y() : place.y() + browser.height(), place.x() : place.x() + browser.width()]
    named, nameless = (np.asarray(Image.open(tmp_path / name).convert("RGB")) for name in ("named.png", "nameless.png"))
    assert np.ptp(named[box], axis=(0, 1)).max() > 50
    assert np.ptp(nameless[box], axis=(0, 1)).max() == 0
    # On screen the names are still there.
    written.clear()
    window.grab()
    assert any("Phantom" in text for text in written)


def test_heights_of_films() -> None:
    reconstruction = Reconstruction(5.0, 2.0, 0.0, 9.0)
    assert frame_heights(reconstruction, 0, 9, sweep=False) == [0, 2, 4, 6, 8]
    assert frame_heights(reconstruction, 0, 9, sweep=True) == [0, 2, 4, 6, 8, 6, 4, 2]
    assert frame_heights(reconstruction, 4, 4, sweep=True) == [4]


def test_the_clipboard_has_the_picture(window: Any) -> None:
    window.action_set["copy_picture"].trigger()
    finish(window)
    image = QGuiApplication.clipboard().image()
    view = window.active_pane.viewport
    assert (image.width(), image.height()) == (view.width(), view.height())


def test_a_millimetre_is_a_millimetre_of_the_paper(window: Any) -> None:
    page, dots = (210.0, 297.0), 300 / 25.4
    room = picture_room(page)
    view = window.active_pane.viewport
    footprint = view._footprint(view.height_mm)
    transform = page_transform(view.transform, footprint, room, life=True)
    size = (round(room[0] * DOTS_PER_MM), round(room[1] * DOTS_PER_MM))
    images: list[QImage | None] = []
    from app.pictures.stage import Scene, Stage

    stage = Stage(window.session, size, OverlayLevel.NONE)
    stage.make(Scene("projections", transform=transform), images.append)
    for _ in range(300):
        process_events(0.02)
        if images:
            break
    stage.close()
    paper = QImage(round(page[0] * dots), round(page[1] * dots), QImage.Format.Format_RGB32)
    paper.fill(0xFFFFFFFF)
    painter = QPainter(paper)
    paint_page(painter, page, dots, images[0], ("a", "b"))
    painter.end()
    printed = as_frame(paper).mean(axis=2)
    # The rule: a black line of 100 mm.
    row = (
        np.argmax((printed[-round(2.2 * MARGIN_MM * dots) :] < 100).sum(axis=1))
        + len(printed)
        - round(2.2 * MARGIN_MM * dots)
    )
    dark = np.flatnonzero(printed[row, printed.shape[1] // 3 :] < 100)
    assert (dark[-1] - dark[0] + 1) / dots == pytest.approx(RULE_MM + 0.25, abs=0.15), (
        "with half the width of its end ticks at either side"
    )
    # The R mark, 20 × 30 mm in the slice, in life size: its edges by half of its contrast.
    x0 = (page[0] - size[0] / DOTS_PER_MM) / 2
    middle = transform.to_widget(R_MARK.centre, (float(size[0]), float(size[1])))
    line = printed[round((MARGIN_MM + middle[1] / DOTS_PER_MM) * dots)]
    at = round((x0 + middle[0] / DOTS_PER_MM) * dots)
    half = (line[at] + line[at + round(25 * dots)]) / 2
    right = at + np.argmax(line[at:] < half)
    left = at - np.argmax(line[at::-1] < half)
    assert (right - left) / dots == pytest.approx(R_MARK.width, rel=0.05)
    assert fits(view.transform, footprint, (footprint.width + 1, footprint.height + 1))
    assert not fits(view.transform, footprint, (footprint.width - 1, footprint.height + 1))
    assert fits(view.transform.rotated(1), Rect(0, 0, 20, 10), (10, 20))
    whole = page_transform(ViewTransform(), Rect(-10, -10, 10, 10), (40.0, 80.0), life=False)
    assert whole.pixels_per_mm == pytest.approx(2 * DOTS_PER_MM)


def test_what_is_printed_is_what_is_on_screen(window: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from app.pictures.paper import Printing

    shown: list[tuple[Any, QImage, tuple[str, str]]] = []
    monkeypatch.setattr(Printing, "_show", lambda self, *given: shown.append(given))
    compared = window.active_pane.viewport.compared
    compared.position = 0.3
    window.action_set["print_life"].trigger()
    assert window.pictures._stages[0]._pane.viewport.compared.position == 0.3
    finish(window)
    _, image, lines = shown[0]
    page = shown[0][0].fullRect(QPageLayout.Unit.Millimeter)
    room = picture_room((page.width(), page.height()))
    assert (image.width(), image.height()) == (round(room[0] * DOTS_PER_MM), round(room[1] * DOTS_PER_MM))
    assert as_frame(image).max() > 200
    assert f"{BALL[2]:.1f} mm" in lines[0]
