"""Against an independent projector: RTK's Joseph on the demonstration case's CT (tests/data/rtk_chest/SOURCE.md)."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from app.cases import find_case, read_case_ct
from recon.geometry import Geometry
from recon.simulate.forward import project, separable
from recon.simulate.volume import place_ct

DATA = Path(__file__).parents[1] / "data" / "rtk_chest"


def test_line_integrals_agree_with_rtk() -> None:
    case = find_case()
    volume = place_ct(read_case_ct(case), case.spacing_mm, clearance_mm=21.875, extend_mm={"H": 110.0, "F": 110.0})
    geometry = Geometry.load(DATA / "line_integrals.geometry.json")
    with np.load(DATA / "line_integrals.npz") as data:
        reference = data["views"].astype(np.float32)
    assert separable(volume, geometry)
    for views, stored in ((project(volume, geometry), reference), (_generic(volume, geometry), reference[:1, :64])):
        body = stored > 0.05
        assert body.mean() > 0.5
        error = np.sqrt(np.mean((views - stored)[body] ** 2) / np.mean(stored[body] ** 2))
        # The reference's 16-bit floats alone leave 0.0003.
        assert error < 0.001


def _generic(volume: object, geometry: Geometry) -> np.ndarray:
    """The first 64 rows of the first view, ray by ray."""
    rows = 64
    centre = geometry.detector_centre_mm[0] - (geometry.shape[0] - rows) / 2 * np.array(
        [0.0, geometry.pixel_pitch_mm[0], 0.0]
    )
    top = Geometry(
        geometry.source_mm[0], centre, (0, 1, 0), (1, 0, 0), geometry.pixel_pitch_mm, (rows, geometry.shape[1])
    )
    return project(volume, top, force_generic=True)  # type: ignore[arg-type]
