"""How the slices are computed and written: the options of the command, checked, and how they are read from text."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from app.cli.reconstruct.formats import Compression, DicomObject, OutputFormat
from recon.algorithms import Algorithm, FilteredBackProjection, build
from recon.corrections import Correction
from recon.corrections import build as build_correction
from recon.errors import BocageError
from recon.frame import PatientFrame
from recon.slab import Rect

MAX_SLICES = 5000


@dataclass(frozen=True)
class Options:
    """The same for every series of a run.

    Attributes
    ----------
    algorithm : Algorithm
    corrections : tuple of Correction
        Of the projections, before the algorithm.
    excluded : tuple of int
        Views to leave out, counted from 0.
    heights_mm : (lowest, highest) or None
        None: the whole range that the geometry offers.
    interval_mm, thickness_mm : float
        Distance between slices, and their nominal thickness (0: thin).
    region : Rect or None
        Field of view in the world frame, mm; None: all of it.
    pixel_mm : float or None
        None: the detector's own.
    format : OutputFormat
    dicom_object : DicomObject
        With ``dicom``: "auto" is the one that fits best.
    compression : Compression
        With ``dicom``.
    orientation : str
        Three letters where columns, rows and the way to the tube point in the patient, for images that do not say it.
    geometry_file : Path or None
        Geometry of the views, instead of what belongs to them.
    preset : str or None
        Name of a nominal geometry.
    kind, air
        What the views' numbers are, and the open field's counts, where the data do not say.
    protocol : str or None
        Key of the body-part protocol that gives the heights where none are given; "auto" until the series is known.
    asked : app.cli.protocol.Asked or None
        With "auto": what the command line says itself.

    Raises
    ------
    BocageError
        For numbers that cannot be meant.
    """

    algorithm: Algorithm = field(default_factory=FilteredBackProjection)
    corrections: tuple[Correction, ...] = ()
    excluded: tuple[int, ...] = ()
    heights_mm: tuple[float, float] | None = None
    interval_mm: float = 5.0
    thickness_mm: float = 0.0
    region: Rect | None = None
    pixel_mm: float | None = None
    format: OutputFormat = OutputFormat.DICOM
    dicom_object: DicomObject = DicomObject.AUTO
    compression: Compression = Compression.NONE
    orientation: str = ""
    geometry_file: Path | None = None
    preset: str | None = None
    kind: str | None = None
    air: float | None = None
    protocol: str | None = None
    asked: Any = None

    def __post_init__(self) -> None:
        if not (math.isfinite(self.thickness_mm) and self.thickness_mm >= 0):
            raise BocageError(f"The slice thickness must be 0 or more millimetres, found {self.thickness_mm:g}.")
        if self.pixel_mm is not None and not (math.isfinite(self.pixel_mm) and self.pixel_mm > 0):
            raise BocageError(f"The pixel size must be a positive number of millimetres, found {self.pixel_mm:g}.")
        if self.format is not OutputFormat.DICOM and (self.dicom_object, self.compression) != (
            DicomObject.AUTO,
            Compression.NONE,
        ):
            raise BocageError("--object and --compress say how DICOM is written; leave them out, or write dicom.")
        if self.orientation:
            patient_frame(self.orientation)
        if self.geometry_file is not None and self.preset is not None:
            raise BocageError("Give a geometry file or a preset, not both.")
        height_list(*(self.heights_mm or (0.0, 0.0)), self.interval_mm)

    def computed(self) -> dict[str, Any]:
        """How the slices are computed, for the files that hold them."""
        return {
            "algorithm": self.algorithm.name,
            "parameters": asdict(self.algorithm),
            "corrections": {item.name: asdict(item) for item in self.corrections},
            "views_left_out": [view + 1 for view in self.excluded],
            "thickness_mm": self.thickness_mm,
            "protocol": self.protocol,
        }


def patient_frame(letters: str) -> PatientFrame:
    """The frame of three letters such as ``LFP``: where columns, rows and the way to the tube point in the patient."""
    clean = letters.replace(",", "").strip().upper()
    if len(clean) != 3:
        raise BocageError(
            "--orientation expects three letters of L R P A H F, where the columns, the rows and the way to the "
            f'tube point in the patient, for example LFP for a PA chest; found "{letters}".'
        )
    return PatientFrame.from_letters(*clean)


def height_list(low: float, high: float, interval_mm: float) -> list[float]:
    """Heights from `low` up to at most `high`, both included where the interval divides the range."""
    if not (math.isfinite(interval_mm) and interval_mm > 0):
        raise BocageError(
            f"The interval between slices must be a positive number of millimetres, found {interval_mm:g}."
        )
    count = math.floor((high - low) / interval_mm + 1e-6) + 1
    if count > MAX_SLICES:
        raise BocageError(
            f"{count:.4g} slices are too many (at most {MAX_SLICES}); choose a larger interval or fewer heights."
        )
    return [low + index * interval_mm for index in range(count)]


def parse_heights(text: str) -> tuple[float, float]:
    """Two numbers from ``FROM:TO``."""
    numbers = _numbers(text, ":", 2)
    if numbers is None:
        raise BocageError(f'--heights expects FROM:TO in millimetres, for example 100:200; found "{text}".')
    return min(numbers), max(numbers)


def parse_region(text: str) -> Rect:
    """A rectangle from ``x0,y0,x1,y1``."""
    numbers = _numbers(text, ",", 4)
    if numbers is None or not (numbers[0] < numbers[2] and numbers[1] < numbers[3]):
        raise BocageError(
            "--region expects x0,y0,x1,y1 in millimetres from the detector's centre (x along the columns, y along the "
            f'rows), the smaller first, for example -50,-80,50,80; found "{text}".'
        )
    return Rect(*numbers)


def parse_views(text: str) -> tuple[int, ...]:
    """View indices, counted from 0, from numbers counted from 1: ``3,17``."""
    parts = [part.strip() for part in text.split(",")]
    if not all(re.fullmatch(r"[1-9]\d*", part, re.ASCII) for part in parts):
        raise BocageError(f'--exclude expects numbers of views, counted from 1, for example 3,17; found "{text}".')
    return tuple(sorted({int(part) - 1 for part in parts}))


def build_algorithm(name: str, settings: Sequence[str] = ()) -> Algorithm:
    """The algorithm with the parameters of ``--set PARAMETER=VALUE``."""
    return build(name, _settings(settings, "--set expects PARAMETER=VALUE"))


def build_corrections(texts: Sequence[str]) -> tuple[Correction, ...]:
    """The corrections of ``--correct NAME[:PARAMETER=VALUE,…]``, in the order in which they are done."""
    found: dict[str, Correction] = {}
    for text in texts:
        name, _, settings = text.partition(":")
        name = name.strip()
        if name in found:
            raise BocageError(f'The correction "{name}" is asked for twice; give all its parameters at once.')
        parts = settings.split(",") if settings else []
        found[name] = build_correction(name, _settings(parts, "--correct expects NAME:PARAMETER=VALUE,…"))
    return tuple(sorted(found.values(), key=lambda item: item.order))


def _settings(texts: Sequence[str], expected: str) -> dict[str, str]:
    values = {}
    for text in texts:
        key, equals, value = text.partition("=")
        if not equals or not key.strip():
            raise BocageError(f'{expected}, found "{text}".')
        values[key.strip()] = value.strip()
    return values


def _numbers(text: str, separator: str, count: int) -> list[float] | None:
    try:
        numbers = [float(part) for part in text.split(separator)]
    except ValueError:
        return None
    return numbers if len(numbers) == count and all(math.isfinite(number) for number in numbers) else None
