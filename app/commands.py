"""The undo stack: every change that a user may want back is a command on it.

Commands hold frozen values from before and after; doing and undoing hands one of them to whoever owns the state. No Qt
is needed here; the stack tells its listeners through a plain callback list.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Generic, Literal, TypeVar

State = TypeVar("State")

LIMIT = 500
"""Commands remembered; the oldest are forgotten first."""


@dataclass(frozen=True)
class Command(Generic[State]):
    """A change from one frozen state to another.

    Attributes
    ----------
    text : str
        What was done, for the menu, in the imperative without a capital ("add length measurement").
    before, after : State
    merge_key : str
        Commands with the same key that follow each other become one (drags, slider moves). "" never merges.
    """

    text: str
    before: State
    after: State
    merge_key: str = ""


@dataclass(frozen=True)
class Step(Generic[State]):
    """What a stack is doing at the moment.

    Attributes
    ----------
    kind : "do", "undo" or "redo"
    command : Command
    merged : bool
        The command is part of the one before it.
    """

    kind: Literal["do", "undo", "redo"]
    command: Command[State]
    merged: bool = False


class UndoStack(Generic[State]):
    """Commands done and undone, and the function that puts a state into force.

    Parameters
    ----------
    apply : callable(State)
        Called with the state to put into force at do, undo and redo.
    """

    def __init__(self, apply: Callable[[State], None]) -> None:
        self._apply = apply
        self._done: list[Command[State]] = []
        self._undone: list[Command[State]] = []
        self._sealed = True
        self._listeners: list[Callable[[], None]] = []
        self.step: Step[State] | None = None
        """What is being done while a state is put into force; None when it is no command."""

    def listen(self, listener: Callable[[], None]) -> None:
        """Call `listener` after every change of the stack."""
        self._listeners.append(listener)

    def do(self, command: Command[State]) -> None:
        """Put a command into force and remember it; what was undone is forgotten."""
        last = self._done[-1] if self._done else None
        merged = bool(last and command.merge_key and last.merge_key == command.merge_key and not self._sealed)
        if last and merged:
            self._done[-1] = Command(last.text, last.before, command.after, last.merge_key)
        else:
            self._done.append(command)
            del self._done[:-LIMIT]
        self._undone.clear()
        self._sealed = False
        self._take(Step("do", command, merged), command.after)
        self._tell()

    def join(self, after: State) -> None:
        """Put a state into force as a part of the last command, if there is one: they are undone together."""
        if self._done:
            self._done[-1] = replace(self._done[-1], after=after)
        self._undone.clear()
        if self._done:
            self._take(Step("do", self._done[-1], merged=True), after)
        else:
            self._apply(after)
        self._tell()

    def seal(self) -> None:
        """End a drag: the next command is a new one even if it has the same key."""
        self._sealed = True

    def undo(self) -> None:
        """Undo the last command, if there is one."""
        if self._done:
            command = self._done.pop()
            self._undone.append(command)
            self._sealed = True
            self._take(Step("undo", command), command.before)
            self._tell()

    def redo(self) -> None:
        """Do again what was undone last, if there is anything."""
        if self._undone:
            command = self._undone.pop()
            self._done.append(command)
            self._sealed = True
            self._take(Step("redo", command), command.after)
            self._tell()

    def amend(self, change: Callable[[State], State]) -> None:
        """Change the remembered states, and forget the commands that change nothing any more.

        Nothing is put into force. Used where a state has turned out to be impossible.
        """
        for commands in (self._done, self._undone):
            amended = [replace(each, before=change(each.before), after=change(each.after)) for each in commands]
            commands[:] = [command for command in amended if command.before != command.after]
        self._sealed = True
        self._tell()

    def clear(self) -> None:
        """Forget everything."""
        self._done.clear()
        self._undone.clear()
        self._sealed = True
        self._tell()

    @property
    def undo_text(self) -> str:
        """What `undo` would take back; "" if nothing."""
        return self._done[-1].text if self._done else ""

    @property
    def redo_text(self) -> str:
        """What `redo` would do again; "" if nothing."""
        return self._undone[-1].text if self._undone else ""

    def __len__(self) -> int:
        return len(self._done)

    def _take(self, step: Step[State], state: State) -> None:
        self.step = step
        try:
            self._apply(state)
        finally:
            self.step = None

    def _tell(self) -> None:
        for listener in self._listeners:
            listener()
