"""Views of a sphere whose place is known, with exact line integrals, and studies of them."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from app.dicom.write import StudyFacts, write_projections
from recon import trajectories
from recon.frame import PatientFrame
from recon.geometry import Geometry
from recon.projections import ProjectionSet

CENTRE = (12.0, -7.0, 90.0)
RADIUS = 4.0
MU = 0.05


def geometry() -> Geometry:
    return trajectories.linear_track(
        source_position_mm=1000 * np.tan(np.radians(np.linspace(-15, 15, 15))),
        source_to_detector_mm=1000.0,
        pixel_pitch_mm=0.8,
        shape=(96, 112),
        patient=PatientFrame.from_letters("L", "F", "P"),
        origin="user",
    )


def sphere_views(geometry: Geometry) -> np.ndarray:
    """Exact line integrals of a homogeneous sphere: µ times the chord of each ray."""
    rows, columns = np.mgrid[0 : geometry.shape[0], 0 : geometry.shape[1]]
    views = np.empty((geometry.n_views, *geometry.shape), np.float32)
    for view in range(geometry.n_views):
        source = geometry.source_mm[view]
        ray = geometry.pixel_to_world(view, rows, columns) - source
        ray /= np.linalg.norm(ray, axis=-1, keepdims=True)
        offset = np.asarray(CENTRE) - source
        along = ray @ offset
        squared = RADIUS**2 - (offset @ offset - along**2)
        views[view] = 2 * MU * np.sqrt(np.maximum(squared, 0.0))
    return views


def write_study(folder: Path, number: int, body_part: str = "CHEST") -> Path:
    """A DICOM study with a patient of its own; the sphere moves by a column from one to the next."""
    counts = np.rint(50000 * np.exp(-np.roll(sphere_views(geometry()), number, axis=2))).astype(np.uint16)
    facts = StudyFacts(
        patient_name="Secret^Person",
        patient_id=f"SECRET-{number}",
        study_date=f"2026010{number}",
        entropy=f"{number}",
        body_part=body_part,
    )
    write_projections(folder, ProjectionSet(counts, geometry(), kind="counts", air=50000.0), facts)
    return folder


def write_research(folder: Path) -> Path:
    """The same as a NumPy archive with a geometry file, which state no part of the body."""
    np.savez(folder / "sphere.npz", views=sphere_views(geometry()), kind="line_integrals")
    geometry().save(folder / "sphere.geometry.json")
    return folder
