"""Geometry presets: nominal acquisition geometries for images that do not carry their own.

Presets are TOML files in ``resources/presets``. They are nominal numbers, not calibrations; a geometry built from one
says so by its origin "preset", and what shows it must keep that on screen.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import numpy as np

from recon import trajectories
from recon.errors import BocageError
from recon.geometry import Geometry

Trajectory = Literal["linear", "arc", "isocentric"]


@dataclass(frozen=True)
class GeometryPreset:
    """A nominal acquisition geometry.

    Attributes
    ----------
    key : str
        Name of its file, for the command line.
    sources : tuple of str
        Where its numbers come from.
    trajectory : {"linear", "arc", "isocentric"}
    source_to_detector_mm : float
    source_to_pivot_mm : float or None
        For arcs and isocentric sweeps.
    sweep_deg : float
        Full angle from the first to the last view: of the central ray from the detector's normal on a straight
        track, about the pivot on an arc.
    sweep_axis : {"y", "x"}
        The image axis along which the tube moves.
    views : int
        The usual number of views.
    pixel_pitch_mm : float
        The usual detector pitch.
    """

    key: str
    title: str
    description: str
    sources: tuple[str, ...]
    trajectory: Trajectory
    source_to_detector_mm: float
    sweep_deg: float
    sweep_axis: str
    views: int
    pixel_pitch_mm: float
    source_to_pivot_mm: float | None = None

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
            Spread evenly over the nominal sweep: by distance on a track, by angle on an arc.
        shape : (rows, columns)
        pixel_pitch_mm : float or (between rows, between columns), optional
            None: the usual pitch of the device.
        reverse : bool
            The sweep runs towards decreasing rows (or columns).
        """
        if n_views < 2:
            raise BocageError(f"A sweep has at least two views, found {n_views}.")
        pitch = self.pixel_pitch_mm if pixel_pitch_mm is None else pixel_pitch_mm
        half = self.sweep_deg / 2 * (-1 if reverse else 1)
        facts: dict[str, Any] = {
            "source_to_detector_mm": self.source_to_detector_mm,
            "pixel_pitch_mm": pitch,
            "shape": shape,
            "sweep_axis": self.sweep_axis,
            "origin": "preset",
            "note": f"{self.title} (nominal, not calibrated)",
        }
        if self.trajectory == "linear":
            end = self.source_to_detector_mm * np.tan(np.radians(half))
            return trajectories.linear_track(source_position_mm=np.linspace(-end, end, n_views), **facts)
        angles = np.linspace(-half, half, n_views)
        if self.trajectory == "arc":
            return trajectories.arc(angle_deg=angles, source_to_pivot_mm=self.source_to_pivot_mm or 0.0, **facts)
        return trajectories.isocentric(angle_deg=angles, source_to_axis_mm=self.source_to_pivot_mm or 0.0, **facts)


def read_preset(text: str, key: str) -> GeometryPreset:
    """Read one preset from TOML; errors name it."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BocageError(f"{key}.toml: not valid TOML ({error}).") from None
    geometry = data.get("geometry", {})
    needed = ("trajectory", "source_to_detector_mm", "sweep_deg", "sweep_axis", "views", "pixel_pitch_mm")
    missing = [name for name in ("title", "description", "sources") if name not in data]
    missing += [f"geometry.{name}" for name in needed if name not in geometry]
    if missing:
        raise BocageError(f"{key}.toml: {', '.join(missing)} missing.")
    if geometry["trajectory"] not in ("linear", "arc", "isocentric"):
        raise BocageError(
            f"{key}.toml: the trajectory must be linear, arc or isocentric, found {geometry['trajectory']!r}."
        )
    if geometry["trajectory"] != "linear" and not geometry.get("source_to_pivot_mm"):
        raise BocageError(f"{key}.toml: geometry.source_to_pivot_mm missing.")
    pivot = geometry.get("source_to_pivot_mm")
    return GeometryPreset(
        key=key,
        title=str(data["title"]),
        description=str(data["description"]).strip(),
        sources=tuple(str(source) for source in data["sources"]),
        trajectory=geometry["trajectory"],
        source_to_detector_mm=float(geometry["source_to_detector_mm"]),
        sweep_deg=float(geometry["sweep_deg"]),
        sweep_axis=str(geometry["sweep_axis"]),
        views=int(geometry["views"]),
        pixel_pitch_mm=float(geometry["pixel_pitch_mm"]),
        source_to_pivot_mm=None if pivot is None else float(pivot),
    )


@cache
def geometry_presets() -> tuple[GeometryPreset, ...]:
    """All presets, by title."""
    folder = files("resources") / "presets"
    presets = [
        read_preset(entry.read_text(encoding="utf-8"), entry.name.removesuffix(".toml"))
        for entry in folder.iterdir()
        if entry.name.endswith(".toml")
    ]
    return tuple(sorted(presets, key=lambda preset: preset.title))


def find_preset(key: str) -> GeometryPreset:
    """The preset of a key (file name) or title; the error names the choices."""
    for preset in geometry_presets():
        if key.lower() in (preset.key.lower(), preset.title.lower()):
            return preset
    raise BocageError(f'There is no preset "{key}". Choose one of: {", ".join(p.key for p in geometry_presets())}.')
