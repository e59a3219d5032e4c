"""The geometry resolver on headers as devices write them. Positions are derived by hand from the standard's words."""

from __future__ import annotations

import contextlib
import math
from pathlib import Path

import acquisitions as aq
import numpy as np
import pytest
from fixtures_dicom import BREAST_PROJECTION_PROCESSING, DX_PROCESSING, MG, ds, item, uid
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydicom.dataset import Dataset

from app.dicom.read.companions import Companions, breast_acquisition, dose_events
from app.dicom.read.geometry import resolve
from app.dicom.read.names import angles_in_names
from app.dicom.read.views import detector_axes, detector_pitch, views_of
from app.presets import find_preset
from app.reading.acquisition import GeometryChoice
from recon.provenance import Source, geometry_sources

SHAPE = (24, 32)


def numbers(resolved):
    return {item.name: item for item in resolved.numbers}


def companions(*headers: Dataset) -> Companions:
    events, breast = [], []
    for header in headers:
        if header.Modality == "SR":
            events += dose_events(header)
        else:
            breast.append(breast_acquisition(header))
    return Companions(tuple(events), tuple(breast))


# -- one sweep, many encodings -----------------------------------------------------------------------------------------
#
# A tube on an arc of 600 mm about an axis 50 mm above a detector of 24 × 32 pixels of 0.1 mm that stands still. Image
# rows run to the patient's right (y → R), columns to the chest wall (x → P), so the tube moves along y over the edge at
# x = +1.6 mm: source (1.6, 600·sin α, 50 + 600·cos α).

ANGLES = (-20.0, -7.5, 1.0, 9.0, 24.0)
EDGE = 32 * 0.1 / 2
ARC = np.array([(EDGE, 600 * math.sin(math.radians(a)), 50 + 600 * math.cos(math.radians(a))) for a in ANGLES])


def isocentre(**detector):
    return [
        {"XRaySourceIsocenterPrimaryAngle": a, "XRaySourceIsocenterSecondaryAngle": 0.0, **detector} for a in ANGLES
    ]


STILL = {
    "DetectorIsocenterPrimaryAngle": 0.0,
    "DetectorIsocenterSecondaryAngle": 0.0,
    "DetectorXPositionToIsocenter": 0.0,
    "DetectorYPositionToIsocenter": 0.0,
    "DetectorZPositionToIsocenter": -50.0,
}


def breast(per_frame, **more):
    facts = {"source_to_detector": 650.0, "source_to_isocentre": 600.0, "shape": SHAPE, **more}
    return [aq.breast_frames(BREAST_PROJECTION_PROCESSING, per_frame, **facts)]


def encodings():
    bare = aq.mammograms(ANGLES, "ViewPosition")  # angles that nobody reads
    for data in bare:
        del data.ViewPosition
    yield "isocentre with letters", breast(isocentre(**STILL), PatientOrientation=["P", "R"]), {}
    # Detector axes: Xd to the patient's right (image y), Yd to the front (image −x). The tube's plane Y = 0 holds the
    # chest wall edge, so the image spans y_d = 0 … 3.2 mm, and its first pixel (its front, left) lies at
    # x_d = −1.15 mm, y_d = +3.15 mm. Columns run along −Yd, rows along +Xd.
    corner = {
        "DetectorActiveAreaTLHCPosition": [-1.15, 3.15, 0.0],
        "DetectorActiveAreaOrientation": [0.0, -1.0, 0.0, 1.0, 0.0, 0.0],
    }
    yield "active area", breast(isocentre(**STILL, **corner)), {}
    yield "positioner", aq.mammograms(ANGLES, "PositionerPrimaryAngle"), {}
    # Positive detector secondary angles tilt the beam to lower rows: the source stands at higher ones.
    yield "detector secondary", aq.mammograms(ANGLES, "DetectorSecondaryAngle"), {}
    # Primary: to higher columns of the detector. Rotated by 90° clockwise, its columns run down the image, and the
    # source stands at lower ones.
    mammomat = aq.mammograms([-a for a in ANGLES], "DetectorPrimaryAngle", FieldOfViewRotation="90")
    for data in mammomat:
        data.PositionerPrimaryAngle = "0.03"
    yield "Mammomat", mammomat, {}
    oblique = aq.mammograms([45.0 + a for a in ANGLES], "PositionerPrimaryAngle", DetectorPrimaryAngle="45")
    yield "MLO with the detector's angle", oblique, {}
    references = [data.SOPInstanceUID for data in bare]
    order = (3, 0, 4, 1, 2)
    listed = aq.breast_object([ANGLES[k] for k in order], [references[k] for k in order])
    yield "breast object", bare, {"companions": companions(listed)}
    yield (
        "user's numbers",
        aq.mammograms((0,) * 5, "PositionerSecondaryAngle"),
        {
            "names_deg": ANGLES,
            "choice": GeometryChoice(names=True),
        },
    )


@pytest.mark.parametrize(("name", "datasets", "more"), [pytest.param(*each, id=each[0]) for each in encodings()])
def test_one_sweep_in_many_encodings_gives_one_geometry(name, datasets, more):
    resolved = resolve(datasets, **more)
    assert resolved.geometry is not None, resolved.missing
    assert np.abs(resolved.geometry.source_mm - ARC).max() < 1e-6
    assert np.abs(resolved.geometry.detector_centre_mm).max() < 1e-6
    assert resolved.geometry.pixel_pitch_mm == pytest.approx((0.1, 0.1))
    assert not resolved.mirror
    if name != "active area":  # which says all but the patient
        assert [resolved.geometry.patient.letters(axis) for axis in np.eye(3)] == ["P", "R", "H"]


# -- poses -------------------------------------------------------------------------------------------------------------


def test_secondary_angles_move_the_source_off_the_plane_of_the_sweep():
    """tan A1 = X/Z and tan A2 = Y/Z (PS3.3 C.8.31.6.1.2); Yd points away from the chest wall, that is −x here."""
    frames = [{"XRaySourceIsocenterPrimaryAngle": a, "XRaySourceIsocenterSecondaryAngle": 5.0, **STILL} for a in ANGLES]
    found = resolve(breast(frames, PatientOrientation=["P", "R"])).geometry
    direction = np.array([(-math.tan(math.radians(5)), math.tan(math.radians(a)), 1.0) for a in ANGLES])
    direction *= 600 / np.linalg.norm(direction, axis=1, keepdims=True)
    assert np.allclose(found.source_mm, direction + (EDGE, 0.0, 50.0), atol=1e-9)


def test_a_detector_that_turns_with_the_tube_has_a_pose_for_each_view():
    """Turned by a third of the tube's angle about the isocentre: its centre lies at 50 mm below along its normal."""
    corner = {
        "DetectorActiveAreaTLHCPosition": [-1.55, 1.15, 0.0],
        "DetectorActiveAreaOrientation": [1.0, 0.0, 0.0, 0.0, -1.0, 0.0],
    }
    frames = []
    angles = (-15.0, 0.0, 15.0)
    for a in angles:
        t = math.radians(a / 3)
        frames.append(
            {
                "XRaySourceIsocenterPrimaryAngle": a,
                "XRaySourceIsocenterSecondaryAngle": 0.0,
                "DetectorIsocenterPrimaryAngle": a / 3,
                "DetectorIsocenterSecondaryAngle": 0.0,
                "DetectorXPositionToIsocenter": -50 * math.sin(t),
                "DetectorYPositionToIsocenter": 0.0,
                "DetectorZPositionToIsocenter": -50 * math.cos(t),
                **corner,
            }
        )
    resolved = resolve(breast(frames))
    # Columns along +Xd and rows along −Yd are seen from the tube: mirrored, so that x runs along −Xd.
    assert resolved.mirror
    found = resolved.geometry
    tilt = np.radians(np.array(angles) / 3)
    assert np.allclose(found.source_mm[:, 0], -600 * np.sin(np.radians(angles)), atol=1e-9)
    assert np.allclose(found.detector_centre_mm, np.stack([50 * np.sin(tilt), 0 * tilt, 50 - 50 * np.cos(tilt)], 1))
    assert np.allclose(found.normal[:, 0], -np.sin(tilt))
    assert numbers(resolved)["detector"].text == "turns by 10.00°"


def test_images_seen_from_the_tube_are_mirrored_by_their_letters():
    """P and L: the third direction of a right-handed frame would be the feet, but the tube is above."""
    resolved = resolve(breast(isocentre(**STILL), PatientOrientation=["P", "L"]))
    assert resolved.mirror
    assert [resolved.geometry.patient.letters(axis) for axis in np.eye(3)] == ["A", "L", "H"]
    assert np.allclose(resolved.geometry.source_mm[:, 0], -EDGE)
    assert np.allclose(resolved.geometry.source_mm[:, 1], -ARC[:, 1])  # +X is to the right, y to the left


def test_a_cranio_caudal_view_seen_from_the_tube_is_mirrored_without_an_isocentre():
    resolved = resolve(
        aq.mammograms(ANGLES, "PositionerPrimaryAngle", PatientOrientation=["P", "L"], ViewPosition="CC")
    )
    assert resolved.mirror
    assert [resolved.geometry.patient.letters(axis) for axis in np.eye(3)] == ["A", "L", "H"]
    # The chest wall, at the last column as stored, lies at the first one of the mirrored image.
    assert np.allclose(resolved.geometry.source_mm[:, 0], -EDGE)


def test_a_corner_that_puts_the_tube_beside_the_detector_is_not_used():
    corner = {
        "DetectorActiveAreaTLHCPosition": [900.0, 0.0, 0.0],
        "DetectorActiveAreaOrientation": [0.0, -1.0, 0.0, 1.0, 0.0, 0.0],
    }
    resolved = resolve(breast(isocentre(**STILL, **corner), PatientOrientation=["P", "R"]))
    assert any("beside the detector" in note for note in resolved.notes)
    assert np.allclose(resolved.geometry.source_mm, ARC, atol=1e-6)


# -- the traps ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rotation", "flip", "right", "down"),
    [
        ("0", "NO", (0, 1), (1, 1)),
        ("90", "NO", (1, 1), (0, -1)),
        ("180", "NO", (0, -1), (1, -1)),
        ("270", "NO", (1, -1), (0, 1)),
        ("0", "YES", (0, -1), (1, 1)),
        ("90", "YES", (1, 1), (0, 1)),  # Canon
        ("180", "YES", (0, 1), (1, -1)),  # Siemens Ysio
    ],
)
def test_field_of_view_rotation_and_flip(rotation, flip, right, down):
    """Checked with a letter turned in the mind: what pointed right points down after 90° clockwise."""
    view = views_of([aq.header(MG, "MG", 4, 4, FieldOfViewRotation=rotation, FieldOfViewHorizontalFlip=flip)])[0]
    assert detector_axes(view) == (right, down)
    letter = np.array([[1, 2], [3, 0]])  # 1 top left, 2 to its right, 3 below it
    turned = np.rot90(letter, -int(rotation) // 90)
    turned = turned[:, ::-1] if flip == "YES" else turned
    one, two, three = (np.argwhere(turned == value)[0] for value in (1, 2, 3))
    moves = ((two - one)[::-1], (three - one)[::-1])  # as (x, y)
    assert [tuple(move) for move in moves] == [
        tuple(sign if axis == k else 0 for k in (0, 1)) for axis, sign in (right, down)
    ]


@pytest.mark.parametrize(
    ("element", "imager", "told"), [(0.1, 0.0941, True), (0.2, 0.1988, False)], ids=["Senographe", "Optima XR220"]
)
def test_the_pitch_of_ge_is_that_of_the_elements(element, imager, told):
    header = aq.header(
        DX_PROCESSING, "DX", *SHAPE, DetectorElementSpacing=[element] * 2, ImagerPixelSpacing=[imager] * 2
    )
    pitch = detector_pitch(views_of([header])[0])
    assert pitch.value_mm == (element, element)
    assert pitch.where == "Detector Element Spacing (0018,7022)"
    assert bool(pitch.notes) == told


def test_a_rotated_field_of_view_exchanges_the_pitch():
    header = aq.header(
        DX_PROCESSING, "DX", *SHAPE, DetectorElementSpacing=[0.1, 0.2], DetectorBinning=[2, 1],
        FieldOfViewRotation="270",
    )  # fmt: skip
    assert detector_pitch(views_of([header])[0]).value_mm == (0.2, 0.2)


def test_zero_spacing_and_odd_numbers():
    """Philips writes a Pixel Spacing of 0\\0, Canon distances with a sign; empty numbers are none."""
    zero = aq.header(DX_PROCESSING, "DX", *SHAPE, PixelSpacing=["0.000", "0.000"], ImagerPixelSpacing=None)
    assert detector_pitch(views_of([zero])[0]) is None
    zero.DetectorElementSpacing = []
    zero.ImagerPixelSpacing = ["+0.2", "+0.2"]
    assert detector_pitch(views_of([zero])[0]).value_mm == (0.2, 0.2)
    headers = aq.mammograms(
        ANGLES, "PositionerPrimaryAngle", DistanceSourceToDetector="+650.0", DetectorBinning=None, ColumnAngulation=None
    )
    for header in headers:
        header.DetectorPrimaryAngle = header.ColumnAngulation = None
        header.SpecificCharacterSet = "ISO_IR 999"
        header.PatientName = b"\xc8\xe2\xe0\xed\xee\xe2"
    resolved = resolve(headers)
    assert np.allclose(resolved.geometry.source_mm, ARC, atol=1e-6)


def test_a_pixel_spacing_that_need_not_hold_at_the_detector_is_assumed():
    headers = aq.mammograms(ANGLES, "PositionerPrimaryAngle", DetectorElementSpacing=None, PixelSpacing=["0.2", "0.2"])
    found = numbers(resolve(headers))["pitch"]
    assert found.value == (0.2, 0.2)
    assert found.assumed
    assert "Pixel Spacing (0028,0030)" in found.where


def test_a_source_to_patient_distance_of_the_detector_is_not_used():
    """Senographe: SID = SOD = 660 with a magnification of 1; a sound pair elsewhere; one that contradicts itself."""
    facts = {"DistanceSourceToPatient": "650", "EstimatedRadiographicMagnificationFactor": "1"}
    resolved = resolve(aq.mammograms(ANGLES, "PositionerPrimaryAngle", **facts))
    assert "not used" in numbers(resolved)["object"].note
    facts = {"DistanceSourceToPatient": "630", "EstimatedRadiographicMagnificationFactor": "1.0317"}
    resolved = resolve(aq.mammograms(ANGLES, "PositionerPrimaryAngle", **facts))
    assert numbers(resolved)["object"].note == ""
    facts["EstimatedRadiographicMagnificationFactor"] = "1.06"
    resolved = resolve(aq.mammograms(ANGLES, "PositionerPrimaryAngle", **facts))
    assert any("1.032" in note and "1.06" in note for note in resolved.notes)


INSPIRATION = (-25.28, -23.4, -21.5, -19.51, -15.6, -11.7, -7.8, -3.9, 0.05, 4.0, 7.9, 11.8, 15.9, 19.92)


def test_angles_need_be_neither_symmetric_nor_even():
    resolved = resolve(aq.mammograms(INSPIRATION, "PositionerPrimaryAngle"))
    expected = 600 * np.sin(np.radians(INSPIRATION))
    assert np.allclose(resolved.geometry.source_mm[:, 1], expected, atol=1e-9)
    assert numbers(resolved)["angles"].value == (-25.28, 19.92)
    assert not any("middle tube angle" in note for note in resolved.notes)


def test_the_gantry_of_an_oblique_view_is_taken_off():
    resolved = resolve(aq.mammograms([-58.74, -52.0, -45.0, -38.0, -31.27], "PositionerPrimaryAngle"))
    middle = (-58.74 - 31.27) / 2
    first = 600 * math.sin(math.radians(-58.74 - middle))
    assert resolved.geometry.source_mm[0, 1] == pytest.approx(first)
    assert any("45.0" in note for note in resolved.notes)


def test_increments_are_offsets_from_the_first_angle_unless_they_cannot_be():
    """PS3.3 C.8.7.5.1.3: a vector of offsets; some devices write steps, and some absolute angles from zero."""
    offsets = resolve([aq.xa(5, 10.0, (0, -5, -10, -15, -20))]).geometry
    steps = resolve([aq.xa(5, 10.0, (0, -5, -5, -5, -5))])
    absolute = resolve([aq.xa(5, 0.0, (10, 5, 0, -5, -10))]).geometry
    average = resolve([aq.xa(5, 10.0, (-5,))]).geometry
    # Positive moves the detector to the patient's left, so the source to the other side (−x without letters).
    expected = -750 * np.sin(np.radians([10, 5, 0, -5, -10]))
    for found in (offsets, steps.geometry, absolute, average):
        assert np.allclose(found.source_mm[:, 0], expected, atol=1e-9)
    assert any("taken as steps" in note for note in steps.notes)


def test_the_isocentre_of_a_c_arm_may_be_called_the_patient():
    resolved = resolve([aq.xa(3, 10.0, (0, -10, -20), DistanceSourceToIsocenter=None, DistanceSourceToPatient="750")])
    assert numbers(resolved)["pivot"].value == 750
    assert numbers(resolved)["pivot"].where == "Distance Source to Patient (0018,1111)"
    resolved = resolve([aq.xa(3, 10.0, (0, -10, -20), DistanceSourceToIsocenter=None, DistanceSourceToPatient="1200")])
    assert resolved.wanted == ("pivot",)


def test_portal_images_with_a_receptor_beside_the_axis():
    """Translated by (12, −30) mm; the first pixel lies at (−12.4, 9.2) mm, so that the image is centred on it."""
    headers = aq.single_frames(
        aq.RT_IMAGE,
        "RTIMAGE",
        SHAPE,
        [{"GantryAngle": ds(angle)} for angle in (350, 0, 10)],
        RTImageSID="1500",
        RadiationMachineSAD="1000",
        ImagePlanePixelSpacing=[0.8, 0.8],
        XRayImageReceptorTranslation=["12", "-30", "-500"],
        RTImagePosition=["-12.4", "9.2"],
    )
    found = resolve(headers).geometry
    assert np.allclose(found.source_mm[:, 0], 1000 * np.sin(np.radians([-10, 0, 10])), atol=1e-9)
    # x to the right, y upwards, which is against the rows; the middle receptor lies flat.
    assert np.allclose(found.detector_centre_mm[1], (12.0, 30.0, 0.0), atol=1e-9)
    tilt = math.radians(10)
    expected = (-500 * math.sin(tilt) + 12 * math.cos(tilt), 30.0, 500 - 500 * math.cos(tilt) - 12 * math.sin(tilt))
    assert np.allclose(found.detector_centre_mm[2], expected, atol=1e-9)


# -- dose reports and breast objects -----------------------------------------------------------------------------------


def test_a_dose_report_gives_the_ends_of_the_sweep():
    """The numbers of a Giotto: −13.73° to 13.73°, 11 pulses, 685.5 and 648.8 mm, linked by the event's UID."""
    headers = aq.mammograms((0,) * 11, "PositionerSecondaryAngle", DistanceSourceToDetector=None,
                            DistanceSourceToIsocenter=None, IrradiationEventUID=uid("event", 2))  # fmt: skip
    lengths = {"113750": 685.5, "113748": 648.8}
    report = aq.dose_report(
        [
            aq.dose_event(uid("event", 1), start=-58.74, end=-31.27, pulses=11, distances=lengths),
            aq.dose_event(uid("event", 2), start=-13.73, end=13.73, pulses=11, distances=lengths),
        ]
    )
    resolved = resolve(headers, companions=companions(report))
    angles = np.radians([-13.73 + k * 2.746 for k in range(11)])
    assert np.allclose(resolved.geometry.source_mm[:, 1], 648.8 * np.sin(angles), atol=1e-6)
    assert np.allclose(resolved.geometry.source_mm[:, 2], 36.7 + 648.8 * np.cos(angles), atol=1e-6)
    assert resolved.geometry.origin == "rdsr"
    found = numbers(resolved)
    assert {found[name].source for name in ("angles", "distance", "pivot")} == {Source.DOSE_REPORT}
    assert found["angles"].assumed
    assert "evenly" in found["angles"].note
    assert any("evenly spaced" in note for note in resolved.notes)


def test_a_dose_report_in_centimetres_and_the_only_sweep_of_a_study():
    """Hologic: −7.4° to 7.6° in 15 pulses at 70 cm; a plain exposure beside it is no sweep."""
    headers = aq.mammograms((0,) * 15, "PositionerSecondaryAngle", DistanceSourceToDetector=None)
    report = aq.dose_report(
        [
            aq.dose_event(uid("event", 7), rotational=False, start=0.0, pulses=1),
            aq.dose_event(uid("event", 8), start=-7.4, end=7.6, pulses=15, distances={"113750": 70.0}, unit="cm"),
        ]
    )
    found = numbers(resolve(headers, companions=companions(report)))
    assert found["angles"].value == (-7.4, 7.6)
    assert found["distance"].value == 700.0
    # Another number of views is another acquisition.
    fewer = resolve(headers[:9], companions=companions(report))
    assert fewer.wanted == ("angles", "distance")


def test_sweeps_of_one_kind_need_no_link_and_others_do():
    """Two CC sweeps of a Giotto differ by a hundredth of a degree; an MLO beside them makes it unclear which."""
    headers = aq.mammograms((0,) * 11, "PositionerSecondaryAngle")
    same = [
        aq.dose_event(uid("event", k), start=-13.73165, end=end, pulses=11) for k, end in ((1, 13.734), (2, 13.743))
    ]
    found = numbers(resolve(headers, companions=companions(aq.dose_report(same))))
    assert found["angles"].source is Source.DOSE_REPORT
    mixed = [*same, aq.dose_event(uid("event", 3), start=-58.74, end=-31.27, pulses=11)]
    assert resolve(headers, companions=companions(aq.dose_report(mixed))).wanted == ("angles",)


def test_a_distance_in_another_unit_is_not_used():
    """A Carestream DR 7500 writes a Distance Source to Detector of 11.5."""
    resolved = resolve(aq.mammograms(ANGLES, "PositionerPrimaryAngle", DistanceSourceToDetector="11.5"))
    assert resolved.wanted == ("distance",)
    assert any("11.5" in found for found in resolved.found)


def test_a_dose_report_without_an_end_angle_gives_no_sweep():
    """GE Pristina: 10 pulses, a start angle only."""
    headers = aq.mammograms((0,) * 10, "PositionerSecondaryAngle", DistanceSourceToDetector=None)
    report = aq.dose_report([aq.dose_event(uid("event", 3), start=0.0, pulses=10, distances={"113750": 660.0})])
    resolved = resolve(headers, companions=companions(report))
    assert resolved.geometry is None
    assert resolved.wanted == ("angles",)
    assert numbers(resolved)["distance"].value == 660.0


def test_a_breast_object_of_another_view_is_not_used():
    headers = aq.mammograms((0,) * 5, "PositionerSecondaryAngle", FrameOfReferenceUID=uid("frame", "CC"))
    other = aq.breast_object([40.0 + a for a in ANGLES], frame=uid("frame", "MLO"))
    right = aq.breast_object(ANGLES, frame=uid("frame", "CC"))
    found = resolve(headers, companions=companions(other, right))
    assert np.allclose(found.geometry.source_mm[:, 1], ARC[:, 1], atol=1e-9)
    third = aq.breast_object([1.1 * a for a in ANGLES], frame=uid("frame", "another"))
    assert resolve(headers, companions=companions(other, third)).geometry is None


# -- names, presets, the user ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("names", "angles"),
    [
        (["XR220-1", "XR220-2", "XR220-3"], None),
        (["1", "2", "3", "4"], None),
        (["-20", "-10", "0", "10", "20"], (-20, -10, 0, 10, 20)),
        (["+7.5", "0", "−7.5"], (7.5, 0, -7.5)),
        (["view_-4.0deg", "view_0.0deg", "view_12.5deg"], (-4, 0, 12.5)),
        (["p1 12.5°", "p2 10°", "p3 4°"], (12.5, 10, 4)),
        (["angle_-3", "angle_2", "angle_9"], (-3, 2, 9)),
        (["-20", "-10", "scout"], None),
        (["-20", "0", "0.0"], None),
        (["-20", "90", "20"], None),
        (["-1", "1"], None),
        (["20260102", "-3", "5"], None),
    ],
)
def test_angles_in_the_names_of_files(names, angles):
    found = angles_in_names([Path(f"{name}.dcm") for name in names])
    assert found == (None if angles is None else pytest.approx(angles))


def test_names_must_go_one_way_with_the_instance_numbers():
    files = [Path(f"{angle}.dcm") for angle in (-20, 0, 20)]
    assert angles_in_names(files, [3, 2, 1]) == (-20, 0, 20)
    assert angles_in_names(files, [1, 3, 2]) is None
    assert angles_in_names(files, [1, 1, 1]) == (-20, 0, 20)


def test_angles_of_names_are_offered_and_not_taken():
    headers = aq.mammograms((0,) * 5, "PositionerSecondaryAngle")
    resolved = resolve(headers, names_deg=ANGLES)
    assert resolved.geometry is None
    assert resolved.offered_deg == ANGLES
    confirmed = resolve(headers, names_deg=ANGLES, choice=GeometryChoice(names=True))
    assert numbers(confirmed)["angles"].source is Source.NAME
    assert confirmed.geometry.origin == "user"


def test_a_preset_fills_only_what_is_missing():
    """The Mammomat's uneven angles stay; only the axis is the preset's."""
    headers = aq.mammograms(INSPIRATION, "PositionerPrimaryAngle", DistanceSourceToIsocenter=None)
    assert resolve(headers).wanted == ("pivot",)
    resolved = resolve(headers, preset=find_preset("siemens-mammomat-inspiration"))
    assert np.allclose(resolved.geometry.source_mm[:, 1], 600 * np.sin(np.radians(INSPIRATION)), atol=1e-9)
    found = numbers(resolved)
    assert found["pivot"].source is Source.PRESET
    assert found["angles"].source is Source.DICOM
    assert resolved.geometry.origin == "preset"


def test_a_whole_preset_takes_the_distances_of_the_images():
    headers = aq.mammograms((0,) * 25, "PositionerSecondaryAngle", DistanceSourceToDetector="700")
    resolved = resolve(headers, preset=find_preset("siemens-mammomat-inspiration"))
    assert resolved.geometry.source_mm[12, 2] == pytest.approx(700.0)
    assert numbers(resolved)["angles"].source is Source.PRESET
    assert numbers(resolved)["distance"].source is Source.DICOM


def test_what_the_user_says_comes_first():
    headers = aq.mammograms(ANGLES, "PositionerPrimaryAngle")
    choice = GeometryChoice(
        source_to_detector_mm=700.0, source_to_pivot_mm=640.0, pixel_pitch_mm=(0.2, 0.2), angles_deg=(-10.0, 10.0)
    )
    resolved = resolve(headers, choice=choice)
    expected = 640 * np.sin(np.radians([-10, -5, 0, 5, 10]))
    assert np.allclose(resolved.geometry.source_mm[:, 1], expected, atol=1e-9)
    assert np.allclose(resolved.geometry.source_mm[:, 2], 60 + 640 * np.cos(np.radians([-10, -5, 0, 5, 10])))
    assert resolved.geometry.pixel_pitch_mm == (0.2, 0.2)
    found = numbers(resolved)
    assert {found[name].source for name in ("distance", "pivot", "pitch", "angles")} == {Source.USER}
    assert resolved.geometry.origin == "user"


def test_a_straight_track_by_the_users_word_needs_no_axis():
    headers = aq.mammograms(ANGLES, "PositionerPrimaryAngle", DistanceSourceToIsocenter=None)
    found = resolve(headers, choice=GeometryChoice(trajectory="linear")).geometry
    assert np.allclose(found.source_mm[:, 1], 650 * np.tan(np.radians(ANGLES)), atol=1e-9)
    assert np.allclose(found.source_mm[:, 2], 650.0)


def test_the_direction_can_be_reversed():
    headers = aq.mammograms(ANGLES, "PositionerPrimaryAngle")
    found = resolve(headers, choice=GeometryChoice(reverse=True))
    assert np.allclose(found.geometry.source_mm[:, 1], -ARC[:, 1], atol=1e-9)
    assert numbers(found)["direction"].source is Source.USER


def test_sources_are_told_in_short_lines_without_names_of_files():
    lines = geometry_sources(resolve(aq.mammograms(ANGLES, "PositionerPrimaryAngle")).numbers)
    assert "source to detector 650 mm: Distance Source to Detector (0018,1110)" in lines
    assert "source to axis 600 mm: Distance Source to Isocenter (0018,9402)" in lines
    assert "pixel pitch 0.1 x 0.1 mm: Detector Element Spacing (0018,7022)" in lines
    assert "view angles -20.00 deg to 24.00 deg: Positioner Primary Angle (0018,1510)" in lines
    assert "direction as written (assumed)" in lines
    assert all(line.isascii() for line in lines)
    assert any(line.startswith("direction") and line.endswith("(assumed)") for line in lines)
    assert all(len(line) < 200 for line in lines)


# -- whatever the headers hold -----------------------------------------------------------------------------------------

KEYWORDS = (
    *("DetectorElementSpacing", "DetectorBinning", "ImagerPixelSpacing", "PixelSpacing", "DistanceSourceToDetector"),
    *("DistanceSourceToPatient", "ColumnAngulation", "PositionerPrimaryAngle", "PositionerSecondaryAngle"),
    *("PositionerPrimaryAngleIncrement", "DetectorPrimaryAngle", "DetectorSecondaryAngle", "GantryAngle", "RTImageSID"),
    *("RadiationMachineSAD", "XRayImageReceptorTranslation", "RTImagePosition", "FieldOfViewRotation"),
    *("EstimatedRadiographicMagnificationFactor", "ExposureInuAs"),
)
TEXTS = ("", "0", "-0.0", "+650.0", "1e300", "-1e-300", "12", "89.999", "180", "0.1\\0.1", "0\\0", "1\\-1\\1", "7\\x")
NUMBERS = (0.0, -50.0, 600.0, 1e300, math.nan, math.inf, 90.0, -1e-12)
ISOCENTRE = (
    *("XRaySourceIsocenterPrimaryAngle", "XRaySourceIsocenterSecondaryAngle", "DetectorIsocenterPrimaryAngle"),
    *("DetectorIsocenterSecondaryAngle", "DetectorXPositionToIsocenter", "DetectorZPositionToIsocenter"),
)


@settings(max_examples=80, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_the_resolver_answers_whatever_the_headers_hold(data):
    """Never an exception: a geometry of finite numbers, or what is missing."""
    count = data.draw(st.integers(1, 4))
    modality = data.draw(st.sampled_from(["MG", "XA", "DX", "RTIMAGE", "CR"]))
    chosen = data.draw(st.lists(st.sampled_from(KEYWORDS), max_size=8, unique=True))
    room = data.draw(st.lists(st.sampled_from(ISOCENTRE), max_size=6, unique=True))
    headers = []
    for index in range(count):
        header = aq.header(MG, modality, 24, 32, index + 1)
        header.PatientOrientation = data.draw(st.sampled_from([["P", "R"], ["L", "F"], ["L", "L"], "X"]))
        for keyword in chosen:
            with contextlib.suppress(Exception):  # values that the library itself does not take
                setattr(header, keyword, data.draw(st.sampled_from(TEXTS)).split("\\"))
        with contextlib.suppress(Exception):
            header.DistanceSourceToIsocenter = data.draw(st.sampled_from(NUMBERS))
        if room:
            values = {keyword: data.draw(st.sampled_from(NUMBERS)) for keyword in room}
            header.IsocenterReferenceSystemSequence = [item(**values)]
        headers.append(header)
    resolved = resolve(headers, preset=data.draw(st.sampled_from([None, find_preset("generic-breast-arc")])))
    if resolved.geometry is None:
        assert resolved.missing
        assert len(resolved.missing) == len(resolved.wanted)
    else:
        assert np.isfinite(resolved.geometry.source_mm).all()
        assert all(line.isascii() for line in geometry_sources(resolved.numbers))
