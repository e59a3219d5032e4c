from __future__ import annotations

import numpy as np
import pytest

from recon.errors import BocageError
from recon.frame import PatientFrame
from recon.simulate.volume import attenuation_from_hu, place_ct

SPACING = (2.0, 0.5, 0.7)


@pytest.fixture
def ct() -> np.ndarray:
    """Air with one bright voxel at slice 4 of 6 (to the head), row 1 of 7 (anterior), column 9 of 11 (left)."""
    hu = np.full((6, 7, 11), -1000, dtype=np.int16)
    hu[4, 1, 9] = 1000
    return hu


def brightest_mm(volume) -> np.ndarray:  # type: ignore[no-untyped-def]
    index = np.unravel_index(volume.attenuation.argmax(), volume.attenuation.shape)
    return np.array(volume.origin_mm) + np.array(index[::-1]) * np.array(volume.spacing_mm)


def test_hounsfield_units_become_attenuation() -> None:
    values = attenuation_from_hu(np.array([-1000, -1024, 0, 1000], dtype=np.int16), 0.02)
    np.testing.assert_allclose(values, [0.0, 0.0, 0.02, 0.04], atol=1e-9)
    assert values.dtype == np.float32


@pytest.mark.parametrize(
    "letters", [("L", "F", "P"), ("R", "F", "A"), ("A", "F", "L"), ("H", "L", "P"), ("P", "F", "R")]
)
def test_a_ct_lands_where_the_frame_says(ct: np.ndarray, letters: tuple[str, str, str]) -> None:
    frame = PatientFrame.from_letters(*letters)
    volume = place_ct(ct, SPACING, frame=frame, clearance_mm=30.0, centre_mm=(3.0, -8.0))
    # The bright voxel's offset from the CT's centre in patient coordinates (L, P, H).
    patient = np.array([(9 - 5) * 0.7, (1 - 3) * 0.5, (4 - 2.5) * 2.0])
    expected = frame.to_world(patient)
    size_z = (volume.attenuation.shape[0] - 1) * volume.spacing_mm[2]
    expected += np.array([3.0, -8.0, 30.0 + size_z / 2])
    np.testing.assert_allclose(brightest_mm(volume), expected, atol=1e-6)
    assert np.count_nonzero(volume.attenuation) == 1


def test_the_body_goes_on_beyond_the_scan(ct: np.ndarray) -> None:
    ct[0, 3, 2], ct[5, 5, 8] = 0, 500  # lowest and highest slice
    plain = place_ct(ct, SPACING)
    longer = place_ct(ct, SPACING, extend_mm={"H": 10.0, "F": 5.0})
    assert longer.attenuation.shape == (7, 6 + 5 + 3, 11)  # whole slices
    assert longer.origin_mm[1] == pytest.approx(plain.origin_mm[1] - 10.0)
    np.testing.assert_array_equal(longer.attenuation[:, 5:11], plain.attenuation)
    for row in range(5):
        np.testing.assert_array_equal(longer.attenuation[:, row], plain.attenuation[:, 0])
    for row in range(11, 14):
        np.testing.assert_array_equal(longer.attenuation[:, row], plain.attenuation[:, -1])
    np.testing.assert_allclose(brightest_mm(longer), brightest_mm(plain))


def test_the_continued_body_softens_with_the_distance() -> None:
    hu = np.full((5, 60, 60), -1000, dtype=np.int16)
    hu[:, 20:40, 20:40] = 0
    hu[:, 28:32, 28:32] = 1000
    volume = place_ct(hu, (1.0, 1.0, 1.0), extend_mm={"F": 60.0}, soften=0.2)
    body = volume.attenuation[:, 4:]
    peaks = body.max(axis=(0, 2))
    assert np.all(np.diff(peaks) <= 1e-7)
    assert peaks[-1] < 0.7 * peaks[0]
    np.testing.assert_allclose(body.sum(axis=(0, 2)), body[:, 0].sum(), rtol=0.05)  # the same amount of body
    assert np.abs(np.diff(body, axis=1)).max() < 0.25 * peaks[0]  # no step


def test_what_cannot_be_placed_is_refused(ct: np.ndarray) -> None:
    turn = float(np.sqrt(0.5))
    with pytest.raises(BocageError, match="along the patient's axes"):
        place_ct(ct, SPACING, frame=PatientFrame(((turn, turn, 0), (0, 0, -1), (-turn, turn, 0))))
    with pytest.raises(BocageError, match='found "X"'):
        place_ct(ct, SPACING, extend_mm={"X": 1.0})
    with pytest.raises(BocageError, match="slices, rows, columns"):
        place_ct(ct[0], SPACING)
