"""The command ``bocage`` and ``python -m app``."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the command line and return its exit status."""
    try:
        from app.cli.main import run

        return run(sys.argv[1:])
    except KeyboardInterrupt:  # while the program starts
        print("bocage: cancelled.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
