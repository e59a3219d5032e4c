"""Right is right: an asymmetric phantom through every way round, every kind of source, and out of every door."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import fixtures_dicom as fx
import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage, QPainter

from app.dicom.read import load, scan
from app.dicom.write import ReconstructionFacts, StudyFacts, write_slices
from app.export import nifti_affine, write_nifti
from app.gui import wait_until_settled
from recon import trajectories
from recon.algorithms import ShiftAndAdd
from recon.frame import PatientFrame
from recon.live import LiveVolume
from recon.projections import ProjectionSet
from recon.slab import PlaneGrid, SlabRequest, SlabSource, SourceInfo
from recon.stored import Radiograph, Volume
from widgets.outlined_text import draw_text, line_height
from widgets.overlays import MARGIN, edge_letters
from widgets.view_transform import ViewTransform
from widgets.viewport import OverlayLevel, Viewport
from widgets.window import Window

EIGHT = [(turns, flip) for turns in range(4) for flip in (False, True)]
PITCH = 0.5
SHAPE = (200, 160)
"""Higher than wide."""
R_GLYPH = np.array([[1, 1, 1, 0], [1, 0, 0, 1], [1, 1, 1, 0], [1, 0, 1, 0], [1, 0, 0, 1]], np.float32)
"""A letter that is none of its own mirror images."""
FRAMES = {
    "as if facing the patient": PatientFrame.from_letters("L", "F", "P"),
    "seen from behind": PatientFrame.from_letters("R", "F", "A"),
    "upside down": PatientFrame.from_letters("R", "H", "P"),
    "on the side": PatientFrame.from_letters("F", "R", "P"),
}


def phantom(frame: PatientFrame) -> NDArray[np.float32]:
    """Grey, with an R at the patient's right, and a bright bar at the patient's head, in the image's own axes."""
    image = np.full(SHAPE, 0.3, np.float32)
    right, head = direction(frame, "R"), direction(frame, "H")
    rows, columns = SHAPE
    middle = np.array([columns / 2, rows / 2])
    half = np.array([columns / 2, rows / 2])
    at = middle + right * half * 0.6
    glyph = np.kron(R_GLYPH, np.ones((5, 5), np.float32))
    # The letter stands upright for who sees it with head up and right at the left.
    shown = glyph
    axes = np.array([-right, -head])  # screen right and down, in image (x, y)
    placed = np.zeros(SHAPE, np.float32)
    for row, column in itertools.product(range(shown.shape[0]), range(shown.shape[1])):
        offset = (column - shown.shape[1] / 2) * axes[0] + (row - shown.shape[0] / 2) * axes[1]
        x, y = np.floor(at + offset).astype(int)
        placed[y, x] = max(placed[y, x], shown[row, column])
    image[placed > 0] = 1.0
    bar = middle + head * half * 0.8
    x, y = bar.astype(int)
    wide = np.abs(right) * 40 + 6
    image[int(y - wide[1]) : int(y + wide[1]), int(x - wide[0]) : int(x + wide[0])] = 0.7
    return image


def direction(frame: PatientFrame, letter: str) -> NDArray[np.float64]:
    """The image direction (x, y) that points to R or H."""
    for x, y in ((1, 0), (-1, 0), (0, 1), (0, -1)):
        if frame.letters((x, y, 0)) == letter:
            return np.array([x, y], float)
    raise AssertionError(letter)


def info(frame: PatientFrame) -> SourceInfo:
    return SourceInfo("Phantom", "", (0.0, 0.0), patient=frame)


def volume(frame: PatientFrame) -> SlabSource:
    grid = PlaneGrid((-(SHAPE[1] - 1) / 2 * PITCH, -(SHAPE[0] - 1) / 2 * PITCH), (PITCH, PITCH), SHAPE)
    return Volume(phantom(frame)[None], [0.0], grid, info(frame))


def radiograph(frame: PatientFrame) -> SlabSource:
    return Radiograph((1000 * phantom(frame)).astype(np.uint16), (PITCH, PITCH), info(frame))


def live(frame: PatientFrame) -> SlabSource:
    geometry = trajectories.linear_track(
        source_position_mm=[-20.0, 0.0, 20.0],
        source_to_detector_mm=1000,
        pixel_pitch_mm=PITCH,
        shape=SHAPE,
        patient=frame,
    )
    return LiveVolume(
        ProjectionSet(np.repeat(phantom(frame)[None], 3, axis=0), geometry, "line_integrals"), ShiftAndAdd()
    )


KINDS: dict[str, Callable[[PatientFrame], SlabSource]] = {"volume": volume, "radiograph": radiograph, "live": live}


def grey(image: QImage) -> NDArray[np.float64]:
    image = image.convertToFormat(QImage.Format.Format_Grayscale8)
    rows, columns = image.height(), image.width()
    data = np.frombuffer(image.constBits(), np.uint8).reshape(rows, image.bytesPerLine())
    return data[:, :columns].astype(float)


@pytest.fixture
def show(qtbot: Any) -> Callable[..., Viewport]:
    def made(source: SlabSource, transform: ViewTransform, level: OverlayLevel = OverlayLevel.NONE) -> Viewport:
        view = Viewport()
        qtbot.addWidget(view)
        view.resize(420, 380)
        view.slab_wanted.connect(lambda request: view.set_slab(source.slab(request)))
        view.set_source(source.info, source.footprint, source.native_pixel_mm)
        view.set_height(0.0)
        low, high = (float(value) for value in np.nanpercentile(source.slab(SlabRequest(0.0)).pixels, (1, 99.9)))
        view.set_window(Window((low + high) / 2, high - low, "linear_exact"))
        view.set_overlay_level(level)
        view.set_transform(transform)
        view.show()
        qtbot.waitUntil(lambda: view.settled, timeout=3000)
        return view

    return made


def sides(image: NDArray[np.float64]) -> tuple[str, str]:
    """At which edges of a picture the R and the head's bar lie: the brightest pixels, and those between it and grey."""
    rows, columns = np.nonzero(image > 235)
    letter = (columns.mean() - image.shape[1] / 2, rows.mean() - image.shape[0] / 2)
    rows, columns = np.nonzero((image > 115) & (image < 190))
    bar = (np.median(columns) - image.shape[1] / 2, np.median(rows) - image.shape[0] / 2)
    return edge(letter), edge(bar)


def edge(offset: tuple[float, float]) -> str:
    x, y = offset
    if abs(x) > abs(y):
        return "right" if x > 0 else "left"
    return "bottom" if y > 0 else "top"


@pytest.mark.parametrize(("turns", "flip"), EIGHT)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("frame", FRAMES)
def test_the_marks_lie_where_the_letters_say(show: Any, kind: str, frame: str, turns: int, flip: bool) -> None:
    source = KINDS[kind](FRAMES[frame])
    for scale in (1.7, 2.0, 2.3):  # smaller than its pixels, one to one, and magnified
        view = show(source, ViewTransform((0.0, 0.0), scale, turns, flip))
        letters = edge_letters(source.info.patient, view.transform)
        image = grey(view.rendered_image())
        assert sides(image) == tuple(next(side for side, found in letters.items() if found == each) for each in "RH")


@pytest.mark.parametrize(("turns", "flip"), EIGHT)
def test_the_letter_is_mirrored_when_the_picture_is(show: Any, turns: int, flip: bool) -> None:
    """The R in the picture against all ways round of the glyph: the right one fits best."""
    source = volume(FRAMES["as if facing the patient"])
    image = grey(show(source, ViewTransform((0.0, 0.0), 2.0, turns, flip)).rendered_image())
    rows, columns = np.nonzero(image > 235)
    cut = (image > 235)[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1].astype(float)

    def fit(way: tuple[int, bool]) -> float:
        glyph = R_GLYPH[:, ::-1] if way[1] else R_GLYPH
        glyph = np.rot90(glyph, -way[0])
        index = [
            np.minimum((np.arange(size) + 0.5) * glyph.shape[axis] / size, glyph.shape[axis] - 1).astype(int)
            for axis, size in enumerate(cut.shape)
        ]
        return float(np.abs(glyph[np.ix_(*index)] - cut).mean())

    assert min(EIGHT, key=fit) == (turns, flip)
    assert fit((turns, flip)) < 0.1


@pytest.mark.parametrize(("turns", "flip"), EIGHT)
def test_the_letters_that_are_painted_are_these(show: Any, turns: int, flip: bool) -> None:
    source = radiograph(FRAMES["as if facing the patient"])
    view = show(source, ViewTransform((0.0, 0.0), 2.0, turns, flip), OverlayLevel.FULL)
    view.set_window(Window(1e6, 1.0, "linear_exact"))
    painted = grey(view.rendered_image())
    letters = edge_letters(source.info.patient, view.transform)
    size, half = 15, 0.5 * line_height(15)
    places = {
        "left": (MARGIN, view.height() / 2 - half, 0.0),
        "right": (view.width() - MARGIN, view.height() / 2 - half, 1.0),
        "top": (view.width() / 2, MARGIN - 5, 0.5),
    }
    for side, (x, y, align) in places.items():
        differences = {}
        for letter in "RLHFAP":
            expected = QImage(view.width(), view.height(), QImage.Format.Format_RGB32)
            expected.fill(QColor(0, 0, 0))
            painter = QPainter(expected)
            draw_text(painter, x, y, letter, pixel_size=size, bold=True, align=align)
            painter.end()
            area = np.s_[int(y) : int(y + 2 * half), max(0, int(x - 18)) : int(x + 18)]
            differences[letter] = float(np.abs(grey(expected)[area] - painted[area]).mean())
        assert min(differences, key=differences.__getitem__) == letters[side], (side, differences)


# -- out of the program ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("frame", FRAMES)
def test_dicom_slices_say_where_the_right_is(tmp_path: Path, frame: str) -> None:
    """Written, and read by pydicom alone: the R's pixels lie at negative x (to the right), the bar above (PS3.3)."""
    import pydicom

    source = volume(FRAMES[frame])
    slabs = [replace(source.slab(SlabRequest(0.0)), height_mm=height) for height in (10.0, 12.0)]
    write_slices(tmp_path / "out", slabs, FRAMES[frame], StudyFacts(entropy="r"), ReconstructionFacts("SAA"))
    for path in sorted((tmp_path / "out").rglob("*.dcm")):
        data = pydicom.dcmread(path)
        group = data.get("PerFrameFunctionalGroupsSequence")
        orientation = getattr(data, "ImageOrientationPatient", None)
        position = getattr(data, "ImagePositionPatient", None)
        if orientation is None and group is not None:
            orientation = data.SharedFunctionalGroupsSequence[0].PlaneOrientationSequence[0].ImageOrientationPatient
            position = group[0].PlanePositionSequence[0].ImagePositionPatient
        pixels = data.pixel_array.astype(float)
        pixels = pixels[0] if pixels.ndim == 3 else pixels
        spacing = [float(value) for value in getattr(data, "PixelSpacing", None) or data.ImagerPixelSpacing]
        x, y = np.array(orientation[:3], float), np.array(orientation[3:], float)
        scaled = (pixels - pixels.min()) / np.ptp(pixels)
        for mask, axis, sign in ((scaled > 0.95, 0, -1), ((scaled > 0.5) & (scaled < 0.65), 2, 1)):
            rows, columns = np.nonzero(mask)
            at = np.array(position, float) + x * columns.mean() * spacing[1] + y * rows.mean() * spacing[0]
            centre = (
                np.array(position, float) + x * (SHAPE[1] - 1) / 2 * spacing[1] + y * (SHAPE[0] - 1) / 2 * spacing[0]
            )
            assert sign * (at - centre)[axis] > 15, (path.name, at - centre)


@pytest.mark.parametrize("frame", FRAMES)
def test_nifti_volumes_say_where_the_right_is(tmp_path: Path, frame: str) -> None:
    import nibabel

    source = volume(FRAMES[frame])
    slabs = [replace(source.slab(SlabRequest(0.0)), height_mm=height) for height in (10.0, 12.0)]
    write_nifti(tmp_path / "v.nii", slabs, [10.0, 12.0], FRAMES[frame], {})
    found = nibabel.load(tmp_path / "v.nii")
    values = np.asarray(found.dataobj)
    i, j, k = np.nonzero(values > 0.95)
    # RAS: x grows to the right of the patient.
    at = found.affine @ [i.mean(), j.mean(), k.mean(), 1.0]
    assert at[0] > 15
    i, j, k = np.nonzero((values > 0.65) & (values < 0.75))
    assert (found.affine @ [i.mean(), j.mean(), k.mean(), 1.0])[2] > 15
    assert np.allclose(found.affine, nifti_affine(slabs[0].grid, [10.0, 12.0], FRAMES[frame]))


# -- a coronal series ------------------------------------------------------------------------------------------------


def coronal_series(folder: Path) -> None:
    """Single slices with Image Orientation 1\\0\\0\\0\\0\\-1; a bead at the right (x = −13.4 mm), towards the head.

    Programs that think in axial planes have shown such a series mirrored against their own letters.
    """
    for index in range(6):
        image = np.full((40, 60), 200, np.int16)
        image[6:9, 10:13] = 1200  # x = −20 + 11 · 0.6, z = 40 − 7 · 0.6
        data = fx.dataset(
            fx.CT,
            "CT",
            image,
            "coronal",
            index + 1,
            ImagePositionPatient=["-20", fx.ds(30 + 2 * index), "40"],
            ImageOrientationPatient=[fx.ds(value) for value in fx.CORONAL],
            PixelSpacing=[fx.ds(0.6)] * 2,
            RescaleSlope="1",
            RescaleIntercept="0",
            WindowCenter="600",
            WindowWidth="1200",
        )
        fx.save(data, folder / f"{index}.dcm")


def test_a_coronal_series_is_not_mirrored(tmp_path: Path) -> None:
    coronal_series(tmp_path / "s")
    (series,) = scan([tmp_path / "s"]).series
    source = load(series).source
    slab = source.slab(SlabRequest(float(source.heights_mm[2])))
    row, column = (float(value.mean()) for value in np.nonzero(slab.pixels > 1000))
    x, y = slab.grid.index_to_mm(row, column)
    at = source.info.patient.to_patient((x, y, slab.height_mm))
    assert at[0] == pytest.approx(-20 + 11 * 0.6, abs=1e-6)
    assert at[2] == pytest.approx(40 - 7 * 0.6, abs=1e-6)


@pytest.mark.parametrize(("turns", "flip"), EIGHT)
def test_the_coronal_beads_side_in_the_window_and_in_the_saved_picture(
    make_window: Any, tmp_path: Path, turns: int, flip: bool
) -> None:
    coronal_series(tmp_path / "s")
    window = make_window()
    window.open_paths([tmp_path / "s"])
    wait_until_settled(window, 20)
    pane = window.panes[0]
    view = pane.viewport
    for _ in range(turns):
        window.action_set["rotate_right"].trigger()
    if flip:
        window.action_set["flip_horizontal"].trigger()
    view.set_overlay_level(OverlayLevel.NONE)
    wait_until_settled(window, 20)
    letters = edge_letters(view.info.patient, view.transform)
    assert {"R", "L", "H", "F"} == set(letters.values())
    assert view.rendered_image().save(str(tmp_path / "saved.png"), "PNG")
    for image in (grey(view.grab().toImage()), grey(QImage(str(tmp_path / "saved.png")))):
        rows, columns = np.nonzero(image > 245)
        x, y = columns.mean() - image.shape[1] / 2, rows.mean() - image.shape[0] / 2
        beyond = {"left": x < -10, "right": x > 10, "top": y < -10, "bottom": y > 10}
        for side, letter in letters.items():
            assert beyond[side] == (letter in "RH"), (side, letter, x, y)
