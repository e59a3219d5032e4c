"""The journal's codec: all that a reading may hold comes back as it was, and damage costs only what it touches."""

from __future__ import annotations

import dataclasses
import json
import math
import typing
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from enum import Enum
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.journal.encode import Undecodable, decode, encode, hints_of
from app.journal.parts import changed_parts, decode_parts, field_of, hint_of, part_name, uid_of, with_parts
from app.journal.view import PaneView, View
from app.reading.layout import Layout, Split, grid
from app.session.state import Reading, Reconstruction, SeriesState
from recon.algorithms import ALGORITHMS, build
from recon.corrections import CORRECTIONS
from recon.parameters import Parametrised, parameters
from widgets.measurements import KINDS, Measurement
from widgets.window import LutWindow, Window

FLOATS = st.floats(allow_nan=False, allow_infinity=True)
TEXTS = st.text(max_size=12)


@st.composite
def parametrised(draw: Any, registry: dict[str, type[Parametrised]]) -> Parametrised:
    kind = registry[draw(st.sampled_from(sorted(registry)))]
    values = {}
    for parameter in parameters(kind):
        if draw(st.booleans()):
            continue
        if parameter.kind == "choice":
            values[parameter.name] = draw(st.sampled_from([name for name, _ in parameter.choices]))
        elif parameter.kind == "bool":
            values[parameter.name] = draw(st.booleans())
        elif parameter.kind == "int":
            values[parameter.name] = draw(st.integers(int(parameter.minimum), int(min(parameter.maximum, 10**6))))
        else:
            values[parameter.name] = draw(st.floats(parameter.minimum, min(parameter.maximum, 1e6)))
    return kind(**values)


windows = st.one_of(
    st.builds(
        Window,
        st.floats(-1e6, 1e6),
        st.floats(1.0, 1e6),
        st.sampled_from(["linear", "linear_exact", "sigmoid"]),
    ),
    st.builds(
        LutWindow,
        st.floats(-1e6, 1e6),
        st.lists(st.integers(0, 4095), min_size=1, max_size=30),
        st.just(12),
    ),
)


def nodes(places: list[int]) -> st.SearchStrategy[Any]:
    """Trees over some places, each once."""
    if len(places) == 1:
        return st.just(places[0])

    @st.composite
    def tree(draw: Any) -> Any:
        at = draw(st.integers(1, len(places) - 1))
        return Split.even(draw(st.booleans()), (draw(nodes(places[:at])), draw(nodes(places[at:]))))

    return tree()


def from_hint(hint: Any) -> st.SearchStrategy[Any]:
    """Values for a type hint: a strategy made from the dataclasses themselves, so that a new field is tested too."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if hint in (float, int, str, bool):
        return {float: FLOATS, int: st.integers(-(2**60), 2**60), str: TEXTS, bool: st.booleans()}[hint]
    if hint is type(None):
        return st.none()
    if origin is Literal:
        return st.sampled_from(arguments)
    if set(arguments) == {Window, LutWindow}:
        return windows
    if origin in (typing.Union, type(int | str)):
        return st.one_of(*(from_hint(each) for each in arguments))
    if origin is tuple and len(arguments) == 2 and arguments[1] is Ellipsis:
        return st.lists(from_hint(arguments[0]), max_size=3).map(tuple)
    if origin is tuple:
        return st.tuples(*(from_hint(each) for each in arguments))
    if origin is frozenset:
        return st.frozensets(from_hint(arguments[0]), max_size=4)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return st.dictionaries(st.text(min_size=1, max_size=12), from_hint(arguments[1]), max_size=3).map(
            MappingProxyType
        )
    if isinstance(hint, type) and issubclass(hint, Parametrised):
        registries: dict[str, Any] = {"Algorithm": ALGORITHMS, "Correction": CORRECTIONS}
        return parametrised(registries.get(hint.__name__, {hint.name: hint}))
    if hint is Window or hint is LutWindow:
        return windows.filter(lambda window: isinstance(window, hint))
    if hint is Measurement:
        return measurement()
    if hint is Split:
        return nodes([0, 1, 2])
    if hint is Layout:
        return layouts()
    assert dataclasses.is_dataclass(hint), hint
    return st.builds(hint, **{item.name: from_hint(hints_of(hint)[item.name]) for item in fields(hint) if item.init})


@st.composite
def measurement(draw: Any) -> Measurement:
    kind = draw(st.sampled_from(list(KINDS.values())))
    number = kind.points + (draw(st.integers(0, 4)) if kind.open_ended else 0)
    points = tuple(draw(st.tuples(st.floats(-1e4, 1e4), st.floats(-1e4, 1e4))) for _ in range(number))
    heights = tuple(draw(st.floats(-1e4, 1e4)) for _ in points) if kind.spatial and draw(st.booleans()) else ()
    height = draw(st.none() | st.floats(-1e4, 1e4))
    return Measurement(draw(TEXTS), kind.name, points, height, draw(TEXTS), draw(TEXTS), heights)


@st.composite
def layouts(draw: Any) -> Layout:
    hints = hints_of(Layout)
    others = {name: draw(from_hint(hints[name])) for name in hints if name not in ("root", "outside")}
    return Layout(root=draw(nodes([0, 1, 2, 3])), **others)


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(from_hint(Reading))
def test_what_is_written_comes_back_the_same(reading: Reading) -> None:
    back, reports = decode(encode(reading), Reading)
    assert back == reading
    assert reports == ()
    assert json.loads(encode(reading)) is not None
    # In parts as well: all of them put on an empty reading make the reading.
    texts = {part.name: encode(part.after) for part in changed_parts(Reading(), reading)}
    values, left_out = decode_parts(texts)
    assert left_out == {}
    assert with_parts(Reading(), values) == reading


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(from_hint(Reading), from_hint(Reading))
def test_the_parts_that_changed_make_one_reading_of_the_other(old: Reading, new: Reading) -> None:
    new = replace(new, series=MappingProxyType({**old.series, **new.series}))  # pictures do not go
    values = {part.name: part.after for part in changed_parts(old, new)}
    assert with_parts(old, values) == new
    assert list(changed_parts(new, new)) == []


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(from_hint(View))
def test_the_view_comes_back_too(view: View) -> None:
    assert decode(encode(view), hint_of("view")) == (view, ())


def test_every_type_that_a_reading_may_hold_can_be_read() -> None:
    seen: set[Any] = set()

    def visit(hint: Any) -> None:
        for argument in typing.get_args(hint):
            if not isinstance(argument, str):
                visit(argument)
        if dataclasses.is_dataclass(hint) and hint not in seen:
            seen.add(hint)
            for name in (item.name for item in fields(hint)):
                visit(hints_of(hint)[name])

    visit(Reading)
    assert {SeriesState, Reconstruction, Measurement, Window, LutWindow, Layout, Split} <= seen
    # Whoever adds state that no journal can hold reads it here.
    for kind in seen:
        assert kind.__dataclass_params__.frozen, f"{kind.__name__} must be frozen"


class Colour(Enum):
    RED = 1


@dataclass(frozen=True)
class Everything:
    path: Path
    colour: Colour
    table: np.ndarray
    number: float
    either: float | int
    pairs: Mapping[int, str]
    maybe: str | None = None
    count: int = 0


def test_the_other_kinds() -> None:
    value = Everything(Path("/a b/ü"), Colour.RED, np.arange(6.0).reshape(2, 3), -math.inf, 3, {1: "a"}, "x", 7)
    back, reports = decode(encode(value), Everything)
    assert reports == ()
    assert (back.path, back.colour, back.number, back.maybe, back.count) == (value.path, Colour.RED, -math.inf, "x", 7)
    assert np.array_equal(back.table, value.table)
    assert back.table.dtype == value.table.dtype
    assert type(back.either) is int
    assert dict(back.pairs) == {1: "a"}
    assert math.isnan(decode(encode(math.nan), float)[0])
    assert decode(encode(np.float32(0.5)), float)[0] == 0.5
    lone = "\ud800"  # what a broken file name may hold
    assert decode(encode(lone), str)[0] == lone
    with pytest.raises(TypeError, match="cannot be written"):
        encode(object())


def test_a_field_of_a_newer_version_costs_only_itself() -> None:
    plain = json.loads(encode(Window(1.0, 2.0)))
    back, reports = decode(json.dumps({**plain, "gamma": 2.2}), Window)
    assert back == Window(1.0, 2.0)
    assert reports == ("gamma: not known to this version",)


def test_a_measurement_of_a_kind_that_is_not_known_costs_only_itself() -> None:
    good = Measurement("a", "length", ((0.0, 0.0), (1.0, 0.0)))
    plain = json.loads(encode((good, good)))
    plain[0]["kind"] = "spline-of-tomorrow"
    back, reports = decode(json.dumps(plain), hint_of(part_name("1.2", "measurements")))
    assert back == (good,)
    assert len(reports) == 1
    assert "spline-of-tomorrow" in reports[0]


def test_parameters_of_an_algorithm_that_do_not_fit_any_more_are_left_at_their_defaults() -> None:
    name, parameter = next(
        (name, found)
        for name, kind in ALGORITHMS.items()
        for found in parameters(kind)
        if found.kind == "float" and math.isfinite(found.maximum)
    )
    plain = json.loads(encode(build(name)))
    plain["values"][parameter.name] = parameter.maximum * 10 + 1
    plain["values"]["of_tomorrow"] = 1
    back, reports = decode(json.dumps(plain), hints_of(Reconstruction)["algorithm"])
    assert back == build(name)
    assert len(reports) == 2
    assert any(parameter.title in text for text in reports)


def test_an_algorithm_that_is_gone_leaves_the_rest_of_the_reconstruction() -> None:
    before = Reconstruction(7.0, 1.0, 0.0, 100.0, build("fbp"), excluded=frozenset({1, 5}))
    plain = json.loads(encode(before))
    plain["algorithm"]["name"] = "magic"
    back, reports = decode(json.dumps(plain), Reconstruction)
    assert back == replace(before, algorithm=None)
    assert reports == ('algorithm: there is no algorithm "magic"',)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("{", Window),
        ("[1]", Window),
        ('{"$": "Window", "centre": "wide", "width": 1.0}', Window),
        ('{"$": "Window", "centre": 1.0}', Window),
        ('{"$": "Window", "centre": 1.0, "width": -4.0}', Window),
        ('{"$": "Os", "centre": 1.0, "width": 4.0}', Window | LutWindow),
        ("true", int),
        ("1.5", int),
        ('"a"', float),
        ("[1, 2, 3]", tuple[float, float]),
        ('{"$": "array", "dtype": "<f4", "shape": [1000000000], "zlib": "eJwDAAAAAAE="}', np.ndarray),
        ('{"$": "array", "dtype": "O", "shape": [1], "zlib": "eJwDAAAAAAE="}', np.ndarray),
        ("[" * 5000, tuple[int, ...]),
    ],
)
def test_what_does_not_fit_is_refused_in_a_sentence(text: str, hint: Any) -> None:
    with pytest.raises(Undecodable) as raised:
        decode(text, hint)
    assert "Traceback" not in str(raised.value)
    assert len(str(raised.value)) < 300


def test_names_of_parts() -> None:
    name = part_name("file:/a/b #2", "windows")
    assert uid_of(name) == "file:/a/b #2"
    assert field_of(name) == "windows"
    assert uid_of("layout") == ""
    assert hint_of("layout") is Layout
    with pytest.raises(Undecodable, match="not known"):
        hint_of("of_tomorrow")
    values, reports = decode_parts({"of_tomorrow": "1", "layout": encode(Layout(grid(2, 2)))})
    assert values == {"layout": Layout(grid(2, 2))}
    assert reports == {"of_tomorrow": ("of_tomorrow: not known to this version",)}
    assert decode(encode(PaneView()), PaneView)[0] == PaneView()
