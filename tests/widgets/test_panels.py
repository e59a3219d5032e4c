"""The controls, the reconstruction panel and the cine bar."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractSlider, QAbstractSpinBox, QApplication, QComboBox, QWidget

from recon.algorithms import ALGORITHMS
from recon.parameters import Parameter, parameters
from widgets.cine_bar import CineBar
from widgets.computation_bar import percent
from widgets.controls import ParameterPanel, SliderWithEntry
from widgets.reconstruction_panel import ReconstructionPanel

LEFT, NO_KEY = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def collect(signal):
    found = []
    signal.connect(lambda *arguments: found.append(arguments[0] if len(arguments) == 1 else arguments))
    return found


def drag_slider(slider, start, end):
    y = slider.height() // 2
    QTest.mousePress(slider, LEFT, NO_KEY, QPoint(round(start * slider.width()), y))
    for step in range(1, 6):
        x = start + (end - start) * step / 5
        QTest.mouseMove(slider, QPoint(round(x * slider.width()), y))
    QTest.mouseRelease(slider, LEFT, NO_KEY, QPoint(round(end * slider.width()), y))


@pytest.fixture
def control(qtbot):
    widget = SliderWithEntry("Thickness", 0.0, 20.0, 0.5, "mm", 1, "How thick (Alt + wheel)")
    qtbot.addWidget(widget)
    widget.resize(300, 60)
    widget.show()
    return widget


def test_a_slider_is_live_and_commits_once(control):
    changed, committed = collect(control.value_changed), collect(control.value_committed)
    drag_slider(control.slider, 0.1, 0.75)
    assert len(changed) > 2
    assert committed == [changed[-1]] == [control.value()]
    assert control.value() == pytest.approx(15.0, abs=1.0)
    assert control.value() % 0.5 == 0


def test_an_entry_takes_exact_values(control):
    changed, committed = collect(control.value_changed), collect(control.value_committed)
    control.entry.selectAll()
    QTest.keyClicks(control.entry, "7.3")
    assert changed == []
    QTest.keyClick(control.entry, Qt.Key.Key_Return)
    assert changed == committed == [7.3]
    assert control.slider.value() == 15


def test_what_is_typed_is_committed_even_if_it_is_set_in_answer(control):
    committed = collect(control.value_committed)
    control.value_changed.connect(control.set_value)
    control.entry.selectAll()
    QTest.keyClicks(control.entry, "7.3")
    QTest.keyClick(control.entry, Qt.Key.Key_Return)
    QTest.keyClick(control.slider, Qt.Key.Key_Right)
    assert committed == [7.3, control.value()]
    assert control.value() > 7.3


def test_an_entry_is_as_wide_as_its_longest_text(qtbot):
    widget = SliderWithEntry("Edge", 0.0, 0.01, 0.00005, "1/mm", 5)
    qtbot.addWidget(widget)
    assert widget.entry.width() > widget.entry.fontMetrics().horizontalAdvance("0.00050 1/mm") + 20


def test_axes_are_labelled_without_powers():
    assert [percent(share) for share in (10.0, 1.0, 0.3162, 0.1, 0.03162, 0.001)] == (
        ["1000 %", "100 %", "32 %", "10 %", "3.2 %", "0.1 %"]
    )


def test_setting_a_value_is_silent_and_kept_inside(control):
    changed = collect(control.value_changed)
    control.set_value(99.0)
    assert control.value() == 20.0
    control.set_range(0.0, 10.0)
    assert control.value() == 10.0
    assert control.slider.value() == control.slider.maximum()
    assert changed == []


def test_a_disabled_control_says_why(control):
    control.set_enabled_reason("Open projections first")
    assert not control.slider.isEnabled()
    assert control.slider.toolTip() == control.entry.toolTip() == "Open projections first"
    control.set_enabled_reason("")
    assert control.slider.isEnabled()
    assert control.slider.toolTip() == "How thick (Alt + wheel)"


PARAMETERS = (
    Parameter(
        "window", "Filter", "Shape of the filter", "choice", "hann", choices=(("ramp", "Ramp"), ("hann", "Hann"))
    ),
    Parameter("cutoff", "Cut-off", "Share of Nyquist", "float", 0.8, 0.1, 1.0, 0.05),
    Parameter("weights", "Cosine weights", "Weigh rays", "bool", True),
)


def test_a_panel_is_generated_from_parameters(qtbot):
    panel = ParameterPanel(PARAMETERS)
    qtbot.addWidget(panel)
    assert panel.values() == {"window": "hann", "cutoff": 0.8, "weights": True}
    changed = collect(panel.values_changed)
    panel.set_values({"window": "ramp", "cutoff": 0.5, "unknown": 1})
    assert changed == []
    panel.controls["weights"].click()
    panel.controls["window"].setCurrentIndex(1)
    assert changed[-1] == {"window": "hann", "cutoff": 0.5, "weights": False}
    panel.set_enabled_reason("No")
    assert all(not child.isEnabled() for child in panel.findChildren(QComboBox))


@pytest.fixture
def panel(qtbot):
    widget = ReconstructionPanel()
    qtbot.addWidget(widget)
    widget.set_algorithms({name: (a.title, a.description, parameters(a)) for name, a in ALGORITHMS.items()})
    widget.set_limits(20.0, 220.0)
    widget.set_range(20.0, 220.0)
    widget.resize(300, 800)
    widget.show()
    return widget


def test_setting_the_panel_is_silent(panel):
    signals = [
        collect(getattr(panel, f"{name}_{when}"))
        for name in ("height", "thickness", "interval", "range", "parameters")
        for when in ("changed", "committed")
    ]
    panel.set_height(100)
    panel.set_thickness(5)
    panel.set_interval(2)
    panel.set_range(50, 150)
    panel.set_algorithm("shift-and-add")
    panel.set_algorithm("fbp", {})
    assert signals == [[]] * 10
    assert panel.heights() == (50, 150)
    assert panel.count_label.text() == "51 slices in the range"


def test_a_protocol_is_chosen_and_told_again_when_chosen_again(panel):
    panel.set_protocols([("chest", "Chest", "Standing"), ("hand", "Hand", "Thin slices")])
    chosen = collect(panel.protocol_changed)
    panel.set_protocol("hand", "Chosen here")
    assert chosen == []
    assert panel.protocol_box.currentText() == "Hand"
    assert panel.protocol_note.isVisible()
    assert panel.protocol_note.text() == "Chosen here"
    panel.protocol_box.setFocus()
    QTest.keyClick(panel.protocol_box, Qt.Key.Key_Up)
    assert chosen == ["chest"]
    panel.protocol_box.activated.emit(1)  # the same entry again: back to its values
    assert chosen == ["chest", "chest"]
    panel.set_protocol("", "")
    assert panel.protocol_box.currentText() == "No protocol"
    assert not panel.protocol_note.isVisible()


def test_the_wheel_passes_over_choices_without_changing_them(panel):
    panel.set_protocols([("chest", "Chest", "Standing"), ("hand", "Hand", "Thin slices")])
    panel.set_protocol("chest", "")
    chosen = collect(panel.protocol_changed)
    middle = QPointF(panel.protocol_box.rect().center())
    event = QWheelEvent(
        middle, middle, QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton, NO_KEY, Qt.ScrollPhase.NoScrollPhase, False
    )
    QApplication.sendEvent(panel.protocol_box, event)
    assert panel.protocol_box.currentText() == "Chest"
    assert chosen == []


def test_height_is_live_while_dragging(panel):
    live, done = collect(panel.height_changed), collect(panel.height_committed)
    drag_slider(panel.height_control.slider, 0.2, 0.6)
    assert len(live) > 2
    assert done == [live[-1]]
    assert live[-1] == pytest.approx(140, abs=8)


def test_the_range_is_never_upside_down(panel):
    changed = collect(panel.range_changed)
    panel.set_range(50, 150)
    panel.from_control.entry.setValue(180)
    assert changed[-1] == (180.0, 180.0)
    panel.to_control.entry.setValue(60)
    assert changed[-1] == (60.0, 60.0)


def test_algorithms_bring_their_parameters(panel):
    chosen = collect(panel.algorithm_changed)
    other = next(name for name in ALGORITHMS if name != panel.algorithm()[0])
    panel.algorithm_box.setCurrentIndex(panel.algorithm_box.findData(other))
    assert chosen == [other]
    assert set(panel.algorithm()[1]) == {parameter.name for parameter in parameters(ALGORITHMS[other])}


def test_stored_slices_are_averaged_not_reconstructed(panel):
    assert "nominal" in panel.thickness_control.label.text()
    panel.set_reconstructs(False)
    assert panel.thickness_control.label.text() == "Slab thickness (average)"
    assert not panel.algorithm_box.isEnabled()
    assert "stored" in panel.algorithm_box.toolTip()
    assert not panel.protocol_box.isVisible()
    assert panel.thickness_control.slider.isEnabled()


def test_a_disabled_panel_says_why_everywhere(panel):
    panel.set_enabled_reason("Open projections first.")
    assert panel.reason_label.text() == "Open projections first."
    for kind in (QAbstractSlider, QAbstractSpinBox, QComboBox, QAbstractButton):
        for child in panel.findChildren(kind):
            if child.isVisible() and child.parent().objectName() != "qt_scrollarea_vcontainer":
                assert not child.isEnabled()
                assert child.toolTip() == "Open projections first."


@pytest.fixture
def cine(qtbot):
    widget = CineBar()
    qtbot.addWidget(widget)
    widget.resize(900, 40)
    widget.set_limits(20.0, 220.0)
    widget.show()
    return widget


def test_play_is_told_and_shown(cine):
    played = collect(cine.play_toggled)
    cine.set_playing(True)
    assert played == []
    assert cine.play_button.toolTip() == "Pause (Space)"
    cine.play_button.click()
    assert played == [False]


def test_the_asked_and_the_achieved_rate(cine):
    asked = collect(cine.fps_changed)
    assert cine.fps_entry.value() == 10
    cine.fps_entry.setValue(25)
    cine.set_fps(30)
    assert asked == [25]
    cine.set_achieved(9.84)
    assert cine.shown_label.text() == "shown 9.8"
    cine.set_achieved(None)
    assert cine.shown_label.text() == ""
    cine.fps_entry.setValue(99)
    assert cine.fps_entry.value() == 60


def test_sweep_loop_and_once(cine):
    modes = collect(cine.mode_changed)
    assert cine.mode() == "sweep"
    cine.mode_button.click()
    cine.mode_button.click()
    cine.mode_button.click()
    assert modes == ["loop", "once", "sweep"]
    cine.set_mode("loop")
    assert cine.mode() == "loop"
    assert len(modes) == 3


def test_position_and_range(cine):
    moved, done, ranges = collect(cine.position_changed), collect(cine.position_committed), collect(cine.range_changed)
    cine.set_position(100.0)
    assert cine.position() == 100.0
    assert moved == []
    drag_slider(cine.slider, 0.2, 0.5)
    assert moved[-1] == pytest.approx(120.0, abs=5)
    assert done == [moved[-1]]
    cine.from_entry.setValue(60)
    cine.to_entry.setValue(40)
    assert ranges == [(60.0, 220.0), (40.0, 40.0)]


@pytest.mark.parametrize("name", ["panel", "cine"])
def test_every_control_has_a_tooltip(request, name):
    widget: QWidget = request.getfixturevalue(name)
    for kind in (QAbstractSlider, QAbstractSpinBox, QComboBox, QAbstractButton):
        for child in widget.findChildren(kind):
            if not child.parent().objectName().startswith("qt_"):
                assert child.toolTip(), child


@pytest.mark.parametrize("value", [0.0, 5.0, 9.5, 10.0, 10.01])
def test_the_slider_stands_where_the_value_is_when_the_range_is_no_multiple_of_the_step(control, value):
    control.set_range(0.0, 10.01, 0.5)
    control.set_value(value)
    assert min(control.slider.value() * 0.5, 10.01) == pytest.approx(value, abs=0.01)


def test_keys_move_by_their_own_step(control):
    control.set_key_step(2.0)
    control.set_value(4.0)
    control.slider.setFocus()
    QTest.keyClick(control.slider, Qt.Key.Key_Right)
    assert control.value() == 6.0


def test_assumptions_stand_apart_from_facts(panel):
    assert not panel.notes_label.isVisible()
    panel.set_notes(["Geometry: preset <GE>"], ["60 views"])
    assert panel.notes_label.isVisible()
    assert "&lt;GE&gt;" in panel.notes_label.text()
    assert "60 views" in panel.facts_label.text()
    panel.set_notes([])
    assert not panel.facts_label.isVisible()
