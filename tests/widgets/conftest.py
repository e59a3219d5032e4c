"""A synthetic source whose picture cannot be mistaken for any of its mirror images, and viewports that show it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import pytest
from PySide6.QtGui import QImage

from recon.frame import PatientFrame
from recon.slab import PlaneGrid, Rect, Slab, SlabRequest, SourceInfo
from widgets.viewport import Viewport
from widgets.window import Window

FOOTPRINT = Rect(-100.0, -80.0, 100.0, 80.0)
NATIVE_MM = 0.25
MARK = (70.0, -50.0)
"""World centre of the bright mark: towards +x and -y."""
PA = PatientFrame.from_letters("L", "F", "P")


@dataclass
class Source:
    """Mid grey, with a bright disc of 8 mm radius at `MARK`; the grey rises slightly with x."""

    info: SourceInfo = field(
        default_factory=lambda: SourceInfo("Slices", "HU", (20.0, 120.0), 2.0, True, PA, ("Geometry: preset",))
    )

    def footprint(self, height_mm: float) -> Rect:
        return FOOTPRINT

    def native_pixel_mm(self, height_mm: float) -> tuple[float, float]:
        return (NATIVE_MM, NATIVE_MM)

    def slab(self, request: SlabRequest) -> Slab:
        region = request.region or FOOTPRINT
        grid = PlaneGrid.covering(region, request.pixel_mm or NATIVE_MM)
        x = grid.origin_mm[0] + grid.spacing_mm[0] * np.arange(grid.shape[1])
        y = grid.origin_mm[1] + grid.spacing_mm[1] * np.arange(grid.shape[0])
        pixels = np.full(grid.shape, 300.0, dtype=np.float32) + x[None, :].astype(np.float32)
        pixels[(x[None, :] - MARK[0]) ** 2 + (y[:, None] - MARK[1]) ** 2 <= 8.0**2] = 1000.0
        inside_x = (x > FOOTPRINT.x0) & (x < FOOTPRINT.x1)
        inside_y = (y > FOOTPRINT.y0) & (y < FOOTPRINT.y1)
        pixels[~(inside_y[:, None] & inside_x[None, :])] = np.nan
        return Slab(pixels, grid, request.height_mm, request.thickness_mm, request.draft)


@pytest.fixture
def source() -> Source:
    return Source()


@pytest.fixture
def make_viewport(qtbot) -> Callable[..., Viewport]:
    """A shown viewport of the wanted size; with `answer` its requests are answered at once and listed in `.asked`."""

    def make(source: Source, size: tuple[int, int] = (600, 500), answer: bool = True) -> Viewport:
        viewport = Viewport()
        qtbot.addWidget(viewport)
        viewport.resize(*size)
        viewport.asked = []

        def asked(request: SlabRequest) -> None:
            viewport.asked.append(request)
            if answer:
                viewport.set_slab(source.slab(request))

        viewport.slab_wanted.connect(asked)
        viewport.set_source(source.info, source.footprint, source.native_pixel_mm)
        viewport.set_window(Window(500.0, 1000.0, "linear_exact"))
        viewport.show()
        if answer:
            qtbot.waitUntil(lambda: viewport.settled, timeout=2000)
        else:
            qtbot.waitUntil(lambda: len(viewport.asked) == 1, timeout=2000)
        return viewport

    return make


@pytest.fixture
def viewport(make_viewport, source) -> Viewport:
    return make_viewport(source)


@pytest.fixture
def grey() -> Callable[[QImage], np.ndarray]:
    """The green channel of an image as an array (rows, columns)."""

    def convert(image: QImage) -> np.ndarray:
        image = image.convertToFormat(QImage.Format.Format_RGB32)
        rows, columns = image.height(), image.width()
        array = np.frombuffer(image.constBits(), dtype=np.uint8).reshape(rows, image.bytesPerLine())
        return array[:, : 4 * columns].reshape(rows, columns, 4)[:, :, 1].copy()

    return convert
