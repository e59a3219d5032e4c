"""Texts as they are searched: without accents, case, width and punctuation, any part of a word, every script.

The index is an SQLite FTS5 table of trigrams, which finds any three characters in a row. Words are stored with `START`
twice before them, so that one or two characters find the words that begin with them. Words in Chinese or Japanese
characters are stored with all their endings, for there one character is a word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

START, FACET, END = "\x02", "\x03", "\x04"
LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŀ": "l"}
)
SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})
"""As names are often written where the letter is missing."""
KATAKANA, HIRAGANA = range(0x30A1, 0x30F7), 0x30A1 - 0x3041
HAN = "\u3005\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff\u3041-\u30ff"
_WORD = re.compile(rf"[{HAN}]+|[^\W_{HAN}]+")
_ENDED = re.compile(rf"[{HAN}]+")
_APOSTROPHE = re.compile("['\u2019\u02bc`]")
_UNSPACED = re.compile(rf"[{HAN}\uac00-\ud7a3]+")
LONGEST = 64
"""Characters of a word that are kept; nothing longer is a name."""


def fold(text: str) -> str:
    """A text in small letters without accents; wide, narrow and decomposed forms of a character become one."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold().translate(LETTERS))
    bare = "".join(each for each in plain if not unicodedata.combining(each))
    # Hangul is put together again; katakana reads as hiragana.
    whole = unicodedata.normalize("NFC", bare)
    return "".join(chr(ord(each) - HIRAGANA) if ord(each) in KATAKANA else each for each in whole)


def words_of(text: str) -> list[str]:
    """The words of a text, folded; Chinese and Japanese characters and others are words apart."""
    return [word[:LONGEST] for word in _WORD.findall(fold(text))]


def stored(*texts: str) -> str:
    """Texts as the index keeps them: every word that a search may begin with."""
    found: dict[str, None] = {}
    for text in texts:
        for word in words_of(text):
            found[word] = None
            if _ENDED.fullmatch(word):
                found.update(dict.fromkeys(word[at:] for at in range(1, len(word))))
        if not text.isascii():
            small = unicodedata.normalize("NFC", text).casefold()
            found.update(dict.fromkeys(words_of(small.translate(SPELT_OUT))))
    return "".join(START + START + word for word in found)


def stored_name(name: str) -> str:
    """A person's name as the index keeps it: its words, and what is often written in one.

    That are the names of scripts without spaces, and what stands on both sides of an apostrophe.
    """
    groups = [words_of(group) for group in name.split("=")]
    whole = ["".join(words) for words in groups if len(words) > 1 and all(_UNSPACED.fullmatch(word) for word in words)]
    return stored(name, _APOSTROPHE.sub("", name), *whole)


def stored_number(text: str) -> str:
    """An identification as the index keeps it: its words, and all of it without punctuation."""
    parts = words_of(text)
    whole = "".join(parts)[:LONGEST]
    return stored(text) + (START + START + whole if len(parts) > 1 else "")


def stored_facets(values: Iterable[str]) -> str:
    """Values to be chosen from lists, as the index keeps them: as words and as wholes."""
    kept = list(values)
    return stored(*kept) + "".join(FACET + fold(value) + END for value in kept)


def phrase(word: str) -> str:
    """The FTS5 phrase that finds a folded word: its beginning if it is short, anywhere if it is not."""
    return f'"{START}{START}{word}"' if len(word) < 3 else f'"{word}"'


def facet_phrase(value: str) -> str:
    """The FTS5 phrase that finds a value of a list, whole."""
    kept = fold(value).replace('"', '""')
    return f'"{FACET}{kept}{END}"'


def name_key(name: str) -> str:
    """What names are sorted by: the alphabetic group (or the first that there is), family name first, folded."""
    groups = [group for group in name.split("=") if group.strip("^ ")]
    return fold(" ".join((groups[0] if groups else "").replace("^", " ").split()))
