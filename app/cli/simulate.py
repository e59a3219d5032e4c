"""``bocage simulate``: from a CT to projections and a radiograph."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from app.cli.terminal import progress_bar
from recon.errors import BocageError
from recon.geometry import Geometry


def simulate_study(
    ct: str, output: Path, *, geometry_file: Path | None, settings: Mapping[str, Any], breast: str = ""
) -> int:
    """Simulate an acquisition of a CT file, or of a shipped case by its name, and write it as DICOM."""
    from app.cases import case_names, find_case
    from app.simulate import SimulationSettings, simulate

    given = {name: value for name, value in settings.items() if value is not None}
    if "shape" in given:
        given["shape"] = parse_size(given["shape"])
    if geometry_file is not None and set(given) - {"photons_per_view", "seed"}:
        raise BocageError("The geometry file already says the sweep and the detector; leave out --views and so on.")
    geometry = None if geometry_file is None else Geometry.load(geometry_file)
    base = None
    if given:
        shipped = not Path(ct).exists() and ct in case_names()
        default = SimulationSettings(extend_mm={"H": 150.0, "F": 150.0})
        base = replace(SimulationSettings.of_case(find_case(ct)) if shipped else default, **given)
    start = time.perf_counter()
    with progress_bar() as progress:
        folder = simulate(ct, output, base, geometry=geometry, breast=parse_breast(breast), progress=progress)
    print(f"written: {folder} ({time.perf_counter() - start:.1f} s)")
    return 0


def parse_breast(text: str) -> tuple[str, str] | None:
    """Side and view from ``RCC``, ``L-MLO`` and the like; None from nothing."""
    if not text.strip():
        return None
    match = re.fullmatch(r"([LR])[-, ]?([A-Z]{2,4})", text.strip().upper())
    if match is None:
        raise BocageError(f'--breast expects the side and the view, for example RCC or LMLO; found "{text}".')
    return match.group(1), match.group(2)


def parse_size(text: str) -> tuple[int, int]:
    """Rows and columns from ``1024x1024`` (or one number for a square)."""
    match = re.fullmatch(r"(\d+)(?:[x×](\d+))?", text.strip())
    if match is None:
        raise BocageError(f'--size expects ROWSxCOLUMNS, for example 1024x1024; found "{text}".')
    rows = int(match.group(1))
    return rows, int(match.group(2) or rows)
