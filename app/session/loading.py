"""From a loaded series to pictures. Runs on the loading thread; no Qt."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.protocols import protocol_for
from app.session.services import Services
from app.session.start_height import start_height
from app.session.state import PROJECTION_SUFFIX, VIEWS_SUFFIX, Picture, PictureKind
from recon.messages import said
from recon.progress import SILENT, Progress
from recon.projections import ProjectionSet
from recon.stored import Radiograph
from recon.view_stack import ViewStack, view_as_radiograph


def load_pictures(
    entry: Any,
    services: Services,
    options: dict[str, Any],
    progress: Progress,
    show: Callable[[Picture], None],
) -> tuple[Picture, ...]:
    """Load a series and make its pictures.

    Parameters
    ----------
    entry : SeriesEntry
    options : dict
        What the user added because the files do not say it: ``choice`` (of the geometry),
        ``kind``, ``air``.
    show : callable(Picture)
        Called with pictures that are ready before the rest: the middle view before the slices are filtered.

    Returns
    -------
    tuple of Picture
        The slices, the middle projection and the stack of all views of projections; one picture of anything else.
    """
    loaded = services.load(entry, progress=progress.part(0.0, 0.3), **options)
    common = {
        "header": entry.header,
        "windows": tuple(loaded.windows),
        "plane_windows": tuple(loaded.plane_windows),
        "notes": tuple(loaded.notes),
        "files": tuple(loaded.entry.files),
        "study_uid": entry.study_uid,
    }
    projections = loaded.projections
    if projections is None:
        source = loaded.source
        picture = Picture(
            uid=entry.uid,
            kind=_kind(entry, source),
            source=source,
            title=entry.title or source.info.title,
            geometry=getattr(source, "geometry", None),
            world=entry.uid,
            inverted=bool(loaded.inverted),
            planes=tuple(getattr(loaded, "planes", ())),
            overlays=getattr(loaded, "overlays", None),
            start_height_mm=1.0 if entry.kind == "cine" else None,
            **common,
        )
        return (picture,)
    middle = Picture(
        uid=entry.uid + PROJECTION_SUFFIX,
        kind="projection",
        source=middle_view(projections),
        title=said("Middle projection"),
        geometry=projections.geometry.subset([projections.geometry.n_views // 2]),
        world=entry.uid,
        **{**common, "windows": (), "plane_windows": ()},
    )
    show(middle)
    middle_number = projections.geometry.n_views // 2 + 1
    views = Picture(
        uid=entry.uid + VIEWS_SUFFIX,
        kind="views",
        source=ViewStack(projections),
        title=said("Views of the sweep"),
        geometry=projections.geometry,
        world=entry.uid,
        start_height_mm=float(middle_number),
        **{**common, "windows": (), "plane_windows": ()},
    )
    show(views)
    progress.step(0.3, said("Filtering the projections"))
    protocol = protocol_for(getattr(entry.header, "body_part", ""))
    algorithm = protocol.algorithm() if protocol is not None else None

    def slices(live: Any, height_mm: float) -> Picture:
        return Picture(
            uid=entry.uid,
            kind="slices",
            source=live,
            title=entry.title or said("Slices"),
            geometry=projections.geometry,
            world=entry.uid,
            projections=projections,
            start_height_mm=height_mm,
            protocol=protocol,
            **{**common, "windows": (), "plane_windows": ()},
        )

    # A first picture from part of the views; the same source goes on filling until it is shown again.
    found: list[float] = []

    def ready(live: Any) -> None:
        found.append(start_height(live, SILENT))
        show(slices(live, found[0]))

    live = services.live(projections, algorithm, progress.part(0.3, 0.95), ready)
    height = found[0] if found else start_height(live, progress.part(0.95, 1.0))
    return (slices(live, height), middle, views)


def _kind(entry: Any, source: Any) -> PictureKind:
    if entry.kind in ("cine", "image"):
        return "cine" if entry.kind == "cine" else "image"
    low, high = source.info.height_range_mm
    return "volume" if high > low or entry.kind == "volume" else "radiograph"


def middle_view(projections: ProjectionSet) -> Radiograph:
    """The middle view of a sweep as a radiograph with its geometry: line integrals, so that bone is white."""
    return view_as_radiograph(projections, projections.geometry.n_views // 2)
