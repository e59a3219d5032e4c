"""What linking needs to know of the pictures of a session, and one picture laid into the planes of another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.linking import Link, Plane, link
from app.reading.placement import Placement
from app.session.state import PROJECTION_SUFFIX, Picture, series_of
from recon.messages import said
from recon.placed import PlacedSource
from recon.placement import PlaneMap
from recon.slab import SlabSource
from recon.stored import Volume

if TYPE_CHECKING:
    from app.session.session import Session
    from recon.geometry import Geometry
    from recon.reformat import ObliqueVolume


@dataclass(frozen=True)
class Laid:
    """One picture in the planes of another.

    Attributes
    ----------
    source : SlabSource or None
        In the frame of the picture below; None when the two cannot be laid on each other.
    note : str
        How they were laid on each other, or why not.
    """

    source: SlabSource | None
    note: str


def plane_of(session: Session, picture: Picture) -> Plane:
    """What linking needs to know of a picture as it is shown now."""
    info = picture.source.info
    projection = not picture.is_slices
    placement = session.reading.of(picture.uid).placement
    height = placement.height_to_common(session.height(picture.uid))
    if projection:
        slices = session.slices_on_screen()
        height = session.common_height(slices) if slices is not None else 0.0
    own = session.height(picture.uid)
    centre = picture.source.footprint(own if picture.has_planes else 0.0).centre
    # The plain radiograph belongs to the sweep of its study: detector and patient stood still. A stored
    # volume has an origin of its own.
    world = picture.world if picture.kind == "volume" else picture.study_uid
    geometry = picture.geometry_at(own) if projection else None
    if projection and geometry is None and placement.origin != "none":
        # It was laid on the sweep by its middle view, or by hand on its slices: rays are that view's.
        geometry = sweep_geometry(session, picture)
    scaled = picture.length_unit == "mm"
    return Plane(height, projection, geometry, centre, info.patient, world, scaled, placement)


def sweep_geometry(session: Session, picture: Picture) -> Geometry | None:
    """The geometry of the middle of the sweep that a radiograph belongs to, as of one view."""
    for other in session.pictures.values():
        if other.is_live and other.study_uid == picture.study_uid and other.geometry is not None:
            views = middle_views(other.geometry.n_views)
            source = other.geometry.source_mm[views].mean(axis=0, keepdims=True)
            return replace(other.geometry.subset(views[:1]), source_mm=source)
    return None


def middle_views(count: int) -> list[int]:
    """The view in the middle of a sweep, or the two beside it."""
    return [count // 2] if count % 2 else [count // 2 - 1, count // 2]


def middle_view_of(session: Session, slices: Picture) -> Picture | None:
    """The middle view of the projections that live slices are computed from."""
    return session.pictures.get(series_of(slices.uid) + PROJECTION_SUFFIX)


def needs_reformatting(under: Picture, over: Picture) -> bool:
    """Whether a volume must be cut anew to lie in the planes of slices: it was stored in other ones."""
    if not (under.is_slices and isinstance(over.source, Volume) and under.source.info.patient is not None):
        return False
    frame = over.source.info.patient
    if frame is None or under.world == over.world:
        return False
    pairs = zip(frame.axes, under.source.info.patient.axes, strict=True)
    return any(sum(p * q for p, q in zip(one, other, strict=True)) < 0.999 for one, other in pairs)


def volume_placement(session: Session, under: Picture, over: Picture) -> Placement:
    """Where a volume lies in the frame of slices: as it was placed, else centre on centre."""
    from recon.reformat import ObliqueVolume

    placement = session.reading.of(over.uid).placement
    if placement.origin != "none":
        return placement
    assert isinstance(over.source, Volume)
    centre = ObliqueVolume(over.source, under.source.info.patient).centre_mm
    low, high = under.source.info.height_range_mm
    middle = 0.5 * (low + high)
    x, y = under.source.footprint(middle).centre
    return replace(
        placement, x_mm=x - centre[0], y_mm=y - centre[1], z_mm=middle - centre[2], centre_mm=centre, note=UNREGISTERED
    )


UNREGISTERED = said("Laid centre on centre: not registered")


def reformatted(session: Session, under: Picture, over: Picture) -> ObliqueVolume:
    """A volume cut in the planes of slices."""
    from recon.reformat import ObliqueVolume

    assert isinstance(over.source, Volume)
    common = session.reading.of(under.uid).placement.space.inverse
    placed = volume_placement(session, under, over).space.then(common)
    return ObliqueVolume(over.source, under.source.info.patient, placed, over.source.info)


def laid(session: Session, under: Picture, over: Picture) -> Laid:
    """One picture in the planes of another, as both are placed now."""
    state = session.reading.of(over.uid)
    thickness = state.reconstruction.thickness_mm if state.reconstruction is not None else 0.0
    if needs_reformatting(under, over):
        placement = volume_placement(session, under, over)
        return Laid(reformatted(session, under, over), placement.note or _origin_note(placement))
    found = link(plane_of(session, under), plane_of(session, over))
    if found.kind == "none":
        return Laid(None, said("Cannot be laid over. {0}", found.note))
    place = _place(found, over.is_slices)
    if PlaneMap.through(found.forward, found.first.centre_mm) is None:
        return Laid(None, said("The pictures cannot be laid on each other: a focal spot lies below the height shown"))
    heights = over.source.info.height_range_mm if over.is_slices else None
    source = PlacedSource(over.source, place, thickness_mm=thickness, heights_mm=heights)
    return Laid(source, _note(found))


def _place(found: Link, over_is_slices: bool) -> Callable[[float], tuple[PlaneMap, float]]:
    first, second = found.first, found.second

    def place(height_mm: float) -> tuple[PlaneMap, float]:
        if first.is_projection:
            height = second.height_mm
            now = found
        else:
            height = first.placement.height_to_common(height_mm)
            now = replace(found, first=replace(first, height_mm=height), second=replace(second, height_mm=height))
        carry = PlaneMap.through(now.forward, first.centre_mm) or PlaneMap()
        return carry, second.placement.height_from_common(height) if over_is_slices else 0.0

    return place


def _note(found: Link) -> str:
    if found.kind == "scale":
        return said("Laid over by scale only, about the centres: not registered")
    for plane in (found.second, found.first):
        if plane.placed:
            return plane.placement.note or _origin_note(plane.placement)
    return said("Registered by geometry") if found.first.world == found.second.world else found.note


def _origin_note(placement: Placement) -> str:
    if placement.origin == "user":
        return said("Placed by hand")
    return said("Registered automatically") if placement.origin == "automatic" else UNREGISTERED
