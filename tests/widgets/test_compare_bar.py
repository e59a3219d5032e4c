from __future__ import annotations

import pytest

from widgets.compare_bar import FIELDS, MODES, CompareBar


@pytest.mark.parametrize("mode", [mode for mode, *_ in MODES])
def test_the_bar_asks_for_no_more_width_than_a_small_viewport_has(qtbot, mode):
    bar = CompareBar()
    qtbot.addWidget(bar)
    bar.show_look(mode, True, 0.5, "Registered by geometry")
    bar.show_placement({name: 0.0 for name, *_ in FIELDS}, [name for name, *_ in FIELDS])
    bar.adjust.setChecked(True)
    assert bar.minimumSizeHint().width() <= 260
    assert bar.heightForWidth(280) > bar.heightForWidth(1200)


def test_in_a_small_viewport_everything_of_the_bar_is_in_sight(qtbot):
    bar = CompareBar()
    qtbot.addWidget(bar)
    bar.show_look("swipe", True, 0.5, "")
    bar.resize(300, bar.heightForWidth(300))
    bar.show()
    qtbot.waitExposed(bar)
    places = []
    for button in (*bar.buttons.values(), bar.upright, bar.exchange, bar.register, bar.adjust, bar.reset):
        place = button.rect().translated(button.mapTo(bar, button.rect().topLeft()))
        assert bar.rect().contains(place), button.text()
        assert not any(place.intersects(other) for other in places), button.text()
        places.append(place)
