"""`motcua <verb>`: understood, or told plainly why not."""

import os
import socket
import stat

from motcua.config import cli, migrating, places, run


def test_alone_it_lists_every_verb_with_one_line(capsys):
    assert cli.main([]) == 0
    listed = capsys.readouterr().out
    for verb, text in cli.verbs().items():
        assert verb in listed
        assert text, f"{verb} has no docstring"


def test_an_unknown_verb_suggests_the_nearest(capsys):
    assert cli.main(["migrat"]) == 2
    assert "Did you mean `migrate`?" in capsys.readouterr().err


def test_keys_are_made_once_and_are_private(tmp_path, monkeypatch):
    for name in places.KEYS:
        monkeypatch.delenv(name, raising=False)
    places.ensure_keys(tmp_path)
    path = tmp_path / "keys.json"
    first = path.read_text()
    places.ensure_keys(tmp_path)
    assert path.read_text() == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_production_makes_no_keys(tmp_path, monkeypatch):
    monkeypatch.setenv("PRODUCTION", "1")
    places.ensure_keys(tmp_path)
    assert not (tmp_path / "keys.json").exists()


def test_a_taken_port_is_named_and_another_proposed(tmp_path, monkeypatch, capsys):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        monkeypatch.setenv("PORT", str(taken.getsockname()[1]))
        monkeypatch.setenv("DATA_DIR", str(tmp_path))
        monkeypatch.delenv("MAKELEVEL", raising=False)
        assert run.main() == 1
    assert "make run PORT=" in capsys.readouterr().err


def test_the_fingerprint_of_migrations_holds_still(db):
    assert migrating.fingerprint() == migrating.fingerprint()
    assert not migrating.is_migrated(os.environ["DATABASE_URL"]), "the tests' template is not a product's database"
