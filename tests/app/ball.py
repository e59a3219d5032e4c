"""A study of a ball in a uniform slab, written by the tests."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from recon import trajectories
from recon.geometry import Geometry

AIR = 10000.0
BALL = (12.0, -8.0, 60.0)
RADIUS = 5.0


def sweep() -> Geometry:
    return trajectories.linear_track(
        source_position_mm=np.linspace(-150, 150, 15),
        source_to_detector_mm=1000.0,
        pixel_pitch_mm=0.8,
        shape=(128, 128),
        origin="file",
    )


def counts(geometry: Geometry) -> np.ndarray:
    """Counts behind a ball in a uniform slab: its shadow is a disc of the right size at the right place."""
    row, column = geometry.project(BALL)
    rows, columns = np.mgrid[: geometry.shape[0], : geometry.shape[1]]
    magnification = 1000.0 / (1000.0 - BALL[2])
    views = []
    for r, c in zip(row, column, strict=True):
        squared = (RADIUS * magnification) ** 2 - ((rows - r) ** 2 + (columns - c) ** 2) * 0.8**2
        views.append(0.5 + 0.05 * 2 * np.sqrt(np.clip(squared, 0, None)))
    return np.asarray(AIR * np.exp(-np.array(views)), dtype=np.uint16)


def write_study(folder: Path) -> Path:
    """Counts and their geometry file."""
    folder.mkdir()
    geometry = sweep()
    np.savez(folder / "views.npz", views=counts(geometry), kind="counts", air=AIR)
    geometry.save(folder / "views.geometry.json")
    return folder
