"""The reading session: the one place whose state changes, and the signals that tell of it.

Everything that can be undone goes through `Session.change`, as a command on one undo stack. Heights, the active
viewport and what is loaded are told by signals of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.commands import Command, UndoStack
from app.jobs import Worker
from app.reading.acquisition import GeometryChoice
from app.reading.calibration import Calibration
from app.reading.layout import Layout, leaves
from app.reading.placement import Placement
from app.session.automatic import AutomaticWindows
from app.session.duplicates import Duplicates
from app.session.follow import Follower
from app.session.keeping import Keeping
from app.session.state import (
    AnyWindow,
    Picture,
    Reading,
    SeriesState,
    command_text,
    first_reconstruction,
    series_of,
    started,
    with_values,
)
from recon.errors import BocageError
from recon.messages import said
from recon.slab import SlabSource
from widgets.measurements import Measurement

WAITING = said("Answer the question about these projections first.")
"""Stands in `Session.failures` for a series that waits for the user's word."""


def sentence(error: BaseException) -> str:
    """An error as a sentence for the user."""
    if isinstance(error, BocageError):
        return str(error)
    return said(
        "Something went wrong in the program ({0}). The picture on screen may be out of date.", type(error).__name__
    )


@dataclass(frozen=True)
class Busy:
    """What goes on for a picture: a text and the done fraction (None: unknown)."""

    text: str
    fraction: float | None = None


class Session(QObject):
    """State of one reading session.

    Signals
    -------
    reading_changed(Reading, Reading)
        Old and new undoable state.
    picture_changed(str)
        A picture (by UID) was loaded, or its source was replaced.
    window_changed(str)
        The window in force for a picture changed (the reader's or the automatic one).
    height_changed(str)
        The height shown of a picture changed.
    active_changed(int)
        Another viewport is active.
    maximised_changed()
        One viewport fills the place of all, or no longer.
    undo_changed()
    busy_changed(str)
        What goes on for a picture (`busy`) changed.
    geometry_changed(str)
        What the reader says about the acquisition of a series changed: it must be loaded anew.
    computing_changed(str)
        How far the planes of a stack algorithm are (`Follower.computation`) changed.
    failed(str, str)
        (UID or "", sentence): something the user should read.
    """

    reading_changed = Signal(object, object)
    picture_changed = Signal(str)
    window_changed = Signal(str)
    height_changed = Signal(str)
    active_changed = Signal(int)
    maximised_changed = Signal()
    undo_changed = Signal()
    busy_changed = Signal(str)
    computing_changed = Signal(str)
    failed = Signal(str, object)
    geometry_changed = Signal(str)

    def __init__(self, compute: Worker, background: Worker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.compute = compute
        self.background = background
        self.reading = Reading()
        self.pictures: dict[str, Picture] = {}
        self.documents: dict[str, Any] = {}
        """Documents that were read, by the UID of their series."""
        self.failures: dict[str, str] = {}
        """Series that could not be loaded, and why."""
        self.first_thickness_mm = 5.0
        self.interpolation = "bilinear"
        """Of magnified pictures, on screen and in files made of it."""
        self.stack: UndoStack[Reading] = UndoStack(self._put)
        self.stack.listen(self.undo_changed.emit)
        self._heights: dict[str, float] = {}
        self.first_values: dict[str, Mapping[str, Any]] = {}
        """What slices start with, by UID: from a hanging protocol."""
        self.follower = Follower(self, background)
        self.duplicates = Duplicates(self)
        self.keeping = Keeping(self)
        self.automatic = AutomaticWindows(self)
        self._busy: dict[str, Busy] = {}
        self._active = 0
        self._maximised: int | None = None

    # -- what is asked ---------------------------------------------------------------------------------------------

    @property
    def active(self) -> int:
        """Index of the active viewport."""
        return self._active

    @property
    def layout(self) -> Layout:
        """How the viewports are arranged."""
        return self.reading.layout

    @property
    def maximised(self) -> int | None:
        """The viewport that fills the place of all, or None."""
        return self._maximised

    def visible(self) -> tuple[int, ...]:
        """Indices of the viewports that are on screen."""
        shown: list[int] = []
        for node in (self.layout.root, *self.layout.outside):
            places = tuple(leaves(node))
            shown.extend((self._maximised,) if self._maximised in places else places)
        return tuple(shown)

    def hung(self, pane: int) -> Picture | None:
        """The loaded picture in a viewport."""
        uid = self.layout.hung[pane]
        return self.pictures.get(uid) if uid is not None else None

    @property
    def active_picture(self) -> Picture | None:
        """The picture in the active viewport."""
        return self.hung(self._active)

    def slices_on_screen(self) -> str | None:
        """UID of the slices that height and reconstruction controls act on: the active ones, else the first."""
        panes = (self._active, *self.visible())
        for pane in panes:
            picture = self.hung(pane)
            if picture is not None and picture.is_slices:
                return picture.uid
        return None

    def sweep_on_screen(self) -> str | None:
        """UID of live slices on screen, or of those whose projections a picture on screen was made of."""
        for pane in (self._active, *self.visible()):
            picture = self.pictures.get(series_of(self.layout.hung[pane] or ""))
            if picture is not None and picture.is_live:
                return picture.uid
        return None

    def stack_on_screen(self) -> str | None:
        """UID of what is scrolled and played: the active picture if it has planes, else the slices on screen."""
        picture = self.active_picture
        return picture.uid if picture is not None and picture.has_planes else self.slices_on_screen()

    def height(self, uid: str) -> float:
        """The height shown of a picture; 0 for radiographs, the number of the view for the views of a sweep."""
        return self._heights.get(uid, 0.0)

    def common_height(self, uid: str) -> float:
        """The height shown of a picture, in the common frame."""
        return self.reading.of(uid).placement.height_to_common(self.height(uid))

    def scale(self, uid: str) -> str:
        """Name of the scale of values that is on screen: of the algorithm that made it."""
        picture = self.pictures.get(uid)
        algorithm = getattr(picture.source, "algorithm", None) if picture is not None else None
        return str(algorithm.name) if algorithm is not None else ""

    def window(self, uid: str) -> AnyWindow | None:
        """The window in force: the reader's, the file's, or the automatic one (None until it is computed)."""
        return self.reading.of(uid).windows.get(self.scale(uid)) or self.automatic.of(uid)

    def busy(self, uid: str) -> Busy | None:
        """What goes on for a picture."""
        return self._busy.get(uid)

    def set_busy(self, uid: str, busy: Busy | None) -> None:
        """Say what goes on for a picture."""
        if busy is None:
            self._busy.pop(uid, None)
        else:
            self._busy[uid] = busy
        self.busy_changed.emit(uid)

    def fail(self, uid: str, text: str) -> None:
        """A series could not be loaded: say why, in its place and to the user."""
        self.failures[uid] = text
        self.set_busy(uid, None)
        self.failed.emit(uid, text)

    # -- what is loaded --------------------------------------------------------------------------------------------

    def add_picture(self, picture: Picture) -> None:
        """Take a loaded picture; what the reader did to it before stays."""
        uid = picture.uid
        state = self.reading.series.get(uid)
        new = state is None or (picture.has_planes and state.reconstruction is None)
        if new:
            thickness = self.first_thickness_mm
            first = first_reconstruction(picture.source, thickness, picture.protocol) if picture.has_planes else None
            if first is not None and uid in self.first_values:
                first = with_values(first, self.first_values[uid])
            state = state if state is not None else SeriesState(inverted=picture.inverted)
            state = replace(state, reconstruction=first)
        assert state is not None
        if picture.has_planes and uid not in self._heights and state.reconstruction is not None:
            start = picture.start_height_mm
            middle = sum(picture.source.info.height_range_mm) / 2
            self._heights[uid] = state.reconstruction.stepped(start if start is not None else middle, 0)
        # Everything about the picture stands before anyone is told of it.
        self.follower.forget(uid)
        self.pictures[uid] = picture
        if picture.windows:
            self.automatic.start(uid, picture.windows[0].window)
        if new:
            # Loading is not something to undo: the state is put in without a command.
            self._put(self.reading.with_series(uid, state))
        self.picture_changed.emit(uid)
        self.automatic.ensure(uid)
        self.follower.follow(uid)
        self.duplicates.renew(uid)

    def add_document(self, uid: str, document: Any) -> None:
        """Take a document that was read."""
        self.documents[uid] = document
        self.picture_changed.emit(uid)

    def adopt(self, uid: str, picture: Picture, height_mm: float) -> None:
        """Take a picture under another UID, at a height, with the automatic windows of the first; nobody is told."""
        self._heights.setdefault(uid, height_mm)
        self.pictures[uid] = replace(picture, uid=uid)
        self.automatic.take_over(picture.uid, uid)

    def tell_adopted(self, uid: str) -> None:
        """Tell of a picture that was adopted, and bring it to what its parameters ask for."""
        self.picture_changed.emit(uid)
        self.automatic.ensure(uid)
        self.follower.follow(uid)

    def copied(self, worker: Worker, parent: QObject | None = None) -> Session:
        """A session that shows what this one shows now, and goes its own way; pictures are shared, nothing is loaded.

        Parameters
        ----------
        worker : Worker
            Computes for it.
        """
        other = Session(worker, worker, parent)
        other.reading = self.reading
        other.pictures = dict(self.pictures)
        other._heights = dict(self._heights)
        other.automatic.copy(self.automatic)
        other.interpolation = self.interpolation
        return other

    def put(self, reading: Reading) -> None:
        """Put a state into force that is not something to undo (loading)."""
        self._put(reading)

    def release_pictures(self, keep: set[str]) -> None:
        """Free the memory of pictures that are of none of these series; what the reader did to them is kept."""
        for uid in [uid for uid in self.pictures if series_of(uid) not in keep]:
            del self.pictures[uid]
            self.follower.forget(uid)

    def forget_pictures(self, uids: tuple[str, ...]) -> None:
        """Unload pictures; the reader's windows and measurements are kept for when they come back."""
        for uid in uids:
            self.follower.forget(uid)
            if self.pictures.pop(uid, None) is not None:
                self._heights.pop(uid, None)
                self.automatic.forget(uid)
                state = self.reading.of(uid)
                if state.reconstruction is not None:
                    # Another geometry has other heights: the range starts anew.
                    self._put(self.reading.with_series(uid, replace(state, reconstruction=None)))
                self.picture_changed.emit(uid)

    # -- commands --------------------------------------------------------------------------------------------------

    def change(self, text: str, reading: Reading, merge_key: str = "") -> None:
        """Put a new undoable state into force as a command; nothing happens if it is the same."""
        if reading != self.reading:
            self.stack.do(Command(text, self.reading, reading, merge_key))

    def join(self, reading: Reading) -> None:
        """Put a state into force as a part of the last command."""
        if reading != self.reading:
            self.stack.join(reading)

    def change_series(self, uid: str, state: SeriesState, merge_key: str = "") -> None:
        """Change one picture's undoable state."""
        before = self.reading.of(uid)
        if state != before:
            self.change(command_text(before, state), self.reading.with_series(uid, state), merge_key)

    def set_window(self, uid: str, window: AnyWindow | None, *, together: bool = False) -> None:
        """Set the reader's window (None: automatic).

        Parameters
        ----------
        together : bool
            It belongs to the window command before it, of another picture.
        """
        state = self.reading.of(uid).with_window(self.scale(uid), window)
        if together:
            self.join(self.reading.with_series(uid, state))
        else:
            self.change_series(uid, state)

    def set_inverted(self, uid: str, inverted: bool) -> None:
        """Exchange black and white."""
        self.change_series(uid, replace(self.reading.of(uid), inverted=inverted))

    def add_measurement(self, uid: str, measurement: Measurement) -> None:
        """Add a measurement to a picture."""
        state = self.reading.of(uid)
        self.change_series(uid, replace(state, measurements=(*state.measurements, measurement)))

    def add_measurements(self, text: str, added: Mapping[str, tuple[Measurement, ...]]) -> None:
        """Add measurements to several pictures (by UID) as one command."""
        reading = self.reading
        for uid, items in added.items():
            state = reading.of(uid)
            reading = reading.with_series(uid, replace(state, measurements=(*state.measurements, *items)))
        self.change(text, reading)

    def change_measurement(self, uid: str, measurement: Measurement, merge_key: str = "") -> None:
        """Replace the measurement with the same id; changes one after another with the same key are one command."""
        state = self.reading.of(uid)
        changed = tuple(measurement if item.id == measurement.id else item for item in state.measurements)
        self.change_series(uid, replace(state, measurements=changed), merge_key)

    def set_calibration(self, uid: str, calibration: Calibration | None) -> None:
        """Give a radiograph its scale by a marker (None: take it away); slices have their own."""
        picture = self.pictures.get(uid)
        if picture is not None and picture.is_slices:
            return
        self.change_series(uid, replace(self.reading.of(uid), calibration=calibration))

    def remove_measurements(self, uid: str, identities: set[str] | None = None) -> None:
        """Remove measurements by id (None: all)."""
        state = self.reading.of(uid)
        left = tuple(item for item in state.measurements if identities is not None and item.id not in identities)
        self.change_series(uid, replace(state, measurements=left))

    def set_reconstruction(self, uid: str, *, live: bool = False, **values: Any) -> None:
        """Change reconstruction parameters of a picture.

        Parameters
        ----------
        live : bool
            The user is still dragging: following changes of the same parameter belong to the same command.
        **values
            Fields of `Reconstruction`.
        """
        state = self.reading.of(uid)
        if state.reconstruction is None:
            return
        after = replace(state, reconstruction=replace(state.reconstruction, **values))
        # A drag ends with the same value that it showed last, so the end alone changes nothing but seals the command.
        self.change_series(uid, after, merge_key=f"{uid}:{','.join(sorted(values))}")
        if not live:
            self.stack.seal()

    def take_back(self, uid: str, wished: dict[str, Any], instead: dict[str, Any]) -> None:
        """Give up reconstruction parameters that cannot be had, also in the commands that led to them.

        Parameters
        ----------
        wished, instead : dict
            Fields of `Reconstruction`; wherever all of `wished` were in force, `instead` are put.
        """

        def changed(reading: Reading) -> Reading:
            state = reading.of(uid)
            now = state.reconstruction
            if now is None or any(getattr(now, name) != value for name, value in wished.items()):
                return reading
            return reading.with_series(uid, replace(state, reconstruction=replace(now, **instead)))

        self.stack.amend(changed)
        self._put(changed(self.reading))

    def set_protocol(self, uid: str, key: str) -> None:
        """Start live slices anew from a protocol ("": from none), as one command; it is not the reader's window."""
        picture, state = self.pictures.get(uid), self.reading.of(uid)
        if picture is None or not picture.is_live or state.reconstruction is None:
            return
        first = started(self.follower.live(uid), self.first_thickness_mm, key, state.reconstruction)
        self.change_series(uid, replace(state, reconstruction=first))
        self.stack.seal()

    def set_layout(self, layout: Layout, text: str = said("layout"), merge_key: str = "") -> None:
        """Arrange the viewports."""
        self.change(text, replace(self.reading, layout=layout), merge_key)

    def set_geometry(self, uid: str, choice: GeometryChoice) -> None:
        """Say what is known of the acquisition of a series of projections (an empty choice: what the files say)."""
        series = series_of(uid)
        state = replace(self.reading.of(series), geometry=None if choice.is_empty else choice)
        self.change_series(series, state)
        self.stack.seal()

    def set_placement(self, uid: str, placement: Placement, *, live: bool = False) -> None:
        """Say how a picture's frame lies in the common one; a drag (`live`) becomes one command."""
        self.change_series(uid, replace(self.reading.of(uid), placement=placement), merge_key=f"{uid}:placement")
        if not live:
            self.stack.seal()

    def start_reading(
        self,
        layout: Layout,
        values: Mapping[str, Mapping[str, Any]] | None = None,
        duplicates: Mapping[str, str] | None = None,
        resumed: Callable[[Reading], Reading] = lambda reading: reading,
    ) -> None:
        """Hang a study: not undoable, and what was done before cannot be undone any more.

        Parameters
        ----------
        values : mapping of str to mapping, optional
            What slices start with that the reader has not changed yet, by UID: fields of `Reconstruction`, with the
            algorithm by ``algorithm`` (its name) and ``parameters``.
        duplicates : mapping of str to str, optional
            Duplicates to be made when their series is there, and the UID of that.
        resumed : callable(Reading), optional
            What the reader did to the study before, put on the fresh reading.
        """
        self.first_values = dict(values or {})
        self.stack.clear()
        self._maximised = None
        # Findings, key images and duplicates are those of the study that is read.
        made = dict(duplicates or {})
        series = {**{uid: SeriesState() for uid in made}, **self.reading.series}
        self._put(resumed(Reading(layout, MappingProxyType(series), MappingProxyType(made))))
        self.set_active(0)

    def _put(self, reading: Reading) -> None:
        # An undone state knows nothing of the pictures that were loaded after it.
        for uid, state in self.reading.series.items():
            if uid not in reading.series:
                reading = reading.with_series(uid, state)
        old, self.reading = self.reading, reading
        if old.layout != reading.layout:
            self._keep_active()
        self.reading_changed.emit(old, reading)
        for uid in reading.series:
            before, after = old.of(uid), reading.of(uid)
            if before is after:
                continue
            if before.reconstruction != after.reconstruction and after.reconstruction is not None:
                if before.protocol != after.protocol:
                    self.automatic.outdate(uid)
                if self.automatic.is_outdated(uid):
                    self.automatic.ensure(uid)
                self._follow_reconstruction(uid)
            if before.windows != after.windows or before.inverted != after.inverted:
                self.window_changed.emit(uid)
                self.automatic.ensure(uid)
        # Last, for it loads pictures anew.
        for uid in [uid for uid in reading.series if old.of(uid).geometry != reading.of(uid).geometry]:
            self.geometry_changed.emit(uid)

    # -- view state ------------------------------------------------------------------------------------------------

    def set_height(self, uid: str, height_mm: float) -> None:
        """Show another height of a picture (within its range)."""
        reconstruction = self.reading.of(uid).reconstruction
        if reconstruction is None:
            return
        picture = self.pictures.get(uid)
        height = reconstruction.clamped(height_mm)
        if picture is not None and picture.is_numbered:
            height = float(round(height))
        if height != self._heights.get(uid):
            before = self.window(uid) if picture is not None and picture.plane_windows else None
            self._heights[uid] = height
            self.height_changed.emit(uid)
            if before is not None and self.window(uid) != before:
                self.window_changed.emit(uid)

    def step_height(self, uid: str, steps: float) -> None:
        """Go some intervals up or down."""
        reconstruction = self.reading.of(uid).reconstruction
        if reconstruction is not None:
            self.set_height(uid, reconstruction.stepped(self.height(uid), steps))

    def set_active(self, pane: int) -> None:
        """Make a viewport the active one."""
        if pane != self._active:
            self._active = pane
            self.active_changed.emit(pane)

    def set_maximised(self, pane: int | None) -> None:
        """Let one viewport fill the place of all (None: no longer). Not undoable: it is a glance."""
        if pane != self._maximised:
            self._maximised = pane
            self.maximised_changed.emit()
            self._keep_active()

    def _keep_active(self) -> None:
        if self._active not in self.visible():
            self.set_active(self.visible()[0])

    # -- following the parameters ----------------------------------------------------------------------------------

    def _follow_reconstruction(self, uid: str) -> None:
        if uid in self._heights:
            self.set_height(uid, self._heights[uid])
        self.follower.follow(uid)

    def show_source(self, uid: str, source: SlabSource) -> None:
        """Show another source of the same picture."""
        before, shown = self.scale(uid), self.pictures[uid].source
        self.pictures[uid] = replace(self.pictures[uid], source=source)
        if getattr(shown, "corrections", ()) != getattr(source, "corrections", ()):
            self.automatic.outdate(uid)
        self.picture_changed.emit(uid)
        if self.scale(uid) != before and self.window(uid) is not None:
            self.window_changed.emit(uid)
        self.automatic.ensure(uid)

    def tell_busy(self, uid: str, text: str, fraction: float | None) -> None:
        """Say what goes on for a picture, and how far it is."""
        self.set_busy(uid, Busy(text, fraction))

    def tell_error(self, uid: str, error: Exception) -> None:
        """Tell the user what went wrong."""
        self.failed.emit(uid, sentence(error))

    def limits_mm(self, uid: str) -> tuple[float, float]:
        """Heights that can be asked for, whatever is shown now."""
        picture = self.pictures[uid]
        source: Any = self.follower.live(uid) if picture.is_live else picture.source
        low, high = source.info.height_range_mm
        return float(low), float(high)
