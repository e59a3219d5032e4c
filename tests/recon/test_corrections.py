"""Scatter and skin line against hand calculation and models of another kind; what every correction must offer."""

from __future__ import annotations

import numpy as np
import pytest
from bodies import scattered
from proof_corrections import scatter, skin_line, truncation
from scipy.special import ndtr

from recon import trajectories
from recon.corrections import CORRECTIONS, prepare
from recon.corrections.metal import MetalReduction
from recon.corrections.scatter import ScatterCorrection
from recon.corrections.skin_line import SkinLine, body_of, polar
from recon.errors import BocageError
from recon.parameters import from_text, parameters
from recon.preprocess import LineIntegrals
from recon.projections import ProjectionSet
from recon.simulate.phantoms import Ellipsoid, Phantom


def views_of(image: np.ndarray, n: int = 3, pitch: float = 1.0) -> ProjectionSet:
    """The same image in all views."""
    geometry = trajectories.linear_track(
        source_position_mm=np.linspace(-100, 100, n), source_to_detector_mm=1000, pixel_pitch_mm=pitch,
        shape=image.shape,
    )  # fmt: skip
    return ProjectionSet(np.repeat(image[None].astype(np.float32), n, axis=0), geometry)


def test_all_are_known_by_name_described_and_done_in_order() -> None:
    assert list(CORRECTIONS) == ["metal", "scatter", "skin-line"]
    for correction in CORRECTIONS.values():
        assert correction.title
        assert correction.description
        for parameter in parameters(correction):
            assert parameter.title
            assert parameter.description
            assert parameter.minimum <= parameter.default <= parameter.maximum
        with pytest.raises(BocageError, match="has no parameter"):
            from_text(correction, {"colour": 1})
    assert from_text(MetalReduction, {"threshold": "0.5"}).threshold == 0.5


def test_corrections_see_what_earlier_ones_left_and_are_noted() -> None:
    projections = views_of(np.full((64, 80), 2.0))
    # The skin line is looked for after metal and scatter, and there is none here.
    with pytest.raises(BocageError, match="do not show the edge of the body before air"):
        prepare(projections, [SkinLine(), ScatterCorrection()])
    prepared = prepare(projections, [MetalReduction(), ScatterCorrection()])
    notes = LineIntegrals(projections, prepared).notes
    assert "scatter subtracted (30 % behind 20 cm of tissue)" in notes
    # Metal first: a scatter share that is too high makes dense parts stand out as metal does.
    assert notes.index("no metal was found in the projections") < notes.index(
        "scatter subtracted (30 % behind 20 cm of tissue)"
    )


# -- scatter ----------------------------------------------------------------------------------------------------------


def corrected(image: np.ndarray, correction: ScatterCorrection, pitch: float = 1.0) -> np.ndarray:
    projections = views_of(image, pitch=pitch)
    out, _ = LineIntegrals(projections, prepare(projections, [correction])).real(1)
    return out.copy()


@pytest.mark.parametrize("share", [0.2, 0.5, 0.8])
@pytest.mark.parametrize("primary", [1.0, 3.9, 7.0])
def test_behind_a_uniform_body_scatter_is_the_share_by_hand(primary: float, share: float) -> None:
    """I = P + a·P·(−ln P): at 3.9 (20 cm of tissue) scatter is the stated share of I."""
    amplitude = share / (1 - share) / 3.9
    measured = primary - np.log(1 + amplitude * primary)
    if primary == 3.9:
        scatter_part = 1 - np.exp(-primary) / np.exp(-measured)
        assert scatter_part == pytest.approx(share)
    image = np.full((90, 120), measured)
    np.testing.assert_allclose(corrected(image, ScatterCorrection(share=share)), primary, atol=2e-3 * primary)


def test_air_scatters_nothing_and_no_share_changes_nothing() -> None:
    image = np.zeros((64, 64))
    np.testing.assert_array_equal(corrected(image, ScatterCorrection(share=0.8)), 0.0)
    ramp = np.linspace(0.0, 6.0, 64)[None] * np.ones((64, 1))
    np.testing.assert_allclose(corrected(ramp, ScatterCorrection(share=0.0)), ramp, atol=1e-6)


def test_scatter_spreads_as_wide_as_stated() -> None:
    """The step between air and half a body becomes an integrated Gaussian, half as high at the edge."""
    step = np.where(np.arange(40) < 20, 0.0, 3.9)[None] * np.ones((40, 1))
    primary, at, sigma = np.exp(-step), (np.arange(40) + 0.5) * 10.0 - 200.0, 100.0 / 2.3548
    full = primary[0, -1]  # share 0.5: as much scatter as primary
    veil = full * ndtr(at / sigma)[None]
    change = prepare(views_of(np.ones((400, 400))), [ScatterCorrection(share=0.5, width_mm=100.0)])[0]
    found = change.scatter((primary + veil).astype(np.float32))  # type: ignore[attr-defined]
    np.testing.assert_allclose(found, np.broadcast_to(veil, found.shape), atol=0.02 * full)


def test_dense_pixels_stay_finite_however_much_is_subtracted() -> None:
    image = np.full((100, 100), 2.0)
    image[40:60, 40:60] = 14.0
    out = corrected(image, ScatterCorrection(share=0.9))
    assert np.isfinite(out).all()
    assert (out >= image - 1e-5).all()
    assert out[50, 50] > 14.0


def test_scatter_of_another_kind_is_taken_off() -> None:
    geometry = trajectories.linear_track(
        source_position_mm=[-200.0, 0.0, 150.0], source_to_detector_mm=1100, pixel_pitch_mm=1.6, shape=(256, 256)
    )
    free = Phantom((Ellipsoid((0, 0, 120), (150, 260, 100), 0.0194),)).line_integrals(geometry)
    veiled = -np.log(scattered(free, 1.6, 0.45, factor=8))
    projections = ProjectionSet(veiled, geometry)
    integrals = LineIntegrals(projections, prepare(projections, [ScatterCorrection(share=0.45)]))
    body = free > 0.5
    for view in range(3):
        on, _ = integrals.real(view)
        error, before = ((each - free[view])[body[view]] for each in (on, veiled[view]))
        assert np.sqrt(np.mean(before**2)) > 0.4
        assert np.sqrt(np.mean(error**2)) < np.sqrt(np.mean(before**2)) / 6


def test_the_benchmark_of_scatter() -> None:
    rows = {row.measure: row for row in scatter(share=0.45, n_views=5)}
    contrast = rows["contrast of a lesion in a slice: error, %"]
    assert contrast.off > 40
    assert contrast.on < 15
    cupping = rows["cupping of a slice: edge against centre, %"]
    assert cupping.on < 0.7 * cupping.off


# -- skin line --------------------------------------------------------------------------------------------------------


def rounded(radius: float = 70.0, periphery: float = 25.0, full: float = 2.5) -> tuple[np.ndarray, np.ndarray]:
    """A disc whose line integral rises as an ellipse over its periphery; and the distance from its outline."""
    y, x = np.mgrid[:200, :220].astype(np.float64)
    distance = radius - np.hypot(x - 110.0, y - 100.0)
    part = np.clip(distance / periphery, 0.0, 1.0)
    return full * np.sqrt(1.0 - (1.0 - part) ** 2), distance


def test_a_rounded_edge_becomes_level() -> None:
    image, distance = rounded()
    projections = views_of(image)
    prepared = prepare(projections, [SkinLine(strength=1.0, periphery_mm=30.0)])
    out, _ = LineIntegrals(projections, prepared).real(1)
    # But for the pixels that the outline itself cuts.
    np.testing.assert_allclose(out[np.abs(distance) > 1.5], 2.5, atol=0.1)
    np.testing.assert_allclose(out[distance > 4.0], 2.5, atol=0.05)
    np.testing.assert_allclose(out[distance > 30.0], image[distance > 30.0], atol=1e-6)


@pytest.mark.parametrize("strength", [0.0, 0.5])
def test_strength_is_the_share_that_is_made_up(strength: float) -> None:
    image, distance = rounded()
    projections = views_of(image)
    prepared = prepare(projections, [SkinLine(strength=strength, periphery_mm=30.0)])
    out, _ = LineIntegrals(projections, prepared).real(1)
    expected = image + strength * (2.5 - image)
    np.testing.assert_allclose(out[np.abs(distance) > 3.0], expected[np.abs(distance) > 3.0], atol=0.04)


def test_overexposed_skin_is_continued() -> None:
    """The detector stores nothing below 0.8: outside, all is as if it were the full thickness."""
    image, distance = rounded()
    projections = views_of(np.maximum(image, 0.8))
    prepared = prepare(projections, [SkinLine(strength=1.0, periphery_mm=30.0)])
    out, _ = LineIntegrals(projections, prepared).real(1)
    np.testing.assert_allclose(out, 2.5, atol=0.12)
    np.testing.assert_allclose(out[distance < -1.0], 2.5, atol=0.02)


def test_detail_in_the_periphery_is_kept() -> None:
    image, _ = rounded()
    y, x = np.mgrid[:200, :220]
    spot = 0.3 * (np.hypot(x - 110.0, y - 44.0) < 3.0)  # 14 mm from the outline
    results = []
    for each in (image, image + spot):
        projections = views_of(each)
        prepared = prepare(projections, [SkinLine(periphery_mm=30.0)])
        results.append(LineIntegrals(projections, prepared).real(1)[0].copy())
    np.testing.assert_allclose((results[1] - results[0])[spot > 0], 0.3, atol=0.01)
    assert np.abs((results[1] - results[0])[spot == 0]).max() < 0.02


def test_body_and_distance() -> None:
    image, distance = rounded()
    found = body_of(image.astype(np.float32))
    assert found is not None
    body, air = found
    assert air == 0.0
    measured, sector = polar(body, (1.0, 1.0))
    near = np.abs(distance) < 20.0
    np.testing.assert_allclose(measured[near], distance[near], atol=0.8)
    assert 8.0 < sector[180, 110] < 10.0  # straight down: a quarter of 36 sectors
    assert body_of(np.full((50, 50), 3.0, np.float32)) is None
    assert body_of(np.zeros((50, 50), np.float32)) is None


@pytest.mark.parametrize("overexposed", [0.0, 0.4])
def test_the_benchmark_of_the_skin_line(overexposed: float) -> None:
    rim, slope, contrast = skin_line(9, 0.5, overexposed)
    assert rim.off > 4 * rim.on
    assert slope.off > 2 * slope.on
    assert contrast.on == pytest.approx(contrast.off, rel=0.04)


# -- truncation -------------------------------------------------------------------------------------------------------


def test_the_ends_of_the_field_are_nearer_to_the_truth_than_with_zeros() -> None:
    ends, middle = truncation()
    assert ends.off > 4 * ends.on
    assert middle.on < middle.off
