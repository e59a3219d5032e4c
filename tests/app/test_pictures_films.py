"""Films and 16-bit images, read back with libraries that did not write them."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from app.pictures.films import film
from app.pictures.values import scaled, write_values
from recon.errors import BocageError


def frames(count: int, rows: int = 121, columns: int = 160) -> list[np.ndarray]:
    """A grey ramp with a bright mark at the upper left, and a coloured bar that goes down."""
    found = []
    for number in range(count):
        frame = np.repeat(np.linspace(0, 255, columns).astype(np.uint8)[None, :, None], rows, axis=0)
        frame = np.repeat(frame, 3, axis=2)
        frame[8:24, 8:24] = 255
        frame[100 - 4 * number : 104 - 4 * number, 60:100] = (255, 150, 50)
        found.append(frame)
    return found


def test_mp4_has_the_frames_the_rate_and_the_right_side(tmp_path: Path) -> None:
    import av

    path = tmp_path / "cine.mp4"
    with film(path, 12.5) as target:
        for frame in frames(10):
            target.add(frame)
    assert [found.name for found in tmp_path.glob("*cine*")] == ["cine.mp4"]
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        assert float(stream.average_rate) == 12.5
        assert stream.codec_context.name == "h264"
        back = [frame.to_ndarray(format="rgb24") for frame in container.decode(stream)]
    assert len(back) == 10
    assert back[0].shape == (122, 160, 3)
    assert back[0][16, 16].min() > 240
    assert back[0][16, 150 - 16].max() < 235
    bar = back[4][86, 80].astype(int)
    assert bar[0] > bar[1] + 40 > bar[2] + 60


def test_gif_has_the_frames_loops_and_keeps_greys(tmp_path: Path) -> None:
    path = tmp_path / "cine.gif"
    with film(path, 30) as target:
        for frame in frames(6):
            target.add(frame)
    assert target.fps == pytest.approx(1000 / 30, rel=0.01), "hundredths of a second: 33.3, not 30"
    with Image.open(path) as image:
        assert image.n_frames == 6
        assert image.info["loop"] == 0
        assert image.info["duration"] == 30
        image.seek(5)
        shown = np.asarray(image.convert("RGB")).astype(int)
    wanted = frames(6)[5].astype(int)
    grey = np.s_[30:60, :]
    assert np.abs(shown[grey] - wanted[grey]).max() <= 1
    assert shown[16, 16].min() >= 254
    assert np.abs(shown[82, 80] - wanted[82, 80]).max() < 40


def test_a_film_that_fails_leaves_nothing(tmp_path: Path) -> None:
    def fail(path: Path) -> None:
        with film(path, 10) as target:
            target.add(frames(1)[0])
            raise RuntimeError

    folder = tmp_path / "films"
    folder.mkdir()
    for name in ("a.mp4", "a.gif"):
        with pytest.raises(RuntimeError):
            fail(folder / name)
    assert list(folder.iterdir()) == []
    with pytest.raises(BocageError, match=r"\.avi"), film(tmp_path / "a.avi", 10):
        pass
    for repeat in (True, False):
        with film(tmp_path / "b.gif", 10, repeat=repeat) as target:
            target.add(frames(1)[0])
        with Image.open(tmp_path / "b.gif") as back:
            assert ("loop" in back.info) is repeat
    (tmp_path / "file").touch()
    with pytest.raises(BocageError, match="cannot be written"), film(tmp_path / "file" / "a.gif", 10) as target:
        target.add(frames(1)[0])


@pytest.mark.parametrize("kind", ["tiff", "png"])
def test_values_come_back_within_a_step(tmp_path: Path, kind: str) -> None:
    values = np.linspace(-0.2, 1.4, 60 * 80, dtype=np.float32).reshape(60, 80)
    values[3, 5] = np.nan
    path = tmp_path / f"slice.{kind}"
    write_values(path, kind, scaled(values), (0.4, 0.5), {"unit": "1/mm", "height_mm": 123.0})
    if kind == "tiff":
        import tifffile

        with tifffile.TiffFile(path) as file:
            pixels, page = file.asarray(), file.pages[0]
            facts = json.loads(page.description)
            assert page.resolutionunit == 3
            assert page.resolution == pytest.approx((25.0, 20.0))
    else:
        with Image.open(path) as image:
            assert image.mode in ("I;16", "I", "I;16B")
            pixels = np.asarray(image).astype(np.uint16)
            facts = json.loads(image.text["Description"])
            assert image.info["dpi"] == pytest.approx((63.5, 50.8), rel=1e-3)
    assert facts["unit"] == "1/mm"
    back = pixels * facts["slope"] + facts["intercept"]
    valid = np.isfinite(values)
    assert np.abs(back - values)[valid].max() <= 0.51 * facts["slope"]
    assert (pixels == 0).sum() == 1


def test_a_window_clips() -> None:
    image = scaled(np.array([[0.0, 1.0, 2.0, 3.0]], np.float32), 1.0, 2.0)
    assert image.pixels.tolist() == [[1, 1, 65535, 65535]]
    flat = scaled(np.full((2, 2), 5.0, np.float32))
    assert flat.pixels.max() * flat.slope + flat.intercept == 5.0
