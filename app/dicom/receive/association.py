"""One association from the first byte to the last: the acceptor's part of PS3.8 9.2, and C-STORE and C-ECHO on it.

It runs on a thread of its own and waits for one thing at a time. What goes wrong ends this association, nothing else.
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.dicom.receive import dimse, pdu
from app.dicom.receive.events import AssociationRefused, Event, Received, Rejected, SetAside
from app.dicom.receive.guard import Door, Gone, TooSlow, Visit, Wire
from app.dicom.receive.identity import Unreadable, identify
from app.dicom.receive.pdu import ProtocolError
from app.dicom.receive.settings import ReceiverSettings
from app.dicom.receive.spool import InTheWay, Kept, NoRoom, Part, Spool, file_meta
from recon.errors import disk_reason
from recon.messages import mark, said

SLOWEST = 8_000
"""Bytes in a second; an object may take the time it needs at this rate, and `ReceiverSettings.dimse_s` more."""
LINGER_S = 1.0

CONFLICT = said("Another object with the same SOP Instance UID is there already. Both are kept; this one lies aside.")
BROKE_OFF = said("The connection ended in the middle of an object. Nothing of it was kept; send it again.")
MISMATCH = said("The class or instance UID in the data set is not the one that was announced.")
NO_UID = said("The SOP Instance UID is not built as a UID.")
NO_CLASS = said("The SOP class is not the one that was agreed, or no storage class.")
INTERNAL = mark("The object could not be stored ({0}).")


@dataclass(frozen=True)
class House:
    """What all associations share.

    Attributes
    ----------
    tell : callable(event)
    stored : callable(association's number, study UID, folder, calling AE title)
        An object has taken its place.
    left : callable(association's number)
    """

    settings: ReceiverSettings
    spool: Spool
    door: Door
    tls: ssl.SSLContext | None
    closing: threading.Event
    tell: Callable[[Event], None]
    stored: Callable[[int, str, Path, str], None]
    left: Callable[[int], None]


@dataclass
class _Object:
    """A data set on its way: to a file, or to nowhere if it was refused."""

    context: int
    command: dimse.Command
    part: Part | None = None
    status: int = 0
    reason: str = ""
    bytes: int = 0

    def refuse(self, status: int, reason: str) -> None:
        """Take no more of it."""
        self.status, self.reason = status, reason
        if self.part is not None:
            self.part.drop()
            self.part = None


class Association:
    """A connection that was taken.

    Parameters
    ----------
    house : House
    visit : Visit
    """

    def __init__(self, house: House, visit: Visit) -> None:
        self._house, self._visit = house, visit
        self._calling = self._called = ""
        self._wire: Wire | None = None
        self._accepted: dict[int, tuple[str, str]] = {}
        """Abstract and transfer syntax of the contexts agreed on."""
        self._max_length = 0
        self._command, self._context = bytearray(), 0
        self._object: _Object | None = None
        self._begun = 0.0
        """When the message began that has not ended; 0 between messages."""

    def run(self) -> None:
        """Serve the peer until either side has had enough."""
        linger_s = 0.0
        try:
            linger_s = LINGER_S * self._serve()
        except Gone:
            if self._object is not None and not self._house.closing.is_set():
                self._reject(BROKE_OFF, 0)
        except TooSlow:
            self._abort(pdu.NOT_SPECIFIED, said("The sender took too long, and the connection was ended."))
            linger_s = LINGER_S
        except ProtocolError as error:
            self._abort(error.reason, said("The peer does not keep to the protocol ({0}).", error.what))
            linger_s = LINGER_S
        except Exception as error:
            # Nothing that a peer sends may end more than its own connection. Texts of errors can hold what was sent.
            self._abort(
                pdu.NOT_SPECIFIED,
                said("An error of the receiver's own ended a connection ({0}).", type(error).__name__),
            )
        finally:
            if self._object is not None and self._object.part is not None:
                with contextlib.suppress(OSError):
                    self._object.part.drop()
            if self._wire is not None:
                self._wire.hang_up(linger_s)
            with contextlib.suppress(OSError):
                self._visit.connection.close()
            self._house.door.leave(self._visit)
            self._house.left(id(self))

    # -- the association -------------------------------------------------------------------------------------------

    def _serve(self) -> bool:
        """Whether the peer should have time to read what was said last."""
        wire = self._wire = Wire(self._secured(), self._house.closing)
        strangers = {pdu.ASSOCIATE_RQ: pdu.ASSOCIATE_LIMIT, pdu.ABORT: 4}
        kind, body = wire.read_pdu(strangers, self._visit.since + self._house.settings.acse_s)
        if kind == pdu.ABORT:
            return False
        request = pdu.read_request(bytes(body))
        self._calling, self._called = request.calling, request.called
        refusal = self._refusal(request)
        if refusal is not None:
            wire.send(pdu.rejecting(refusal[0]))
            self._refuse(refusal[1], unknown=refusal[0] == pdu.UNKNOWN_CALLING)
            return True
        wire.send(pdu.accepting(request, self._answers(request), self._house.settings.max_pdu))
        self._max_length = request.max_length
        limits = {pdu.DATA: self._house.settings.max_pdu, pdu.RELEASE_RQ: 4, pdu.ABORT: 4}
        while True:
            kind, body = wire.read_pdu(limits, self._deadline())
            if kind == pdu.DATA:
                for context, control, fragment in pdu.values_of(body):
                    self._take(context, control, fragment)
            elif kind == pdu.RELEASE_RQ:
                if self._object is not None:
                    raise ProtocolError(said("a release in the middle of an object"), pdu.UNEXPECTED_PDU)
                wire.send(pdu.releasing())
                return True
            else:
                raise Gone

    def _secured(self) -> socket.socket:
        """The connection, encrypted if it is to be."""
        tls = self._house.tls
        if tls is None:
            return self._visit.connection
        left = self._visit.since + self._house.settings.acse_s - time.monotonic()
        try:
            secured = tls.wrap_socket(self._visit.connection, server_side=True, do_handshake_on_connect=False)
            self._visit.connection = secured
            secured.settimeout(max(0.01, left))
            secured.do_handshake()
        except (OSError, ValueError) as error:
            if not self._visit.leaving:
                self._refuse(said("The encrypted connection failed ({0}).", _tls_reason(error)))
            raise Gone from error
        return secured

    def _refusal(self, request: pdu.AssociateRequest) -> tuple[tuple[int, int, int], str] | None:
        """Why a peer is turned away: the answer's result, source and reason, and a sentence."""
        settings = self._house.settings
        if not request.version & 1:
            return pdu.WRONG_VERSION, said("The peer speaks another version of the protocol.")
        if request.application != pdu.APPLICATION_CONTEXT:
            return pdu.WRONG_APPLICATION, said("The peer does not want DICOM.")
        if request.called != settings.ae_title.strip():
            return pdu.UNKNOWN_CALLED, said(
                "It called “{0}”, and the receiver's AE title is “{1}”. Set one to the other.",
                request.called,
                settings.ae_title,
            )
        if not self._is_ourselves() and not settings.allows(request.calling, self._visit.address):
            return pdu.UNKNOWN_CALLING, said(
                "“{0}” at {1} is not on the list of allowed senders.", request.calling, self._visit.address
            )
        if not self._house.door.seat(self._visit):
            return pdu.TOO_MANY, said("There are too many associations at the same time.")
        return None

    def _is_ourselves(self) -> bool:
        """Whether the program tests its own receiver: the same AE title from the address that is listened on."""
        local = self._visit.connection.getsockname()[0]
        return self._calling == self._house.settings.ae_title.strip() and self._visit.address == local

    def _answers(self, request: pdu.AssociateRequest) -> tuple[pdu.Answer, ...]:
        allowed = self._house.settings.allows(self._calling, self._visit.address)
        answers = []
        for proposed in request.contexts:
            abstract, syntax = proposed.abstract_syntax, ""
            result = pdu.NO_ABSTRACT_SYNTAX
            if abstract == dimse.VERIFICATION or (allowed and dimse.is_storage(abstract)):
                syntax = dimse.chosen_syntax(proposed.transfer_syntaxes)
                result = pdu.ACCEPTED if syntax else pdu.NO_TRANSFER_SYNTAX
            if result == pdu.ACCEPTED:
                self._accepted[proposed.id] = (abstract, syntax)
            # The syntax of a context that is not accepted has no meaning, but must be there (PS3.8 9.3.3.2).
            answers.append(pdu.Answer(proposed.id, result, syntax or dimse.IMPLICIT))
        return tuple(answers)

    def _deadline(self) -> float:
        """When the next PDU must be whole."""
        settings, now = self._house.settings, time.monotonic()
        if not self._begun:
            return now + settings.network_s
        received = self._object.bytes if self._object is not None else 0
        return min(now + settings.network_s, self._begun + settings.dimse_s + received / SLOWEST)

    # -- messages --------------------------------------------------------------------------------------------------

    def _take(self, context: int, control: int, fragment: memoryview) -> None:
        """One fragment of a command or a data set."""
        if context not in self._accepted:
            raise ProtocolError(said("a presentation context that was not agreed on"))
        self._begun = self._begun or time.monotonic()
        last = bool(control & 2)
        if control & 1:
            if self._object is not None or (self._command and context != self._context):
                raise ProtocolError(said("a command in the middle of another message"))
            self._context = context
            self._command += fragment
            if len(self._command) > dimse.COMMAND_LIMIT:
                raise ProtocolError(said("a command that is too long"))
            if last:
                command = dimse.read_command(bytes(self._command))
                self._command.clear()
                self._ask(context, command)
            return
        if self._object is None or self._command or context != self._object.context:
            raise ProtocolError(said("a data set without its command"))
        self._take_data(self._object, fragment)
        if last:
            self._finish(self._object)

    def _ask(self, context: int, command: dimse.Command) -> None:
        """What a command set asks for."""
        if command.field == dimse.CANCEL_RQ and not command.has_data:
            self._begun = 0.0
            return
        if command.field & dimse.RESPONSE:
            raise ProtocolError(said("a response to nothing"))
        abstract = self._accepted[context][0]
        asked = _Object(context, command)
        if command.field == dimse.ECHO_RQ:
            asked.status = dimse.SUCCESS if abstract == dimse.VERIFICATION else dimse.CLASS_NOT_SUPPORTED
        elif command.field != dimse.STORE_RQ:
            asked.refuse(dimse.UNRECOGNIZED, said("The peer asked for something other than storing (C-STORE)."))
        elif not command.has_data:
            asked.refuse(dimse.MISTYPED, said("The peer sent no data set."))
        elif command.sop_class != abstract or not dimse.is_storage(abstract):
            asked.refuse(dimse.CLASS_NOT_SUPPORTED, NO_CLASS)
        elif not pdu.is_uid(command.sop_instance):
            asked.refuse(dimse.INVALID_INSTANCE, NO_UID)
        else:
            self._begin(asked)
        if command.has_data:
            self._object = asked
        else:
            self._answer(asked)

    def _begin(self, asked: _Object) -> None:
        """Give an object a file to grow in."""
        command = asked.command
        try:
            asked.part = self._house.spool.begin()
            syntax = self._accepted[asked.context][1]
            asked.part.begin(file_meta((command.sop_class, command.sop_instance), syntax, self._calling))
        except NoRoom as error:
            asked.refuse(dimse.OUT_OF_RESOURCES, str(error))
        except OSError as error:
            asked.refuse(dimse.OUT_OF_RESOURCES, said(INTERNAL, disk_reason(error)))

    def _take_data(self, asked: _Object, fragment: memoryview) -> None:
        asked.bytes += len(fragment)
        if asked.part is not None:
            try:
                asked.part.write(fragment)
            except NoRoom as error:
                asked.refuse(dimse.OUT_OF_RESOURCES, str(error))
            except OSError as error:
                asked.refuse(dimse.OUT_OF_RESOURCES, said(INTERNAL, disk_reason(error)))
        elif asked.bytes > 2 * self._house.settings.object_bytes:
            raise ProtocolError(said("an object without end"))

    def _finish(self, asked: _Object) -> None:
        """An object has come to its end."""
        kept = None
        if asked.part is not None:
            try:
                kept = self._keep(asked, asked.part)
            except Unreadable as error:
                asked.refuse(dimse.CANNOT_UNDERSTAND, str(error))
            except (NoRoom, InTheWay) as error:
                asked.refuse(dimse.OUT_OF_RESOURCES, str(error))
            except OSError as error:
                asked.refuse(dimse.OUT_OF_RESOURCES, said(INTERNAL, disk_reason(error)))
        self._answer(asked)
        self._object = None
        if kept is not None:
            self._house.tell(kept)

    def _keep(self, asked: _Object, part: Part) -> Received | SetAside | None:
        explicit = self._accepted[asked.context][1] != dimse.IMPLICIT
        identity = identify(part.file, part.start, part.size, explicit=explicit)
        if (identity.sop_class, identity.sop_instance) != (asked.command.sop_class, asked.command.sop_instance):
            asked.refuse(dimse.DOES_NOT_MATCH, MISMATCH)
            return None
        part.end(flush=self._house.settings.flush)
        kept: Kept = self._house.spool.keep(part, identity, self._calling)
        asked.part = None
        if kept.fate == "aside":
            return SetAside(kept.path, identity.sop_instance, self._calling, CONFLICT)
        if kept.fate == "new":
            self._house.stored(id(self), identity.study, kept.path.parent.parent, self._calling)
        return Received(
            kept.path,
            identity.study,
            identity.series,
            identity.sop_instance,
            kept.size,
            self._calling,
            again=kept.fate == "again",
        )

    def _answer(self, asked: _Object) -> None:
        assert self._wire is not None
        response = dimse.response(asked.command, asked.status)
        self._wire.send(pdu.commanding(asked.context, response, self._max_length))
        self._begun = 0.0
        if asked.status and asked.reason:
            self._reject(asked.reason, asked.status)

    # -- telling ---------------------------------------------------------------------------------------------------

    def _abort(self, reason: int, sentence: str) -> None:
        if self._wire is not None:
            with contextlib.suppress(Gone, TooSlow):
                self._wire.send(pdu.aborting(reason))
        if self._visit.leaving:
            return
        if self._visit.seated:
            self._reject(sentence, 0)
        else:
            self._refuse(sentence)

    def _reject(self, sentence: str, status: int) -> None:
        self._house.tell(Rejected(sentence, self._calling, self._visit.address, status))

    def _refuse(self, sentence: str, *, unknown: bool = False) -> None:
        self._house.tell(AssociationRefused(sentence, self._calling, self._called, self._visit.address, unknown))


def _tls_reason(error: BaseException) -> str:
    """Why a handshake failed; the library's words hold nothing of the peer's."""
    if isinstance(error, TimeoutError):
        return said("the peer did not answer in time")
    if isinstance(error, ssl.SSLError):
        return {
            "PEER_DID_NOT_RETURN_A_CERTIFICATE": said("the peer showed no certificate"),
            "CERTIFICATE_VERIFY_FAILED": said("the peer's certificate is signed by no known authority"),
            "HTTP_REQUEST": said("the peer speaks HTTP"),
            "WRONG_VERSION_NUMBER": said("the peer does not encrypt"),
        }.get(error.reason or "", str(error.reason or type(error).__name__).replace("_", " ").lower())
    return said("the peer closed the connection")
