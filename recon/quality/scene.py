"""The test objects' places, and an acquisition of them: what every algorithm is measured on.

Four acquisitions of one geometry, all of a block of soft tissue around the height measured at: with small metal objects
for sharpness, with nothing else, with a metal plate far below for ripple (these three without noise), and a wider block
with discs of low contrast, with quantum noise.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from recon.errors import BocageError
from recon.geometry import Geometry
from recon.messages import said
from recon.progress import SILENT, Progress
from recon.projections import ProjectionSet
from recon.quality import objects
from recon.quality.objects import Frame
from recon.simulate.acquisition import AIR_COUNTS
from recon.simulate.noise import counts
from recon.simulate.phantoms import Phantom
from recon.simulate.shapes import Vector
from recon.slab import Rect

PHOTONS_PER_MM2 = 7.5e6
"""Quanta in the open field of all views together: 20 000 for each of 60 views in a pixel of 0.4 mm."""

COARSEST_MM = 1.5
"""Pixels at which the slanted wire still crosses enough rows."""
BLOCK_MM = (100.0, 80.0)
"""(along, across) of the block around objects for sharpness and ripple."""
SEEN_MM = (56.0, 80.0)
"""What of it every view must see at the height measured at."""
WIDE_BLOCK_MM = (110.0, 120.0)
"""The same around discs, with room for the noise."""
BEAD_PLACES_MM = ((-8.0, -31.0), (8.0, -15.0), (8.0, -31.0), (-8.0, -15.0))
"""(along, across) of the beads whose depth is measured; a half sweep's blur of one does not reach the next."""
BALL_PLACE_MM = (0.0, -1.0)
POINT_PLACES_MM = tuple((2.0 + 2.5 * index, 13.0) for index in range(8))
"""Of the fine beads for the MTF across."""
WIRE_PLACE_MM = (-10.0, 19.0)
WIRE_LENGTH_MM = 24.0
PLATE_MM = (46.0, 20.0)
"""(along, across) of the plate; it reaches from the middle along the sweep, where its edge is looked at."""
PLATE_DEPTH = 0.4
"""How far below and above the middle plate and ripple lie, as a share of the block's depth."""
DISC_DIAMETERS_MM = {8.0: -42.0, 4.0: -22.0, 2.0: -10.0}
"""Where discs of each diameter stand across the sweep."""
DISCS_ALONG_MM = (-32.0, -16.0, 0.0, 16.0, 32.0)
DISC_DEPTH_MM = 5.0
DISC_CONTRAST_PER_MM = 0.005
UNIFORM_MM = ((-38.0, 38.0), (0.0, 46.0))
"""(along, across) of what holds nothing but noise."""


@dataclass(frozen=True, eq=False)
class Scene:
    """Simulated views of the test objects, and where those stand.

    Attributes
    ----------
    geometry : Geometry
        The whole detector's.
    frame : Frame
    height_mm, depth_mm : float
        Of the block's middle, where everything but the plate stands; and of the block.
    pixel_mm : float
        The detector's, seen at that height.
    photons_per_view : float
        Mean quanta per pixel and view in the open field.
    details, empty, plate : ProjectionSet
        Line integrals without noise.
    noisy : ProjectionSet
        Counts.
    """

    geometry: Geometry
    frame: Frame
    height_mm: float
    depth_mm: float
    pixel_mm: float
    photons_per_view: float
    details: ProjectionSet
    empty: ProjectionSet
    plate: ProjectionSet
    noisy: ProjectionSet

    def planes_mm(self, interval_mm: float) -> list[float]:
        """Heights that hold the whole block, for algorithms that compute planes together."""
        count = math.floor(self.depth_mm / 2 / interval_mm + 1e-6)
        return [self.height_mm + index * interval_mm for index in range(-count, count + 1)]

    @property
    def beads_mm(self) -> list[Vector]:
        """Centres of the beads for the depth, each at another fraction of a pixel."""
        return _bead_places(self.frame, self.height_mm, self.pixel_mm)

    @property
    def points_mm(self) -> list[Vector]:
        """Centres of the fine beads for the MTF across."""
        return _point_places(self.frame, self.height_mm, self.pixel_mm)

    @property
    def fine_mm(self) -> float:
        """Diameter of fine beads and wire."""
        return _fine(self.pixel_mm)

    @property
    def plate_heights_mm(self) -> tuple[float, float]:
        """Height of the plate, and the height where its ripple is read."""
        return self.height_mm - PLATE_DEPTH * self.depth_mm, self.height_mm + PLATE_DEPTH * self.depth_mm

    @property
    def discs_mm(self) -> dict[float, list[Vector]]:
        """Centres of the discs by their diameter."""
        return _disc_places(self.frame, self.height_mm)

    def region(self, along_mm: tuple[float, float], across_mm: tuple[float, float]) -> Rect:
        """A rectangle given along and across the sweep, in the world."""
        low = self.frame.place(along_mm[0], across_mm[0], 0.0)
        high = self.frame.place(along_mm[1], across_mm[1], 0.0)
        return Rect(low[0], low[1], high[0], high[1])


def default_height_mm(geometry: Geometry) -> float:
    """Where objects stand if not said: a twelfth of the tube's height (150 mm under 1800), or the pivot above it."""
    pivot = geometry.convergence_height_mm
    twelfth = float(np.median(geometry.source_mm[:, 2])) / 12
    return float(round(pivot if pivot >= 100.0 else twelfth))


def simulate_scene(
    geometry: Geometry,
    height_mm: float | None = None,
    photons_per_view: float | None = None,
    seed: int = 0,
    progress: Progress = SILENT,
) -> Scene:
    """Acquire the test objects.

    Exact line integrals of a point source onto an ideal detector: no focal spot, scatter, spectrum, lag or crosstalk.
    Only the part of the detector that the objects cast shadows on is simulated.

    Parameters
    ----------
    geometry : Geometry
    height_mm : float, optional
        None: `default_height_mm`.
    photons_per_view : float, optional
        Mean quanta per pixel and view in the open field. None: `PHOTONS_PER_MM2` shared by all views, so that the dose
        does not depend on their number or on the pixel.
    seed : int
        Of the noise.

    Raises
    ------
    BocageError
        When the objects do not fit between detector and tube, or are not seen by all views.
    """
    height = default_height_mm(geometry) if height_mm is None else float(height_mm)
    tube = float(geometry.source_mm[:, 2].min())
    if not 10.0 <= height < 0.8 * tube:
        raise BocageError(
            said(
                "Test objects can stand from 10 mm above the detector to {0:.0f} mm, found {1:g} mm.",
                0.8 * tube,
                height,
            )
        )
    depth = min(objects.BODY_MM, 1.8 * height, 1.8 * (0.9 * tube - height))
    row, column = geometry.pixel_pitch_mm
    if photons_per_view is None:
        photons_per_view = PHOTONS_PER_MM2 * row * column / geometry.n_views
    if not (photons_per_view > 0 and math.isfinite(photons_per_view)):
        raise BocageError(said("The quanta per pixel must be a positive number, found {0:g}.", photons_per_view))
    frame = Frame.of(geometry, height)
    pixel = min(row, column) * (frame.tube_mm[2] - height) / frame.tube_mm[2]
    if pixel > COARSEST_MM:
        raise BocageError(
            said(
                "Pixels of {0:.3g} mm at the test objects are too coarse to measure; at most {1:g} mm are.",
                pixel,
                COARSEST_MM,
            )
        )
    block = objects.body(frame, height, *BLOCK_MM, depth)
    near, wide = objects.cropped(geometry, block), objects.body(frame, height, *WIDE_BLOCK_MM, depth)
    details = _details(frame, height, pixel)
    _check_seen(geometry, frame, height)
    empty = block.line_integrals(near, progress.part(0.0, 0.1))
    fine = details.line_integrals(near, progress.part(0.1, 0.3), oversampling=objects.OVERSAMPLING)
    plate = objects.plate(frame, height - PLATE_DEPTH * depth, *PLATE_MM)
    metal = plate.line_integrals(near, progress.part(0.3, 0.4), oversampling=objects.EDGE_OVERSAMPLING)
    room = objects.cropped(geometry, wide)
    body = (wide + _discs(frame, height)).line_integrals(room, progress.part(0.4, 0.6))
    noisy = counts(
        body, photons_per_view, AIR_COUNTS / photons_per_view, seed, progress=progress.part(0.6, 1.0)
    )  # fmt: skip
    return Scene(
        geometry, frame, height, depth, pixel, photons_per_view,
        ProjectionSet(empty + fine, near), ProjectionSet(empty, near), ProjectionSet(empty + metal, near),
        ProjectionSet(noisy, room, kind="counts", air=AIR_COUNTS),
    )  # fmt: skip


def _bead_places(frame: Frame, height: float, pixel: float) -> list[Vector]:
    """Beads at evenly spread fractions of a pixel, along and across."""
    count = len(BEAD_PLACES_MM)
    return [
        frame.place(along + index / count * pixel, across + (3 * index % count) / count * pixel, height)
        for index, (along, across) in enumerate(_whole(BEAD_PLACES_MM, pixel))
    ]


def _point_places(frame: Frame, height: float, pixel: float) -> list[Vector]:
    """Fine beads at evenly spread fractions of a pixel across, and at one and the same along."""
    count = len(POINT_PLACES_MM)
    return [
        frame.place(along, across + index / count * pixel, height)
        for index, (along, across) in enumerate(_whole(POINT_PLACES_MM, pixel))
    ]


def _whole(places: tuple[tuple[float, float], ...], pixel: float) -> list[tuple[float, float]]:
    """Places moved to whole multiples of a pixel."""
    return [(round(along / pixel) * pixel, round(across / pixel) * pixel) for along, across in places]


def _fine(pixel_mm: float) -> float:
    return min(0.1, pixel_mm / 2)


def _details(frame: Frame, height: float, pixel: float) -> Phantom:
    """Everything whose sharpness is measured."""
    return (
        objects.beads(_bead_places(frame, height, pixel), objects.BEAD_MM)
        + objects.beads([frame.place(*BALL_PLACE_MM, height)], objects.BALL_MM)
        + objects.beads(_point_places(frame, height, pixel), _fine(pixel), objects.TUNGSTEN_PER_MM)
        + objects.wire(frame, WIRE_PLACE_MM, height, WIRE_LENGTH_MM, _fine(pixel))
    )


def _disc_places(frame: Frame, height: float) -> dict[float, list[Vector]]:
    return {
        diameter: [frame.place(along, across, height) for along in DISCS_ALONG_MM]
        for diameter, across in DISC_DIAMETERS_MM.items()
    }


def _discs(frame: Frame, height: float) -> Phantom:
    """All discs of low contrast."""
    made = Phantom(())
    for diameter, places in _disc_places(frame, height).items():
        made += objects.discs(places, diameter, DISC_DEPTH_MM, DISC_CONTRAST_PER_MM)
    return made


def _check_seen(geometry: Geometry, frame: Frame, height: float) -> None:
    """Refuse geometries that do not see the middle of the objects in every view."""
    half_along, half_across = SEEN_MM[0] / 2, SEEN_MM[1] / 2
    corners = [
        frame.place(along, across, height)
        for along in (-half_along, half_along)
        for across in (-half_across, half_across)
    ]
    if not objects.seen_by_all(geometry, corners):
        raise BocageError(
            said(
                "The test objects fill {0:g} × {1:g} mm at a height of {2:g} mm, which not every view of this "
                "geometry sees. Choose another height, or a larger detector.",
                SEEN_MM[0],
                SEEN_MM[1],
                height,
            )
        )
