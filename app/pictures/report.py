"""The report: key images, findings and how the pictures were made, on a page as PDF or in one HTML file.

One document serves both: HTML of the kind that Qt's rich text lays out for the PDF and every browser shows. Pictures
are inside the file.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSizeF, QUrl
from PySide6.QtGui import QFont, QImage, QPageLayout, QPageSize, QPainter, QPdfWriter, QTextDocument

from app.replacing import replacing
from recon.errors import BocageError
from recon.messages import said
from widgets.translation import tr

PAGES = {"A4": QPageSize.PageSizeId.A4, "Letter": QPageSize.PageSizeId.Letter}
MARGIN_MM = 15.0
SHARES = (4, 29, 17, 20, 10, 10, 10)
"""Widths of the columns of findings, per cent."""
IN_A_ROW = 3
"""Key images side by side."""
FOOT = 30.0
DOTS = 96.0
"""Dots per inch that the document is laid out for; its fonts have their sizes in points."""


@dataclass(frozen=True)
class FindingRow:
    """One line of the table of findings, as it is written."""

    text: str
    location: str
    picture: str
    height: str
    size: str
    image: str


@dataclass(frozen=True)
class ReportPicture:
    """A key image: the picture itself and what stands below it."""

    image: QImage
    number: int
    caption: str
    note: str


@dataclass(frozen=True)
class Report:
    """All that a report says, as it is written.

    Attributes
    ----------
    title : str
    institution, reader : str
    patient, study : sequence of (label, text)
    pictures : sequence of ReportPicture
    findings : sequence of FindingRow
    impression : str
    facts : sequence of (picture, sentences)
        How each picture was made.
    footer : str
        What the reader of the report must know.
    """

    title: str
    institution: str
    reader: str
    date: str
    patient: Sequence[tuple[str, str]]
    study: Sequence[tuple[str, str]]
    pictures: Sequence[ReportPicture]
    findings: Sequence[FindingRow]
    impression: str
    facts: Sequence[tuple[str, Sequence[str]]]
    footer: str


def html(report: Report, width: float = 680.0, *, embed: bool = True) -> str:
    """The document.

    Parameters
    ----------
    width : float
        Of the text, pixels or points.
    embed : bool
        Pictures as data inside; else by the names ``picture-<number>``.
    """
    parts = [_head(report)]
    if report.impression.strip():
        parts.append(_section(tr("Impression")) + _paragraphs(report.impression))
    if report.findings:
        parts.append(_section(tr("Findings")) + _findings(report.findings))
    if report.pictures:
        parts.append(_section(tr("Key Images")) + _pictures(report.pictures, width, embed=embed))
    if report.facts:
        parts.append(_section(tr("How the pictures were made")) + _facts(report.facts))
    style = (
        "body{font-family:'Segoe UI','Helvetica Neue',Arial,'Noto Sans',sans-serif;font-size:9.5pt;color:#1b1f24;"
        "background:#ffffff}"
        "h1{font-size:16pt;margin:0} h2{font-size:10.5pt;color:#3a5f86;margin:14px 0 4px 0}"
        "td,th{vertical-align:top;text-align:left} p{margin:2px 0} .dim{color:#5c6670}"
    )
    if embed:  # in a browser's window; on paper the page has its own margins
        style += f"body{{max-width:{width:.0f}px;margin:24px auto}}"
    foot = f'<p class="dim" style="margin-top:16px"><small>{escape(report.footer)}</small></p>' if embed else ""
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(report.title)}</title>'
        f"<style>{style}</style></head><body>{''.join(parts)}{foot}</body></html>"
    )


def _head(report: Report) -> str:
    right = "<br>".join(escape(line) for line in (report.institution, report.reader, report.date) if line)
    rows = "".join(
        f'<tr><td class="dim" style="padding-right:8px">{escape(label)}</td><td style="padding-right:24px">'
        f"<b>{escape(text)}</b></td>{_pair(report.study, index)}</tr>"
        for index, (label, text) in enumerate(_padded(report.patient, len(report.study)))
    )
    return (
        f'<table width="100%"><tr><td><h1>{escape(report.title)}</h1></td>'
        f'<td align="right" class="dim">{right}</td></tr></table><hr><table>{rows}</table>'
    )


def _padded(pairs: Sequence[tuple[str, str]], count: int) -> list[tuple[str, str]]:
    return [*pairs, *[("", "")] * max(0, count - len(pairs))]


def _pair(pairs: Sequence[tuple[str, str]], index: int) -> str:
    label, text = pairs[index] if index < len(pairs) else ("", "")
    return f'<td class="dim" style="padding-right:8px">{escape(label)}</td><td>{escape(text)}</td>'


def _section(title: str) -> str:
    return f"<h2>{escape(title)}</h2>"


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{escape(line)}</p>" for line in text.strip().splitlines())


def _findings(rows: Sequence[FindingRow]) -> str:
    titles = ("", tr("Finding"), tr("Where"), tr("Picture"), tr("Height, mm"), tr("Size, mm"), tr("Image"))
    head = "".join(
        f'<th width="{share}%" style="border-bottom:1px solid #9aa5b1">{escape(title)}</th>'
        for title, share in zip(titles, SHARES, strict=True)
    )
    body = ""
    for number, row in enumerate(rows, 1):
        cells = (str(number), row.text or "–", row.location, row.picture, row.height, row.size, row.image)
        body += "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"
    return f'<table width="100%" cellpadding="3" cellspacing="0"><tr>{head}</tr>{body}</table>'


def _pictures(pictures: Sequence[ReportPicture], width: float, *, embed: bool) -> str:
    columns = max(2, min(IN_A_ROW, len(pictures)))
    across = int(width / columns - 8)
    rows = []
    for first in range(0, len(pictures), columns):
        cells = ""
        for picture in pictures[first : first + columns]:
            tall = round(across * picture.image.height() / picture.image.width())
            source = _data(picture.image) if embed else f"picture-{picture.number}"
            note = f"<br>{escape(picture.note)}" if picture.note else ""
            cells += (
                f'<td width="{100 // columns}%"><img src="{source}" width="{across}" height="{tall}"><br>&nbsp;<br>'
                f'<small><b>{picture.number}</b>&nbsp; <span class="dim">{escape(picture.caption)}</span>{note}</small>'
                "</td>"
            )
        rows.append(f"<tr>{cells}</tr>")
    return f'<table width="100%" cellspacing="0" cellpadding="3">{"".join(rows)}</table>'


def _facts(facts: Sequence[tuple[str, Sequence[str]]]) -> str:
    return "".join(
        f'<p><small><b>{escape(name)}</b>&nbsp; <span class="dim">{escape("; ".join(sentences))}</span></small></p>'
        for name, sentences in facts
    )


def _data(image: QImage) -> str:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return "data:image/png;base64," + base64.b64encode(bytes(data.data())).decode("ascii")


def write_html(report: Report, path: Path) -> None:
    """Write the report as one HTML file.

    Raises
    ------
    BocageError
        It could not be written, or reads back otherwise.
    """
    text = html(report)
    with replacing(path) as part:
        part.write_text(text, encoding="utf-8")
        if part.read_text(encoding="utf-8") != text:
            raise BocageError(said("{0}: the report was written, but reads back otherwise. It is not saved.", path))


def write_pdf(report: Report, path: Path, page: str = "A4") -> int:
    """Write the report as PDF; the number of its pages.

    Raises
    ------
    BocageError
        It could not be written.
    """
    with replacing(path) as part:
        part.touch()  # QPdfWriter does not say why it cannot write
        writer = QPdfWriter(str(part))
        margins = QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM)
        writer.setPageLayout(
            QPageLayout(QPageSize(PAGES[page]), QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter)
        )
        writer.setTitle(report.title)
        writer.setCreator("Bocage")
        writer.setResolution(300)
        room = writer.pageLayout().paintRect(QPageLayout.Unit.Inch)
        pages = _paint(report, writer, QRectF(0, 0, room.width() * DOTS, room.height() * DOTS))
        if part.stat().st_size == 0:
            raise BocageError(said("{0}: the report could not be written. Choose another folder.", path))
    return pages


def _paint(report: Report, writer: QPdfWriter, room: QRectF) -> int:
    document = QTextDocument()
    document.setDocumentMargin(0)
    document.setDefaultFont(QFont("Sans Serif", 9))
    pictures: Mapping[str, QImage] = {f"picture-{each.number}": each.image for each in report.pictures}
    for name, image in pictures.items():
        document.addResource(QTextDocument.ResourceType.ImageResource, QUrl(name), image)
    tall = room.height() - FOOT
    document.setPageSize(QSizeF(room.width(), tall))
    document.setHtml(html(report, room.width(), embed=False))
    painter = QPainter(writer)
    painter.scale(writer.resolution() / DOTS, writer.resolution() / DOTS)
    count = document.pageCount()
    for number in range(count):
        if number:
            writer.newPage()
        painter.save()
        painter.translate(0, -number * tall)
        document.drawContents(painter, QRectF(0, number * tall, room.width(), tall))
        painter.restore()
        _foot(painter, report, room, tall, number + 1, count)
    painter.end()
    return count


def _foot(painter: QPainter, report: Report, room: QRectF, tall: float, number: int, count: int) -> None:
    foot = QTextDocument()
    foot.setDocumentMargin(0)
    foot.setDefaultFont(QFont("Sans Serif", 7))
    foot.setTextWidth(room.width())
    which = tr("Page {0} of {1}", number, count) if count > 1 else ""
    foot.setHtml(
        f'<table width="100%"><tr><td style="color:#5c6670">{escape(report.footer)}</td>'
        f'<td align="right" style="color:#5c6670">{escape(which)}</td></tr></table>'
    )
    painter.save()
    painter.translate(0, tall + 4)
    foot.drawContents(painter)
    painter.restore()
