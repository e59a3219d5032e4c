"""C-STORE as a user (PS3.4 annex B): the bytes of the file are sent as they are stored."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.dicom.net import wire
from app.dicom.net.association import Context, accepted, associate, close, lost
from app.dicom.net.errors import NetworkError
from app.dicom.net.nodes import Node
from app.dicom.net.objects import EXPLICIT_LITTLE, IMPLICIT_LITTLE, SendObject, class_name
from recon.messages import said
from recon.progress import Progress

LIMIT = 128
"""Presentation contexts in one association: their ids are the odd bytes (PS3.8 9.3.2.2)."""
STORE_REQUEST, STORE_RESPONSE = 0x0001, 0x8001


@dataclass(frozen=True)
class Answer:
    """What a server said to one object.

    Attributes
    ----------
    stored : bool
    text : str
        What it complained of; "" for plain success.
    lasting : bool
        Sending the same again is of no use.
    """

    stored: bool
    text: str = ""
    lasting: bool = False


def contexts_for(objects: Iterable[SendObject]) -> list[Context]:
    """What to propose so that each object can go as it is stored, or as plain little endian where that is refused."""
    stored = dict.fromkeys((found.sop_class, found.syntax) for found in objects)
    wanted: dict[Context, None] = {}
    for sop_class, syntax in stored:
        wanted[sop_class, (syntax,)] = None
    for sop_class, _ in stored:
        for plain in (EXPLICIT_LITTLE, IMPLICIT_LITTLE):
            wanted[sop_class, (plain,)] = None
    return list(wanted)


def in_associations(objects: Sequence[SendObject]) -> Iterator[list[SendObject]]:
    """The objects in groups that one association has contexts for, in order."""
    group: list[SendObject] = []
    known: set[tuple[str, str]] = set()
    for found in objects:
        kind = (found.sop_class, found.syntax)
        if kind not in known and len(contexts_for([*_one_of_each(group), found])) > LIMIT:
            yield group
            group, known = [], set()
        known.add(kind)
        group.append(found)
    if group:
        yield group


def _one_of_each(objects: Iterable[SendObject]) -> list[SendObject]:
    return list({(found.sop_class, found.syntax): found for found in objects}.values())


class Storing:
    """An association over which objects are stored, one after the other.

    Parameters
    ----------
    node : Node
    objects : sequence of SendObject
        A group of `in_associations`.

    Raises
    ------
    NetworkError
    """

    def __init__(self, node: Node, objects: Sequence[SendObject]) -> None:
        self._node = node
        self.association = associate(node, contexts_for(objects))
        self._accepted = accepted(self.association)
        self._wire = wire.Wire(self.association)
        self._message = 0

    def context(self, sop_class: str, syntax: str) -> tuple[int, str]:
        """The context for an object, and the transfer syntax it must be sent in.

        Raises
        ------
        NetworkError
            The server takes no such objects.
        """
        for wanted in (syntax, EXPLICIT_LITTLE, IMPLICIT_LITTLE):
            found = self._accepted.get((sop_class, wanted))
            if found is not None:
                return found, wanted
        raise NetworkError(
            said("{0}: it does not accept objects of the class {1}.", self._node.name, class_name(sop_class)),
            lasting=True,
        )

    def store(
        self, found: SendObject, context: int, progress: Progress, sent: Callable[[int], object] | None = None
    ) -> Answer:
        """Send one object and wait for the server's answer.

        Parameters
        ----------
        found : SendObject
            In the transfer syntax of the context.
        context : int
        progress : Progress
            Asked whether to go on after each megabyte.
        sent : callable(bytes), optional
            Told how many bytes went out.

        Raises
        ------
        NetworkError
            The connection ended before the answer: whether the object is stored is not known.
        """
        self._message = self._message % 65535 + 1
        request = wire.command_set(
            {
                wire.AFFECTED_CLASS: found.sop_class,
                wire.COMMAND_FIELD: STORE_REQUEST,
                wire.MESSAGE: self._message,
                wire.PRIORITY: 0,
                wire.DATA_TYPE: 1,
                wire.AFFECTED_INSTANCE: found.sop_uid,
            }
        )
        try:
            file = found.path.open("rb")
        except OSError:
            raise NetworkError(said("{0}: the file cannot be read.", found.path.name), lasting=True) from None
        try:
            with self._wire.held(), file:
                file.seek(found.offset)
                for count in self._wire.send_file(context, request, file, found.size - found.offset):
                    if sent is not None:
                        sent(count)
                    if progress.cancelled:
                        progress.step(0.0)  # raises
                _, answer = self._wire.command()
        except (OSError, struct.error, ValueError):
            raise lost(self._node) from None
        if wire.number(answer, wire.COMMAND_FIELD) != STORE_RESPONSE:
            raise lost(self._node)
        return _answer(self._node, wire.number(answer, wire.STATUS))

    def close(self, *, failed: bool = False) -> None:
        """End the association; at once when something `failed`."""
        close(self.association, failed=failed)


def _answer(node: Node, status: int | None) -> Answer:
    """What the status means (PS3.4 table B.2-1, PS3.7 annex C)."""
    if status is None:
        raise lost(node)
    if status == 0:
        return Answer(stored=True)
    if status in (0x0001, 0xB000, 0xB006, 0xB007):
        return Answer(True, said("{0}: it stored the object, but changed or left out parts of it.", node.name))
    if status == 0x0111:
        return Answer(True, said("{0}: it has this object already.", node.name))
    return Answer(False, *refusal(node, status))


def refusal(node: Node, status: int) -> tuple[str, bool]:
    """What a failure status says, and whether it is lasting."""
    code = f"{status:04X}"
    if 0xA700 <= status <= 0xA7FF:
        return said("{0}: it has no room for more objects just now (status {1}).", node.name, code), False
    if 0xA900 <= status <= 0xA9FF:
        return said("{0}: it says that the object is not what its class demands (status {1}).", node.name, code), True
    if status == 0x0122:
        return said("{0}: it does not store objects of this class (status {1}).", node.name, code), True
    if status == 0x0124:
        return said("{0}: it does not allow us to store (status {1}).", node.name, code), True
    if 0xC000 <= status <= 0xCFFF:
        return said("{0}: it does not understand the object (status {1}).", node.name, code), True
    return said("{0}: it did not store the object (status {1}).", node.name, code), False
