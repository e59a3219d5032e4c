"""A point marked everywhere, its height found by sharpness; views and synthetic radiographs as pictures."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from sphere import CENTRE, geometry, sphere_views
from synthetic import FakeStudy, entry

from app.dicom.read.model import Catalogue, LoadedSeries, StudyEntry
from app.gui import wait_until_settled
from app.linking import Plane, link, ray_of, shadow_of
from app.session import Services
from recon import trajectories
from recon.combine.options import Synthetic
from recon.geometry import Geometry
from recon.live import LiveVolume
from recon.projections import ProjectionSet
from recon.simulate.acquisition import radiograph_geometry
from recon.slab import SourceInfo
from recon.stored import Radiograph
from widgets.viewport_types import Corner, Tool

PHOTONS = 30000.0
NEAR_MM = 1.5
"""Fifteen views of 0.8 mm pixels are no fine sweep: `tests/recon/test_focus.py` tests the accuracy."""
SERIES = "projections"


class SphereStudy(FakeStudy):
    """A real sweep of one sphere in an even body, with noise, and its radiograph."""

    def catalogue(self) -> Catalogue:
        series = (entry(SERIES, "projections", 15), entry("radiograph", "radiograph", 1))
        return Catalogue((StudyEntry("S", series[0].header, series),), ())

    def load(self, wanted: Any, **_: Any) -> LoadedSeries:
        sweep = geometry()
        random = np.random.default_rng(2)
        if wanted.kind == "projections":
            counts = random.poisson(PHOTONS * np.exp(-sphere_views(sweep) - 0.5)).astype(np.uint16)
            return LoadedSeries(wanted, projections=ProjectionSet(counts, sweep, "counts", PHOTONS))
        own = radiograph_geometry(sweep)
        pixels = random.poisson(1000 * np.exp(-sphere_views(own)[0])).astype(np.uint16)
        info = SourceInfo("Radiograph", "", (0.0, 0.0), patient=own.patient)
        known = own if self.radiograph_geometry else None
        return LoadedSeries(wanted, source=Radiograph(pixels, (0.8, 0.8), info, known))

    def services(self) -> Services:
        return replace(
            super().services(),
            live=lambda projections, algorithm, progress, ready: LiveVolume(projections, algorithm, progress),
        )


@pytest.fixture
def window(make_window: Any) -> Any:
    window = make_window(SphereStudy().services(), (1300, 900))
    window.open_paths([Path("/nowhere")])
    wait_until_settled(window, 30)
    window.action_set["layout_2x2"].trigger()
    window.opening.show_series(SERIES + "#views", window.session.layout.panes[2])
    wait_until_settled(window, 30)
    return window


def pane_of(window: Any, kind: str) -> Any:
    return next(pane for pane in window.panes if pane.picture is not None and pane.picture.kind == kind)


def shadow(geometry: Geometry, view: int, place: tuple[float, float, float] = CENTRE) -> tuple[float, float]:
    """Where a place falls in one view, mm on the detector, by the geometry's own projection."""
    row, column = geometry.project(place)
    x, y = geometry.detector_centre_mm[view, :2]
    rows, columns = geometry.shape
    pitch = geometry.pixel_pitch_mm
    return (
        float(x + (column[view] - (columns - 1) / 2) * pitch[1]),
        float(y + (row[view] - (rows - 1) / 2) * pitch[0]),
    )


def test_a_point_of_the_radiograph_finds_its_height_and_is_marked_everywhere(window: Any) -> None:
    session = window.session
    session.set_height(SERIES, 30.0)
    plain = pane_of(window, "radiograph")
    window.points.take(plain.index, shadow(plain.picture.geometry, 0))
    wait_until_settled(window, 30)
    assert window.points.profile.verdict == "clear"
    assert window.points.pin.height_mm == pytest.approx(CENTRE[2], abs=NEAR_MM)
    assert session.height(SERIES) == pytest.approx(CENTRE[2], abs=NEAR_MM)
    assert plain.viewport.pin.point == pytest.approx(shadow(plain.picture.geometry, 0), abs=0.05)
    slices = pane_of(window, "slices")
    assert slices.viewport.pin.here
    assert slices.viewport.pin.point == pytest.approx(CENTRE[:2], abs=0.2)
    assert window.docks.depth.panel.headline.text().startswith("In focus at")
    # Over the views the mark goes where each view's own geometry has it.
    views = pane_of(window, "views")
    pin = window.points.pin
    place = (*pin.at(pin.height_mm), pin.height_mm)
    for number in (1, 8, 15):
        session.set_height(SERIES + "#views", number)
        assert views.viewport.pin.point == pytest.approx(shadow(geometry(), number - 1, place), abs=1e-6)
    # Away from its height it stays, dashed, and says where it is.
    session.set_height(SERIES, 60.0)
    assert not slices.viewport.pin.here
    assert slices.viewport.pin.label == f"{window.points.pin.height_mm - 60:+.0f} mm"


def test_a_point_of_one_view_is_found_along_that_views_ray(window: Any) -> None:
    views = pane_of(window, "views")
    window.session.set_height(SERIES + "#views", 3)
    window.points.take(views.index, shadow(geometry(), 2))
    wait_until_settled(window, 30)
    assert window.points.pin.height_mm == pytest.approx(CENTRE[2], abs=NEAR_MM)
    assert pane_of(window, "slices").viewport.pin.point == pytest.approx(CENTRE[:2], abs=0.4)


def test_a_point_of_a_slice_is_marked_on_the_radiograph_and_on_every_view(window: Any) -> None:
    session, slices = window.session, pane_of(window, "slices")
    session.set_height(SERIES, 90.0)
    window.points.take(slices.index, CENTRE[:2])
    assert window.points.profile is None
    plain, views = pane_of(window, "radiograph"), pane_of(window, "views")
    assert plain.viewport.pin.point == pytest.approx(shadow(plain.picture.geometry, 0), abs=1e-6)
    for number in (1, 15):
        session.set_height(SERIES + "#views", number)
        assert views.viewport.pin.point == pytest.approx(shadow(geometry(), number - 1), abs=1e-6)


def test_a_ray_without_anything_is_not_given_a_height(window: Any) -> None:
    session = window.session
    session.set_height(SERIES, 40.0)
    plain = pane_of(window, "radiograph")
    window.points.take(plain.index, (-22.0, 10.0))
    wait_until_settled(window, 30)
    assert window.points.profile.verdict == "none"
    assert window.points.pin.height_mm is None
    assert session.height(SERIES) == 40.0
    assert window.docks.depth.panel.headline.text() == "No height can be given"
    # The ray crosses the slices; no other view sees it as a point.
    assert not pane_of(window, "slices").viewport.pin.here
    session.set_height(SERIES + "#views", 2)
    assert pane_of(window, "views").viewport.pin is None
    assert plain.viewport.pin.point == pytest.approx((-22.0, 10.0))
    # A height can be chosen by hand.
    window.docks.depth.panel.height_chosen.emit(75.0)
    assert session.height(SERIES) == 75.0
    assert pane_of(window, "views").viewport.pin is not None


def test_escape_takes_the_mark_away_before_the_tool(window: Any) -> None:
    window.action_set["tool_point"].trigger()
    window.points.take(pane_of(window, "slices").index, (0.0, 0.0))
    assert window.action_set["remove_pin"].isEnabled()
    window.action_set["default_tool"].trigger()
    assert window.points.pin is None
    assert all(pane.viewport.pin is None for pane in window.panes)
    assert window.tool is Tool.POINT
    window.action_set["default_tool"].trigger()
    assert window.tool is Tool.WINDOW


@pytest.mark.parametrize("tool", [Tool.POINT, Tool.WINDOW, Tool.LENGTH])
def test_clicks_mark_with_the_point_tool_and_with_alt(window: Any, tool: Tool) -> None:
    window.set_tool(tool)
    view = pane_of(window, "slices").viewport
    place = QPointF(*view.transform.to_widget((5.0, 3.0), view.view_size)).toPoint()
    modifier = Qt.KeyboardModifier.NoModifier if tool is Tool.POINT else Qt.KeyboardModifier.AltModifier
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, modifier, place)
    assert window.points.pin.point == pytest.approx((5.0, 3.0), abs=1.0 / view.transform.pixels_per_mm)
    assert not view.measurements


def test_find_in_depth_acts_where_the_menu_was_opened(window: Any) -> None:
    plain = pane_of(window, "radiograph")
    window.session.set_active(plain.index)
    plain.viewport.menu_point = shadow(plain.picture.geometry, 0)
    window.action_set["find_in_depth"].trigger()
    wait_until_settled(window, 30)
    assert window.points.pin.height_mm == pytest.approx(CENTRE[2], abs=NEAR_MM)


def test_a_radiograph_without_geometry_says_why_it_has_no_ray(make_window: Any) -> None:
    window = make_window(SphereStudy(radiograph_geometry=False).services(), (1300, 900))
    window.open_paths([Path("/nowhere")])
    wait_until_settled(window, 30)
    window.points.take(pane_of(window, "radiograph").index, (0.0, 0.0))
    assert window.points.pin is None
    assert "no geometry" in window.points.problem


# -- the views as a stack --------------------------------------------------------------------------------------------


def test_views_are_scrolled_by_number_and_say_so(window: Any) -> None:
    views = pane_of(window, "views")
    uid = views.uid
    session = window.session
    session.set_active(views.index)
    assert session.height(uid) == 8
    assert views.viewport.slab.height_mm == 8
    window.action_set["height_up"].trigger()
    assert session.height(uid) == 9
    window.action_set["height_first"].trigger()
    assert session.height(uid) == 1
    session.set_height(uid, 3.4)
    wait_until_settled(window, 30)
    assert session.height(uid) == 3
    corner = views.viewport._corners[Corner.BOTTOM_RIGHT]
    assert corner[0] == f"View 3 of 15 · angle {geometry().view_angle_deg[2]:+.1f}°".replace("-", "−")
    assert not any("Height" in line for line in corner)
    assert window.docks.cine_bar.position_label.text() == "View 3"
    # The slices' own controls stay with the slices.
    assert session.slices_on_screen() == SERIES


def test_one_window_serves_all_views_and_cine_plays_them(window: Any, qtbot: Any) -> None:
    views = pane_of(window, "views")
    session = window.session
    session.set_active(views.index)
    before = session.window(views.uid)
    session.set_height(views.uid, 1)
    assert session.window(views.uid) == before
    window.action_set["play"].trigger()
    assert window.cine.playing
    assert window.cine.uid == views.uid
    seen: set[float] = set()
    session.height_changed.connect(lambda uid: seen.add(session.height(uid)))
    qtbot.waitUntil(lambda: len(seen) > 2, timeout=5000)
    window.set_playing(False)
    assert all(float(height).is_integer() for height in seen)


def test_pan_follows_the_geometry_of_the_view_that_is_shown(window: Any) -> None:
    linker, session = window.linker, window.session
    slices, views = pane_of(window, "slices"), pane_of(window, "views")
    session.set_height(SERIES, 90.0)
    for number in (1, 15):
        session.set_height(views.uid, number)
        assert linker.link(slices, views).forward(CENTRE[:2]) == pytest.approx(shadow(geometry(), number - 1), abs=1e-6)


def test_a_tilted_detector_is_linked_exactly() -> None:
    arc = trajectories.arc(
        angle_deg=(-20.0, 0.0, 20.0), source_to_detector_mm=1200, source_to_pivot_mm=1000, pixel_pitch_mm=0.5,
        shape=(400, 300),
    )  # fmt: skip
    place = (15.0, -30.0, 120.0)
    for view in range(3):
        plane = Plane(120.0, True, arc.subset([view]), world="w")
        found = shadow_of(plane, place[2], place[:2])
        assert found == pytest.approx(shadow(arc, view, place), abs=1e-6)
        assert found is not None
        ray = ray_of(plane, found)
        assert ray is not None
        assert ray.at(place[2]) == pytest.approx(place[:2], abs=1e-6)
        assert link(plane, Plane(120.0, world="w")).forward(found) == pytest.approx(place[:2], abs=1e-6)


# -- synthetic radiographs -------------------------------------------------------------------------------------------


def test_a_synthetic_radiograph_is_computed_when_hung_and_again_with_other_options(window: Any) -> None:
    session = window.session
    session.set_active(session.layout.panes[3])
    window.action_set["hang_synthetic"].trigger()
    wait_until_settled(window, 60)
    pane = window.panes[session.layout.panes[3]]
    uid = SERIES + "#synthetic"
    assert pane.picture.uid == uid
    assert pane.picture.kind == "synthetic"
    assert pane.picture.title == "Synthetic 2-D"
    assert pane.viewport.badge == "Synthetic 2-D"
    assert any("not an exposure" in note for note in pane.viewport.info.notes)
    assert pane.viewport._corners[Corner.BOTTOM_RIGHT][0] == "Synthetic 2-D"
    # It registers with the middle view.
    assert pane.picture.geometry.equals(geometry().subset([7]))
    first = pane.picture.source
    window.docks.synthetic.parameters.values_committed.emit(
        {**window.docks.synthetic.parameters.values(), "detail_share": 0.2}
    )
    assert session.reading.of(uid).synthetic.detail_share == pytest.approx(0.2)
    wait_until_settled(window, 60)
    assert session.pictures[uid].source is not first
    session.stack.undo()
    assert session.reading.of(uid).synthetic is None
    wait_until_settled(window, 60)
    np.testing.assert_allclose(session.pictures[uid].source.pixels, first.pixels, equal_nan=True)


def test_computing_can_be_cancelled_and_begun_anew(window: Any) -> None:
    session, uid = window.session, SERIES + "#synthetic"
    place = session.layout.panes[3]
    window.opening.show_series(uid, place)
    window.synthetic.cancel(uid)
    wait_until_settled(window, 30)
    assert uid not in session.pictures
    assert session.busy(uid) is None
    assert window.panes[place].picture.title == "Middle projection"
    window.opening.show_series("radiograph", place)
    window.opening.show_series(uid, place)
    wait_until_settled(window, 60)
    assert session.hung(place).kind == "synthetic"


def test_the_browser_offers_views_and_synthetic(window: Any) -> None:
    browser = window.docks.browser.widget
    assert browser.series_uids() == (SERIES, SERIES + "#views", SERIES + "#synthetic", "radiograph")
    session = window.session
    window.panes[0].viewport.series_dropped.emit(SERIES + "#views")
    wait_until_settled(window, 30)
    assert session.hung(0).kind == "views"


def test_options_survive_the_journal(window: Any) -> None:
    from app.journal.encode import decode, encode
    from app.session.state import SeriesState

    state = SeriesState(synthetic=Synthetic(detail_share=0.3, high_mm=120.0))
    found, reports = decode(encode(state), SeriesState)
    assert found.synthetic == state.synthetic
    assert not reports


def test_views_and_synthetic_can_follow_each_other_without_slices_on_screen(window: Any) -> None:
    views = pane_of(window, "views")
    window.session.set_active(views.index)
    window.action_set["layout_1x1"].trigger()
    window.opening.show_series(SERIES + "#views", window.session.active)
    wait_until_settled(window, 30)
    assert window.session.slices_on_screen() is None
    assert window.action_set["hang_synthetic"].isEnabled()
    window.action_set["hang_synthetic"].trigger()
    wait_until_settled(window, 30)
    assert window.active_pane.uid == SERIES + "#synthetic"
    window.action_set["hang_views"].trigger()
    assert window.active_pane.uid == SERIES + "#views"
