"""The session's states and the parts of it that need no window."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pytest
import synthetic

from app.jobs import Worker
from app.session import Layout, Picture, Reading, Reconstruction, SeriesState, Session
from app.session.auto_window import window_of
from app.session.loading import middle_view
from app.session.start_height import rotation_height, start_height
from app.session.state import command_text
from app.session.window_presets import window_presets
from app.window.corner_text import date, person_name, value_text, window_text
from app.window.statistics import all_statistics, own_region
from recon import trajectories
from recon.algorithms import FilteredBackProjection
from recon.algorithms.sirt import Sirt
from recon.progress import SILENT
from recon.slab import PlaneGrid, Rect, Slab, SlabRequest, SourceInfo
from recon.stored import Radiograph
from widgets.measurements import Measurement
from widgets.window import NamedWindow, Window


@pytest.fixture
def session(qtbot: Any) -> Any:
    compute, background = Worker("compute-test"), Worker("background-test")
    yield Session(compute, background)
    assert compute.shutdown()
    assert background.shutdown()


def live_picture(uid: str = "a") -> Picture:
    return Picture(uid, "slices", synthetic.FakeLive(synthetic.projection_set()), "Slices")


def radiograph_picture(uid: str = "r") -> Picture:
    return Picture(uid, "radiograph", synthetic.radiograph(), "Radiograph")


# -- states ------------------------------------------------------------------------------------------------------------


def test_steps_land_on_whole_intervals_and_stay_in_range() -> None:
    state = Reconstruction(5.0, 2.0, 10.0, 30.0)
    assert state.stepped(14.7, 1) == 16.0
    assert state.stepped(10.0, -1) == 10.0
    assert state.stepped(29.0, 5) == 30.0
    assert state.n_slices == 11


def test_commands_are_named_by_what_changed() -> None:
    empty = SeriesState(reconstruction=Reconstruction(5.0, 1.0, 0.0, 100.0))
    length = Measurement("1", "length", ((0.0, 0.0), (1.0, 0.0)))
    longer = replace(length, points_mm=((0.0, 0.0), (2.0, 0.0)))
    one = replace(empty, measurements=(length,))
    assert command_text(empty, one) == "length measurement"
    assert command_text(one, replace(one, measurements=(longer,))) == "change of length measurement"
    assert command_text(one, empty) == "removal of length measurement"
    assert command_text(empty, replace(empty, inverted=True)) == "inversion"
    assert command_text(empty, empty.with_window("", Window(0, 1, "linear_exact"))) == "window"
    thicker = replace(empty, reconstruction=Reconstruction(6.0, 1.0, 0.0, 100.0))
    assert command_text(empty, thicker) == "slice thickness"

    def with_algorithm(algorithm: Any) -> SeriesState:
        return replace(empty, reconstruction=Reconstruction(5.0, 1.0, 0.0, 100.0, algorithm))

    ten, five = with_algorithm(Sirt()), with_algorithm(Sirt(iterations=5))
    assert command_text(ten, five) == "iterations"
    assert command_text(ten, with_algorithm(Sirt(iterations=5, relaxation=0.5))) == "reconstruction"
    assert command_text(ten, with_algorithm(FilteredBackProjection())) == "algorithm"


def test_windows_belong_to_the_scale_of_values() -> None:
    fbp, other = Window(1.0, 2.0, "linear_exact"), Window(3.0, 4.0, "linear_exact")
    state = SeriesState().with_window("fbp", fbp).with_window("shift-and-add", other)
    assert dict(state.windows) == {"fbp": fbp, "shift-and-add": other}
    assert dict(state.with_window("fbp", None).windows) == {"shift-and-add": other}


# -- session -----------------------------------------------------------------------------------------------------------


def test_undo_forgets_nothing_that_was_loaded_later(session: Session) -> None:
    session.add_picture(radiograph_picture())
    session.set_window("r", Window(1.0, 2.0, "linear_exact"))
    session.add_picture(live_picture())
    session.stack.undo()
    assert not session.reading.of("r").windows
    assert session.reading.of("a").reconstruction is not None


def test_loading_is_not_undoable_and_a_new_study_clears_the_stack(session: Session) -> None:
    session.add_picture(live_picture())
    assert len(session.stack) == 0
    session.set_inverted("a", True)
    session.start_reading(Layout.of_grid(1, 1, ("a",)))
    assert len(session.stack) == 0
    assert session.reading.of("a").inverted, "what the reader did stays with the series"


def test_slider_drags_are_one_command(session: Session) -> None:
    session.add_picture(live_picture())
    for thickness in (6.0, 7.0, 8.0):
        session.set_reconstruction("a", live=True, thickness_mm=thickness)
    session.stack.seal()
    session.set_reconstruction("a", live=True, thickness_mm=9.0)
    assert len(session.stack) == 2
    session.stack.undo()
    session.stack.undo()
    assert session.reading.of("a").reconstruction is not None
    assert session.reading.of("a").reconstruction.thickness_mm == 5.0  # type: ignore[union-attr]


def test_files_window_comes_before_the_automatic_one(session: Session) -> None:
    named = NamedWindow("Bone", Window(10.0, 20.0))
    session.add_picture(replace(radiograph_picture(), windows=(named,)))
    assert session.window("r") == named.window


def test_every_picture_is_complete_when_it_is_announced(session: Session) -> None:
    seen: list[tuple[float, Any]] = []

    def look(_old: Reading, _new: Reading) -> None:
        seen.append((session.height("a"), session.pictures.get("a")))

    session.reading_changed.connect(look)
    session.add_picture(replace(live_picture(), start_height_mm=42.0))
    assert [(height, picture is not None) for height, picture in seen] == [(42.0, True)]


# -- automatic window, start height ------------------------------------------------------------------------------------


def test_automatic_window_leaves_out_the_air_beside_the_patient() -> None:
    rng = np.random.default_rng(1)
    image = np.zeros((200, 200), np.float32)
    image[:, 60:140] = rng.uniform(100, 200, (200, 80))
    window = window_of(image)
    low, high = window.edges
    assert low > 80
    assert high < 210


def test_automatic_window_of_an_empty_picture() -> None:
    assert window_of(np.full((50, 50), np.nan, np.float32)).width > 0
    assert window_of(np.full((50, 50), 3.0, np.float32)).width > 0


@dataclass
class Textured:
    """Fine texture in focus between 60 and 100 mm, smooth elsewhere; stripes at the field's border at 10 mm."""

    info: SourceInfo = field(default_factory=lambda: SourceInfo("t", "1/mm", (0.0, 200.0), 1.0, True))

    def footprint(self, height_mm: float) -> Rect:
        return Rect(-50, -50, 50, 50)

    def native_pixel_mm(self, height_mm: float) -> tuple[float, float]:
        return (0.5, 0.5)

    def slab(self, request: SlabRequest) -> Slab:
        grid = PlaneGrid.covering(request.region or self.footprint(0), request.pixel_mm or 0.5)
        rng = np.random.default_rng(2)
        strength = 1.0 if 60 <= request.height_mm <= 100 else 0.02
        pixels = strength * rng.normal(size=grid.shape).astype(np.float32)
        if request.height_mm < 20:
            pixels[:, :2] = 100.0
        return Slab(pixels, grid, request.height_mm)


def test_reading_starts_in_the_middle_of_what_is_in_focus() -> None:
    assert start_height(Textured(), SILENT) == pytest.approx(80.0, abs=10)


def test_reading_starts_at_the_axis_of_turning_systems() -> None:
    angles = np.linspace(-20, 20, 11)
    turning = trajectories.isocentric(
        angle_deg=angles, source_to_detector_mm=1500, source_to_axis_mm=1000, pixel_pitch_mm=1.0, shape=(8, 8)
    )
    assert rotation_height(turning) == pytest.approx(500.0)
    breast = trajectories.arc(
        angle_deg=angles, detector_angle_deg=angles / 4, source_to_detector_mm=700, source_to_pivot_mm=700,
        pixel_pitch_mm=1.0, shape=(8, 8),
    )  # fmt: skip
    assert rotation_height(breast) is None
    assert rotation_height(synthetic.geometry()) is None
    assert rotation_height(None) is None


def test_middle_view_of_counts_is_bright_where_dense() -> None:
    view = middle_view(synthetic.projection_set())
    assert view.pixels[50, 40] == pytest.approx(np.log(10.0), rel=1e-5)
    assert view.pixels[0, 0] == pytest.approx(np.log(2.0), rel=1e-5)
    assert view.geometry is not None
    assert view.geometry.n_views == 1


# -- presets, texts, statistics ----------------------------------------------------------------------------------------


def test_window_presets_suit_the_unit() -> None:
    picture = live_picture()
    titles = [preset.title for preset in window_presets(picture, Window(1.0, 2.0, "linear_exact"))]
    assert titles == ["High contrast", "Low contrast"]
    info = SourceInfo("CT", "HU", (0.0, 0.0))
    ct = Picture("c", "volume", Radiograph(np.zeros((4, 4), np.int16), (1.0, 1.0), info), "CT")
    assert [preset.title for preset in window_presets(ct, None)] == ["Lung", "Mediastinum", "Bone"]


def test_texts() -> None:
    assert person_name("Yamada^Tarou=山田^太郎") == "Yamada, Tarou"
    assert person_name("Alone") == "Alone"
    assert date("20260102") == "2 Jan 2026"
    assert date("2026") == "2026"
    assert date("20261302") == "20261302"
    assert value_text(0.01234, "1/mm") == "0.0123 /mm"
    assert value_text(float("nan"), "HU") == "–"
    assert window_text(Window(40, 400), "HU") == "W 400  L 40"


def test_region_is_widened_to_the_sources_own_pixels() -> None:
    source = synthetic.FakeLive(synthetic.projection_set())
    ellipse = Measurement("e", "ellipse", ((10.3, 5.2), (20.1, 14.9)), 100.0)
    region = own_region(source, ellipse, 100.0)
    assert region is not None
    pixel = source.native_pixel_mm(100.0)[0]
    offset = (region.x0 - source.footprint(100.0).x0) / pixel
    assert offset == pytest.approx(round(offset), abs=1e-6)
    assert region.x0 < 10.3
    assert region.y1 > 14.9
    far = Measurement("f", "ellipse", ((500.0, 500.0), (510.0, 510.0)), 100.0)
    found = all_statistics(source, (ellipse, far), 100.0, 0.0, SILENT)
    assert found["f"].count == 0
    assert found["e"].mean == pytest.approx(0.0204, abs=1e-4)
