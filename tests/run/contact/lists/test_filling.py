"""Promises of assistant/run/contact/lists/filling.py: a button adds to the list that it, or the heading above it, speaks of."""

import pytest

from assistant.drift.meaning.judge import PageJudge
from assistant.drift.vocabulary import every_word
from assistant.page.form_page import Button
from assistant.profile.loading import Profile
from assistant.run.contact.lists.filling import lists_on
from assistant.run.plan import load_known


def button(text: str, *context: str) -> Button:
    return Button(frame=0, id=1, text=text, context=context)


@pytest.mark.parametrize(
    ("pressed", "each"),
    [
        (button("新增求学情况"), ["education"]),
        (button("加行 Add", "工作经历 Jobs"), ["work_history"]),
        (button("Add line", "Employment history"), ["work_history"]),
        (button("再加一位家属"), ["family"]),
        (Button(0, 1, "加行 Add", ("新档案",), before="学习经历 Studies"), ["education"]),
        (Button(0, 1, "Add line", before="Employment history"), ["work_history"]),
        (Button(0, 1, "添加一行", ("外国人事务",), before="学习简历"), ["education"]),
        (Button(0, 1, "添加一行", ("外国人事务",), before="工作简历"), ["work_history"]),
        (button("加行 Add", "往来信件 Letters"), []),
        (button("提交家属"), []),
    ],
)
def test_a_button_adds_to_the_one_list_it_speaks_of(lee: Profile, pressed: Button, each: list[str]) -> None:
    known = load_known(lee)
    judge = PageJudge(every_word(), {}, known.look)
    assert [one.each for one in lists_on([pressed], judge, known.rows, ())] == each
