"""The command as a user gives it."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.cli import main as cli


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    """Its status, and what it wrote on stdout and stderr."""
    status = cli.run([str(argument) for argument in arguments])
    captured = capsys.readouterr()
    return status, captured.out, captured.err
