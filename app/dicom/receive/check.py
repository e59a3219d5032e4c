"""Asking a receiver for an echo: does it listen, does it answer, does its encryption work."""

from __future__ import annotations

import ssl

from app.dicom.receive.settings import LOOPBACK, ReceiverSettings
from recon.errors import BocageError
from recon.messages import said

TIMEOUT_S = 5.0
_ANY = {"0.0.0.0": LOOPBACK, "::": "::1"}


def echo(settings: ReceiverSettings, port: int) -> None:
    """Verify our own receiver with a C-ECHO (PS3.4 annex A), as a sender on this computer would.

    Raises
    ------
    BocageError
        When it does not answer, with what may be wrong.
    """
    from pynetdicom import AE

    address = _ANY.get(settings.address, settings.address)
    entity = AE(settings.ae_title)
    entity.acse_timeout = entity.dimse_timeout = entity.network_timeout = entity.connection_timeout = TIMEOUT_S
    entity.add_requested_context("1.2.840.10008.1.1")
    tls = None
    if settings.uses_tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        # We ask ourselves, at an address of this computer; whose certificate it is has been chosen beside.
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        if settings.authorities:
            context.load_cert_chain(settings.certificate, settings.key, lambda: "")
        tls = (context, address)
    association = entity.associate(address, port, ae_title=settings.ae_title, tls_args=tls)
    if not association.is_established:
        if association.is_rejected:
            raise BocageError(said("The receiver is there but turned its own test away. Try again in a moment."))
        if settings.authorities:
            raise BocageError(
                said(
                    "No answer at {0}, port {1}. Where senders must show a certificate, this test works only if "
                    "the receiver's own certificate is signed by one of the authorities.",
                    address,
                    port,
                )
            )
        raise BocageError(said("No answer at {0}, port {1}. A firewall may be in the way.", address, port))
    status = association.send_c_echo()
    association.release()
    if not status or status.Status != 0:
        raise BocageError(said("The receiver took the connection but did not answer the echo."))
