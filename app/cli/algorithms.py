"""``bocage algorithms``: every algorithm and correction with its parameters, as text and as documentation.

All of it is made from the classes themselves (`recon.parameters`), as are the options of ``bocage reconstruct``.
"""

from __future__ import annotations

import inspect
import shutil
import textwrap
from collections.abc import Mapping
from typing import Any

from recon.algorithms import ALGORITHMS, OnePass
from recon.corrections import CORRECTIONS
from recon.errors import BocageError
from recon.parameters import Parameter, Parametrised, parameters

PAGE = "docs/algorithms.md"
COMMAND = f"bocage algorithms --markdown > {PAGE}"

Kinds = Mapping[str, type[Parametrised]]

_ALGORITHMS = (
    "Algorithms",
    "Chosen by `--algorithm NAME`, their parameters by `--set PARAMETER=VALUE`.",
    "There are none.",
)
_CORRECTIONS = (
    "Corrections",
    "Made of the projections before the algorithm, in this order, by `--correct NAME[:PARAMETER=VALUE,…]`.",
    "There are none in this version.",
)


def show_algorithms(name: str | None = None, *, markdown: bool = False) -> int:
    """Print all algorithms and corrections, or one."""
    known: dict[str, type[Parametrised]] = {**CORRECTIONS, **ALGORITHMS}
    if name is not None:
        if name not in known:
            names = ", ".join((*ALGORITHMS, *CORRECTIONS))
            raise BocageError(f'There is no algorithm or correction "{name}". Choose one of: {names}.')
        print("\n".join(_markdown(known[name], 1) if markdown else _text(known[name])))
        return 0
    print(page() if markdown else _overview(), end="")
    return 0


def option_help() -> dict[str, str]:
    """The help of the options of `reconstruct` that depend on what there is, by the parameter's name."""

    def names(kinds: Kinds) -> str:
        return ", ".join(f"{name} ({kind.title})" for name, kind in kinds.items())

    corrections = f"{names(CORRECTIONS)}. May be given several times." if CORRECTIONS else "none in this version."
    return {
        "algorithm": f"{names(ALGORITHMS)}. Their parameters: bocage algorithms.",
        "corrections": f"Correct the projections before: {corrections}",
    }


def page() -> str:
    """The whole page, Markdown."""
    lines = ["# Algorithms and corrections", "", f"<!-- Made by: {COMMAND} -->", ""]
    for (heading, how, none), kinds in ((_ALGORITHMS, ALGORITHMS), (_CORRECTIONS, CORRECTIONS)):
        lines += [f"## {heading}", "", how if kinds else none, ""]
        for kind in kinds.values():
            lines += [*_markdown(kind, 3), ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def _overview() -> str:
    lines = []
    for (heading, how, none), kinds in ((_ALGORITHMS, ALGORITHMS), (_CORRECTIONS, CORRECTIONS)):
        lines += [heading.upper(), *_wrapped((how if kinds else none).replace("`", "")), ""]
        for kind in kinds.values():
            lines += [*_text(kind), ""]
    return "\n".join(lines)


def _text(kind: type[Parametrised]) -> list[str]:
    lines = [f"{kind.name}: {kind.title}", *_wrapped(f"{kind.description} {_way(kind)}".strip(), 2)]
    for parameter in parameters(kind):
        lines.append(f"    {parameter.name} = {_default(parameter)}")
        lines += _wrapped(f"{parameter.title}: {parameter.description} Values: {_values(parameter)}.", 8)
    return lines


def _markdown(kind: type[Parametrised], level: int) -> list[str]:
    lines = [f"{'#' * level} {kind.title} (`{kind.name}`)", "", f"{kind.description} {_way(kind)}".strip(), ""]
    wanted = parameters(kind)
    if wanted:
        lines += ["| Parameter | Name | Default | Values | Meaning |", "|---|---|---|---|---|"]
        for parameter in wanted:
            cells = (
                parameter.title, f"`{parameter.name}`", f"`{_default(parameter)}`", _values(parameter, "`"),
                parameter.description,
            )  # fmt: skip
            lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    else:
        lines.append("It has no parameters.")
    # A dataclass without a docstring of its own gets its signature as one.
    theory = inspect.getdoc(kind) if not (kind.__doc__ or "").startswith(f"{kind.__name__}(") else None
    return [*lines, "", theory] if theory else lines


def _way(kind: type[Parametrised]) -> str:
    if not kind.name or kind.name not in ALGORITHMS:
        return ""
    if issubclass(kind, OnePass):
        return "Any slab is computed alone, while one looks."
    return "All planes are computed together."


def _default(parameter: Parameter) -> str:
    return _plain(parameter.default)


def _values(parameter: Parameter, quote: str = "") -> str:
    if parameter.kind == "choice":
        return ", ".join(f"{quote}{value}{quote} ({title})" for value, title in parameter.choices)
    if parameter.kind == "bool":
        return f"{quote}on{quote} or {quote}off{quote}"
    unit = f" {parameter.unit}" if parameter.unit else ""
    whole = ", whole numbers" if parameter.kind == "int" else ""
    return f"{_plain(parameter.minimum)} to {_plain(parameter.maximum)}{unit}{whole}"


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    return f"{value:g}" if isinstance(value, int | float) else str(value)


def _wrapped(text: str, indent: int = 0) -> list[str]:
    width = max(40, min(shutil.get_terminal_size().columns, 120))
    return textwrap.wrap(text, width, initial_indent=" " * indent, subsequent_indent=" " * indent)
