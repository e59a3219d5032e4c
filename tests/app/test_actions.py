from __future__ import annotations

import subprocess
import sys
from collections import Counter

from app.actions import ACTIONS, MENUS, Context, by_id


def test_ids_and_shortcuts_are_unique():
    assert not [name for name, n in Counter(action.id for action in ACTIONS).items() if n > 1]
    keys = Counter(key for action in ACTIONS for key in action.shortcuts)
    assert not [key for key, n in keys.items() if n > 1]


def test_every_action_stands_in_a_menu_and_says_what_it_does():
    menus = {name for name, _ in MENUS}
    for action in ACTIONS:
        assert action.group in menus, action.id
        assert action.tip, action.id
        assert not action.tip.endswith("."), action.id


def test_a_disabled_action_says_why():
    nothing = Context()
    assert by_id("export_slices").why_disabled(nothing) == "no slices on screen"
    assert by_id("undo").why_disabled(nothing) == "nothing to undo"
    assert by_id("undo").why_disabled(Context(undo="window")) == ""
    assert by_id("preset_3").why_disabled(Context(picture=True, presets=2))
    assert not by_id("preset_2").why_disabled(Context(picture=True, presets=2))
    assert not by_id("open_folder").why_disabled(nothing)


def test_the_expected_keys():
    expected = {
        "tool_window": "W", "tool_zoom": "Z", "tool_scroll": "S", "tool_length": "L", "tool_angle": "A",
        "tool_ellipse": "E", "play": "Space", "overlay": "O", "flip_horizontal": "H", "flip_vertical": "V",
        "rotate_right": "R", "rotate_left": "Shift+R", "auto_window": "0", "fit": "F", "one_to_one": "Ctrl+1",
        "undo": "Ctrl+Z", "open_files": "Ctrl+O", "export_slices": "Ctrl+E", "full_screen": "F11", "shortcuts": "F1",
    }  # fmt: skip
    assert {name: by_id(name).shortcuts[0] for name in expected} == expected


def test_the_list_needs_no_qt():
    code = "import sys, app.actions, app.linking, app.commands, app.cine; assert 'PySide6' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
