"""Grey levels and the way round."""

from __future__ import annotations

from collections.abc import Callable

from app.session.window_presets import presets_on_keys
from app.window.handlers.group import Group, Handler
from widgets.view_transform import ViewTransform


class ImageHandlers(Group):
    """Grey levels and the way round."""

    def table(self) -> dict[str, Handler]:
        """The handlers, those of the numbered windows among them."""
        return {**super().table(), **{f"preset_{number}": self._preset(number) for number in range(1, 10)}}

    def _preset(self, number: int) -> Callable[..., None]:
        return lambda: self._use_preset(number)

    def _do_auto_window(self) -> None:
        session = self._window.session
        picture = session.active_picture
        if picture is not None:
            session.automatic.measure(picture.uid, take_over=True)

    def _use_preset(self, number: int) -> None:
        session = self._window.session
        picture = session.active_picture
        if picture is not None:
            presets = presets_on_keys(session)
            if number <= len(presets):
                session.set_window(picture.uid, presets[number - 1].window)

    def _do_invert(self, inverted: bool) -> None:
        picture = self._window.session.active_picture
        if picture is not None:
            # Pictures whose file says that low values are white start exchanged; that is their own way round.
            self._window.session.set_inverted(picture.uid, inverted != picture.inverted)

    def _do_flip_horizontal(self) -> None:
        self._turn(lambda transform: transform.mirrored())

    def _do_flip_vertical(self) -> None:
        self._turn(lambda transform: transform.upended())

    def _do_rotate_right(self) -> None:
        self._turn(lambda transform: transform.rotated(1))

    def _do_rotate_left(self) -> None:
        self._turn(lambda transform: transform.rotated(-1))

    def _do_reset_orientation(self) -> None:
        self._turn(lambda transform: transform.upright())

    def _turn(self, change: Callable[[ViewTransform], ViewTransform]) -> None:
        view = self._window.active_pane.viewport
        fitted = view.fitted
        view.navigate(change(view.transform))
        if fitted:
            view.fit()
