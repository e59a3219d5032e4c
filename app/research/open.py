"""Finding and loading projections and volumes that are not DICOM."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.dicom.read.classify import natural
from app.dicom.read.model import Header, LoadedSeries, MissingGeometry, Problem, ReadError, SeriesEntry, SeriesKind
from app.dicom.read.numbers import of_geometry
from app.reading.acquisition import GeometryChoice
from app.research import arrays
from app.research.sidecar import Sidecar, choose, find_sidecars, read_sidecar
from recon import trajectories
from recon.errors import BocageError
from recon.frame import PatientFrame
from recon.geometry import Geometry
from recon.messages import said
from recon.notes import Fact
from recon.progress import SILENT, Progress
from recon.projections import Kind, ProjectionSet
from recon.provenance import TITLES, Source, Sourced, Sources, ordered

SUFFIXES = (".npz", ".npy", ".tif", ".tiff", ".nii", ".nii.gz", ".mha", ".mhd")
GEOMETRY_NEEDED = said("the geometry of the views (a file *.geometry.json beside the images)")
KIND_NEEDED = said('what the values are: "counts" (detector signal) or "line_integrals" (already −ln(I/I₀))')
COUNTS_ASSUMED = said(
    "Values: whole numbers without a stated kind; they are taken as detector counts (brighter is more dose)."
)


@dataclass(frozen=True)
class _Views:
    """A stack of views in files, known by its headers."""

    format: str
    files: tuple[Path, ...]
    shape: tuple[int, int, int]
    dtype: np.dtype[Any]


def find_research(
    folder: Path, paths: Sequence[Path], sidecars: Sequence[Sidecar]
) -> tuple[list[SeriesEntry], list[Problem]]:
    """The entries of the research files of one folder.

    Parameters
    ----------
    folder : Path
    paths : sequence of Path
        Its files whose names end with one of `SUFFIXES`.
    sidecars : sequence of Sidecar
        Its geometry files.
    """
    entries: list[SeriesEntry] = []
    problems: list[Problem] = []
    plain_tiffs: list[tuple[Path, tuple[int, ...], np.dtype[Any]]] = []
    for path in sorted(paths, key=natural):
        try:
            entry = _entry_of(folder, path, sidecars, plain_tiffs)
            if entry is not None:
                entries.append(entry)
        except BocageError as error:
            problems.append(Problem(path, str(error)))
        except OSError as error:
            problems.append(
                Problem(path, said("{0}: cannot be read ({1}).", path.name, error.strerror or type(error).__name__))
            )
    groups: dict[tuple[tuple[int, ...], np.dtype[Any]], list[Path]] = {}
    for path, shape, dtype in plain_tiffs:
        groups.setdefault((shape, dtype), []).append(path)
    for (shape, dtype), files in groups.items():
        if len(files) < 3:
            problems += [
                Problem(
                    path, said("{0}: a single picture; projections are at least three images of one size.", path.name)
                )
                for path in files
            ]
            continue
        views = _Views("tiff", tuple(files), (len(files), shape[0], shape[1]), dtype)
        entries.append(_projections_entry(folder, views, sidecars))
    return entries, problems


def _entry_of(
    folder: Path,
    path: Path,
    sidecars: Sequence[Sidecar],
    plain_tiffs: list[tuple[Path, tuple[int, ...], np.dtype[Any]]],
) -> SeriesEntry | None:
    name = path.name.lower()
    if name.endswith(".npz"):
        members = arrays.describe_npz(path)
        if "views" in members:
            shape, dtype = members["views"]
            return _projections_entry(folder, _views("npz", path, shape, dtype), sidecars, members)
        if "hu" in members:
            shape, dtype = members["hu"]
            arrays.check_size(path, shape, dtype)
            spacing, _ = _spacing_file(path, shape)
            return _volume_entry(folder, "ct-npz", path, shape[0], "CT", (Fact(said("Spacing: {0}.", spacing)),))
        found = ", ".join(sorted(members)) or said("nothing")
        raise ReadError(
            said('{0}: expected an array "views" (projections) or "hu" (a CT), found {1}.', path.name, found)
        )
    if name.endswith(".npy"):
        shape, dtype = arrays.describe_npy(path)
        return _projections_entry(folder, _views("npy", path, shape, dtype), sidecars)
    if name.endswith((".tif", ".tiff")):
        shape, dtype = arrays.describe_tiff(path)
        if len(shape) == 2:
            plain_tiffs.append((path, shape, dtype))
            return None
        return _projections_entry(folder, _views("tiff", path, shape, dtype), sidecars)
    from app.research.volumes import describe_image

    slices, modality, notes = describe_image(path)
    return _volume_entry(folder, "mha" if name.endswith((".mha", ".mhd")) else "nifti", path, slices, modality, notes)


def _views(format_: str, path: Path, shape: tuple[int, ...], dtype: np.dtype[Any]) -> _Views:
    if len(shape) != 3 or 0 in shape:
        raise ReadError(
            said("{0}: views must be an array (views, rows, columns), found the shape {1}.", path.name, tuple(shape))
        )
    arrays.check_size(path, shape, dtype)
    return _Views(format_, (path,), (shape[0], shape[1], shape[2]), dtype)


def _study(folder: Path) -> str:
    return f"folder:{folder.absolute()}"


def _projections_entry(
    folder: Path, views: _Views, sidecars: Sequence[Sidecar], members: dict[str, Any] | None = None
) -> SeriesEntry:
    path = views.files[0]
    title = path.stem if len(views.files) == 1 else folder.name
    sidecar, _ = _geometry_for(views, sidecars, members)
    needs: list[str] = []
    notes: list[str] = []
    if sidecar is None:
        needs.append(GEOMETRY_NEEDED)
    else:
        notes += [Fact(said("Geometry: {0}.", sidecar.path.name)), *sidecar.notes]
    kind = str(arrays.read_scalar(path, "kind")) if members and "kind" in members else None
    if kind is None and views.dtype.kind == "f":
        needs.append(KIND_NEEDED)
    elif kind is None:
        notes.append(COUNTS_ASSUMED)
    return SeriesEntry(
        uid=f"file:{path.absolute()}",
        study_uid=_study(folder),
        kind="projections",
        title=title,
        modality="",
        number=None,
        n_images=views.shape[0],
        files=views.files,
        header=Header(series_description=title, study_description=folder.name),
        needs=tuple(needs),
        notes=tuple(notes),
        format=views.format,
        geometry_path=sidecar.path if sidecar is not None else None,
        facts={"shape": views.shape, "kind": kind, "members": tuple(members or ()), "dtype": views.dtype.str},
    )


def _volume_entry(
    folder: Path, format_: str, path: Path, slices: int, modality: str, notes: tuple[str, ...]
) -> SeriesEntry:
    title = path.name.removesuffix(".gz").rsplit(".", 1)[0]
    kind: SeriesKind = "volume"
    return SeriesEntry(
        uid=f"file:{path.absolute()}",
        study_uid=_study(folder),
        kind=kind,
        title=title,
        modality=modality,
        number=None,
        n_images=slices,
        files=(path,),
        header=Header(series_description=title, study_description=folder.name, modality=modality),
        notes=notes,
        format=format_,
    )


def _geometry_for(
    views: _Views, sidecars: Sequence[Sidecar], members: dict[str, Any] | None
) -> tuple[Sidecar | None, Geometry | None]:
    """The geometry file that fits; a ``view_index`` array names which of its views are here."""
    path = views.files[0]
    n, shape = views.shape[0], views.shape[1:]
    if members and "view_index" in members:
        index = arrays.read_npz(path, "view_index")
        if index.shape != (n,) or index.dtype.kind not in "iu":
            raise ReadError(
                said('{0}: "view_index" must hold one whole number for each of its {1} views.', path.name, n)
            )
        for sidecar in sidecars:
            total = sidecar.geometry.n_views
            if sidecar.geometry.shape == shape and int(index.min()) >= 0 and int(index.max()) < total:
                return sidecar, sidecar.geometry.subset(index.astype(np.intp))
        return None, None
    found = choose(sidecars, n, shape, path.stem)
    return found, None if found is None else found.geometry


# -- loading -----------------------------------------------------------------------------------------------------------


def load_research(
    entry: SeriesEntry,
    geometry: Geometry | None = None,
    kind: str | None = None,
    air: float | None = None,
    progress: Progress = SILENT,
    on_first: Callable[[NDArray[Any]], None] | None = None,
    angle_sign: int = 1,
    reformat: str | None = None,
    choice: GeometryChoice | None = None,
) -> LoadedSeries:
    """Load an entry of `find_research`; see `app.dicom.read.load`."""
    progress.step(0.0, "Reading " + entry.files[0].name)
    if entry.kind == "volume":
        if entry.format == "ct-npz":
            return _load_ct(entry, progress, reformat)
        from app.research.volumes import load_image

        return load_image(entry, progress, reformat)
    shape = entry.facts["shape"]
    path = entry.files[0]
    members = dict.fromkeys(entry.facts["members"])
    told = entry.facts["kind"]
    notes: list[str] = []
    numbers: Sources = ()
    if geometry is None:
        sense = -angle_sign if choice is not None and choice.reverse else angle_sign
        if choice is not None and (choice.preset or choice.angles_deg is not None):
            geometry, numbers = _of_choice(choice, shape)
        elif choice is not None and choice.file:
            given = read_sidecar(Path(choice.file), angle_sign=sense)
            if given is None:
                raise ReadError(said("{0}: this JSON file holds no geometry.", Path(choice.file).name))
            geometry, numbers = given.geometry, of_geometry(given.geometry, given.numbers, Source.FILE)
    if geometry is None:
        sidecars = find_sidecars(path.parent, angle_sign=sense)[0]
        views = _Views(entry.format, entry.files, shape, np.dtype(entry.facts["dtype"]))
        sidecar, geometry = _geometry_for(views, sidecars, members)
        if sidecar is None or geometry is None:
            raise MissingGeometry(
                entry.title,
                (GEOMETRY_NEEDED,),
                (said("{0} views of {1} × {2} pixels", shape[0], shape[1], shape[2]),),
                ("pitch", "distance", "pivot", "angles"),
            )
        notes += [Fact(said("Geometry: {0}.", sidecar.path.name)), *sidecar.notes]
        numbers = of_geometry(geometry, sidecar.numbers if sidecar.geometry is geometry else (), Source.FILE)
    else:
        named = (
            (said("preset {0}", geometry.note) if geometry.note else said("preset"))
            if geometry.origin == "preset"
            else said("given ({0})", geometry.origin)
        )
        notes.append(said("Geometry: {0}; the views are taken in the order of the file.", named))
        if (geometry.n_views, geometry.shape) != (shape[0], tuple(shape[1:])):
            # Refuse what does not fit before it is read.
            ProjectionSet(np.broadcast_to(np.zeros(1, np.uint8), shape), geometry)
    chosen, note = _kind(entry, kind, told)
    notes += note
    views_array = _read_views(entry, progress)
    if on_first is not None:
        on_first(views_array[views_array.shape[0] // 2])
    if air is None and "air" in members:
        told_air = arrays.read_scalar(path, "air")
        try:
            air = float(told_air)
        except (TypeError, ValueError):
            raise ReadError(
                said('{0}: "air" must be the counts of the open field, found {1!r}.', path.name, told_air)
            ) from None
    stated = Sourced(
        "values",
        said("detector counts") if chosen == "counts" else said("logarithmic"),
        source=Source.ASSUMED if COUNTS_ASSUMED in note else Source.USER if kind is not None else Source.FILE,
        note=COUNTS_ASSUMED if COUNTS_ASSUMED in note else "",
        assumed=COUNTS_ASSUMED in note,
    )
    saturation = float(np.iinfo(views_array.dtype).max) if views_array.dtype.kind in "iu" else None
    projections = ProjectionSet(
        views_array,
        geometry,
        chosen,
        air if chosen == "counts" else None,
        saturation if chosen == "counts" else None,
        title=entry.title,
        notes=tuple(notes),
        sources=ordered((*(numbers or of_geometry(geometry)), stated)),
    )
    progress.step(1.0)
    return LoadedSeries(entry, projections=projections, notes=tuple(notes))


def _of_choice(choice: GeometryChoice, shape: Sequence[int]) -> tuple[Geometry, Sources]:
    """The sweep of views whose files say nothing: a preset's, with the numbers that the user gives, or these alone."""
    given = {
        "pitch": choice.pixel_pitch_mm,
        "distance": choice.source_to_detector_mm,
        "pivot": choice.source_to_pivot_mm,
        "angles": choice.angles_deg,
    }
    numbers = [
        Sourced(name, value, "°" if name == "angles" else "mm", Source.USER)
        for name, value in given.items()
        if value is not None
    ]
    n, size = shape[0], (shape[1], shape[2])
    if choice.angles_deg is None:
        from app.presets import find_preset

        preset = find_preset(choice.preset)
        if choice.source_to_detector_mm is not None:
            preset = replace(preset, source_to_detector_mm=choice.source_to_detector_mm)
        if choice.axis:
            preset = replace(preset, sweep_axis=choice.axis)
        if choice.source_to_pivot_mm is not None:
            preset = replace(preset, source_to_pivot_mm=choice.source_to_pivot_mm)
        geometry = preset.build(n, size, choice.pixel_pitch_mm, reverse=choice.reverse)
        nominal = of_geometry(geometry, source=Source.PRESET)
        return geometry, ordered((*(replace(item, where=preset.title) for item in nominal), *numbers))
    missing = [name for name in ("pitch", "distance") if given[name] is None]
    straight = choice.trajectory == "linear" or (not choice.trajectory and choice.source_to_pivot_mm is None)
    if not straight and choice.source_to_pivot_mm is None:
        missing.append("pivot")
    if missing:
        phrases = tuple(said(TITLES[name]) for name in missing)
        raise MissingGeometry(said("Views without geometry"), phrases, (), tuple(missing))
    angles = np.linspace(*choice.angles_deg, n) * (-1 if choice.reverse else 1)
    pivot = float(choice.source_to_pivot_mm or 0.0)
    facts: dict[str, Any] = {
        "source_to_detector_mm": choice.source_to_detector_mm,
        "pixel_pitch_mm": choice.pixel_pitch_mm,
        "shape": size,
        "sweep_axis": choice.axis or "y",
        "origin": "user",
    }
    if straight:
        track = float(choice.source_to_detector_mm or 0.0) * np.tan(np.radians(angles))
        geometry = trajectories.linear_track(source_position_mm=track, **facts)
    elif choice.trajectory == "isocentric":
        geometry = trajectories.isocentric(angle_deg=angles, source_to_axis_mm=pivot, **facts)
    else:
        geometry = trajectories.arc(angle_deg=angles, source_to_pivot_mm=pivot, **facts)
    return geometry, ordered((*of_geometry(geometry), *numbers))


def _kind(entry: SeriesEntry, wanted: str | None, told: str | None) -> tuple[Kind, list[str]]:
    name = entry.files[0].name
    stated = wanted or told
    if wanted is not None and told is not None and wanted != told:
        raise ReadError(
            said(
                "{0}: states that its values are {1}; they cannot be taken for {2}. If the file is wrong, correct it.",
                name,
                told.replace("_", " "),
                wanted.replace("_", " "),
            )
        )
    if stated is None:
        if np.dtype(entry.facts["dtype"]).kind == "f":
            raise ReadError(said("{0}: it is not stated {1}. Say which.", name, KIND_NEEDED))
        return "counts", [COUNTS_ASSUMED]
    if stated == "counts":
        return "counts", [] if told else [Fact(said("Values: counts, as given."))]
    if stated == "line_integrals":
        return "line_integrals", [] if told else [Fact(said("Values: line integrals, as given."))]
    raise ReadError(said('{0}: "kind" must be "counts" or "line_integrals", found "{1}".', name, stated))


def _read_views(entry: SeriesEntry, progress: Progress) -> NDArray[Any]:
    path = entry.files[0]
    if entry.format == "npz":
        views = arrays.read_npz(path, "views")
    elif entry.format == "npy":
        views = arrays.read_npy(path)
    elif len(entry.files) == 1:
        views = arrays.read_tiff(path)
    else:
        views = np.empty(entry.facts["shape"], np.dtype(entry.facts["dtype"]))
        for index, file in enumerate(entry.files):
            progress.step(index / len(entry.files), said("Image {0} of {1}", index + 1, len(entry.files)))
            image = arrays.read_tiff(file)
            if image.shape != views.shape[1:]:
                raise ReadError(said("{0}: {1} pixels among images of {2}.", file.name, image.shape, views.shape[1:]))
            views[index] = image
    if views.shape != tuple(entry.facts["shape"]):
        raise ReadError(said("{0}: has changed since it was found. Open it again.", path.name))
    if views.dtype == np.float16:
        views = views.astype(np.float32)
    if views.dtype == np.bool_:
        views = views.astype(np.uint8)
    return np.ascontiguousarray(views)


def _spacing_file(path: Path, shape: Sequence[int]) -> tuple[str, tuple[float, float, float]]:
    """The spacing (z, y, x) in mm from ``spacing.json`` beside a CT array."""
    beside = path.parent / "spacing.json"
    wanted = said('"spacing_zyx_mm" and "orientation" (LPS)')
    if len(shape) != 3:
        raise ReadError(said('{0}: "hu" must be an array (z, y, x), found the shape {1}.', path.name, tuple(shape)))
    try:
        data = json.loads(beside.read_text(encoding="utf-8"))
        spacing = tuple(float(part) for part in data["spacing_zyx_mm"])
        orientation = str(data.get("orientation", ""))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise ReadError(
            said("{0}: a CT array needs a file spacing.json beside it with {1}.", path.name, wanted)
        ) from None
    if len(spacing) != 3 or not all(0 < part < 100 for part in spacing) or "LPS" not in orientation:
        raise ReadError(said("{0}: expected {1}, three positive lengths.", beside.name, wanted))
    return beside.name, (spacing[0], spacing[1], spacing[2])


def _load_ct(entry: SeriesEntry, progress: Progress, reformat: str | None) -> LoadedSeries:
    from app.dicom.read.volumes import build_volume

    path = entry.files[0]
    pixels = arrays.read_npz(path, "hu")
    progress.step(0.9)
    _, (dz, dy, dx) = _spacing_file(path, pixels.shape)
    heights = np.arange(pixels.shape[0], dtype=np.float64) * dz
    frame = PatientFrame.from_letters("L", "P", "H")
    return build_volume(entry, pixels, heights, (dy, dx), frame, unit="HU", notes=entry.notes, reformat=reformat)


def research_thumbnail(entry: SeriesEntry) -> tuple[NDArray[np.float32], bool]:
    """One middle image, and whether it is to be inverted so that bone is white."""
    from app.dicom.read.thumbnail import attenuation

    path = entry.files[0]
    if entry.kind == "volume":
        if entry.format == "ct-npz":
            volume = arrays.read_npz(path, "hu")
            _, (dz, _, dx) = _spacing_file(path, volume.shape)
            coronal = volume[:, volume.shape[1] // 2, :][::-1]
            # Square pixels, by the nearest row.
            rows = np.arange(max(1, round(coronal.shape[0] * dz / dx))) * dx / dz
            return coronal[np.minimum(rows.astype(np.intp), coronal.shape[0] - 1)].astype(np.float32), False
        from app.research.volumes import middle_slice

        return middle_slice(path), False
    middle = entry.n_images // 2
    if entry.format == "npz":
        image = arrays.read_npz(path, "views")[middle]
    elif entry.format == "npy":
        image = np.load(path, mmap_mode="r", allow_pickle=False)[middle]
    elif len(entry.files) == 1:
        image = arrays.read_tiff(path, middle)
    else:
        image = arrays.read_tiff(entry.files[middle])
    counts = entry.facts["kind"] == "counts" or (entry.facts["kind"] is None and image.dtype.kind in "iu")
    return attenuation(np.asarray(image, dtype=np.float32), counts)
