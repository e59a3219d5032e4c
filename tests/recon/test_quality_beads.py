"""The bead study, against numbers that another program measured on the same acquisition.

The reference is a shift-and-add reconstruction written independently in C: 60 views, source to detector 1800 mm, pixels
of 0.2 mm, 2022 of them, beads at 150 mm in the middle of the detector, so between four pixels; ramp with Hann's window
to Nyquist's frequency. Its slice filter of B mm is Hann's window with the cut-off 1/(2B) in ωz = ωu·s/D·M, where the
depth frequency of a point at magnification M is ωu·s/D·M², so its thickness there is 2B/M. The filter here is exact at
175 mm, the middle of the heights offered: at 150 mm it makes sections thicker by (1800/1625)²/M² = 3 %.
"""

from __future__ import annotations

import math

import numpy as np
import pytest

from recon.algorithms import FilteredBackProjection, OnePass, ShiftAndAdd
from recon.errors import BocageError
from recon.projections import ProjectionSet
from recon.quality import objects
from recon.quality.beads import bead_json, bead_study, bead_table
from recon.quality.profile import plane_profile, slice_sensitivity
from recon.quality.readings import width_at
from recon.reconstruction import reconstruct
from recon.simulate.acquisition import linear_sweep

HEIGHT = 150.0
MAGNIFICATION = 1800 / 1650
AT_175 = 1800 / 1625
SWEEPS = (math.degrees(math.atan(0.2)), 15.0, 20.0)


def ramp(b_mm: float = 0.0) -> FilteredBackProjection:
    """The reference's slice filter B by the thickness here that has the same cut-off in the detector's frequency."""
    thickness = 2 * b_mm / MAGNIFICATION * (MAGNIFICATION / AT_175) ** 2
    return FilteredBackProjection(low_frequency_share=0.0, effective_thickness_mm=thickness)


# Half sweep angle: for each filter FWHM over height, and in the plane along the sweep, mm.
FILTERS: tuple[OnePass, ...] = (ShiftAndAdd(), ramp(), ramp(1.0), ramp(2.5), ramp(5.0))
REFERENCE = {
    SWEEPS[0]: ((4.10, 0.44), (3.16, 0.37), (3.62, 0.39), (5.68, 0.44), (10.0, 0.48)),
    SWEEPS[1]: ((3.06, 0.45), (2.36, 0.37), (2.96, 0.40), (5.30, 0.46), (9.74, 0.49)),
    SWEEPS[2]: ((2.31, 0.45), (1.78, 0.37), (2.60, 0.42), (5.08, 0.48), (9.46, 0.50)),
}
REFERENCE_ASF = {0: (0.15, 0.08, 0.04), 1: (0.02, 0.01, 0.0), 4: (0.48, 0.03, 0.0)}
"""At 5, 10 and 20 mm above, ±15°, by the filter's place."""
REFERENCE_BALL = {SWEEPS[0]: (14.4, 10.9), SWEEPS[1]: (10.8, 8.3), SWEEPS[2]: (8.0, 6.2)}
"""A ball of 2 mm over height: shift-and-add, ramp."""


def acquired(sweep: float, diameter: float) -> ProjectionSet:
    geometry = linear_sweep(n_views=60, half_angle_deg=sweep, pixel_pitch_mm=0.2, shape=(2022, 2022))
    phantom = objects.beads([(0.0, 0.0, HEIGHT)], diameter)
    part = objects.cropped(geometry, phantom, 100)
    # An even number of pixels, as the whole detector has: the bead lies between four.
    assert part.shape[0] % 2 == part.shape[1] % 2 == 0
    return ProjectionSet(phantom.line_integrals(part, oversampling=objects.OVERSAMPLING), part)


@pytest.mark.parametrize("sweep", SWEEPS)
def test_beads_are_as_thick_and_wide_as_in_the_reference(sweep: float) -> None:
    """Within 2 % over height (10 % asked), within 8 % in the plane, where the reference read whole pixels."""
    views, place = acquired(sweep, 0.5), (0.0, 0.0, HEIGHT)
    for algorithm, (thickness, width) in zip(FILTERS, REFERENCE[sweep], strict=True):
        source = reconstruct(views, algorithm)
        heights = HEIGHT + thickness * np.array([-0.7, -0.55, -0.45, -0.3, 0.0, 0.3, 0.45, 0.55, 0.7])
        assert slice_sensitivity(source, [place], heights).fwhm_mm == pytest.approx(thickness, rel=0.02)
        assert width_at(*plane_profile(source, [place], 1, 2.0)) == pytest.approx(width, rel=0.08)


def test_a_ball_is_as_thick_as_in_the_reference() -> None:
    for sweep, expected in REFERENCE_BALL.items():
        views, place = acquired(sweep, 2.0), (0.0, 0.0, HEIGHT)
        for algorithm, thickness in zip(FILTERS[:2], expected, strict=True):
            heights = HEIGHT + thickness * np.array([-0.7, -0.55, -0.45, -0.3, 0.0, 0.3, 0.45, 0.55, 0.7])
            profile = slice_sensitivity(reconstruct(views, algorithm), [place], heights)
            assert profile.fwhm_mm == pytest.approx(thickness, rel=0.02)


def test_the_artefact_spread_is_that_of_the_reference() -> None:
    views, place = acquired(15.0, 0.5), (0.0, 0.0, HEIGHT)
    for index, expected in REFERENCE_ASF.items():
        profile = slice_sensitivity(reconstruct(views, FILTERS[index]), [place], HEIGHT + np.array([0.0, 5, 10, 20]))
        # The reference is written in hundredths.
        np.testing.assert_allclose(profile.value[1:], expected, atol=0.008)


def test_the_study_agrees_with_the_reference_and_with_its_predictions() -> None:
    """With beads at all fractions of a pixel instead, and thicknesses as the panel sets them."""
    rows = bead_study(heights_mm=(HEIGHT,), sweeps_deg=(15.0,), slabs_mm=(0.0, 10.0))
    table = {(row.filter, row.slab_mm): row for row in rows}
    assert len(rows) == len(table) == 10
    for name, (thickness, width) in zip(("shift and add", "ramp, Hann"), REFERENCE[15.0][:2], strict=True):
        row = table[name, 0.0]
        assert row.thickness_mm == pytest.approx(thickness, rel=0.1)
        assert row.width_mm == pytest.approx(width, rel=0.1)
    # 2, 5 and 10 mm here are 1, 2.5 and 5 there, but for the magnification (see above).
    factor = MAGNIFICATION * (AT_175 / MAGNIFICATION) ** 2
    for name, (thickness, _) in zip(("5 mm", "10 mm"), REFERENCE[15.0][3:], strict=True):
        assert table[f"ramp, Hann, {name}", 0.0].thickness_mm == pytest.approx(thickness * factor, rel=0.03)
    for row in rows:
        assert row.predicted_mm == pytest.approx(row.thickness_mm, rel=0.1)
        if row.slab_mm:
            assert row.thickness_mm > row.slab_mm
    text = bead_table(rows)
    assert text[0][:4] == ["Sweep", "Height, mm", "Filter", "Slab, mm"]
    assert len(text) == 11
    assert '"filter": "ramp, Hann, 10 mm"' in bead_json(rows)


def test_beads_above_the_tube_are_refused() -> None:
    with pytest.raises(BocageError, match="between the detector and the tube"):
        bead_study(heights_mm=(1900.0,))
