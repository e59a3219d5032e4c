"""The Reconstruction Toolkit on the same data: back projection, FDK, SART on the CPU (optional extra ``rtk``)."""

from __future__ import annotations

import importlib.util
import time
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recon.cone import swapped
from recon.geometry import Geometry
from recon.parallel import THREADS
from recon.slab import PlaneGrid

Floats = NDArray[np.float32]


def available() -> bool:
    """Whether it is installed."""
    return importlib.util.find_spec("itk") is not None


@dataclass(frozen=True)
class Setting:
    """How the filters are run.

    Attributes
    ----------
    tuned : bool
        The platform's threads, as many work units as processors, and the volume turned so that its fastest index runs
        across the columns' direction, for which RTK has its fast path. As installed: what RTK chooses by itself, the
        volume as it lies.
    """

    tuned: bool

    @property
    def name(self) -> str:
        return "tuned" if self.tuned else "as installed"


def back_project(
    views: Floats, geometry: Geometry, heights_mm: list[float], grid: PlaneGrid, setting: Setting
) -> tuple[Floats, float]:
    """RTK's ``BackProjectionImageFilter``: the volume (z, rows, columns) and the seconds that it took."""
    itk = _itk()
    image = itk.Image[itk.F, 3]
    volume = _volume(itk, heights_mm, grid, setting)
    back = itk.RTK.BackProjectionImageFilter[image, image].New()
    back.SetInput(0, volume)
    back.SetInput(1, _stack(itk, views, geometry))
    back.SetGeometry(described(geometry))
    return _run(itk, back, setting)


def fdk(
    views: Floats, geometry: Geometry, heights_mm: list[float], grid: PlaneGrid, setting: Setting, hann: float = 0.0
) -> tuple[Floats, float]:
    """RTK's whole FDK chain from line integrals: weights, ramp filter, back projection.

    Its gantry turns about y and its ramp runs along the detector's first axis, so x and y change places where the sweep
    is along y. `hann` is the cut-off of a Hann window on the ramp, as a share of the detector's limit; 0: none.
    """
    if geometry.sweep_axis == 1:
        turned = np.ascontiguousarray(views.transpose(0, 2, 1))
        found, seconds = fdk(turned, exchanged(geometry), heights_mm, swapped(grid), setting, hann)
        return np.ascontiguousarray(found.transpose(0, 2, 1)), seconds
    itk = _itk()
    image = itk.Image[itk.F, 3]
    chain = itk.RTK.FDKConeBeamReconstructionFilter[image].New()
    chain.SetInput(0, _volume(itk, heights_mm, grid, setting))
    chain.SetInput(1, _stack(itk, views, geometry))
    chain.SetGeometry(described(geometry))
    chain.GetRampFilter().SetHannCutFrequency(hann)
    return _run(itk, chain, setting)


def sart(
    views: Floats, geometry: Geometry, heights_mm: list[float], grid: PlaneGrid, setting: Setting, iterations: int = 1,
    relaxation: float = 0.3,
) -> tuple[Floats, float]:  # fmt: skip
    """RTK's SART with Joseph's projector pair."""
    itk = _itk()
    image = itk.Image[itk.F, 3]
    volume = _volume(itk, heights_mm, grid, setting)
    chain = itk.RTK.SARTConeBeamReconstructionFilter[image, image].New()
    chain.SetInput(0, volume)
    chain.SetInput(1, _stack(itk, views, geometry))
    chain.SetGeometry(described(geometry))
    chain.SetNumberOfIterations(iterations)
    chain.SetLambda(relaxation)
    return _run(itk, chain, setting)


def exchanged(geometry: Geometry) -> Geometry:
    """The geometry with x and y exchanged, for views whose rows and columns are."""
    order = [1, 0, 2]
    return Geometry(
        geometry.source_mm[:, order], geometry.detector_centre_mm[:, order],
        row_direction=geometry.column_direction[:, order], column_direction=geometry.row_direction[:, order],
        pixel_pitch_mm=geometry.pixel_pitch_mm[::-1], shape=geometry.shape[::-1],
    )  # fmt: skip


def described(geometry: Geometry) -> Any:
    """The geometry as RTK describes it; any source and flat detector."""
    made = _itk().RTK.ThreeDCircularProjectionGeometry.New()
    for view in range(geometry.n_views):
        source, centre = geometry.source_mm[view], geometry.detector_centre_mm[view]
        column, row = geometry.column_direction[view], geometry.row_direction[view]
        if not made.AddProjection(*[[float(value) for value in vector] for vector in (source, centre, column, row)]):
            raise ValueError(f"RTK refuses view {view + 1}.")
    return made


def _itk() -> Any:
    import itk

    return itk


def _stack(itk: Any, views: Floats, geometry: Geometry) -> Any:
    (rows, columns), (row, column) = geometry.shape, geometry.pixel_pitch_mm
    stack = itk.image_from_array(views)
    stack.SetOrigin([-(columns - 1) / 2 * column, -(rows - 1) / 2 * row, 0.0])
    stack.SetSpacing([column, row, 1.0])
    return stack


def _volume(itk: Any, heights_mm: list[float], grid: PlaneGrid, setting: Setting) -> Any:
    """An empty volume on a grid; turned, its fastest index runs along y."""
    interval = heights_mm[1] - heights_mm[0] if len(heights_mm) > 1 else 1.0
    rows, columns = grid.shape
    shape = (columns, rows) if setting.tuned else (rows, columns)
    volume = itk.image_from_array(np.zeros((len(heights_mm), *shape), np.float32))
    (dx, dy), (x, y) = grid.spacing_mm, grid.origin_mm
    volume.SetSpacing([dy, dx, interval] if setting.tuned else [dx, dy, interval])
    volume.SetOrigin([x, y, heights_mm[0]])
    if setting.tuned:
        volume.SetDirection(itk.matrix_from_array(np.array([[0.0, 1.0, 0.0], [1.0, 0.0, 0.0], [0.0, 0.0, 1.0]])))
    return volume


def _run(itk: Any, chain: Any, setting: Setting) -> tuple[Floats, float]:
    if setting.tuned:
        chain.SetMultiThreader(itk.PlatformMultiThreader.New())
        chain.SetNumberOfWorkUnits(THREADS)
    start = time.perf_counter()
    chain.Update()
    seconds = time.perf_counter() - start
    found = itk.array_from_image(chain.GetOutput())
    return (found.transpose(0, 2, 1) if setting.tuned else found), seconds
