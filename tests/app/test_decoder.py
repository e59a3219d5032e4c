"""Decoding in processes of their own: the same pixels, and nothing that a decoder does reaches the program."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import fixtures_dicom as fx
import numpy as np
import psutil
import pydicom
import pytest
from pydicom.encaps import encapsulate, encapsulate_extended
from pydicom.pixels import pixel_array
from pydicom.uid import HTJ2KLossless, JPEG2000Lossless, JPEGLSLossless, RLELossless

from app.dicom.read import decoder, frames, load, pixels, safe, scan
from app.dicom.read.model import ReadError
from recon.errors import Cancelled
from recon.progress import Progress
from recon.slab import SlabRequest

ROOT = Path(__file__).parents[2]
STACK = (np.arange(5 * 24 * 32).reshape(5, 24, 32) * 13 % 4096).astype(np.uint16)


@pytest.fixture
def pool() -> Iterator[decoder.Pool]:
    made = decoder.Pool(1)
    yield made
    started = made.processes
    made.close()
    assert not any(psutil.pid_exists(pid) for pid in started)


def compressed(path: Path, syntax: str = JPEGLSLossless) -> safe.DicomFile:
    return safe.read_header(fx.save(fx.dataset(fx.DX_PRESENTATION, "DX", STACK[0], "d"), path, syntax, True))


def frame_of(found: safe.DicomFile, **changes: object) -> decoder.Frame:
    facts = {"syntax": found.syntax, "number": 0, "parts": found.parts[0], "rows": 24, "columns": 32}
    return decoder.Frame(found.path, bits_allocated=16, signed=False, **{**facts, **changes})  # type: ignore[arg-type]


def real_files() -> list[Path]:
    """pydicom's compressed files of one sample, in every transfer syntax that it has."""
    found = []
    for path in sorted((Path(pydicom.__file__).parent / "data" / "test_files").rglob("*.dcm")):
        try:
            header = safe.read_header(path)
            pixels.pixel_format(header)
            safe.check_complete(header)
        except ReadError:
            continue
        if header.pixel_length == safe.UNDEFINED and header.path.stat().st_size < 700_000:
            found.append(path)
    return found


def test_real_files_are_decoded_as_by_pydicom() -> None:
    compared = set()
    for path in real_files():
        found = safe.read_header(path)
        layout = pixels.pixel_format(found)
        try:
            expected = pixel_array(path, raw=True).reshape(-1, layout.rows, layout.columns)
        except Exception:  # pydicom has no decoder: 12-bit JPEG, which is opened here
            continue
        for frame in (0, layout.frames - 1):
            wanted = expected[frame].astype(layout.dtype)
            pixels._clean(wanted, layout)
            assert np.array_equal(pixels.read_frame(found, frame), wanted), path.name
        compared.add(found.syntax)
    assert len(compared) >= 5  # RLE, JPEG-LS and JPEG 2000, both lossless and not


def test_twelve_bit_jpeg_is_opened_though_pydicom_cannot() -> None:
    path = Path(pydicom.__file__).parent / "data" / "test_files" / "JPGExtended.dcm"
    image = pixels.read_frame(safe.read_header(path))
    assert image.shape == (1024, 256)
    assert 0 < image.max() < 4096


@pytest.mark.parametrize("syntax", [RLELossless, JPEGLSLossless, JPEG2000Lossless])
@pytest.mark.parametrize("signed", [False, True])
def test_written_by_pydicom_and_read_here(tmp_path: Path, syntax: str, signed: bool) -> None:
    large = np.tile(STACK[0], (3, 2))
    image = (large.astype(np.int32) - 2048).astype(np.int16) if signed else large
    path = fx.save(fx.dataset(fx.CT, "CT", image, "s"), tmp_path / "a.dcm", syntax, True)
    assert np.array_equal(pixels.read_frame(safe.read_header(path)), image)


@pytest.mark.parametrize("table", ["basic", "none", "extended", "several fragments"])
def test_frames_are_found_by_tables_and_without(tmp_path: Path, table: str) -> None:
    import imagecodecs

    data = fx.dataset(fx.BREAST_TOMOSYNTHESIS, "MG", STACK, "t")
    streams = [imagecodecs.htj2k_encode(image, reversible=True) for image in STACK]
    if table == "extended":
        data.PixelData, data.ExtendedOffsetTable, data.ExtendedOffsetTableLengths = encapsulate_extended(streams)
    else:
        several = 3 if table == "several fragments" else 1
        data.PixelData = encapsulate(streams, fragments_per_frame=several, has_bot=table != "none")
    data["PixelData"].VR, data["PixelData"].is_undefined_length = "OB", True
    path = tmp_path / "a.dcm"
    fx.save(data, path)
    path.write_bytes(path.read_bytes().replace(b"1.2.840.10008.1.2.1\x00", b"1.2.840.10008.1.2.1\x00"))
    reread = pydicom.dcmread(path)
    reread.file_meta.TransferSyntaxUID = HTJ2KLossless
    reread.save_as(path, enforce_file_format=True)
    found = safe.read_header(path)
    for index in (4, 0, 2):
        assert np.array_equal(pixels.read_frame(found, index), STACK[index])


def test_fragments_without_any_table_are_told_apart_by_their_codestreams(tmp_path: Path) -> None:
    data = fx.dataset(fx.BREAST_TOMOSYNTHESIS, "MG", STACK, "t")
    path = fx.save(data, tmp_path / "a.dcm", JPEGLSLossless, True)
    reread = pydicom.dcmread(path)
    from pydicom.encaps import generate_frames

    streams = list(generate_frames(reread.PixelData, number_of_frames=5))
    reread.PixelData = encapsulate(streams, fragments_per_frame=2, has_bot=False)
    reread["PixelData"].is_undefined_length = True
    reread.save_as(path)
    found = safe.read_header(path)
    assert [len(parts) for parts in found.parts] == [2] * 5
    assert np.array_equal(pixels.read_frame(found, 3), STACK[3])


@pytest.mark.skipif(not hasattr(signal, "SIGSEGV") or sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("how", [signal.SIGSEGV, signal.SIGABRT, signal.SIGKILL])
def test_a_process_that_dies_is_replaced(tmp_path: Path, pool: decoder.Pool, how: int) -> None:
    found = compressed(tmp_path / "a.dcm")
    assert np.array_equal(pool.decode(frame_of(found)), STACK[0])
    first = pool.processes
    os.kill(first[0], signal.SIGSTOP)
    told: list[Exception] = []

    def ask() -> None:
        try:
            pool.decode(frame_of(found))
        except ReadError as error:
            told.append(error)

    asking = threading.Thread(target=ask)
    asking.start()
    while not pool._busy:
        time.sleep(0.005)
    os.kill(first[0], how)
    os.kill(first[0], signal.SIGCONT)
    asking.join(20)
    assert [str(error) for error in told] == ["a.dcm: image 1 made the decoder fail; it is damaged."]
    assert np.array_equal(pool.decode(frame_of(found)), STACK[0])
    assert pool.processes != first


def test_an_idle_process_that_has_died_is_no_frames_fault(tmp_path: Path, pool: decoder.Pool) -> None:
    found = compressed(tmp_path / "a.dcm")
    pool.decode(frame_of(found))
    process = psutil.Process(pool.processes[0])
    process.kill()
    while process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
        time.sleep(0.005)
    assert np.array_equal(pool.decode(frame_of(found)), STACK[0])


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_a_frame_that_takes_too_long_is_refused(
    tmp_path: Path, pool: decoder.Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = compressed(tmp_path / "a.dcm")
    pool.decode(frame_of(found))
    monkeypatch.setattr(decoder, "LEAST_PATIENCE_S", 0.2)
    monkeypatch.setattr(decoder, "MEGAPIXEL_S", 0.0)
    os.kill(pool.processes[0], signal.SIGSTOP)
    with pytest.raises(ReadError, match=r"a\.dcm: image 1 takes too long"):
        pool.decode(frame_of(found))
    monkeypatch.undo()
    assert np.array_equal(pool.decode(frame_of(found)), STACK[0])


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_cancelling_ends_the_decoding(tmp_path: Path, pool: decoder.Pool) -> None:
    found = compressed(tmp_path / "a.dcm")
    pool.decode(frame_of(found))
    os.kill(pool.processes[0], signal.SIGSTOP)
    progress = Progress()
    threading.Timer(0.1, progress.cancel).start()
    with pytest.raises(Cancelled):
        pool.decode(frame_of(found), progress=progress)
    assert np.array_equal(pool.decode(frame_of(found)), STACK[0])


def test_a_file_that_goes_and_one_that_is_cut(tmp_path: Path, pool: decoder.Pool) -> None:
    found = compressed(tmp_path / "a.dcm")
    frame = frame_of(found)
    data = found.path.read_bytes()
    found.path.write_bytes(data[:-400])
    with pytest.raises(ReadError, match=r"a\.dcm: truncated in image 1"):
        pool.decode(frame)
    found.path.unlink()
    with pytest.raises(ReadError, match=r"a\.dcm: cannot be read"):
        pool.decode(frame)


def test_the_process_imports_nothing_of_the_program(tmp_path: Path, pool: decoder.Pool) -> None:
    """It is ready soon, takes little memory and decodes in whatever program started it."""
    found = compressed(tmp_path / "a.dcm")
    pool.decode(frame_of(found))
    process = psutil.Process(pool.processes[0])
    assert process.memory_info().rss < 150 << 20
    if sys.platform.startswith("linux"):
        maps = Path(f"/proc/{process.pid}/maps").read_text()
        assert "PySide6" not in maps
        assert "numba" not in maps


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_processes_end_with_a_program_that_is_killed(tmp_path: Path) -> None:
    found = compressed(tmp_path / "a.dcm")
    script = (
        "import sys; from pathlib import Path\n"
        "from app.dicom.read import safe, pixels, decoder\n"
        "pixels.read_frame(safe.read_header(Path(sys.argv[1])))\n"
        "print(decoder.POOL.processes[0], flush=True); sys.stdin.read()\n"
    )
    program = subprocess.Popen(
        [sys.executable, "-c", script, str(found.path)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert program.stdout is not None
        child = psutil.Process(int(program.stdout.readline()))
        program.kill()
        program.wait(10)
        psutil.wait_procs([child], timeout=10)
        assert not child.is_running() or child.status() == psutil.STATUS_ZOMBIE
    finally:
        program.kill()
        program.communicate()


def test_a_series_is_decoded_with_progress_and_a_damaged_image_is_named(tmp_path: Path) -> None:
    path = fx.breast_projections(tmp_path / "b.dcm", STACK, np.linspace(-10, 10, 5), compress=JPEGLSLossless)
    fractions: list[float] = []
    files = [safe.read_header(path)]
    stack = pixels.read_stack(files, range(5), Progress(lambda fraction, _: fractions.append(fraction)))
    assert np.array_equal(stack, STACK)
    assert fractions == sorted(fractions)
    data = bytearray(path.read_bytes())
    at = data.rindex(b"\xfe\xff\x00\xe0") + 30
    data[at : at + 200] = b"\xff\xd9" * 100
    path.write_bytes(bytes(data))
    with pytest.raises(ReadError, match=r"b\.dcm: image 5"):
        pixels.read_stack(files, range(5))


# -- slices that are read when they are asked for ----------------------------------------------------------------------


def reads(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The frames that are read from now on."""
    seen: list[int] = []
    original = frames.read_frame

    def noted(found: safe.DicomFile, frame: int = 0, *rest: object) -> np.ndarray:
        seen.append(frame)
        return original(found, frame, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(frames, "read_frame", noted)
    return seen


@pytest.mark.parametrize("syntax", [None, JPEGLSLossless])
def test_opening_a_volume_costs_the_slices_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, syntax: str | None
) -> None:
    path = fx.volume_frames(tmp_path / "v.dcm", STACK, step=1.0)
    if syntax is not None:
        fx.save(pydicom.dcmread(path), path, syntax, True)
    entry = scan(path).series[0]
    seen = reads(monkeypatch)
    volume = load(entry).source
    assert seen == [2]
    assert volume.pixels.nbytes == STACK[0].nbytes
    order = np.argsort(
        [np.abs(volume.slab(SlabRequest(height)).pixels - STACK[4]).max() for height in volume.heights_mm]
    )
    assert np.array_equal(volume.slab(SlabRequest(volume.heights_mm[order[0]])).pixels, STACK[4])
    assert sorted(seen) == [0, 1, 2, 3, 4]  # each once
    thick = volume.slab(SlabRequest(float(volume.heights_mm[2]), 3.0)).pixels
    stored = np.asarray(volume.pixels)
    assert np.allclose(thick, stored[1:4].astype(np.float32).mean(axis=0))
    assert volume.whole() is volume.pixels.whole()
    assert volume.pixels.nbytes == STACK.nbytes
    assert sorted(seen) == [0, 1, 2, 3, 4]


def test_no_more_is_kept_than_the_budget(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = safe.read_header(fx.volume_frames(tmp_path / "v.dcm", STACK))
    seen = reads(monkeypatch)
    layout = pixels.pixel_format(found)
    kept = frames.KeptFrames(frames.stored_frames([found], range(5)), layout, "v", 3 * STACK[0].nbytes)
    for index in range(5):
        assert np.array_equal(kept[index], STACK[index])
    assert kept.nbytes == 3 * STACK[0].nbytes
    _ = kept[4], kept[3], kept[2]
    assert seen == [0, 1, 2, 3, 4]
    _ = kept[0]
    assert seen == [0, 1, 2, 3, 4, 0]


def test_a_slice_that_two_ask_for_is_read_once(tmp_path: Path) -> None:
    found = safe.read_header(fx.volume_frames(tmp_path / "v.dcm", STACK))
    seen: list[int] = []
    go = threading.Event()

    class Slow:
        shape, dtype = STACK.shape, STACK.dtype

        def __getitem__(self, index: int) -> np.ndarray:
            seen.append(index)
            go.wait(10)
            return STACK[index]

    kept = frames.KeptFrames(Slow(), pixels.pixel_format(found), "v")
    got: list[np.ndarray] = []
    asking = [threading.Thread(target=lambda: got.append(kept[3])) for _ in range(4)]
    for thread in asking:
        thread.start()
    while not seen:
        time.sleep(0.001)
    go.set()
    for thread in asking:
        thread.join(10)
    assert seen == [3]
    assert len(got) == 4


def test_the_slices_that_come_next_are_decoded_meanwhile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoder, "PROCESSES", 2)
    path = fx.volume_frames(tmp_path / "v.dcm", STACK)
    fx.save(pydicom.dcmread(path), path, JPEGLSLossless, True)
    found = safe.read_header(path)
    kept = frames.KeptFrames(frames.stored_frames([found], range(5)), pixels.pixel_format(found), "v")
    _ = kept[0], kept[1]
    end = time.monotonic() + 20
    while kept.nbytes < STACK.nbytes and time.monotonic() < end:
        time.sleep(0.01)
    assert kept.nbytes == STACK.nbytes


def test_the_memory_keeper_counts_the_slices_that_are_held(tmp_path: Path) -> None:
    from app.session.memory import parts
    from app.session.state import Picture

    volume = load(scan(fx.volume_frames(tmp_path / "v.dcm", STACK)).series[0]).source
    picture = Picture("v", "volume", volume, "v", world="v", study_uid="s")
    assert sum(parts(picture).values()) == STACK[0].nbytes
    volume.whole()
    assert sum(parts(picture).values()) == STACK.nbytes
