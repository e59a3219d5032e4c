"""Small deterministic DICOM objects for tests; nothing binary is kept."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian, generate_uid
from pydicom.valuerep import format_number_as_ds

from recon.geometry import Geometry

DX_PRESENTATION = "1.2.840.10008.5.1.4.1.1.1.1"
DX_PROCESSING = "1.2.840.10008.5.1.4.1.1.1.1.1"
CR = "1.2.840.10008.5.1.4.1.1.1"
MG = "1.2.840.10008.5.1.4.1.1.1.2"
XA = "1.2.840.10008.5.1.4.1.1.12.1"
CT = "1.2.840.10008.5.1.4.1.1.2"
ENHANCED_CT = "1.2.840.10008.5.1.4.1.1.2.1"
SC = "1.2.840.10008.5.1.4.1.1.7"
BREAST_PROJECTION_PRESENTATION = "1.2.840.10008.5.1.4.1.1.13.1.4"
BREAST_PROJECTION_PROCESSING = "1.2.840.10008.5.1.4.1.1.13.1.5"
BREAST_TOMOSYNTHESIS = "1.2.840.10008.5.1.4.1.1.13.1.3"
XRAY_3D_ANGIOGRAPHIC = "1.2.840.10008.5.1.4.1.1.13.1.1"
XRAY_3D_CRANIOFACIAL = "1.2.840.10008.5.1.4.1.1.13.1.2"
CORONAL = (1.0, 0.0, 0.0, 0.0, 0.0, -1.0)
AXIAL = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0)


def uid(*names: object) -> str:
    return str(generate_uid(entropy_srcs=["fixture", *(str(name) for name in names)]))


def ds(value: float) -> str:
    return str(format_number_as_ds(float(value)))


def item(**elements: Any) -> Dataset:
    data = Dataset()
    for keyword, value in elements.items():
        setattr(data, keyword, value)
    return data


def lut(first: int, bits: int, table: Sequence[int], packed: bool = False, **elements: Any) -> Dataset:
    """A LUT item; `packed` writes its data as bytes (OW), else as numbers (US)."""
    data = item(**elements)
    data.add_new("LUTDescriptor", "US", [len(table), first, bits])
    if packed:
        data.add_new("LUTData", "OW", np.asarray(table, "<u2").tobytes())
    else:
        data.add_new("LUTData", "US", [int(value) for value in table])
    return data


def dataset(
    sop: str, modality: str, pixels: np.ndarray, series: str = "s", instance: int = 1, study: str = "t", **elements: Any
) -> Dataset:
    """A data set with `pixels` (rows, columns) or (frames, rows, columns); other elements by keyword."""
    data = Dataset()
    data.SpecificCharacterSet = "ISO_IR 192"
    data.SOPClassUID, data.SOPInstanceUID = sop, uid(study, series, instance)
    data.StudyInstanceUID, data.SeriesInstanceUID = uid(study), uid(study, series)
    data.StudyDate, data.StudyTime = "20260115", "102030"
    data.PatientName, data.PatientID = "Phantom^Fixture", "F-1"
    data.Modality, data.SeriesNumber, data.InstanceNumber = modality, 1, instance
    data.SeriesDescription = series
    data.Manufacturer = "Fixture"
    signed = pixels.dtype.kind == "i"
    data.SamplesPerPixel, data.PhotometricInterpretation = 1, "MONOCHROME2"
    data.Rows, data.Columns = pixels.shape[-2:]
    if pixels.ndim == 3:
        data.NumberOfFrames = pixels.shape[0]
    bits = pixels.dtype.itemsize * 8
    data.BitsAllocated, data.BitsStored, data.HighBit, data.PixelRepresentation = bits, bits, bits - 1, int(signed)
    for keyword, value in elements.items():
        setattr(data, keyword, value)
    if "BitsStored" in elements:
        data.HighBit = data.BitsStored - 1
    data.add_new("PixelData", "OW" if bits > 8 else "OB", np.ascontiguousarray(pixels).tobytes())
    return data


def save(data: Dataset, path: Path, syntax: str = ExplicitVRLittleEndian, compress: bool = False) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID, meta.MediaStorageSOPInstanceUID = data.SOPClassUID, data.SOPInstanceUID
    meta.TransferSyntaxUID = ExplicitVRLittleEndian if compress else syntax
    data.file_meta = meta
    if compress:
        data.compress(syntax, generate_instance_uid=False)
    data.save_as(path, enforce_file_format=True)
    return path


def views(n: int, rows: int, columns: int, seed: int = 3) -> np.ndarray:
    """Counts with a structure that differs in each view."""
    rng = np.random.default_rng(seed)
    base = 20000 + 10000 * np.cos(np.arange(columns) / 7.0)[None, None, :] * np.ones((n, rows, 1))
    return (base + 100 * np.arange(n)[:, None, None] + rng.normal(0, 50, (n, rows, columns))).astype(np.uint16)


def dx_projections(
    folder: Path,
    images: np.ndarray,
    geometry: Geometry,
    *,
    shuffle: bool = True,
    sid_along_ray: bool = False,
    series: str = "dx",
    **elements: Any,
) -> list[Path]:
    """DX For Processing, one file a view, a tube column on a track along y."""
    paths = []
    angles = np.degrees(np.arctan2(geometry.source_mm[:, 1], geometry.source_mm[:, 2]))
    order = np.random.default_rng(1).permutation(len(images)) if shuffle else np.arange(len(images))
    for instance, index in enumerate(order, 1):
        slant = (
            float(np.linalg.norm(geometry.source_mm[index])) if sid_along_ray else float(geometry.source_mm[index, 2])
        )
        facts: dict[str, Any] = {
            "PresentationIntentType": "FOR PROCESSING",
            "ImageType": ["ORIGINAL", "PRIMARY", ""],
            "PatientOrientation": ["L", "F"],
            "ViewPosition": "PA",
            "PixelIntensityRelationship": "LIN",
            "PixelIntensityRelationshipSign": 1,
            "DetectorElementSpacing": [ds(geometry.pixel_pitch_mm[0] / 2)] * 2,
            "DetectorBinning": [2, 2],
            "ImagerPixelSpacing": [ds(geometry.pixel_pitch_mm[0])] * 2,
            "DistanceSourceToDetector": ds(slant),
            "PositionerType": "COLUMN",
            "ColumnAngulation": ds(angles[index]),
        }
        facts.update(elements)
        facts = {key: value for key, value in facts.items() if value is not None}
        data = dataset(DX_PROCESSING, "DX", images[index], series, instance, **facts)
        paths.append(save(data, folder / f"{series}{instance:03d}.dcm"))
    return paths


def breast_projections(
    path: Path,
    images: np.ndarray,
    angles: Sequence[float],
    *,
    presentation: bool = False,
    source_to_detector: float = 660.0,
    source_to_isocentre: float = 620.0,
    orientation: Sequence[str] = ("P", "L"),
    isocentre: bool = True,
    compress: str | None = None,
) -> Path:
    """Breast Projection X-Ray, multi-frame, with or without the isocentre reference system."""
    sop = BREAST_PROJECTION_PRESENTATION if presentation else BREAST_PROJECTION_PROCESSING
    data = dataset(
        sop,
        "MG",
        images,
        "breast",
        PresentationIntentType="FOR PRESENTATION" if presentation else "FOR PROCESSING",
        ImageType=["ORIGINAL", "PRIMARY", "TOMO_PROJ", "NONE"],
        PatientOrientation=list(orientation),
        DetectorElementSpacing=[0.07, 0.07],
        DetectorBinning=[2, 2],
        PositionerType="MAMMOGRAPHIC",
        BitsStored=14,
    )
    data.SharedFunctionalGroupsSequence = [
        item(
            FramePixelDataPropertiesSequence=[
                item(
                    ImagerPixelSpacing=[0.14, 0.14],
                    PixelIntensityRelationship="LOG" if presentation else "LIN",
                    PixelIntensityRelationshipSign=-1 if presentation else 1,
                )
            ]
        )
    ]
    groups = []
    for index, angle in enumerate(angles):
        group = item(
            FrameContentSequence=[item(InStackPositionNumber=index + 1)],
            PositionerPositionSequence=[item(PositionerPrimaryAngle=ds(angle), PositionerSecondaryAngle="0")],
            XRayGeometrySequence=[
                item(
                    DistanceSourceToDetector=ds(source_to_detector),
                    DistanceSourceToIsocenter=float(source_to_isocentre),
                )
            ],
            FrameVOILUTSequence=[item(WindowCenter=ds(4000 + index), WindowWidth="6000", VOILUTFunction="SIGMOID")],
        )
        if isocentre:
            group.IsocenterReferenceSystemSequence = [
                item(
                    XRaySourceIsocenterPrimaryAngle=float(angle),
                    XRaySourceIsocenterSecondaryAngle=0.0,
                    DetectorIsocenterPrimaryAngle=0.0,
                    DetectorIsocenterSecondaryAngle=0.0,
                    DetectorZPositionToIsocenter=-(source_to_detector - source_to_isocentre),
                )
            ]
        groups.append(group)
    data.PerFrameFunctionalGroupsSequence = groups
    return save(data, path, compress, True) if compress else save(data, path)


def xa_run(path: Path, images: np.ndarray, start: float, step: float, **elements: Any) -> Path:
    """XA multi-frame with positioner angle increments."""
    facts: dict[str, Any] = {
        "PositionerType": "CARM",
        "PositionerMotion": "DYNAMIC",
        "PositionerPrimaryAngle": ds(start),
        "PositionerSecondaryAngle": "0",
        "PositionerPrimaryAngleIncrement": [ds(0.0 if k == 0 else step) for k in range(len(images))],
        "DistanceSourceToDetector": "1200",
        "DistanceSourceToIsocenter": 750.0,
        "ImagerPixelSpacing": [0.4, 0.4],
        "PixelIntensityRelationship": "LIN",
    }
    facts.update(elements)
    return save(dataset(XA, "XA", images, "xa", **facts), path)


def volume_frames(
    path: Path,
    images: np.ndarray,
    sop: str = BREAST_TOMOSYNTHESIS,
    modality: str = "MG",
    *,
    directions: Sequence[float] = CORONAL,
    first: Sequence[float] = (-10.0, 5.0, 20.0),
    step: float = 2.0,
    spacing: tuple[float, float] = (0.5, 0.4),
    per_frame: Sequence[dict[str, Any]] | None = None,
    order: Sequence[int] | None = None,
) -> Path:
    """A multi-frame volume; frame k lies at the position of ``order[k]``."""
    data = dataset(sop, modality, images, path.stem, ImageType=["DERIVED", "PRIMARY", "TOMOSYNTHESIS", "NONE"])
    normal = np.cross(directions[:3], directions[3:])
    data.SharedFunctionalGroupsSequence = [
        item(
            PlaneOrientationSequence=[item(ImageOrientationPatient=[ds(value) for value in directions])],
            PixelMeasuresSequence=[item(PixelSpacing=[ds(value) for value in spacing], SliceThickness="4")],
        )
    ]
    groups = []
    for index in range(len(images)):
        place = index if order is None else order[index]
        position = np.asarray(first) + normal * step * place
        group = item(
            PlanePositionSequence=[item(ImagePositionPatient=[ds(value) for value in position])],
            FrameContentSequence=[item(InStackPositionNumber=index + 1)],
        )
        for key, value in (per_frame[index] if per_frame else {}).items():
            setattr(group, key, value)
        groups.append(group)
    data.PerFrameFunctionalGroupsSequence = groups
    return save(data, path)


def ct_slices(
    folder: Path, volume: np.ndarray, *, step: float = 2.0, spacing: float = 0.8, shuffle: bool = True
) -> None:
    """Axial CT slices (z, y, x), int16 stored with rescale −1024."""
    order = np.random.default_rng(2).permutation(len(volume)) if shuffle else np.arange(len(volume))
    for instance, index in enumerate(order, 1):
        data = dataset(
            CT,
            "CT",
            volume[index],
            "ct",
            instance,
            ImagePositionPatient=["-20", "-30", ds(100 + step * index)],
            ImageOrientationPatient=[ds(value) for value in AXIAL],
            PixelSpacing=[ds(spacing)] * 2,
            RescaleSlope="1",
            RescaleIntercept="-1024",
            WindowCenter=["40", "-600"],
            WindowWidth=["400", "1500"],
            WindowCenterWidthExplanation=["SOFT", "LUNG"],
        )
        save(data, folder / f"ct{instance:03d}.dcm")
