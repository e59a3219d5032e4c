"""HTTP of DICOMweb servers: a session with a login, TLS 1.2 or newer, timeouts, and connections that can be cut."""

from __future__ import annotations

import contextlib
import logging
import socket
import ssl
import threading
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from requests.auth import AuthBase, HTTPBasicAuth
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError, NameResolutionError, NewConnectionError

from app.dicom.net.errors import NeedsPassword, NetworkError
from app.dicom.net.nodes import Node
from app.dicom.net.tls import client_context, tls_sentence
from recon.messages import said

CONNECT_S, READ_S = 10.0, 60.0
PLAIN_SIGNS = (("%2A", "*"), ("%5E", "^"), ("%2D", "-"), ("%3D", "="), ("%2C", ","), ("%3F", "?"))
"""Signs that servers understand in a query as they are; Orthanc's plug-in up to 1.7 does not undo their escapes."""

# Addresses carry the patient's name that was asked for.
logging.getLogger("urllib3").setLevel(logging.CRITICAL)
logging.getLogger("dicomweb_client").setLevel(logging.CRITICAL)


class _Wires:
    """The sockets that are open, so that another thread can cut them."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()

    def add(self, wire: socket.socket) -> None:
        with self._lock:
            self._open = {known for known in self._open if known.fileno() >= 0}
            self._open.add(wire)

    def cut(self) -> None:
        with self._lock:
            for wire in self._open:
                with contextlib.suppress(OSError, ValueError):
                    socket.socket.shutdown(wire, socket.SHUT_RDWR)


class _Adapter(HTTPAdapter):
    def __init__(self, context: ssl.SSLContext | None, wires: _Wires) -> None:
        self._context, self._wires = context, wires
        super().__init__(max_retries=0)

    def init_poolmanager(self, *arguments: Any, **options: Any) -> None:
        if self._context is not None:
            options["ssl_context"] = self._context
            options["assert_hostname"] = None if self._context.check_hostname else False
        super().init_poolmanager(*arguments, **options)
        wires = self._wires

        class Plain(HTTPConnection):
            def putrequest(self, method: str, url: str, *arguments: Any, **options: Any) -> None:
                super().putrequest(method, _plainly(url), *arguments, **options)

            def connect(self) -> None:
                super().connect()
                self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                wires.add(self.sock)

        class Secured(HTTPSConnection):
            def putrequest(self, method: str, url: str, *arguments: Any, **options: Any) -> None:
                super().putrequest(method, _plainly(url), *arguments, **options)

            def connect(self) -> None:
                super().connect()
                wires.add(self.sock)

        class PlainPool(HTTPConnectionPool):
            ConnectionCls = Plain

        class SecuredPool(HTTPSConnectionPool):
            ConnectionCls = Secured

        self.poolmanager.pool_classes_by_scheme = {"http": PlainPool, "https": SecuredPool}

    # The context says which authorities are trusted; requests would add its own.
    def cert_verify(self, *_: Any) -> None:
        return None

    def build_connection_pool_key_attributes(self, request: Any, *_: Any) -> Any:
        host, _options = super().build_connection_pool_key_attributes(request, False, None)
        return host, {}

    def send(self, request: Any, *arguments: Any, **options: Any) -> Any:
        if options.get("timeout") is None:
            options["timeout"] = (CONNECT_S, READ_S)
        return super().send(request, *arguments, **options)


def _plainly(url: str) -> str:
    """The target of a request without needless escapes. Every library on the way puts them back, so this is last."""
    address, mark, query = url.partition("?")
    for escaped, sign in PLAIN_SIGNS:
        query = query.replace(escaped, sign)
    return address + mark + query


class _Bearer(AuthBase):
    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: Any) -> Any:
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request


class Session(requests.Session):
    """A session with a server.

    Parameters
    ----------
    node : Node
    secret : str
        Its password or token.

    Raises
    ------
    NetworkError
    """

    def __init__(self, node: Node, secret: str) -> None:
        super().__init__()
        problem = node.problem()
        if problem:
            raise NetworkError(problem, lasting=True)
        if node.authentication != "none" and not secret:
            raise NeedsPassword(
                said("{0}: its password is not known in this session. Enter it under Servers.", node.name)
            )
        self.trust_env = False  # else a .netrc would replace the login, and the environment the authorities
        self.max_redirects = 3
        self._wires = _Wires()
        secured = any(url.lower().startswith("https") for url in node.urls)
        adapter = _Adapter(client_context(node) if secured else None, self._wires)
        self.mount("http://", adapter)
        self.mount("https://", adapter)
        if node.authentication == "basic":
            self.auth = HTTPBasicAuth(node.user.encode("utf-8"), secret.encode("utf-8"))
        elif node.authentication == "bearer":
            self.auth = _Bearer(secret)

    def cut(self) -> None:
        """End all connections at once. From any thread."""
        self._wires.cut()


def connection_error(node: Node, error: BaseException) -> NetworkError:
    """What failed on the way to the server."""
    causes = _causes(error)
    for cause in causes:
        if isinstance(cause, ssl.SSLError):
            return NetworkError(tls_sentence(node, cause), lasting=True)
    host, port = _where(error, node)
    for cause in causes:
        if isinstance(cause, NameResolutionError | socket.gaierror):
            return NetworkError(
                said("{0}: the name {1} is not known in this network. Check the host.", node.name, host)
            )
        if isinstance(cause, ConnectionRefusedError):
            return NetworkError(
                said("{0}: nothing answers at port {1} of {2}. Is the server running?", node.name, port, host)
            )
        if isinstance(cause, TimeoutError) or "Timeout" in type(cause).__name__:
            return NetworkError(said("{0}: {1} does not answer. Check host and port.", node.name, host))
    for cause in causes:
        if isinstance(cause, NewConnectionError):
            return NetworkError(said("{0}: {1} cannot be reached from this computer.", node.name, host))
    return NetworkError(said("{0}: the connection ended before the answer.", node.name))


def status_error(node: Node, status: int) -> NetworkError:
    """What an HTTP status means (PS3.18 8.5)."""
    if status == 401:
        return NeedsPassword(said("{0}: it does not accept the user or password (HTTP 401).", node.name))
    if status == 403:
        return NetworkError(said("{0}: it does not allow this to our user (HTTP 403).", node.name), lasting=True)
    if status in (404, 405):
        return NetworkError(
            said("{0}: nothing is at this address (HTTP {1}). Check the path of the server.", node.name, status),
            lasting=True,
        )
    if status in (413, 507):
        return NetworkError(said("{0}: it has no room for more objects just now (HTTP {1}).", node.name, status))
    if status in (406, 415):
        return NetworkError(said("{0}: it does not speak this form (HTTP {1}).", node.name, status), lasting=True)
    if 400 <= status < 500 and status not in (408, 409, 429):
        return NetworkError(said("{0}: it refused the request (HTTP {1}).", node.name, status), lasting=True)
    return NetworkError(said("{0}: it failed to answer (HTTP {1}).", node.name, status))


def _causes(error: BaseException) -> list[BaseException]:
    found: list[BaseException] = []
    waiting: list[Any] = [error]
    while waiting and len(found) < 20:
        item = waiting.pop(0)
        if isinstance(item, BaseException) and item not in found:
            found.append(item)
            waiting += [item.__cause__, item.__context__, getattr(item, "reason", None), *item.args]
    return found


def _where(error: BaseException, node: Node) -> tuple[str, int]:
    from urllib.parse import urlsplit

    request = getattr(error, "request", None)
    parts = urlsplit(str(getattr(request, "url", "") or node.urls[0]))
    return parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)


FAILURES = (requests.RequestException, HTTPError, OSError)
"""What the libraries raise when a connection fails."""
