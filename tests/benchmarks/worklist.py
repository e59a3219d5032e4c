"""The worklist's index at the size of a department: how long a keystroke takes, and what a folder costs again.

Run with ``python -m tests.benchmarks.worklist [--smoke] [--studies N]``. The studies in the index are made up and enter
it as read files do, in batches; the folder that is looked through again holds real DICOM files. Every query is a new
one: nothing of an answer is kept, and the orders of the list, which are, are timed when they are made.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np

FAMILIES = (
    *("Müller", "Schmidt", "Kowalczyk", "O'Brien", "Nguyễn", "García López", "Smith", "Jönsson", "Dvořák", "Okafor"),
    *("Wang", "Zhang", "Li", "Tanaka", "Yamada", "Kim", "Haddad", "Petrov", "Rossi", "Lefèvre"),
)
GIVEN = (
    *("Anna", "Jörg", "María", "Zoë", "Wei", "Na", "Hiroshi", "Tarō", "Fatima", "Sven", "Chidi", "Søren", "Ewa"),
    *("Liam", "Noor", "Ivan"),
)
HAN = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾萧田董潘袁蔡蒋余"
PARTS = ("CHEST", "HAND", "BREAST", "KNEE", "ABDOMEN", "SKULL", "CSPINE", "WRIST", "FOOT", "PELVIS")
WORDS = (
    "Thorax PA und lateral",
    "Hand dap links",
    "Screening 4 views",
    "Follow-up after fracture",
    "双侧乳腺断层",
    "胸部正位",
)
TYPED = {
    "name, letter by letter": "müller jörg",
    "name and given name": "kowalcz ew",
    "patient ID": "p-0004711",
    "accession": "acc:A2024",
    "middle of a word": "ractur",
    "Chinese name": "王李明",
    "Chinese words": "乳腺断层",
    "date and word": "2025-03 tanaka",
    "period": "last 30 days",
}
CHOSEN = {"states": frozenset({"new"}), "period": "last 30 days", "modality": "DX"}


@dataclass
class Timer:
    """Times of calls in ms."""

    taken: list[float]

    def __call__(self, work: Callable[[], object]) -> None:
        started = time.perf_counter()
        work()
        self.taken.append(1e3 * (time.perf_counter() - started))

    def line(self) -> str:
        """Median, 95th percentile and worst."""
        p50, p95 = np.percentile(self.taken, (50, 95))
        return f"p50 {p50:6.1f} ms   p95 {p95:6.1f} ms   worst {max(self.taken):6.1f} ms   ({len(self.taken)})"


def made_up(count: int, today: date) -> Iterator:  # type: ignore[type-arg]
    """Files of made-up studies, three in two series each."""
    from app.dicom.read.model import Header
    from app.worklist.records import FileFound, Record

    chance = random.Random(20260115)
    for number in range(count):
        family, given = chance.choice(FAMILIES), chance.choice(GIVEN)
        name = f"{family}^{given} {chance.randrange(1000)}"
        if number % 4 == 0:
            name += "=" + chance.choice(HAN) + "^" + chance.choice(HAN) + chance.choice("明华丽强伟芳")
        header = Header(
            patient_name=name,
            patient_id=f"P-{chance.randrange(count):07d}",
            birth_date=f"{chance.randrange(1930, 2015)}{chance.randrange(1, 13):02d}{chance.randrange(1, 29):02d}",
            sex=chance.choice("MFO"),
            study_date=(today - timedelta(days=chance.randrange(3650))).strftime("%Y%m%d"),
            study_time=f"{chance.randrange(24):02d}{chance.randrange(60):02d}{chance.randrange(60):02d}",
            study_description=chance.choice(WORDS),
            accession=f"A{chance.randrange(2015, 2027)}{number:06d}",
            institution=chance.choice(("St. Bocage", "Clinique du Bocage", "Universitätsklinikum Nord")),
            body_part=chance.choice(PARTS),
            laterality=chance.choice(("L", "R", "")),
        )
        for file in range(3):
            modality = "DX" if file == 0 else ("MG", "DX", "CR")[number % 3]
            series = f"2.25.{number}.{min(file, 1)}"
            described = replace(header, modality=modality, series_description=f"series {min(file, 1) + 1}")
            record = Record(f"2.25.{number}.9.{file}", f"2.25.{number}", series, min(file, 1) + 1, 1, described)
            yield FileFound(Path(f"/made/up/{number // 500}/{number}/{file}.dcm"), 1000, 1, 3 * number + file, record)


def keystrokes(text: str) -> list[str]:
    """What stands in the search line while something is typed and taken back."""
    typed = [text[:length] for length in range(1, len(text) + 1)]
    return typed + typed[-2::-1]


def department(count: int, repeats: int) -> None:
    """Fill an index and ask it."""
    from app.database import connect, size_of, transaction
    from app.worklist import files, schema
    from app.worklist.files import put_files
    from app.worklist.model import Query
    from app.worklist.search import ORDERS, Finder

    today = date.today()  # noqa: DTZ011 - the user's day
    with tempfile.TemporaryDirectory(prefix="bocage-worklist-") as folder:
        opened = schema.open_index(Path(folder))
        with closing(opened.connection) as writer:
            number, _ = files.add_folder(writer, Path("/made/up"))
            started, batch = time.perf_counter(), []
            for each in made_up(count, today):
                batch.append(each)
                if len(batch) == 200:
                    put_files(writer, number, batch)
                    batch = []
            put_files(writer, number, batch)
            took = time.perf_counter() - started
            with transaction(writer):
                writer.execute("UPDATE studies SET state = id % 7 % 3, flag = id % 50 = 0")
            print(f"{count} studies, {3 * count} files entered: {3 * count / took:.0f} files/s, {took:.1f} s")
            print(f"index: {size_of(opened.path) / 1e6:.1f} MB, {size_of(opened.path) / count:.0f} bytes a study\n")
            with closing(connect(opened.path, read_only=True)) as reader:
                finder = Finder(reader)

                def first_page(query: Query) -> None:
                    finder.rows(finder.find(query).ids[:100])

                cold = Timer([])
                cold(lambda: first_page(Query()))
                print(f"first list after the start: {cold.taken[0]:.1f} ms")
                print("each keystroke: what is found, in order, with the counts of every state, and 100 rows of it")
                every = Timer([])
                for title, text in TYPED.items():
                    timer = Timer([])
                    for _ in range(repeats):
                        for typed in keystrokes(text):
                            timer(lambda typed=typed: first_page(Query(typed)))
                    every.taken += timer.taken
                    found = finder.find(Query(text)).ids.size
                    print(f"  {title:24} {timer.line()}   {found} found")
                timer = Timer([])
                for typed in keystrokes("schmidt"):
                    timer(lambda typed=typed: first_page(Query(typed, **CHOSEN)))
                every.taken += timer.taken
                print(f"  {'with state, days, mod.':24} {timer.line()}")
                print(f"  {'all':24} {every.line()}\n")

                timer = Timer([])
                orders = [(order, down) for order in ORDERS for down in (False, True)]
                for order, down in orders:
                    timer(lambda order=order, down=down: first_page(Query(order=order, descending=down)))
                slowest = orders[int(np.argmax(timer.taken))]
                print(f"sorted by each column    {timer.line()}   slowest: {slowest[0]}")
                timer, every_one = Timer([]), finder.find(Query()).ids
                for page in (0, 99, every_one.size // 100 - 1):
                    timer(lambda page=page: finder.rows(every_one[100 * page : 100 * page + 100]))
                print("rows of page 1, 100, last " + ", ".join(f"{each:.1f} ms" for each in timer.taken))
                timer = Timer([])
                for uid in range(20):
                    with transaction(writer):
                        writer.execute("UPDATE studies SET state = 1 WHERE uid = ?", (f"2.25.{uid}",))
                    timer(lambda: first_page(Query("anna")))
                print(f"after a study was marked {timer.line()}")


def folder(count: int) -> None:
    """Look through a folder of real files again and again."""
    sys.path.insert(0, str(Path(__file__).parents[1] / "app"))
    from fixtures_dicom import CT, dataset, save

    from app.worklist import files, schema
    from app.worklist.indexer import index_folder

    with tempfile.TemporaryDirectory(prefix="bocage-worklist-") as place:
        root = Path(place) / "studies"
        pixels = np.zeros((24, 32), np.uint16)
        for number in range(count):
            study = f"study {number // 50}"
            save(dataset(CT, "CT", pixels, "s", number, study), root / study / f"{number}.dcm")
        with closing(schema.open_index(Path(place) / "data").connection) as connection:
            files.add_folder(connection, root)

            def look(title: str) -> float:
                started = time.perf_counter()
                report = index_folder(connection, root)
                took = time.perf_counter() - started
                told = f"{report.new} new, {report.changed} changed, {report.moved} moved, {report.unchanged} unchanged"
                print(f"  {title:12} {1e3 * took:7.0f} ms  {told}")
                return took

            print(f"\na folder of {count} small files")
            first = look("first time")
            print(f"    {count / first:.0f} files/s")
            again = look("unchanged")
            save(dataset(CT, "CT", pixels, "s", 0, "study 0", StudyID="7"), root / "study 0" / "0.dcm")
            look("one changed")
            for each in sorted(root.iterdir()):
                each.rename(root / f"moved {each.name}")
            look("all moved")
            print(f"  unchanged costs 1/{first / again:.0f} of the first time")


def main(arguments: list[str] | None = None) -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--smoke", action="store_true", help="a small index, in seconds")
    parser.add_argument("--studies", type=int, default=50_000)
    given = parser.parse_args(arguments)
    department(1000 if given.smoke else given.studies, 1 if given.smoke else 3)
    folder(100 if given.smoke else 1000)


if __name__ == "__main__":
    main()
