"""`python -m bench.year N=10000 [PRESETS=bac-ninh,…] [AT_ONCE=2] [SEED=2026] [JSON=file] [PROVE=1]`: a replayed year.

A year of N dossiers, shared out over all presets. Each preset is a process with a throw-away database of its own and
with lives of its own (the seed is SEED and the preset's name: the same ones again with the same SEED). Prints how far
it has come, what happened and everything that does not hold; what came of it is kept in JSON, preset by preset.
PROVE=1 tampers with a row for each check at the end and demands that the check sees it.

The exit code is 1 when anything does not hold, and when an act of the table never happened in a year of 1,000 or more.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from motcua.config import migrating, postgres

if TYPE_CHECKING:
    from bench.year.play import Played

HERE = Path(__file__).resolve().parent.parent.parent
EVERY_ACT_FROM = 1_000
"""Dossiers from which on every act must have happened."""

SHOWN = 25
"""Faults and refusals printed for a preset; the file has more."""


def main(arguments: list[str]) -> int:
    """Play every preset, so many at once, and tell what came of it."""
    asked = dict(one.split("=", 1) for one in arguments if "=" in one)
    if asked.get("MIGRATE"):
        return _template(Path(asked["MIGRATE"]))
    if asked.get("IN"):
        return _one(asked["IN"], asked)
    names = asked.get("PRESETS") or ",".join(sorted(path.stem for path in (HERE / "provinces").glob("*.toml")))
    presets, number = names.split(","), int(asked.get("N", "10000"))
    kept = Path(asked.get("JSON") or HERE / "bench" / "results" / f"year-{datetime.now(UTC):%Y%m%d-%H%M%S}.json")
    began = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="motcua-year-") as folder:
        Path(folder).chmod(0o711)
        if subprocess.run([sys.executable, "-m", "bench.year", f"MIGRATE={folder}/template"], cwd=HERE).returncode:
            return 1
        results = _all(presets, number, asked, Path(folder), kept)
    return _conclude(results, presets, number, time.perf_counter() - began, kept)


def _all(presets: list[str], number: int, asked: dict[str, str], folder: Path, kept: Path) -> dict[str, Any]:
    """Every preset in a process of its own; what each leaves is kept as soon as it is done."""
    waiting = [(name, -(-number // len(presets))) for name in presets]
    running: list[tuple[str, subprocess.Popen[bytes]]] = []
    results: dict[str, Any] = {}
    while waiting or running:
        while waiting and len(running) < int(asked.get("AT_ONCE", os.cpu_count() or 1)):
            name, share = waiting.pop(0)
            options = [f"{key}={asked[key]}" for key in ("SEED", "PROVE") if key in asked]
            command = [sys.executable, "-m", "bench.year", f"N={share}", f"IN={name}", f"FOLDER={folder}", *options]
            running.append((name, subprocess.Popen(command, cwd=HERE)))
        for name, process in running[:]:
            if process.poll() is not None:
                running.remove((name, process))
                told = folder / f"{name}.json"
                results[name] = json.loads(told.read_text()) if told.exists() else {"broke": process.returncode}
                kept.parent.mkdir(parents=True, exist_ok=True)
                kept.write_text(json.dumps(results, ensure_ascii=False, indent=1))
        time.sleep(0.5)
    return results


def _conclude(results: dict[str, Any], presets: list[str], number: int, seconds: float, kept: Path) -> int:
    """All presets together; the exit code."""
    done: Counter[str] = Counter()
    for one in results.values():
        done.update(one.get("done", {}))
    played = [one for one in results.values() if "done" in one]
    missing = sorted(set.intersection(*(set(one["missing"]) for one in played))) if played else ["all"]
    dossiers = sum(one["dossiers"] for one in played)
    faults, stuck = (sum(one[key] for one in played) for key in ("fault_count", "stuck_count"))
    broke = [name for name in presets if "broke" in results[name]]
    playing = sum(one["playing"] for one in played)
    print(
        f"\nall: {dossiers} dossiers in {seconds:.0f} s ({playing / max(dossiers, 1):.2f} s each in its process); "
        f"{faults} faults, {stuck} stuck{', broke: ' + ', '.join(broke) if broke else ''}"
    )
    print("  acts: " + ", ".join(f"{act} {times}" for act, times in done.most_common()))
    print("  never: " + (", ".join(missing) or "none"))
    summary = {"dossiers": dossiers, "seconds": seconds, "faults": faults, "stuck": stuck, "acts": done}
    everything = {"all": {**summary, "never": missing, "broke": broke}, **results}
    kept.write_text(json.dumps(everything, ensure_ascii=False, indent=1))
    print(f"  kept in {kept}")
    return 1 if faults or stuck or broke or (missing and number >= EVERY_ACT_FROM) else 0


def _template(folder: Path) -> int:
    """A database with all tables and nothing in them; every preset begins with a copy."""
    with _django(folder, "") as url:
        migrating.migrate(url)
    return 0


def _one(preset: str, asked: dict[str, str]) -> int:
    """One preset's year, in this process."""
    shared = Path(asked["FOLDER"])
    folder = shared / preset
    folder.mkdir(mode=0o711)
    subprocess.run(["cp", "-a", str(shared / "template" / "pg"), str(folder / "pg")], check=True)
    try:
        with _django(folder, preset):
            from bench.year.play import play
            from bench.year.proof import unseen

            found = play(int(asked["N"]), preset=preset, seed=asked.get("SEED", "2026"))
            if asked.get("PROVE"):
                for words in unseen(at=found.ended):
                    found.fault(words)
            failed = _tell(found)
            (shared / f"{preset}.json").write_text(json.dumps(found.to_data(), ensure_ascii=False, default=str))
            return failed
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _django(folder: Path, preset: str) -> Iterator[str]:
    """Django set up on a throw-away server in this folder."""
    (folder / "static").mkdir(parents=True)
    folder.chmod(0o711)
    cluster = postgres.Cluster(folder, throwaway=True)
    try:
        url = cluster.start()
        settings = {"DATA_DIR": str(folder), "DEMO": "1", "LOG_LEVEL": "CRITICAL", "DATABASE_URL": url}
        if preset:
            settings["PROVINCE"] = preset
        os.environ.update(settings | {"DJANGO_SETTINGS_MODULE": "motcua.config.settings"})
        import django

        django.setup()
        yield url
    finally:
        cluster.stop()


def _tell(played: Played) -> int:
    print(
        f"\n{played.preset}: {played.dossiers} dossiers, {played.beats} beats, {played.bells} bells in "
        f"{played.playing:.0f} s ({played.each:.2f} s each; besides {played.setting_up:.0f} s setting up, "
        f"{played.checking:.0f} s checking; processor {played.processor:.0f} s, {played.megabytes} MB); "
        f"{played.fault_count} faults, {len(played.stuck)} stuck"
    )
    print("  acts: " + ", ".join(f"{act} {number}" for act, number in played.done.most_common()))
    print("  never: " + (", ".join(played.missing) or "none"))
    for words, number in played.refusals.most_common(SHOWN):
        print(f"  refused {number}×: {words}")
    for line in (*played.stuck[:SHOWN], *played.faults[:SHOWN]):
        print(f"  FAULT {line}", flush=True)
    return 1 if played.fault_count or played.stuck else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
