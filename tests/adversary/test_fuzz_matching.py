"""Whatever labels a page shows, no field of either pack is ever matched to a control of another name.

The judge is not the matcher's own notion of sameness: each control is made from a known name and a decoration that a
page may add (marks, colons, blanks, width, a hint), so that the test knows what it is called.
"""

import unicodedata
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.normalize import same_label
from assistant.page.matching import drives, match_all
from assistant.page.snapshot import Control, Snapshot
from assistant.portal.loading import load_portal
from assistant.portal.model import Portal
from assistant.portal.section import CONTROLS, Field, Section, Upload

HARMLESS = ("{}", "{}：", "* {}", "*{}:", " {} ", "{}　：", "＊{}", "{}（必填）", "{} (optional)", "{}？")
# What makes another name of a name: it must never be taken for the first.
ALTERING = (
    "{}",
    "{}",
    "{}信息",
    "{}A",
    "是否{}",
    "原{}",
    "{}2",
    "{}(旧)",
    "{}拼音",
    "其他{}",
    "non-{}",
    "{}{}",
    "{}/姓",
    "",
)
KINDS = (*CONTROLS, "upload", "unknown")


@pytest.fixture(scope="module", params=["shenzhen", "national"])
def portal(request: pytest.FixtureRequest) -> Portal:
    return load_portal(request.param)


def name_of(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


@settings(max_examples=60)
@given(data=st.data())
def test_a_field_is_never_matched_to_a_control_of_another_name(portal: Portal, data: st.DataObject) -> None:
    section: Section = data.draw(st.sampled_from(portal.sections))
    own = [label for one in (*section.fields, *section.uploads) for label in one.labels]
    every = [label for one in portal.sections for field in one.fields for label in field.labels]
    headings = [field.block for field in section.fields if field.block] + [section.title, "其他"]
    names: dict[int, str] = {}
    controls = []
    for number in range(data.draw(st.integers(0, 14))):
        base = data.draw(
            st.sampled_from(own or every) | st.sampled_from(every) | st.text("姓名护照国籍日期", max_size=4)
        )
        name = data.draw(st.sampled_from(ALTERING)).format(base, base)
        names[number] = name_of(name)
        label = data.draw(st.sampled_from(HARMLESS)).format(name)
        kind, visible = data.draw(st.sampled_from(KINDS)), data.draw(st.booleans()) or data.draw(st.booleans())
        context = (section.title, data.draw(st.sampled_from(headings)))
        controls.append(Control(0, number, kind, "native", label, context=context, visible=visible))

    wanted = [(one, one.control) for one in section.fields]
    matches = match_all(wanted, Snapshot(tuple(controls)))

    taken = Counter(hit.control.id for hit in matches if hit.control)
    assert not taken or max(taken.values()) == 1, "two fields share a control"
    for (field, kind), hit in zip(wanted, matches, strict=True):
        called = {name_of(label) for label in field.labels}
        bearing = [
            one
            for one in controls
            if names[one.id] in called and one.visible and (field.block is None or field.block in one.context)
        ]
        if hit.control is None:
            assert hit.reason is not None
            continue
        assert names[hit.control.id] in called
        assert hit.control in bearing
        assert drives(kind, hit.control.kind)
        assert [one for one in bearing if drives(kind, one.kind)] == [hit.control], "one of several was guessed"


# ---- names nobody thought of ------------------------------------------------------------------------------------------

# What a bracket behind a name may say: only how to answer, or which of two questions is meant.
HINTS = ("必填", "选填", "optional", "最多200字", "请与护照一致")
TELLING = ("旧", "职业", "邀请人", "开始", "结束", "英文", "2", "必填项目名称")
LETTERS = st.sampled_from("姓名护照号码国籍原曾非其他开始结束中英文父母1AB")


def letters(text: str) -> str:
    """Only what a reader says aloud."""
    return "".join(one for one in unicodedata.normalize("NFKC", text).casefold() if one.isalnum())


@st.composite
def near(draw: st.DrawFn, names: list[str]) -> tuple[str, str]:
    """A label of the page and the letters of its name: a name of the pack with a letter more, less or another, and
    perhaps a bracket."""
    name = draw(st.sampled_from(names))
    for _ in range(draw(st.sampled_from((0, 0, 1, 1, 2)))):
        at = draw(st.integers(0, len(name)))
        name = name[:at] + draw(LETTERS | st.just("")) + name[at + draw(st.integers(0, 1)) :]
    telling = draw(st.sampled_from(("", "", *TELLING)))
    hint = draw(st.sampled_from(("", "", *HINTS)))
    called = f"{name}({telling})" if telling else name
    return draw(st.sampled_from(HARMLESS[:5])).format(f"{called}（{hint}）" if hint else called), letters(called)


@settings(max_examples=80)
@given(data=st.data())
def test_fields_columns_and_slots_take_no_control_whose_name_differs_in_a_letter(
    portal: Portal, data: st.DataObject
) -> None:
    groups = [group for section in portal.sections for group in groups_of(section)]
    wanted = data.draw(st.sampled_from(groups))
    names = [label for one, _ in wanted for label in one.labels]
    heading = data.draw(st.sampled_from([one.block for one, _ in wanted]))
    shown = data.draw(st.lists(near(names), max_size=12))
    kinds = st.sampled_from([kind for _, kind in wanted]) | st.sampled_from(KINDS)
    controls = [
        Control(0, number, data.draw(kinds), "native", label, context=(heading,) if heading else ())
        for number, (label, _) in enumerate(shown)
    ]

    for (one, kind), hit in zip(wanted, match_all(wanted, Snapshot(tuple(controls))), strict=True):
        if hit.control is not None:
            assert any(same_label(hit.control.label, label) for label in one.labels)
            assert shown[hit.control.id][1] in {letters(label) for label in one.labels}
            assert drives(kind, hit.control.kind)


def groups_of(section: Section) -> list[list[tuple[Field | Upload, str]]]:
    """What is matched together: a section's fields, its upload slots, the columns of each of its tables."""
    groups: list[list[tuple[Field | Upload, str]]] = [
        [(one, one.control) for one in section.fields],
        [(one, "upload") for one in section.uploads],
        *([(one, one.control) for one in table.fields] for table in section.tables),
    ]
    return [group for group in groups if group]
