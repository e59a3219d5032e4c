"""A small study on the disk with every kind of picture that evidence can lie on, and measurements of every kind."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import pydicom
import pytest

from app.dicom.evidence.request import Look, Request
from app.dicom.read import scan
from app.dicom.write import (
    ReconstructionFacts,
    SliceKind,
    StudyFacts,
    write_projections,
    write_radiograph,
    write_slices,
)
from app.session import Reading, SeriesState, Services
from app.session.loading import load_pictures
from app.session.state import Picture, first_reconstruction
from recon import trajectories
from recon.frame import PatientFrame
from recon.progress import SILENT
from recon.projections import ProjectionSet
from recon.slab import PlaneGrid, Slab
from widgets.measurements import KINDS, MARKER, Measurement
from widgets.view_transform import ViewTransform
from widgets.window import Window

CHEST = PatientFrame.from_letters("L", "F", "P")
SHAPE = (40, 48)
FACTS = StudyFacts(patient_name="Phantom^Evidence", patient_id="E-7", sex="O", view_position="PA", entropy="evidence")


@dataclass(frozen=True)
class Study:
    """The study's files, and its pictures as they are loaded."""

    folder: Path
    pictures: dict[str, Picture]
    entries: dict[str, Any]

    def uid(self, kind: str, title: str = "") -> str:
        """The picture of a kind (and of a series whose description holds a title)."""
        return next(
            uid
            for uid, picture in self.pictures.items()
            if picture.kind == kind and title in picture.header.series_description
        )

    @property
    def reading(self) -> Reading:
        """An untouched reading."""
        series = {
            uid: SeriesState(
                inverted=picture.inverted,
                reconstruction=first_reconstruction(picture.source, 5.0) if picture.has_planes else None,
            )
            for uid, picture in self.pictures.items()
        }
        return Reading(series=MappingProxyType(series))

    def request(self, folder: Path, reading: Reading, **more: Any) -> Request:
        """A request over all pictures."""
        return Request(folder, reading, self.pictures, frozenset(self.pictures), **more)


def geometry(n: int = 7) -> Any:
    return trajectories.linear_track(
        source_position_mm=1000 * np.tan(np.radians(np.linspace(-12, 12, n))),
        source_to_detector_mm=1000.0,
        pixel_pitch_mm=0.8,
        shape=SHAPE,
        patient=CHEST,
        origin="user",
    )


def write_study(folder: Path, facts: StudyFacts = FACTS) -> None:
    """Projections, slices, a radiograph as MONOCHROME1, and a multi-frame volume."""
    views = np.random.default_rng(5).integers(2000, 40000, (7, *SHAPE)).astype(np.uint16)
    write_projections(folder / "p", ProjectionSet(views, geometry(), kind="counts", air=60000.0), facts)
    made = ReconstructionFacts("Filtered back projection", n_views=7, series_number=3, description="Slices")
    rows, columns = 30, 36
    y, x = np.mgrid[0:rows, 0:columns]

    def slabs() -> Any:
        for k in range(5):
            pixels = (0.02 + 0.001 * k + 1e-4 * x - 2e-4 * y).astype(np.float32)
            yield Slab(pixels, PlaneGrid((-8.25, -9.25), (0.5, 0.6), (rows, columns)), 50.0 + 2.5 * k, 2.5)

    write_slices(folder / "s", slabs(), CHEST, facts, made)
    volume = replace(made, series_number=4, description="Volume")
    write_slices(folder / "v", slabs(), CHEST, facts, volume, kind=SliceKind.ANGIOGRAPHIC)
    image = (1000 + 40 * np.arange(SHAPE[1])[None, :] + 15 * np.arange(SHAPE[0])[:, None]).astype(np.uint16)
    [path] = write_radiograph(folder / "r", image, geometry(1), facts).files
    data = pydicom.dcmread(path)
    data.PhotometricInterpretation, data.PresentationLUTShape = "MONOCHROME1", "INVERSE"
    data.PixelIntensityRelationshipSign = 1
    data.save_as(path)


def load_study(folder: Path) -> Study:
    """Scan and load all of it."""
    catalogue = scan([folder], SILENT, lambda _: None)
    pictures: dict[str, Picture] = {}
    entries = {entry.uid: entry for entry in catalogue.series}
    for entry in catalogue.series:
        if entry.kind in ("document", "other"):
            continue
        for picture in load_pictures(entry, Services(), {}, SILENT, lambda _: None):
            pictures[picture.uid] = picture
    return Study(folder, pictures, entries)


POINTS: dict[str, tuple[tuple[float, float], ...]] = {
    "length": ((-3.123, -2.0), (4.5, 3.25)),
    "polyline": ((-3.0, -2.0), (0.0, 1.5), (2.0, 2.0), (4.0, -1.0)),
    "bidirectional": ((-2.0, 0.0), (2.0, 0.0), (0.5, 3.0), (0.5, -3.5)),
    "distance": ((-3.0, 1.0), (2.0, -2.0)),
    "profile": ((-4.0, 2.0), (4.0, 2.0)),
    "angle": ((3.0, 0.0), (0.0, 0.0), (1.0, 3.0)),
    "cobb": ((-4.0, -3.0), (3.0, -2.0), (-4.0, 3.0), (3.5, 1.0)),
    "ctr": ((0.0, -5.0), (0.5, 5.0), (-2.5, 1.0), (3.0, 2.0), (-5.0, 2.5), (5.0, 3.5)),
    "rectangle": ((3.0, -2.0), (-2.5, 2.0)),
    "ellipse": ((2.0, 3.0), (-1.0, -4.0)),
    "polygon": ((-2.0, -2.0), (2.0, -1.0), (1.0, 3.0)),
    "freehand": ((-2.0, -2.0), (2.0, -1.0), (2.5, 0.5), (1.0, 3.0)),
    "probe": ((1.25, -0.75),),
    "arrow": ((1.0, 1.0), (4.0, 3.0)),
    "text": ((-3.5, 2.5),),
}
assert set(POINTS) | {MARKER} == set(KINDS)


def measurements(height_mm: float | None, *, spatial: bool = True, label: str = "Nodule") -> tuple[Measurement, ...]:
    """One of every kind, with a label here and a note there; those in space on slices only."""
    found = []
    for kind, points in POINTS.items():
        if KINDS[kind].spatial and (height_mm is None or not spatial):
            continue
        heights = (height_mm, height_mm + 5.0) if KINDS[kind].spatial and height_mm is not None else ()
        item = Measurement.new(kind, points, None if heights else height_mm, heights)
        found.append(replace(item, label=label if kind in ("arrow", "text", "length") else "", note=f"n {kind}"))
    return tuple(found)


def look(uid: str, height_mm: float | None, **more: Any) -> Look:
    values: dict[str, Any] = {
        "thickness_mm": 2.5,
        "window": Window(0.025, 0.01, "linear_exact"),
        "inverted": False,
        "transform": ViewTransform((1.0, -2.0), 4.0, 1, True, False),
        "extent_mm": (12.0, 9.0),
        "name": "Look",
    }
    return Look(uid, height_mm, **{**values, **more})


# -- other programs ------------------------------------------------------------------------------------------------


def validators() -> list[str]:
    """Every dciodvfy that is installed: PyPI's and the system's."""
    own = Path(sys.executable).parent / "dciodvfy"
    found = [str(own)] if own.exists() else []
    if Path("/usr/bin/dciodvfy").exists():
        found.append("/usr/bin/dciodvfy")
    if not found:
        pytest.skip("dciodvfy (dicom3tools) is not installed")
    return found


def errors(path: Path) -> list[str]:
    """What the validators find wrong with a file (their exit code says nothing)."""
    found = []
    for tool in validators():
        done = subprocess.run(
            [tool, str(path)], capture_output=True, text=True, check=False, timeout=60, errors="replace"
        )
        found += [line for line in (done.stdout + done.stderr).splitlines() if line.startswith("Error")]
    return found


def tool(name: str) -> str:
    """A program of dcmtk's or dicom3tools'."""
    path = shutil.which(name) or str(Path(sys.executable).parent / name)
    if not Path(path).exists():
        pytest.skip(f"{name} is not installed")
    return path


def run(*command: str) -> str:
    """The output of a program that must end well."""
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60, errors="replace")
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr
