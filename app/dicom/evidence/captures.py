"""Pictures of the screen as Secondary Capture images (PS3.3 A.8.1)."""

from __future__ import annotations

from typing import Any

import numpy as np
from pydicom.dataset import Dataset

from app.dicom.evidence.document import document
from app.dicom.evidence.places import Plane
from app.dicom.evidence.request import Capture

SECONDARY_CAPTURE = "1.2.840.10008.5.1.4.1.1.7"


def capture(
    taken: Capture,
    source: Dataset,
    plane: Plane | None,
    uids: tuple[str, str],
    numbers: tuple[int, int],
    institution: str = "",
) -> Dataset:
    """One Secondary Capture: grey where all its pixels are, else RGB.

    Parameters
    ----------
    source : Dataset
        What patient and study are taken over from.
    plane : Plane or None
        The stored image that it shows, if it is one.
    uids, numbers : (series, instance)
    """
    data = document(source, SECONDARY_CAPTURE, "OT", uids[1], uids[0], numbers, "Screen captures", institution)
    data.SeriesDate, data.SeriesTime = data.InstanceCreationDate, data.InstanceCreationTime
    data.ContentDate, data.ContentTime = data.InstanceCreationDate, data.InstanceCreationTime
    data.ConversionType = "WSD"
    data.ImageType = ["DERIVED", "SECONDARY"]
    data.PatientOrientation = ""
    data.DerivationDescription = "Picture of the screen of a viewing program, not for measurement"
    if taken.name:
        data.ImageComments = str(taken.name)[:1000]
    data.BurnedInAnnotation = "YES" if taken.identified else "NO"
    data.RecognizableVisualFeatures = "NO"
    data.LossyImageCompression = "00"
    if plane is not None:
        item = Dataset()
        item.ReferencedSOPClassUID, item.ReferencedSOPInstanceUID = plane.sop_class_uid, plane.key.instance
        if plane.key.frame:
            item.ReferencedFrameNumber = plane.key.frame
        purpose = Dataset()
        purpose.CodeValue, purpose.CodingSchemeDesignator = "121322", "DCM"
        purpose.CodeMeaning = "Source image for image processing operation"
        item.PurposeOfReferenceCodeSequence = [purpose]
        data.SourceImageSequence = [item]
    _add_pixels(data, taken.pixels)
    return data


def _add_pixels(data: Dataset, pixels: Any) -> None:
    colours = np.ascontiguousarray(pixels, np.uint8)
    grey = colours.ndim == 2 or bool((colours == colours[..., :1]).all())
    image = colours if colours.ndim == 2 else colours[..., 0] if grey else colours
    data.Rows, data.Columns = image.shape[:2]
    data.SamplesPerPixel = 1 if grey else 3
    data.PhotometricInterpretation = "MONOCHROME2" if grey else "RGB"
    if not grey:
        data.PlanarConfiguration = 0
    data.BitsAllocated, data.BitsStored, data.HighBit, data.PixelRepresentation = 8, 8, 7, 0
    raw = np.ascontiguousarray(image).tobytes()
    data.add_new("PixelData", "OB", raw + b"\0" * (len(raw) % 2))
