"""The windows that are used where the reader has set none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.jobs import Callbacks
from app.protocols import find_protocol
from app.session.auto_window import automatic_window
from app.session.state import AnyWindow
from recon.algorithms import StackAlgorithm
from widgets.window import Window

if TYPE_CHECKING:
    from app.session.session import Session


class AutomaticWindows:
    """Of the pictures of one session, each for the scale of values that its algorithm makes (`Session.scale`)."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._found: dict[tuple[str, str], AnyWindow] = {}
        self._outdated: set[tuple[str, str]] = set()
        """Of another protocol or other corrections; shown until they are measured again."""

    def of(self, uid: str) -> AnyWindow | None:
        """The window that is used when the reader has set none; None until it is measured."""
        session = self._session
        found = self._found.get((uid, session.scale(uid)))
        picture = session.pictures.get(uid)
        if picture is not None and picture.plane_windows and found == picture.windows[0].window:
            return picture.window_at(session.height(uid))
        return found

    def start(self, uid: str, window: AnyWindow) -> None:
        """Begin with a window of the file."""
        self._found.setdefault((uid, self._session.scale(uid)), window)

    def take_over(self, first: str, uid: str) -> None:
        """Begin with those of another picture."""
        for (owner, scale), window in list(self._found.items()):
            if owner == first:
                self._found.setdefault((uid, scale), window)

    def copy(self, other: AutomaticWindows) -> None:
        """Take over those of another session."""
        self._found = dict(other._found)

    def forget(self, uid: str) -> None:
        """The picture is unloaded: another one may come under its UID."""
        for key in [key for key in self._found if key[0] == uid]:
            del self._found[key]

    def outdate(self, uid: str) -> None:
        """Have them measured again when the picture is there that they are for."""
        self._outdated |= {key for key in self._found if key[0] == uid}

    def is_outdated(self, uid: str) -> bool:
        """Whether the one in force is to be measured again."""
        return (uid, self._session.scale(uid)) in self._outdated

    def ensure(self, uid: str) -> None:
        """Measure one if there is none, or if it is outdated and the picture that it is for is on screen."""
        session = self._session
        picture, state = session.pictures.get(uid), session.reading.of(uid)
        outdated = self.is_outdated(uid) and session.scale(uid) not in state.windows
        if picture is None or (session.window(uid) is not None and not outdated):
            return
        wanted = state.reconstruction.algorithm if state.reconstruction else None
        made = getattr(picture.source, "algorithm", None)
        if isinstance(wanted, StackAlgorithm) and not isinstance(made, StackAlgorithm):
            wanted = getattr(session.follower.live(uid), "algorithm", None)  # is followed until planes are computed
        if outdated and made != wanted:
            return  # The window belongs to the filter that is on its way.
        self.measure(uid)

    def measure(self, uid: str, *, take_over: bool = False) -> None:
        """Compute the automatic window of what is shown now, as its protocol has it.

        Parameters
        ----------
        take_over : bool
            Make it the reader's window, as a command.
        """
        session = self._session
        picture = session.pictures.get(uid)
        if picture is None:
            return
        state = session.reading.of(uid)
        source, height, key = picture.source, session.height(uid), (uid, session.scale(uid))
        thickness = state.reconstruction.thickness_mm if state.reconstruction else 0.0

        def take(window: Window) -> None:
            own = find_protocol(state.protocol).window(window) if state.protocol else window
            if take_over:
                session.set_window(uid, own)
                return
            if session.reading.of(uid).protocol != state.protocol:
                return  # Another was chosen meanwhile, whose window is measured when its filter is done.
            self._found[key] = own
            self._outdated.discard(key)
            session.window_changed.emit(uid)

        session.compute.submit(
            f"window:{uid}",
            lambda progress, _: automatic_window(source, height, thickness, progress),
            Callbacks(result=take, error=lambda error: session.tell_error(uid, error)),
        )
