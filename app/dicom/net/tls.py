"""TLS of the client: 1.2 or newer, and plain words for what fails."""

from __future__ import annotations

import ssl

from app.dicom.net.errors import NetworkError
from app.dicom.net.nodes import Node
from recon.messages import said


def client_context(node: Node) -> ssl.SSLContext:
    """What a connection to a server is secured with.

    Raises
    ------
    NetworkError
        When a file of certificates cannot be used.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.check_hostname = node.check_name
    try:
        if node.authorities:
            context.load_verify_locations(node.authorities)
        else:
            context.load_default_certs()
        if node.certificate:
            context.load_cert_chain(node.certificate, node.key)
    except (OSError, ssl.SSLError):
        raise NetworkError(
            said("{0}: its certificate files cannot be read as PEM. Choose them again.", node.name), lasting=True
        ) from None
    return context


def tls_sentence(node: Node, error: ssl.SSLError) -> str:
    """What a failed handshake means."""
    if isinstance(error, ssl.SSLCertVerificationError):
        if "self-signed" in error.verify_message or "self signed" in error.verify_message or error.verify_code == 20:
            return said(
                "{0}: its certificate is signed by nobody that is trusted here. Choose the file of its authority.",
                node.name,
            )
        return said("{0}: its certificate is not accepted ({1}).", node.name, error.verify_message)
    reason = (error.reason or "").upper()
    if isinstance(error, ssl.SSLEOFError | ssl.SSLZeroReturnError) or "EOF" in reason:
        return said(
            "{0}: it broke off the encrypted connection. It may ask for a certificate of ours, or speak no TLS here.",
            node.name,
        )
    if "WRONG_VERSION" in reason or "HTTP_REQUEST" in reason or "RECORD" in reason:
        return said("{0}: no TLS is spoken at this port. Switch TLS off, or use the port for TLS.", node.name)
    if "CERTIFICATE_REQUIRED" in reason or "HANDSHAKE_FAILURE" in reason or "ALERT" in reason:
        return said("{0}: it does not accept our certificate. It may ask for one that it knows.", node.name)
    return said("{0}: the encrypted connection failed ({1}).", node.name, error.reason or type(error).__name__)
