"""The About page: what Bocage is and is not, its licence, and where the demonstration data come from."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from typing import Any

from PySide6.QtWidgets import QTextBrowser, QWidget

from app.window.page import Page
from widgets.translation import mark, tr

NOT_A_DEVICE = mark(
    "Bocage is not a medical device. It has not been cleared or certified for diagnosis; "
    "do not base decisions about patients on it."
)


def program_version() -> str:
    """The installed version."""
    try:
        return version("bocage")
    except PackageNotFoundError:
        return tr("not installed")


def case_facts() -> list[dict[str, Any]]:
    """The contents of every ``resources/cases/*/case.toml``, with its citation file as ``citation``."""
    cases = files("resources") / "cases"
    found = []
    for folder in sorted(cases.iterdir(), key=lambda item: item.name) if cases.is_dir() else []:
        description, citation = folder / "case.toml", folder / "CITATION.md"
        if description.is_file():
            facts = tomllib.loads(description.read_text("utf-8"))
            facts["citation"] = citation.read_text("utf-8") if citation.is_file() else ""
            found.append(facts)
    return found


def about_markdown() -> str:
    """The page as Markdown, so that citation files are shown as they are written."""
    introduction = tr(
        "An open volume-radiography (digital X-ray tomosynthesis) workstation, named after André Bocage, "
        "who described the tomograph in 1921. Licence: Apache License 2.0."
    )
    parts = [f"# Bocage {program_version()}", introduction, f"**{tr(NOT_A_DEVICE)}**"]
    for facts in case_facts():
        parts.append(tr("## Demonstration case: {0}", tr(str(facts.get("title", "")))))
        parts += [tr(str(facts[key])) for key in ("description", "acknowledgement") if facts.get(key)]
        parts.append(re.sub(r"^#+ *", "### ", str(facts["citation"]), flags=re.MULTILINE))
    return "\n\n".join(parts)


class AboutPage(Page):
    """What the program is, its licence and the sources of its data."""

    def __init__(self, parent: QWidget | None = None) -> None:
        browser = QTextBrowser()
        browser.setOpenExternalLinks(True)
        browser.setMarkdown(about_markdown())
        super().__init__(tr("About Bocage"), browser, parent)
        self.resize(620, 560)
