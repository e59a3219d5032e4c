"""Back projection against the Reconstruction Toolkit's, where it is installed (the optional extra ``rtk``)."""

from __future__ import annotations

import numpy as np
import pytest

from recon.algorithms import ShiftAndAdd
from recon.geometry import Geometry
from recon.live import LiveVolume
from recon.projections import ProjectionSet
from recon.slab import PlaneGrid

itk = pytest.importorskip("itk", reason="itk-rtk is not installed (pip install bocage[rtk])")

PITCH, SIZE = 0.8, 96


def flat(source: np.ndarray) -> Geometry:
    return Geometry(
        source, np.zeros(3), np.array([0.0, 1.0, 0.0]), np.array([1.0, 0.0, 0.0]), (PITCH, PITCH), (SIZE, SIZE)
    )


def linear(axis: int) -> Geometry:
    source = np.zeros((9, 3))
    source[:, axis], source[:, 2] = np.linspace(-220, 260, 9), 1100.0
    return flat(source)


def arc() -> Geometry:
    angle = np.radians(np.linspace(-20, 20, 7))
    return flat(np.stack((0 * angle + 3.0, 610 * np.sin(angle), 50 + 610 * np.cos(angle)), axis=1))


def circle() -> Geometry:
    angle = np.linspace(0, 2 * np.pi, 11, endpoint=False)
    return flat(np.stack((200 * np.cos(angle), 200 * np.sin(angle), 0 * angle + 900.0), axis=1))


@pytest.mark.parametrize(
    "geometry", [linear(0), linear(1), arc(), circle()], ids=["track x", "track y", "arc", "circle"]
)
def test_slices_equal_rtks_back_projection(geometry: Geometry) -> None:
    rtk = itk.RTK
    rng = np.random.default_rng(1)
    # Smooth, so that one interpolation more or less does not show; every view another.
    row, column = np.mgrid[:SIZE, :SIZE] * (2 * np.pi / SIZE)
    views = np.zeros((geometry.n_views, SIZE, SIZE), np.float32)
    for view in views:
        for p, q in ((1, 0), (0, 1), (2, 1), (1, 3)):
            view += rng.normal() * np.cos(p * row + q * column + rng.uniform(0, 2 * np.pi))
    heights = np.array([15.0, 35.0, 55.0])
    grid = PlaneGrid((-12.3, -10.7), (0.7, 0.7), (32, 36))

    described = rtk.ThreeDCircularProjectionGeometry.New()
    for source in geometry.source_mm:
        assert described.AddProjection([float(v) for v in source], [0.0] * 3, [1.0, 0.0, 0.0], [0.0, 1.0, 0.0])
    image = itk.Image[itk.F, 3]
    stack = itk.image_from_array(views)
    stack.SetOrigin([-(SIZE - 1) / 2 * PITCH] * 2 + [0.0])
    stack.SetSpacing([PITCH, PITCH, 1.0])
    volume = itk.image_from_array(np.zeros((heights.size, *grid.shape), np.float32))
    volume.SetSpacing([*grid.spacing_mm, float(heights[1] - heights[0])])
    volume.SetOrigin([*grid.origin_mm, float(heights[0])])
    back = rtk.BackProjectionImageFilter[image, image].New()
    back.SetInput(0, volume)
    back.SetInput(1, stack)
    back.SetGeometry(described)
    back.Update()
    theirs = itk.array_from_image(back.GetOutput()) / geometry.n_views

    live = LiveVolume(ProjectionSet(views, geometry), ShiftAndAdd())
    ours = np.stack([slab.pixels for slab in live.slabs(list(heights), 0.0, grid)])
    assert np.sqrt(np.mean((ours - theirs) ** 2)) < 5e-3 * theirs.std()
