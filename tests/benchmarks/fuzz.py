"""What comes of malformed files: a public corpus, each file in a guarded child process, and files made by hypothesis.

``python -m tests.benchmarks.fuzz [--examples N] [--smoke]`` prints, for each category of the corpus and each class of
damaged files: tried, opened, refused with a sentence, and what must be none: leaked exceptions, crashes, hangs (more
than 2 s of processor time), files over the memory limit. The exit status tells whether there was any.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "app")]

HANG_S, MOST_MB = 2.0, 200
HEAD = f"{'':34s} {'tried':>6s} {'opened':>7s} {'refused':>8s} {'worse':>6s} {'most s':>7s} {'most MB':>8s}"


def row(name: str, outcomes: list[object]) -> int:
    """Print a row; how many files did worse than being refused."""
    kinds = [outcome.kind for outcome in outcomes]  # type: ignore[attr-defined]
    most_s = max(outcome.seconds for outcome in outcomes)  # type: ignore[attr-defined]
    most_mb = max(outcome.megabytes for outcome in outcomes)  # type: ignore[attr-defined]
    worse = sum(
        outcome.kind not in ("opened", "refused") or outcome.seconds > HANG_S or outcome.megabytes > MOST_MB  # type: ignore[attr-defined]
        for outcome in outcomes
    )
    opened, refused = kinds.count("opened"), kinds.count("refused")
    print(f"{name:34s} {len(kinds):6d} {opened:7d} {refused:8d} {worse:6d} {most_s:7.2f} {most_mb:8d}", flush=True)
    return worse


def damaged(folder: Path, name: str, seed: bytes | None, examples: int) -> list[Path]:
    """Files that hypothesis makes."""
    import fuzzing
    from hypothesis import HealthCheck, given, settings

    folder.mkdir()
    strategy = fuzzing.structures().map(fuzzing.as_file) if seed is None else fuzzing.mutations(seed)
    paths: list[Path] = []

    @settings(max_examples=examples, database=None, deadline=None, suppress_health_check=list(HealthCheck))
    @given(strategy)
    def write(data: bytes) -> None:
        paths.append(folder / f"{len(paths):06d}.dcm")
        paths[-1].write_bytes(data)

    write()
    return paths


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--examples", type=int, default=500, help="damaged files of each class")
    options.add_argument("--smoke", action="store_true", help="few files")
    chosen = options.parse_args()
    import fuzzing
    import guarded

    worse = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        groups: dict[str, list[Path]] = defaultdict(list)
        for path in fuzzing.unpacked(folder / "corpus"):
            groups[path.parent.name].append(path)
        print(HEAD)
        everything = []
        for category, paths in sorted(groups.items()):
            outcomes = guarded.run("through", paths[:3] if chosen.smoke else paths)
            everything += outcomes
            row(category, list(outcomes))
        worse += row("corpus", list(everything))
        examples = 5 if chosen.smoke else chosen.examples
        seeds: dict[str, bytes | None] = {**fuzzing.seeds(folder / "seeds"), "structures": None}
        for number, (title, seed) in enumerate(seeds.items()):
            paths = damaged(folder / f"made{number}", title, seed, examples)
            worse += row(f"damaged: {title}", list(guarded.run("through", paths)))
    return int(worse > 0)


if __name__ == "__main__":
    raise SystemExit(main())
