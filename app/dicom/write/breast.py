"""Projections as one multi-frame Breast Projection X-Ray Image, For Processing (PS3.3 A.56).

It is the only standard object that says the whole geometry of every view, by the isocentre reference system (PS3.3
C.8.31.6): X towards the right of a patient who faces the gantry, Y to the front of the patient, Z to the tube, all as
the breast support has them; here tied to the detector, which stands still. The isocentre is the pivot of the tube's
arc (of a track: the point of the detector's plane below its middle), in the plane that the tube moves in. The exact
geometry stands beside the image in the geometry file too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydicom.datadict import tag_for_keyword
from pydicom.dataset import Dataset

from app.dicom.values import TRANSMISSION_LABEL, ValueMapping, add_mapping
from app.dicom.write import anatomy, series
from app.dicom.write.dx import orientation_letters
from app.dicom.write.encoding import Encoding, check_size, encoded
from app.dicom.write.facts import BREAST_VIEWS, StudyFacts
from app.dicom.write.projections import GEOMETRY_FILE, RELATIVE_EXPOSURE_UNIT, check_counts, counts_of
from app.dicom.write.series import WrittenSeries, ds, ds_list, item
from app.dicom.write.trajectory import Trajectory, trajectory_of
from recon.errors import BocageError
from recon.geometry import Geometry
from recon.messages import said
from recon.progress import SILENT, Progress
from recon.projections import ProjectionSet

FOR_PROCESSING = "1.2.840.10008.5.1.4.1.1.13.1.5"
PROJECTIONS_FILE = "projections.dcm"
_FRAME_TYPE = ["ORIGINAL", "PRIMARY", "TOMO_PROJ", "NONE"]


@dataclass(frozen=True)
class BreastExposure:
    """What the object may not leave out about the exposure; the defaults are nominal ones of a simulation.

    Attributes
    ----------
    kvp, mas, time_ms, tube_current_ma : float
        Of the whole sweep; time and charge are shared out by the views' relative exposure.
    anode, filter_material : str
        Defined terms of PS3.3 C.8.7.10 ("TUNGSTEN", "RHODIUM", …).
    half_value_layer_mm : float
        Of aluminium.
    thickness_mm, force_n : float
        Of the compressed breast. 0 N: not compressed.
    organ_dose_mgy, entrance_dose_mgy : float
        Of the whole sweep. 0: nobody was exposed.
    detector_type : str
        "DIRECT" or "SCINTILLATOR".
    """

    kvp: float = 30.0
    mas: float = 50.0
    time_ms: float = 500.0
    tube_current_ma: float = 100.0
    focal_spot_mm: float = 0.3
    anode: str = "TUNGSTEN"
    filter_material: str = "RHODIUM"
    half_value_layer_mm: float = 0.5
    thickness_mm: float = 50.0
    force_n: float = 0.0
    organ_dose_mgy: float = 0.0
    entrance_dose_mgy: float = 0.0
    detector_type: str = "DIRECT"
    detector_id: str = "SIMULATED"
    implant: bool = False


def why_not_breast(geometry: Geometry, facts: StudyFacts) -> str:
    """Why projections cannot be written so; "" when they can be."""
    if not facts.is_breast or facts.laterality not in ("L", "R", "B") or facts.view_position not in BREAST_VIEWS:
        return said("It needs the breast as body part, its side and its view (CC, MLO …).")
    if geometry.patient is None or _anterior_axis(geometry) is None:
        return said("It needs the patient's directions, with the chest wall at an edge of the detector.")
    if trajectory_of(geometry) is None:
        return said("The tube must move on a track or an arc along the chest wall over a detector that stands still.")
    anterior = _anterior_axis(geometry)
    return (
        ""
        if anterior is not None and anterior[0] != geometry.sweep_axis
        else said("The tube must move along the chest wall, not towards it.")
    )


def write_breast_projections(
    folder: str | Path,
    projections: ProjectionSet,
    facts: StudyFacts,
    progress: Progress = SILENT,
    *,
    exposure: BreastExposure | None = None,
    description: str = "Breast tomosynthesis projections",
    series_number: int = 1,
    encoding: Encoding = Encoding.NONE,
) -> WrittenSeries:
    """Write projections of a breast as one object, and their geometry file.

    Parameters
    ----------
    folder : path
        Made if missing. Its files appear all together at the end.
    projections : ProjectionSet
        ``counts``, integers from 0 to 65535. A known `air` value is kept as transmission (see `app.dicom.values`).
    facts : StudyFacts
        With body part, side and view.
    exposure : BreastExposure, optional

    Raises
    ------
    BocageError
        When the views are not counts, the geometry is no sweep along the chest wall, or the folder cannot be written.
    """
    folder, geometry = Path(folder), projections.geometry
    check_counts(projections)
    reason = why_not_breast(geometry, facts)
    trajectory = trajectory_of(geometry)
    if reason or trajectory is None:
        raise BocageError(said("A breast projection image cannot be written. {0}", reason))
    count = geometry.n_views
    check_size(geometry.shape, count, encoding)
    series_uid = facts.uid("series", "breast projections", series_number)
    data = _dataset(
        projections, facts, exposure or BreastExposure(), trajectory, series_uid, series_number, description
    )

    def images() -> Iterator[NDArray[np.uint16]]:
        for index in range(count):
            progress.step(index / count, said("Writing view {0} of {1}", index + 1, count))
            yield counts_of(projections.views, index)

    with series.atomic_folder(folder) as temporary:
        series.write_object(temporary / PROJECTIONS_FILE, data, encoded(images(), encoding), count, encoding)
        geometry.save(temporary / GEOMETRY_FILE)
    progress.step(1.0, said("{0} views written", count))
    return WrittenSeries(folder, (folder / PROJECTIONS_FILE,), series_uid)


def _dataset(
    projections: ProjectionSet,
    facts: StudyFacts,
    exposure: BreastExposure,
    trajectory: Trajectory,
    series_uid: str,
    series_number: int,
    description: str,
) -> Dataset:
    geometry, created = projections.geometry, facts.now()
    assert geometry.patient is not None
    data = series.base_dataset(
        facts,
        sop_class_uid=FOR_PROCESSING,
        modality="MG",
        series_uid=series_uid,
        series_number=series_number,
        description=description,
        instance=1,
        created=created,
    )
    series.add_pixel_module(data, geometry.shape)
    data.NumberOfFrames = geometry.n_views
    data.PresentationIntentType, data.ImageType = "FOR PROCESSING", _FRAME_TYPE
    data.PatientOrientation = orientation_letters(geometry.patient)
    data.PatientOrientationCodeSequence = [series.code("10904000", "erect")]
    view = anatomy.view(facts)
    assert view is not None
    view.ViewModifierCodeSequence = []
    data.ViewCodeSequence = [view]
    data.BreastImplantPresent, data.PartialView = "YES" if exposure.implant else "NO", "NO"
    data.PresentationLUTShape, data.ContentQualification = "IDENTITY", "RESEARCH"
    data.AcquisitionContextSequence = []
    start = facts.begun()
    data.AcquisitionDateTime = start.strftime("%Y%m%d%H%M%S")
    data.AcquisitionDuration = exposure.time_ms / 1000
    data.PositionerType, data.PositionerMotion, data.TypeOfDetectorMotion = "MAMMOGRAPHIC", "DYNAMIC", "STATIONARY"
    _add_detector(data, geometry, exposure, created)
    data.KVP, data.ExposureInmAs = ds(exposure.kvp), exposure.mas
    data.FocalSpots, data.AnodeTargetMaterial = ds(exposure.focal_spot_mm), exposure.anode
    data.BodyPartThickness, data.CompressionForce = ds(exposure.thickness_mm), ds(exposure.force_n)
    data.PaddleDescription = "none"
    data.ExposureControlMode, data.ExposureControlModeDescription = "MANUAL", "set by hand"
    data.OrganDose = ds(exposure.organ_dose_mgy / 100)  # dGy
    data.EntranceDoseInmGy = ds(exposure.entrance_dose_mgy)
    if projections.air is not None and projections.air > 0:
        mapping = ValueMapping(1.0 / projections.air, 0.0, 0, 65535, "", TRANSMISSION_LABEL)
        add_mapping(data, mapping, "Transmission: counts divided by the open field's counts")
    _add_groups(data, geometry, facts, exposure, trajectory, start)
    return data


def _add_detector(data: Dataset, geometry: Geometry, exposure: BreastExposure, created: datetime) -> None:
    pitch = ds_list(geometry.pixel_pitch_mm)
    data.DetectorType, data.DetectorConfiguration = exposure.detector_type, "AREA"
    data.DetectorID, data.DetectorDescription = exposure.detector_id, exposure.detector_id.lower()
    data.DateOfLastDetectorCalibration = created.strftime("%Y%m%d")
    data.TimeOfLastDetectorCalibration = created.strftime("%H%M%S")
    data.DetectorBinning = ["1", "1"]
    data.DetectorElementPhysicalSize, data.DetectorElementSpacing = pitch, pitch
    data.DetectorActiveShape, data.DetectorActiveOrigin = "RECTANGLE", ["0", "0"]
    data.DetectorActiveDimensions = ds_list(
        size * step for size, step in zip(geometry.shape, geometry.pixel_pitch_mm, strict=True)
    )
    data.DetectorTemperature = "25"


def _add_groups(
    data: Dataset,
    geometry: Geometry,
    facts: StudyFacts,
    exposure: BreastExposure,
    trajectory: Trajectory,
    start: datetime,
) -> None:
    rows, columns = geometry.shape
    organization = facts.uid("dimension", data.SeriesInstanceUID)
    data.DimensionOrganizationSequence = [item(DimensionOrganizationUID=organization)]
    data.DimensionIndexSequence = [
        item(
            DimensionOrganizationUID=organization,
            DimensionIndexPointer=tag_for_keyword("InStackPositionNumber"),
            FunctionalGroupPointer=tag_for_keyword("FrameContentSequence"),
            DimensionDescriptionLabel="Projection",
        )
    ]
    breast = anatomy.region_or_body(facts)
    data.SharedFunctionalGroupsSequence = [
        item(
            FrameAnatomySequence=[item(FrameLaterality=facts.laterality, AnatomicRegionSequence=[breast])],
            PixelValueTransformationSequence=[item(RescaleIntercept="0", RescaleSlope="1", RescaleType="US")],
            FrameVOILUTSequence=[item(WindowCenter="32768", WindowWidth="65536", VOILUTFunction="LINEAR")],
            FieldOfViewSequence=[
                item(
                    FieldOfViewShape="RECTANGLE",
                    FieldOfViewDimensionsInFloat=[
                        size * step for size, step in zip(geometry.shape, geometry.pixel_pitch_mm, strict=True)
                    ],
                    FieldOfViewOrigin=["0", "0"],
                    FieldOfViewRotation="0",
                    FieldOfViewHorizontalFlip="NO",
                )
            ],
            FramePixelDataPropertiesSequence=[
                item(
                    FrameType=_FRAME_TYPE,
                    ImagerPixelSpacing=ds_list(geometry.pixel_pitch_mm),
                    PixelIntensityRelationship="LIN",
                    PixelIntensityRelationshipSign=1,
                    GeometricalProperties="UNIFORM",
                    ImageProcessingApplied="NONE",
                )
            ],
            CollimatorShapeSequence=[
                item(
                    CollimatorShape="RECTANGULAR",
                    CollimatorLeftVerticalEdge=0,
                    CollimatorRightVerticalEdge=columns + 1,
                    CollimatorUpperHorizontalEdge=0,
                    CollimatorLowerHorizontalEdge=rows + 1,
                )
            ],
            FrameAcquisitionSequence=[item(KVP=ds(exposure.kvp), XRayTubeCurrentInmA=exposure.tube_current_ma)],
            XRayGridSequence=[item(Grid="NONE")],
            XRayFilterSequence=[item(FilterType="STRIP", FilterMaterial=exposure.filter_material)],
        )
    ]
    relative = np.ones(geometry.n_views) if geometry.exposure is None else np.asarray(geometry.exposure, float)
    share = relative / relative.sum()
    groups = []
    for index in range(geometry.n_views):
        begun = start + timedelta(milliseconds=float(exposure.time_ms * share[:index].sum()))
        stamp = begun.strftime("%Y%m%d%H%M%S.%f")
        duration = float(exposure.time_ms * share[index])
        group = item(
            FrameContentSequence=[
                item(
                    FrameAcquisitionNumber=index + 1,
                    FrameReferenceDateTime=stamp,
                    FrameAcquisitionDateTime=stamp,
                    FrameAcquisitionDuration=duration,
                    StackID="1",
                    InStackPositionNumber=index + 1,
                    DimensionIndexValues=[index + 1],
                )
            ],
            XRayAcquisitionDoseSequence=[
                item(
                    ExposureTimeInms=duration,
                    ExposureInmAs=float(exposure.mas * share[index]),
                    RelativeXRayExposure=round(RELATIVE_EXPOSURE_UNIT * relative[index]),
                    HalfValueLayer=ds(exposure.half_value_layer_mm),
                    OrganDose=ds(exposure.organ_dose_mgy / 100 * share[index]),
                    EntranceDoseInmGy=ds(exposure.entrance_dose_mgy * share[index]),
                )
            ],
            IrradiationEventIdentificationSequence=[
                item(IrradiationEventUID=facts.uid("irradiation", data.SeriesInstanceUID, index))
            ],
        )
        _add_view(group, geometry, trajectory, index, exposure)
        groups.append(group)
    data.PerFrameFunctionalGroupsSequence = groups


def _anterior_axis(geometry: Geometry) -> tuple[int, int] | None:
    """The world axis (0: x, 1: y) across the chest wall, and which way along it the patient's front lies."""
    assert geometry.patient is not None
    for axis, direction in enumerate(((1.0, 0.0, 0.0), (0.0, 1.0, 0.0))):
        letter = geometry.patient.letters(direction)[:1]
        if letter in ("A", "P"):
            return axis, 1 if letter == "A" else -1
    return None


def _add_view(group: Dataset, geometry: Geometry, trajectory: Trajectory, index: int, exposure: BreastExposure) -> None:
    """Where source and detector are (PS3.3 C.8.31.6.1): the isocentre's axes X, Y, Z in world directions are rows."""
    found = _anterior_axis(geometry)
    assert found is not None
    across, sign = found
    z_axis = np.array([0.0, 0.0, 1.0])
    y_axis = np.zeros(3)
    y_axis[across] = sign
    x_axis = np.cross(y_axis, z_axis)
    axes = np.stack([x_axis, y_axis, z_axis])
    pivot = (
        0.0
        if trajectory.source_to_pivot_mm is None
        else (trajectory.source_to_detector_mm - trajectory.source_to_pivot_mm)
    )
    isocentre = np.array([0.0, 0.0, pivot])
    isocentre[across] = trajectory.across_mm
    source = axes @ (geometry.source_mm[index] - isocentre)
    detector = axes @ (geometry.detector_centre_mm[index] - isocentre)
    row_step, column_step = geometry.pixel_pitch_mm
    rows, columns = geometry.shape
    corner = axes @ np.array([-(columns - 1) / 2 * column_step, -(rows - 1) / 2 * row_step, 0.0])
    primary = float(np.degrees(np.arctan2(source[0], source[2])))
    secondary = float(np.degrees(np.arctan2(source[1], np.hypot(source[0], source[2]))))
    height = float(geometry.source_distance_mm[index])
    to_detector = trajectory.source_to_detector_mm
    group.PositionerPositionSequence = [
        item(
            PositionerPrimaryAngle=ds(trajectory.angle_deg[index]),
            PositionerPrimaryAngleDirection="CC" if x_axis[trajectory.axis] > 0 else "CW",
            PositionerSecondaryAngle="0",
        )
    ]
    group.DetectorPositionSequence = [item(DetectorPrimaryAngle="0", DetectorSecondaryAngle="0")]
    group.XRayGeometrySequence = [
        item(
            DistanceSourceToDetector=ds(to_detector),
            DistanceSourceToPatient=ds(to_detector - exposure.thickness_mm),
            DistanceSourceToIsocenter=float(np.linalg.norm(source)),
            DistanceSourceToEntrance=ds(max(height - exposure.thickness_mm, 1.0)),
            EstimatedRadiographicMagnificationFactor=ds(to_detector / (to_detector - exposure.thickness_mm)),
        )
    ]
    group.IsocenterReferenceSystemSequence = [
        item(
            XRaySourceIsocenterPrimaryAngle=primary,
            XRaySourceIsocenterSecondaryAngle=secondary,
            BreastSupportIsocenterPrimaryAngle=0.0,
            BreastSupportIsocenterSecondaryAngle=0.0,
            BreastSupportXPositionToIsocenter=float(detector[0]),
            BreastSupportYPositionToIsocenter=float(detector[1]),
            BreastSupportZPositionToIsocenter=float(detector[2]),
            DetectorIsocenterPrimaryAngle=0.0,
            DetectorIsocenterSecondaryAngle=0.0,
            DetectorXPositionToIsocenter=float(detector[0]),
            DetectorYPositionToIsocenter=float(detector[1]),
            DetectorZPositionToIsocenter=float(detector[2]),
            DetectorActiveAreaTLHCPosition=[float(value) for value in corner],
            DetectorActiveAreaOrientation=[float(value) for value in (*axes[:, 0], *axes[:, 1])],
        )
    ]
