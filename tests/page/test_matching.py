"""A field is matched to the one control that bears its label in its block, or to none."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from assistant.normalize import same_label
from assistant.page.matching import match, match_all
from assistant.page.snapshot import Control, Snapshot


@dataclass(frozen=True)
class Field:
    labels: tuple[str, ...]
    block: str | None = None
    nth: int | None = None


def page(*controls: tuple[str, str, str]) -> Snapshot:
    """A page of (label, kind, block)."""
    return Snapshot(
        tuple(
            Control(0, number, kind, "native", label, context=(block,))
            for number, (label, kind, block) in enumerate(controls)
        )
    )


def test_a_label_that_only_begins_alike_is_not_found() -> None:
    assert match(Field(("姓名",)), "text", page(("姓名拼音", "text", ""))).reason == "not-found"


def test_the_block_tells_equal_labels_apart() -> None:
    found = match(
        Field(("姓名",), "紧急联系人"), "text", page(("姓名", "text", "申请人"), ("姓名", "text", "紧急联系人"))
    )
    assert found.control is not None
    assert found.control.id == 1


def test_a_tie_is_a_refusal() -> None:
    assert match(Field(("姓名",)), "text", page(("姓名", "text", "甲"), ("姓名", "text", "乙"))).reason == "ambiguous"


def test_a_hidden_control_is_told_from_a_missing_one() -> None:
    hidden = Snapshot((Control(0, 0, "text", "native", "姓名", visible=False),))
    assert match(Field(("姓名",)), "text", hidden).reason == "hidden"


def test_the_kind_narrows_but_never_widens() -> None:
    both = page(("备注", "upload", ""), ("备注", "textarea", ""))
    assert match(Field(("备注",)), "text", both).control is both.controls[1]
    assert match(Field(("备注",)), "date", page(("备注", "upload", ""))).reason == "unsupported"


def test_two_fields_never_share_a_control() -> None:
    found = match_all([(Field(("姓名",)), "text"), (Field(("姓名", "名字")), "text")], page(("姓名", "text", "")))
    assert [one.reason for one in found] == ["ambiguous", "ambiguous"]


LABELS = st.sampled_from(["姓名", "* 姓名：", "姓名拼音", "电话", "联系电话", "電話", ""])
KINDS = st.sampled_from(["text", "select", "date", "upload"])


@given(
    st.lists(st.tuples(LABELS, KINDS, st.sampled_from(["甲", "乙"])), max_size=8),
    LABELS,
    KINDS,
    st.sampled_from([None, "甲", "乙"]),
)
def test_what_is_matched_always_bears_the_label_in_the_block(
    controls: list[tuple[str, str, str]], label: str, kind: str, block: str | None
) -> None:
    snapshot = page(*controls)
    found = match(Field((label,), block), kind, snapshot).control
    bearing = [one for one in snapshot.controls if same_label(one.label, label) and block in (None, *one.context)]
    assert found is None or (found in bearing and same_label(found.label, label))
    assert bearing or found is None
