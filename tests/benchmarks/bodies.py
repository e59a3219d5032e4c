"""Bodies that corrections are measured on: a hip with a nail, a compressed breast, a trunk with scatter."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from recon import trajectories
from recon.frame import PatientFrame
from recon.geometry import Geometry
from recon.simulate.phantoms import Box, Ellipsoid, Phantom, Shape, Sphere
from recon.simulate.volume import VoxelVolume, place_ct

Doubles = NDArray[np.float64]
Floats = NDArray[np.float32]

DATA = Path(__file__).parents[1] / "data"

# -- a hip with a nail ------------------------------------------------------------------------------------------------

TITANIUM_PER_MM = 0.25
"""Ti-6Al-4V near 70 keV: 0.56 cm²/g (NIST XCOM, between 0.766 at 60 and 0.405 at 80 keV) × 4.43 g/cm³."""
STEEL_PER_MM = 0.65
"""Steel near 70 keV: 0.83 cm²/g (iron: 1.205 at 60, 0.595 at 80 keV) × 7.9 g/cm³."""
METAL_FROM_HU = 1700.0
"""Half way between bone and the saturated metal, where its edge lies after interpolation."""
SUPINE = PatientFrame.from_letters("R", "F", "A")
"""On the table, detector below: x to the patient's right, y to the feet, z to the front."""
PLACE = {"clearance_mm": 20.0, "centre_mm": (-15.0, -45.0), "frame": SUPINE}
BEYOND_MM = 130.0
"""How far body and nail go on to head and feet, as oblique rays need it."""


@dataclass(frozen=True)
class Hip:
    """Attenuation of a body without metal, and where metal is, on the same grid of 1.5 mm."""

    body: VoxelVolume
    metal: NDArray[np.bool_]

    @classmethod
    def load(cls) -> Hip:
        """From the CT: metal is taken out and what surrounds it goes on into its place."""
        from scipy.ndimage import binary_closing, binary_dilation, gaussian_filter, zoom

        with np.load(DATA / "pelvis_hip" / "hu.npz") as data:
            hu = zoom(data["hu"].astype(np.float32), 2, order=1, grid_mode=True, mode="nearest")
        metal = binary_closing(np.pad(hu > METAL_FROM_HU, 3, mode="edge"), iterations=2)[3:-3, 3:-3, 3:-3]
        near = binary_dilation(metal, iterations=3)  # its blur in the CT, and the darkest streaks
        known = (~near).astype(np.float32)
        filled = hu.copy()
        for sigma in (8.0, 2.5):
            weight = gaussian_filter(known, sigma)
            mean = gaussian_filter(hu * known, sigma) / np.maximum(weight, 1e-3)
            filled[near] = np.where(weight > 0.02, mean, filled)[near]
        spacing = (1.5, 1.5, 1.5)
        filled[near] = np.maximum(filled[near], -30.0)
        ends = {"H": BEYOND_MM, "F": BEYOND_MM}
        body = place_ct(filled, spacing, extend_mm=ends, soften=0.02, **PLACE)
        placed = place_ct(np.where(metal, 0.0, -1000.0).astype(np.float32), spacing, extend_mm=ends, **PLACE)
        return cls(body, placed.attenuation > 0)

    def implanted(self, metal_per_mm: float) -> VoxelVolume:
        """The body with metal of an attenuation."""
        attenuation = np.where(self.metal, np.float32(metal_per_mm), self.body.attenuation)
        return VoxelVolume(attenuation, self.body.origin_mm, self.body.spacing_mm)


# -- a compressed breast ----------------------------------------------------------------------------------------------

BREAST_PER_MM, SKIN_PER_MM, LESION_PER_MM = 0.05, 0.03, 0.02
"""Half fat, half gland near 20 keV; what skin and lesions add."""
BREAST_HEIGHT_MM, BREAST_RADIUS_MM = 45.0, 90.0
LESIONS_MM = ((40.0, 0.0), (76.0, 5.0), (30.0, 60.0), (60.0, -45.0), (30.0, -76.0))


@dataclass(frozen=True)
class Common:
    """What two convex shapes have in common."""

    first: Shape
    second: Shape
    attenuation_per_mm: float

    def bounds_mm(self) -> tuple[Doubles, Doubles]:
        (low, high), (other_low, other_high) = self.first.bounds_mm(), self.second.bounds_mm()
        return np.maximum(low, other_low), np.minimum(high, other_high)

    def contains(self, point_mm: Doubles) -> NDArray[np.bool_]:
        return self.first.contains(point_mm) & self.second.contains(point_mm)

    def chord(self, source_mm: Doubles, ray_mm: Doubles) -> tuple[Doubles, Doubles]:
        enter, leave = self.first.chord(source_mm, ray_mm)
        other_enter, other_leave = self.second.chord(source_mm, ray_mm)
        return np.maximum(enter, other_enter), np.minimum(leave, other_leave)


def breast(lesions: bool = True) -> Phantom:
    """Half a flattened ellipsoid, 50 mm thick in the middle and round over the outer 27 mm, with 1.5 mm of skin.

    The chest's wall lies at x = 0, beyond which it goes on.
    """
    centre, radius = (0.0, 0.0, BREAST_HEIGHT_MM), BREAST_RADIUS_MM
    whole = (
        Ellipsoid(centre, (radius, radius, 35.0), 1.0),
        Box((50.0, 0.0, BREAST_HEIGHT_MM), (300.0, 400.0, 50.0), 1.0),
    )
    inner = (
        Ellipsoid(centre, (radius - 1.5, radius - 1.5, 33.5), 1.0),
        Box((50.0, 0.0, BREAST_HEIGHT_MM), (300.0, 400.0, 47.0), 1.0),
    )
    shapes: list[Shape] = [Common(*whole, BREAST_PER_MM + SKIN_PER_MM), Common(*inner, -SKIN_PER_MM)]
    if lesions:
        shapes += [Sphere((x, y, BREAST_HEIGHT_MM), 4.0, LESION_PER_MM) for x, y in LESIONS_MM]
    return Phantom(tuple(shapes))


def breast_geometry(n_views: int = 25, pitch_mm: float = 0.3) -> Geometry:
    """A tube on an arc of ±20° along the chest's wall, which lies at the detector's edge."""
    shape = (round(228 / pitch_mm), round(120 / pitch_mm))
    geometry = trajectories.arc(
        angle_deg=np.linspace(-20, 20, n_views), source_to_detector_mm=660, source_to_pivot_mm=620,
        pixel_pitch_mm=pitch_mm, shape=shape,
    )  # fmt: skip
    return replace(geometry, detector_centre_mm=geometry.detector_centre_mm + np.array([59.0, 0.0, 0.0]))


# -- scatter ----------------------------------------------------------------------------------------------------------


def scattered(line_integrals: Floats, pitch_mm: float, share: float, factor: int = 16) -> Floats:
    """Intensity over the open field's, with scatter of another kind than the correction assumes.

    Each beamlet's scatter spreads as an exponential that is wider behind thicker parts, 1.4 times as long along rows
    as along columns and shifted by 6 mm; besides, 3 % of everything spreads as the detector's glare (15 mm).

    Parameters
    ----------
    line_integrals : ndarray of float32, shape (views, rows, columns)
    share : float
        Of scatter behind 20 cm of soft tissue under a wide field.
    factor : int
        Pixels binned for the convolution.
    """
    from scipy.ndimage import zoom

    n, rows, columns = line_integrals.shape
    primary = np.exp(-line_integrals.astype(np.float64))
    coarse = primary.reshape(n, rows // factor, factor, columns // factor, factor).mean(axis=(2, 4))
    step = pitch_mm * factor
    # Beyond the field the body goes on, and its scatter reaches in.
    reach = int(np.ceil(150.0 / step))
    out = np.empty_like(primary)
    y, x = (np.arange(-reach * 2, reach * 2 + 1) * step for _ in range(2))
    for view in range(n):
        padded = np.pad(coarse[view], reach, mode="edge")
        depth = -np.log(padded)
        amplitude = share / (1.0 - share) * (depth / 3.9) ** 1.15 * padded
        total = _spread(0.03 * padded, np.hypot(y[:, None], x[None, :]), 15.0)
        edges = np.quantile(depth, (0.0, 0.33, 0.67, 1.0))
        for low, high in itertools.pairwise(edges):
            part = np.where((depth >= low) & ((depth < high) | (high == edges[-1])), amplitude, 0.0)
            total += _spread(part, np.hypot((y[:, None] - 6.0) / 1.4, x[None, :]), 30.0 + 4.0 * 0.5 * (low + high))
        inside = total[reach:-reach, reach:-reach]
        out[view] = primary[view] + zoom(inside, factor, order=3, grid_mode=True, mode="nearest")
    return out.astype(np.float32)


def _spread(image: Doubles, radius: Doubles, length_mm: float) -> Doubles:
    from scipy.signal import fftconvolve

    kernel = np.exp(-radius / length_mm)
    return np.asarray(fftconvolve(image, kernel / kernel.sum(), mode="same"))
