"""The bead study: effective thickness and width in the plane over sweep angle, filter and slab thickness.

Beads in air, no noise; every number is measured on reconstructed slabs and set against the prediction of
`recon.quality.thickness`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

import numpy as np

from recon.algorithms import FilteredBackProjection, OnePass, ShiftAndAdd
from recon.errors import BocageError
from recon.geometry import Geometry
from recon.messages import said
from recon.progress import SILENT, Progress
from recon.projections import ProjectionSet
from recon.quality import objects
from recon.quality.objects import BALL_MM, BEAD_MM, Frame
from recon.quality.profile import plane_profile, slice_sensitivity
from recon.quality.readings import Doubles, width_at
from recon.quality.report import number_text
from recon.quality.thickness import effective_thickness_mm
from recon.reconstruction import reconstruct
from recon.simulate.acquisition import linear_sweep

SWEEPS_DEG = (math.degrees(math.atan(0.2)), 15.0, 20.0)
"""Half angles; the first is a sweep of ±360 mm at 1800 mm."""
SLABS_MM = (0.0, 5.0, 10.0)
ASF_MM = (5.0, 10.0, 20.0)
APART_MM = 16.0
MARGIN_PIXELS = 100
"""Around the beads' shadows: their filtered tails."""


def filters() -> dict[str, OnePass]:
    """The algorithms of the study by the name in its table."""
    plain = FilteredBackProjection(low_frequency_share=0.0)
    return {
        "shift and add": ShiftAndAdd(),
        "ramp, Hann": plain,
        **{f"ramp, Hann, {value:g} mm": replace(plain, effective_thickness_mm=value) for value in (2.0, 5.0, 10.0)},
    }


@dataclass(frozen=True)
class BeadRow:
    """One line of the study; lengths in mm.

    Attributes
    ----------
    sweep_deg : float
        Half angle.
    height_mm : float
    filter : str
    slab_mm : float
        Nominal slice thickness.
    thickness_mm, predicted_mm : float
        FWHM of the slice sensitivity profile of a 0.5 mm bead: measured, and predicted.
    ball_mm : float
        The same of a 2 mm ball, measured.
    width_mm : float
        FWHM of the bead in its plane, along the sweep.
    asf : tuple of float
        Signal at `ASF_MM` off the bead's plane, of that in it.
    """

    sweep_deg: float
    height_mm: float
    filter: str
    slab_mm: float
    thickness_mm: float
    predicted_mm: float
    ball_mm: float
    width_mm: float
    asf: tuple[float, ...]


def bead_study(
    *,
    n_views: int = 60,
    source_to_detector_mm: float = 1800.0,
    pixel_pitch_mm: float = 0.2,
    heights_mm: Sequence[float] = (150.0, 300.0),
    sweeps_deg: Sequence[float] = SWEEPS_DEG,
    slabs_mm: Sequence[float] = SLABS_MM,
    progress: Progress = SILENT,
) -> list[BeadRow]:
    """Measure beads for straight sweeps of several angles.

    Raises
    ------
    BocageError
        When a sweep or height cannot be.
    """
    rows = []
    cases = [(sweep, height) for sweep in sweeps_deg for height in heights_mm]
    for number, (sweep, height) in enumerate(cases):
        if not 0 < height < 0.6 * source_to_detector_mm:
            raise BocageError(
                said("Beads must lie between the detector and the tube, found a height of {0:g} mm.", height)
            )
        side = math.ceil(600.0 / pixel_pitch_mm)
        geometry = linear_sweep(
            n_views=n_views, half_angle_deg=sweep, source_to_detector_mm=source_to_detector_mm,
            pixel_pitch_mm=pixel_pitch_mm, shape=(side, side),
        )  # fmt: skip
        part = progress.part(number / len(cases), (number + 1) / len(cases))
        rows += _one(geometry, sweep, height, slabs_mm, part)
    return rows


def _one(
    geometry: Geometry, sweep: float, height: float, slabs_mm: Sequence[float], progress: Progress
) -> list[BeadRow]:
    frame = Frame.of(geometry, height)
    distance = frame.tube_mm[2]
    pixel = min(geometry.pixel_pitch_mm) * (distance - height) / distance
    corners = [(-1, -1), (1, 1), (1, -1), (-1, 1)]
    # Each at another fraction of a pixel along and across.
    beads = [
        frame.place(
            along * APART_MM / 2 + index / 4 * pixel, across * APART_MM / 2 + (3 * index % 4) / 4 * pixel, height
        )
        for index, (along, across) in enumerate(corners)
    ]
    ball = [frame.place(0.0, 1.5 * APART_MM, height)]
    phantom = objects.beads(beads, BEAD_MM) + objects.beads(ball, BALL_MM)
    seen = objects.cropped(geometry, phantom, MARGIN_PIXELS)
    views = ProjectionSet(phantom.line_integrals(seen, oversampling=objects.OVERSAMPLING), seen)
    named = filters()
    rows = []
    for number, (name, algorithm) in enumerate(named.items()):
        progress.step(number / len(named), f"Beads at {height:g} mm, ±{sweep:.3g}°, {name}")
        source = reconstruct(views, algorithm)
        width = width_at(*plane_profile(source, beads, frame.sweep_axis, 3.0))
        for slab in slabs_mm:
            predicted = effective_thickness_mm(geometry, algorithm, height, slab)
            coarse = effective_thickness_mm(geometry, algorithm, height, slab, BALL_MM)
            bead = slice_sensitivity(source, beads, _around(height, predicted, ASF_MM), slab, frame.tube_mm)
            large = slice_sensitivity(source, ball, _around(height, coarse), slab, frame.tube_mm)
            asf = tuple(bead.at(away) for away in ASF_MM)
            rows.append(BeadRow(sweep, height, name, slab, bead.fwhm_mm, predicted, large.fwhm_mm, width, asf))
    return rows


def _around(height: float, width: float, also: Sequence[float] = ()) -> Doubles:
    """Heights that tell a profile's width, about as wide as expected, and values at some distances."""
    near = width * np.linspace(0.0, 1.0, 16)
    away = np.union1d(near, also)
    return height + np.concatenate((-away[:0:-1], away))


def bead_table(rows: Sequence[BeadRow]) -> list[list[str]]:
    """The study as a table of texts, its heading first."""
    head = ["Sweep", "Height, mm", "Filter", "Slab, mm", "Effective, mm", "Predicted, mm"]
    head += ["2 mm ball, mm", "In plane, mm"]
    table = [[*head, *(f"ASF {away:g} mm" for away in ASF_MM)]]
    for row in rows:
        lengths = (row.thickness_mm, row.predicted_mm, row.ball_mm, row.width_mm)
        table.append(
            [f"±{row.sweep_deg:.1f}°", f"{row.height_mm:g}", row.filter, f"{row.slab_mm:g}"]
            + [number_text(value) for value in lengths]
            + [f"{value:.3f}" for value in row.asf]
        )
    return table


def bead_json(rows: Sequence[BeadRow]) -> str:
    """The study as a JSON document."""
    data = {"format": "bocage-beads", "version": 1, "asf_at_mm": ASF_MM, "rows": [asdict(row) for row in rows]}
    return json.dumps(data, indent=1, ensure_ascii=False)
