"""Patient directions and their letters."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recon.errors import GeometryError
from recon.frame import PatientFrame, letters

PA = PatientFrame.from_letters("L", "F", "P")
AP = PatientFrame.from_letters("R", "F", "A")


@pytest.mark.parametrize(
    ("frame", "direction", "letter"),
    [
        (PA, (1, 0, 0), "L"), (PA, (-1, 0, 0), "R"), (PA, (0, 1, 0), "F"), (PA, (0, -1, 0), "H"),
        (PA, (0, 0, 1), "P"), (PA, (0, 0, -1), "A"), (PA, (1, 1.2, 0), "FL"), (PA, (1, 0.01, 0), "L"),
        (AP, (1, 0, 0), "R"), (AP, (0, 0, 1), "A"), (AP, (0, 0, 0), ""),
    ],
)  # fmt: skip
def test_letters(frame: PatientFrame, direction: tuple[float, float, float], letter: str) -> None:
    assert frame.letters(direction) == letter


def test_letters_of_patient_directions() -> None:
    assert letters((0.2, 0.0, 1.0)) == "HL"
    assert letters((0.0, -3.0, 0.0)) == "A"


@given(st.tuples(*[st.floats(-500, 500)] * 3), st.tuples(*[st.floats(-500, 500)] * 3))
def test_to_the_patient_and_back(point: tuple[float, ...], origin: tuple[float, float, float]) -> None:
    angle = 0.3
    axes = (
        (np.cos(angle), np.sin(angle), 0.0),
        (0.0, 0.0, -1.0),
        (-np.sin(angle), np.cos(angle), 0.0),
    )
    frame = PatientFrame(axes, origin, located=True)  # type: ignore[arg-type]
    np.testing.assert_allclose(frame.to_world(frame.to_patient(point)), point, atol=1e-9)
    np.testing.assert_allclose(frame.to_patient((0, 0, 0)), origin)


def test_a_pa_chest_by_hand() -> None:
    frame = PatientFrame(PA.axes, (10.0, 20.0, 30.0), located=True)
    # 1 mm right on the image is 1 mm to the patient's left; 2 mm down, to the feet; 3 mm to the tube, to the back.
    np.testing.assert_allclose(frame.to_patient((1.0, 2.0, 3.0)), (11.0, 23.0, 28.0))


@pytest.mark.parametrize(
    ("x", "y", "z", "sentence"),
    [
        ("L", "F", "A", "mirror image"),
        ("L", "L", "P", "three perpendicular unit vectors"),
        ("L", "F", "X", 'direction of z must be one of L R P A H F, found "X"'),
        ("", "F", "P", "direction of x must be one of"),
    ],
)
def test_impossible_frames_are_refused(x: str, y: str, z: str, sentence: str) -> None:
    with pytest.raises(GeometryError, match=sentence):
        PatientFrame.from_letters(x, y, z)
