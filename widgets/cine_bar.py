"""The cine bar: play, how it goes on, frames per second asked and shown, range, position. Signals only."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QResizeEvent
from PySide6.QtWidgets import QDoubleSpinBox, QHBoxLayout, QLabel, QMenu, QSpinBox, QToolButton, QWidget

from widgets.cine_slider import CineSlider
from widgets.theme import icon
from widgets.translation import mark, tr

DEFAULT_FPS = 10
_TICKS_PER_MM = 10
MODES: tuple[tuple[str, str, str], ...] = (
    ("sweep", mark("Sweep"), mark("Sweep: there and back")),
    ("loop", mark("Loop"), mark("Loop: from the highest slice to the lowest at once")),
    ("once", mark("Once"), mark("Once: up to the highest slice, and stop there")),
)
"""Word, name, and what it does."""


class CineBar(QWidget):
    """Plays nothing itself: it tells what is wanted and shows what is achieved."""

    play_toggled = Signal(bool)
    mode_changed = Signal(str)
    """ "sweep" (there and back), "loop" or "once"."""
    every_frame_changed = Signal(bool)
    """Show every frame however long it takes, instead of keeping the rate."""
    fps_changed = Signal(int)
    range_changed = Signal(float, float)
    """(from, to), mm."""
    position_changed = Signal(float)
    """mm, live while the slider is dragged."""
    position_committed = Signal(float)
    first_wanted = Signal()
    last_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(40)
        self._low, self._high = 0.0, 100.0
        self._reason = ""
        self._tips: dict[QWidget, str] = {}
        self.first_button = self._button("first", tr("Go to the lowest slice (Home)"))
        self.play_button = self._button("play", "")
        self.play_button.setCheckable(True)
        self.last_button = self._button("last", tr("Go to the highest slice (End)"))
        self.mode_button = self._button("sweep", "")
        self._mode = "sweep"
        self._build_modes()
        self.every_button = self._button("every_frame", "")
        self.every_button.setCheckable(True)
        self.slider = CineSlider()
        self._tips[self.slider] = tr("Height: drag to go through the slices. Drag the ends below: range of cine")
        self.position_label = QLabel()
        self.position_label.setMinimumWidth(64)
        self.position_label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._range = QWidget()
        self.from_entry = self._entry(tr("Lowest height that cine shows"))
        self.to_entry = self._entry(tr("Highest height that cine shows"))
        self.fps_entry = QSpinBox()
        self.fps_entry.setRange(1, 60)
        self.fps_entry.setValue(DEFAULT_FPS)
        self.fps_entry.setSuffix(tr(" fps"))
        self.fps_entry.setFixedWidth(74)
        self.fps_entry.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.fps_entry.setKeyboardTracking(False)
        self._tips[self.fps_entry] = tr("Frames per second asked for")
        self.shown_label = QLabel()
        self.shown_label.setProperty("role", "dim")
        self.shown_label.setMinimumWidth(70)
        self.shown_label.setToolTip(tr("Frames per second that are really shown"))
        self._build()
        self.play_button.toggled.connect(self._played)
        self.mode_button.clicked.connect(self._next_mode)
        self.every_button.toggled.connect(self._every_toggled)
        self.first_button.clicked.connect(self.first_wanted)
        self.last_button.clicked.connect(self.last_wanted)
        self.fps_entry.valueChanged.connect(self.fps_changed)
        self.slider.valueChanged.connect(self._slid)
        self.slider.range_dragged.connect(self._range_dragged)
        self.slider.sliderReleased.connect(lambda: self.position_committed.emit(self.position()))
        self.from_entry.valueChanged.connect(lambda _value: self._range_typed(lower=True))
        self.to_entry.valueChanged.connect(lambda _value: self._range_typed(lower=False))
        self._show_state()
        self.set_limits(0.0, 100.0)
        self.set_achieved(None)

    def _build(self) -> None:
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 10, 4)
        row.setSpacing(6)
        for button in (self.first_button, self.play_button, self.last_button, self.mode_button, self.every_button):
            row.addWidget(button)
        row.addSpacing(4)
        row.addWidget(self.slider, 1)
        row.addWidget(self.position_label)
        inner = QHBoxLayout(self._range)
        inner.setContentsMargins(8, 0, 8, 0)
        inner.setSpacing(6)
        inner.addWidget(self._word(tr("Range")))
        inner.addWidget(self.from_entry)
        inner.addWidget(self._word("–"))
        inner.addWidget(self.to_entry)
        row.addWidget(self._range)
        row.addWidget(self.fps_entry)
        row.addWidget(self.shown_label)

    def _build_modes(self) -> None:
        menu = QMenu(self)
        group = QActionGroup(menu)
        self._mode_actions: dict[str, QAction] = {}
        for word, name, tip in MODES:
            action = menu.addAction(icon(word), tr(name))
            action.setToolTip(tr(tip))
            action.setCheckable(True)
            action.triggered.connect(lambda _=False, word=word: self._choose_mode(word))
            group.addAction(action)
            self._mode_actions[word] = action
        menu.setToolTipsVisible(True)
        self.mode_button.setMenu(menu)
        self.mode_button.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)

    def minimumSizeHint(self) -> QSize:
        """Be content without what can be done elsewhere: the range (panel, flags) and the ends (Home, End)."""
        hint = super().minimumSizeHint()
        spare = [widget for widget in (self._range, self.first_button, self.last_button) if not widget.isHidden()]
        hint.setWidth(hint.width() - sum(self._room(widget) for widget in spare))
        return hint

    def _room(self, widget: QWidget) -> int:
        return widget.sizeHint().width() + self._row.spacing()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the ends, then the range, where there is room for them beside a slider that can be used."""
        super().resizeEvent(event)
        free = self.width() - self.minimumSizeHint().width()
        ends = self._room(self.first_button) + self._room(self.last_button)
        for button in (self.first_button, self.last_button):
            button.setVisible(free >= ends)
        self._range.setVisible(free >= ends + self._room(self._range))

    def _button(self, name: str, tooltip: str) -> QToolButton:
        button = QToolButton()
        button.setIcon(icon(name))
        button.setIconSize(QSize(20, 20))
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._tips[button] = tooltip
        return button

    def _entry(self, tooltip: str) -> QDoubleSpinBox:
        entry = QDoubleSpinBox()
        entry.setDecimals(1)
        entry.setSuffix(" mm")
        entry.setKeyboardTracking(False)
        entry.setFixedWidth(88)
        entry.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._tips[entry] = tooltip
        return entry

    @staticmethod
    def _word(text: str) -> QLabel:
        label = QLabel(text)
        label.setProperty("role", "dim")
        return label

    # -- what the application sets ------------------------------------------------------------------------------------

    def set_limits(self, low_mm: float, high_mm: float) -> None:
        """Give the heights of the source."""
        self._low, self._high = low_mm, max(high_mm, low_mm)
        with QSignalBlocker(self.slider), QSignalBlocker(self.from_entry), QSignalBlocker(self.to_entry):
            self.slider.setRange(0, max(1, round((self._high - self._low) * _TICKS_PER_MM)))
            for entry in (self.from_entry, self.to_entry):
                entry.setRange(self._low, self._high)
        self.set_range(self._low, self._high)

    def set_range(self, low_mm: float, high_mm: float) -> None:
        """Show the range that is played."""
        with QSignalBlocker(self.from_entry), QSignalBlocker(self.to_entry):
            self.from_entry.setValue(low_mm)
            self.to_entry.setValue(high_mm)
        self.slider.set_ends(*(round((end - self._low) * _TICKS_PER_MM) for end in (low_mm, high_mm)))

    def set_numbered(self, numbered: bool, in_time: bool = False) -> None:
        """Say whether positions are numbers of views, or of frames in time, rather than heights in millimetres."""
        self._numbered, self._in_time = numbered, in_time
        for entry in (self.from_entry, self.to_entry):
            entry.setDecimals(0 if numbered else 1)
            entry.setSuffix("" if numbered else " mm")

    def _position_text(self, height_mm: float) -> str:
        if not self._numbered:
            return f"{height_mm:.1f} mm"
        return tr("Frame {0}", round(height_mm)) if self._in_time else tr("View {0}", round(height_mm))

    _numbered = _in_time = False

    def set_interval(self, interval_mm: float) -> None:
        """Let the arrow keys on the slider move by the slice interval."""
        self.slider.setSingleStep(max(1, round(interval_mm * _TICKS_PER_MM)))
        for entry in (self.from_entry, self.to_entry):
            entry.setSingleStep(interval_mm)

    def set_position(self, height_mm: float) -> None:
        """Show the height; a slider that is being dragged is left alone."""
        self.position_label.setText(self._position_text(height_mm))
        if not self.slider.isSliderDown():
            with QSignalBlocker(self.slider):
                self.slider.setValue(round((height_mm - self._low) * _TICKS_PER_MM))

    def position(self) -> float:
        """Return the height on the slider, mm."""
        return min(self._low + self.slider.value() / _TICKS_PER_MM, self._high)

    def set_playing(self, playing: bool) -> None:
        """Show whether cine runs."""
        with QSignalBlocker(self.play_button):
            self.play_button.setChecked(playing)
        self._show_state()

    def set_mode(self, mode: str) -> None:
        """Show "sweep", "loop" or "once"."""
        self._mode = mode
        self._show_state()

    def mode(self) -> str:
        """Return "sweep", "loop" or "once"."""
        return self._mode

    def set_every_frame(self, every: bool) -> None:
        """Show whether every frame is played, or the rate is kept."""
        with QSignalBlocker(self.every_button):
            self.every_button.setChecked(every)
        self._show_state()

    def set_fps(self, fps: int) -> None:
        """Show the rate that is asked for."""
        with QSignalBlocker(self.fps_entry):
            self.fps_entry.setValue(fps)

    def set_achieved(self, fps: float | None) -> None:
        """Show the rate that is achieved; None while nothing plays."""
        self.shown_label.setText("" if fps is None else tr("shown {0}", f"{fps:.1f}"))

    def set_enabled_reason(self, reason: str) -> None:
        """Disable the bar and say why; an empty reason enables it."""
        self._reason = reason
        self._show_state()

    # -- inside -------------------------------------------------------------------------------------------------------

    def _show_state(self) -> None:
        playing = self.play_button.isChecked()
        self.play_button.setIcon(icon("pause" if playing else "play"))
        self._tips[self.play_button] = tr("Pause (Space)") if playing else tr("Play through the slices (Space)")
        self.mode_button.setIcon(icon(self._mode))
        self._mode_actions[self._mode].setChecked(True)
        tip = next(tip for word, _, tip in MODES if word == self._mode)
        self._tips[self.mode_button] = tr("{0}; click for the next way", tr(tip))
        self._tips[self.every_button] = (
            tr("Every frame is shown in full detail, and the rate adapts; click to keep the rate instead")
            if self.every_button.isChecked()
            else tr("Real time: the rate is kept, frames are left out if need be; click to show every frame")
        )
        for control, tooltip in self._tips.items():
            control.setEnabled(not self._reason)
            control.setToolTip(self._reason or tooltip)
        self.position_label.setEnabled(not self._reason)

    def _played(self, playing: bool) -> None:
        self._show_state()
        self.play_toggled.emit(playing)

    def _choose_mode(self, mode: str) -> None:
        self.set_mode(mode)
        self.mode_changed.emit(mode)

    def _next_mode(self) -> None:
        words = [word for word, _, _ in MODES]
        self._choose_mode(words[(words.index(self._mode) + 1) % len(words)])

    def _every_toggled(self, every: bool) -> None:
        self._show_state()
        self.every_frame_changed.emit(every)

    def _range_dragged(self, low: int, high: int) -> None:
        low_mm, high_mm = (min(self._low + end / _TICKS_PER_MM, self._high) for end in (low, high))
        self.set_range(low_mm, high_mm)
        self.range_changed.emit(low_mm, high_mm)

    def _slid(self) -> None:
        self.position_label.setText(self._position_text(self.position()))
        self.position_changed.emit(self.position())
        if not self.slider.isSliderDown():
            self.position_committed.emit(self.position())

    def _range_typed(self, *, lower: bool) -> None:
        low, high = self.from_entry.value(), self.to_entry.value()
        if low > high:
            low, high = (low, low) if lower else (high, high)
            self.set_range(low, high)
        self.range_changed.emit(low, high)
