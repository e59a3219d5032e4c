"""Qt's system libraries: checked, and installed where that is possible. Standard library only.

Run by ``make`` before anything else: ``python3 -I app/setup_system.py``. On Linux, PySide6 brings Qt itself but not the
X11, OpenGL and font libraries below it. As root on Debian or Ubuntu they are installed; otherwise the exact command is
printed as one sentence, and the exit status is 1.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from pathlib import Path

LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}
"""What Qt's xcb and offscreen platforms load, and the Debian package of each."""

FONT_PACKAGE = "fonts-dejavu-core"
CHINESE_FONT_PACKAGE = "fonts-wqy-microhei"
CHINESE_FONT_NAMES = ("cjk", "wqy", "sourcehans", "notosanssc", "uming", "ukai", "droidsansfallback", "simsun", "msyh")
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts")


def missing_packages() -> list[str]:
    """The Debian packages of the libraries that cannot be loaded, and of a font when there is none."""
    packages = []
    for library, package in LIBRARIES.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            packages.append(package)
    if not has_font():
        packages.append(FONT_PACKAGE)
    if wants_chinese() and not has_font(CHINESE_FONT_NAMES):
        packages.append(CHINESE_FONT_PACKAGE)
    return packages


def wants_chinese() -> bool:
    """Whether this machine speaks Chinese: only then is a Chinese font needed before the window is seen."""
    return any(os.environ.get(name, "").startswith("zh") for name in ("LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE"))


def has_font(names: tuple[str, ...] = ("",)) -> bool:
    """Whether a scalable font is installed whose file is called like this; without any, the window shows no text."""
    for folder in FONT_FOLDERS:
        root = Path(folder).expanduser()
        found = root.rglob("*.*") if root.is_dir() else ()
        fonts = (path.name.lower() for path in found if path.suffix.lower() in (".ttf", ".otf", ".ttc"))
        if any(name in font for font in fonts for name in names):
            return True
    return False


def advice(packages: list[str]) -> str:
    """One sentence: what is missing and the command that installs it."""
    names = " ".join(packages)
    if shutil.which("apt-get"):
        return f"Qt needs system libraries that are not installed; run: sudo apt-get install -y {names}"
    libraries = " ".join(library for library, package in LIBRARIES.items() if package in packages)
    return (
        "Qt needs system libraries that are not installed; install with your package manager what provides: "
        + " ".join(part for part in (libraries, "a TrueType font" if FONT_PACKAGE in packages else "") if part)
    )


def install(packages: list[str]) -> bool:
    """Install Debian packages; the package lists are fetched only if they are needed."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}

    def apt(*arguments: str) -> bool:
        done = subprocess.run(
            ["apt-get", *arguments],
            env=environment,
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        if done.returncode != 0:
            errors.append(done.stderr.strip())
        return done.returncode == 0

    errors: list[str] = []
    command = ["install", "-y", "-q", "--no-install-recommends", *packages]
    if apt(*command) or (apt("update", "-q") and apt(*command)):
        return True
    print("\n".join(errors[-1:]), file=sys.stderr)
    return False


def main() -> int:
    """Check, install where possible, else say how."""
    if not sys.platform.startswith("linux"):
        return 0
    packages = missing_packages()
    if not packages:
        return 0
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"Installing Qt's system libraries: {' '.join(packages)}", flush=True)
        install(packages)
        packages = missing_packages()
    if packages:
        print(advice(packages), file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
