"""Reading YAML without guessing; telling every mistake with its place and without its value."""

from datetime import date
from pathlib import Path
from typing import Literal

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field

from assistant.errors import PackError, ProfileError
from assistant.store.documents import load_model, open_document, read_yaml
from assistant.strict_yaml import dotted
from assistant.validation import IsoDate


class Row(BaseModel):
    model_config = ConfigDict(extra="forbid")
    sex: Literal["male", "female"]
    born: IsoDate


class Sheet(BaseModel):
    model_config = ConfigDict(extra="forbid")
    city: str = Field(max_length=10)
    count: int = Field(default=1, ge=1)
    rows: list[Row] = []
    maybe: Row | None = None
    named: dict[str, Row] = {}


def write(folder: Path, content: str | bytes) -> Path:
    path = folder / "sheet.yaml"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize(
    ("written", "line"),
    [
        ("city: x\nrows:\n- sex：male\n  born: 2000-02-29\n", 3),
        ("city：x\ncount: 3\n", 1),
        ("count: 3\ncity：x\n", 2),
        ("count: 3\ncity：x\nrows: []\n", 2),
        ("city：x\n", 1),
        ("city: x\nmaybe:\n  sex：male\n", 2),
        ("city: x\nmaybe:\n  sex：male\n  born: 2000-02-29\n", 3),
        ("city: x\nmaybe: {sex：male, born: 2000-02-29}\n", 2),
        ("city: x\nmaybe:\n  sex ： male\n  born： 2000-02-29\n", 2),
    ],
)
def test_a_full_width_colon_is_named_with_its_line(tmp_path: Path, written: str, line: int) -> None:
    said = told(write(tmp_path, written))
    assert f"sheet.yaml:{line}" in said
    assert "full-width" in said


def test_a_chinese_colon_inside_a_value_is_no_mistake(tmp_path: Path) -> None:
    path = write(tmp_path, "city: 备注：无\nnamed: {甲：乙: {sex: male, born: 2000-02-29}}\n")
    assert load_model(path, Sheet, ProfileError).city == "备注：无"


def test_a_key_with_a_mark_that_can_not_be_seen_is_named_as_such(tmp_path: Path) -> None:
    assert "can't be seen" in told(write(tmp_path, "ci\u200bty: x\n"))


def told(path: Path, error: type[ProfileError] | type[PackError] = ProfileError) -> str:
    with pytest.raises(error) as caught:
        load_model(path, Sheet, error)
    assert caught.value.exit_code == 2
    assert all(problem.what.zh and problem.what.en for problem in caught.value.problems)
    return "\n".join(caught.value.lines("en"))


@pytest.mark.parametrize("written", ["NO", "0123456", "1e5", "0x1F", "12:30:45", "yes", "null", "2026-01-02", "1_000"])
def test_every_scalar_stays_the_text_that_was_written(tmp_path: Path, written: str) -> None:
    assert read_yaml(write(tmp_path, f"city: {written}\n"), ProfileError).data == {"city": written}


def test_a_byte_order_mark_does_not_matter(tmp_path: Path) -> None:
    assert read_yaml(write(tmp_path, b"\xef\xbb\xbfcity: x\n"), ProfileError).data == {"city": "x"}


def test_each_key_path_knows_its_line(tmp_path: Path) -> None:
    document = read_yaml(write(tmp_path, "a: 1\nb:\n  - c: 2\n    d:\n      e: 3\n  - {c: 4}\n"), ProfileError)
    assert document.line_of(("a",)) == 1
    assert document.line_of(("b", 0, "d", "e")) == 5
    assert document.line_of(("b", 1, "c")) == 6
    assert document.line_of(("b", 1, "not", "written")) == 6, "the closest key above"


@settings(deadline=None)
@given(
    st.recursive(
        st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=8),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", min_size=1), inner, max_size=3),
        max_leaves=10,
    )
)
def test_what_is_written_quoted_comes_back_unchanged(tmp_path_factory: pytest.TempPathFactory, tree: object) -> None:
    text = yaml.safe_dump({"root": tree}, allow_unicode=True, default_style='"')
    path = write(tmp_path_factory.mktemp("yaml"), text)
    assert read_yaml(path, ProfileError).data == {"root": tree}


@pytest.mark.parametrize(
    ("content", "line", "hint"),
    [
        ("", None, "empty"),
        ("# only a comment\n", None, "empty"),
        ("- a\n- b\n", None, "outermost"),
        ("just words\n", None, "outermost"),
        ("city: 'open\nrows: []\n", 1, "quotation mark"),
        ("city:\n\t- a\n", 2, "tab"),
        ("city: a\nwhat: b: c\n", 2, "quotes"),
        ("city: [a,\n", 2, "brackets"),
        ("city: a\x07\n", 1, "control character"),
        ("[" * 100_000, 1, "nested"),
        ("- " * 100_000, 1, "nested"),
        ("? " * 50_000, 1, "nested"),
        (b"\x89PNG\r\n\x1a\n\0\0", None, "binary"),
        ("city: 深圳\n".encode("gbk"), None, "GBK"),
        ("city: x\n".encode("utf-16"), None, "UTF-16"),
        (b"city: x\nb: \xff\xfe\xff\n", None, "line 2 is not UTF-8"),
        (b"a" * 1_000_001, None, "1 MB"),
    ],
)
def test_an_unusable_file_is_refused_with_the_reason(
    tmp_path: Path, content: str | bytes, line: int | None, hint: str
) -> None:
    path = write(tmp_path, content)
    message = told(path)
    assert hint in message
    assert (f"{path}:{line}: " if line else f"{path}: ") in message


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    assert "not found" in told(tmp_path / "none.yaml")
    assert "folder" in told(tmp_path)


def test_a_duplicate_key_is_refused_with_both_lines(tmp_path: Path) -> None:
    path = write(tmp_path, "city: a\ncount: 1\ncity: b\n")
    message = told(path)
    assert f"{path}:3 › city" in message
    assert "first on line 1" in message


def test_a_duplicate_key_inside_a_row_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, "city: a\nrows:\n  - {sex: male, sex: female, born: 2000-01-01}\n")
    assert "rows[1].sex" in told(path)


@pytest.mark.parametrize(
    ("content", "hint"),
    [
        ("city: &a x\nmaybe: *a\n", "references"),
        ("city: !!python/object/apply:os.system [true]\n", "type tags"),
        ("city: !!int 3\n", "type tags"),
        ("city: a\n---\ncity: b\n", "only one document"),
        ("city: a\n? [b]\n: c\n", "one word"),
        ("city: &a [x, &b [*a]]\n", "references"),
    ],
)
def test_yaml_that_does_more_than_hold_text_is_refused(tmp_path: Path, content: str, hint: str) -> None:
    assert hint in told(write(tmp_path, content))


def test_a_bomb_of_references_costs_nothing(tmp_path: Path) -> None:
    lines = ["a: &a [x, x]"] + [f"{chr(98 + i)}: &{chr(98 + i)} [*{chr(97 + i)}, *{chr(97 + i)}]" for i in range(20)]
    document = open_document(write(tmp_path, "\n".join(lines)), ProfileError)
    assert len(document.problems) == 40


def test_all_mistakes_are_told_at_once_in_the_order_of_lines(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "city: much too long a name\ncount: no\nrows:\n  - {sex: x, born: 1990-02-31}\n  - born: 1.2.99\nciti: y\n",
    )
    with pytest.raises(ProfileError) as caught:
        load_model(path, Sheet, ProfileError)
    places = [(int(p.where.rpartition(":")[2]), p.key) for p in caught.value.problems]
    assert places == [
        (1, "city"),
        (2, "count"),
        (4, "rows[1].sex"),
        (4, "rows[1].born"),
        (5, "rows[2].sex"),
        (5, "rows[2].born"),
        (6, "citi"),
    ]


def test_an_unknown_key_is_answered_with_the_near_and_the_known_ones(tmp_path: Path) -> None:
    message = told(write(tmp_path, "citi: x\ncity: y\nrows:\n  - {sexx: a, born: 2000-01-01, sex: male}\n"))
    assert "did you mean city?" in message
    assert "Known: city, count, rows, maybe, named" in message
    assert "did you mean sex? Known: sex, born" in message


def test_known_keys_are_found_through_optional_and_named_parts(tmp_path: Path) -> None:
    message = told(write(tmp_path, "city: y\nmaybe: {bornn: 1}\nnamed: {x: {sexx: 1}}\n"))
    assert message.count("Known: sex, born") == 2


def test_an_impossible_date_is_named_as_such(tmp_path: Path) -> None:
    assert "no such day" in told(write(tmp_path, "city: y\nrows: [{sex: male, born: 1990-02-31}]\n"))


@pytest.mark.parametrize("written", ["1700000000", "2026-1-2", "01/02/2026", "2026-01-02T00:00:00", "20260102"])
def test_only_one_way_of_writing_a_date_is_taken(tmp_path: Path, written: str) -> None:
    assert "YYYY-MM-DD" in told(write(tmp_path, f"city: y\nrows: [{{sex: male, born: '{written}'}}]\n"))


def test_a_right_file_loads(tmp_path: Path) -> None:
    sheet = load_model(write(tmp_path, "city: y\ncount: 3\nrows: [{sex: male, born: 2000-02-29}]\n"), Sheet, PackError)
    assert sheet.rows[0].born == date(2000, 2, 29)
    assert sheet.count == 3


def test_a_key_that_may_be_a_value_is_shown_of_a_pack_and_never_of_a_profile(tmp_path: Path) -> None:
    path = write(tmp_path, "city: y\nE12345678: x\n王小明: x\n")
    private = told(path, ProfileError)
    assert "E12345678" not in private
    assert "王小明" not in private
    assert f"{path}:2" in private
    assert "王小明" in told(path, PackError)


CANARY = "CanAry77"


@pytest.mark.parametrize(
    "content",
    [
        f"city: {CANARY} {CANARY}\ncount: {CANARY}\nrows: {CANARY}\n",
        f"rows:\n - {{sex: {CANARY}, born: {CANARY}}}\n - {CANARY}\n - [{CANARY}]\n",
        f"city: '{CANARY}\n",
        f"city: {CANARY}: {CANARY}\n",
        f"city: [{CANARY}\n",
        f"city: &{CANARY} x\nmaybe: *{CANARY}\n",
        f"city: *{CANARY}\n",
        f"city: !{CANARY} x\n",
        f'city: "\\q{CANARY}"\n',
        f"%{CANARY} x\n---\ncity: y\n",
        f"{CANARY}: {CANARY}\n{CANARY}: x\n",
        f"? {{{CANARY}: x}}\n: {CANARY}\n",
        f"city: {CANARY}\x01\n",
        f"{CANARY}\n",
        f"count: {{a: {CANARY}}}\n",
    ],
)
def test_no_message_repeats_what_the_file_says(tmp_path: Path, content: str) -> None:
    path = write(tmp_path, content)
    with pytest.raises(ProfileError) as caught:
        load_model(path, Sheet, ProfileError)
    everything = "\n".join(
        [*caught.value.lines("zh"), *caught.value.lines("en"), repr(caught.value), str(caught.value)]
    )
    assert CANARY not in everything
    assert CANARY.lower() not in everything
    assert caught.value.__cause__ is None, "a chained parser or pydantic error would print the file"
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


def test_dotted_counts_rows_from_one() -> None:
    assert dotted(("work_history", 2, "from")) == "work_history[3].from"
