"""``--protocol``: a body part's starting values, where the command line gives no others."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.protocols import Protocol, find_protocol, protocol_for, protocols
from recon.errors import BocageError

if TYPE_CHECKING:
    from app.cli.reconstruct import Job

AUTO = "auto"
"""Stands for the protocol of the study's own body part."""


def named(name: str | None, body_part: str | None = None) -> Protocol | None:
    """The protocol that `name` asks for; None when it asks for none, or for the study's before that is known.

    Raises
    ------
    BocageError
        When there is no such protocol, or none for the study's body part.
    """
    if name is None or (name == AUTO and body_part is None):
        return None
    if name != AUTO:
        return find_protocol(name)
    found = protocol_for(body_part or "")
    if found is None:
        part = f'the body part "{body_part}"' if body_part else "a study that does not state its body part"
        choices = ", ".join(protocol.key for protocol in protocols())
        raise BocageError(f"There is no protocol for {part}. Name one with --protocol: {choices}.")
    return found


def settled(job: Job, protocol: Protocol | None) -> Job:
    """The job with the protocol's values wherever the command line gives none."""
    if protocol is None:
        return job
    algorithm = job.algorithm if "algorithm" in job.given else protocol.algorithm_name
    own = protocol.parameters if algorithm == protocol.algorithm_name else {}
    return replace(
        job,
        protocol=protocol.key,
        algorithm=algorithm,
        # The last of the same name holds.
        settings=(*(f"{name}={value}" for name, value in own.items()), *job.settings),
        interval_mm=job.interval_mm if "interval_mm" in job.given else protocol.interval_mm,
        thickness_mm=job.thickness_mm if "thickness_mm" in job.given else protocol.thickness_mm,
    )


def heights_mm(job: Job, offered_mm: tuple[float, float]) -> tuple[float, float]:
    """Lowest and highest slice of a settled job that names no heights."""
    return offered_mm if job.protocol is None else find_protocol(job.protocol).heights_mm(offered_mm)


def note(job: Job) -> tuple[str, ...]:
    """Which protocol a settled job follows, as a note of its result."""
    return () if job.protocol is None else (f"protocol {find_protocol(job.protocol).title}",)
