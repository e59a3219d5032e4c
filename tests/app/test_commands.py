from __future__ import annotations

from app.commands import Command, UndoStack


def test_undo_redo_and_texts():
    states: list[int] = []
    stack: UndoStack[int] = UndoStack(states.append)
    stack.do(Command("one", 0, 1))
    stack.do(Command("two", 1, 2))
    assert (stack.undo_text, stack.redo_text) == ("two", "")
    stack.undo()
    assert states[-1] == 1
    assert (stack.undo_text, stack.redo_text) == ("one", "two")
    stack.redo()
    assert states[-1] == 2
    stack.undo()
    stack.do(Command("three", 1, 3))
    assert stack.redo_text == ""
    stack.redo()
    assert states[-1] == 3


def test_drags_become_one_command_until_sealed():
    states: list[int] = []
    stack: UndoStack[int] = UndoStack(states.append)
    for value in range(5):
        stack.do(Command("move", value, value + 1, merge_key="thickness"))
    stack.seal()
    stack.do(Command("move", 5, 6, merge_key="thickness"))
    assert len(stack) == 2
    stack.undo()
    assert states[-1] == 5
    stack.undo()
    assert states[-1] == 0
    stack.undo()
    assert states[-1] == 0


def test_commands_of_other_kinds_do_not_merge():
    stack: UndoStack[int] = UndoStack(lambda _: None)
    stack.do(Command("a", 0, 1, merge_key="a"))
    stack.do(Command("b", 1, 2, merge_key="b"))
    stack.do(Command("c", 2, 3))
    stack.do(Command("c", 3, 4))
    assert len(stack) == 4
    stack.clear()
    assert (len(stack), stack.undo_text) == (0, "")


def test_commands_that_change_nothing_any_more_are_forgotten():
    put = []
    stack = UndoStack(put.append)
    for before, after in ((0, 1), (1, 2), (2, 3)):
        stack.do(Command(f"to {after}", before, after))
    stack.undo()
    stack.amend(lambda state: 1 if state == 2 else state)
    assert put == [1, 2, 3, 2], "amending puts nothing into force"
    assert (len(stack), stack.undo_text, stack.redo_text) == (1, "to 1", "to 3")
    stack.redo()
    stack.undo()
    assert put[-2:] == [3, 1]
