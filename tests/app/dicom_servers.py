"""Real DICOM servers on a loopback of their own: Orthanc, and dcmtk's storescp and dcmqrscp.

Orthanc 1.10 listens on all addresses whatever its settings say, so the thread of the tests moves into a network
namespace of its own first; what it starts afterwards lives there too, and nothing is reachable from outside or reaches
out. That needs root and Linux; elsewhere these tests are skipped with a sentence.
"""

from __future__ import annotations

import ctypes
import fcntl
import json
import os
import shutil
import signal
import socket
import struct
import subprocess
import sys
import time
import urllib.request
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from app.dicom.net.nodes import Node

PLUGIN = Path("/usr/share/orthanc/plugins/libOrthancDicomWeb.so")
USER, PASSWORD = "reader", "secret-word"
OWN_AE = "BOCAGE"
_CLONE_NEWNET = 0x40000000
_SIOCGIFFLAGS, _SIOCSIFFLAGS, _IFF_UP = 0x8913, 0x8914, 1


def needs(*programs: str) -> None:
    """Skip where a program of another house is not installed."""
    missing = [name for name in programs if shutil.which(name) is None and not Path(f"/usr/sbin/{name}").exists()]
    if missing:
        pytest.skip(f"{', '.join(missing)} not installed (Debian: dcmtk, orthanc, orthanc-dicomweb)")


@contextmanager
def own_network() -> Iterator[None]:
    """This thread, and what it starts, in a network of its own with nothing but a loopback."""
    if not sys.platform.startswith("linux"):
        pytest.skip("a network of its own needs Linux")
    libc = ctypes.CDLL(None, use_errno=True)
    before = os.open("/proc/thread-self/ns/net", os.O_RDONLY)
    if libc.unshare(_CLONE_NEWNET) != 0:
        os.close(before)
        pytest.skip(f"a network of its own needs root ({os.strerror(ctypes.get_errno())})")
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as wire:
            request = struct.pack("16sH14x", b"lo", 0)
            flags = struct.unpack("16sH14x", fcntl.ioctl(wire, _SIOCGIFFLAGS, request))[1]
            fcntl.ioctl(wire, _SIOCSIFFLAGS, struct.pack("16sH14x", b"lo", flags | _IFF_UP))
        yield
    finally:
        libc.setns(before, _CLONE_NEWNET)
        os.close(before)


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as wire:
        wire.bind(("127.0.0.1", 0))
        return int(wire.getsockname()[1])


def wait_for_port(port: int, process: subprocess.Popen[Any], seconds: float = 20.0) -> None:
    """Wait until something listens."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        assert process.poll() is None, f"{process.args[0]} ended with {process.returncode}"
        with socket.socket() as wire:
            wire.settimeout(1.0)
            if wire.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.03)
    raise AssertionError(f"nothing listens on port {port}")


def stop(process: subprocess.Popen[Any]) -> None:
    """End a process that was started here."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(5.0)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@dataclass
class Orthanc:
    """A real Orthanc with an empty store."""

    folder: Path
    dicom_port: int = 0
    http_port: int = 0
    receiver_port: int = 0
    process: subprocess.Popen[bytes] | None = None
    extra: dict[str, Any] = field(default_factory=dict)

    def start(self) -> Orthanc:
        """Start it, the first time or again."""
        self.dicom_port = self.dicom_port or free_port()
        self.http_port = self.http_port or free_port()
        self.receiver_port = self.receiver_port or free_port()
        self.folder.mkdir(parents=True, exist_ok=True)
        own = {"AET": OWN_AE, "Host": "127.0.0.1", "Port": self.receiver_port}
        allowed = {f"Allow{what}": True for what in ("Echo", "Store", "Find", "Get", "Move", "StorageCommitment")}
        settings = {
            "Name": "test",
            "StorageDirectory": str(self.folder / "db"),
            "IndexDirectory": str(self.folder / "db"),
            "Plugins": [str(PLUGIN)],
            "HttpPort": self.http_port,
            "RemoteAccessAllowed": False,
            "AuthenticationEnabled": True,
            "RegisteredUsers": {USER: PASSWORD},
            "DicomAet": "ORTHANC",
            "DicomPort": self.dicom_port,
            "DicomCheckCalledAet": True,
            **{f"DicomAlwaysAllow{what}": False for what in ("Store", "Find", "Get", "Move")},
            "DicomAlwaysAllowEcho": False,
            "DicomCheckModalityHost": True,
            "DicomModalities": {"own": {**own, **allowed}},
            "OverwriteInstances": False,
            "DefaultEncoding": "Utf8",
            "LimitFindResults": 0,
            "LimitFindInstances": 0,
            "StorageCommitmentReportsSize": 100,
            "DicomWeb": {"Enable": True, "Root": "/dicom-web/"},
            **self.extra,
        }
        path = self.folder / "orthanc.json"
        path.write_text(json.dumps(settings))
        log = (self.folder / "orthanc.log").open("ab")
        program = shutil.which("Orthanc") or "/usr/sbin/Orthanc"
        with log:
            self.process = subprocess.Popen([program, str(path)], stdout=log, stderr=log)
        wait_for_port(self.dicom_port, self.process)
        wait_for_port(self.http_port, self.process)
        return self

    def kill(self) -> None:
        """End it as the loss of power would."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()

    def stop(self) -> None:
        """End it."""
        if self.process is not None:
            stop(self.process)

    def node(self, **changes: Any) -> Node:
        """As a DIMSE server."""
        given = {"host": "127.0.0.1", "port": self.dicom_port, "called_ae": "ORTHANC", "title": "Orthanc", **changes}
        return Node(**given)

    def web_node(self, **changes: Any) -> Node:
        """As a DICOMweb server; its password is `PASSWORD`."""
        url = f"http://127.0.0.1:{self.http_port}/dicom-web"
        given = {"kind": "web", "url": url, "authentication": "basic", "user": USER, "title": "Orthanc", **changes}
        return Node(**given)

    def rest(self, path: str, method: str = "GET", data: bytes | None = None) -> Any:
        """Ask Orthanc's own interface, which has nothing to do with ours."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.http_port}{path}", method=method, data=data)
        request.add_header("Authorization", "Basic " + b64encode(f"{USER}:{PASSWORD}".encode()).decode())
        with urllib.request.urlopen(request, timeout=30) as response:
            content = response.read()
        return json.loads(content) if content[:1] in b"[{" and content else content

    @property
    def n_instances(self) -> int:
        """How many objects it has."""
        return int(self.rest("/statistics")["CountInstances"])

    def sop_uids(self) -> list[str]:
        """The instance UIDs it has, each as often as it has it."""
        return [item["MainDicomTags"]["SOPInstanceUID"] for item in self.rest("/instances?expand")]

    def clear(self) -> None:
        """Forget everything."""
        for patient in self.rest("/patients"):
            self.rest(f"/patients/{patient}", "DELETE")


@contextmanager
def storescp(folder: Path, *options: str, ae: str = "STORESCP") -> Iterator[int]:
    """Run dcmtk's storescp, which writes into `folder`; its port."""
    needs("storescp")
    folder.mkdir(parents=True, exist_ok=True)
    port = free_port()
    command = ["storescp", "-aet", ae, "-od", str(folder), *options, str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for_port(port, process)
        yield port
    finally:
        stop(process)


@contextmanager
def dcmqrscp(folder: Path, receiver_port: int) -> Iterator[int]:
    """Run dcmtk's dcmqrscp with one store, DCMTK; its port."""
    needs("dcmqrscp")
    store = folder / "store"
    store.mkdir(parents=True, exist_ok=True)
    port = free_port()
    settings = folder / "dcmqrscp.cfg"
    settings.write_text(
        f"""NetworkTCPPort = {port}
MaxPDUSize = 16384
MaxAssociations = 16
HostTable BEGIN
own = ({OWN_AE}, 127.0.0.1, {receiver_port})
HostTable END
VendorTable BEGIN
VendorTable END
AETable BEGIN
DCMTK {store} RW (500, 1024mb) ANY
AETable END
"""
    )
    process = subprocess.Popen(["dcmqrscp", "-c", str(settings)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for_port(port, process)
        yield port
    finally:
        stop(process)
