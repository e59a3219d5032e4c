"""Which notes are assumptions, that stay over the picture, and which are facts read from the files. No Qt."""

from __future__ import annotations

import re

_FACTS = re.compile(
    r"agree(s)? to"  # two sources of the same numbers that agree
    r"|^(Geometry|Spacing): \S+\.(json|toml)\.?$"  # a file beside the images
    r"|^tilted detector rectified|collimator's shadow"  # what was done with what is there
    r"|\(given\)"  # said by the user or the file
    r"|^Values: [^;]*\((Pixel Intensity Relationship|Presentation Intent)[^;]*\)\.?$"
    r"|^Scale: At the detector \(Imager Pixel Spacing\)"  # written beside the scale bar and every length
)
_DOUBT = re.compile(r"assum|preset|unknown|missing|guess|estimat|reversed", re.IGNORECASE)


def is_fact(note: str) -> bool:
    """Whether a note states what the files say; anything doubtful counts as an assumption."""
    return bool(_FACTS.search(note)) and not _DOUBT.search(note)
