"""The receiver: a Storage SCP (PS3.4 annex B) in a process of its own, and what the program knows of it.

The child process is small on purpose. It speaks the upper layer (PS3.8) as an acceptor only, stores what it is sent
byte for byte and decodes nothing, so neither a codec nor a parser of whole data sets stands behind the open port; it
imports the standard library alone. Nothing from the network is taken into memory before its announced length was
compared with a limit, every wait has an end, and every name on the disk is made here from a hash.

`settings` are the values; `pdu` and `dimse` the two layers of the protocol; `identity` finds the four UIDs in a data
set and whether it is whole; `guard` bounds what a connection may do; `spool` is the folder; `association` is one
connection from its beginning to its end; `scp` the process; `receiver` its other end in the program; `check` asks it
for an echo.
"""

from __future__ import annotations

from app.dicom.receive.events import (
    AssociationRefused,
    Event,
    Failed,
    Load,
    Received,
    Rejected,
    SetAside,
    Started,
    Stopped,
    StudyComplete,
)
from app.dicom.receive.receiver import Receiver
from app.dicom.receive.settings import ReceiverSettings, Sender

__all__ = [
    "AssociationRefused",
    "Event",
    "Failed",
    "Load",
    "Received",
    "Receiver",
    "ReceiverSettings",
    "Rejected",
    "Sender",
    "SetAside",
    "Started",
    "Stopped",
    "StudyComplete",
]
