"""Promises of assistant/run/contact/owner.py: another's name, number or birthday stops; a blank form names nobody."""

import pytest

from assistant.drift.vocabulary import every_word
from assistant.page.snapshot import Control, Snapshot
from assistant.profile.loading import Profile
from assistant.run.contact.owner import FormOwner
from assistant.run.plan import load_known


def page(*boxes: tuple[str, str], context: tuple[str, ...] = ("个人信息",)) -> Snapshot:
    controls = (
        Control(frame=0, id=number, kind="text", library="native", label=label, value=value, context=context)
        for number, (label, value) in enumerate(boxes)
    )
    return Snapshot(tuple(controls))


@pytest.fixture
def owner(lee: Profile) -> FormOwner:
    return FormOwner(every_word(), load_known(lee).look)


BLANK = page(("英文姓氏（照护照）", ""), ("旅行证件编号", ""))


@pytest.mark.parametrize(
    ("seen", "stated", "evidence"),
    [
        (BLANK, (), "blank"),
        (BLANK, (("申请人", "未填写"), ("经办人", "王样例")), "blank"),
        (BLANK, (("申请人", "LEE MINJUN"),), "own"),
        (BLANK, (("Name of candidate", "PARK JISU"),), "another"),
        (BLANK, (("Document No.", "M12345678"),), "another"),
        (BLANK, (("申请人 Applicant", "PARK JISU"),), "another"),
        (BLANK, (("办理对象", "PARK JISU"),), "another"),
        (BLANK, (("当前申请人", "LEE MINJUN"),), "own"),
        (BLANK, (("护照号码", "M98****32"),), "own"),
        (page(("英文姓氏", "PARK")), (), "another"),
        (page(("Surname", "lee")), (), "own"),
        (page(("出生日期", "1990-01-01")), (), "another"),
        (page(("出生日期", "1988-03-14")), (), "blank"),
        (page(("姓名", "KIM SEOYEON"), context=("家属信息",)), (), "blank"),
        (page(("旅客姓名", "PARK JISU")), (), "another"),
        (page(("证件号码 Permit No.", "EX0000001"), context=("护照及许可 Passport", "居留证件")), (), "blank"),
        (page(("证件号码", "E00000001"), context=("护照及许可 Passport", "护照")), (), "another"),
    ],
)
def test_what_the_page_says_of_whose_form_it_is(
    owner: FormOwner, seen: Snapshot, stated: tuple[tuple[str, str], ...], evidence: str
) -> None:
    assert owner.evidence(seen, stated)[0] == evidence


def test_the_rows_of_a_list_say_nothing_of_whose_form_it_is(owner: FormOwner) -> None:
    """What stands in a column is a relative's, whatever the column is called."""
    row = Control(frame=0, id=1, kind="text", library="native", label="Surname", label_source="head", value="KIM")
    assert owner.evidence(Snapshot((row,)), ()) == ("blank", "")
