"""What the receiver is told to do, checked, and kept as JSON beside the program's settings.

It holds no secret: keys are named by their files.
"""

from __future__ import annotations

import ipaddress
import json
import os
import re
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from recon.messages import Message, said

FILE_NAME = "receiver.json"
FORMAT, VERSION = "bocage-receiver", 1
LOOPBACK = "127.0.0.1"
PORT = 11112
"""The port registered for DICOM that needs no privilege (IANA ``acr-nema``'s companion ``dicom``)."""
MAX_PDU = (16_384, 1 << 20)
_AE_TITLE = re.compile(r"[ -\[\]-~]{1,16}")


def is_ae_title(text: str) -> bool:
    """Whether it can be an AE title: 1-16 characters of ISO 646, no backslash, not spaces alone (PS3.5 6.2)."""
    return _AE_TITLE.fullmatch(text) is not None and bool(text.strip())


@dataclass(frozen=True)
class Sender:
    """Who may send.

    Attributes
    ----------
    ae_title : str
    network : str
        An address, or a network as "192.168.1.0/24"; "" is any.
    """

    ae_title: str
    network: str = ""

    def problem(self) -> str:
        """What is wrong with it, a sentence; "" if nothing."""
        if not is_ae_title(self.ae_title):
            return _no_ae_title(self.ae_title)
        if self.network:
            try:
                ipaddress.ip_network(self.network, strict=False)
            except ValueError:
                return said(
                    "“{0}” is neither an address nor a network. Write for example 192.168.1.20 or 192.168.1.0/24.",
                    self.network,
                )
        return ""

    def matches(self, ae_title: str, address: str) -> bool:
        """Whether a peer is this sender."""
        if ae_title.strip() != self.ae_title.strip():
            return False
        if not self.network:
            return True
        given = ipaddress.ip_address(address)
        mapped = getattr(given, "ipv4_mapped", None)
        return (mapped or given) in ipaddress.ip_network(self.network, strict=False)


@dataclass(frozen=True)
class ReceiverSettings:
    """How to receive.

    Attributes
    ----------
    enabled : bool
        Whether the program starts it.
    ae_title : str
        Ours; a peer must call it.
    address : str
        Of the network interface to listen on; the loopback is heard by this computer alone.
    port : int
        0 takes any free one.
    senders : tuple of Sender
        Nobody else may send.
    certificate, key, authorities : str
        PEM files. With the first two the connection is encrypted (TLS 1.2 or newer); with the third peers must show
        a certificate that one of these authorities has signed.
    folder : str
        Where studies go; "" is a folder of the program's own.
    quota_bytes, quota_files : int
        Of the folder together.
    keep_free_bytes : int
        Room on the disk that is left to others.
    object_bytes : int
        The largest object taken.
    associations, per_address : int
        At the same time, together and from one address.
    acse_s, dimse_s, network_s : float
        How long a peer may take to ask for an association; for one object beside the time that its bytes take
        (`scp.SLOWEST`); between two of its PDUs.
    max_pdu : int
        Bytes of the largest PDU of data that is taken (PS3.8 D.1).
    flush : bool
        Whether an object is on the disk, and not only with the operating system, before its sender is told so.
        Without, what has come in the last seconds is lost with the power, though not with the program.
    opens : bool
        Whether a study that has arrived opens by itself where none is being read.
    """

    enabled: bool = False
    ae_title: str = "BOCAGE"
    address: str = LOOPBACK
    port: int = PORT
    senders: tuple[Sender, ...] = ()
    certificate: str = ""
    key: str = ""
    authorities: str = ""
    folder: str = ""
    quota_bytes: int = 50 * 10**9
    quota_files: int = 200_000
    keep_free_bytes: int = 2 * 10**9
    object_bytes: int = 4 * 10**9
    associations: int = 10
    per_address: int = 4
    acse_s: float = 10.0
    dimse_s: float = 30.0
    network_s: float = 60.0
    max_pdu: int = 131_072
    flush: bool = True
    opens: bool = True

    @property
    def is_local(self) -> bool:
        """Whether only this computer can reach it."""
        try:
            return ipaddress.ip_address(self.address).is_loopback
        except ValueError:
            return False

    @property
    def uses_tls(self) -> bool:
        """Whether connections are encrypted."""
        return bool(self.certificate or self.key or self.authorities)

    def problem(self) -> str:
        """Why it cannot be started, a sentence; "" if nothing is wrong."""
        if not is_ae_title(self.ae_title):
            return _no_ae_title(self.ae_title)
        try:
            ipaddress.ip_address(self.address)
        except ValueError:
            return said("“{0}” is no address of this computer. Write for example 127.0.0.1 or 0.0.0.0.", self.address)
        if not 0 <= self.port <= 65_535:
            return said("There is no port {0}. Choose one between 1 and 65535.", self.port)
        for sender in self.senders:
            if sender.problem():
                return sender.problem()
        if self.uses_tls and not (self.certificate and self.key):
            return said("Encryption needs a certificate and its key. Choose both files, or neither.")
        for name in (self.certificate, self.key, self.authorities):
            if name and not Path(name).is_file():
                return said("{0} is not there. Choose the file anew.", name)
        for item in fields(self):
            low, high = _LIMITS.get(item.name, (None, None))
            if low is not None and not low <= getattr(self, item.name) <= high:
                return said("{0} must lie between {1} and {2}.", item.name, low, high)
        return ""

    def allows(self, ae_title: str, address: str) -> bool:
        """Whether a peer may send."""
        return any(sender.matches(ae_title, address) for sender in self.senders)


_LIMITS: dict[str, tuple[float, float]] = {
    "quota_bytes": (10**6, 10**15),
    "quota_files": (1, 10**8),
    "keep_free_bytes": (0, 10**15),
    "object_bytes": (10**4, 4 * 10**9),
    "associations": (1, 100),
    "per_address": (1, 100),
    "acse_s": (0.1, 300),
    "dimse_s": (0.1, 3600),
    "network_s": (0.1, 3600),
    "max_pdu": MAX_PDU,
}


def _no_ae_title(text: str) -> Message:
    return said("“{0}” is no AE title: 1 to 16 letters, digits or signs, without a backslash.", text[:32])


def plain(settings: ReceiverSettings) -> dict[str, Any]:
    """As JSON takes it."""
    return {"format": FORMAT, "version": VERSION, **asdict(settings)}


def understood(values: Any) -> ReceiverSettings:
    """Settings from `plain`.

    What is missing keeps its default. Where anything cannot be understood the receiver stays off: a port must not be
    opened to more than was meant.
    """
    if not isinstance(values, dict) or values.get("format") != FORMAT:
        return ReceiverSettings()
    found: dict[str, Any] = {}
    whole = True
    for item in fields(ReceiverSettings):
        if item.name not in values:
            continue
        value, default = values[item.name], item.default
        if item.name == "senders":
            senders = [_sender(each) for each in value] if isinstance(value, list) else [None]
            found["senders"] = tuple(sender for sender in senders if sender is not None)
            whole = whole and None not in senders
        elif type(value) is type(default) or (isinstance(default, float) and type(value) is int):
            found[item.name] = value
        else:
            whole = False
    settings = ReceiverSettings(**found)
    return settings if whole else replace(settings, enabled=False)


def _sender(value: Any) -> Sender | None:
    if not isinstance(value, dict):
        return None
    title, network = value.get("ae_title"), value.get("network", "")
    if not isinstance(title, str) or not isinstance(network, str):
        return None
    sender = Sender(title, network)
    return None if sender.problem() else sender


def load_settings(folder: Path) -> ReceiverSettings:
    """The settings kept in a folder; the defaults, switched off, where there are none or they cannot be read."""
    try:
        return understood(json.loads((folder / FILE_NAME).read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return ReceiverSettings()


def save_settings(settings: ReceiverSettings, folder: Path) -> None:
    """Keep the settings in a folder, for the user alone.

    Raises
    ------
    OSError
        When they cannot be written; what was kept before is still there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    beside = folder / f"{FILE_NAME}.part"
    with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        json.dump(plain(settings), file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    os.replace(beside, folder / FILE_NAME)
