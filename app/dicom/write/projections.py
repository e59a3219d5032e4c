"""Projections as a series of single-frame Digital X-Ray images, For Processing.

The geometry goes into the standard's attributes where they can say it, and always, exactly, into the geometry file
beside the images:

* tube on a straight track along the rows (y), stationary detector: Column Angulation of each view, the angle of the
  source from the detector's normal seen from the detector's middle, positive towards increasing rows (the beam then
  tilts towards row 0); Distance Source to Detector is the track's perpendicular distance for every view;
* tube on an arc about a pivot, stationary detector: Positioner Primary Angle for a sweep along x, Positioner
  Secondary Angle for a sweep along y, about the pivot; Distance Source to Detector and Distance Source to Isocenter
  at angle 0;
* anything else: only the geometry file.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydicom.dataset import Dataset

from app.dicom.values import TRANSMISSION_LABEL, ValueMapping, add_mapping
from app.dicom.write import series
from app.dicom.write.dx import FOR_PROCESSING, add_detector, add_exposure, dx_dataset
from app.dicom.write.encoding import Encoding, encode
from app.dicom.write.facts import ExposureFacts, StudyFacts
from app.dicom.write.series import WrittenSeries, ds
from app.dicom.write.trajectory import TOLERANCE_MM, Trajectory, trajectory_of
from recon.errors import BocageError
from recon.geometry import Geometry
from recon.messages import said
from recon.progress import SILENT, Progress
from recon.projections import ProjectionSet, Views

GEOMETRY_FILE = "views.geometry.json"
RELATIVE_EXPOSURE_UNIT = 100_000
"""Relative X-Ray Exposure of a view of mean exposure (an integer in the manufacturer's units)."""


def write_projections(
    folder: str | Path,
    projections: ProjectionSet,
    facts: StudyFacts,
    progress: Progress = SILENT,
    *,
    exposure: ExposureFacts | None = None,
    description: str = "Tomosynthesis projections",
    series_number: int = 1,
    encoding: Encoding = Encoding.NONE,
) -> WrittenSeries:
    """Write projections as DX For Processing, one file for each view, and their geometry file.

    Parameters
    ----------
    folder : path
        Made if missing. Its files appear all together at the end.
    projections : ProjectionSet
        ``counts``, integers from 0 to 65535. A known `air` value is kept as transmission (see `app.dicom.values`).
    facts : StudyFacts
    exposure : ExposureFacts or None
        Of a view of mean exposure.
    encoding : Encoding

    Raises
    ------
    BocageError
        When the views are not counts, do not fit 16 bits, or the folder cannot be written.
    """
    views = projections.views
    check_counts(projections)
    folder = Path(folder)
    geometry = projections.geometry
    trajectory = _trajectory(geometry)
    notes = [] if geometry.patient is not None else [said("The patient's orientation is unknown; the images say none.")]
    if trajectory is None:
        notes.append(
            said("DICOM attributes cannot say this geometry; only {0} carries it. Keep them together.", GEOMETRY_FILE)
        )
    series_uid = facts.uid("series", "projections", series_number)
    created = facts.now()
    count = geometry.n_views
    digits = max(3, len(str(count)))
    names: list[str] = []
    with series.atomic_folder(folder) as temporary:
        for index in range(count):
            progress.step(index / count, said("Writing view {0} of {1}", index + 1, count))
            view = counts_of(views, index)
            data = dx_dataset(
                facts,
                sop_class_uid=FOR_PROCESSING,
                series_uid=series_uid,
                series_number=series_number,
                description=description,
                instance=index + 1,
                created=created,
                frame=geometry.patient,
            )
            data.ImageType = ["ORIGINAL", "PRIMARY", ""]
            data.AcquisitionNumber = index + 1
            data.AcquisitionDate, data.AcquisitionTime = facts.study_date, facts.study_time
            add_detector(data, geometry.pixel_pitch_mm, geometry.shape, element_mm=geometry.pixel_pitch_mm)
            data.PixelIntensityRelationship, data.PixelIntensityRelationshipSign = "LIN", 1
            relative = 1.0 if geometry.exposure is None else float(geometry.exposure[index])
            add_exposure(data, exposure, relative)
            if geometry.exposure is not None:
                data.RelativeXRayExposure = round(RELATIVE_EXPOSURE_UNIT * relative)
            _add_geometry(data, geometry, trajectory, index)
            if projections.air is not None and projections.air > 0:
                mapping = ValueMapping(1.0 / projections.air, 0.0, 0, 65535, "", TRANSMISSION_LABEL)
                add_mapping(data, mapping, "Transmission: counts divided by the open field's counts")
            series.add_pixel_module(data, geometry.shape)
            name = f"view_{index + 1:0{digits}d}.dcm"
            series.write_object(temporary / name, data, [encode(view, encoding)], 1, encoding)
            names.append(name)
        geometry.save(temporary / GEOMETRY_FILE)
    progress.step(1.0, said("{0} views written", count))
    return WrittenSeries(folder, tuple(folder / name for name in names), series_uid, tuple(notes))


def check_counts(projections: ProjectionSet) -> None:
    """Refuse views that are not whole counts.

    Raises
    ------
    BocageError
    """
    if projections.kind != "counts":
        raise BocageError(said("DICOM projections are detector counts; line integrals can be kept as .npz instead."))
    if not np.issubdtype(projections.views.dtype, np.integer):
        raise BocageError(
            said(
                "DICOM projections are integers from 0 to 65535, found {0}. Round the counts.", projections.views.dtype
            )
        )


def counts_of(views: Views, index: int) -> NDArray[np.uint16]:
    """One view as uint16.

    Raises
    ------
    BocageError
        When it does not fit.
    """
    view = np.asarray(views[index])
    if view.dtype != np.uint16 and (view.min() < 0 or view.max() > 65535):
        raise BocageError(
            said(
                "View {0} holds counts from {1} to {2}; DICOM keeps 0 to 65535. Rescale.",
                index + 1,
                view.min(),
                view.max(),
            )
        )
    return view.astype(np.uint16, copy=False)


def _add_geometry(data: Dataset, geometry: Geometry, trajectory: Trajectory | None, index: int) -> None:
    data.PositionerType = "COLUMN"
    # A projection is no layer; height 0 is the detector's own plane (the attribute may not be absent here).
    data.TomoLayerHeight = "0"
    data.TomoAngle = ds(geometry.sweep_angle_deg)
    data.TomoType, data.TomoClass = "LINEAR", "TOMOSYNTHESIS"
    data.NumberOfTomosynthesisSourceImages = geometry.n_views
    if trajectory is None:
        data.DistanceSourceToDetector = ds(float(geometry.source_distance_mm[index]))
        return
    angle = ds(trajectory.angle_deg[index])
    data.DistanceSourceToDetector = ds(trajectory.source_to_detector_mm)
    if trajectory.kind == "linear":
        data.ColumnAngulation = angle
        return
    data.DistanceSourceToIsocenter = float(trajectory.source_to_pivot_mm or 0.0)
    data.PositionerPrimaryAngle = angle if trajectory.axis == 0 else "0"
    data.PositionerSecondaryAngle = angle if trajectory.axis == 1 else "0"


def _trajectory(geometry: Geometry) -> Trajectory | None:
    """What a DX image can say of a geometry: a track along y or an arc, over the detector's middle."""
    found = trajectory_of(geometry)
    if found is None or abs(found.across_mm) > TOLERANCE_MM:
        return None
    # Column Angulation is one number without an axis; a column sweeps along the patient, that is y.
    return None if found.kind == "linear" and found.axis != 1 else found
