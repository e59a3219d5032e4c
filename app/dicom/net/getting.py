"""C-GET and C-MOVE (PS3.4 annex C): objects come over the association, or to the receiver of this computer."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable
from typing import Any

from pydicom.dataset import Dataset
from pydicom.uid import UID
from pynetdicom import build_role, sop_class
from pynetdicom.dsutils import encode

from app.dicom.net import wire
from app.dicom.net.arriving import NO_ROOM, STORED, Arrivals, full
from app.dicom.net.association import Context, accepted, associate, close, hung_up_when_cancelled, lost
from app.dicom.net.errors import NetworkError
from app.dicom.net.nodes import Node
from app.dicom.net.objects import EXPLICIT_LITTLE, IMPLICIT_LITTLE, meta_bytes
from app.dicom.net.spool import Spool
from app.dicom.net.storing import LIMIT, STORE_REQUEST, STORE_RESPONSE
from app.dicom.receive.pdu import is_uid
from recon.errors import Cancelled
from recon.messages import said
from recon.progress import Progress

GET_MODEL = "1.2.840.10008.5.1.4.1.2.2.3"
MOVE_MODEL = "1.2.840.10008.5.1.4.1.2.2.2"
GET_REQUEST, GET_RESPONSE = 0x0010, 0x8010
PENDING = (0xFF00, 0xFF01)
PLAIN = (EXPLICIT_LITTLE, IMPLICIT_LITTLE)
COMPRESSED = (
    *("1.2.840.10008.1.2.4.70", "1.2.840.10008.1.2.4.57", "1.2.840.10008.1.2.4.80", "1.2.840.10008.1.2.4.81"),
    *("1.2.840.10008.1.2.4.90", "1.2.840.10008.1.2.4.91", "1.2.840.10008.1.2.5", "1.2.840.10008.1.2.4.50"),
    *("1.2.840.10008.1.2.4.51", "1.2.840.10008.1.2.4.201", "1.2.840.10008.1.2.4.202", "1.2.840.10008.1.2.4.203"),
)
"""Each gets a context of its own, so that the server can send as it stores. Deflated is not asked for: bombs."""
CLASSES = tuple(
    str(getattr(sop_class, name))
    for name in (
        *("DigitalXRayImageStorageForPresentation", "DigitalXRayImageStorageForProcessing"),
        *("DigitalMammographyXRayImageStorageForPresentation", "DigitalMammographyXRayImageStorageForProcessing"),
        *("BreastProjectionXRayImageStorageForPresentation", "BreastProjectionXRayImageStorageForProcessing"),
        *("BreastTomosynthesisImageStorage", "XRay3DAngiographicImageStorage", "XRay3DCraniofacialImageStorage"),
        *("ComputedRadiographyImageStorage", "CTImageStorage", "EnhancedCTImageStorage"),
        *("LegacyConvertedEnhancedCTImageStorage", "MRImageStorage", "EnhancedMRImageStorage"),
        *("XRayAngiographicImageStorage", "EnhancedXAImageStorage", "XRayRadiofluoroscopicImageStorage"),
        *("EnhancedXRFImageStorage", "RTImageStorage", "SecondaryCaptureImageStorage"),
        *("MultiFrameGrayscaleByteSecondaryCaptureImageStorage", "MultiFrameGrayscaleWordSecondaryCaptureImageStorage"),
        *("MultiFrameTrueColorSecondaryCaptureImageStorage", "MultiFrameSingleBitSecondaryCaptureImageStorage"),
        *("DigitalIntraOralXRayImageStorageForPresentation", "DigitalIntraOralXRayImageStorageForProcessing"),
        *("UltrasoundImageStorage", "UltrasoundMultiFrameImageStorage", "NuclearMedicineImageStorage"),
        *("PositronEmissionTomographyImageStorage", "EnhancedPETImageStorage", "ParametricMapStorage"),
        *("BasicTextSRStorage", "EnhancedSRStorage", "ComprehensiveSRStorage", "Comprehensive3DSRStorage"),
        *("XRayRadiationDoseSRStorage", "MammographyCADSRStorage", "ChestCADSRStorage"),
        *("KeyObjectSelectionDocumentStorage", "GrayscaleSoftcopyPresentationStateStorage"),
        *("ColorSoftcopyPresentationStateStorage", "BlendingSoftcopyPresentationStateStorage"),
        *("SegmentationStorage", "SurfaceSegmentationStorage", "EncapsulatedPDFStorage"),
        *("SpatialRegistrationStorage", "RealWorldValueMappingStorage", "RTStructureSetStorage", "RTDoseStorage"),
    )
    if hasattr(sop_class, name)
)
"""What is asked for when a server does not say of what class its objects are."""


def contexts_for(classes: Iterable[str]) -> list[Context]:
    """What is proposed to receive objects of some classes."""
    wanted = tuple(dict.fromkeys(classes)) or CLASSES
    room = (LIMIT - 1) // len(wanted)
    sets = (
        tuple((syntax,) for syntax in (*PLAIN, *COMPRESSED)),
        (*((syntax,) for syntax in PLAIN), COMPRESSED),
        (PLAIN, COMPRESSED),
        (PLAIN,),
    )
    chosen = next((syntaxes for syntaxes in sets if len(syntaxes) <= room), sets[-1])
    return [(found, syntaxes) for syntaxes in chosen for found in wanted[: LIMIT - 1]]


def identifier(level: str, study_uid: str, series_uid: str = "", uids: Iterable[str] = ()) -> Dataset:
    """What is wanted: a study, a series, or a list of objects (PS3.4 C.4.2.1.4)."""
    data = Dataset()
    data.QueryRetrieveLevel = level
    data.StudyInstanceUID = study_uid
    if series_uid:
        data.SeriesInstanceUID = series_uid
    chosen = list(uids)
    if chosen:
        data.SOPInstanceUID = chosen
    return data


class Getting:
    """An association over which objects are fetched by C-GET.

    Parameters
    ----------
    node : Node
    classes : iterable of str
        SOP classes that may come; empty takes `CLASSES`.

    Raises
    ------
    NetworkError
    """

    def __init__(self, node: Node, classes: Iterable[str]) -> None:
        self._node = node
        wanted = contexts_for(classes)
        roles = [build_role(UID(abstract), scp_role=True) for abstract in dict.fromkeys(name for name, _ in wanted)]
        self.association = associate(node, [(GET_MODEL, (IMPLICIT_LITTLE,)), *wanted], roles=roles)
        context = accepted(self.association).get((GET_MODEL, IMPLICIT_LITTLE))
        if context is None:
            close(self.association)
            raise NetworkError(
                said("{0}: it does not offer C-GET. Choose C-MOVE in the settings of the server.", node.name),
                lasting=True,
            )
        self._context = context
        self._syntaxes = {
            int(found.context_id or 0): (str(found.abstract_syntax), str(found.transfer_syntax[0]))
            for found in self.association.accepted_contexts
        }
        self._wire = wire.Wire(self.association)
        self._message = 0

    def get(
        self,
        wanted: Dataset,
        spool: Spool,
        arrivals: Arrivals,
        progress: Progress,
        told: Callable[[int], object] = lambda _: None,
    ) -> str:
        """Fetch what `wanted` names into the spool.

        Parameters
        ----------
        told : callable(bytes)
            Called as bytes arrive.

        Returns
        -------
        str
            What the server complained of; "" when it says that all was sent.

        Raises
        ------
        NetworkError, SpoolError, Cancelled
        """
        self._message = self._message % 65535 + 1
        request = wire.command_set(
            {
                wire.AFFECTED_CLASS: GET_MODEL,
                wire.COMMAND_FIELD: GET_REQUEST,
                wire.MESSAGE: self._message,
                wire.PRIORITY: 0,
                wire.DATA_TYPE: 1,
            }
        )
        content = encode(wanted, True, True) or b""
        try:
            with hung_up_when_cancelled(self.association, progress), self._wire.held():
                self._wire.message(self._context, request, content)
                while True:
                    if progress.cancelled:
                        raise Cancelled
                    context, command = self._wire.command()
                    field = wire.number(command, wire.COMMAND_FIELD)
                    if field == STORE_REQUEST:
                        self._take(context, command, spool, arrivals, told)
                    elif field == GET_RESPONSE:
                        status = wire.number(command, wire.STATUS)
                        if wire.number(command, wire.DATA_TYPE) != wire.NO_DATA:
                            for _ in self._wire.data():  # the UIDs that failed; what is missing is seen in the spool
                                pass
                        if status not in PENDING:
                            return retrieve_sentence(self._node, status, wire.number(command, wire.FAILED) or 0)
                    else:
                        raise ValueError("no answer to C-GET")
        except (OSError, struct.error, ValueError):
            raise lost(self._node) from None

    def _take(
        self,
        context: int,
        command: dict[int, bytes],
        spool: Spool,
        arrivals: Arrivals,
        told: Callable[[int], object],
    ) -> None:
        """Take one object that the server stores with us, and answer."""
        found_class, uid = wire.uid(command, wire.AFFECTED_CLASS), wire.uid(command, wire.AFFECTED_INSTANCE)
        known = self._syntaxes.get(context)
        if known is None or known[0] != found_class or not is_uid(uid):
            for _ in self._wire.data():
                pass
            status = 0x0122
        else:
            arrival = spool.part()
            failed: OSError | None = None
            try:
                arrival.write(meta_bytes(found_class, uid, known[1]))
                for piece in self._wire.data():
                    if failed is None:
                        try:
                            arrival.write(piece)
                        except OSError as error:
                            failed = error
                    told(len(piece))
            except BaseException:
                arrival.drop()
                raise
            if failed is not None:
                self._answer(context, command, NO_ROOM)
                raise full(arrival, failed)
            # Answered before it is checked: what is missing in the end is seen in the spool.
            arrivals.later(arrival, uid)
            status = STORED
        self._answer(context, command, status)

    def _answer(self, context: int, command: dict[int, bytes], status: int) -> None:
        self._wire.write(
            wire.fragment(
                context,
                wire.COMMAND | wire.LAST,
                wire.command_set(
                    {
                        wire.AFFECTED_CLASS: wire.uid(command, wire.AFFECTED_CLASS),
                        wire.COMMAND_FIELD: STORE_RESPONSE,
                        wire.RESPONDED_TO: wire.number(command, wire.MESSAGE) or 0,
                        wire.DATA_TYPE: wire.NO_DATA,
                        wire.STATUS: status,
                        wire.AFFECTED_INSTANCE: wire.uid(command, wire.AFFECTED_INSTANCE),
                    }
                ),
            )
        )

    def close(self, *, failed: bool = False) -> None:
        """End the association; at once when something `failed`."""
        close(self.association, failed=failed)


def move(
    node: Node,
    wanted: Dataset,
    destination: str,
    progress: Progress,
    told: Callable[[int, int], object] = lambda *_: None,
) -> str:
    """Have a server send what `wanted` names to an AE that it knows.

    Parameters
    ----------
    destination : str
        AE title of the receiver.
    told : callable(done, left)
        Called with the numbers of objects.

    Returns
    -------
    str
        What the server complained of; "" when it says that all was sent.

    Raises
    ------
    NetworkError, Cancelled
    """
    association = associate(node, [(MOVE_MODEL, (IMPLICIT_LITTLE,))])
    try:
        with hung_up_when_cancelled(association, progress):
            for status, _ in association.send_c_move(wanted, destination, MOVE_MODEL):
                if not status:
                    raise lost(node)
                failed = int(status.get("NumberOfFailedSuboperations") or 0)
                if status.Status in PENDING:
                    done = int(status.get("NumberOfCompletedSuboperations") or 0)
                    told(done, int(status.get("NumberOfRemainingSuboperations") or 0))
                    continue
                if status.Status == 0xA801:
                    return said(
                        "{0}: it does not know {1}, the AE of our receiver. Have it entered there.",
                        node.name,
                        destination,
                    )
                return retrieve_sentence(node, int(status.Status), failed)
            raise lost(node)
    finally:
        close(association)


def retrieve_sentence(node: Node, status: Any, failed: int) -> str:
    """What the last status of a retrieval says (PS3.4 tables C.4-2 and C.4-3); "" for success."""
    if status is None:
        raise lost(node)
    if status == 0 and not failed:
        return ""
    code = f"{status:04X}"
    if failed or status == 0xB000:
        return said("{0}: it could not send {1} of the objects (status {2}).", node.name, failed, code)
    if status in (0xA701, 0xA702):
        return said("{0}: it has not the means to send this just now (status {1}).", node.name, code)
    return said("{0}: it refused to send this (status {1}).", node.name, code)
