"""`assistant renew`: exit status and JSON."""

import json
import shutil
from argparse import ArgumentParser
from pathlib import Path

from assistant.cli import renew
from assistant.review.console import Console
from assistant.store import credentials, sealing
from assistant.store.locations import PROFILES


def run(profile: Path, tmp_path: Path) -> int:
    parser = ArgumentParser()
    renew.add_arguments(parser)
    args = parser.parse_args([str(profile), "--into", str(tmp_path / "new"), "--on", "2027-11-01"])
    args.lang, args.json, args.console = "en", str(tmp_path / "answer.json"), Console("en")
    return renew.run(args)


def test_who_was_sealed_is_sealed_again(tmp_path: Path) -> None:
    key = sealing.new_key()
    credentials.keep_seal_key(key)
    shutil.copytree(PROFILES / "sample-lee", tmp_path / "lee")
    sealing.seal(tmp_path / "lee", key)
    run(tmp_path / "lee", tmp_path)
    assert [path.name for path in (tmp_path / "new" / "lee").iterdir()] == [sealing.SEALED]
    held = sealing.read_archive(tmp_path / "new" / "lee" / sealing.SEALED, key)
    assert {"profile.yaml", "profile.sources.yaml", "documents/passport.pdf"} == set(held)


def test_it_names_what_must_change_and_where_the_new_profile_is(tmp_path: Path, capsys) -> None:
    assert run(PROFILES / "sample-okafor", tmp_path) == 1
    answer = json.loads((tmp_path / "answer.json").read_text(encoding="utf-8"))
    assert (answer["command"], answer["applicant"]) == ("renew", "sample-okafor")
    assert answer["counts"]["change"] > 5 and answer["counts"]["kept"] > 30
    assert (tmp_path / "new" / "sample-okafor" / "profile.yaml").is_file()
    said = capsys.readouterr().out
    assert said.index("[must change]") < said.index("[look at it]")
