"""A plain radiograph as a Digital X-Ray image, For Presentation."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.dicom.write import origin, series
from app.dicom.write.dx import FOR_PRESENTATION, add_detector, add_exposure, dx_dataset
from app.dicom.write.encoding import Encoding, encode
from app.dicom.write.facts import ExposureFacts, ReconstructionFacts, StudyFacts
from app.dicom.write.series import WrittenSeries, ds
from recon.errors import BocageError
from recon.geometry import Geometry
from recon.messages import said
from recon.progress import SILENT, Progress


def write_radiograph(
    folder: str | Path,
    pixels: NDArray[Any],
    geometry: Geometry,
    facts: StudyFacts,
    progress: Progress = SILENT,
    *,
    window: tuple[float, float] | None = None,
    exposure: ExposureFacts | None = None,
    description: str = "Radiograph",
    series_number: int = 2,
    name: str = "radiograph.dcm",
    encoding: Encoding = Encoding.NONE,
    computed: ReconstructionFacts | None = None,
) -> WrittenSeries:
    """Write one radiograph.

    Parameters
    ----------
    pixels : ndarray of uint16, shape (rows, columns)
        As they are to be shown, MONOCHROME2: larger is brighter, that is more attenuation.
    geometry : Geometry
        With one view. DICOM's attributes give the tube's distance but not its place; a geometry file beside the image
        carries both.
    window : (centre, width) or None
        In pixel values; None: the middle 98 % of them.
    encoding : Encoding
    computed : ReconstructionFacts or None
        Of a synthetic radiograph: how it was computed. It is then written as a derived image that says so.
    """
    folder = Path(folder)
    if geometry.n_views != 1:
        raise BocageError(said("A radiograph has one view, but its geometry describes {0}.", geometry.n_views))
    if pixels.dtype != np.uint16 or pixels.shape != geometry.shape:
        raise BocageError(
            said(
                "A radiograph must be uint16 of {0} rows × {1} columns, found {2} {3}.",
                geometry.shape[0],
                geometry.shape[1],
                pixels.dtype,
                tuple(pixels.shape),
            )
        )
    if window is None:
        low, high = (float(value) for value in np.percentile(pixels[::3, ::3], (1, 99)))
        window = ((low + high) / 2, max(high - low, 1.0))
    progress.step(0.0, said("Writing the radiograph"))
    series_uid = facts.uid("series", "radiograph", series_number)
    data = dx_dataset(
        facts,
        sop_class_uid=FOR_PRESENTATION,
        series_uid=series_uid,
        series_number=series_number,
        description=description,
        instance=1,
        created=facts.now(),
        frame=geometry.patient,
    )
    data.ImageType = ["ORIGINAL", "PRIMARY", ""]
    if computed is not None:
        # DX has no term of its own for a computed 2-D image; GENERATED_2D is mammography's (PS3.3 C.8.11.7.1.4).
        data.ImageType = ["DERIVED", "PRIMARY", "", "GENERATED_2D"]
        data.DerivationDescription = computed.derivation()
        data.DerivationCodeSequence = [origin.derivation_code()]
        if computed.sources:
            data.SourceImageSequence = origin.source_items(computed)
        origin.add_references(data, facts, computed)
        origin.add_equipment(data, computed, facts.now())
    data.AcquisitionDate, data.AcquisitionTime = facts.study_date, facts.study_time
    add_detector(data, geometry.pixel_pitch_mm, geometry.shape, element_mm=geometry.pixel_pitch_mm)
    data.PixelIntensityRelationship, data.PixelIntensityRelationshipSign = "LOG", -1
    data.WindowCenter, data.WindowWidth = ds(window[0]), ds(window[1])
    data.PositionerType = "COLUMN"
    data.DistanceSourceToDetector = ds(float(geometry.source_distance_mm[0]))
    add_exposure(data, exposure)
    series.add_pixel_module(data, geometry.shape)
    with series.atomic_folder(folder) as temporary:
        series.write_object(temporary / name, data, [encode(pixels, encoding)], 1, encoding)
        geometry.save(temporary / f"{Path(name).stem}.geometry.json")
    progress.step(1.0, said("Radiograph written"))
    return WrittenSeries(folder, (folder / name,), series_uid, ())
