"""Finding what a folder holds: one class a file."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, TypeVar

T = TypeVar("T")


def found_in(path: Iterable[str], package: str, base: type[T]) -> dict[str, type[T]]:
    """The named subclasses of `base` in a package's modules, by name, in the order of their ``order``.

    Parameters
    ----------
    path : iterable of str
        The package's ``__path__``.
    package : str
        Its name.
    base : type
        With ``name`` and ``order``; classes without a name are bases themselves.
    """
    found: dict[str, Any] = {}
    for module in iter_modules(path):
        for item in vars(import_module(f"{package}.{module.name}")).values():
            if isinstance(item, type) and issubclass(item, base) and item.__dict__.get("name"):
                found[str(item.__dict__["name"])] = item
    return dict(sorted(found.items(), key=lambda pair: (pair[1].order, pair[0])))
