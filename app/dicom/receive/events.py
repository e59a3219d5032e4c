"""What the receiver tells: frozen values, and the lines in which they come from its process.

None of them carries patient data: UIDs that were checked, AE titles, addresses, sizes, and sentences.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from recon.messages import Message, said


@dataclass(frozen=True)
class Started:
    """It listens.

    Attributes
    ----------
    address : str
    port : int
        The one that was bound, also where any free one was asked for.
    """

    address: str
    port: int


@dataclass(frozen=True)
class AssociationRefused:
    """A peer was turned away before it could send anything.

    Attributes
    ----------
    reason : str
        A sentence.
    calling_ae, called_ae : str
        AE titles as the peer gave them, printable characters only; "" where it did not come to that.
    address : str
        Of the peer.
    unknown : bool
        Whether the only fault is that the sender is not on the list of those allowed.
    """

    reason: str
    calling_ae: str
    called_ae: str
    address: str
    unknown: bool = False


@dataclass(frozen=True)
class Received:
    """An object is whole and on the disk.

    Attributes
    ----------
    path : Path
    study_uid, series_uid, sop_uid : str
        Checked UIDs.
    size : int
        Of the file, in bytes.
    calling_ae : str
    again : bool
        Whether the same bytes had been received before and were kept once.
    """

    path: Path
    study_uid: str
    series_uid: str
    sop_uid: str
    size: int
    calling_ae: str
    again: bool = False


@dataclass(frozen=True)
class SetAside:
    """Another object with a UID that is there already: kept beside the studies, where nothing opens it by itself."""

    path: Path
    sop_uid: str
    calling_ae: str
    reason: str


@dataclass(frozen=True)
class StudyComplete:
    """Nothing more of a study has come for a while.

    Attributes
    ----------
    study_uid : str
    folder : Path
        Holds the whole study as far as it has been received.
    n_objects : int
        New ones since this was told of the study last.
    calling_ae : str
        Of the sender.
    """

    study_uid: str
    folder: Path
    n_objects: int
    calling_ae: str = ""


@dataclass(frozen=True)
class Rejected:
    """One object was not taken, or an association broke off in the middle of one.

    Attributes
    ----------
    reason : str
        A sentence.
    calling_ae, address : str
    status : int
        What the sender was answered (PS3.7 annex C, PS3.4 B.2.3); 0 where there was no answer.
    """

    reason: str
    calling_ae: str
    address: str = ""
    status: int = 0


@dataclass(frozen=True)
class Load:
    """How many associations there are now, and how much of the quota is used."""

    associations: int
    used_bytes: int
    used_files: int


@dataclass(frozen=True)
class Failed:
    """It does not run any more, or could not begin."""

    sentence: str


@dataclass(frozen=True)
class Stopped:
    """It has ended as it was asked to."""


Event = Started | AssociationRefused | Received | SetAside | StudyComplete | Rejected | Load | Failed | Stopped
_KINDS: dict[str, type[Any]] = {
    kind.__name__: kind
    for kind in (Started, AssociationRefused, Received, SetAside, StudyComplete, Rejected, Load, Failed, Stopped)
}


def encoded(event: Event) -> bytes:
    """One line of JSON."""
    values = {item.name: _plain(getattr(event, item.name)) for item in fields(event)}
    return json.dumps({"event": type(event).__name__, **values}).encode() + b"\n"


def decoded(line: bytes) -> Event:
    """An event from its line.

    Raises
    ------
    ValueError, KeyError, TypeError
        When it is none.
    """
    values = json.loads(line)
    kind = _KINDS[values.pop("event")]
    for item in fields(kind):
        if item.name in values:
            value = _message(values[item.name])
            values[item.name] = Path(value) if item.type == "Path" else value
    event: Event = kind(**values)
    return event


def _plain(value: Any) -> Any:
    if isinstance(value, Message):
        return {"said": value.template, "values": [_plain(each) for each in value.values]}
    return str(value) if isinstance(value, Path) else value


def _message(value: Any) -> Any:
    if isinstance(value, dict):
        return said(value["said"], *(_message(each) for each in value["values"]))
    return value
