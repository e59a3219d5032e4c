"""The names that `recon` itself offers, by the example that the README gives."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import recon
from recon import trajectories

EXAMPLE = """
import numpy as np
from recon import Geometry, ProjectionSet, SlabRequest, reconstruct

views = ProjectionSet(np.load("views.npz")["views"], Geometry.load("views.geometry.json"), kind="counts")
source = reconstruct(views)
slab = source.slab(SlabRequest(height_mm=120.0, thickness_mm=5.0))
"""


def test_five_lines_from_files_to_a_slab(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    geometry = trajectories.linear_track(
        source_position_mm=np.linspace(-200, 200, 9), source_to_detector_mm=1000.0, pixel_pitch_mm=1.0, shape=(60, 50)
    )
    # A small absorber at height 120 mm in the axis x = 5, y = 0: its shadow falls at p + (p − s)·z/(D − z).
    views = np.full((9, 60, 50), 10000, np.uint16)
    for view, source in enumerate(geometry.source_mm):
        shadow = np.array([5.0, 0.0]) + (np.array([5.0, 0.0]) - source[:2]) * 120 / 880
        row, column = np.rint([shadow[1] + 29.5, shadow[0] + 24.5]).astype(int)
        if 0 < row < 59:
            views[view, row - 1 : row + 2, column - 1 : column + 2] = 5000
    np.savez(tmp_path / "views.npz", views=views)
    geometry.save(tmp_path / "views.geometry.json")
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    exec(EXAMPLE, names)
    assert len([line for line in EXAMPLE.splitlines() if line]) == 5
    slab = names["slab"]
    row, column = np.unravel_index(np.nanargmax(slab.pixels), slab.pixels.shape)
    assert slab.grid.index_to_mm(row, column) == pytest.approx((5.0, 0.0), abs=1.5)
    assert slab.thickness_mm == 5.0


def test_names_are_imported_when_they_are_used() -> None:
    code = "import sys, recon; before = 'numpy' in sys.modules; recon.Geometry; print(before, 'numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]
    assert all(getattr(recon, name).__name__ == name for name in recon.__all__)
    with pytest.raises(AttributeError, match="nothing"):
        recon.nothing  # noqa: B018
