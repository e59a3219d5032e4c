"""Comparison in the real window over a study in memory."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent
from synthetic import BALL, PA, SID, FakeStudy

from app.gui import wait_until_settled
from app.pictures.exporter import Look
from app.reading.layout import Comparison
from app.reading.placement import Placement
from app.session import Picture
from app.session.planes import laid, reformatted
from recon.algorithms import build
from recon.frame import PatientFrame
from recon.slab import PlaneGrid, Rect, SlabRequest, SourceInfo
from recon.stored import Volume
from widgets.viewport_types import SERIES_MIME_TYPE, OverlayLevel


@pytest.fixture
def window(make_window: Any) -> Any:
    window = make_window(FakeStudy().services())
    window.open_paths([Path("/nowhere")])
    wait_until_settled(window, 20)
    session = window.session
    session.set_layout(session.layout.with_grid(1, 1).with_hung(0, "projections"))
    session.set_active(0)
    wait_until_settled(window, 20)
    return window


def start(window: Any, mode: str = "swipe") -> Any:
    window.comparisons.start(window.panes[0], "radiograph")
    window.comparisons.change(window.panes[0], mode=mode)
    wait_until_settled(window, 20)
    return window.panes[0]


def test_one_key_starts_the_comparison_and_undo_ends_it(window: Any) -> None:
    assert not window.action_set["compare_mode"].isEnabled()
    window.action_set["compare_toggle"].trigger()
    wait_until_settled(window, 20)
    pane, session = window.panes[0], window.session
    assert session.layout.compared[0] == Comparison("radiograph")
    bar = window.comparisons.bar(pane)
    assert bar is not None
    assert bar.isVisible()
    assert bar.note.text() == "Registered by geometry"
    assert pane.viewport.compared.over.slab is not None
    window.action_set["compare_mode"].trigger()
    assert session.layout.compared[0].mode == "blink"
    window.action_set["compare_toggle"].trigger()
    assert pane.viewport.compared.alone == "over"
    session.stack.undo()
    session.stack.undo()
    assert session.layout.compared[0] is None
    wait_until_settled(window, 20)
    assert not bar.isVisible()
    assert not pane.viewport.comparing


def test_the_radiograph_is_shown_in_the_plane_of_the_slice_by_central_projection(window: Any) -> None:
    session = window.session
    session.set_height("projections", 100.0)
    pane = start(window)
    over, radiograph = pane.viewport.compared.over.slab, session.pictures["radiograph"]
    source = radiograph.geometry.source_mm[0]
    factor = SID / (SID - 100.0)
    for x, y in ((20.0, 10.0), (-40.0, 30.0)):
        u, v = source[0] + (x - source[0]) * factor, source[1] + (y - source[1]) * factor
        expected = radiograph.source.slab(SlabRequest(0.0, region=Rect(u - 1, v - 1, u + 1, v + 1), pixel_mm=2.0))
        assert over.value_at(x, y) == pytest.approx(float(expected.pixels[0, 0]), abs=2.5)
    assert over.grid == pane.viewport.slab.grid


def test_a_placement_moves_the_upper_picture_and_is_one_command(window: Any) -> None:
    session = window.session
    pane = start(window)
    height = session.height("projections")
    before = laid(session, pane.picture, pane.comparing.over).source.place(height)[0]((0.0, 0.0))
    bar = window.comparisons.bar(pane)
    bar.adjust.click()
    for value in (1.0, 4.0, 9.0):
        bar.adjusting.boxes["x_mm"].setValue(value)
    placement = session.reading.of("radiograph").placement
    assert (placement.x_mm, placement.origin) == (9.0, "user")
    after = laid(session, pane.picture, pane.comparing.over).source.place(height)[0]((0.0, 0.0))
    assert after[0] - before[0] == pytest.approx(-9.0)
    assert bar.note.text() == "Placed by hand"
    session.stack.undo()
    assert session.reading.of("radiograph").placement == Placement()
    assert bar.adjusting.boxes["x_mm"].value() == 0.0


def test_a_match_that_cannot_be_trusted_changes_nothing(window: Any) -> None:
    start(window)
    window.comparisons.register(window.panes[0])
    wait_until_settled(window, 50)
    assert window.session.reading.of("radiograph").placement == Placement()
    assert "Nothing was changed" in window.messages.text or "cannot be registered" in window.messages.text


def test_slices_against_their_duplicate_differ_by_nothing(window: Any) -> None:
    session = window.session
    new = session.duplicates.make("projections")
    wait_until_settled(window, 20)
    window.comparisons.start(window.panes[0], new)
    window.comparisons.change(window.panes[0], mode="difference")
    wait_until_settled(window, 20)
    pixels = window.panes[0].viewport.compared.difference.slab.pixels
    assert np.nanmax(np.abs(pixels)) == 0.0


def test_exchange_and_end_from_the_bar(window: Any) -> None:
    pane, session = start(window), window.session
    bar = window.comparisons.bar(pane)
    bar.exchange.click()
    wait_until_settled(window, 20)
    assert (session.layout.hung[0], session.layout.compared[0].over) == ("radiograph", "projections")
    assert pane.viewport.compared.over.slab is not None
    bar.close_button.click()
    assert session.layout.compared[0] is None


def test_a_series_dropped_with_shift_is_laid_over(window: Any) -> None:
    data = QMimeData()
    data.setData(SERIES_MIME_TYPE, b"radiograph")
    event = QDropEvent(
        QPointF(50, 50), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier
    )
    window.panes[0].viewport.dropEvent(event)
    assert window.session.layout.compared[0] == Comparison("radiograph")
    assert window.session.layout.hung[0] == "projections"


def ct() -> Picture:
    """An axial CT with a ball 30 mm to the patient's left, 20 mm behind and 10 mm above its middle."""
    grid = PlaneGrid((-79.0, -59.0), (2.0, 2.0), (60, 80))
    heights = np.arange(50) * 2.0
    z, y, x = np.meshgrid(
        heights - 49.0, grid.origin_mm[1] + 2.0 * np.arange(60), grid.origin_mm[0] + 2.0 * np.arange(80), indexing="ij"
    )
    voxels = np.where((x - 30.0) ** 2 + (y - 20.0) ** 2 + (z - 10.0) ** 2 < 64.0, 500, -500).astype(np.int16)
    info = SourceInfo("CT", "HU", (0.0, 98.0), 2.0, patient=PatientFrame.from_letters("L", "P", "H"))
    return Picture("ct", "volume", Volume(voxels, heights, grid, info), "CT", world="ct", study_uid="S")


def test_a_ct_is_cut_in_the_planes_of_the_slices(window: Any) -> None:
    session = window.session
    session.add_picture(ct())
    wait_until_settled(window, 20)
    slices, over = session.pictures["projections"], session.pictures["ct"]
    placed = reformatted(session, slices, over)
    assert placed.info.patient == PA
    x, y, z = placed.centre_mm
    assert z == pytest.approx(sum(slices.source.info.height_range_mm) / 2)
    # World x to the left, y to the feet, z to the back.
    assert placed.slab(SlabRequest(z + 20.0, region=Rect(-90, -90, 90, 90), pixel_mm=1.0)).value_at(
        x + 30.0, y - 10.0
    ) == pytest.approx(500.0)
    window.comparisons.start(window.panes[0], "ct")
    wait_until_settled(window, 20)
    bar = window.comparisons.bar(window.panes[0])
    assert "not registered" in bar.note.text()
    bar.adjust.click()
    assert bar.adjusting.boxes["tilt_x_deg"].isVisible()
    window.comparisons.place(window.panes[0], z_mm=session.reading.of("ct").placement.z_mm + BALL[2])
    assert session.reading.of("ct").placement.origin == "user"


def test_a_saved_picture_shows_the_comparison_as_it_stands(window: Any, qtbot: Any) -> None:
    pane = start(window)
    window.comparisons.amount(pane, 0.3)
    taken: list[Any] = []
    window.pictures.picture(pane, Look(overlay=OverlayLevel.NONE), taken.append)
    qtbot.waitUntil(lambda: bool(taken), timeout=10_000)
    pane.viewport.set_overlay_level(OverlayLevel.NONE)
    seen, saved = pane.viewport.rendered_image(), taken[0]
    assert saved.size() == seen.size()
    row = seen.height() // 3
    same = [seen.pixel(x, row) == saved.pixel(x, row) for x in range(4, seen.width() - 4)]
    assert np.mean(same) > 0.97


def test_a_radiograph_without_geometry_is_projected_from_the_sweep_once_it_is_placed(make_window: Any) -> None:
    window = make_window(FakeStudy(radiograph_geometry=False).services())
    window.open_paths([Path("/nowhere")])
    wait_until_settled(window, 20)
    session = window.session
    session.set_layout(session.layout.with_grid(1, 1).with_hung(0, "projections"))
    session.set_height("projections", 100.0)
    pane = start(window)
    assert "scale only" in pane.comparing.note
    slices, over = pane.picture, session.pictures["radiograph"]
    assert laid(session, slices, over).source.place(100.0)[0].scale == pytest.approx(1.0)
    session.set_placement("radiograph", Placement(origin="automatic", note="Registered automatically"))
    placed = laid(session, slices, over)
    assert placed.source.place(100.0)[0].scale == pytest.approx(SID / (SID - 100.0))
    assert placed.note == "Registered automatically"
    session.stack.undo()
    assert "scale only" in laid(session, slices, over).note


def test_a_frame_computed_before_the_comparison_is_not_shown_in_it(window: Any) -> None:
    pane, session = window.panes[0], window.session
    height = session.height("projections")
    wanted = pane.viewport.request_at(height + 1.0, False)
    pane.slabs._ahead.look(wanted, pane.slabs._work(pane.picture, wanted))
    wait_until_settled(window, 20)
    pane = start(window)
    session.set_height("projections", height + 1.0)
    wait_until_settled(window, 20)
    assert pane.viewport.slab.height_mm == height + 1.0
    assert pane.viewport.compared.over.slab is not None


def test_the_title_names_the_algorithm_on_screen_not_the_one_that_is_still_to_be_computed(window: Any) -> None:
    session = window.session
    before = session.pictures["projections"].source.algorithm
    start(window)
    session.set_reconstruction("projections", algorithm=build("sirt"))
    wait_until_settled(window, 20)
    window.comparisons.change(window.panes[0], mode="blend")
    wait_until_settled(window, 20)
    shown = session.pictures["projections"].source.algorithm
    assert shown == before, "SIRT waits for being computed"
    assert window.panes[0].viewport.compared.look.titles[0].endswith(shown.title)
