"""Slices as frames of one object: Breast Tomosynthesis, X-Ray 3D, and multi-frame secondary capture.

Frames lie in their order of heights. Frame Label says each frame's height above the detector ("120 mm"), for which the
enhanced objects have no attribute; it is what a viewer shows beside the frame, and what is read back. Secondary
captures say it in Slice Location Vector.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from pydicom.datadict import tag_for_keyword
from pydicom.dataset import Dataset

from app.dicom.values import frame_label, mapping_item
from app.dicom.write import anatomy, origin, series
from app.dicom.write.facts import Acquisition
from app.dicom.write.kinds import SliceKind
from app.dicom.write.series import ds, ds_list, item
from app.dicom.write.single import description
from app.dicom.write.stack import PADDING, Stack
from app.dicom.write.texts import plain_text

_CONTENT = {
    "PixelPresentation": "MONOCHROME",
    "VolumetricProperties": "VOLUME",
    "VolumeBasedCalculationTechnique": "TOMOSYNTHESIS",
}
_BREAST_SWEEP = (
    "DistanceSourceToDetector",
    "DistanceSourceToPatient",
    "EstimatedRadiographicMagnificationFactor",
    "FieldOfViewShape",
    "FilterType",
    "FilterMaterial",
    "FocalSpots",
    "AnodeTargetMaterial",
    "BodyPartThickness",
    "CompressionForce",
    "PaddleDescription",
    "DetectorTemperature",
    "ExposureControlMode",
    "ExposureControlModeDescription",
    "HalfValueLayer",
    "KVP",
    "Grid",
    "ExposureTimeInms",
    "ExposureInmAs",
    "XRayTubeCurrentInmA",
)
_BREAST_VIEW = ("RelativeXRayExposure", "PositionerPrimaryAngle", "ExposureTimeInms", "ExposureInmAs")
_CONTRIBUTING = (
    "DetectorID",
    "DateOfLastDetectorCalibration",
    "TimeOfLastDetectorCalibration",
    "DetectorElementSpacing",
    "DetectorType",
    "Rows",
    "Columns",
    "BitsStored",
)
_CONTRIBUTING_TOO = (
    "Manufacturer",
    "ManufacturerModelName",
    "StationName",
    "DeviceSerialNumber",
    "SoftwareVersions",
    "AcquisitionDateTime",
    "ProtocolName",
    "AcquisitionProtocolName",
)


def breast(stack: Stack) -> Dataset:
    """Breast Tomosynthesis Image (PS3.3 A.55)."""
    kind = SliceKind.BREAST
    data = _enhanced(stack, kind, ["DERIVED", "PRIMARY", "TOMOSYNTHESIS", "NONE"])
    view = anatomy.view(stack.facts)
    assert view is not None
    view.ViewModifierCodeSequence = []
    data.ViewCodeSequence, data.BreastImplantPresent = [view], stack.facts.implant
    acquisition = stack.recon.acquisition
    if acquisition is not None:
        _add_contributing(data, stack, acquisition)
        if _is_complete(acquisition):
            data.XRay3DAcquisitionSequence = [_breast_acquisition(stack, acquisition)]
            _add_reconstruction(data, stack)
    return data


def xray_3d(stack: Stack, kind: SliceKind) -> Dataset:
    """X-Ray 3D Angiographic or Craniofacial Image (PS3.3 A.53, A.54)."""
    data = _enhanced(stack, kind, ["DERIVED", "PRIMARY", "VOLUME", "NONE"])
    recon = stack.recon
    known = recon.acquisition.attributes if recon.acquisition is not None else {}
    sweep = item(DetectorType="", KVP=known.get("KVP"))
    if recon.sources:
        sweep.SourceImageSequence = origin.source_items(recon, purpose=False)
    if kind is SliceKind.ANGIOGRAPHIC:  # the craniofacial object has no place for angles
        if recon.source_to_detector_mm is not None:
            sweep.DistanceSourceToDetector = ds(recon.source_to_detector_mm)
        if recon.view_angle_deg:
            angles = recon.view_angle_deg
            sweep.update(_scan(angles))
            sweep.PerProjectionAcquisitionSequence = [item(PositionerPrimaryAngle=ds(angle)) for angle in angles]
    data.XRay3DAcquisitionSequence = [sweep]
    _add_reconstruction(data, stack)
    if recon.acquisition is not None:
        _add_contributing(data, stack, recon.acquisition)
    return data


def capture(stack: Stack) -> Dataset:
    """Multi-frame Grayscale Word Secondary Capture Image (PS3.3 A.8.4) with functional groups."""
    kind = SliceKind.CAPTURE
    data = _base(stack, kind)
    data.ConversionType = "WSD"
    data.ImageType = ["DERIVED", "SECONDARY", "TOMOSYNTHESIS"]
    data.PatientOrientation = ""
    data.RescaleIntercept, data.RescaleSlope, data.RescaleType = "0", "1", "US"
    data.WindowCenter, data.WindowWidth = ds(stack.window[0]), ds(stack.window[1])
    if stack.spool.count > 1:  # may not be there for one frame (PS3.3 C.7.6.6)
        data.FrameIncrementPointer = [tag_for_keyword("SliceLocationVector")]
    data.SliceLocationVector = ds_list(stack.spool.heights_mm)
    data.PixelSpacing = ds_list(stack.spacing_mm)
    data.RealWorldValueMappingSequence = [_mapping(stack)]
    data.DerivationDescription = stack.recon.derivation()
    data.DerivationCodeSequence = [origin.derivation_code()]
    if stack.recon.sources:
        data.SourceImageSequence = origin.source_items(stack.recon)
    if stack.frame is not None:
        _add_planes(data, stack, Dataset())
    return data


BUILDERS: dict[SliceKind, Callable[[Stack], Dataset]] = {
    SliceKind.BREAST: breast,
    SliceKind.ANGIOGRAPHIC: lambda stack: xray_3d(stack, SliceKind.ANGIOGRAPHIC),
    SliceKind.CRANIOFACIAL: lambda stack: xray_3d(stack, SliceKind.CRANIOFACIAL),
    SliceKind.CAPTURE: capture,
}


def _base(stack: Stack, kind: SliceKind) -> Dataset:
    data = series.base_dataset(
        stack.facts,
        sop_class_uid=kind.sop_class_uid,
        modality=kind.modality,
        series_uid=stack.series_uid,
        series_number=stack.recon.series_number,
        description=description(stack, kind),
        instance=1,
        created=stack.created,
    )
    series.add_pixel_module(data, stack.spool.grid.shape)
    data.add_new("PixelPaddingValue", "US", PADDING)
    data.NumberOfFrames = stack.spool.count
    data.PresentationLUTShape = "IDENTITY"
    origin.add_references(data, stack.facts, stack.recon)
    origin.add_equipment(data, stack.recon, stack.created)
    return data


def _enhanced(stack: Stack, kind: SliceKind, image_type: list[str]) -> Dataset:
    """What Breast Tomosynthesis and X-Ray 3D share: the X-Ray 3D Image module (PS3.3 C.8.21.1) and the groups."""
    data = _base(stack, kind)
    data.ImageType = image_type
    data.AcquisitionContextSequence, data.ContentQualification = [], "RESEARCH"
    for keyword, value in _CONTENT.items():
        setattr(data, keyword, value)
    shared = Dataset()
    shared.FrameAnatomySequence = [
        item(FrameLaterality=stack.facts.laterality, AnatomicRegionSequence=[anatomy.region_or_body(stack.facts)])
    ]
    shared.FrameVOILUTSequence = [
        item(WindowCenter=ds(stack.window[0]), WindowWidth=ds(stack.window[1]), VOILUTFunction="LINEAR")
    ]
    shared.PixelValueTransformationSequence = [item(RescaleIntercept="0", RescaleSlope="1", RescaleType="US")]
    shared.RealWorldValueMappingSequence = [_mapping(stack)]
    recon = stack.recon
    shared.DerivationImageSequence = [
        item(
            DerivationDescription=recon.derivation(),
            DerivationCodeSequence=[origin.derivation_code()],
            SourceImageSequence=origin.source_items(recon),
        )
    ]
    # The breast's frame type must stand with each frame (PS3.3 A.55.3.3); the others' too, for one way of reading.
    _add_groups(data, stack, shared, {"FrameType": image_type, **_CONTENT})
    return data


def _add_groups(data: Dataset, stack: Stack, shared: Dataset, frame_type: dict[str, Any]) -> None:
    """Dimension, planes, labels and types of the frames (PS3.3 C.7.6.16, C.7.6.17)."""
    organization = stack.facts.uid("dimension", stack.series_uid)
    data.DimensionOrganizationSequence = [item(DimensionOrganizationUID=organization)]
    data.DimensionIndexSequence = [
        item(
            DimensionOrganizationUID=organization,
            DimensionIndexPointer=tag_for_keyword("InStackPositionNumber"),
            FunctionalGroupPointer=tag_for_keyword("FrameContentSequence"),
            DimensionDescriptionLabel="Slice",
        )
    ]
    _add_planes(data, stack, shared)
    for index, group in enumerate(data.PerFrameFunctionalGroupsSequence):
        group.FrameContentSequence = [
            item(
                StackID="1",
                InStackPositionNumber=index + 1,
                DimensionIndexValues=[index + 1],
                FrameLabel=frame_label(stack.spool.heights_mm[index]),
            )
        ]
        group.XRay3DFrameTypeSequence = [item(**frame_type)]


def _add_planes(data: Dataset, stack: Stack, shared: Dataset) -> None:
    """Measures and planes of the frames, in the patient."""
    directions = stack.directions()
    assert directions is not None
    shared.PlaneOrientationSequence = [item(ImageOrientationPatient=ds_list(directions))]
    data.SharedFunctionalGroupsSequence = [shared]
    data.PerFrameFunctionalGroupsSequence = [
        item(PlanePositionSequence=[item(ImagePositionPatient=ds_list(stack.position_mm(index) or ()))])
        for index in range(stack.spool.count)
    ]
    thickness = stack.thickness_mm
    if len(set(thickness)) == 1:
        shared.PixelMeasuresSequence = [_measures(stack, thickness[0])]
    else:  # slices at the ends of a stack may be thinner
        for group, own in zip(data.PerFrameFunctionalGroupsSequence, thickness, strict=True):
            group.PixelMeasuresSequence = [_measures(stack, own)]


def _measures(stack: Stack, thickness_mm: float) -> Dataset:
    interval = stack.spool.interval_mm
    return item(
        PixelSpacing=ds_list(stack.spacing_mm),
        SliceThickness=ds(thickness_mm),
        SpacingBetweenSlices=None if interval is None else ds(interval),
    )


def _add_reconstruction(data: Dataset, stack: Stack) -> None:
    """X-Ray 3D Reconstruction, of which every frame is the first (PS3.3 C.8.21.4, C.8.21.5.1)."""
    data.XRay3DReconstructionSequence = [origin.reconstruction_item(stack.recon)]
    for group in data.PerFrameFunctionalGroupsSequence:
        group.XRay3DFrameTypeSequence[0].ReconstructionIndex = 1


def _mapping(stack: Stack) -> Dataset:
    return mapping_item(stack.mapping, "Attenuation" if stack.recon.unit == "1/mm" else "Value")


# -- how the projections were acquired ---------------------------------------------------------------------------------


def _add_contributing(data: Dataset, stack: Stack, acquisition: Acquisition) -> None:
    """Contributing Sources (PS3.3 C.8.21.2), where the projections say all that it may not leave out."""
    equipment = acquisition.equipment
    sources = [source for source in stack.recon.sources if source.series_uid]
    if not sources or any(name not in equipment for name in _CONTRIBUTING):
        return
    by_series: dict[tuple[str, str], list[Dataset]] = {}
    for source in sources:
        reference = item(
            ReferencedSOPClassUID=source.sop_class_uid,
            ReferencedSOPInstanceUID=source.sop_instance_uid,
            InstanceNumber="",
        )
        key = (source.study_uid or stack.facts.study_uid, source.series_uid)
        by_series.setdefault(key, []).append(reference)
    references = [
        item(
            StudyInstanceUID=study,
            ReferencedSeriesSequence=[
                item(
                    SeriesInstanceUID=uid,
                    SeriesNumber=equipment.get("SeriesNumber", ""),
                    ReferencedInstanceSequence=own,
                )
            ],
        )
        for (study, uid), own in by_series.items()
    ]
    known = {name: equipment.get(name) for name in (*_CONTRIBUTING, *_CONTRIBUTING_TOO)}
    known["StationName"] = plain_text(known["StationName"], 16) or None
    known["Manufacturer"] = known["Manufacturer"] or ""
    known["AcquisitionDateTime"] = known["AcquisitionDateTime"] or _study_time(stack)
    data.ContributingSourcesSequence = [
        item(LossyImageCompression="00", ContributingSOPInstancesReferenceSequence=references, **known)
    ]


def _study_time(stack: Stack) -> str:
    facts = stack.facts
    return facts.study_date + (facts.study_time[:6] if len(facts.study_time) >= 6 else "")


def _is_complete(acquisition: Acquisition) -> bool:
    """Whether the projections say all that the Breast X-Ray 3D Acquisition module demands; nothing is invented."""
    return (
        bool(acquisition.views)
        and all(name in acquisition.attributes for name in _BREAST_SWEEP)
        and all(name in view for view in acquisition.views for name in _BREAST_VIEW)
    )


def _breast_acquisition(stack: Stack, acquisition: Acquisition) -> Dataset:
    """X-Ray 3D Acquisition Sequence's item (PS3.3 C.8.21.3.4)."""
    known = dict(acquisition.attributes)
    for keyword in ("ExposureTimeInms", "ExposureInmAs", "XRayTubeCurrentInmA"):
        known[keyword] = float(known[keyword])
    angles = [float(view["PositionerPrimaryAngle"]) for view in acquisition.views]
    start = _study_time(stack)
    made = item(
        **known,
        XRayReceptorType="DIGITAL_DETECTOR",
        StartAcquisitionDateTime=start,
        EndAcquisitionDateTime=start,
        SourceImageSequence=origin.source_items(stack.recon, purpose=False) or None,
        PerProjectionAcquisitionSequence=[item(**dict(view)) for view in acquisition.views],
    )
    made.update(_scan(angles))
    return made


def _scan(angles: Sequence[float]) -> Dataset:
    return item(
        PrimaryPositionerScanArc=abs(angles[-1] - angles[0]),
        PrimaryPositionerScanStartAngle=angles[0],
        PrimaryPositionerIncrement=(angles[-1] - angles[0]) / max(len(angles) - 1, 1),
    )
