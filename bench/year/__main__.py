"""`python -m bench.year N=10000 [PRESETS=bac-ninh,binh-dinh,…] [AT_ONCE=2]`: a year of N dossiers over all presets.

Each preset is a process with a throw-away database of its own. Prints what happened and everything that does not hold;
the exit code is 1 when anything does not.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from motcua.config import migrating, postgres

HERE = Path(__file__).resolve().parent.parent.parent


def main(arguments: list[str]) -> int:
    """Play every preset, so many at once, and tell what came of it."""
    asked = dict(one.split("=", 1) for one in arguments if "=" in one)
    if asked.get("IN"):
        return _one(asked["IN"], int(asked["N"]))
    names = asked.get("PRESETS") or ",".join(sorted(path.stem for path in (HERE / "provinces").glob("*.toml")))
    presets, number = names.split(","), int(asked.get("N", "10000"))
    waiting = [(name, -(-number // len(presets))) for name in presets]
    running: list[tuple[str, subprocess.Popen[bytes]]] = []
    failed: Counter[str] = Counter()
    while waiting or running:
        while waiting and len(running) < int(asked.get("AT_ONCE", os.cpu_count() or 1)):
            name, share = waiting.pop(0)
            command = [sys.executable, "-m", "bench.year", f"N={share}", f"IN={name}"]
            running.append((name, subprocess.Popen(command, cwd=HERE)))
        for name, process in running[:]:
            if process.poll() is not None:
                running.remove((name, process))
                failed[name] = process.returncode
        time.sleep(0.5)
    return 1 if any(failed.values()) else 0


def _one(preset: str, number: int) -> int:
    folder = Path(tempfile.mkdtemp(prefix="motcua-year-"))
    folder.chmod(0o711)
    (folder / "static").mkdir()
    cluster = postgres.Cluster(folder, throwaway=True)
    try:
        url = cluster.start()
        settings = {"PROVINCE": preset, "DATA_DIR": str(folder), "DEMO": "1", "LOG_LEVEL": "ERROR", "DATABASE_URL": url}
        os.environ.update(settings | {"DJANGO_SETTINGS_MODULE": "motcua.config.settings"})
        import django

        django.setup()
        migrating.migrate(url)
        from bench.year.play import play

        return _tell(preset, play(number))
    finally:
        cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _tell(preset: str, played: object) -> int:
    from bench.year.play import Played

    assert isinstance(played, Played)
    print(
        f"\n{preset}: {played.dossiers} dossiers, {played.beats} beats, {played.bells} bells "
        f"in {played.seconds:.0f} s; {len(played.faults)} faults, {len(played.stuck)} stuck"
    )
    print("  acts: " + ", ".join(f"{act} {number}" for act, number in played.done.most_common()))
    print("  never: " + (", ".join(sorted(played.missing)) or "none"))
    for words, number in played.refusals.most_common(12):
        print(f"  refused {number}×: {words}")
    for line in (*played.stuck[:10], *played.faults[:25]):
        print(f"  FAULT {line}")
    return 1 if played.faults or played.stuck else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
