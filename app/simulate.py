"""Simulated studies: from a CT to DICOM projections and a plain radiograph."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.cases import Case, find_case, read_case_ct
from recon.errors import BocageError
from recon.messages import said
from recon.progress import SILENT, Progress

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from app.dicom.write import StudyFacts
    from recon.geometry import Geometry

RADIOGRAPH_SCALE = 1000
"""Stored values of the simulated radiograph per unit of line integral."""

_LETTERS = {"PA": ("L", "F", "P"), "AP": ("R", "F", "A")}


@dataclass(frozen=True)
class SimulationSettings:
    """How a CT stands before the detector and how it is exposed.

    Attributes
    ----------
    views, half_angle_deg, source_to_detector_mm, pixel_pitch_mm, shape
        The sweep: a straight track parallel to the detector's rows (y), see `recon.simulate.acquisition.linear_sweep`.
        Not used when a geometry is given.
    photons_per_view, radiograph_photons : float
        Mean quanta per pixel in the open field.
    seed : int
        Of the noise.
    frame : three letters
        Where world x (columns), y (rows) and z (to the tube) point in the patient: ``("L", "F", "P")`` is a PA chest.
    clearance_mm : float
        Distance of the CT's nearest voxel plane from the detector.
    centre_mm : (x, y)
        Where the CT's centre stands before the detector.
    extend_mm : mapping of a letter to a length
        How far the body is continued beyond the scan towards this patient direction.
    soften : float
        Blur of the continued slices per mm of distance; see `recon.simulate.volume.place_ct`.
    """

    views: int = 60
    half_angle_deg: float = 15.0
    source_to_detector_mm: float = 1800.0
    pixel_pitch_mm: float = 0.4
    shape: tuple[int, int] = (1024, 1024)
    photons_per_view: float = 20000.0
    radiograph_photons: float = 200000.0
    seed: int = 0
    frame: tuple[str, str, str] = _LETTERS["PA"]
    clearance_mm: float = 30.0
    centre_mm: tuple[float, float] = (0.0, 0.0)
    extend_mm: dict[str, float] = field(default_factory=dict)
    soften: float = 0.2

    @classmethod
    def of_case(cls, case: Case) -> SimulationSettings:
        """Take the settings from a case's description."""
        known = {item.name for item in fields(cls)}
        values: dict[str, Any] = {**case.placement, **case.acquisition}
        unknown = sorted(set(values) - known)
        if unknown:
            raise BocageError(said("{0}/case.toml: unknown settings {1}.", case.name, ", ".join(unknown)))
        for name in ("shape", "frame", "centre_mm"):
            if name in values:
                values[name] = tuple(values[name])
        return cls(**values)

    def geometry(self) -> Geometry:
        """Build the sweep that these settings describe."""
        from recon.frame import PatientFrame
        from recon.simulate.acquisition import linear_sweep

        return linear_sweep(
            n_views=self.views,
            half_angle_deg=self.half_angle_deg,
            source_to_detector_mm=self.source_to_detector_mm,
            pixel_pitch_mm=self.pixel_pitch_mm,
            shape=self.shape,
            origin="file",
            patient=PatientFrame.from_letters(*self.frame),
            note=said("simulated"),
        )


def simulate(
    ct: str | Path,
    folder: str | Path,
    settings: SimulationSettings | None = None,
    *,
    geometry: Geometry | None = None,
    breast: tuple[str, str] | None = None,
    progress: Progress = SILENT,
) -> Path:
    """Simulate a tomosynthesis acquisition of a CT and write it as DICOM.

    Parameters
    ----------
    ct : path or the name of a demonstration case
        NIfTI, MHA, NRRD, a DICOM file or a folder with one DICOM CT series, in Hounsfield units.
    folder : path
        Gets ``projections`` and ``radiograph``. Made if missing.
    settings : SimulationSettings, optional
        Those of the case, or the defaults with the body continued as far as oblique rays need it.
    geometry : Geometry, optional
        Replaces the sweep of the settings; its patient frame, if it has one, replaces `settings.frame`.

    breast : (side, view) or None
        "L" or "R", and "CC", "MLO", …: what is simulated is a breast, and its projections are one Breast Projection
        X-Ray Image. The geometry must be a sweep along the chest wall.

    Returns
    -------
    Path
        `folder`.

    Raises
    ------
    BocageError
        When the CT cannot be read or does not fit.
    """
    from app.dicom.write import StudyFacts
    from app.dicom.write.breast import why_not_breast
    from recon.frame import PatientFrame

    progress.step(0.0, said("Reading the CT"))
    case = None if Path(ct).exists() else find_case(str(ct)) if _is_name(ct) else None
    if case is not None:
        hu, spacing_mm = read_case_ct(case), case.spacing_mm
        settings = settings or SimulationSettings.of_case(case)
        title = case.title
    else:
        hu, spacing_mm = read_ct(ct)
        settings = settings or SimulationSettings(extend_mm={"H": 150.0, "F": 150.0})
        title = "Simulated from a CT"
    if geometry is None:
        geometry = settings.geometry()
    elif geometry.patient is None:
        geometry = replace(geometry, patient=PatientFrame.from_letters(*settings.frame))
    facts = StudyFacts(
        patient_name="Simulation^Bocage",
        patient_id="BOCAGE-SIMULATION",
        study_description=title,
        body_part="CHEST" if breast is None else "BREAST",
        laterality="U" if breast is None else breast[0],
        view_position=view_position(geometry) if breast is None else breast[1],
        implant="" if breast is None else "NO",
        model="Bocage simulation",
    )
    if breast is not None and (reason := why_not_breast(geometry, facts)):
        raise BocageError(said("A breast projection image cannot be written. {0}", reason))
    write_simulation(Path(folder), hu, spacing_mm, settings, geometry, facts, progress.part(0.05, 1.0))
    return Path(folder)


def write_simulation(
    folder: Path,
    hu: NDArray[np.int16],
    spacing_mm: tuple[float, float, float],
    settings: SimulationSettings,
    geometry: Geometry,
    facts: StudyFacts,
    progress: Progress = SILENT,
) -> None:
    """Simulate and write ``folder/projections`` and ``folder/radiograph``."""
    import numpy as np

    from app.dicom.write import write_breast_projections, write_projections, write_radiograph
    from recon.simulate.acquisition import AIR_COUNTS, radiograph_geometry, simulate_acquisition
    from recon.simulate.volume import CHEST_PA, place_ct

    progress.step(0.0, said("Placing the CT before the detector"))
    volume = place_ct(
        hu,
        spacing_mm,
        frame=geometry.patient or CHEST_PA,
        clearance_mm=settings.clearance_mm,
        centre_mm=settings.centre_mm,
        extend_mm=settings.extend_mm,
        soften=settings.soften,
    )
    del hu
    projections, radiograph = simulate_acquisition(
        volume,
        geometry,
        settings.photons_per_view,
        settings.radiograph_photons,
        settings.seed,
        progress.part(0.08, 0.9),
    )
    del volume
    write = write_breast_projections if facts.is_breast else write_projections
    write(
        folder / "projections",
        projections,
        facts,
        progress.part(0.9, 0.99),
        description="Tomosynthesis projections (simulated)",
    )
    lines = -np.log(np.maximum(radiograph, 1).astype(np.float32) / AIR_COUNTS)
    pixels = np.rint(np.clip(lines, 0.0, 60.0) * RADIOGRAPH_SCALE).astype(np.uint16)
    write_radiograph(
        folder / "radiograph",
        pixels,
        radiograph_geometry(geometry),
        facts,
        progress.part(0.99, 1.0),
        window=_window(pixels),
        description="Radiograph (simulated)",
    )


def read_ct(path: str | Path) -> tuple[NDArray[np.int16], tuple[float, float, float]]:
    """Read a CT volume in Hounsfield units.

    Returns
    -------
    hu : ndarray of int16, shape (slices, rows, columns)
        Slices to the head, rows to posterior, columns to the patient's left.
    spacing_mm : (between slices, rows, columns)

    Raises
    ------
    BocageError
        When the file is no volume, or the volume is oblique to the patient's axes.
    """
    import numpy as np
    import SimpleITK as sitk  # noqa: N813  (the package's own abbreviation)

    path = Path(path)
    if not path.exists():
        raise BocageError(
            said("{0}: not found. Give a CT volume (NIfTI, MHA, NRRD, DICOM) or a demonstration case.", path.name)
        )
    try:
        if path.is_dir():
            names = sitk.ImageSeriesReader.GetGDCMSeriesIDs(str(path))
            if len(names) != 1:
                raise BocageError(
                    said(
                        "{0}: expected a folder with one DICOM series, found {1}. Give the series' own folder.",
                        path.name,
                        len(names),
                    )
                )
            image = sitk.ReadImage(sitk.ImageSeriesReader.GetGDCMSeriesFileNames(str(path), names[0]))
        else:
            image = sitk.ReadImage(str(path))
        if image.GetDimension() != 3 or image.GetNumberOfComponentsPerPixel() != 1:
            raise BocageError(
                said("{0}: expected one volume of CT numbers, found {1} dimensions.", path.name, image.GetDimension())
            )
        image = sitk.DICOMOrient(image, "LPS")
    except RuntimeError:
        raise BocageError(
            said("{0}: not a volume that can be read (NIfTI, MHA, NRRD or DICOM CT).", path.name)
        ) from None
    direction = np.asarray(image.GetDirection()).reshape(3, 3)
    if np.abs(direction - np.eye(3)).max() > 0.02:
        raise BocageError(
            said(
                "{0}: the slices are oblique to the patient's axes. Resample the CT to straight axes first.", path.name
            )
        )
    array = sitk.GetArrayFromImage(image)
    if min(array.shape) < 2:
        raise BocageError(
            said("{0}: expected a volume, found {1} voxels.", path.name, " × ".join(str(size) for size in array.shape))
        )
    x, y, z = image.GetSpacing()
    return np.clip(np.rint(array), -32768, 32767).astype(np.int16), (z, y, x)


def view_position(geometry: Geometry) -> str:
    """``PA`` or ``AP`` where the patient frame says so, otherwise empty."""
    if geometry.patient is None:
        return ""
    return {"P": "PA", "A": "AP"}.get(geometry.patient.letters((0.0, 0.0, 1.0)), "")


def _is_name(ct: str | Path) -> bool:
    return isinstance(ct, str) and not any(mark in ct for mark in "/\\.")


def _window(pixels: NDArray[np.uint16]) -> tuple[float, float]:
    """Window of the body: the middle 99 % of what attenuates."""
    import numpy as np

    body = pixels[::4, ::4]
    body = body[body > 0.3 * RADIOGRAPH_SCALE]
    if body.size < 16:
        return 2.0 * RADIOGRAPH_SCALE, 4.0 * RADIOGRAPH_SCALE
    low, high = (float(value) for value in np.percentile(body, (1.0, 99.8)))
    return round((low + high) / 2), max(round(high - low), 10)
