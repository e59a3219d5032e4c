"""Prove the reconstruction with numbers: ``python tests/benchmarks/proof.py --help``.

Prints tables: the forward projector against RTK, places of spheres and a wire, slabs against means of thin slices,
correlation with a chest CT over height, what 16-bit storage costs, what corrections change, heights found by sharpness,
and, for a projection file of any kind, sharpness over height.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from measures import (
    conical_part,
    correlation,
    demonstration_chest,
    find,
    focus,
    slab_disagreement,
    spheres_and_wire,
    storage_error,
    vertex,
)
from proof_corrections import corrections
from proof_focus import focus_accuracy

from recon import trajectories
from recon.algorithms import FilteredBackProjection, ShiftAndAdd
from recon.geometry import Geometry
from recon.live import LiveVolume
from recon.progress import SILENT
from recon.projections import ProjectionSet
from recon.simulate.acquisition import linear_sweep
from recon.simulate.forward import project
from recon.simulate.volume import VoxelVolume, place_ct
from recon.slab import PlaneGrid, Rect

ROOT = Path(__file__).parents[2]

ALGORITHMS = {"fbp": FilteredBackProjection(), "shift-and-add": ShiftAndAdd()}


def reference_chest() -> tuple[VoxelVolume, Rect]:
    """The demonstration's CT placed as in the reference projections (tests/data/rtk_chest/SOURCE.md)."""
    from app.cases import find_case, read_case_ct

    case = find_case()
    volume = place_ct(read_case_ct(case), case.spacing_mm, clearance_mm=21.875, extend_mm={"H": 110.0, "F": 110.0})
    half_x = case.shape[2] * case.spacing_mm[2] / 2
    half_y = case.shape[0] * case.spacing_mm[0] / 2 - 8.0
    return volume, Rect(-half_x, -half_y, half_x, half_y)


def rtk(folder: Path) -> None:
    """Our line integrals against RTK's."""
    print("\nForward projector against RTK's Joseph projector (rays that pass the body)")
    with np.load(folder / "line_integrals.npz") as data:
        reference = data["views"].astype(np.float32)
        index = data.get("view_index")
    file = next(path for path in sorted(folder.glob("*geometry.json")) if "bocage-geometry" in path.read_text())
    geometry = Geometry.load(file)
    if index is not None and geometry.n_views != len(reference):
        geometry = geometry.subset(index)
    volume, _ = reference_chest()
    views = project(volume, geometry)
    body = reference > 0.05
    error = (views - reference)[body]
    relative = float(np.sqrt(np.mean(error.astype(np.float64) ** 2) / np.mean(reference[body].astype(np.float64) ** 2)))
    print(f"  {len(views)} views of {views.shape[1]} × {views.shape[2]}: relative rms {100 * relative:.3f} %, ", end="")
    print(f"largest difference {np.abs(error).max():.4f} of {reference.max():.2f}; target ≤ 1 %")


def phantoms(pitch: float) -> None:
    """Places of spheres and a wire, and slabs through them."""
    print(f"\nSpheres (radius 3 mm) and a wire at known places, {pitch:g} mm pixels, 60 views: found − true, mm")
    print(f"  {'':12}{'':14}" + "".join(f"{name:>34}" for name in ("true x, y, height", "height", "in the plane")))
    size = (round(320 / pitch), round(270 / pitch))
    geometries = {
        "track along y": linear_sweep(n_views=60, pixel_pitch_mm=pitch, shape=size),
        "track along x": linear_sweep(n_views=60, pixel_pitch_mm=pitch, shape=size[::-1], sweep_axis="x"),
        "arc ±20°": trajectories.arc(
            angle_deg=np.linspace(-20, 20, 60), source_to_detector_mm=1200, source_to_pivot_mm=1150,
            pixel_pitch_mm=pitch, shape=size,
        ),
    }  # fmt: skip
    phantom = spheres_and_wire(250.0, 3.0)
    agreement: list[str] = []
    for title, geometry in geometries.items():
        views = phantom.line_integrals(geometry, oversampling=3)
        for name, algorithm in ALGORITHMS.items():
            live = LiveVolume(ProjectionSet(views, geometry), algorithm)
            worst = [0.0, 0.0]
            for mark, place in phantom.landmarks.items():
                if mark == "wire" and geometry.sweep_axis == 0:
                    continue  # lies along the sweep: nothing can tell its height
                found = find(live, mark, place, 3.0)
                worst = [max(worst[0], abs(found.height_error_mm)), max(worst[1], found.plane_error_mm)]
                where = f"{place[0]:.1f}, {place[1]:.1f}, {place[2]:.0f}"
                print(
                    f"  {title:14}{name:14}{mark:10}{where:>22}"
                    f"{found.height_error_mm:>+12.3f}{found.plane_error_mm:>12.3f}"
                )
            print(f"  {title:14}{name:14}worst: height {worst[0]:.3f} (≤ 0.5), in the plane {worst[1]:.3f} (≤ 0.2)")
            grid = PlaneGrid.covering(Rect(-30, -30, 30, 30), pitch)
            agreement += [
                f"  {title:14}{name:14}{thickness:>5g} mm  "
                f"{100 * slab_disagreement(live, 60.0, thickness, 'vertical', grid):>8.2f} %"
                f"{100 * slab_disagreement(live, 60.0, thickness, 'rays'):>8.2f} %"
                for thickness in (2.0, 10.0, 20.0)
            ]
    print("\nSlab against the mean of thin slices, relative rms (≤ 1 %): at fixed (x, y); along the rays")
    print("\n".join(agreement))


def chest(pitch: float, views: str | None, geometry_file: str | None, air: float | None) -> None:
    """Correlation with the CT over height, for simulated or given projections."""
    if views is None:
        volume, scanned = demonstration_chest()
        size = round(409.6 / pitch)
        geometry = linear_sweep(n_views=60, pixel_pitch_mm=pitch, shape=(size, size))
        projections = ProjectionSet(project(volume, geometry), geometry)
        print(f"\nChest, 60 views of {size}² at {pitch:g} mm, without noise: Pearson r with the CT's own 5 mm slabs")
    else:
        volume, scanned = reference_chest()
        projections = read_views(Path(views), geometry_file, air)
        shape = projections.views.shape
        print(
            f"\n{Path(views).name}, {shape[0]} views of {shape[1]} × {shape[2]}: Pearson r with the CT's own 5 mm slabs"
        )
    print("  plain: as they are; band: 1 to 3 mm along the sweep; then the band against the CT elsewhere")
    off = (-20.0, -10.0, -5.0, 5.0, 10.0, 20.0)
    print(f"  {'':14}{'height':>8}{'plain':>8}{'band':>8}   " + "".join(f"{value:>+8.0f}" for value in off))
    for name, algorithm in ALGORITHMS.items():
        live = LiveVolume(projections, algorithm)
        curve = correlation(live, volume, scanned, np.arange(50.0, 270.0, 15.0).tolist(), 5.0, 1.0, off)
        for item in curve:
            others = "".join(f"{value:>8.3f}" for value in item.off)
            print(f"  {name:14}{item.height_mm:>8.0f}{item.plain:>8.3f}{item.band:>8.3f}   {others}")
        means = np.mean([(item.plain, item.band, *item.off) for item in curve], axis=0)
        others = "".join(f"{value:>8.3f}" for value in means[2:])
        print(f"  {name:14}{'mean':>8}{means[0]:>8.3f}{means[1]:>8.3f}   {others}")
        step = min(live.native_pixel_mm(140.0))
        part = conical_part(live, 140.0, 0.4)
        grid = PlaneGrid((part.origin_mm[0] + 0.3 * step, part.origin_mm[1] + 0.4 * step), part.spacing_mm, part.shape)
        for thickness in (5.0, 10.0, 20.0):
            vertical = slab_disagreement(live, 140.0, thickness, "vertical", grid)
            rays = slab_disagreement(live, 140.0, thickness, "rays")
            print(
                f"  {name:14}slab of {thickness:g} mm at 140 mm against the mean of thin slices: "
                f"{100 * vertical:.2f} % at fixed (x, y), {100 * rays:.2f} % along the rays (≤ 1 %)"
            )


def storage(pitch: float) -> None:
    """What it costs to keep filtered views as 16-bit numbers."""
    print("\n16-bit storage of filtered views against float32, relative rms (≤ 0.1 %): of the views; of slices")
    volume, _ = demonstration_chest()
    size = round(409.6 / pitch)
    geometry = linear_sweep(n_views=60, pixel_pitch_mm=pitch, shape=(size, size))
    chest_views = project(volume, geometry)
    wire = spheres_and_wire(250.0, 3.0).line_integrals(geometry, oversampling=3)
    for name, views in (("chest, without noise", chest_views), ("chest, a metal wire and balls", chest_views + wire)):
        of_views, of_slices = storage_error(ProjectionSet(views, geometry), (60.0, 140.0, 220.0))
        print(f"  {name:32}{100 * of_views:>8.4f} %{100 * of_slices:>8.4f} %")


def sharpness(
    file: Path, geometry_file: str | None, air: float | None, centre: tuple[float, float], half: float
) -> None:
    """Sharpness over height of any projections."""
    projections = read_views(file, geometry_file, air)
    live = LiveVolume(projections)
    low, high = live.info.height_range_mm
    heights = np.arange(low, high + 1e-6, max(2.0, (high - low) / 40))
    region = Rect(centre[0] - half, centre[1] - half, centre[0] + half, centre[1] + half)
    # Three pixels in one: quantum noise, whose grain follows the magnification, must not count.
    curve = focus(live, heights, region, 3 * max(live.native_pixel_mm(float(heights[0]))))
    print(f"\n{file.name}: energy of the gradient along the sweep over height, region ±{half:g} mm")
    for height, value in zip(heights, curve / curve.max(), strict=True):
        print(f"  {height:7.1f} mm  {value:5.3f}  {'█' * round(50 * value)}")
    print(f"  sharpest at {vertex(heights, curve):.1f} mm; least {curve.min() / curve.max():.2f} of that")


def read_views(file: Path, geometry_file: str | None, air: float | None) -> ProjectionSet:
    """The projections of any study the program opens."""
    from app.cli.study import choose, find, load_projections

    (entry,) = choose(find(file, SILENT), file, None, file / "results")
    given = None if geometry_file is None else Path(geometry_file)
    projections = load_projections(entry, SILENT, geometry_file=given, air=air).projections
    assert projections is not None
    return projections


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rtk", type=Path, default=ROOT / "tests" / "data" / "rtk_chest", metavar="FOLDER",
                         help="line_integrals.npz and a geometry file by RTK")  # fmt: skip
    options.add_argument("--views", help="projections of the demonstration's CT as RTK placed it, instead of our own")
    options.add_argument("--geometry", help="geometry file of --views or --focus")
    options.add_argument("--air", type=float, help="open field of --views or --focus")
    options.add_argument("--focus", type=Path, help="only: sharpness over height of these projections")
    options.add_argument("--region", type=float, nargs=3, default=(0.0, 0.0, 80.0), metavar=("X", "Y", "HALF"),
                         help="where --focus looks, mm")  # fmt: skip
    options.add_argument("--pitch", type=float, default=0.4, help="detector pixel of the simulations, mm")
    options.add_argument("--only", choices=("rtk", "phantoms", "chest", "storage", "corrections", "focus"))
    chosen = options.parse_args()
    if chosen.focus is not None:
        x, y, half = chosen.region
        sharpness(chosen.focus, chosen.geometry, chosen.air, (x, y), half)
        return
    if chosen.only in (None, "rtk"):
        rtk(chosen.rtk)
    if chosen.only in (None, "phantoms"):
        phantoms(chosen.pitch)
    if chosen.only in (None, "chest"):
        chest(chosen.pitch, chosen.views, chosen.geometry, chosen.air)
    if chosen.only in (None, "storage"):
        storage(chosen.pitch)
    if chosen.only in (None, "corrections"):
        corrections()
    if chosen.only in (None, "focus"):
        focus_accuracy(chosen.pitch)


if __name__ == "__main__":
    main()
