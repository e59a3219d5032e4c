"""Geometry presets: nominal acquisition geometries for images that do not carry their own.

Presets are TOML files in ``resources/presets``. They are nominal numbers, not calibrations; a geometry built from one
says so by its origin "preset", and what shows it must keep that on screen. Where a number could not be confirmed from a
source the file says which (``unconfirmed``), and so does the geometry.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.toml_tables import Table, find_by_name, read_folder, read_toml
from recon import trajectories
from recon.errors import BocageError
from recon.geometry import Geometry
from recon.messages import said

NEEDED = ("trajectory", "source_to_detector_mm", "sweep_deg", "views", "pixel_pitch_mm")
EXTRA: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "linear": (("sweep_axis",), ()),
    "pendulum": (("sweep_axis", "fulcrum_height_mm"), ()),
    "arc": (("sweep_axis", "source_to_pivot_mm"), ("detector_sweep_deg", "angles_deg")),
    "isocentric": (("sweep_axis", "source_to_pivot_mm"), ("angles_deg",)),
    "ellipse": ((), ("sweep_across_deg", "fulcrum_height_mm")),
    "spiral": (("turns",), ("fulcrum_height_mm",)),
}
"""What each trajectory needs and may have besides `NEEDED`."""


@dataclass(frozen=True)
class GeometryPreset:
    """A nominal acquisition geometry.

    Attributes
    ----------
    key : str
        Name of its file, for the command line.
    sources : tuple of str
        Where its numbers come from.
    trajectory : {"linear", "pendulum", "arc", "isocentric", "ellipse", "spiral"}
        See `recon.trajectories`.
    source_to_detector_mm : float
    sweep_deg : float
        Full angle from the first to the last view: of the central ray from the detector's normal on a straight track,
        about the pivot on an arc, about the fulcrum of a pendulum. On a closed path or a spiral, from one side of it to
        the other (along x).
    views : int
        The usual number of views.
    pixel_pitch_mm : float
        The usual detector pitch.
    sweep_axis : {"y", "x"}
        The image axis along which the tube moves.
    source_to_pivot_mm : float
        For arcs and isocentric sweeps.
    fulcrum_height_mm : float
        Height that stands still on the detector of a pendulum; 0 is a stationary detector.
    detector_sweep_deg : float
        How far the detector of an arc turns about its own middle while the tube sweeps.
    sweep_across_deg : float
        Of an ellipse, along y; 0 is a circle.
    turns : float
        Of a spiral, from the middle outwards.
    unconfirmed : str
        Which of these numbers no source confirms; "" if none.
    models : tuple of str
        Words of Manufacturer's Model Name by which the images name such a device; for what is offered first.
    angles_deg : tuple of float
        Tube angle of each view, for devices whose views are neither even nor symmetric; used when there are as many
        views. Empty: evenly spread.
    """

    key: str
    title: str
    description: str
    sources: tuple[str, ...]
    trajectory: str
    source_to_detector_mm: float
    sweep_deg: float
    views: int
    pixel_pitch_mm: float
    sweep_axis: str = "y"
    source_to_pivot_mm: float = 0.0
    fulcrum_height_mm: float = 0.0
    detector_sweep_deg: float = 0.0
    sweep_across_deg: float = 0.0
    turns: float = 0.0
    unconfirmed: str = ""
    models: tuple[str, ...] = ()
    angles_deg: tuple[float, ...] = ()

    def names(self, model: str) -> bool:
        """Whether a Manufacturer's Model Name is that of such a device."""
        return any(word.lower() in model.lower() for word in self.models)

    def view_angles_deg(self, n_views: int) -> NDArray[np.float64]:
        """Tube angle of each view of an arc, shape (n,): by the device's table, else evenly spread."""
        if len(self.angles_deg) == n_views:
            return np.array(self.angles_deg)
        return self.sweep_deg * np.linspace(-0.5, 0.5, n_views)

    def build(
        self,
        n_views: int,
        shape: tuple[int, int],
        pixel_pitch_mm: float | tuple[float, float] | None = None,
        *,
        reverse: bool = False,
    ) -> Geometry:
        """The geometry for images of this size.

        Parameters
        ----------
        n_views : int
            Spread evenly over the nominal path: by distance on a track or a spiral, by angle on an arc or all around.
        shape : (rows, columns)
        pixel_pitch_mm : float or (between rows, between columns), optional
            None: the usual pitch of the device.
        reverse : bool
            The views were taken in the other order: the sweep runs towards decreasing rows (or columns).
        """
        if n_views < 2:
            raise BocageError(said("A sweep has at least two views, found {0}.", n_views))
        doubt = said("; partly unconfirmed") if self.unconfirmed else ""
        facts: dict[str, Any] = {
            "source_to_detector_mm": self.source_to_detector_mm,
            "pixel_pitch_mm": self.pixel_pitch_mm if pixel_pitch_mm is None else pixel_pitch_mm,
            "shape": shape,
            "origin": "preset",
            "note": said("{0} (nominal, not calibrated{1})", self.title, doubt),
        }
        geometry = _BUILDERS[self.trajectory](self, n_views, facts)
        return geometry.subset(np.arange(n_views)[::-1]) if reverse else geometry

    def reach_mm(self, angle_deg: float) -> float:
        """How far from the axis the source stands at an angle seen from the fulcrum."""
        return float((self.source_to_detector_mm - self.fulcrum_height_mm) * np.tan(np.radians(angle_deg)))


def _linear(preset: GeometryPreset, n_views: int, facts: dict[str, Any]) -> Geometry:
    end = preset.reach_mm(preset.sweep_deg / 2)
    return trajectories.pendulum(
        source_position_mm=np.linspace(-end, end, n_views), fulcrum_height_mm=preset.fulcrum_height_mm,
        sweep_axis=preset.sweep_axis, **facts,
    )  # fmt: skip


def _arc(preset: GeometryPreset, n_views: int, facts: dict[str, Any]) -> Geometry:
    angles = preset.view_angles_deg(n_views)
    return trajectories.arc(
        angle_deg=angles, detector_angle_deg=preset.detector_sweep_deg / preset.sweep_deg * angles,
        source_to_pivot_mm=preset.source_to_pivot_mm, sweep_axis=preset.sweep_axis, **facts,
    )  # fmt: skip


def _isocentric(preset: GeometryPreset, n_views: int, facts: dict[str, Any]) -> Geometry:
    return trajectories.isocentric(
        angle_deg=preset.view_angles_deg(n_views), source_to_axis_mm=preset.source_to_pivot_mm,
        sweep_axis=preset.sweep_axis, **facts,
    )  # fmt: skip


def _ellipse(preset: GeometryPreset, n_views: int, facts: dict[str, Any]) -> Geometry:
    along = preset.reach_mm(preset.sweep_deg / 2)
    across = preset.reach_mm((preset.sweep_across_deg or preset.sweep_deg) / 2)
    return trajectories.ellipse(
        angle_deg=np.arange(n_views) * 360.0 / n_views, radius_mm=(along, across),
        fulcrum_height_mm=preset.fulcrum_height_mm, **facts,
    )  # fmt: skip


def _spiral(preset: GeometryPreset, n_views: int, facts: dict[str, Any]) -> Geometry:
    return trajectories.spiral(
        n_views=n_views, turns=preset.turns, radius_mm=(0.0, preset.reach_mm(preset.sweep_deg / 2)),
        fulcrum_height_mm=preset.fulcrum_height_mm, **facts,
    )  # fmt: skip


_BUILDERS: dict[str, Callable[[GeometryPreset, int, dict[str, Any]], Geometry]] = {
    "linear": _linear, "pendulum": _linear, "arc": _arc, "isocentric": _isocentric, "ellipse": _ellipse,
    "spiral": _spiral,
}  # fmt: skip


def read_preset(text: str, key: str) -> GeometryPreset:
    """Read one preset from TOML; errors name it."""
    root = read_toml(text, f"{key}.toml")
    root.check(("title", "description", "sources", "geometry"), ("unconfirmed", "models"))
    table = root.table("geometry")
    if "trajectory" not in table.data:
        table.check(NEEDED, table.data)
    trajectory = table.choice("trajectory", EXTRA)
    needed, optional = EXTRA[trajectory]
    table.check((*NEEDED, *needed), optional)
    preset = GeometryPreset(
        key=key,
        title=root.text("title"),
        description=root.text("description"),
        sources=root.texts("sources"),
        trajectory=trajectory,
        source_to_detector_mm=table.number("source_to_detector_mm", 1.0, 1e5),
        sweep_deg=table.number("sweep_deg", 0.1, 160.0),
        views=table.whole("views", 2),
        pixel_pitch_mm=table.number("pixel_pitch_mm", 1e-3, 10.0),
        unconfirmed=root.text("unconfirmed"),
        models=root.texts("models") if "models" in root.data else (),
        **_details(table),
    )
    try:
        preset.build(preset.views, (2, 2))
    except BocageError as error:
        raise BocageError(said("{0}.toml: {1}", key, error)) from None
    return preset


def _details(table: Table) -> dict[str, Any]:
    """What belongs to some trajectories only."""
    found: dict[str, Any] = {}
    if "sweep_axis" in table.data:
        found["sweep_axis"] = table.choice("sweep_axis", ("y", "x"))
    for name in ("source_to_pivot_mm", "fulcrum_height_mm", "detector_sweep_deg", "sweep_across_deg", "turns"):
        if name in table.data:
            found[name] = table.number(name, 0.0, 1e5)
    if "angles_deg" in table.data:
        angles = table.numbers("angles_deg", -90.0, 90.0)
        if len(angles) != table.whole("views", 2):
            raise BocageError(
                said(
                    "{0}: geometry.angles_deg must hold one angle for each of its {1} views, found {2}.",
                    table.name,
                    table.whole("views", 2),
                    len(angles),
                )
            )
        found["angles_deg"] = angles
    return found


@cache
def geometry_presets() -> tuple[GeometryPreset, ...]:
    """All presets, by title."""
    return read_folder("presets", read_preset)


def find_preset(key: str) -> GeometryPreset:
    """The preset of a key (file name) or title; the error names the choices."""
    return find_by_name(geometry_presets(), said("preset"), key)
