"""One small object of each class that the program handles, for what goes over the network."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from fixtures_dicom import (
    BREAST_TOMOSYNTHESIS,
    CT,
    DX_PRESENTATION,
    DX_PROCESSING,
    MG,
    SC,
    XA,
    XRAY_3D_ANGIOGRAPHIC,
    XRAY_3D_CRANIOFACIAL,
    breast_projections,
    dataset,
    item,
    save,
    uid,
    views,
    volume_frames,
)
from pydicom.dataset import Dataset

MULTI_FRAME_WORD = "1.2.840.10008.5.1.4.1.1.7.3"
COMPREHENSIVE_3D_SR = "1.2.840.10008.5.1.4.1.1.88.34"
DOSE_SR = "1.2.840.10008.5.1.4.1.1.88.67"
KEY_OBJECTS = "1.2.840.10008.5.1.4.1.1.88.59"
PRESENTATION_STATE = "1.2.840.10008.5.1.4.1.1.11.1"
JPEG_LS = "1.2.840.10008.1.2.4.80"
IMPLICIT = "1.2.840.10008.1.2"


def object_of_each_class(folder: Path) -> dict[str, Path]:
    """Write the objects; their files by what they are called."""
    image = views(1, 24, 32)[0]
    frames = views(3, 24, 32)
    single: dict[str, tuple[str, str, dict[str, Any]]] = {
        "DX For Presentation": (DX_PRESENTATION, "DX", {}),
        "DX For Processing": (DX_PROCESSING, "DX", {}),
        "Digital Mammography": (MG, "MG", {"PatientName": "王^小东=王^小东"}),
        "CT": (CT, "CT", {}),
        "Secondary Capture": (SC, "OT", {"ConversionType": "WSD"}),
    }
    found: dict[str, Path] = {}
    for name, (sop, modality, facts) in single.items():
        data = dataset(sop, modality, image, name, study="classes", **facts)
        data.add_new(0x00110010, "LO", "BOCAGE TEST")
        data.add_new(0x00111001, "OB", b"\x01\x02\x03\x04")
        found[name] = save(data, folder / f"{len(found)}.dcm")
    found["CT, JPEG-LS"] = save(
        dataset(CT, "CT", image, "jls", study="classes"), folder / "jls.dcm", JPEG_LS, compress=True
    )
    found["CT, implicit VR"] = save(dataset(CT, "CT", image, "implicit", study="classes"), folder / "i.dcm", IMPLICIT)
    found["X-Ray Angiographic"] = save(dataset(XA, "XA", frames, "xa", study="classes"), folder / "xa.dcm")
    found["Multi-frame Word SC"] = save(
        dataset(MULTI_FRAME_WORD, "OT", frames, "mfsc", study="classes"), folder / "mfsc.dcm"
    )
    found["Breast Projection"] = breast_projections(folder / "bpx.dcm", frames, (-7.5, 0.0, 7.5))
    for name, sop, modality in (
        ("Breast Tomosynthesis", BREAST_TOMOSYNTHESIS, "MG"),
        ("X-Ray 3D Angiographic", XRAY_3D_ANGIOGRAPHIC, "XA"),
        ("X-Ray 3D Craniofacial", XRAY_3D_CRANIOFACIAL, "DX"),
    ):
        found[name] = volume_frames(folder / f"{modality}3d{len(found)}.dcm", frames, sop, modality)
    for name, sop, modality in (
        ("Comprehensive 3D SR", COMPREHENSIVE_3D_SR, "SR"),
        ("Radiation Dose SR", DOSE_SR, "SR"),
        ("Key Object Selection", KEY_OBJECTS, "KO"),
        ("Presentation State", PRESENTATION_STATE, "PR"),
    ):
        found[name] = save(_document(sop, modality, name), folder / f"{modality}{len(found)}.dcm")
    return found


def _document(sop: str, modality: str, name: str) -> Dataset:
    """A document with nested sequences, texts in Chinese and numbers of every form."""
    data = dataset(sop, modality, np.zeros((2, 2), np.uint8), name, study="classes")
    for keyword in ("PixelData", "Rows", "Columns", "BitsAllocated", "BitsStored", "HighBit", "PixelRepresentation"):
        delattr(data, keyword)
    for keyword in ("SamplesPerPixel", "PhotometricInterpretation"):
        delattr(data, keyword)
    code = item(CodeValue="121206", CodingSchemeDesignator="DCM", CodeMeaning="Distance 距离")
    unit = item(CodeValue="mm", CodingSchemeDesignator="UCUM", CodeMeaning="millimeter")
    number = item(NumericValue="12.5", MeasurementUnitsCodeSequence=[unit])
    inner = item(
        RelationshipType="CONTAINS", ValueType="NUM", ConceptNameCodeSequence=[code], MeasuredValueSequence=[number]
    )
    data.ValueType = "CONTAINER"
    data.ConceptNameCodeSequence = [code]
    data.ContinuityOfContent = "SEPARATE"
    data.ContentSequence = [item(RelationshipType="CONTAINS", ValueType="CONTAINER", ContentSequence=[inner] * 3)]
    data.ReferencedSeriesSequence = [
        item(
            SeriesInstanceUID=uid("classes", "CT"),
            ReferencedImageSequence=[item(ReferencedSOPClassUID=CT, ReferencedSOPInstanceUID=uid("classes", "CT", 1))],
        )
    ]
    return data
