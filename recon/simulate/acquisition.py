"""A whole tomosynthesis acquisition of a volume: projections and the plain radiograph."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recon import trajectories
from recon.errors import BocageError
from recon.geometry import Geometry
from recon.messages import said
from recon.parallel import split
from recon.progress import SILENT, Progress
from recon.projections import ProjectionSet
from recon.simulate.forward import project
from recon.simulate.noise import counts
from recon.simulate.volume import VoxelVolume

AIR_COUNTS = 40000.0
"""Stored counts of the open field; the gain follows from it."""

_CHUNK_VIEWS = 16


def linear_sweep(
    *,
    n_views: int = 60,
    half_angle_deg: float = 15.0,
    source_to_detector_mm: float = 1800.0,
    pixel_pitch_mm: float = 0.4,
    shape: tuple[int, int] = (1024, 1024),
    sweep_axis: str = "y",
    **facts: Any,
) -> Geometry:
    """Build the sweep of a tube on a straight track with equal steps, as systems for the chest use it.

    Parameters
    ----------
    half_angle_deg : float
        Angle of the outermost sources from the detector's normal, seen from the detector's centre.
    **facts
        ``origin``, ``patient``, ``note`` of `Geometry`.
    """
    if n_views < 1:
        raise BocageError(said("A sweep needs at least one view, found {0}.", n_views))
    if not 0 <= half_angle_deg < 80:
        raise BocageError(said("The half sweep angle must lie between 0° and 80°, found {0:g}°.", half_angle_deg))
    reach = source_to_detector_mm * math.tan(math.radians(half_angle_deg))
    positions = np.linspace(-reach, reach, n_views) if n_views > 1 else np.zeros(1)
    return trajectories.linear_track(
        source_position_mm=positions,
        source_to_detector_mm=source_to_detector_mm,
        pixel_pitch_mm=pixel_pitch_mm,
        shape=shape,
        sweep_axis=sweep_axis,
        **facts,
    )


def radiograph_geometry(geometry: Geometry) -> Geometry:
    """Geometry of the plain radiograph: one central source on the normal of the middle view's detector.

    Its distance from the detector is that of the view nearest to the middle.
    """
    middle = int(np.argmin(np.abs(geometry.view_angle_deg)))
    centre = geometry.detector_centre_mm[middle]
    source = centre + geometry.normal[middle] * geometry.source_distance_mm[middle]
    return Geometry(
        source,
        centre,
        geometry.row_direction[middle],
        geometry.column_direction[middle],
        geometry.pixel_pitch_mm,
        geometry.shape,
        geometry.origin,
        geometry.patient,
    )


def simulate_acquisition(
    volume: VoxelVolume,
    geometry: Geometry,
    photons_per_view: float = 20000.0,
    radiograph_photons: float = 200000.0,
    seed: int = 0,
    progress: Progress = SILENT,
    *,
    title: str = said("Simulated projections"),
) -> tuple[ProjectionSet, NDArray[np.uint16]]:
    """Project a volume along a geometry and add quantum noise; monoenergetic, no scatter, blur or motion.

    Parameters
    ----------
    volume : VoxelVolume
    geometry : Geometry
    photons_per_view, radiograph_photons : float
        Mean quanta per pixel in the open field of one view and of the plain radiograph.
    seed : int
        Of the noise; the same seed gives the same images.
    progress : Progress

    Returns
    -------
    projections : ProjectionSet
        Counts, uint16; `AIR_COUNTS` in the open field.
    radiograph : ndarray of uint16, shape (rows, columns)
        Counts of the central view (`radiograph_geometry`), `AIR_COUNTS` in the open field.
    """
    for photons in (photons_per_view, radiograph_photons):
        if not (math.isfinite(photons) and photons > 0):
            raise BocageError(
                said("The quanta per pixel in the open field must be a positive number, found {0:g}.", photons)
            )
    top, lowest = volume.bounds_mm[2][1], float(geometry.source_mm[:, 2].min())
    if lowest <= top:
        raise BocageError(
            said(
                "The tube must stand above the CT, whose uppermost slice lies {0:.0f} mm above the detector; "
                "found the tube at {1:.0f} mm. Choose a larger source-to-detector distance.",
                top,
                lowest,
            )
        )
    # One noise seed for each chunk and the radiograph, all from the caller's seed.
    chunks = split(geometry.n_views, _CHUNK_VIEWS)
    seeds = [int(state) for state in np.random.SeedSequence(seed).generate_state(len(chunks) + 1, np.uint64)]
    views = np.empty((geometry.n_views, *geometry.shape), dtype=np.uint16)
    parts = geometry.n_views + 1
    for (start, stop), chunk_seed in zip(chunks, seeds[1:], strict=True):
        part = progress.part(start / parts, stop / parts)
        text = said("Simulating views {0} to {1} of {2}", start + 1, stop, geometry.n_views)
        part.step(0.0, text)
        lines = project(volume, geometry, _named(part.part(0.0, 0.85), text), views=np.arange(start, stop))
        views[start:stop] = counts(
            lines,
            photons_per_view,
            AIR_COUNTS / photons_per_view,
            chunk_seed,
            progress=_named(part.part(0.85, 1.0), text),
        )
    last = progress.part(geometry.n_views / parts, 1.0)
    last.step(0.0, said("Simulating the radiograph"))
    central = project(volume, radiograph_geometry(geometry), _named(last, said("Simulating the radiograph")))[0]
    radiograph = counts(central, radiograph_photons, AIR_COUNTS / radiograph_photons, seeds[0])
    projections = ProjectionSet(
        views, geometry, kind="counts", air=AIR_COUNTS, saturation=float(2**16 - 1), title=title
    )
    progress.step(1.0, said("Simulated"))
    return projections, radiograph


def _named(progress: Progress, text: str) -> Progress:
    """Progress under one text."""
    return Progress(lambda fraction, _: progress.step(fraction, text))
