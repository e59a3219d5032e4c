"""CT volumes on the planes of a tomosynthesis world."""

from __future__ import annotations

import numpy as np
import pytest

from recon.errors import BocageError
from recon.frame import PatientFrame
from recon.placement import SpaceMap
from recon.reformat import ObliqueVolume
from recon.slab import PlaneGrid, Rect, SlabRequest, SourceInfo
from recon.stored import Volume

AXIAL = PatientFrame.from_letters("L", "P", "H")
PA = PatientFrame.from_letters("L", "F", "P")
AP = PatientFrame.from_letters("R", "F", "A")


def ct(function, heights=None, padding: float | None = None) -> Volume:  # type: ignore[no-untyped-def]
    """Voxels from patient coordinates (L, P, H)."""
    heights = np.arange(40) * 2.0 if heights is None else heights
    grid = PlaneGrid((-49.0, -39.0), (1.0, 1.5), (52, 99))
    left = grid.origin_mm[0] + np.arange(99)
    back = grid.origin_mm[1] + 1.5 * np.arange(52)
    values = function(left[None, None, :], back[None, :, None], np.asarray(heights)[:, None, None])
    info = SourceInfo("CT", "HU", (float(heights[0]), float(heights[-1])), 2.0, patient=AXIAL)
    return Volume(
        np.broadcast_to(values, (len(heights), 52, 99)).astype(np.float32), heights, grid, info, 1.0, 0.0, padding
    )


@pytest.mark.parametrize(("frame", "sign"), [(PA, 1.0), (AP, -1.0)])
def test_planes_of_constant_height_show_the_patient_the_right_way_round(frame: PatientFrame, sign: float) -> None:
    volume = ct(lambda x, y, z: 10.0 * x + 3.0 * y + z)
    placed = ObliqueVolume(volume, frame)
    slab = placed.slab(SlabRequest(7.0, region=Rect(-30.0, -60.0, 30.0, -10.0), pixel_mm=1.0))
    # World x is the patient's left (right), y the feet, z the back (front); the volume's own origin is kept.
    x, y = slab.grid.index_to_mm(20, 41)
    expected = 10.0 * sign * x + 3.0 * sign * 7.0 - y
    assert slab.pixels[20, 41] == pytest.approx(expected, abs=1e-3)
    assert placed.info.patient == frame
    assert placed.info.height_range_mm == pytest.approx((-39.75, 38.25) if sign > 0 else (-38.25, 39.75))


def test_a_placement_moves_and_turns_the_patient_as_documented() -> None:
    volume = ct(lambda x, y, z: 5.0 * x - 2.0 * y + 3.0 * z)
    centre = (0.0, -39.0, 0.0)
    placement = SpaceMap.placed((4.0, -6.0, 2.0), 5.0, -8.0, 3.0, centre_mm=centre)
    placed = ObliqueVolume(volume, PA, placement)
    point = np.array([6.0, -50.0, 9.0])  # straight frame: left, feet, back
    seen = placement(point)
    slab = placed.slab(SlabRequest(float(seen[2]), region=Rect(*(seen[:2] - 0.5), *(seen[:2] + 0.5)), pixel_mm=1.0))
    assert slab.pixels.shape == (1, 1)
    assert slab.pixels[0, 0] == pytest.approx(5.0 * 6.0 - 2.0 * 9.0 + 3.0 * 50.0, abs=1e-2)


def test_a_slab_is_the_mean_over_its_thickness_and_large_pixels_are_means() -> None:
    volume = ct(lambda x, y, z: 0.0 * x + 0.0 * z + y**2)
    placed = ObliqueVolume(volume, PA)
    region = Rect(-10.0, -40.0, 10.0, -30.0)
    slab = placed.slab(SlabRequest(0.0, 12.0, region, 1.0))
    # The mean of y² over ±6 mm is 12, over eight planes 1.5 mm apart a little less; the voxels are straight lines.
    assert slab.pixels[4, 4] == pytest.approx(12.0, abs=0.6)
    stripes = ct(lambda x, y, z: 100.0 * (np.rint(x) % 2) + 0.0 * y + 0.0 * z)
    coarse = ObliqueVolume(stripes, PA).slab(SlabRequest(0.0, 0.0, Rect(-20.0, -60.0, 20.0, -20.0), 4.0))
    assert float(np.ptp(coarse.pixels)) < 1.0
    assert coarse.pixels.mean() == pytest.approx(50.0, abs=1.0)


def test_outside_and_padding_are_empty() -> None:
    volume = ct(lambda x, y, z: np.where(x > 20.0, -2000.0, x + 0.0 * y + 0.0 * z), padding=-2000.0)
    slab = ObliqueVolume(volume, PA).slab(SlabRequest(0.0, region=Rect(-60.0, -60.0, 60.0, -20.0), pixel_mm=1.0))
    x = slab.grid.origin_mm[0] + np.arange(slab.grid.shape[1])
    row = slab.pixels[20]
    assert np.isnan(row[(x < -50.0) | (x > 20.5)]).all()
    assert np.isfinite(row[(x > -49.0) & (x < 19.5)]).all()
    above = ObliqueVolume(volume, PA).slab(SlabRequest(60.0, region=Rect(-10.0, -60.0, 10.0, -20.0), pixel_mm=1.0))
    assert np.isnan(above.pixels).all()


def test_uneven_slices_are_where_they_say() -> None:
    heights = np.array([0.0, 1.0, 2.0, 3.0, 5.0, 8.0, 12.0, 20.0])
    placed = ObliqueVolume(ct(lambda x, y, z: z + 0.0 * x + 0.0 * y, heights), PA)
    slab = placed.slab(SlabRequest(0.0, region=Rect(-5.0, -19.0, 5.0, -1.0), pixel_mm=1.0))
    y = slab.grid.origin_mm[1] + np.arange(slab.grid.shape[0])
    assert slab.pixels[:, 4] == pytest.approx(-y, abs=1e-3)


def test_without_orientation_there_is_a_sentence() -> None:
    with pytest.raises(BocageError, match="how they lie in the patient"):
        ObliqueVolume(ct(lambda x, y, z: x + y + z), None)
