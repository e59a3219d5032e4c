"""Synthetic radiographs against the middle view without noise."""

from __future__ import annotations

import numpy as np
import pytest

from recon import trajectories
from recon.combine.synthetic import TITLE, Synthetic, synthetic_radiograph
from recon.errors import BocageError, Cancelled
from recon.geometry import Geometry
from recon.live import LiveVolume
from recon.parameters import from_text, parameters
from recon.progress import Progress
from recon.projections import ProjectionSet
from recon.simulate.acquisition import linear_sweep
from recon.simulate.phantoms import Box, Phantom, Sphere
from recon.view_stack import view_as_radiograph

PHOTONS = 3000.0
PLACES = [(-30.0, -25.0, 60.0), (20.0, 30.0, 120.0), (35.0, -30.0, 180.0), (-25.0, 28.0, 220.0)]
PHANTOM = Phantom(
    (
        Box((-300.0, -300.0, 20.0), (300.0, 300.0, 250.0), 0.006),
        *(Sphere(place, 2.0, 0.05) for place in PLACES),
    )
)

GEOMETRIES = {
    "y": lambda: linear_sweep(n_views=41, pixel_pitch_mm=0.5, shape=(400, 320)),
    "x": lambda: linear_sweep(n_views=41, pixel_pitch_mm=0.5, shape=(320, 400), sweep_axis="x"),
    "arc": lambda: trajectories.arc(
        angle_deg=np.linspace(-15, 15, 31), source_to_detector_mm=1200, source_to_pivot_mm=1150, pixel_pitch_mm=0.5,
        shape=(400, 320),
    ),
}  # fmt: skip


@pytest.fixture(scope="module", params=list(GEOMETRIES))
def acquired(request: pytest.FixtureRequest) -> tuple[Geometry, np.ndarray, LiveVolume]:
    geometry = GEOMETRIES[request.param]()
    exact = PHANTOM.line_integrals(geometry, oversampling=2)
    counts = np.random.default_rng(1).poisson(PHOTONS * np.exp(-exact)).astype(np.uint16)
    return geometry, exact, LiveVolume(ProjectionSet(counts, geometry, "counts", air=PHOTONS))


def test_it_is_nearer_to_the_true_middle_view_than_the_middle_view_itself(
    acquired: tuple[Geometry, np.ndarray, LiveVolume],
) -> None:
    geometry, exact, live = acquired
    middle = geometry.n_views // 2
    made = synthetic_radiograph(live)
    inside = (slice(40, -40), slice(40, -40))
    truth = exact[middle][inside]
    error = made.pixels[inside] - truth
    error -= error.mean()
    own = view_as_radiograph(live.projections, middle).pixels[inside] - truth
    own -= own.mean()
    assert error.std() < 0.6 * own.std()
    # The spheres keep their place and their contrast.
    row, column = geometry.project(np.array(PLACES))
    for r, c in zip(row[middle].round().astype(int), column[middle].round().astype(int), strict=True):
        patch, true = (image[r - 9 : r + 10, c - 9 : c + 10] for image in (made.pixels, exact[middle]))
        high, wanted = (part[8:11, 8:11].mean() - np.median(part) for part in (patch, true))
        assert 0.7 * wanted < high < 1.15 * wanted
        weight = np.maximum(patch - np.median(patch) - 0.3 * high, 0)
        y, x = np.indices(patch.shape)
        reference = np.maximum(true - np.median(true) - 0.3 * wanted, 0)
        assert np.average(x, weights=weight) == pytest.approx(np.average(x, weights=reference), abs=0.4)
        assert np.average(y, weights=weight) == pytest.approx(np.average(y, weights=reference), abs=0.4)


def test_it_has_the_middle_views_geometry_and_says_what_it_is(
    acquired: tuple[Geometry, np.ndarray, LiveVolume],
) -> None:
    geometry, _, live = acquired
    made = synthetic_radiograph(live, Synthetic(detail_share=0.0))
    middle = geometry.n_views // 2
    assert made.geometry is not None
    assert made.geometry.equals(live.integrals.geometry.subset([middle]))
    assert made.grid == view_as_radiograph(live.projections, middle).grid
    assert made.info.title == TITLE
    assert any("not an exposure" in note for note in made.info.notes)
    # Nothing of the slices: the middle view.
    np.testing.assert_allclose(made.pixels, view_as_radiograph(live.projections, middle).pixels, atol=1e-5)


def test_detail_outside_the_range_of_heights_fades(acquired: tuple[Geometry, np.ndarray, LiveVolume]) -> None:
    geometry, _, live = acquired
    middle = geometry.n_views // 2
    row, column = geometry.project(np.array(PLACES))

    def contrast(image: np.ndarray, index: int) -> float:
        r, c = round(float(row[middle, index])), round(float(column[middle, index]))
        return float(image[r - 1 : r + 2, c - 1 : c + 2].mean() - np.median(image[r - 9 : r + 10, c - 9 : c + 10]))

    low = synthetic_radiograph(live, Synthetic(detail_share=1.0, high_mm=90.0)).pixels
    whole = synthetic_radiograph(live, Synthetic(detail_share=1.0)).pixels
    assert contrast(low, 3) < 0.5 * contrast(whole, 3)
    assert contrast(low, 0) > 0.75 * contrast(whole, 0)


def test_options_are_described_and_bounded() -> None:
    for parameter in parameters(Synthetic):
        assert parameter.description
        assert parameter.minimum <= parameter.default <= parameter.maximum
    assert from_text(Synthetic, {"detail_share": "0.5"}).detail_share == 0.5
    with pytest.raises(BocageError, match="Detail share must lie between 0 and 1"):
        Synthetic(detail_share=2.0)


def test_an_empty_range_is_refused_and_work_can_be_cancelled(
    acquired: tuple[Geometry, np.ndarray, LiveVolume],
) -> None:
    _, _, live = acquired
    with pytest.raises(BocageError, match="highest height must lie above the lowest"):
        synthetic_radiograph(live, Synthetic(low_mm=200.0, high_mm=100.0))
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        synthetic_radiograph(live, progress=progress)
