"""How fast studies are found, opened and decoded (Linux).

``python -m tests.benchmarks.reading [--size N] [--smoke]`` prints: time to index 1 000 files and to the first entry;
time to the first image, bytes read and growth of memory of a radiograph, of 60 projections and of a multi-frame volume
of 60 × 2022² (stored plainly and as JPEG-LS); decoding of each transfer syntax in a process of its own against pydicom
in the same process; the longest gap in which another thread of the program could not run meanwhile.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "app")]

FRAMES, FILES = 60, 1000


def picture(size: int, seed: int = 0) -> np.ndarray:
    """A smooth field with quantum noise, 14 bits."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[:size, :size] / size
    field = 6000 + 4000 * np.sin(5 * x) * np.cos(7 * y) + rng.normal(0, 30, (size, size))
    return np.clip(field, 0, 16383).astype(np.uint16)


def counters() -> tuple[int, int]:
    """Bytes read by this process, and its resident memory (Linux)."""
    import psutil

    io = Path("/proc/self/io").read_text()
    return int(io.split("rchar:")[1].split()[0]), int(psutil.Process().memory_info().rss)


def measured(name: str, work: Callable[[], object]) -> Any:
    """Do it once; print time, bytes read and memory kept."""
    read, memory = counters()
    start = time.perf_counter()
    result = work()
    seconds = time.perf_counter() - start
    after, held = counters()
    print(f"{name:58s} {1e3 * seconds:8.0f} {(after - read) / 1e6:9.1f} {(held - memory) / 1e6:9.1f}", flush=True)
    return result


def first_image(path: Path) -> Any:
    """Search, load, and the picture in the middle."""
    from app.dicom.read import load, scan
    from recon.slab import SlabRequest

    loaded = load(scan(path).series[0])
    if loaded.source is None:
        return loaded.projections.views[loaded.projections.views.shape[0] // 2]
    low, high = loaded.source.info.height_range_mm
    loaded.source.slab(SlabRequest((low + high) / 2))
    return loaded.source


def index(folder: Path, files: int) -> None:
    """Time to search a folder."""
    import fixtures_dicom as fx

    from app.dicom.read import scan

    image = np.zeros((64, 64), np.uint16)
    for number in range(files):
        series = number // 50
        data = fx.dataset(
            fx.CT, "CT", image, f"s{series}", number % 50 + 1, f"t{series // 4}",
            ImagePositionPatient=[0, 0, number], ImageOrientationPatient=list(fx.AXIAL), PixelSpacing=["0.5", "0.5"],
        )  # fmt: skip
        fx.save(data, folder / f"s{series:03d}" / f"{number:05d}.dcm")
    first: list[float] = []
    start = time.perf_counter()
    own = time.process_time()
    scan(folder, on_found=lambda _: first.append(time.perf_counter() - start))
    total, own = time.perf_counter() - start, time.process_time() - own
    print(f"index of {files} files: {total:.2f} s ({own:.2f} s of processor time), first entry after {first[0]:.3f} s")


def opening(folder: Path, size: int) -> None:
    """Time to the first image."""
    import fixtures_dicom as fx
    from pydicom.uid import JPEGLSLossless

    from recon import trajectories

    print(f"\n{'to the first image':58s} {'ms':>8s} {'MB read':>9s} {'MB held':>9s}")
    images = np.stack([picture(size, seed) for seed in range(4)])[np.arange(FRAMES) % 4]
    radiograph = fx.dataset(fx.DX_PRESENTATION, "DX", images[0], "dx", BitsStored=14)
    plain = fx.save(radiograph, folder / "dx.dcm")
    measured("a radiograph", lambda: first_image(plain))
    packed = fx.save(radiograph, folder / "jls.dcm", JPEGLSLossless, True)
    measured("a radiograph, JPEG-LS, its decoder being started", lambda: first_image(packed))
    measured("a radiograph, JPEG-LS", lambda: first_image(packed))
    track = trajectories.linear_track(
        source_position_mm=np.linspace(-300, 300, FRAMES), source_to_detector_mm=1800, pixel_pitch_mm=0.2,
        shape=(size, size),
    )  # fmt: skip
    fx.dx_projections(folder / "sweep", images, track, BitsStored=14)
    measured(f"{FRAMES} projections", lambda: first_image(folder / "sweep"))
    plainly = fx.volume_frames(folder / "volume.dcm", images)
    for title, path in (("plain", plainly), ("JPEG-LS", folder / "volume_jls.dcm")):
        if title == "JPEG-LS":
            import pydicom

            fx.save(pydicom.dcmread(plainly), path, JPEGLSLossless, True)
        scrolling(
            measured(f"multi-frame of {images.nbytes / 1e6:.0f} MB, {title}", lambda path=path: first_image(path))
        )


def scrolling(source: Any) -> None:
    """Slices beside the first image, as they are read and once they are."""
    from recon.slab import SlabRequest

    heights = [float(height) for height in source.heights_mm[FRAMES // 2 + 1 : FRAMES // 2 + 9]]
    measured("  … the next eight slices", lambda: [source.slab(SlabRequest(height)) for height in heights])
    measured("  … the same again", lambda: [source.slab(SlabRequest(height)) for height in heights])
    source.pixels = source.whole()
    measured("  … the same out of an array in memory", lambda: [source.slab(SlabRequest(z)) for z in heights])


def codecs(folder: Path, size: int) -> None:
    """Decoding here against pydicom in the same process, and how long other threads are held up."""
    import fixtures_dicom as fx
    import imagecodecs
    import pydicom
    from pydicom.encaps import encapsulate
    from pydicom.pixels import pixel_array
    from pydicom.uid import HTJ2KLossless, JPEG2000Lossless, JPEGLosslessSV1, JPEGLSLossless, RLELossless

    from app.dicom.read import pixels, safe

    image = picture(size)
    streams = {
        JPEGLosslessSV1: lambda: imagecodecs.ljpeg_encode(image, bitspersample=16),
        HTJ2KLossless: lambda: imagecodecs.htj2k_encode(image, reversible=True),
    }
    title = f"decoding {size} × {size}, ms (best of 3)"
    print(f"\n{title:42s} {'here':>8s} {'pydicom':>8s} {'ratio':>6s} {'gap':>6s} {'pydicom':>8s}")
    for syntax in (RLELossless, JPEGLosslessSV1, JPEGLSLossless, JPEG2000Lossless, HTJ2KLossless):
        path = folder / f"{syntax.name[:8]}.dcm"
        data = fx.dataset(fx.DX_PRESENTATION, "DX", image, "c")
        if syntax in streams:
            fx.save(data, path)
            data = pydicom.dcmread(path)
            data.file_meta.TransferSyntaxUID = syntax
            data.PixelData = encapsulate([streams[syntax]()])
            data["PixelData"].VR, data["PixelData"].is_undefined_length = "OB", True
            data.save_as(path, enforce_file_format=True)
        else:
            fx.save(data, path, syntax, True)
        found = safe.read_header(path)
        pixels.read_frame(found)
        here, gap_here, exact = best(lambda found=found: pixels.read_frame(found))
        there, gap_there, _ = best(lambda path=path: pixel_array(path, raw=True))
        assert np.array_equal(exact, image), syntax.name
        print(
            f"{syntax.name[:42]:42s} {here:8.0f} {there:8.0f} {there / here:6.2f} {gap_here:6.0f} {gap_there:8.0f}",
            flush=True,
        )


def best(work: Callable[[], Any], times: int = 3) -> tuple[float, float, Any]:
    """(shortest time in ms, longest gap of another thread in the best run in ms, result)."""
    runs = []
    result = None
    for _ in range(times):
        gaps = [0.0]
        stop = threading.Event()

        def beat(gaps: list[float] = gaps, stop: threading.Event = stop) -> None:
            last = time.perf_counter()
            while not stop.is_set():
                time.sleep(0.001)
                now = time.perf_counter()
                gaps[0] = max(gaps[0], now - last)
                last = now

        thread = threading.Thread(target=beat)
        thread.start()
        start = time.perf_counter()
        result = work()
        runs.append((1e3 * (time.perf_counter() - start), 0.0))
        stop.set()
        thread.join()
        runs[-1] = (runs[-1][0], 1e3 * gaps[0])
    return min(run[0] for run in runs), min(run[1] for run in runs), result


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--size", type=int, default=2022, help="rows and columns of the large images")
    options.add_argument("--smoke", action="store_true", help="small images, few files")
    chosen = options.parse_args()
    from app.imports import prepare_dicom

    prepare_dicom()
    size = 128 if chosen.smoke else chosen.size
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        index(folder / "index", 100 if chosen.smoke else FILES)
        opening(folder, size)
        codecs(folder, size)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
