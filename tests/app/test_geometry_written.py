"""What the program writes as Breast Projection X-Ray says, by the standard's words alone, where tube and detector were.

The writer goes from the world to the isocentre's axes, the reader back; they share no code.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import fixtures_dicom as fx
import numpy as np
import pytest

from app.dicom.read import load, scan
from app.dicom.write import StudyFacts
from app.dicom.write.breast import write_breast_projections
from recon import trajectories
from recon.frame import PatientFrame
from recon.geometry import Geometry
from recon.projections import ProjectionSet

SHAPE = (24, 32)


def sweep(kind: str, letters: tuple[str, str, str]) -> Geometry:
    """A tube 1.6 mm beside the detector's middle, towards the chest wall or away from it."""
    facts = {
        "pixel_pitch_mm": 0.1,
        "shape": SHAPE,
        "sweep_axis": "y" if letters[0] in "AP" else "x",
        "source_to_detector_mm": 650.0,
        "patient": PatientFrame.from_letters(*letters),
    }
    if kind == "arc":
        made = trajectories.arc(angle_deg=[-20, -7.5, 1, 9, 24], source_to_pivot_mm=600.0, **facts)
    else:
        made = trajectories.linear_track(source_position_mm=[-200, -50, 3, 60, 210], **facts)
    source = np.array(made.source_mm)
    source[:, 1 - made.sweep_axis] += 1.6
    return replace(made, source_mm=source)


@pytest.mark.parametrize("letters", [("P", "R", "H"), ("A", "L", "H"), ("R", "A", "H"), ("L", "P", "H")])
@pytest.mark.parametrize("kind", ["arc", "track"])
def test_breast_projections_say_their_geometry_without_the_file(
    tmp_path: Path, kind: str, letters: tuple[str, str, str]
) -> None:
    geometry, images = sweep(kind, letters), fx.views(5, *SHAPE) >> 2
    facts = StudyFacts(body_part="BREAST", laterality="L", view_position="CC", entropy="geometry")
    write_breast_projections(tmp_path, ProjectionSet(images, geometry, "counts"), facts)
    for path in tmp_path.glob("*.geometry.json"):
        path.unlink()
    entry = next(entry for entry in scan(tmp_path).series if entry.kind == "projections")
    found = load(entry).projections
    # Single precision of Distance Source to Isocenter, which differs from view to view on a track.
    assert np.abs(found.geometry.source_mm - geometry.source_mm).max() < (1e-6 if kind == "arc" else 1e-4)
    assert np.abs(found.geometry.detector_centre_mm).max() < 1e-6
    assert not found.mirrored
    assert [found.geometry.patient.letters(axis) for axis in np.eye(3)] == list(letters)
    assert all(np.array_equal(found.views[view], images[view]) for view in range(5))
    assert [item.name for item in found.sources if not item.is_certain] == []
