"""`assistant renew`: exit status and JSON."""

import json
from argparse import ArgumentParser
from pathlib import Path

from assistant.cli import renew
from assistant.review.console import Console
from assistant.store.locations import PROFILES


def test_it_names_what_must_change_and_where_the_new_profile_is(tmp_path: Path, capsys) -> None:
    parser = ArgumentParser()
    renew.add_arguments(parser)
    args = parser.parse_args([str(PROFILES / "sample-okafor"), "--into", str(tmp_path / "new"), "--on", "2027-11-01"])
    args.lang, args.json, args.console = "en", str(tmp_path / "answer.json"), Console("en")
    assert renew.run(args) == 1
    answer = json.loads((tmp_path / "answer.json").read_text(encoding="utf-8"))
    assert (answer["command"], answer["applicant"]) == ("renew", "sample-okafor")
    assert answer["counts"]["change"] > 5 and answer["counts"]["kept"] > 30
    assert (tmp_path / "new" / "sample-okafor" / "profile.yaml").is_file()
    said = capsys.readouterr().out
    assert said.index("[must change]") < said.index("[look at it]")
