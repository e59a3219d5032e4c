"""Rows of the benchmark that hold this engine against RTK on the same data, in the same run."""

from __future__ import annotations

import sys

import numpy as np
import rtk_peer
from timing import Row, Table, timed

from recon import trajectories
from recon.algorithms import FilteredBackProjection, ShiftAndAdd
from recon.backproject import padded
from recon.geometry import Geometry
from recon.live import LiveVolume
from recon.projections import ProjectionSet
from recon.samples import aligned
from recon.simulate.acquisition import linear_sweep
from recon.slab import PlaneGrid

HEIGHT_MM = 150.0


def _announce(text: str) -> None:
    print(f"… {text}", file=sys.stderr, flush=True)


def geometries(views: int, size: int) -> dict[str, Geometry]:
    """A straight track, and sources that leave it: the same detector and about the same sweep."""
    pitch = 404.4 / size
    angle = np.linspace(-15.0, 15.0, views)
    turn = np.linspace(0.0, 2 * np.pi, views, endpoint=False)
    reach = 1800.0 * np.tan(np.radians(15.0))
    path = np.stack((reach * np.cos(turn), reach * np.sin(turn), np.full(views, 1800.0)), axis=1)
    return {
        "straight track": linear_sweep(n_views=views, pixel_pitch_mm=pitch, shape=(size, size)),
        "arc": trajectories.arc(
            angle_deg=angle, source_to_detector_mm=1800.0, source_to_pivot_mm=1750.0, pixel_pitch_mm=pitch,
            shape=(size, size),
        ),
        "circle": Geometry(path, [0, 0, 0], [0, 1, 0], [1, 0, 0], (pitch, pitch), (size, size)),
    }  # fmt: skip


def back_projection(table: Table, one_read_ms: float, views: int, size: int, slices: int, repeats: int) -> None:
    """Slices in a block against RTK's back projection, tuned and as installed."""
    rng = np.random.default_rng(0)
    row = rng.normal(size=(size, size)).astype(np.float32)
    for name, geometry in geometries(views, size).items():
        stack = np.stack([np.roll(row, 7 * view, axis=0) for view in range(views)])
        live = LiveVolume(ProjectionSet(stack, geometry), ShiftAndAdd())
        heights = [HEIGHT_MM + index for index in range(slices)]
        pixel = min(live.native_pixel_mm(HEIGHT_MM))
        field = live.footprint(HEIGHT_MM)
        grid = PlaneGrid((field.x0 + pixel / 2, field.y0 + pixel / 2), (pixel, pixel), (size, size))
        _announce(f"back projection, {name}, {slices} slices")
        along, across = live.levels[0].shape
        # As a long range is computed: block after block into the same memory.
        out = aligned((slices, along, padded(across)))
        own, best = timed(
            lambda live=live, heights=heights, out=out: live.conical_slabs(heights, out=out),  # type: ignore[misc]
            repeats, slices,
        )  # fmt: skip
        label = f"{name}: {slices} slices on their conical grids, each"
        table.rows.append(Row(label, own, best, own / one_read_ms))
        for setting in (rtk_peer.Setting(True), rtk_peer.Setting(False)):
            if not setting.tuned and name != "straight track":
                continue
            _announce(f"RTK {setting.name}, {name}")
            _, seconds = rtk_peer.back_project(stack, geometry, heights, grid, setting)
            ms = 1e3 * seconds / slices
            least = 8.0 if name != "straight track" else 25.0 if setting.tuned else 200.0
            table.rows.append(
                Row(f"… RTK {setting.name}", ms, ms, ms / one_read_ms, f"{ms / own:.0f} × as long", f"≥ {least:g} ×",
                    ms / own >= least)
            )  # fmt: skip
        del stack, live, out


def whole_chain(table: Table, one_read_ms: float, projections: ProjectionSet, slices: int) -> None:
    """FBP of a block from raw counts against RTK's FDK from line integrals."""
    geometry = projections.geometry
    heights = [HEIGHT_MM + index for index in range(slices)]

    def own() -> None:
        LiveVolume(projections, FilteredBackProjection(low_frequency_share=0.0)).conical_slabs(heights)

    _announce(f"FBP of {slices} slices from counts")
    median, best = timed(own, 3)
    table.rows.append(Row(f"FBP of {slices} slices from counts", median, best, median / one_read_ms))
    lines = np.log(np.float32(40000.0)) - np.log(np.maximum(np.asarray(projections.views, np.float32), 0.5))
    pixel = geometry.pixel_pitch_mm[0] * (1 - HEIGHT_MM / 1800.0)
    rows, columns = geometry.shape
    grid = PlaneGrid((-(columns - 1) / 2 * pixel, -(rows - 1) / 2 * pixel), (pixel, pixel), (rows, columns))
    _announce("RTK's FDK")
    _, seconds = rtk_peer.fdk(lines, geometry, heights, grid, rtk_peer.Setting(True))
    ms = 1e3 * seconds
    table.rows.append(
        Row(
            "… RTK's FDK from line integrals, tuned", ms, ms, ms / one_read_ms, f"{ms / median:.0f} × as long",
            "≥ 40 ×", ms / median >= 40.0,
        )
    )  # fmt: skip


def sart(table: Table, one_read_ms: float, projections: ProjectionSet, slices: int, own_ms: float) -> None:
    """One SART iteration of RTK's against one SIRT iteration of ours, per slice."""
    geometry = projections.geometry
    lines = np.log(np.float32(40000.0)) - np.log(np.maximum(np.asarray(projections.views, np.float32), 0.5))
    pixel = geometry.pixel_pitch_mm[0] * (1 - HEIGHT_MM / 1800.0)
    rows, columns = geometry.shape
    grid = PlaneGrid((-(columns - 1) / 2 * pixel, -(rows - 1) / 2 * pixel), (pixel, pixel), (rows, columns))
    heights = [HEIGHT_MM + index for index in range(slices)]
    _announce("RTK's SART")
    _, seconds = rtk_peer.sart(lines, geometry, heights, grid, rtk_peer.Setting(True))
    ms = 1e3 * seconds / slices
    table.rows.append(
        Row(
            f"… RTK's SART, one iteration, {slices} slices, each",
            ms,
            ms,
            ms / one_read_ms,
            f"{ms / own_ms:.0f} × as long",
        )
    )
