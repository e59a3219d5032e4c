"""The attacks on the receiver, each on a fresh process: what came of it, and the most memory the process took.

    python -m tests.benchmarks.attacks [--smoke]

After every attack a good peer associates, stores an object and releases, or the attack is counted as a success.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

# ruff: noqa: E402 - the attacks stand beside the tests.
ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "app")]

from receiver_attacks import ATTACKS, outside_files
from receiver_peers import Desk, Peer, data_set, running

LARGE = "an object of 256 MB that is taken"


def large_object(desk: Desk, large: bool) -> str:
    """Store 256 MB."""
    size = (256 << 20) if large else 8 << 20
    data = data_set("1.2.3.300", size)
    began = time.monotonic()
    with Peer(desk.port, 120.0) as peer:
        assert peer.associate()[0] == 2
        status = peer.store("1.2.3.300", data, piece=131_000)
    assert status == 0, hex(status)
    return f"kept, {size / 1e6 / (time.monotonic() - began):.0f} MB/s with the flush to the disk"


def main() -> int:
    """Print the table; the number of attacks that succeeded."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--smoke", action="store_true", help="smaller objects")
    large = not parser.parse_args().smoke
    print(f"{'attack':50}{'peak MB':>9}{'good peer':>11}{'seconds':>9}  what came of it")
    failed = 0
    for title, attack in {**ATTACKS, LARGE: large_object}.items():
        with tempfile.TemporaryDirectory() as name:
            bounds = {"acse_s": 1.0, "dimse_s": 1.0, "network_s": 1.5, "object_bytes": 10_000_000, "per_address": 6}
            if large and title == "an object larger than is taken":
                bounds |= {"object_bytes": 220_000_000}
            if title in (LARGE, "a data set of empty elements"):
                bounds |= {"object_bytes": 10**9, "dimse_s": 30.0, "network_s": 60.0}
            with running(Path(name) / "spool", **bounds) as desk:
                began = time.monotonic()
                try:
                    outcome = attack(desk, large)
                except AssertionError as error:
                    failed += 1
                    outcome = f"FAILED: {error}"
                took, peak = time.monotonic() - began, desk.memory_mb()
                served = desk.serves("1.2.3.301") and not outside_files(desk)
                failed += not served
            print(f"{title:50}{peak:9.0f}{'served' if served else 'NOT':>11}{took:9.1f}  {outcome}", flush=True)
    return failed


if __name__ == "__main__":
    sys.exit(main())
