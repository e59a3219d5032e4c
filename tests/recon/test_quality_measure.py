"""Everything measured on simulated objects, against what can be said beforehand."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from recon.algorithms import FilteredBackProjection, ShiftAndAdd
from recon.errors import BocageError, Cancelled
from recon.export import reconstruct_volume
from recon.progress import Progress
from recon.projections import ProjectionSet
from recon.quality import objects, plots
from recon.quality.measure import measure, measure_algorithm, measure_scene
from recon.quality.mtf import edge_mtf
from recon.quality.objects import Frame, cropped, edge
from recon.quality.readings import own_pixels
from recon.quality.report import (
    Metric,
    QualityReport,
    aligned,
    comparison_rows,
    definition_rows,
    json_text,
    markdown,
    number_text,
    single_rows,
)
from recon.quality.scene import Scene, simulate_scene
from recon.reconstruction import reconstruct
from recon.simulate.acquisition import linear_sweep
from recon.simulate.phantoms import SOFT_TISSUE_PER_MM
from recon.slab import Rect, SlabSource
from recon.stored import Volume

PITCH, VIEWS, PHOTONS = 0.6, 21, 60000.0


@pytest.fixture(scope="module")
def scene() -> Scene:
    return simulate_scene(linear_sweep(n_views=VIEWS, pixel_pitch_mm=PITCH, shape=(700, 700)), photons_per_view=PHOTONS)


@pytest.fixture(scope="module")
def mean(scene: Scene) -> QualityReport:
    return measure_algorithm(ShiftAndAdd(), scene)


@pytest.fixture(scope="module")
def filtered(scene: Scene) -> QualityReport:
    return measure_algorithm(FilteredBackProjection(), scene)


# -- shift-and-add can be worked out ---------------------------------------------------------------------------------


def test_sharpness_of_shift_and_add_is_the_pixels_and_the_interpolations(scene: Scene, mean: QualityReport) -> None:
    """Along the sweep sinc³ of the pixel (aperture, linear interpolation at all fractions), across it sinc."""
    pixel = PITCH * 1650 / 1800
    along, across = mean.mtf
    f = np.array([0.2, 0.4, 0.6, 0.8, 1.0, 1.2])
    np.testing.assert_allclose(np.interp(f, along.x, along.y), np.sinc(f * pixel) ** 3, atol=0.02)
    np.testing.assert_allclose(np.interp(f, across.x, across.y), np.sinc(f * pixel), atol=0.03)
    # sinc(x) = 0.5^(1/3) at x = 0.3673, sinc(x) = 0.5 at x = 0.6034.
    assert mean["mtf_along_f50"] == pytest.approx(0.3673 / pixel, rel=0.02)
    assert mean["mtf_across_f50"] == pytest.approx(0.6034 / pixel, rel=0.03)


def test_noise_of_shift_and_add_is_that_of_the_quanta(mean: QualityReport) -> None:
    """Variance 1/N of each line integral, over the views, times 2/3: (1 − φ)² + φ², the mean over all fractions φ."""
    slope = np.linspace(-1, 1, VIEWS) * math.tan(math.radians(15)) * 1800 / 1650
    path = SOFT_TISSUE_PER_MM * 100 * np.sqrt(1 + slope**2)
    variance = np.mean(np.exp(path) / PHOTONS) / VIEWS * 2 / 3
    assert mean["noise_sd"] == pytest.approx(math.sqrt(variance), rel=0.05)
    # White across the sweep: half of Nyquist's frequency on average.
    pixel = PITCH * 1650 / 1800
    assert mean["nps_across_mean"] == pytest.approx(0.25 / pixel, rel=0.03)
    assert mean["nps_along_mean"] < 0.9 * mean["nps_across_mean"]
    # Contrast 0.005/mm over 5 mm in that noise, for discs larger than all blur.
    assert mean["cnr_8_mm"] == pytest.approx(0.025 / math.sqrt(variance), rel=0.1)


def test_depth_is_as_predicted(mean: QualityReport, filtered: QualityReport) -> None:
    for report in (mean, filtered):
        assert report["slice_thickness_mm"] == pytest.approx(report["predicted_thickness_mm"], rel=0.1)
        assert report.depth[2].title == "predicted"
        near = np.abs(report.depth[0].x) < 6
        np.testing.assert_allclose(report.depth[0].y[near], report.depth[2].y[near], atol=0.06)
    # Shift-and-add of a ball: the chords' mean falls to a half at Δz = (π/2)·r/t of the outermost slope t.
    slope = math.tan(math.radians(15)) * 1800 / 1650 * (1 + 1 / (VIEWS - 1))
    # The mean over most of the ball's width is read, so it is somewhat wider.
    assert 1.0 < mean["ball_thickness_mm"] / (math.pi / slope) < 1.35
    assert filtered["ball_thickness_mm"] < mean["ball_thickness_mm"]
    assert filtered["asf_10_mm"] < 0.4 * mean["asf_10_mm"]


def test_what_algorithms_are_known_for(mean: QualityReport, filtered: QualityReport) -> None:
    """The mean keeps contrast and the least noise; the ramp is thin and takes even areas away."""
    assert mean["cnr_8_mm"] > 3 * filtered["cnr_8_mm"]
    assert filtered["cnr_4_mm"] > filtered["cnr_8_mm"]
    assert filtered.mtf[0].y[0] < 0.2
    assert mean.mtf[0].y[0] == pytest.approx(1.0, abs=0.01)
    assert filtered["artefact_index_percent"] < mean["artefact_index_percent"]
    assert (mean.unit, filtered.unit) == ("", "1/mm")


def test_slabs_are_measured_as_thick_as_they_are(scene: Scene) -> None:
    report = measure_algorithm(ShiftAndAdd(), scene, thickness_mm=12.0)
    assert report["slice_thickness_mm"] == pytest.approx(report["predicted_thickness_mm"], rel=0.05)
    assert report["slice_thickness_mm"] > 12.0
    assert report.conditions["slice_thickness_mm"] == 12.0


@pytest.mark.parametrize("n", [9, 21])
def test_the_mean_of_n_views_draws_an_edge_as_n_steps(n: int) -> None:
    """Each view's copy of the edge is a step of 1/n: a saw tooth of harmonics 1/(n·π·k), through the pixels' sinc³."""
    geometry = linear_sweep(n_views=n, pixel_pitch_mm=0.8, shape=(520, 520))
    period = 2 * 1800 * math.tan(math.radians(15)) / (n - 1) * 80 / (1800 - 110)
    k = np.arange(1, 30)
    passed = np.sinc(k / period * 0.8 * (1800 - 190) / 1800) ** 3
    expected = math.sqrt(float(np.sum((passed / (n * np.pi * k)) ** 2) / 2))
    assert measure(ShiftAndAdd(), geometry)["ripple_percent"] == pytest.approx(100 * expected, rel=0.1)


def test_ripple_of_too_few_views_is_not_measured() -> None:
    report = measure(ShiftAndAdd(), linear_sweep(n_views=3, pixel_pitch_mm=1.0, shape=(400, 400)))
    assert not [metric for metric in report.metrics if "ripple" in metric.key]


def test_an_edge_measures_what_a_wire_measures(mean: QualityReport) -> None:
    geometry = linear_sweep(n_views=VIEWS, pixel_pitch_mm=PITCH, shape=(700, 700))
    frame = Frame.of(geometry, 150.0)
    plate = edge(frame, (0.0, 0.0), 150.0, 30.0, 0.2)
    part = cropped(geometry, plate)
    source = reconstruct(
        ProjectionSet(plate.line_integrals(part, oversampling=objects.OVERSAMPLING), part), ShiftAndAdd()
    )
    slab = own_pixels(source, 150.0, Rect(-12.0, -9.0, 12.0, 9.0))
    mtf = edge_mtf(slab.pixels, slab.grid, 0)
    f = np.array([0.2, 0.5, 0.8, 1.1])
    wire = np.interp(f, mean.mtf[0].x, mean.mtf[0].y)
    np.testing.assert_allclose(np.interp(f, mtf.frequency, mtf.value), wire, atol=0.03)


# -- anything that makes slabs ---------------------------------------------------------------------------------------


def test_stored_planes_are_measured_by_the_same_code(scene: Scene, mean: QualityReport) -> None:
    """Planes every millimetre, stored; the thin profile is then known in steps, noise and sharpness are the same."""
    asked: list[Sequence[float]] = []

    def stored(projections: ProjectionSet, heights: Sequence[float], progress: Progress) -> SlabSource:
        asked.append(heights)
        live = reconstruct(projections, ShiftAndAdd(), progress=progress)
        height = scene.height_mm
        slabs = list(reconstruct_volume(live, heights, region=live.footprint(height), pixel_mm=scene.pixel_mm))
        return Volume(np.stack([slab.pixels for slab in slabs]), heights, slabs[0].grid, live.info)

    report = measure_scene(stored, scene, "Stored", {"program": "test"}, interval_mm=2.0)
    assert len(asked) == 4
    assert all(np.allclose(heights, np.arange(100.0, 200.1, 2.0)) for heights in asked)
    assert report.settings == {"program": "test"}
    for key, tolerance in (
        ("slice_thickness_mm", 0.1), ("ball_thickness_mm", 0.05), ("mtf_along_f50", 0.03), ("mtf_across_f50", 0.03),
        ("noise_sd", 0.03), ("cnr_8_mm", 0.05), ("width_along_mm", 0.05),
    ):  # fmt: skip
        assert report[key] == pytest.approx(mean[key], rel=tolerance), key
    assert "predicted_thickness_mm" not in {metric.key for metric in report.metrics}


@pytest.mark.parametrize(("thickness", "interval"), [(60.0, 1.0), (-1.0, 1.0), (0.0, 0.0)])
def test_slabs_and_intervals_that_cannot_be_are_refused(scene: Scene, thickness: float, interval: float) -> None:
    with pytest.raises(BocageError, match="interval between planes"):
        measure_algorithm(ShiftAndAdd(), scene, thickness, interval)


def test_it_can_be_cancelled(scene: Scene) -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        measure_algorithm(ShiftAndAdd(), scene, progress=progress)


def test_a_sweep_along_x_measures_the_same(mean: QualityReport) -> None:
    geometry = linear_sweep(n_views=VIEWS, pixel_pitch_mm=PITCH, shape=(700, 700), sweep_axis="x")
    turned = measure(ShiftAndAdd(), geometry, photons_per_view=PHOTONS)
    for metric in mean.metrics:
        tolerance = 0.1 if metric.key.startswith(("noise", "nps", "cnr")) else 0.03
        assert turned[metric.key] == pytest.approx(metric.value, rel=tolerance, abs=0.005), metric.key


# -- the report ------------------------------------------------------------------------------------------------------


def test_numbers_are_written_in_three_digits() -> None:
    assert [number_text(value) for value in (0.0, 1.0, 12.345, 123.4, 0.01234, 2.5e-5, -3.14159)] == [
        "0.00", "1.00", "12.3", "123", "0.0123", "2.50e-05", "-3.14",
    ]  # fmt: skip
    assert number_text(math.inf) == "beyond"
    assert number_text(math.nan) == "–"


def test_tables(mean: QualityReport, filtered: QualityReport) -> None:
    rows = single_rows(mean)
    assert rows[0] == ["Metric", "Value", "Unit", "Definition"]
    lines = aligned(rows, right=(1,)).splitlines()
    assert len(lines) == len(rows) + 1
    assert lines[0].index("Unit") == lines[2].index("mm")
    both = comparison_rows([mean, filtered])
    assert both[0] == ["Metric", "Unit", "Shift and add", "Filtered back projection"]
    titles = [row[0] for row in both]
    # Their noise is in unlike units and cannot be compared; its grain can.
    assert "Noise" not in titles
    assert "Noise, mean frequency along the sweep" in titles
    assert "MTF along the sweep, f50" in titles
    assert "Noise" in [row[0] for row in comparison_rows([mean, mean])]
    fewer = replace(mean, title="Other", metrics=mean.metrics[:1])
    assert [row[3] for row in comparison_rows([mean, fewer])][-1] == "–"
    text = markdown(rows).splitlines()
    assert text[1] == "| --- | --- | --- | --- |"
    # What holds a bar itself must not end a cell.
    assert all(line.replace("\\|", "").count("|") == 5 for line in text)
    assert len(definition_rows([mean, filtered])) == len(rows)


def test_the_json_holds_numbers_and_curves(mean: QualityReport) -> None:
    endless = replace(mean, metrics=(Metric("width", "Width", math.inf, "mm", "far"), *mean.metrics))
    data = json.loads(json_text([endless]))
    report = data["reports"][0]
    assert report["metrics"]["width"]["value"] is None
    assert report["metrics"]["cnr_8_mm"]["value"] == pytest.approx(mean["cnr_8_mm"], rel=1e-3)
    assert report["conditions"]["views"] == VIEWS
    curve = report["curves"]["mtf"]["along the sweep"]
    assert len(curve["x"]) == len(curve["y"]) > 100


def test_plots_are_pictures(mean: QualityReport, filtered: QualityReport, tmp_path: Path) -> None:
    for reports in ([mean], [mean, filtered]):
        paths = plots.write_plots(tmp_path, reports)
        assert [path.name for path in paths] == ["mtf.png", "depth.png", "nps.png"]
        assert all(path.read_bytes().startswith(b"\x89PNG") for path in paths)


def test_without_matplotlib_it_is_said(mean: QualityReport, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plots, "find_spec", lambda name: None)
    assert not plots.plots_available()
    with pytest.raises(BocageError, match=r"pip install 'bocage\[plots\]'"):
        plots.write_plots(tmp_path, [mean])
