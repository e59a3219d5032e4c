"""Plots of reports as PNG files; the only place that knows matplotlib, which is an optional extra."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from recon.errors import BocageError
from recon.quality.report import Curve, QualityReport

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#000000", "#7A7A7A")
"""Distinct for colour-blind eyes (Okabe and Ito, 2008)."""
MISSING = "matplotlib is not installed, so there are no plots; install it with: pip install 'bocage[plots]'"
Corner = Literal["upper right", "lower left"]
SIZE_INCH = (9.0, 3.8)
DPI = 120


def plots_available() -> bool:
    """Whether plots can be made."""
    return find_spec("matplotlib") is not None


def write_plots(folder: Path, reports: Sequence[QualityReport]) -> tuple[Path, ...]:
    """Write the curves of one or several reports.

    Parameters
    ----------
    folder : Path
        Gets ``mtf.png``, ``depth.png`` and ``nps.png``.
    reports : sequence of QualityReport
        Several are drawn over each other, and their noise as a share of its variance.

    Raises
    ------
    BocageError
        Without matplotlib.
    """
    if not plots_available():
        raise BocageError(MISSING)
    drawn = {"mtf": _mtf(reports), "depth": _depth(reports), "nps": _nps(reports)}
    paths = []
    for name, figure in drawn.items():
        path = folder / f"{name}.png"
        figure.savefig(path, dpi=DPI, metadata={"Software": None})
        paths.append(path)
    return tuple(paths)


def _figure(titles: tuple[str, str]) -> tuple[Figure, Axes, Axes]:
    # Without pyplot: no window system, no state, and safe on any thread.
    from matplotlib.figure import Figure

    figure = Figure(figsize=SIZE_INCH, layout="constrained")
    left, right = figure.subplots(1, 2)
    for axes, title in zip((left, right), titles, strict=True):
        axes.set_title(title, fontsize=10)
        axes.grid(alpha=0.3)
    return figure, left, right


def _lines(
    axes: Axes, reports: Sequence[QualityReport], curves: Sequence[Sequence[Curve]], legend: Corner = "upper right"
) -> None:
    """One colour for each report's curves; all but the first are dashed."""
    for number, (report, own) in enumerate(zip(reports, curves, strict=True)):
        for index, curve in enumerate(own):
            axes.plot(
                curve.x, curve.y, "--" if index else "-", color=COLOURS[number % len(COLOURS)], linewidth=1.5,
                label=f"{report.title}, {curve.title}" if index else report.title,
            )  # fmt: skip
    axes.legend(fontsize=7, frameon=False, loc=legend)


def _mtf(reports: Sequence[QualityReport]) -> Figure:
    figure, *both = _figure(("MTF along the sweep (wire)", "MTF across the sweep (fine beads)"))
    pixel = reports[0].conditions["pixel_mm"]
    for index, axes in enumerate(both):
        # Curves across fall slowly: their legend has room below.
        _lines(axes, reports, [[report.mtf[index]] for report in reports], "lower left" if index else "upper right")
        axes.axvline(0.5 / pixel, color="0.6", linewidth=0.8, linestyle=":")
        axes.text(0.5 / pixel, 0.9, "Nyquist", color="0.4", fontsize=7, rotation=90, ha="right", va="center")
        axes.set(xlabel="frequency, 1/mm", ylabel="share of the maximum", xlim=(0, 1 / pixel), ylim=(0, 1.1))
    return figure


def _depth(reports: Sequence[QualityReport]) -> Figure:
    first = reports[0].depth
    figure, left, right = _figure((f"Slice sensitivity, {first[0].title}", f"Artefact spread, {first[1].title}"))
    # The predicted profile only where it does not crowd others.
    _lines(left, reports, [[report.depth[0], *(report.depth[2:] if len(reports) == 1 else ())] for report in reports])
    _lines(right, reports, [[report.depth[1]] for report in reports])
    for axes in (left, right):
        axes.set(xlabel="distance from the object's plane, mm", ylabel="share of the signal in focus")
        axes.axhline(0.5, color="0.6", linewidth=0.8, linestyle=":")
    reach = min(4 * max(report["slice_thickness_mm"] for report in reports), float(first[0].x.max()))
    left.set_xlim(-reach, reach)
    return figure


def _nps(reports: Sequence[QualityReport]) -> Figure:
    figure, *both = _figure(("NPS along the sweep", "NPS across the sweep"))
    one, unit = len(reports) == 1, reports[0].unit
    label = f"NPS, {f'({unit})² ' if unit else ''}mm²" if one else "NPS / variance, mm²"
    for index, axes in enumerate(both):
        curves = []
        for report in reports:
            curve = report.nps[index]
            variance = 1.0 if one else max(report["noise_sd"] ** 2, sys.float_info.min)
            curves.append([replace(curve, y=curve.y / variance)])
        _lines(axes, reports, curves, "lower left" if index else "upper right")
        axes.set(xlabel="frequency, 1/mm", ylabel=label, xlim=(0, None), ylim=(0, None))
    return figure
