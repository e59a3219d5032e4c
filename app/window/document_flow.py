"""Documents in viewports: their pages, the images they speak of, what can be done with them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from app.jobs import Callbacks
from app.replacing import replacing
from app.session import sentence
from app.session.state import VIEWS_SUFFIX
from recon.messages import said
from widgets.document_view import DocumentLine, DocumentTable, DocumentText, DocumentView
from widgets.translation import mark, shown, tr

if TYPE_CHECKING:
    from app.main_window import MainWindow
    from app.window.pane import Pane

KIND_TITLES = {
    "report": mark("Structured report"),
    "dose": mark("Radiation dose report"),
    "key_images": mark("Key images"),
    "presentation": mark("Presentation state"),
    "file": mark("Encapsulated file"),
}
LINE_TITLES = {
    "key_images": mark("Images"),
    "presentation": mark("For these images"),
    "report": mark("Content"),
    "dose": mark("Everything in the report"),
}
SAVE, APPLY, ELEMENTS = "save", "apply", "elements"


class DocumentFlow(QObject):
    """Puts the page of a document into the viewport where it hangs."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._session, self._opening = window.session, window.opening
        self._pages: dict[int, tuple[Any, DocumentView]] = {}
        self._jumps: dict[str, Any] = {}
        """References that wait for their picture to be loaded, by its UID."""
        self._session.reading_changed.connect(lambda *_: self._follow())
        self._session.picture_changed.connect(self._picture_changed)
        self._session.active_changed.connect(lambda _: self._mark_active())

    def page(self, pane: int) -> DocumentView | None:
        """The page in a viewport, or None."""
        found = self._pages.get(pane)
        return found[1] if found is not None else None

    def retranslate(self) -> None:
        """Write the pages anew, in the language in use."""
        for document, view in self._pages.values():
            self._fill(view, document)

    # -- pages ---------------------------------------------------------------------------------------------------------

    def _follow(self) -> None:
        """Show the documents that hang, and take the pages of others away."""
        for pane in self._window.panes:
            document = self._session.documents.get(self._session.layout.hung[pane.index] or "")
            known = self._pages.get(pane.index)
            if document is None:
                if known is not None:
                    del self._pages[pane.index]
                    pane.show_page(None)
            elif known is None or known[0] is not document:
                self._show(pane, document)

    def _show(self, pane: Pane, document: Any) -> None:
        view = DocumentView()
        self._pages[pane.index] = (document, view)
        self._fill(view, document)
        view.link_activated.connect(lambda number: self._open_reference(pane.index, references(document)[number]))
        view.action_triggered.connect(lambda key: self._act(key, document, view))
        view.activated.connect(lambda: self._session.set_active(pane.index))
        pane.show_page(view)
        self._mark_active()

    def _mark_active(self) -> None:
        for index, (_, view) in self._pages.items():
            view.set_active(index == self._session.active)

    def _fill(self, view: DocumentView, document: Any) -> None:
        view.set_document(text_of(document, self._is_here))
        actions = []
        if document.attachment is not None:
            actions.append(
                (SAVE, tr("Save file…"), tr("Save the file that this object holds, to open it elsewhere"), "")
            )
        if document.kind == "presentation":
            there = any(self._is_here(reference) for reference in document.references)
            why = "" if there else tr("None of its images is in the studies that are open.")
            tip = tr("Show its images as it says; undo takes it back")
            actions.append((APPLY, tr("Apply"), tip, why))
        tip = tr("Every element of the file (Ctrl+Shift+I)")
        actions.append((ELEMENTS, tr("All elements…"), tip, ""))
        view.set_actions(actions)

    def _act(self, key: str, document: Any, view: DocumentView) -> None:
        if key == ELEMENTS:
            self._window.handlers.file.show_elements()
        elif key == APPLY:
            self._window.evidence.apply_file(document.path)
        else:
            self._ask_where(document, view)

    # -- the file within -----------------------------------------------------------------------------------------------

    def _ask_where(self, document: Any, view: DocumentView) -> None:
        dialog = QFileDialog(self._window, tr("Save the file"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(document.attachment.suffix.lstrip("."))
        dialog.setDirectory(self._window.start_folder())
        # A name of ours: titles may hold the patient's name.
        dialog.selectFile("document" + document.attachment.suffix)
        dialog.fileSelected.connect(lambda name: self.save_attachment(document, Path(name), view))
        dialog.open()

    def save_attachment(self, document: Any, path: Path, view: DocumentView | None = None) -> None:
        """Write the encapsulated file, in the background."""

        def work(*_: Any) -> None:
            from app.dicom.read.documents.files import attached

            content = attached(document.path)
            with replacing(path) as part:
                part.write_bytes(content)

        def done(_: Any) -> None:
            if view is not None and any(view is page for _, page in self._pages.values()):
                view.told.setText(tr("Saved as {0}", path.name))
            self._window.tell_status(tr("Saved as {0}", path.name))

        self._window.background.submit(
            f"attachment:{path}",
            work,
            Callbacks(result=done, error=lambda error: self._window.messages.tell(sentence(error))),
        )

    # -- images --------------------------------------------------------------------------------------------------------

    def _entry_of(self, reference: Any) -> Any | None:
        """The series that holds a referenced image, that of the wanted frame where an object is several."""
        for study in self._opening.studies.values():
            for entry in study.series:
                instances = entry.facts.get("instances", ())
                if reference.instance not in instances:
                    continue
                places = entry.facts.get("places")
                if places is None or not reference.frames:
                    return entry
                file = instances.index(reference.instance)
                if (file, reference.frames[0] - 1) in places:
                    return entry
        return None

    def _is_here(self, reference: Any) -> bool:
        return self._entry_of(reference) is not None

    def _open_reference(self, pane: int, reference: Any) -> None:
        """Show a referenced image in the next viewport, at its slice or frame."""
        entry = self._entry_of(reference)
        if entry is None:
            self._window.messages.tell(said("That image is not in the studies that are open. Open its series, too."))
            return
        session = self._session
        layout = session.layout
        others = [index for index in layout.panes if index != pane and index not in self._pages]
        others = others or [index for index in layout.panes if index != pane]
        if not others:
            free = layout.free_pane()
            if free is None:
                return
            layout = layout.split(pane, True, free)
            others = [free]
        uid = entry.uid + VIEWS_SUFFIX if entry.kind == "projections" else entry.uid
        session.set_layout(layout.with_hung(others[0], uid), said("hanging of a series"))
        self._jumps[uid] = reference
        self._opening.load(entry.uid)
        self._jump(uid)

    def _picture_changed(self, uid: str) -> None:
        self._follow()
        self._jump(uid)

    def _jump(self, uid: str) -> None:
        picture = self._session.pictures.get(uid)
        if picture is None or uid not in self._jumps:
            return
        height = height_of(picture, self._jumps.pop(uid))
        if height is not None and picture.has_planes:
            self._session.set_height(uid, height)


def height_of(picture: Any, reference: Any) -> float | None:
    """Where a referenced image lies in a picture; None where it cannot be told."""
    frame = reference.frames[0] if reference.frames else None
    for plane in picture.planes:
        if plane.instance == reference.instance and frame in (None, plane.frame):
            return float(plane.height_mm)
    return None


def references(document: Any) -> list[Any]:
    """All references of a document, in the order of their links: its list, then those of the tree."""
    return [*document.references, *_of_nodes(document.nodes)]


def _of_nodes(nodes: Any) -> Iterator[Any]:
    for node in nodes:
        if node.reference is not None:
            yield node.reference
        yield from _of_nodes(node.children)


def text_of(document: Any, is_here: Any) -> DocumentText:
    """A document as its page shows it.

    Parameters
    ----------
    document : Document
    is_here : callable(Reference) -> bool
        Whether an image can be shown.
    """
    from app.dicom.read.documents.reports import reference_text

    numbers = iter(range(1 << 30))

    def value(reference: Any, text: str) -> tuple[str, int]:
        number = next(numbers)
        return (text, number) if is_here(reference) else (tr("{0} (not open here)", text), -1)

    def listed(reference: Any, number: int) -> DocumentLine:
        text, link = value(reference, shown(reference_text(reference)))
        return DocumentLine(f"{number}", text, link)

    def line(node: Any) -> DocumentLine:
        text, link = shown(node.value), -1
        if node.reference is not None:
            text, link = value(node.reference, text)
        return DocumentLine(shown(node.name), text, link, tuple(map(line, node.children)))

    lines = tuple(listed(reference, number) for number, reference in enumerate(document.references, 1))
    lines += tuple(map(line, document.nodes))

    def pairs(facts: Any) -> tuple[tuple[str, str], ...]:
        return tuple((shown(name), shown(found)) for name, found in facts)

    return DocumentText(
        shown(document.title),
        tr(KIND_TITLES[document.kind]),
        pairs(document.facts),
        tuple(map(shown, document.notes)),
        pairs(document.summary),
        tuple(
            DocumentTable(shown(table.title), tuple(map(shown, table.columns)), table.rows) for table in document.tables
        ),
        tr(LINE_TITLES[document.kind]) if document.kind in LINE_TITLES else "",
        lines,
    )
