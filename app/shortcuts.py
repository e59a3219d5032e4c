"""Which keys do what: the program's own, sets for hands used to other viewers, the reader's changes. No Qt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from app.actions import ACTIONS
from app.toml_tables import read_folder, read_toml
from recon.messages import mark

OWN_SET = "bocage"
OWN_TITLE = mark("Bocage")
BETWEEN = "  "
"""Between an action's id and its keys, and between these, in a setting: no key is written so."""

Keys = tuple[str, ...]


@dataclass(frozen=True)
class ShortcutSet:
    """Keys as in another viewer, where they differ from the program's own.

    Attributes
    ----------
    key : str
        Name of its file.
    title : str
    sources : tuple of str
        Where they were read.
    keys : mapping of str to tuple of str
        By the id of the action; an action that loses its keys to another has none.
    """

    key: str
    title: str
    sources: tuple[str, ...]
    keys: Mapping[str, Keys]


def _read(text: str, key: str) -> ShortcutSet:
    root = read_toml(text, f"{key}.toml")
    root.check(("title", "sources", "keys"))
    keys = root.table("keys")
    return ShortcutSet(key, root.text("title"), root.texts("sources"), {name: keys.texts(name) for name in keys.data})


@cache
def shortcut_sets() -> tuple[ShortcutSet, ...]:
    """The named sets in ``resources/shortcuts``."""
    return read_folder("shortcuts", _read)


def own_keys() -> dict[str, Keys]:
    """The program's own keys by action."""
    return {action.id: action.shortcuts for action in ACTIONS}


def set_keys(name: str) -> dict[str, Keys]:
    """The keys of a named set; of the program's own where there is no such set.

    What the set gives to one action is taken from the others.
    """
    keys = own_keys()
    found = next((item for item in shortcut_sets() if item.key == name), None)
    if found is not None:
        given = {key for own in found.keys.values() for key in own}
        keys = {identity: tuple(key for key in own if key not in given) for identity, own in keys.items()}
        keys.update({identity: own for identity, own in found.keys.items() if identity in keys})
    return keys


def effective_keys(name: str, changes: Sequence[str]) -> dict[str, Keys]:
    """The keys in force: those of a set, with the reader's changes (as `written`)."""
    keys = set_keys(name)
    for change in changes:
        identity, *own = change.split(BETWEEN)
        if identity in keys:
            keys[identity] = tuple(key for key in own if key)
    return keys


def written(keys: Mapping[str, Keys], name: str) -> tuple[str, ...]:
    """What differs from a named set, for the settings."""
    base = set_keys(name)
    return tuple(BETWEEN.join((identity, *own)) for identity, own in keys.items() if own != base.get(identity, own))


def conflicts(keys: Mapping[str, Keys]) -> dict[str, tuple[str, ...]]:
    """Keys that more than one action has, and the ids of those."""
    users: dict[str, list[str]] = {}
    for identity, own in keys.items():
        for key in own:
            users.setdefault(key, []).append(identity)
    return {key: tuple(found) for key, found in users.items() if len(found) > 1}
