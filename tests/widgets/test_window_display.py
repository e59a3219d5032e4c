import numpy as np
import pytest

from widgets.window import LutWindow, Window
from widgets.window_drag import as_window, dragged
from widgets.window_kernel import to_display


def _grey(display):
    assert (display >> 24 == 255).all()
    red, green, blue = (display >> 16) & 255, (display >> 8) & 255, display & 255
    assert np.array_equal(red, green)
    assert np.array_equal(green, blue)
    return blue.astype(int)


@pytest.fixture
def pixels():
    values = np.linspace(-1500, 2500, 4001, dtype=np.float32).reshape(1, -1).repeat(3, axis=0)
    values[1] = np.random.default_rng(1).permutation(values[1])
    return np.ascontiguousarray(values)


@pytest.mark.parametrize("inverted", [False, True])
@pytest.mark.parametrize(
    "window",
    [
        Window(40, 400),
        Window(40, 400, "linear_exact"),
        Window(40, 1),
        Window(300, 700, "sigmoid"),
        LutWindow(-1000.0, np.sqrt(np.linspace(0, 1, 2000))),
        LutWindow(100.0, np.array([0.0, 0.7, 0.1, 1.0])),
    ],
    ids=["linear", "exact", "threshold", "sigmoid", "table", "short table"],
)
def test_display_agrees_with_the_formula(pixels, window, inverted):
    expected = window.apply(pixels) * 255.0
    if inverted:
        expected = 255.0 - expected
    assert np.abs(_grey(to_display(pixels, window, inverted)) - expected).max() <= 1.01


@pytest.mark.parametrize("inverted", [False, True])
def test_small_computed_values_use_the_whole_range(inverted):
    values = np.linspace(0.0, 0.04, 500, dtype=np.float32).reshape(1, -1)
    grey = _grey(to_display(values, Window(0.02, 0.02, "linear_exact"), inverted))
    assert grey.min() == 0
    assert grey.max() == 255
    assert len(np.unique(grey)) > 200


@pytest.mark.parametrize("window", [Window(0, 100), Window(0, 100, "sigmoid"), LutWindow(0.0, np.ones(10))])
def test_missing_pixels_are_black_even_inverted(window):
    pixels = np.array([[np.nan, -1e6], [1e6, np.nan]], dtype=np.float32)
    for inverted in (False, True):
        grey = _grey(to_display(pixels, window, inverted))
        assert grey[0, 0] == grey[1, 1] == 0
    assert _grey(to_display(pixels, Window(0, 100), True))[0, 1] == 255


def test_drag_right_is_wider_and_down_is_brighter():
    start = Window(100.0, 400.0)
    assert dragged(start, 50, 0).width > start.width
    assert dragged(start, 50, 0).centre == start.centre
    down = dragged(start, 0, 50)
    assert down.width == start.width
    assert down.apply(100.0) > start.apply(100.0)
    assert dragged(start, 0, 50, brighter_down=False).apply(100.0) < start.apply(100.0)
    assert dragged(start, 50, 30).function == "linear"


def test_a_drag_never_makes_an_impossible_window():
    assert dragged(Window(0, 2), -5000, 0).width == 1.0
    assert dragged(Window(0, 0.01, "linear_exact"), -50000, 0).width > 0


def test_dragging_starts_from_the_tables_own_ramp():
    table = np.concatenate([np.zeros(100), np.linspace(0, 1, 201), np.ones(100)])
    window = as_window(LutWindow(1000.0, table))
    low, high = window.edges
    assert low == pytest.approx(1104, abs=3)
    assert high == pytest.approx(1296, abs=3)
    assert window.function == "linear_exact"
