#!/usr/bin/env python3
"""Make `.venv` from a lock file: `python3 tools/bootstrap.py run|dev`. Standard library only.

Needs Python 3.11 and a package index, nothing else: no pip, no ensurepip (Debian splits both off), no root. The pip
that starts it all lies in tools/vendor; it fetches uv (hash-pinned), uv fetches the rest (hash-pinned). Where uv
cannot work, pip does the whole job, slower. Nothing is done when the lock has not changed.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "motcua-lock"
PIP = next((ROOT / "tools" / "vendor").glob("pip-*.whl"))
LAUNCHER = f"""#!{PYTHON}
import sys
from motcua.config.cli import main
sys.exit(main())
"""


def main(kind: str) -> None:
    """Bring `.venv` to the state of `requirements/<kind>.lock`; a dev environment serves `run` as well."""
    use_a_good_python()
    wanted = {name: fingerprint(name) for name in ("run", "dev")}
    if is_done(kind, wanted):
        return
    with open(ROOT / ".venv.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if is_done(kind, wanted):
            return
        print(f"Installing requirements/{kind}.lock into .venv …", flush=True)
        make_venv()
        install(ROOT / "requirements" / f"{kind}.lock")
        finish()
        STAMP.write_text(f"{kind} {wanted[kind]}")


def is_done(kind: str, wanted: dict[str, str]) -> bool:
    """Does the environment fit already?"""
    if not (STAMP.exists() and PYTHON.exists()):
        return False
    have, _, mark = STAMP.read_text().partition(" ")
    return mark == wanted.get(have) and have in {kind, "dev"}


def fingerprint(kind: str) -> str:
    """Of the lock, the interpreter, and where the repository lies (scripts know their folder by name)."""
    lock = (ROOT / "requirements" / f"{kind}.lock").read_bytes()
    return hashlib.sha256(lock + f"{sys.version_info[:2]} {ROOT} {Path(__file__).stat().st_size}".encode()).hexdigest()[
        :32
    ]


def use_a_good_python() -> None:
    """Go on under Python 3.11 or newer, or say what is missing."""
    if sys.version_info >= (3, 11):  # noqa: UP036 - this file is what an older Python runs first
        return
    for minor in (13, 12, 11, 14):
        found = shutil.which(f"python3.{minor}")
        if found:
            os.execv(found, [found, *sys.argv])
    sys.exit("Một Cửa needs Python 3.11 or newer; this is " + sys.version.split()[0] + ".")


def make_venv() -> None:
    """An empty environment; pip is not needed inside it."""
    if (
        PYTHON.exists()
        and subprocess.run([PYTHON, "-c", "import sys; sys.exit(sys.version_info < (3, 11))"]).returncode == 0
    ):
        return
    shutil.rmtree(VENV, ignore_errors=True)
    made = subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(VENV)], capture_output=True, text=True)
    if made.returncode:
        if os.geteuid() == 0 and shutil.which("apt-get"):
            subprocess.run(["apt-get", "install", "-y", "-qq", "python3-venv"], check=False)
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(VENV)], check=True)


def pip(*arguments: str) -> list[str]:
    """The vendored pip, working on the environment."""
    return [
        sys.executable,
        str(PIP / "pip"),
        "--python",
        str(PYTHON),
        "--disable-pip-version-check",
        *arguments,
    ]


def install(lock: Path) -> None:
    """Exactly what the lock names, checked against its hashes: by uv, else by pip."""
    uv = shutil.which("uv") or VENV / "bin" / "uv"
    if not Path(uv).exists():
        pinned = str(ROOT / "requirements" / "bootstrap.lock")
        subprocess.run(pip("install", "-q", "--require-hashes", "--no-deps", "-r", pinned), check=False)
    if Path(uv).exists():
        command = [str(uv), "pip", "sync", "-q", "--require-hashes", "--python", str(PYTHON), str(lock)]
        if subprocess.run(command, env=index_settings(), check=False).returncode == 0:
            return
        print("uv could not do it; pip will.", flush=True)
    subprocess.run(pip("install", "-q", "--require-hashes", "--no-deps", "-r", str(lock)), check=True)


def index_settings() -> dict[str, str]:
    """uv reads other names than pip: hand it the index, the certificates and the folder of wheels pip was told of."""
    env = dict(os.environ, UV_NO_CONFIG="1", VIRTUAL_ENV=str(VENV))
    for theirs, ours, setting in (
        ("UV_DEFAULT_INDEX", "PIP_INDEX_URL", "global.index-url"),
        ("SSL_CERT_FILE", "PIP_CERT", "global.cert"),
    ):
        value = (
            os.environ.get(ours)
            or subprocess.run(pip("config", "get", setting), capture_output=True, text=True, check=False).stdout.strip()
        )
        if value and theirs not in env:
            env[theirs] = value
    return env


def finish() -> None:
    """Let the environment find the package, and give it the command `motcua`."""
    library = next((VENV / "lib").glob("python3*")) / "site-packages"
    (library / "motcua.pth").write_text(f"{ROOT}\n")
    launcher = VENV / "bin" / "motcua"
    launcher.write_text(LAUNCHER)
    launcher.chmod(0o755)


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in {"run", "dev"}:
        sys.exit(__doc__)
    try:
        main(sys.argv[1])
    except subprocess.CalledProcessError as error:
        sys.exit(f"The environment could not be made: `{' '.join(map(str, error.cmd[:4]))} …` failed.")
