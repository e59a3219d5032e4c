"""What the proofs measure: focus over height, centres in the plane, agreement of slabs, correlation with a CT."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recon.live import LiveVolume
from recon.projections import ProjectionSet
from recon.samples import Samples
from recon.simulate.phantoms import METAL_PER_MM, Cylinder, Phantom, Shape, Sphere
from recon.simulate.volume import VoxelVolume
from recon.slab import Averaging, PlaneGrid, Rect

Doubles = NDArray[np.float64]


# -- places known exactly --------------------------------------------------------------------------------------------


def spheres_and_wire(field_mm: float, radius_mm: float) -> Phantom:
    """Spheres at several heights in the middle and far off it, and a lying wire oblique in its plane.

    Landmarks ``sphere 0`` … and ``wire``, a point of the wire.
    """
    far = 0.36 * field_mm
    places = [
        (0.0, 0.0, 60.0),
        (far, 0.25 * far, 35.0),
        (-0.8 * far, 0.7 * far, 100.0),
        (0.55 * far, -0.75 * far, 150.0),
        (-0.6 * far, -0.65 * far, 200.0),
    ]
    shapes: list[Shape] = [Sphere(place, radius_mm, 0.05) for place in places]
    # A wire across the sweep and a little along it, level, so that it has one height.
    shapes.append(
        Cylinder((-0.55 * far, 0.2 * far, 125.0), (0.5 * far, 0.32 * far, 125.0), radius_mm / 6, METAL_PER_MM)
    )
    marks = {f"sphere {index}": place for index, place in enumerate(places)}
    marks["wire"] = (-0.025 * far, 0.26 * far, 125.0)
    return Phantom(tuple(shapes), marks)


@dataclass(frozen=True)
class Place:
    """Where an object was found, against where it is."""

    name: str
    true_mm: tuple[float, float, float]
    height_mm: float
    centre_mm: tuple[float, float]

    @property
    def height_error_mm(self) -> float:
        return self.height_mm - self.true_mm[2]

    @property
    def plane_error_mm(self) -> float:
        return float(np.hypot(self.centre_mm[0] - self.true_mm[0], self.centre_mm[1] - self.true_mm[1]))


def vertex(position: Doubles, value: Doubles) -> float:
    """Position of a curve's maximum, by a parabola through its neighbours."""
    top = int(np.clip(np.argmax(value), 1, value.size - 2))
    below, middle, above = value[top - 1 : top + 2]
    bend = below - 2 * middle + above
    return float(position[top] + (0.5 * (below - above) / bend if bend < 0 else 0.0) * (position[1] - position[0]))


def focus(live: LiveVolume, heights_mm: Doubles, region: Rect, pixel_mm: float, axis: int | None = None) -> Doubles:
    """Sharpness over height: the energy of the gradient along the sweep.

    The algorithm's own factor of the height (the squared magnification) is taken out.
    """
    grid = PlaneGrid.covering(region, pixel_mm)
    along = live.geometry.sweep_axis if axis is None else axis
    curve = np.empty(len(heights_mm))
    for index, slab in enumerate(live.slabs([float(z) for z in heights_mm], 0.0, grid)):
        step = np.diff(slab.pixels.astype(np.float64), axis=1 - along)
        curve[index] = np.nanmean(step**2)
    distance = float(live.geometry.source_mm[:, 2].mean())
    factor = live.algorithm.height_factor(distance / (distance - np.asarray(heights_mm, dtype=np.float64)))
    return np.asarray(curve / factor**2)


def find(
    live: LiveVolume, name: str, true_mm: tuple[float, float, float], radius_mm: float, reach_mm: float = 8.0
) -> Place:
    """The height where an object is sharpest, and the centre of what it looks like there."""
    x, y, z = true_mm
    region = Rect(x - 2.2 * radius_mm, y - 2.2 * radius_mm, x + 2.2 * radius_mm, y + 2.2 * radius_mm)
    pixel = min(live.native_pixel_mm(z)) / 2
    heights = z + np.arange(-reach_mm, reach_mm + 0.01, 0.5)
    height = vertex(heights, focus(live, heights, region, pixel))
    slab = live.slabs([height], 0.0, PlaneGrid.covering(region, pixel))[0]
    image = slab.pixels.astype(np.float64)
    weight = np.maximum(image - 0.5 * image.max(), 0.0)
    rows, columns = np.mgrid[: image.shape[0], : image.shape[1]]
    row, column = np.average(rows, weights=weight), np.average(columns, weights=weight)
    return Place(name, true_mm, height, slab.grid.index_to_mm(float(row), float(column)))


def slab_disagreement(
    live: LiveVolume, height_mm: float, thickness_mm: float, averaging: Averaging, grid: PlaneGrid | None = None,
    slices: int = 0,
) -> float:  # fmt: skip
    """Relative rms difference of a slab from the mean of thin slices over its thickness.

    "vertical": thin slices on `grid`. "rays": each thin slice on its own conical grid, pixel by pixel.
    """
    count = slices or max(21, int(thickness_mm * 2) + 1)
    heights = height_mm + thickness_mm * ((np.arange(count) + 0.5) / count - 0.5)

    def at(z: float) -> PlaneGrid:
        if grid is not None and averaging == "vertical":
            return grid
        return conical_part(live, z, 0.5)

    total: Doubles | None = None
    for z in heights:
        thin = live.slabs([float(z)], 0.0, at(float(z)))[0].pixels.astype(np.float64)
        total = thin if total is None else total + thin
    assert total is not None
    mean = total / count
    slab = live.slabs([height_mm], thickness_mm, at(height_mm), averaging=averaging)[0].pixels
    seen = np.isfinite(mean) & np.isfinite(slab)
    return float(np.sqrt(np.mean((slab - mean)[seen] ** 2) / np.mean(mean[seen] ** 2)))


def conical_part(live: LiveVolume, height_mm: float, share: float) -> PlaneGrid:
    """The middle of the conical grid at a height: a grid on which nothing is resampled."""
    field, spacing = live.footprint(height_mm), live.native_pixel_mm(height_mm)
    shape = (round(field.height / spacing[1]), round(field.width / spacing[0]))
    row, column = (int(size * (1 - share) / 2) for size in shape)
    origin = (field.x0 + (column + 0.5) * spacing[0], field.y0 + (row + 0.5) * spacing[1])
    return PlaneGrid(origin, spacing, (shape[0] - 2 * row, shape[1] - 2 * column))


# -- against the CT --------------------------------------------------------------------------------------------------


def ct_slab(volume: VoxelVolume, height_mm: float, thickness_mm: float, grid: PlaneGrid) -> Doubles:
    """The volume's own slab, on a grid; zero outside the volume."""
    from scipy.ndimage import map_coordinates

    (x0, y0, z0), (dx, dy, dz) = volume.origin_mm, volume.spacing_mm
    x = (grid.origin_mm[0] + grid.spacing_mm[0] * np.arange(grid.shape[1]) - x0) / dx
    y = (grid.origin_mm[1] + grid.spacing_mm[1] * np.arange(grid.shape[0]) - y0) / dy
    rows, columns = np.meshgrid(y, x, indexing="ij")
    count = max(1, round(thickness_mm / dz))
    total = np.zeros(grid.shape)
    for z in height_mm + thickness_mm * ((np.arange(count) + 0.5) / count - 0.5):
        position = (z - z0) / dz
        low = int(np.floor(position))
        for index, weight in ((low, 1 - (position - low)), (low + 1, position - low)):
            if 0 <= index < volume.attenuation.shape[0] and weight > 0:
                plane = volume.attenuation[index].astype(np.float64)
                total += weight / count * map_coordinates(plane, [rows, columns], order=1, mode="constant")
    return total


def band(image: Doubles, inside: NDArray[np.bool_], pixel_mm: float, axis: int) -> Doubles:
    """What an image holds between 1 and 3 mm along one axis (standard deviations of Gaussians), inside a mask.

    Along the sweep, because only detail along the sweep is tied to a height: a sweep cannot tell the height of what
    does not change along it. Across the sweep both are smoothed by 1 mm.
    """
    from scipy.ndimage import gaussian_filter

    weight = inside.astype(np.float64)

    def smooth(along_mm: float) -> Doubles:
        sigma = [1.0 / pixel_mm, 1.0 / pixel_mm]
        sigma[axis] = along_mm / pixel_mm
        return np.asarray(gaussian_filter(image * weight, sigma) / np.maximum(gaussian_filter(weight, sigma), 1e-6))

    return smooth(1.0) - smooth(3.0)


def pearson(a: Doubles, b: Doubles, inside: NDArray[np.bool_]) -> float:
    """Correlation of two images inside a mask."""
    return float(np.corrcoef(a[inside], b[inside])[0, 1])


@dataclass(frozen=True)
class Agreement:
    """Correlation of slabs with the CT's, at one height."""

    height_mm: float
    plain: float
    """Of the values as they are."""
    band: float
    """Of both in a `band` along the sweep."""
    off: tuple[float, ...]
    """The band's correlation with the CT's slabs at other heights."""


def correlation(
    live: LiveVolume,
    volume: VoxelVolume,
    region: Rect,
    heights_mm: Sequence[float],
    thickness_mm: float,
    pixel_mm: float,
    off_mm: Sequence[float] = (-20.0, 20.0),
) -> list[Agreement]:
    """Correlation with the CT's own slabs inside the body, over height.

    `region` keeps to what was scanned: the body is continued beyond it for the oblique rays.
    """
    from scipy.ndimage import binary_erosion, binary_fill_holes

    found = []
    for height in heights_mm:
        field = live.footprint(height)
        common = field.intersected(region)
        assert common is not None
        grid = PlaneGrid.covering(common, pixel_mm)
        slab = live.slabs([height], thickness_mm, grid)[0].pixels.astype(np.float64)
        truth = ct_slab(volume, height, thickness_mm, grid)
        body = binary_fill_holes(truth > 0.01) & np.isfinite(slab)
        body = binary_erosion(body, iterations=max(1, round(6.0 / pixel_mm)))
        if body.sum() < 400:
            continue
        filled = np.where(np.isfinite(slab), slab, 0.0)
        axis = 1 - live.geometry.sweep_axis
        mine = band(filled, body, pixel_mm, axis)
        other = [ct_slab(volume, height + off, thickness_mm, grid) for off in off_mm]
        found.append(
            Agreement(
                float(height),
                pearson(filled, truth, body),
                pearson(mine, band(truth, body, pixel_mm, axis), body),
                tuple(pearson(mine, band(image, body, pixel_mm, axis), body) for image in other),
            )
        )
    return found


def demonstration_chest() -> tuple[VoxelVolume, Rect]:
    """The demonstration case's CT as it stands before the detector, and what of the plane was scanned."""
    from app.cases import find_case, read_case_ct
    from recon.frame import PatientFrame
    from recon.simulate.volume import place_ct

    case = find_case()
    facts = case.placement
    hu = read_case_ct(case)
    volume = place_ct(
        hu,
        case.spacing_mm,
        frame=PatientFrame.from_letters(*facts["frame"]),
        clearance_mm=facts["clearance_mm"],
        centre_mm=tuple(facts["centre_mm"]),
        extend_mm=facts["extend_mm"],
        soften=facts["soften"],
    )
    (x, y), (slices, _, columns) = facts["centre_mm"], case.shape
    half_x, half_y = columns * case.spacing_mm[2] / 2, slices * case.spacing_mm[0] / 2 - 8.0
    return volume, Rect(x - half_x, y - half_y, x + half_x, y + half_y)


# -- what 16-bit storage costs ---------------------------------------------------------------------------------------


def storage_error(projections: ProjectionSet, heights_mm: Sequence[float]) -> tuple[float, float]:
    """Relative rms error of keeping filtered views as 16-bit numbers: of the views, and of slices (the worst).

    The views are caught as float32 on their way into the store. Slices, straight tracks only, are plain means of views
    shifted by whole pixels, here in NumPy: no kernel of the engine takes part.
    """
    caught: dict[int, dict[int, NDArray[np.float32]]] = {}
    keep = Samples.put

    def catch(self: Samples, index: int, view: NDArray[np.float32]) -> None:
        caught.setdefault(id(self), {})[index] = view.copy()
        keep(self, index, view)

    Samples.put = catch  # type: ignore[method-assign]
    try:
        live = LiveVolume(projections)
    finally:
        Samples.put = keep  # type: ignore[method-assign]
    level = live.levels[0]
    exact = caught[id(level.samples)]
    stored = {index: level.samples.take(index) for index in exact}

    def error(pairs: Iterable[tuple[NDArray[np.float32], NDArray[np.float32]]]) -> float:
        off = size = 0.0
        for true, found in pairs:
            off += float(np.square(found.astype(np.float64) - true).sum())
            size += float(np.square(true.astype(np.float64)).sum())
        return float(np.sqrt(off / size))

    geometry = projections.geometry

    def section(views: dict[int, NDArray[np.float32]], height: float) -> NDArray[np.float32]:
        total = np.zeros(level.shape)
        for index, view in views.items():
            source = geometry.source_mm[index]
            shift = source[geometry.sweep_axis] * height / (source[2] - height)
            total += np.roll(view, round(shift / level.pitch_mm[0]), axis=0)
        return (total / len(views)).astype(np.float32)

    of_slices = [error([(section(exact, height), section(stored, height))]) for height in heights_mm]
    return error((exact[index], stored[index]) for index in exact), max(of_slices)
