"""A study in memory: analytic slices, a radiograph with its geometry, and the services that open it."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from app.dicom.read.model import Catalogue, Header, LoadedSeries, Problem, SeriesEntry, StudyEntry
from app.session import Services
from recon import trajectories
from recon.algorithms import FilteredBackProjection
from recon.frame import PatientFrame
from recon.geometry import Geometry
from recon.progress import SILENT, Progress
from recon.projections import ProjectionSet
from recon.slab import PlaneGrid, Rect, Slab, SlabRequest, SourceInfo
from recon.stored import Radiograph

PA = PatientFrame.from_letters("L", "F", "P")
SID = 1000.0
HEIGHT_RANGE = (0.0, 200.0)
BALL = (50.0, -30.0, 100.0)
"""World centre of a bright ball: towards the patient's left and head."""
R_MARK = Rect(-85.0, -70.0, -65.0, -40.0)
"""A bright mark at the patient's right (x points to the left) at all heights."""
SHAPE = (160, 200)
PITCH = 1.0
AIR = 1000.0


def geometry(views: int = 5) -> Geometry:
    return trajectories.linear_track(
        source_position_mm=np.linspace(-100, 100, views),
        source_to_detector_mm=SID,
        pixel_pitch_mm=PITCH,
        shape=SHAPE,
        origin="file",
        patient=PA,
    )


@dataclass
class FakeLive:
    """Slices of a phantom: grey 0.02, a ball in focus at its height, the R mark everywhere."""

    projections: ProjectionSet
    algorithm: Any = field(default_factory=FilteredBackProjection)
    delay_s: float = 0.0
    filter_s: float = 0.0
    previews: bool = False
    is_preview: bool = False
    is_light: bool = False
    requests: list[SlabRequest] = field(default_factory=list)
    threads: set[str] = field(default_factory=set)

    @property
    def geometry(self) -> Geometry:
        return self.projections.geometry

    @property
    def info(self) -> SourceInfo:
        return SourceInfo("Slices", "1/mm", HEIGHT_RANGE, 1.0, True, PA, self.projections.notes)

    def with_algorithm(self, algorithm: Any, progress: Progress = SILENT) -> FakeLive:
        steps = 20
        for step in range(steps):
            progress.step(step / steps, "Filtering")
            time.sleep(self.filter_s / steps)
        return replace(self, algorithm=algorithm, is_preview=False, is_light=False, requests=[], threads=set())

    def preview(self, algorithm: Any) -> FakeLive | None:
        if not self.previews:
            return None
        return replace(self, algorithm=algorithm, is_preview=True, is_light=False, requests=[], threads=set())

    def lightened(self) -> FakeLive | None:
        if not self.previews or self.is_preview:
            return None
        return replace(self, is_preview=True, is_light=True, requests=[], threads=set())

    def footprint(self, height_mm: float) -> Rect:
        m = SID / (SID - height_mm)
        return Rect(-100 / m, -80 / m, 100 / m, 80 / m)

    def native_pixel_mm(self, height_mm: float) -> tuple[float, float]:
        pixel = PITCH * (SID - height_mm) / SID
        return (pixel, pixel)

    def slab(self, request: SlabRequest) -> Slab:
        self.requests.append(request)
        self.threads.add(threading.current_thread().name)
        time.sleep(self.delay_s)
        field_of_view = self.footprint(request.height_mm)
        grid = PlaneGrid.covering(
            request.region or field_of_view, request.pixel_mm or min(self.native_pixel_mm(request.height_mm))
        )
        x = grid.origin_mm[0] + grid.spacing_mm[0] * np.arange(grid.shape[1])[None, :]
        y = grid.origin_mm[1] + grid.spacing_mm[1] * np.arange(grid.shape[0])[:, None]
        scale = 1.0 if self.algorithm.name == "fbp" else 100.0
        pixels = 0.02 + 0.00002 * x + 0.00001 * y
        blur = 6.0 + abs(request.height_mm - BALL[2]) * 0.2
        pixels += 0.02 * 36 / blur**2 * (((x - BALL[0]) ** 2 + (y - BALL[1]) ** 2) < blur**2)
        pixels[(x > R_MARK.x0) & (x < R_MARK.x1) & (y > R_MARK.y0) & (y < R_MARK.y1)] = 0.06
        inside = (x > field_of_view.x0) & (x < field_of_view.x1) & (y > field_of_view.y0) & (y < field_of_view.y1)
        pixels = np.where(inside, scale * pixels, np.nan).astype(np.float32)
        return Slab(pixels, grid, request.height_mm, request.thickness_mm, request.draft)


def projection_set(views: int = 5) -> ProjectionSet:
    counts = np.full((views, *SHAPE), 500, dtype=np.uint16)
    counts[:, 40:60, 30:50] = 100
    return ProjectionSet(counts, geometry(views), "counts", AIR, notes=("Geometry: preset of the test",))


def radiograph(with_geometry: bool = True) -> Radiograph:
    pixels = np.full(SHAPE, 2000, dtype=np.uint16)
    pixels[20:40, 150:170] = 3000
    pixels += np.arange(SHAPE[1], dtype=np.uint16)[None, :]
    own = geometry(3).subset([1]) if with_geometry else None
    info = SourceInfo("Radiograph", "", (0.0, 0.0), patient=PA)
    return Radiograph(pixels, (PITCH, PITCH), info, own)


HEADER = Header(
    patient_name="Test^Phantom",
    patient_id="P1",
    birth_date="19700102",
    sex="O",
    study_date="20260102",
    study_time="101500",
    study_description="Chest",
    institution="Bench",
)


def entry(uid: str, kind: Any, n: int, study: str = "S", header: Header = HEADER) -> SeriesEntry:
    return SeriesEntry(uid, study, kind, kind.title(), "DX", 1, n, (Path(f"/nowhere/{uid}"),), header)


@dataclass
class FakeStudy:
    """The services over a study with projections and a radiograph."""

    with_radiograph: bool = True
    radiograph_geometry: bool = True
    delay_s: float = 0.0
    filter_s: float = 0.0
    previews: bool = False
    load_s: float = 0.0
    body_part: str = ""
    problems: tuple[Problem, ...] = ()
    fails: dict[str, Exception] = field(default_factory=dict)
    live: FakeLive | None = None
    load_threads: set[str] = field(default_factory=set)

    def catalogue(self) -> Catalogue:
        header = replace(HEADER, body_part=self.body_part)
        series = [entry("projections", "projections", 5, header=header)]
        if self.with_radiograph:
            series.append(entry("radiograph", "radiograph", 1))
        return Catalogue((StudyEntry("S", HEADER, tuple(series)),), self.problems)

    def scan(self, paths: list[Path], progress: Progress, on_found: Any) -> Catalogue:
        catalogue = self.catalogue()
        for found in catalogue.series:
            on_found(found)
        return catalogue

    def load(self, wanted: SeriesEntry, *, progress: Progress = SILENT, **options: Any) -> LoadedSeries:
        self.load_threads.add(threading.current_thread().name)
        for step in range(20):
            progress.step(step / 20, "Reading")
            time.sleep(self.load_s / 20)
        if wanted.uid in self.fails:
            raise self.fails[wanted.uid]
        if wanted.kind == "projections":
            return LoadedSeries(wanted, projections=projection_set())
        return LoadedSeries(wanted, source=radiograph(self.radiograph_geometry))

    def make_live(
        self, projections: ProjectionSet, algorithm: Any, progress: Progress, on_ready: Any = None
    ) -> FakeLive:
        self.live = FakeLive(
            projections, algorithm or FilteredBackProjection(), self.delay_s, self.filter_s, self.previews
        )
        return self.live

    def services(self) -> Services:
        return Services(
            scan=self.scan,
            load=self.load,
            thumbnail=lambda _: np.full((64, 64), 128, dtype=np.uint8),
            demonstration_case=lambda _: Path("/nowhere"),
            live=self.make_live,
        )
