"""The one way from a text in the source to the text that the user reads.

Texts are English in the source and are translated when they are shown: ``tr("Cine speed")``. Values are put in at
numbered places, so that a translation may order them as its language wants. Tables of data mark their texts with
`mark`, which changes nothing, and translate them where they are shown.
"""

from __future__ import annotations

CONTEXT = "Bocage"


def mark(text: str) -> str:
    """Mark a text of a table for translation; it is translated with `tr` where it is shown."""
    return text


def tr(text: str, *values: object) -> str:
    """Return a text in the user's language.

    Parameters
    ----------
    text : str
        English, a literal or marked with `mark`; with places ``{0}``, ``{1}`` … for `values`.
    *values
        Put in after translation, as ``str.format`` does.
    """
    from PySide6.QtCore import QCoreApplication  # tables of texts are read without Qt too

    shown = QCoreApplication.translate(CONTEXT, text)
    return shown.format(*values) if values else shown
