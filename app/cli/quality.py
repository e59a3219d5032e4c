"""``bocage quality``: image quality of an algorithm on a geometry, measured on simulated test objects."""

from __future__ import annotations

import math
import shlex
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.reconstruct.options import build_algorithm
from app.cli.study import read_geometry
from app.cli.terminal import progress_bar
from recon.errors import BocageError, disk_reason
from recon.geometry import Geometry
from recon.progress import Progress

if TYPE_CHECKING:
    from recon.quality.report import QualityReport

DETECTOR_MM = 430.0
"""Side of the detector where no geometry file says it."""
DEFAULTS = {"views": 60, "angle": 15.0, "sid": 1800.0, "pitch": 0.2}


@dataclass(frozen=True)
class Job:
    """The options of the command, as given; None where not."""

    output: Path | None = None
    geometry_file: Path | None = None
    preset: str | None = None
    views: int | None = None
    angle_deg: float | None = None
    sid_mm: float | None = None
    pitch_mm: float | None = None
    algorithm: str | None = None
    settings: tuple[str, ...] = ()
    everything: bool = False
    beads: bool = False
    height_mm: float | None = None
    thickness_mm: float | None = None
    interval_mm: float | None = None
    photons: float | None = None
    seed: int | None = None


def measure_quality(job: Job) -> int:
    """Run the command: the table on stdout, and everything in the files of `job.output`."""
    _check(job)
    if job.output is not None:
        _make_folder(job.output)
    start = time.perf_counter()
    with progress_bar() as progress:
        written = _beads(job, progress) if job.beads else _report(job, progress)
    for path in written:
        print(f"written: {path}")
    print(f"{time.perf_counter() - start:.0f} s")
    return 0


def command_line(job: Job) -> str:
    """The command that does the job again."""
    words = ["bocage", "quality"]
    for name, value in (
        ("--geometry", job.geometry_file), ("--preset", job.preset), ("--views", job.views), ("--angle", job.angle_deg),
        ("--sid", job.sid_mm), ("--pitch", job.pitch_mm), ("--algorithm", job.algorithm),
        *(("--set", setting) for setting in job.settings), ("--height", job.height_mm),
        ("--thickness", job.thickness_mm), ("--interval", job.interval_mm), ("--photons", job.photons),
        ("--seed", job.seed), ("-o", job.output),
    ):  # fmt: skip
        if value is not None:
            words += [name, f"{value:g}" if isinstance(value, float) else str(value)]
    words[2:2] = ["--all"] * job.everything + ["--beads"] * job.beads
    return shlex.join(words)


def _check(job: Job) -> None:
    """Refuse options that contradict each other, before anything takes time."""
    sweep = [job.views, job.angle_deg, job.sid_mm, job.pitch_mm]
    if job.geometry_file is not None and (job.preset is not None or any(value is not None for value in sweep)):
        raise BocageError("The geometry file already says the sweep and the detector; leave out --preset, --views …")
    if job.preset is not None and (job.angle_deg is not None or job.sid_mm is not None):
        raise BocageError("The preset already says the sweep; only --views and --pitch can be changed.")
    if job.everything and (job.algorithm is not None or job.settings):
        raise BocageError("--all measures every algorithm at its defaults; leave out --algorithm and --set.")
    if job.beads:
        others = [job.geometry_file, job.preset, job.algorithm, job.angle_deg, job.thickness_mm, job.interval_mm]
        if job.everything or job.settings or any(value is not None for value in (*others, job.photons, job.seed)):
            raise BocageError(
                "--beads has its own sweeps, filters and slabs, without noise; only --views, --sid, --pitch and "
                "--height can be chosen."
            )
    for name, value in (
        ("--pitch", job.pitch_mm),
        ("--sid", job.sid_mm),
        ("--photons", job.photons),
        ("--interval", job.interval_mm),
    ):
        if value is not None and not (value > 0 and math.isfinite(value)):
            raise BocageError(f"{name} must be a positive number, found {value:g}.")


def geometry_of(job: Job) -> Geometry:
    """The geometry that the options describe."""
    if job.geometry_file is not None:
        return read_geometry(job.geometry_file)
    if job.preset is not None:
        from app.presets import find_preset

        preset = find_preset(job.preset)
        side = _side(job.pitch_mm or preset.pixel_pitch_mm)
        return preset.build(job.views or preset.views, (side, side), job.pitch_mm)
    from recon.simulate.acquisition import linear_sweep

    pitch = job.pitch_mm or DEFAULTS["pitch"]
    return linear_sweep(
        n_views=job.views or int(DEFAULTS["views"]),
        half_angle_deg=DEFAULTS["angle"] if job.angle_deg is None else job.angle_deg,
        source_to_detector_mm=job.sid_mm or DEFAULTS["sid"],
        pixel_pitch_mm=pitch,
        shape=(_side(pitch), _side(pitch)),
        note="straight sweep",
    )


def _side(pitch_mm: float) -> int:
    return max(8, round(DETECTOR_MM / pitch_mm))


def _report(job: Job, progress: Progress) -> list[Path]:
    from recon.algorithms import ALGORITHMS
    from recon.quality.measure import INTERVAL_MM, measure_algorithm
    from recon.quality.report import aligned, comparison_rows, single_rows
    from recon.quality.scene import simulate_scene

    geometry = geometry_of(job)
    names = list(ALGORITHMS) if job.everything else [job.algorithm or next(iter(ALGORITHMS))]
    algorithms = [build_algorithm(name, job.settings) for name in names]
    scene = simulate_scene(geometry, job.height_mm, job.photons, job.seed or 0, progress.part(0.0, 0.4))
    reports = []
    for number, algorithm in enumerate(algorithms):
        part = progress.part(0.4 + 0.6 * number / len(names), 0.4 + 0.6 * (number + 1) / len(names))
        reports.append(
            measure_algorithm(algorithm, scene, job.thickness_mm or 0.0, job.interval_mm or INTERVAL_MM, part)
        )
    progress.step(1.0, "Measured")
    print("\n".join(conditions(reports[0])))
    print()
    if len(reports) == 1:
        print(f"{reports[0].title}{_settings(reports[0])}")
        print(aligned(single_rows(reports[0]), right=(1,)))
    else:
        rows = comparison_rows(reports)
        print(aligned(rows, right=range(2, len(rows[0]))))
    return [] if job.output is None else write_reports(job.output, reports, command_line(job))


def conditions(report: QualityReport) -> list[str]:
    """What was measured on, in sentences."""
    facts = report.conditions
    row, column = facts["pixel_pitch_mm"]
    pitch = f"{row:g}" if row == column else f"{row:g} × {column:g}"
    return [
        f"{facts['geometry']}: {facts['views']} views over {facts['sweep_deg']:g}°, {pitch} mm pixels",
        f"source to detector {facts['source_to_detector_mm']:g} mm",
        f"objects at {facts['height_mm']:g} mm in a block of soft tissue {facts['block_mm']:g} mm deep, slices "
        + (f"{facts['slice_thickness_mm']:g} mm thick" if facts["slice_thickness_mm"] else "thin"),
        f"noise of {facts['photons_per_pixel_and_view']:g} quanta per pixel and view in the open field",
    ]


def _settings(report: QualityReport) -> str:
    if not report.settings:
        return ""
    return " (" + ", ".join(f"{name} = {value}" for name, value in report.settings.items()) + ")"


def write_reports(folder: Path, reports: Sequence[QualityReport], command: str) -> list[Path]:
    """Write ``quality.json``, ``quality.md`` and the plots."""
    from recon.quality.plots import MISSING, plots_available, write_plots
    from recon.quality.report import comparison_rows, definition_rows, json_text, markdown, single_rows

    plots: tuple[Path, ...] = ()
    try:
        (folder / "quality.json").write_text(json_text(reports) + "\n", encoding="utf-8")
        if plots_available():
            plots = write_plots(folder, reports)
        else:
            print(f"note: {MISSING}")
        if len(reports) == 1:
            tables = [markdown(single_rows(reports[0]), right=(1,))]
        else:
            rows = comparison_rows(reports)
            tables = [markdown(rows, right=range(2, len(rows[0]))), markdown(definition_rows(reports))]
        lines = [
            "# Image quality",
            "",
            f"Made by `{command}`; not written by hand.",
            "",
            *(f"- {line}" for line in conditions(reports[0])),
            *(f"- {report.title}{_settings(report)}" for report in reports),
            "- simulated: point source, ideal detector, one energy, no scatter",
            "",
            *(part for table in tables for part in (table, "")),
            *(part for path in plots for part in (f"![{path.stem}]({path.name})", "")),
        ]
        (folder / "quality.md").write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")
    except OSError as error:
        raise BocageError(f"{folder}: the report could not be written: {disk_reason(error)}.") from None
    return [folder / "quality.json", folder / "quality.md", *plots]


def _beads(job: Job, progress: Progress) -> list[Path]:
    from recon.quality.beads import bead_json, bead_study, bead_table
    from recon.quality.report import aligned, markdown

    heights = {} if job.height_mm is None else {"heights_mm": (job.height_mm,)}
    views, sid, pitch = (
        job.views or int(DEFAULTS["views"]), job.sid_mm or DEFAULTS["sid"], job.pitch_mm or DEFAULTS["pitch"]
    )  # fmt: skip
    rows = bead_study(
        n_views=views, source_to_detector_mm=sid, pixel_pitch_mm=pitch, **heights, progress=progress
    )  # fmt: skip
    table = bead_table(rows)
    right = (1, *range(3, len(table[0])))
    what = (
        f"A 0.5 mm bead and a 2 mm ball in air, without noise: straight sweeps of {views} views at {sid:g} mm, "
        f"{pitch:g} mm pixels."
    )
    widths = "Widths are full widths at half maximum, over height and (in plane) along the sweep."
    print(f"{what}\n{widths}\n\n{aligned(table, right)}")
    if job.output is None:
        return []
    made = f"Made by `{command_line(job)}`; not written by hand."
    text = "\n".join(["# Bead study", "", made, "", what, widths, "", markdown(table, right)])
    try:
        (job.output / "beads.json").write_text(bead_json(rows) + "\n", encoding="utf-8")
        (job.output / "beads.md").write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        raise BocageError(f"{job.output}: the study could not be written: {disk_reason(error)}.") from None
    return [job.output / "beads.json", job.output / "beads.md"]


def _make_folder(folder: Path) -> None:
    """Make the folder before the work, so that a wrong name costs no time."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BocageError(f"{folder}: cannot be made: {disk_reason(error)}.") from None
