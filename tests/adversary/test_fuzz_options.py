"""An option, a path, a text or a number is the wanted one only when it says the same: any character more or less is not.

How a page may write the same (width, blanks, brackets) comes from a list here; whatever changes a letter or a digit, adds
or drops one, must never count as held.
"""

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assistant.page.engine import KINDS
from assistant.page.kinds import empty, iso
from assistant.portal.loading import load_portal

TABLES = {name: table for pack in ("shenzhen", "national") for name, table in load_portal(pack).tables.items()}
WORDINGS = sorted({text for table in TABLES.values() for option in table.options.values() for text in option.accepted})
SAME = (
    lambda text: text,
    lambda text: f" {text} ",
    lambda text: text.replace("(", "（").replace(")", "）"),
    lambda text: text.replace("（", "(").replace("）", ")"),
    lambda text: "".join(
        chr(ord(letter) + 0xFEE0) if letter.isdigit() and letter.isascii() else letter for letter in text
    ),
)
LETTERS = st.sampled_from("中国男女一二其他学士ABz019香港")


def bare(text: str) -> str:
    """Only what a reader says aloud."""
    return "".join(letter for letter in text if letter.isalnum())


@settings(max_examples=150)
@given(st.sampled_from(sorted(TABLES)), st.data())
def test_an_option_of_another_code_is_never_taken_for_the_wanted_one(name: str, data: st.DataObject) -> None:
    options = TABLES[name].options
    code, other = data.draw(st.sampled_from(sorted(options))), data.draw(st.sampled_from(sorted(options)))
    accepted = options[code].accepted
    shown = data.draw(st.sampled_from(options[other].accepted))
    written = data.draw(st.sampled_from(SAME))(shown)
    for kind in ("select", "radio", "cascader"):
        assert KINDS[kind].holds(accepted[0], accepted, written) == (code == other), (name, code, other)


@settings(max_examples=200)
@given(st.sampled_from(WORDINGS), LETTERS, st.data())
def test_a_letter_more_or_less_is_another_option(wording: str, letter: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(wording)))
    for changed in (wording[:place] + letter + wording[place:], wording[:place] + wording[place + 1 :]):
        if bare(changed) == bare(wording):
            continue
        for kind in ("select", "radio", "cascader", "text"):
            assert not KINDS[kind].holds(wording, (wording,), changed), kind
        assert not KINDS["multi-select"].holds((wording,), (), [changed])
        assert not KINDS["checkbox-group"].holds((wording,), (), [wording, changed])


@given(st.lists(st.sampled_from(WORDINGS), min_size=1, max_size=4, unique=True), st.data())
def test_several_choices_are_held_only_as_the_whole_set(wanted: list[str], data: st.DataObject) -> None:
    shown = data.draw(st.lists(st.sampled_from(wanted), max_size=5))
    held = KINDS["multi-select"].holds(tuple(wanted), (), shown)
    assert held == (sorted(shown) == sorted(wanted))


@given(
    st.dates(), st.dates(), st.sampled_from(["%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日", "%Y%m%d", "%d/%m/%Y", "%m-%d-%Y"])
)
def test_a_date_is_held_only_when_it_is_that_day(wanted: object, shown: object, form: str) -> None:
    day, other = str(wanted), shown.strftime(form)  # type: ignore[attr-defined]
    if KINDS["date"].holds(day, (), other):
        assert wanted == shown
        assert iso(other) == day
    elif wanted == shown:
        assert form.startswith(("%d", "%m")) or shown.year < 1000  # type: ignore[attr-defined]


@given(st.decimals("-99999999", "99999999", places=2), st.decimals("-99999999", "99999999", places=2))
def test_a_number_is_held_only_when_it_is_that_amount(wanted: object, shown: object) -> None:
    for text in (f"{shown:f}", f"{shown:,.2f}"):
        assert KINDS["number"].holds(f"{wanted:f}", (), text) == (wanted == shown)


@given(st.text(max_size=30), st.text(max_size=30))
def test_a_text_is_held_only_character_by_character(wanted: str, shown: str) -> None:
    assume(wanted.split() != shown.split())
    assert not KINDS["text"].holds(wanted, (), shown)
    assert empty(shown) == (not shown.strip())
