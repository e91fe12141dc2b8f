"""The snapshot is plain data: sections, dialogs and frames are cut out of it without any browser."""

from assistant.page.snapshot import Control, PageTable, Snapshot, from_page


def control(label: str, *context: str, dialog: int | None = None) -> Control:
    return Control(0, hash(label) % 1000, "text", "native", label, context=context, value="E1234567", dialog=dialog)


def test_values_never_show_in_its_representation() -> None:
    table = PageTable(0, 1, ("护照号码",), (("E1234567",),))
    assert "E1234567" not in repr(Snapshot((control("护照号码"),), (table,)))


def test_a_section_is_what_stands_under_its_heading() -> None:
    page = Snapshot((control("姓名", "个人信息"), control("名称", "单位信息")), headings=("个人信息", "单位信息"))
    assert [one.label for one in page.in_section(["个人信息"]).controls] == ["姓名"]


def test_a_section_that_is_not_there_is_empty() -> None:
    assert Snapshot((control("姓名", "个人信息"),)).in_section(["学历"]).controls == ()


def test_a_selected_tab_makes_the_whole_page_its_section() -> None:
    page = Snapshot((control("姓名"),), selected=("个人信息",))
    assert page.in_section(["个人信息"]).controls == page.controls


def test_the_dialog_opened_last_is_the_one_looked_into() -> None:
    page = Snapshot((control("甲", dialog=0), control("乙", dialog=1), control("丙")), dialogs=("一", "二"))
    assert [one.label for one in page.in_dialog().controls] == ["乙"]
    assert [one.label for one in page.outside_dialogs().controls] == ["丙"]


def test_frames_are_joined_and_a_frame_that_went_away_is_left_out() -> None:
    raw = {
        "id": 7,
        "kind": "text",
        "library": "native",
        "label": "姓名",
        "options": None,
        "context": ["甲"],
        "dialog": 0,
    }
    seen = {"controls": [dict(raw)], "tables": [], "dialogs": ["一"], "headings": [], "selected": []}
    page = from_page([{**seen, "controls": [dict(raw)]}, None, {**seen, "controls": [dict(raw)]}])
    assert [(one.frame, one.id, one.dialog) for one in page.controls] == [(0, 7, 0), (2, 7, 1)]


def test_what_a_person_is_told_of_a_control_has_none_of_the_marks_around_its_label() -> None:
    told = {
        Control(0, 0, "text", "", label).name for label in ("*护照号码：", "护照号码 ＊", " 护照号码:*", "护照号码")
    }
    assert told == {"护照号码"}
