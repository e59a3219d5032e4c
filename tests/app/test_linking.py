from __future__ import annotations

import numpy as np
import pytest

from app.linking import Plane, link, magnification
from recon.frame import PatientFrame
from recon.geometry import Geometry

GEOMETRY = Geometry(
    np.array([30.0, -20.0, 1800.0]),
    np.zeros(3),
    np.array([0.0, 1.0, 0.0]),
    np.array([1.0, 0.0, 0.0]),
    (0.5, 0.4),
    (200, 300),
)
PA = PatientFrame.from_letters("L", "F", "P")


def test_point_falls_where_the_geometry_projects_it():
    linked = link(Plane(120.0, patient=PA), Plane(0.0, True, GEOMETRY, patient=PA))
    assert (linked.kind, linked.note) == ("geometry", "")
    point = (41.0, -17.0)
    row, column = GEOMETRY.project([*point, 120.0])
    expected = GEOMETRY.pixel_to_world(0, row[0], column[0])
    u = linked.forward(point)
    assert u == pytest.approx(tuple(expected[:2]), abs=1e-9)
    assert linked.backward(u) == pytest.approx(point, abs=1e-9)
    assert linked.magnification == pytest.approx(1800 / 1680)


def test_link_from_the_radiograph_is_the_inverse():
    slices, radiograph = Plane(90.0), Plane(0.0, True, GEOMETRY)
    one, other = link(slices, radiograph), link(radiograph, slices)
    assert other.backward((5.0, 7.0)) == pytest.approx(one.forward((5.0, 7.0)))
    assert other.forward((5.0, 7.0)) == pytest.approx(one.backward((5.0, 7.0)))
    assert other.magnification == pytest.approx(1 / one.magnification)


def test_missing_geometry_links_by_scale_and_says_so():
    linked = link(Plane(90.0, centre_mm=(1.0, 2.0)), Plane(0.0, True, None, centre_mm=(10.0, 20.0)))
    assert linked.kind == "scale"
    assert "scale only" in linked.note
    assert linked.forward((2.0, 2.0)) == (11.0, 20.0)
    assert linked.backward((11.0, 20.0)) == (2.0, 2.0)
    assert linked.magnification == 1.0


def test_other_directions_are_not_linked():
    lateral = PatientFrame.from_letters("A", "F", "L")
    linked = link(Plane(90.0, patient=PA), Plane(0.0, True, GEOMETRY, patient=lateral))
    assert linked.kind == "none"
    assert linked.forward((0.0, 0.0)) is None


def test_slices_of_one_world_are_the_same_points():
    linked = link(Plane(90.0, world="a"), Plane(120.0, world="a"))
    assert linked.forward((3.0, 4.0)) == (3.0, 4.0)
    assert link(Plane(90.0, world="a"), Plane(120.0, world="b")).kind == "scale"


def test_two_projections_are_linked_at_the_height_read():
    other = Geometry(
        np.array([30.0, 200.0, 1800.0]),
        np.zeros(3),
        np.array([0.0, 1.0, 0.0]),
        np.array([1.0, 0.0, 0.0]),
        (0.5, 0.4),
        (200, 300),
    )
    linked = link(Plane(100.0, True, GEOMETRY, world="a"), Plane(100.0, True, other, world="a"))
    one = link(Plane(100.0), Plane(0.0, True, GEOMETRY)).forward((12.0, 8.0))
    two = link(Plane(100.0), Plane(0.0, True, other)).forward((12.0, 8.0))
    assert linked.forward(one) == pytest.approx(two)


def test_magnification_beyond_the_tube_is_one():
    assert magnification(Plane(0.0, True, GEOMETRY), 1900.0) == 1.0


def test_pixels_are_not_millimetres() -> None:
    unknown = Plane(0.0, True, None, scaled=False)
    for linked in (link(Plane(90.0), unknown), link(unknown, Plane(90.0))):
        assert linked.kind == "none"
        assert "no scale" in linked.note
        assert linked.forward((1.0, 2.0)) is None
    assert link(unknown, unknown).kind == "scale"
