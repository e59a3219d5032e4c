"""What a reading session knows, as frozen values.

`Reading` is everything that can be undone: windows, measurements, reconstruction parameters, layout. `Picture` is what
can hang in a viewport: a source of slabs with its facts. View state (height, pan, zoom) is neither.
"""

from __future__ import annotations

import contextlib
import math
import re
from bisect import bisect
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from app.reading.acquisition import GeometryChoice
from app.reading.calibration import Calibration
from app.reading.findings import Finding, KeyImage
from app.reading.layout import Layout
from app.reading.placement import Placement
from recon.combine.options import Synthetic
from recon.geometry import Geometry
from recon.messages import lowered, said
from recon.slab import SlabSource
from widgets.measurements import Measurement
from widgets.window import LutWindow, NamedWindow, Window

if TYPE_CHECKING:
    from app.protocols import Protocol
    from recon.algorithms import Algorithm
    from recon.corrections import Correction
    from recon.projections import ProjectionSet

AnyWindow = Window | LutWindow
PictureKind = Literal["slices", "volume", "radiograph", "projection", "views", "synthetic", "cine", "image"]
PROJECTION_SUFFIX = "#projection"
"""Appended to the UID of a projection series: its middle view as a picture of its own."""
VIEWS_SUFFIX = "#views"
"""The same for all its views as a stack to scroll through, whose "heights" are their numbers."""
SYNTHETIC_SUFFIX = "#synthetic"
"""The same for the synthetic radiograph, computed when it is hung."""
DERIVED = (PROJECTION_SUFFIX, VIEWS_SUFFIX, SYNTHETIC_SUFFIX)
_DERIVED = re.compile(r"#(projection|views|synthetic|\d+)$")


def series_of(uid: str) -> str:
    """UID of the series that a picture was made of: one of its own, or derived (its middle view, a duplicate)."""
    return _DERIVED.sub("", uid)


@dataclass(frozen=True)
class Reconstruction:
    """The parameters of the slices of one picture.

    Attributes
    ----------
    thickness_mm, interval_mm : float
        Nominal slice thickness; step between slices.
    low_mm, high_mm : float
        Range of heights that is scrolled, played and exported.
    algorithm : Algorithm or None
        None for stored volumes.
    corrections : tuple of Correction
        Of the projections, in the order in which they are done.
    excluded : frozenset of int
        Views left out, from 0.
    protocol : str
        Key of the body-part protocol that they were started from; "" for none.
    """

    thickness_mm: float
    interval_mm: float
    low_mm: float
    high_mm: float
    algorithm: Algorithm | None = None
    corrections: tuple[Correction, ...] = ()
    excluded: frozenset[int] = frozenset()
    protocol: str = ""

    def clamped(self, height_mm: float) -> float:
        """The height, within the range."""
        return min(max(height_mm, self.low_mm), self.high_mm)

    def stepped(self, height_mm: float, steps: float) -> float:
        """The height `steps` intervals further; whole steps land on whole intervals from the lower end."""
        at = (height_mm - self.low_mm) / self.interval_mm + steps
        if float(steps).is_integer():
            at = math.floor(at + 0.5)
        return self.clamped(self.low_mm + at * self.interval_mm)

    @property
    def n_slices(self) -> int:
        """Slices in the range at this interval."""
        return max(1, math.floor((self.high_mm - self.low_mm) / self.interval_mm + 1e-6) + 1)


@dataclass(frozen=True)
class SeriesState:
    """What the reader did to one picture.

    Attributes
    ----------
    windows : mapping of str to Window
        The reader's window for each scale of values (one for each algorithm); a missing one is automatic.
    inverted : bool
        Whether display black and white are exchanged.
    measurements : tuple of Measurement
    reconstruction : Reconstruction or None
        None for radiographs.
    placement : Placement
        How its frame lies in the common one.
    calibration : Calibration or None
        Of a radiograph, by a marker.
    geometry : GeometryChoice or None
        What the reader says about the acquisition of projections; None: what the files say.
    synthetic : Synthetic or None
        How a synthetic radiograph is computed; None: as usual, over the heights that are read.
    """

    windows: Mapping[str, AnyWindow] = field(default_factory=lambda: MappingProxyType({}))
    inverted: bool = False
    measurements: tuple[Measurement, ...] = ()
    reconstruction: Reconstruction | None = None
    placement: Placement = field(default_factory=Placement)
    calibration: Calibration | None = None
    synthetic: Synthetic | None = None
    geometry: GeometryChoice | None = None

    @property
    def protocol(self) -> str:
        """Key of the protocol that the slices were started from; "" for none."""
        return self.reconstruction.protocol if self.reconstruction else ""

    def with_window(self, scale: str, window: AnyWindow | None) -> SeriesState:
        """The same with another window for a scale of values (None: automatic)."""
        windows = {name: value for name, value in self.windows.items() if name != scale}
        if window is not None:
            windows[scale] = window
        return replace(self, windows=MappingProxyType(windows))


@dataclass(frozen=True)
class Reading:
    """Everything that can be undone.

    Attributes
    ----------
    layout : Layout
    series : mapping of str to SeriesState
        What the reader did to each picture, by UID.
    duplicates : mapping of str to str
        Further pictures of the same projections: their UID, and that of the first.
    key_images : tuple of KeyImage
    findings : tuple of Finding
    impression : str
        The reader's summary, for the report.
    """

    layout: Layout = field(default_factory=Layout)
    series: Mapping[str, SeriesState] = field(default_factory=lambda: MappingProxyType({}))
    duplicates: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    key_images: tuple[KeyImage, ...] = ()
    findings: tuple[Finding, ...] = ()
    impression: str = ""

    def of(self, uid: str) -> SeriesState:
        """The state of one picture."""
        return self.series.get(uid, SeriesState())

    def with_series(self, uid: str, state: SeriesState) -> Reading:
        """The same with another state of one picture."""
        return replace(self, series=MappingProxyType({**self.series, uid: state}))


@dataclass(frozen=True, eq=False)
class Picture:
    """Something that can hang in a viewport.

    Attributes
    ----------
    uid : str
    kind : "slices", "volume", "radiograph", "projection", "views", "synthetic", "cine" or "image"
        The last two: frames in time, and what is no radiograph (captures, localizers, colour).
    source : SlabSource
    title : str
        Without patient data.
    header : Header or None
    geometry : Geometry or None
        Of the one view, for radiographs and projections; of all views for live slices.
    world : str
        Name of the world frame (pictures from one acquisition share it).
    windows : tuple of NamedWindow
        From the files.
    plane_windows : tuple of (float, Window or LutWindow)
        Height and window of every slice, from below, where the file gives them different ones.
    inverted : bool
        Whether the display starts inverted (MONOCHROME1).
    notes : tuple of str
        Assumptions that stay on screen besides those of `SourceInfo`.
    projections : ProjectionSet or None
    files : tuple of Path
        It was loaded from; of projections in the order of the views.
    study_uid : str
    start_height_mm : float or None
        Where reading starts; None is the middle of the range.
    protocol : Protocol or None
        That of the study's body part, for live slices.
    planes : tuple of StoredPlane
        The stored images of what is shown, from below (`app.dicom.read.model`); () of computed slices.
    overlays : Overlays or None
        What the file asks to be drawn over its images.
    """

    uid: str
    kind: PictureKind
    source: SlabSource
    title: str
    header: Any = None
    geometry: Geometry | None = None
    world: str = ""
    windows: tuple[NamedWindow, ...] = ()
    plane_windows: tuple[tuple[float, AnyWindow], ...] = ()
    inverted: bool = False
    notes: tuple[str, ...] = ()
    projections: ProjectionSet | None = None
    files: tuple[Path, ...] = ()
    study_uid: str = ""
    start_height_mm: float | None = None
    protocol: Protocol | None = None
    planes: tuple[Any, ...] = ()
    overlays: Any = None

    def window_at(self, height_mm: float) -> AnyWindow | None:
        """The file's window of the slice nearest to a height; None where all slices have the same, or none."""
        planes = self.plane_windows
        if not planes:
            return None
        index = bisect(planes, height_mm, key=lambda plane: plane[0])
        near = planes[max(index - 1, 0) : index + 1]
        return min(near, key=lambda plane: abs(plane[0] - height_mm))[1]

    @property
    def is_slices(self) -> bool:
        """Whether the picture has heights to go through."""
        return self.kind in ("slices", "volume")

    @property
    def is_views(self) -> bool:
        """Whether its planes are the views of a sweep; their numbers, from 1, stand for heights."""
        return self.kind == "views"

    @property
    def is_numbered(self) -> bool:
        """Whether its planes have numbers, from 1, instead of heights: the views of a sweep, the frames of a run."""
        return self.kind in ("views", "cine")

    @property
    def has_planes(self) -> bool:
        """Whether there are planes to scroll through: slices, the views of a sweep, the frames of a run."""
        return self.is_slices or self.is_numbered

    def geometry_at(self, height_mm: float) -> Geometry | None:
        """Source and detector of what is shown: of the one view, and of a stack's view at a "height"."""
        view_geometry = getattr(self.source, "view_geometry", None)
        return view_geometry(height_mm) if view_geometry is not None else self.geometry

    @property
    def is_live(self) -> bool:
        """Whether slices are computed from projections."""
        return self.kind == "slices"

    @property
    def all_notes(self) -> tuple[str, ...]:
        """What was assumed, each sentence once."""
        return tuple(dict.fromkeys((*self.source.info.notes, *self.notes)))

    @property
    def scale_kind(self) -> str:
        """What the millimetres are true for: "slice", "detector", "calibrated", "magnified" or "unknown"."""
        if self.is_slices:
            return "slice"
        return str(getattr(self.source, "scale_kind", "detector"))

    @property
    def length_unit(self) -> str:
        """Unit of lengths: "mm", or "px" where nothing gives a scale."""
        return "px" if self.scale_kind == "unknown" else "mm"


def first_reconstruction(source: SlabSource, thickness_mm: float, protocol: Protocol | None = None) -> Reconstruction:
    """The parameters that slices start with: their protocol's, else the source's own and the settings' thickness."""
    low, high = source.info.height_range_mm
    if protocol is not None:
        low, high = protocol.heights_mm((low, high))
        return Reconstruction(
            protocol.thickness_mm, protocol.interval_mm, low, high, protocol.algorithm(), protocol=protocol.key
        )
    algorithm = getattr(source, "algorithm", None)
    thickness = thickness_mm if source.info.reconstructs else 0.0
    return Reconstruction(thickness, source.info.interval_mm, low, high, algorithm)


def with_values(first: Reconstruction, values: Mapping[str, Any]) -> Reconstruction:
    """Starting parameters with what a hanging protocol asks for; what is not understood is left as it was."""
    from recon.algorithms import build
    from recon.errors import BocageError

    if first.algorithm is None:
        return first
    algorithm = first.algorithm
    if "algorithm" in values:
        # One of another version of the program may not be known.
        with contextlib.suppress(BocageError):
            algorithm = build(str(values["algorithm"]), values.get("parameters"))
    thickness = float(values.get("thickness_mm", first.thickness_mm))
    interval = float(values.get("interval_mm", first.interval_mm))
    return replace(first, algorithm=algorithm, thickness_mm=thickness, interval_mm=interval)


def started(source: SlabSource, thickness_mm: float, key: str, now: Reconstruction) -> Reconstruction:
    """What live slices start with under the protocol of a key ("": under none, with the default algorithm).

    Corrections and views left out belong to the projections, and stay as they are `now`.
    """
    from app.protocols import find_protocol
    from recon.algorithms import FilteredBackProjection

    first = first_reconstruction(source, thickness_mm, find_protocol(key) if key else None)
    algorithm = first.algorithm if key else FilteredBackProjection()
    return replace(first, algorithm=algorithm, corrections=now.corrections, excluded=now.excluded)


def command_text(before: SeriesState, after: SeriesState) -> str:
    """What changed between two states, for the undo menu."""
    old, new = ({item.id: item for item in state.measurements} for state in (before, after))
    for identity, item in new.items():
        if identity not in old:
            return said("{0} measurement", said(item.spec.noun))
        if old[identity] != item:
            return said("change of {0} measurement", said(item.spec.noun))
    gone = [item for identity, item in old.items() if identity not in new]
    if gone:
        return (
            said("removal of all measurements")
            if len(gone) > 1
            else said("removal of {0} measurement", said(gone[0].spec.noun))
        )
    if before.inverted != after.inverted:
        return said("inversion")
    if before.placement != after.placement:
        return said("placement")
    if before.calibration != after.calibration:
        return said("calibration")
    if before.geometry != after.geometry:
        return said("geometry of the projections")
    if before.synthetic != after.synthetic:
        return said("synthetic 2-D")
    if before.reconstruction != after.reconstruction:
        return _reconstruction_text(before.reconstruction, after.reconstruction)
    return said("window")


def _reconstruction_text(before: Reconstruction | None, after: Reconstruction | None) -> str:
    if before is None or after is None:
        return said("reconstruction")
    if before.protocol != after.protocol:
        return said("protocol")
    if before.thickness_mm != after.thickness_mm:
        return said("slice thickness")
    if before.interval_mm != after.interval_mm:
        return said("slice interval")
    if before.algorithm != after.algorithm:
        return _algorithm_text(before.algorithm, after.algorithm)
    if before.corrections != after.corrections:
        return said("correction")
    if before.excluded != after.excluded:
        return said("views left out")
    return said("height range")


def _algorithm_text(before: Algorithm | None, after: Algorithm | None) -> str:
    """The one parameter that differs by its title; "reconstruction" for several."""
    from recon.parameters import parameters

    if before is None or after is None or type(before) is not type(after):
        return said("algorithm")
    changed = [
        parameter.title
        for parameter in parameters(type(after))
        if getattr(before, parameter.name) != getattr(after, parameter.name)
    ]
    return lowered(changed[0]) if len(changed) == 1 else said("reconstruction")
