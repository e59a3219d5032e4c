"""Keeping pictures in step with the parameters of their reconstruction. Never computes on the GUI thread.

A one-pass algorithm is followed at once: what needs no filtering shows in the next slab, what needs filtering first
coarse and then fully. A stack algorithm takes seconds to minutes, so it waits for a word (`Follower.compute`), shows
every iteration and can be stopped and kept; until then the slices shown before stay.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any, Literal

from app.jobs import Callbacks, Partial, Worker
from app.session.state import Reconstruction
from recon.algorithms import Algorithm, StackAlgorithm
from recon.memory import available_bytes
from recon.messages import said
from recon.progress import Progress
from recon.slab import SlabSource

if TYPE_CHECKING:
    from app.session.session import Session

LEAST_SLICES = 2
"""Planes that can be computed together."""


@dataclass(frozen=True)
class Computation:
    """How far a stack algorithm's planes are.

    Attributes
    ----------
    state : "needed", "running" or "done"
    iteration, iterations : int
        Done, and asked for (0: unknown).
    residuals : tuple of float
        What the projections of the planes lacked of the views before each iteration, relative.
    stopping : bool
        The iteration that runs is the last.
    stopped : bool
        Done, before all iterations were.
    possible : bool
        There are enough slices in the range.
    """

    state: Literal["needed", "running", "done"]
    iteration: int = 0
    iterations: int = 0
    residuals: tuple[float, ...] = ()
    stopping: bool = False
    stopped: bool = False
    possible: bool = True

    @property
    def can_start(self) -> bool:
        """Whether there is something left to compute."""
        return self.possible and (self.state == "needed" or self.stopped)


@dataclass(frozen=True)
class _Recipe:
    """What makes a source what it is."""

    algorithm: Algorithm | None
    corrections: tuple[Any, ...] = ()
    excluded: frozenset[int] = frozenset()

    @classmethod
    def of_source(cls, source: Any) -> _Recipe:
        return cls(
            getattr(source, "algorithm", None),
            tuple(getattr(source, "corrections", ())),
            frozenset(getattr(source, "excluded", ())),
        )

    @classmethod
    def wanted(cls, reconstruction: Reconstruction) -> _Recipe:
        return cls(reconstruction.algorithm, reconstruction.corrections, reconstruction.excluded)


@dataclass(frozen=True)
class _Key:
    """What a stack was computed for."""

    recipe: _Recipe
    low_mm: float
    high_mm: float
    interval_mm: float

    @classmethod
    def of(cls, reconstruction: Reconstruction) -> _Key:
        return cls(
            _Recipe.wanted(reconstruction), reconstruction.low_mm, reconstruction.high_mm, reconstruction.interval_mm
        )


@dataclass
class _Stack:
    key: _Key
    volume: Any = None
    done: bool = False
    stop: threading.Event = field(default_factory=threading.Event)
    before: _Stack | None = None
    """What was done before, until there is more than the start."""


class Follower:
    """Of one session; `session.pictures` show what it has brought."""

    def __init__(self, session: Session, background: Worker) -> None:
        self._session, self._background = session, background
        self.budget_bytes: Callable[[], int | None] = lambda: None
        """Memory that planes computed together may take; None leaves it to the machine."""
        self._wanted: dict[str, _Recipe] = {}
        """What a picture is being filtered for."""
        self._full: dict[str, SlabSource] = {}
        """The last complete one-pass source of each picture, while another is shown; light, while another is made."""
        self._stacks: dict[str, _Stack] = {}
        """The stack of each picture that runs or was computed last."""

    # -- what is asked ---------------------------------------------------------------------------------------------

    def live(self, uid: str) -> Any:
        """The one-pass source of a picture: the one shown, or the one behind a preview or a stack."""
        picture = self._session.pictures.get(uid)
        return self._full.get(uid, picture.source if picture is not None else None)

    def computation(self, uid: str) -> Computation | None:
        """How far the planes of a stack algorithm are; None for other algorithms."""
        reconstruction = self._session.reading.of(uid).reconstruction
        if reconstruction is None or not isinstance(reconstruction.algorithm, StackAlgorithm):
            return None
        stack = self._stacks.get(uid)
        iterations = int(getattr(reconstruction.algorithm, "iterations", 0))
        if stack is None or stack.key != _Key.of(reconstruction):
            enough = reconstruction.n_slices >= LEAST_SLICES
            return Computation("needed", iterations=iterations, possible=enough)
        done = stack.volume.iterations if stack.volume is not None else 0
        residuals = stack.volume.residuals if stack.volume is not None else ()
        state: Literal["running", "done"] = "done" if stack.done else "running"
        asked_to_stop = stack.stop.is_set()
        return Computation(
            state,
            done,
            iterations,
            residuals,
            stopping=asked_to_stop and not stack.done,
            stopped=asked_to_stop and stack.done and done < iterations,
        )

    # -- following -------------------------------------------------------------------------------------------------

    def follow(self, uid: str) -> None:
        """Bring a picture to what its parameters ask for."""
        picture, state = self._session.pictures.get(uid), self._session.reading.of(uid)
        reconstruction = state.reconstruction
        if picture is None or not picture.is_live or reconstruction is None or reconstruction.algorithm is None:
            return
        source = self.live(uid)
        wanted = _Recipe.wanted(reconstruction)
        key = _Key.of(reconstruction)
        stack = self._stacks.get(uid)
        if stack is not None and not stack.done and stack.key != key:
            self._drop_run(uid)
            stack = self._stacks.get(uid)
        if isinstance(wanted.algorithm, StackAlgorithm):
            if stack is not None and stack.key == key:
                if stack.volume is not None and picture.source is not stack.volume:
                    self._show(uid, stack.volume, source)
                self._session.computing_changed.emit(uid)
                return
            # Corrections and views left out show in the slices at once, whatever is computed later.
            wanted = replace(wanted, algorithm=_Recipe.of_source(source).algorithm)
        self._follow_one_pass(uid, source, wanted)
        self._session.computing_changed.emit(uid)

    def _follow_one_pass(self, uid: str, source: Any, wanted: _Recipe) -> None:
        if _Recipe.of_source(source) == wanted and not _is_light(source):
            self._stop_filtering(uid)
            self._restore(uid)
            return
        if self._wanted.get(uid) == wanted:
            return
        if not _takes_long(source, wanted):
            self._stop_filtering(uid)
            try:
                made = _made(source, wanted, Progress())
            except Exception as error:  # whatever is wrong with the wish is told, and the picture stays
                self._refuse(uid, error)
                return
            self._full.pop(uid, None)
            self._session.show_source(uid, made)
            return
        self._wanted[uid] = wanted
        algorithm, has = wanted.algorithm, _Recipe.of_source(source)
        if has.corrections == wanted.corrections and hasattr(source, "preview"):
            if has.algorithm == algorithm:
                self._background.cancel(f"preview:{uid}")
                self._restore(uid)
            else:
                # The preview takes the place of the finest views on screen, so those need not be held meanwhile.
                source = source.lightened() or source
                self._background.submit(
                    f"preview:{uid}",
                    lambda *_: source.preview(algorithm),
                    Callbacks(result=lambda new: self._take_preview(uid, new, source)),
                    finish_running=True,
                )
        title = said(algorithm.title if algorithm is not None else "")
        if has.corrections != wanted.corrections:
            added = [said(each.title) for each in wanted.corrections if each not in has.corrections]
            title = added[0] if added else said("Corrections")
        self._background.submit(
            f"algorithm:{uid}",
            lambda progress, _: _made(source, wanted, progress),
            Callbacks(
                result=lambda new: self._take(uid, new),
                error=lambda error: self._refuse(uid, error),
                progress=lambda fraction, text: self._session.tell_busy(uid, text or title, fraction),
                stopped=lambda: self._rest(uid),
            ),
        )
        self._session.tell_busy(uid, title, 0.0)

    def _stop_filtering(self, uid: str) -> None:
        self._background.cancel(f"preview:{uid}")
        self._background.cancel(f"algorithm:{uid}")
        self._wanted.pop(uid, None)

    def _take_preview(self, uid: str, preview: SlabSource | None, full: SlabSource) -> None:
        if uid in self._session.pictures and preview is not None and uid in self._wanted:
            self._show(uid, preview, full)

    def _take(self, uid: str, source: SlabSource) -> None:
        self._wanted.pop(uid, None)
        self._full.pop(uid, None)
        self._rest(uid)
        if uid in self._session.pictures:
            self._session.show_source(uid, source)

    def _show(self, uid: str, source: SlabSource, full: SlabSource) -> None:
        """Show a source in place of the complete one-pass source, which is kept."""
        self._full.setdefault(uid, full)
        self._session.show_source(uid, source)

    def _restore(self, uid: str) -> None:
        """Show the complete one-pass source again."""
        full = self._full.pop(uid, None)
        if full is not None and uid in self._session.pictures:
            self._session.show_source(uid, full)

    def forget(self, uid: str) -> None:
        """Give up everything about a picture that is unloaded or loaded anew."""
        stack = self._stacks.get(uid)
        at_work = uid in self._wanted or (stack is not None and not stack.done)
        self._drop_run(uid)
        self._stop_filtering(uid)
        self._full.pop(uid, None)
        self._stacks.pop(uid, None)
        if at_work:
            self._session.set_busy(uid, None)

    def _refuse(self, uid: str, error: Exception) -> None:
        self._wanted.pop(uid, None)
        self._restore(uid)
        self._rest(uid)
        self._session.tell_error(uid, error)
        self._ask_for_what_is_shown(uid)

    def _rest(self, uid: str) -> None:
        if not any(self._background.is_busy(f"{what}:{uid}") for what in ("algorithm", "stack")):
            self._session.set_busy(uid, None)

    def cancel(self, uid: str) -> None:
        """Stop filtering or computing and go back to the parameters of the picture that is shown."""
        running = uid in self._stacks and not self._stacks[uid].done
        if not running and (uid not in self._wanted or self._wanted[uid] == _Recipe.of_source(self.live(uid))):
            return  # nothing goes on, or it is what was shown that is being restored
        filtering = uid in self._wanted
        self._stop_filtering(uid)
        self._drop_run(uid)
        self._restore(uid)
        self._session.set_busy(uid, None)
        if filtering:
            self._ask_for_what_is_shown(uid)
        self.follow(uid)

    def _ask_for_what_is_shown(self, uid: str) -> None:
        """Put the parameters back to those of the picture on screen, as if others had never been asked for.

        A stack algorithm that was chosen stays: what is shown behind it is made by another.
        """
        picture, reconstruction = self._session.pictures.get(uid), self._session.reading.of(uid).reconstruction
        if picture is None or reconstruction is None:
            return
        shown, wanted = _Recipe.of_source(self.live(uid)), _Recipe.wanted(reconstruction)
        if shown.algorithm is None:
            return
        names = [each.name for each in fields(_Recipe) if getattr(shown, each.name) != getattr(wanted, each.name)]
        if isinstance(wanted.algorithm, StackAlgorithm) and "algorithm" in names:
            names.remove("algorithm")
        if names:
            wished = {name: getattr(wanted, name) for name in names}
            self._session.take_back(uid, wished, {name: getattr(shown, name) for name in names})

    # -- stacks ----------------------------------------------------------------------------------------------------

    def compute(self, uid: str) -> None:
        """Compute the planes that the parameters ask for, showing every iteration."""
        reconstruction = self._session.reading.of(uid).reconstruction
        picture = self._session.pictures.get(uid)
        if picture is None or reconstruction is None or not isinstance(reconstruction.algorithm, StackAlgorithm):
            return
        algorithm, live = reconstruction.algorithm, self.live(uid)
        wanted = replace(_Recipe.wanted(reconstruction), algorithm=_Recipe.of_source(live).algorithm)
        if reconstruction.n_slices < LEAST_SLICES:
            return
        self._drop_run(uid)
        stack = _Stack(_Key.of(reconstruction), before=self._stacks.get(uid))
        self._stacks[uid] = stack
        heights, allowed = heights_of(reconstruction), self.budget_bytes()
        budget = min(allowed, available_bytes() // 2) if allowed is not None else None

        def work(progress: Progress, partial: Partial) -> Any:
            from recon.stack import reconstruct_stack

            source = _made(live, wanted, progress.part(0.0, 0.1))

            def told(_: Any, volume: Any) -> bool:
                partial(volume)
                return not stack.stop.is_set()

            return reconstruct_stack(source, algorithm, heights, progress.part(0.1, 1.0), told, budget)

        self._background.submit(
            f"stack:{uid}",
            work,
            Callbacks(
                result=lambda volume: self._take_stack(uid, stack, volume, done=True),
                partial=lambda volume: self._take_stack(uid, stack, volume, done=False),
                error=lambda error: self._stack_failed(uid, stack, error),
                progress=lambda fraction, text: self._session.tell_busy(uid, text or said(algorithm.title), fraction),
                stopped=lambda: self._rest(uid),
            ),
        )
        self._session.tell_busy(uid, said(algorithm.title), 0.0)
        self._session.computing_changed.emit(uid)

    def stop_and_keep(self, uid: str) -> None:
        """Let the iteration that runs be the last."""
        stack = self._stacks.get(uid)
        if stack is not None and not stack.done:
            stack.stop.set()
            self._session.computing_changed.emit(uid)

    def _take_stack(self, uid: str, stack: _Stack, volume: Any, *, done: bool) -> None:
        if self._stacks.get(uid) is not stack or uid not in self._session.pictures:
            return
        if done and not volume.iterations and stack.stop.is_set():
            # It was stopped at its start, which is no result of the algorithm.
            self._drop_run(uid)
            self._rest(uid)
            self.follow(uid)
            return
        stack.volume, stack.done = volume, done
        if done or volume.iterations:
            stack.before = None
        if done:
            self._rest(uid)
        self._show(uid, volume, self.live(uid))
        self._session.computing_changed.emit(uid)

    def _stack_failed(self, uid: str, stack: _Stack, error: Exception) -> None:
        if self._stacks.get(uid) is stack:
            self._drop_run(uid)
        self._rest(uid)
        self._session.tell_error(uid, error)
        self.follow(uid)

    def _drop_run(self, uid: str) -> None:
        """Give up planes that are being computed; those that are done stay for undo."""
        stack = self._stacks.get(uid)
        if stack is not None and not stack.done:
            self._background.cancel(f"stack:{uid}")
            if stack.before is not None:
                self._stacks[uid] = stack.before
            else:
                del self._stacks[uid]
            self._restore(uid)


def heights_of(reconstruction: Reconstruction) -> list[float]:
    """The heights of the slices in the range, from the detector up."""
    return [reconstruction.low_mm + index * reconstruction.interval_mm for index in range(reconstruction.n_slices)]


def _is_light(source: Any) -> bool:
    """Whether a source waits for its finest views to be made again."""
    return bool(getattr(source, "is_light", False))


def _takes_long(source: Any, wanted: _Recipe) -> bool:
    if _Recipe.of_source(source).corrections != wanted.corrections:
        return True
    asks = getattr(source, "needs_filtering", None)
    return asks is None or bool(asks(wanted.algorithm))


def _made(source: Any, wanted: _Recipe, progress: Progress) -> Any:
    """A source by a recipe from one by another."""
    has = _Recipe.of_source(source)
    if has.corrections != wanted.corrections:
        source = source.with_corrections(wanted.corrections, wanted.algorithm, progress)
    elif has.algorithm != wanted.algorithm or getattr(source, "is_preview", False):
        source = source.with_algorithm(wanted.algorithm, progress)
    if _Recipe.of_source(source).excluded != wanted.excluded:
        source = source.excluding(wanted.excluded)
    return source
