"""De-identifying one data set, in place."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import uuid
from datetime import datetime, timedelta
from typing import Any

from pydicom.dataset import Dataset
from pydicom.sequence import Sequence

from app.dicom.deid.profile import Action, Options, action
from app.dicom.deid.words import clean_text
from app.dicom.read.safe import text

STANDARD_ROOT = "1.2.840.10008."
NOT_INSTANCES = re.compile(r"(Class|Syntax|CodingScheme|MappingResource|Template.*|ContextGroup.*|Context)UID$")
"""Keywords of UIDs that name kinds of things, not things."""
SUBJECT_CONCEPTS = frozenset({"121025", "121026", "121027", "121028", "121029", "121030", "121031", "121032", "121033"})
"""Concepts of PS3.16 TID 1006 ff. that describe the patient: context, class, UID, name, ID, birth date, sex, age."""
CONTENT_SEQUENCE, GRAPHIC_ANNOTATIONS = 0x0040A730, 0x00700001
FREE_TEXT = (0x0040A160, 0x00700006)
"""Text Value of reports and Unformatted Text Value of graphics: not in the table, cleaned with what holds them."""
AGE = 0x00101010
DUMMY: dict[str, Any] = {
    "PN": "Anonymous",
    **dict.fromkeys(("LO", "SH", "CS", "AE", "ST", "LT", "UT", "UC"), "ANONYMOUS"),
    "UR": "about:blank",
    "DA": "20000101",
    "TM": "000000",
    "DT": "20000101000000",
    "AS": "000Y",
    **dict.fromkeys(("DS", "IS"), "0"),
    **dict.fromkeys(("US", "SS", "UL", "SL", "UV", "SV", "FL", "FD", "AT"), 0),
    **dict.fromkeys(("OB", "OW", "OD", "OF", "OL", "OV", "UN"), bytes(8)),
}
LONGEST_SHIFT_DAYS = 3650


class Cleaner:
    """De-identifies the data sets of one export: the same UID, the same patient always become the same.

    Parameters
    ----------
    options : Options
    patient : str
        The name and ID that every patient gets ("Case 12"); with several patients a number follows.
    key : bytes or None
        Makes the new UIDs and the shift of dates; None: a random one, so that nothing leads back. The same key gives
        the same UIDs in another export.
    """

    def __init__(self, options: Options | None = None, patient: str = "Anonymous", key: bytes | None = None) -> None:
        self.options = options if options is not None else Options()
        self.patient = patient.strip() or "Anonymous"
        self._key = key if key is not None else secrets.token_bytes(32)
        self._patients: dict[str, int] = {}

    def uid(self, uid: str) -> str:
        """The new UID of an object (2.25 with 122 bits of a keyed hash, PS3.5 B.2)."""
        if not uid or uid.startswith(STANDARD_ROOT):
            return uid
        digest = self._hash("uid", uid)
        return f"2.25.{uuid.UUID(bytes=digest[:16], version=5).int}"

    def pseudonym(self, dataset: Dataset) -> str:
        """What the patient of a data set is called."""
        known = text(dataset, "PatientID") + "\x1f" + text(dataset, "PatientName").casefold()
        number = self._patients.setdefault(known, len(self._patients) + 1)
        return self.patient if number == 1 else f"{self.patient} {number}"

    def clean(self, dataset: Dataset) -> None:
        """De-identify a data set without its pixels; see `clean`."""
        pseudonym = self.pseudonym(dataset)
        days = -1 - int.from_bytes(self._hash("days", text(dataset, "PatientID"))[:4], "big") % LONGEST_SHIFT_DAYS
        dataset.decode()
        dataset.SpecificCharacterSet = "ISO_IR 192"
        self._items(dataset, days)
        dataset.PatientName, dataset.PatientID = pseudonym, pseudonym
        dataset.PatientIdentityRemoved = "YES"
        dataset.DeidentificationMethod = ["PS3.15 Basic Profile", "Bocage"]
        dataset.DeidentificationMethodCodeSequence = [_code(value, meaning) for value, meaning in self.options.codes]
        dates = "MODIFIED" if self.options.modified_dates else "UNMODIFIED" if self.options.full_dates else "REMOVED"
        dataset.LongitudinalTemporalInformationModified = dates

    def _hash(self, kind: str, value: str) -> bytes:
        return hmac.new(self._key, f"{kind}\x1f{value}".encode(), hashlib.sha256).digest()

    def _items(self, dataset: Dataset, days: int, *, structured: bool = False) -> None:
        for tag in list(dataset.keys()):
            number = int(tag)
            group = number >> 16
            if tag.is_private or group & 0xFF00 in (0x5000, 0x6000):
                del dataset[tag]
                continue
            try:
                element = dataset[tag]
                _ = element.value
            except Exception:  # unreadable: nobody can say what it holds
                del dataset[tag]
                continue
            if element.VR == "UN" or not element.keyword:
                del dataset[tag]
                continue
            wanted = action(number, element.VR, self.options)
            if element.VR == "PN" and wanted != "remove":
                wanted = "dummy"  # named in the table or not
            if structured and number in FREE_TEXT:
                wanted = "clean"
            self._act(dataset, element, wanted, days, structured)

    def _act(self, dataset: Dataset, element: Any, wanted: Action, days: int, structured: bool) -> None:
        tag, vr = element.tag, element.VR
        if vr == "SQ":
            self._sequence(dataset, element, wanted, days, structured)
        elif wanted == "remove":
            del dataset[tag]
        elif wanted == "empty":
            element.value = None
        elif wanted == "dummy":
            element.value = self.uid(str(element.value)) if vr == "UI" else DUMMY.get(vr)
        elif wanted == "shift":
            element.value = _mapped(element.value, lambda value: _shifted(str(value), vr, days))
        elif wanted == "clean":
            _clean_element(dataset, element)
        elif vr == "UI" and wanted in ("uid", "recurse"):
            if not self.options.uids and (wanted == "uid" or not NOT_INSTANCES.search(element.keyword)):
                element.value = _mapped(element.value, lambda value: self.uid(str(value)))
        elif wanted == "keep" and int(tag) == AGE:
            element.value = _capped_age(str(element.value or ""))

    def _sequence(self, dataset: Dataset, element: Any, wanted: Action, days: int, structured: bool) -> None:
        tag = int(element.tag)
        if wanted == "remove":
            del dataset[element.tag]
        elif wanted == "empty":
            element.value = Sequence([])
        elif wanted == "dummy":
            element.value = Sequence([_dummy_item(element.keyword)])
        elif tag == CONTENT_SEQUENCE:
            element.value = Sequence([item for item in element.value if not _about_subject(item)])
            for item in element.value:
                self._items(item, days, structured=True)
        else:
            if wanted == "clean":
                element.value = Sequence([item for item in element.value if not _local_code(item)])
            for item in element.value:
                self._items(item, days, structured=structured or tag == GRAPHIC_ANNOTATIONS)


def clean(
    dataset: Dataset, options: Options | None = None, patient: str = "Anonymous", key: bytes | None = None
) -> None:
    """De-identify one data set in place (PS3.15 Annex E, Basic Profile).

    Parameters
    ----------
    dataset : Dataset
        Without pixel data; embedded overlays in the pixels are the caller's concern (`app.dicom.deid.files`).
    options : Options
    patient : str
        Name and ID afterwards.
    key : bytes, optional
        See `Cleaner`.
    """
    Cleaner(options, patient, key).clean(dataset)


def _code(value: str, meaning: str) -> Dataset:
    item = Dataset()
    item.CodeValue, item.CodingSchemeDesignator, item.CodeMeaning = value, "DCM", meaning[:64]
    return item


def _dummy_item(keyword: str) -> Dataset:
    """What stands for a sequence that may say who somebody is."""
    if keyword.endswith("CodeSequence"):
        return _code("113100", "De-identified")
    item = Dataset()
    if keyword == "VerifyingObserverSequence":
        item.VerifyingOrganization, item.VerificationDateTime = DUMMY["LO"], DUMMY["DT"]
        item.VerifyingObserverName, item.VerifyingObserverIdentificationCodeSequence = DUMMY["PN"], Sequence([])
    elif keyword == "OperatorIdentificationSequence":
        item.PersonIdentificationCodeSequence = Sequence([_code("113100", "De-identified")])
        item.InstitutionName = DUMMY["LO"]
    return item


def _local_code(item: Dataset) -> bool:
    """Whether an item is a code of a hospital's own scheme, whose meaning may say anything (PS3.16 8: 99…, L)."""
    scheme = text(item, "CodingSchemeDesignator").upper()
    return bool(text(item, "CodeMeaning")) and (scheme.startswith("99") or scheme in ("", "L"))


def _about_subject(item: Dataset) -> bool:
    names = item.get("ConceptNameCodeSequence")
    return bool(names) and text(names[0], "CodeValue") in SUBJECT_CONCEPTS


def _mapped(value: Any, function: Any) -> Any:
    if value is None or value == "":
        return value
    return [function(part) for part in value] if isinstance(value, (list, tuple)) or _many(value) else function(value)


def _many(value: Any) -> bool:
    from pydicom.multival import MultiValue

    return isinstance(value, MultiValue)


def _shifted(value: str, vr: str, days: int) -> str:
    """A date moved by days; times stay; what is no date goes."""
    if vr == "TM":
        return value
    found = re.fullmatch(r"(\d{4})\.?(\d{2})\.?(\d{2})(.*)", value.strip())
    if found is None:
        return ""
    try:
        moved = datetime(int(found[1]), int(found[2]), int(found[3])) + timedelta(days=days)  # noqa: DTZ001 - a plain date
    except (ValueError, OverflowError):
        return ""
    return moved.strftime("%Y%m%d") + (found[4] if vr == "DT" else "")


def _capped_age(age: str) -> str:
    """Ages above 89 are rare enough to tell who it is; they become 90 years."""
    found = re.fullmatch(r"(\d{3})Y", age.strip())
    return "090Y" if found is not None and int(found[1]) > 89 else age


def _clean_element(dataset: Dataset, element: Any) -> None:
    if element.VR not in ("LO", "SH", "ST", "LT", "UT", "UC"):
        del dataset[element.tag]
        return
    kept = clean_text("\n".join(map(str, element.value)) if _many(element.value) else str(element.value or ""))
    if kept:
        element.value = kept
    elif int(element.tag) in FREE_TEXT:  # may not be empty (type 1)
        element.value = "-"
    else:
        del dataset[element.tag]
