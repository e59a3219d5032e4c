"""The bars of the comparisons of a window, and the registration that they ask for."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from app.jobs import Callbacks
from app.reading.layout import Comparison
from app.reading.placement import Placement
from app.session import Picture, sentence
from app.session.planes import (
    laid,
    middle_view_of,
    middle_views,
    needs_reformatting,
    volume_placement,
)
from recon.messages import said
from recon.placement import PlaneMap
from recon.progress import Progress
from recon.slab import SlabRequest, SlabSource
from widgets.compare_bar import FIELDS, IN_SPACE, CompareBar
from widgets.translation import mark, tr

if TYPE_CHECKING:
    from app.main_window import MainWindow
    from app.window.pane import Pane

MODES = ("swipe", "blink", "blend", "colour", "difference")
CONFIDENCE = {"good": mark("reliable"), "fair": mark("to be checked"), "poor": mark("not reliable")}
PIXEL_MM = 0.7
"""Of the pictures that are registered."""
STEP = 0.05


class CompareFlow(QObject):
    """Of one window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._session = window.session
        self._bars: dict[int, CompareBar] = {}
        for signal in (
            self._session.reading_changed,
            self._session.picture_changed,
            self._session.height_changed,
        ):
            signal.connect(self.refresh)
        for pane in window.panes:
            view = pane.viewport
            view.compared_moved.connect(lambda pane=pane: self._show(pane))
            view.series_laid_over.connect(lambda uid, pane=pane: self.start(pane, uid))

    # -- starting and ending ---------------------------------------------------------------------------------------

    def candidates(self, pane: Pane) -> list[Picture]:
        """What can be laid over a pane's picture, the likeliest first."""
        under = pane.picture
        if under is None:
            return []
        found = [
            picture
            for picture in self._session.pictures.values()
            if picture.uid != under.uid
            and picture.kind in ("slices", "volume", "radiograph", "projection", "synthetic")
        ]
        order = ("radiograph", "slices", "volume", "synthetic", "projection")
        if not under.is_slices:
            order = ("slices", "volume", "radiograph", "synthetic", "projection")
        return sorted(found, key=lambda picture: (picture.study_uid != under.study_uid, order.index(picture.kind)))

    def start(self, pane: Pane, over: str) -> None:
        """Lay a picture over that of a pane."""
        if pane.picture is None or pane.picture.uid == over:
            return
        layout = self._session.layout
        if over not in self._session.pictures:
            self._window.messages.tell(tr("The series is still being opened; try again when it is there."))
            return
        now = layout.compared[pane.index]
        new = replace(now, over=over) if now is not None else Comparison(over)
        self._session.set_layout(layout.with_compared(pane.index, new), said("comparison"))

    def change(self, pane: Pane, **values: Any) -> None:
        """Change a comparison; None of `over` ends it."""
        layout = self._session.layout
        now = layout.compared[pane.index]
        if now is not None:
            self._session.set_layout(layout.with_compared(pane.index, replace(now, **values)), said("comparison"))

    def end(self, pane: Pane) -> None:
        """Take the upper picture away."""
        layout = self._session.layout
        self._session.set_layout(layout.with_compared(pane.index, None), said("end of a comparison"))

    def exchange(self, pane: Pane) -> None:
        """Exchange the lower and the upper picture."""
        layout = self._session.layout
        now, under = layout.compared[pane.index], layout.hung[pane.index]
        if now is not None and under is not None:
            exchanged = layout.with_hung(pane.index, now.over).with_compared(pane.index, replace(now, over=under))
            self._session.set_layout(exchanged, said("exchange of the pictures compared"))

    def amount(self, pane: Pane, value: float) -> None:
        """Put the swipe line to a place, or give the upper picture an opacity."""
        compared = pane.viewport.compared
        value = min(max(value, 0.0), 1.0)
        if compared.look.mode == "blend":
            compared.opacity = value
        else:
            compared.position = value
        pane.viewport.update()
        self._show(pane)

    def step(self, pane: Pane, steps: int) -> None:
        """Move the line or change the opacity by some steps."""
        compared = pane.viewport.compared
        now = compared.opacity if compared.look.mode == "blend" else compared.position
        self.amount(pane, now + steps * STEP)

    # -- the bars --------------------------------------------------------------------------------------------------

    def bar(self, pane: Pane) -> CompareBar | None:
        """The bar of a pane, once it has compared something."""
        return self._bars.get(pane.index)

    def retranslate(self) -> None:
        """Make the bars anew, in the language in use."""
        for bar in self._bars.values():
            bar.setParent(None)
            bar.deleteLater()
        self._bars.clear()
        self.refresh()

    def refresh(self, *_: Any) -> None:
        """Show a bar under every viewport that compares, and none elsewhere."""
        for pane in self._window.panes:
            bar = self._bars.get(pane.index)
            if pane.comparing.comparison is None:
                if bar is not None:
                    bar.hide()
                continue
            self._show(pane)

    def _show(self, pane: Pane) -> None:
        found = pane.comparing.comparison
        over, under = pane.comparing.over, pane.picture
        if found is None or over is None or under is None:
            return
        bar = self._bars.get(pane.index) or self._make(pane)
        compared = pane.viewport.compared
        amount = compared.opacity if found.mode == "blend" else compared.position
        bar.show_look(found.mode, found.vertical, amount, pane.comparing.note)
        placement = self._placement(under, over)
        values = {name: float(getattr(placement, name)) for name, *_ in FIELDS}
        in_space = needs_reformatting(under, over)
        fields = [
            name for name, *_ in FIELDS if in_space or name not in IN_SPACE or (name == "z_mm" and over.is_slices)
        ]
        bar.show_placement(values, [name for name in fields if not (in_space and name == "scale")])
        bar.setVisible(True)

    def _make(self, pane: Pane) -> CompareBar:
        bar = self._bars[pane.index] = CompareBar()
        pane.add_below(bar)
        bar.mode_wanted.connect(lambda mode: self.change(pane, mode=mode))
        bar.vertical_wanted.connect(lambda on: self.change(pane, vertical=on))
        bar.amount_changed.connect(lambda value: self.amount(pane, value))
        bar.rate_changed.connect(pane.comparing.set_blink_hz)
        bar.exchange_wanted.connect(lambda: self.exchange(pane))
        bar.register_wanted.connect(lambda: self.register(pane))
        bar.cancel_wanted.connect(self.cancel)
        bar.reset_wanted.connect(lambda: self._reset(pane))
        bar.close_wanted.connect(lambda: self.end(pane))
        bar.placement_changed.connect(lambda name, value: self.place(pane, **{name: value}))
        return bar

    # -- placement -------------------------------------------------------------------------------------------------

    def _placement(self, under: Picture, over: Picture) -> Placement:
        if needs_reformatting(under, over):
            return volume_placement(self._session, under, over)
        placement = self._session.reading.of(over.uid).placement
        if placement.is_identity:
            x, y = over.source.footprint(self._session.height(over.uid)).centre
            return replace(placement, centre_mm=(x, y, 0.0))
        return placement

    def place(self, pane: Pane, **values: float) -> None:
        """Change the placement of the upper picture by hand; what follows at once is one command."""
        over, under = pane.comparing.over, pane.picture
        if over is not None and under is not None:
            now = self._placement(under, over)
            changed: dict[str, Any] = dict(values)
            self._session.set_placement(
                over.uid, replace(replace(now, **changed), origin="user", note=said("Placed by hand")), live=True
            )

    def _reset(self, pane: Pane) -> None:
        over = pane.comparing.over
        if over is not None:
            self._session.set_placement(over.uid, Placement())

    # -- registration ----------------------------------------------------------------------------------------------

    @property
    def slot(self) -> str:
        """Of the worker."""
        return "register"

    def cancel(self) -> None:
        """Give a registration up."""
        self._session.background.cancel(self.slot)

    def register(self, pane: Pane) -> None:
        """Find automatically how the upper picture lies on the lower one."""
        over, under = pane.comparing.over, pane.picture
        if over is None or under is None:
            return
        if needs_reformatting(under, over):
            work = self._volume_work(under, over)
        else:
            work = self._plane_work(under, over)
        if work is None:
            self._window.messages.tell(pane.comparing.note)
            return
        bar, uid = self._bars.get(pane.index), over.uid
        before = self._session.reading.of(uid).placement

        def working(fraction: float | None) -> None:
            if bar is not None and self._bars.get(pane.index) is bar:
                bar.set_working(fraction)

        def take(result: tuple[Placement, str, str]) -> None:
            working(None)
            placement, confidence, text = result
            if self._session.reading.of(uid).placement != before:
                return  # It was placed by hand meanwhile.
            if confidence == "poor":
                self._window.messages.tell(text)
                return
            self._session.set_placement(uid, placement)

        def fail(error: Exception) -> None:
            working(None)
            self._window.messages.tell(sentence(error))

        working(0.0)
        self._session.background.submit(
            self.slot,
            lambda progress, _: work(progress),
            Callbacks(
                result=take, error=fail, progress=lambda fraction, _: working(fraction), stopped=lambda: working(None)
            ),
        )

    def _plane_work(self, under: Picture, over: Picture) -> Any:
        """Register two pictures whose planes are parallel, by a similarity."""
        session = self._session
        below = under
        rays, assumed, at_middle = PlaneMap(), False, False
        if not over.is_slices and under.is_live and under.projections is not None:
            # The radiograph is laid on the sweep's middle view, which shows the same: central projection does the rest.
            middle = middle_view_of(session, under)
            if middle is not None:
                below, assumed, at_middle = middle, over.geometry is None, True
                rays = self._rays(under, over, session.common_height(under.uid))
        start = laid(session, below, over)
        if start.source is None:
            return None
        placement = self._placement(under, over)
        height = session.height(below.uid)
        height_over = (
            session.reading.of(over.uid).placement.height_from_common(session.common_height(below.uid))
            if below.is_slices
            else session.height(over.uid)
        )
        thickness = max(5.0, self._thickness(over))
        sources = (below.source, over.source)
        common = session.reading.of(below.uid).placement.space
        scale_free = not (below.is_slices and over.is_slices)

        def work(progress: Progress) -> tuple[Placement, str, str]:
            from recon.registration import register_planes

            fixed = _middle_image(under) if at_middle else _image(sources[0], height, 5.0)
            moving = _image(sources[1], height_over, thickness)
            match = register_planes(fixed, moving, None, progress, scale_free=scale_free)
            # The match goes from the fixed plane to the moving one; the placement the other way, into the common frame.
            back = match.carry.inverse.then(rays)
            cx, cy = placement.centre_mm[:2]
            x, y = back((cx, cy))
            x, y, _ = (float(value) for value in common((x, y, height)))
            note = _told(match.residual_mm, match.agreeing, match.patches, match.confidence)
            found = replace(
                placement,
                x_mm=x - cx,
                y_mm=y - cy,
                turn_deg=back.turn_deg + common.angles_deg[0],
                scale=back.scale,
                origin="automatic",
                note=said("{0}; the sweep's focal spot is assumed", note) if assumed else note,
            )
            return found, match.confidence, _refused(match.agreeing, match.patches)

        return work

    @staticmethod
    def _rays(slices: Picture, over: Picture, height_mm: float) -> PlaneMap:
        """From the middle views' plane to where the radiograph's own focal spot would throw the same.

        The two focal spots may differ a little. At the height shown, the compensation is exact.
        """
        if slices.geometry is None or over.geometry is None:
            return PlaneMap()
        middle = slices.geometry.source_mm[middle_views(slices.geometry.n_views)].mean(axis=0)
        up = PlaneMap.projection(middle, 0.0, height_mm)
        return up.then(PlaneMap.projection(over.geometry.source_mm[0], height_mm, 0.0))

    def _volume_work(self, under: Picture, over: Picture) -> Any:
        """Register a volume onto slices, in six degrees of freedom."""
        placement = volume_placement(self._session, under, over)
        slices: Any = under.source
        volume: Any = over.source
        geometry = under.geometry
        common = self._session.reading.of(under.uid).placement.space

        def work(progress: Progress) -> tuple[Placement, str, str]:
            from recon.registration import register_volume, sweep_direction

            start = placement.space.then(common.inverse)
            match = register_volume(slices, volume, start, progress, sweep=sweep_direction(geometry))
            found = match.placement.then(common)
            turn, tilt_x, tilt_y = found.angles_deg
            x, y, z = (
                float(end - begin) for end, begin in zip(found(placement.centre_mm), placement.centre_mm, strict=True)
            )
            new = replace(
                placement,
                x_mm=x,
                y_mm=y,
                z_mm=z,
                turn_deg=turn,
                tilt_x_deg=tilt_x,
                tilt_y_deg=tilt_y,
                origin="automatic",
                note=_told(match.residual_mm, match.agreeing, match.patches, match.confidence),
            )
            return new, match.confidence, _refused(match.agreeing, match.patches)

        return work

    def _thickness(self, picture: Picture) -> float:
        reconstruction = self._session.reading.of(picture.uid).reconstruction
        return reconstruction.thickness_mm if reconstruction is not None else 0.0


def _image(source: SlabSource, height_mm: float, thickness_mm: float) -> Any:
    from recon.registration import PlaneImage

    pixel = max(PIXEL_MM, *source.native_pixel_mm(height_mm))
    slab = source.slab(SlabRequest(height_mm, thickness_mm, None, pixel))
    return PlaneImage(slab.pixels, slab.grid)


def _middle_image(slices: Picture) -> Any:
    """The middle of a sweep as one picture: of an even number of views the mean of two.

    One of the two alone is seen from a side: structures far from the detector would pull the match after them.
    """
    from recon.registration import PlaneImage
    from recon.view_stack import view_as_radiograph

    assert slices.projections is not None
    views = [view_as_radiograph(slices.projections, view) for view in middle_views(slices.projections.geometry.n_views)]
    images = [_image(view, 0.0, 0.0) for view in views]
    if len(images) == 2 and images[0].grid == images[1].grid:
        return PlaneImage(0.5 * (images[0].pixels + images[1].pixels), images[0].grid)
    return images[-1]


def _told(residual_mm: float, agreeing: int, patches: int, confidence: str) -> str:
    if math.isnan(residual_mm):
        return said("Registered automatically")
    return said(
        "Registered automatically, residual {0:.1f} mm in {1} of {2} patches: {3}",
        residual_mm,
        agreeing,
        patches,
        said(CONFIDENCE[confidence]),
    )


def _refused(agreeing: int, patches: int) -> str:
    return said(
        "No match was found that can be trusted ({0} of {1} patches agree). Nothing was changed; "
        "place the picture roughly with Adjust… and register again.",
        agreeing,
        patches,
    )
