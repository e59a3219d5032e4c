"""Slices with a file each: Digital X-Ray with the tomography module, and CT for tools that know nothing else."""

from __future__ import annotations

from pydicom.dataset import Dataset

from app.dicom.values import add_mapping
from app.dicom.write import origin, series
from app.dicom.write.dx import FOR_PRESENTATION, add_detector, dx_dataset
from app.dicom.write.kinds import SliceKind
from app.dicom.write.series import NOT_FOR_DIAGNOSIS, ds, ds_list
from app.dicom.write.stack import PADDING, Stack
from app.dicom.write.texts import plain_text


def description(stack: Stack, kind: SliceKind) -> str:
    """Series Description: what it is, what it is not, and that it is not for diagnosis."""
    tail = " ".join(part for part in (f"[{kind.caution}]" if kind.caution else "", NOT_FOR_DIAGNOSIS) if part)
    return f"{plain_text(stack.recon.description, 63 - len(tail))} {tail}"


def dx_slice(stack: Stack, index: int) -> Dataset:
    """A slice as Digital X-Ray Image, For Presentation, with the X-Ray Tomography Acquisition module (PS3.3 C.8.7.7).

    Position, orientation and spacing go beyond the class's own modules (a Standard Extended object), so that every
    viewer stacks the slices and volume tools place them.
    """
    recon, grid = stack.recon, stack.spool.grid
    data = dx_dataset(
        stack.facts,
        sop_class_uid=FOR_PRESENTATION,
        series_uid=stack.series_uid,
        series_number=recon.series_number,
        description=description(stack, SliceKind.DX),
        instance=index + 1,
        created=stack.created,
        frame=stack.frame,
    )
    # Value 3 is empty in DX (C.8.11.3.1.1); what the image is, the tomography module says.
    data.ImageType = ["DERIVED", "PRIMARY", ""]
    data.PixelIntensityRelationship, data.PixelIntensityRelationshipSign = "LOG", -1
    # Imager Pixel Spacing may not be absent, and volume tools (ITK) take it in DX before Pixel Spacing: so it is the
    # slice's own too, as of an imager in the slice's plane. The detector's pitch stands in Detector Element Spacing.
    add_detector(data, stack.spacing_mm, grid.shape, element_mm=None)
    if recon.detector_pitch_mm is not None:
        data.DetectorElementSpacing = ds_list(recon.detector_pitch_mm)
    data.PixelSpacingCalibrationType = "GEOMETRY"
    data.PixelSpacingCalibrationDescription = "Pixel spacing in the slice's own plane"
    data.PositionerType = "COLUMN"
    if recon.source_to_detector_mm is not None:
        data.DistanceSourceToDetector = ds(recon.source_to_detector_mm)
    data.TomoLayerHeight = ds(stack.spool.heights_mm[index])
    data.TomoType, data.TomoClass = "LINEAR", "TOMOSYNTHESIS"
    if recon.sweep_angle_deg is not None:
        data.TomoAngle = ds(recon.sweep_angle_deg)
    if recon.n_views is not None:
        data.NumberOfTomosynthesisSourceImages = recon.n_views
    _add_slice(data, stack, index)
    return data


def ct_slice(stack: Stack, index: int) -> Dataset:
    """A slice as CT Image. Its values are no Hounsfield units, and it says so wherever it can (Rescale Type US)."""
    recon = stack.recon
    data = series.base_dataset(
        stack.facts,
        sop_class_uid=SliceKind.CT.sop_class_uid,
        modality=SliceKind.CT.modality,
        series_uid=stack.series_uid,
        series_number=recon.series_number,
        description=description(stack, SliceKind.CT),
        instance=index + 1,
        created=stack.created,
    )
    data.ImageType = ["DERIVED", "SECONDARY", "AXIAL", "TOMOSYNTHESIS"]
    data.AcquisitionNumber = 1
    acquisition = recon.acquisition.attributes if recon.acquisition is not None else {}
    data.KVP = acquisition.get("KVP", "")
    data.ScanOptions = ""
    # Every image must say how the patient lies in a scanner; Image Orientation alone tells how this one does.
    data.PatientPosition = ""
    data.RescaleIntercept, data.RescaleSlope, data.RescaleType = "0", "1", "US"
    if recon.source_to_detector_mm is not None:
        data.DistanceSourceToDetector = ds(recon.source_to_detector_mm)
    data.ImageComments = "Tomosynthesis. The values are not Hounsfield units."
    _add_slice(data, stack, index)
    return data


def _add_slice(data: Dataset, stack: Stack, index: int) -> None:
    """Plane, window, values, pixels' layout and provenance."""
    recon = stack.recon
    data.PixelSpacing = ds_list(stack.spacing_mm)
    thickness = stack.spool.thickness_mm[index]
    if thickness > 0 or data.Modality == "CT":
        data.SliceThickness = ds(thickness) if thickness > 0 else ""
    interval = stack.spool.interval_mm
    if interval is not None:
        data.SpacingBetweenSlices = ds(interval)
    data.SliceLocation = ds(stack.spool.heights_mm[index])
    position, directions = stack.position_mm(index), stack.directions()
    if position is not None and directions is not None:
        data.ImagePositionPatient, data.ImageOrientationPatient = ds_list(position), ds_list(directions)
    data.WindowCenter, data.WindowWidth = ds(stack.window[0]), ds(stack.window[1])
    add_mapping(data, stack.mapping, "Attenuation" if recon.unit == "1/mm" else "Value")
    series.add_pixel_module(data, stack.spool.grid.shape)
    data.add_new("PixelPaddingValue", "US", PADDING)
    data.DerivationDescription = recon.derivation()
    data.DerivationCodeSequence = [origin.derivation_code()]
    if recon.sources:
        data.SourceImageSequence = origin.source_items(recon)
    origin.add_references(data, stack.facts, recon)
    origin.add_equipment(data, recon, stack.created)
