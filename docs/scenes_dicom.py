"""What ``docs/screenshots.py`` brings on screen of DICOM: documents, export, readings, servers. Nothing is sent."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

PLACE = Path("/home/reader/studies/demonstration")
"""In place of this computer's folders."""
NAME, NUMBER, UID = "Demonstration^Chest", "DEMO-1", "1.2.826.0.1.3680043.8.498"
SECONDS = 60.0


class Client:
    """A server that answers and keeps nothing."""

    def __init__(self, node: Any, studies: list[Any], series: list[Any]) -> None:
        self._node, self._studies, self._series = node, studies, series

    def studies(self, _query: Any, _progress: Any = None) -> list[Any]:
        """What it has."""
        return [study for study in self._studies if study.node == self._node.id]

    def series(self, study_uid: str, _progress: Any = None) -> list[Any]:
        """Series of a study."""
        return [series for series in self._series if series.study_uid == study_uid]

    def close(self) -> None:
        """Nothing is open."""


def _until(desk: Any, true: Callable[[], object]) -> None:
    end = time.monotonic() + SECONDS
    while not true():
        if time.monotonic() > end:
            raise RuntimeError("what the picture shows did not come")
        desk.pause(0.05)


def _nodes(desk: Any) -> tuple[Any, Any]:
    """Enter two servers."""
    from app.dicom.net.nodes import Node

    archive = Node(
        id="archive",
        title=desk.say("Archive", "归档"),
        host="pacs.example.org",
        port=11112,
        called_ae="ARCHIVE",
        answer_port=11113,
        tls=True,
    )
    cloud = Node(
        id="cloud",
        title=desk.say("Teaching", "教学"),
        kind="web",
        url="https://teaching.example.org/dicom-web",
        authentication="bearer",
    )
    for node in (archive, cloud):
        desk.window.network.nodes.save(node)
    desk.window.network.nodes_changed.emit()
    return archive, cloud


# -- what was read -----------------------------------------------------------------------------------------------------


def geometry_numbers(desk: Any) -> Any:
    """The numbers of an acquisition with their sources, and the line that names those that are assumed."""
    from app.reading.acquisition import GeometryChoice

    desk.session.set_geometry(desk.slices, GeometryChoice(preset="ge-volumerad-chest"))
    desk.settle()
    desk.do("geometry_numbers")
    desk.dock("geometry", 400)
    desk.settle()
    desk.window.docks.geometry.panel.table.scrollToBottom()
    for pane in desk.window.panes:
        pane.viewport.fit()
    desk.settle()
    return desk.window


def elements(desk: Any) -> Any:
    """Every element of a file."""
    page = desk.page("elements", "elements")
    _until(desk, lambda: page.model.rowCount() > 10)
    desk.pause(0.2)
    return page


# -- what is written ---------------------------------------------------------------------------------------------------


def export_slices(desk: Any) -> Any:
    """The page that writes slices as DICOM."""
    page = desk.page("export_slices", "export_slices")
    page.choose_folder(PLACE)
    desk.pause(0.2)
    return page


def _evidence(desk: Any) -> Any:
    desk.kept()
    page = desk.page("evidence", "save_evidence")
    page.reader.setText(desk.say("A. Reader", "阅片医师甲"))
    page.institution.setText(desk.say("Example Hospital", "示例医院"))
    return page


@contextmanager
def _saved(desk: Any) -> Iterator[Path]:
    """Save a reading of the demonstration case and let the window find it."""
    window = desk.window
    with TemporaryDirectory() as folder:
        page = _evidence(desk)
        page.write(Path(folder))
        _until(desk, page.outcome.text)
        desk.settle()
        page.close()
        window.statusBar().clearMessage()  # it names the folder
        desk.session.put(desk.first)
        study = window.opening.studies[window.opening.study]
        paths = [*dict.fromkeys(Path(path).parent for entry in study.series for path in entry.files), Path(folder)]
        window.opening.open(paths, hang=False)
        desk.settle()
        try:
            yield Path(folder)
        finally:
            window.opening.open(paths[:-1], hang=False)
            desk.settle()


def evidence(desk: Any) -> Any:
    """The page that saves a reading as DICOM."""
    page = _evidence(desk)
    page.folder.setText(str(PLACE))
    desk.pause(0.2)
    return page


def evidence_offer(desk: Any) -> Any:
    """The line that offers a saved reading."""
    with _saved(desk):
        _until(desk, lambda: desk.window.evidence.offer.text)
        desk.settle()
        return desk.window.grab()


def document(desk: Any) -> Any:
    """A structured report in a viewport."""
    with _saved(desk):
        window = desk.window
        window.evidence.offer.later_button.click()
        entries = window.opening.studies[window.opening.study].series
        found = next(entry for entry in entries if entry.modality == "SR")
        window.opening.show_series(found.uid, 1)
        _until(desk, lambda: window.documents.page(1) is not None)
        desk.settle()
        return window.grab()


def deidentify(desk: Any) -> Any:
    """The page that writes a study without its patient."""
    page = desk.page("deidentify", "deidentify")
    page.name.setText(desk.say("Case 12", "病例 12"))
    page.options["patient"].setChecked(True)
    return page


# -- servers -----------------------------------------------------------------------------------------------------------


def servers(desk: Any) -> Any:
    """The page of the servers."""
    _nodes(desk)
    return desk.page("servers", "servers")


def query(desk: Any) -> Any:
    """Studies that two servers have."""
    from app.dicom.net.query import FoundSeries, FoundStudy
    from app.window.network_fetches import Fetch

    _nodes(desk)
    chest = desk.say("Chest", "胸部")
    knee = desk.say("Knee, standing", "膝关节站立位")
    person = (NAME, NUMBER, "19560412", "F")
    studies = [
        FoundStudy("archive", f"{UID}.1", *person, "20260302", "0915", chest, "A26-0317", ("DX",), 3, 62),
        FoundStudy("archive", f"{UID}.2", *person, "20250611", "1402", chest, "A25-0988", ("CT",), 2, 412),
        FoundStudy("archive", f"{UID}.3", *person, "20241120", "1031", chest, "A24-1702", ("CR",), 1, 2),
        FoundStudy("cloud", f"{UID}.3", *person, "20241120", "1031", chest, "A24-1702", ("CR",), 1, 2),
        FoundStudy("cloud", f"{UID}.4", *person, "20230905", "0840", knee, "A23-1210", ("DX",), 2, 121),
    ]
    sweep, plain = desk.say("Tomosynthesis", "断层融合"), desk.say("PA", "后前位")
    series = [
        FoundSeries("archive", f"{UID}.1", f"{UID}.1.1", "1", "DX", plain, "CHEST", 1),
        FoundSeries("archive", f"{UID}.1", f"{UID}.1.2", "2", "DX", sweep, "CHEST", 60),
        FoundSeries("archive", f"{UID}.1", f"{UID}.1.3", "3", "SR", desk.say("Dose", "剂量"), "CHEST", 1),
    ]
    with patch("app.dicom.net.client.connect", lambda node, *_: Client(node, studies, series)):
        fetches = desk.window.network.fetches.known
        before = dict(fetches)
        running = Fetch(("archive", f"{UID}.1"), "", state="running", wanted=62, there=38)
        fetches.update({running.key: running, ("cloud", f"{UID}.4"): Fetch(("cloud", f"{UID}.4"), "", state="done")})
        page = desk.page("query", "query")
        page.refresh()
        page.patient_id.setText(NUMBER)
        page.ask()
        _until(desk, lambda: page.tree.topLevelItemCount() == 4)
        desk.pause(0.3)
        first = page.tree.topLevelItem(0)
        first.setExpanded(True)
        _until(desk, lambda: first.childCount() == 3)
        desk.pause(0.3)
        taken = page.grab()
        page.close()
        fetches.clear()
        fetches.update(before)
    return taken


def send(desk: Any) -> Any:
    """The page that asks where a study is to be sent."""
    _nodes(desk)
    return desk.page("send", "send_study")


def send_queue(desk: Any) -> Any:
    """What waits, is being sent, was sent, failed."""
    from app.dicom.net.jobs import Job
    from recon.messages import said

    _, cloud = _nodes(desk)
    page = desk.page("send_queue", "send_queue")
    network, now, size = desk.window.network, time.time(), 2_097_152
    person = "Demonstration, Chest"
    reading, slices = desk.say("Saved reading", "保存的阅片"), desk.say("Exported slices", "导出的断层图像")
    busy = said("{0}: {1} does not answer. Check host and port.", cloud.name, "teaching.example.org")
    jobs = (
        ("archive", person, 60, {"sending": 40, "sent": 21}, "", None),
        ("archive", reading, 90, {"sent": 4}, "", None),
        ("archive", slices, 1500, {"confirmed": 117}, "", None),
        ("cloud", slices, 1620, {"waiting": 117}, busy, now + 75),
    )
    network.jobs = [
        Job(
            *(number, node, title, now - ago, False, counts, size * sum(counts.values()), size * counts.get("sent", 0)),
            *(reason, due),
        )
        for number, (node, title, ago, counts, reason, due) in enumerate(jobs, 1)
    ]
    page.show_jobs()
    desk.pause(0.2)
    taken = page.grab()
    network.jobs = []
    page.close()
    return taken


def receiver(desk: Any) -> Any:
    """The receiver as it listens, with one device allowed and another turned away."""
    from dataclasses import replace

    from app.dicom.receive import AssociationRefused, Load, ReceiverSettings, Sender
    from app.window.receiver_flow import Turned
    from recon.messages import said

    flow = desk.window.receiver
    _begin(desk, flow)
    flow.settings = settings = ReceiverSettings(
        enabled=True, senders=(Sender("XRAY_ROOM_2", "192.0.2.20"), Sender("ARCHIVE", "192.0.2.0/24"))
    )
    flow.receiver = SimpleNamespace(state="running", port=settings.port, settings=settings, stop=lambda: None)
    flow.load, flow.objects = Load(1, 3_400_000_000, 1214), 62
    reason = said("“{0}” at {1} is not on the list of allowed senders.", "XRAY_ROOM_3", "192.0.2.31")
    refused = AssociationRefused(reason, "XRAY_ROOM_3", "BOCAGE", "192.0.2.31", unknown=True)
    moment = time.mktime((2026, 3, 2, 16, 40, 0, 0, 0, -1))
    flow.turned.append(Turned(moment, refused))
    page = desk.page("receiver", "receiver")
    page.refresh()
    page.turned.selectRow(0)
    desk.pause(0.3)
    taken = page.grab()
    page.close()
    flow.turned.clear()
    flow.receiver, flow.settings = None, replace(settings, enabled=False)
    flow.load, flow.objects = Load(0, 0, 0), 0
    return taken


def _begin(desk: Any, flow: Any) -> None:
    flow.begin()
    _until(desk, lambda: flow.ready)


# -- the worklist ------------------------------------------------------------------------------------------------------

STUDIES = (
    ("Chest", "F", "19560412", "20260302", "0915", "DX", "CHEST", 6),
    ("Knee", "M", "19710930", "20260302", "0850", "DX", "KNEE", 4),
    ("Breast", "F", "19640118", "20260302", "0832", "MG", "BREAST", 4),
    ("Hand", "F", "19880707", "20260301", "1644", "DX", "HAND", 2),
    ("Chest", "F", "19560412", "20250611", "1402", "CT", "CHEST", 12),
    ("Spine", "M", "19490223", "20250610", "1120", "DX", "SPINE", 3),
    ("Chest", "F", "19560412", "20241120", "1031", "CR", "CHEST", 2),
    ("Hip", "M", "19380514", "20241118", "0908", "DX", "HIP", 2),
)
PARTS = {
    "CHEST": ("Chest", "胸部"),
    "KNEE": ("Knee, standing", "膝关节站立位"),
    "BREAST": ("Mammography", "乳腺摄影"),
    "HAND": ("Hand", "手"),
    "SPINE": ("Lumbar spine", "腰椎"),
    "HIP": ("Hip", "髋关节"),
}


def _write_studies(desk: Any, folder: Path) -> None:
    """Studies of invented patients, as small as can be."""
    from pydicom import dcmwrite
    from pydicom.dataset import Dataset, FileMetaDataset
    from pydicom.uid import ExplicitVRLittleEndian

    for number, (name, sex, born, day, moment, modality, part, count) in enumerate(STUDIES, 1):
        for image in range(1, count + 1):
            data = Dataset()
            data.file_meta = FileMetaDataset()
            data.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
            data.SpecificCharacterSet = "ISO_IR 192"
            data.SOPClassUID = "1.2.840.10008.5.1.4.1.1.7"
            data.StudyInstanceUID = f"{UID}.{number}"
            data.SeriesInstanceUID = f"{UID}.{number}.1"
            data.SOPInstanceUID = f"{UID}.{number}.1.{image}"
            data.PatientName, data.PatientID = f"Demonstration^{name}", f"DEMO-{born[:4]}"
            data.PatientSex, data.PatientBirthDate = sex, born
            data.StudyDate, data.StudyTime, data.AccessionNumber = day, f"{moment}00", f"A{day[2:4]}-{number:04d}"
            data.StudyDescription = data.SeriesDescription = desk.say(*PARTS[part])
            data.Modality, data.BodyPartExamined = modality, part
            data.SeriesNumber, data.InstanceNumber, data.InstitutionName = (
                1,
                image,
                desk.say("Example Hospital", "示例医院"),
            )
            data.Rows, data.Columns, data.BitsAllocated, data.BitsStored, data.HighBit = 2, 2, 8, 8, 7
            data.SamplesPerPixel, data.PhotometricInterpretation, data.PixelRepresentation = 1, "MONOCHROME2", 0
            data.PixelData = bytes(4)
            path = folder / str(number) / f"{image}.dcm"
            path.parent.mkdir(exist_ok=True)
            dcmwrite(path, data, enforce_file_format=True)


def worklist(desk: Any) -> Any:
    """The studies in the reader's folders."""
    from PySide6.QtWidgets import QLabel

    from app.worklist.model import Marks

    with TemporaryDirectory() as name:
        folder = Path(name) / "studies"
        folder.mkdir()
        _write_studies(desk, folder)
        page = desk.page("worklist", "worklist")
        service = page.worklist
        service.add(folder)
        _until(desk, lambda: page.model.rowCount() == len(STUDIES) and not service.running and not service.is_busy)
        marks = {
            "2": Marks("read"),
            "3": Marks(flag=True, note=desk.say("compare with 2024", "与 2024 年对比")),
            "4": Marks("rejected", "111210"),
            "5": Marks("read"),
            "7": Marks("read"),
        }
        changed = {f"{UID}.{number}": mark for number, mark in marks.items()}
        service.mark(dict.fromkeys(changed, Marks()), changed, "")
        desk.pause(0.5)
        _until(desk, lambda: not service.is_busy)
        page.table.select(0)
        desk.pause(0.8)
        _until(desk, lambda: page.detail.series.topLevelItemCount() > 0)
        for label in page.detail.findChildren(QLabel):
            label.setText(label.text().replace(str(folder), str(PLACE.parent)))
        taken = page.grab()
        page.close()
        service.forget()
        _until(desk, lambda: not service.is_busy)
    return taken


SCENES: tuple[Callable[[Any], Any], ...] = (
    elements,
    export_slices,
    evidence,
    deidentify,
    worklist,
    servers,
    query,
    send,
    send_queue,
    receiver,
    evidence_offer,
    document,
    geometry_numbers,
)
"""In the order in which they are taken: those that load something anew come last."""
