"""Finding what a folder holds, one class a file, and building one by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, TypeVar

from recon.errors import BocageError
from recon.messages import said
from recon.parameters import Parametrised, from_text

T = TypeVar("T")
P = TypeVar("P", bound=Parametrised)


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


def built(found: Mapping[str, type[P]], what: str, name: str, values: Mapping[str, Any] | None = None) -> P:
    """One of what was found, by name, with some parameters set; text values are converted.

    Parameters
    ----------
    what : str
        "algorithm", "correction": what an unknown name is told not to be.

    Raises
    ------
    BocageError
        When the name, a parameter or a value is not known, naming what there is.
    """
    if name not in found:
        raise BocageError(said('There is no {0} "{1}". Choose one of: {2}.', what, name, ", ".join(found)))
    return from_text(found[name], values or {})
