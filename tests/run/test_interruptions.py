"""What a run does when something comes between: the person's own hand, a lost login, windows and message boxes.

The mock's server is asked what was written; the person is an observer that acts on the page the way a person does.
"""

import re
import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Page

from assistant.run.handover import Given, Unattended
from assistant.run.interruptions import nameless
from fixtures.onlooker import Onlooker


def changed(profile, part: str, **values: object):
    return profile.model_copy(update={part: getattr(profile, part).model_copy(update=values)})


def statuses(report, section: str) -> dict[str, tuple[str, str | None]]:
    found = next(one for one in report.sections if one.key == section)
    return {one.label: (one.status, one.reason) for one in found.outcomes}


def held(mock, section: str) -> dict:
    return mock.state()["applications"][0]["sections"].get(section, {})


class Person(Onlooker):
    """Somebody at the browser: `acts` once the run reaches the section, and answers what it is asked with `does`."""

    def __init__(
        self,
        page: Page,
        *,
        at: int = 0,
        acts: Callable[[Page], None] = lambda _: None,
        does: Callable[[Page], bool] = lambda _: True,
    ) -> None:
        self.page, self.at, self.acts, self.does = page, at, acts, does
        self.told: list[str] = []
        self.asked: list[str] = []
        self.sections: list[str] = []
        self.reached: list[int] = []
        """How many sections had begun at each question."""

    def tell(self, what) -> None:
        self.told.append(what.en)

    def section(self, title: str, number: int, total: int) -> None:
        self.sections.append(title)
        if number == self.at:
            self.acts(self.page)

    def ask(self, what) -> Given[bool]:
        self.asked.append(what.en)
        self.reached.append(len(self.sections))
        return Given(self.does(self.page))


# -- the person's own hand ----------------------------------------------------------------------------------------------

# In the middle of the pass that writes the section: somebody is told that the tool just wrote its third value.
AFTER_THE_THIRD = """() => {
  let written = 0;
  addEventListener("change", () => { if (++written === 3) globalThis.thirdWritten(); }, true);
}"""


def types_mid_write(label: str, text: str) -> Callable[[Page], None]:
    """Real input, brought by the browser, into a field the tool has not come to yet, while it writes another."""

    def arm(page: Page) -> None:
        session = page.context.new_cdp_session(page)
        field = page.locator(".el-form-item", has_text=label).locator("input").first
        field.scroll_into_view_if_needed()
        box = field.bounding_box()
        assert box is not None
        at = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2, "button": "left", "clickCount": 1}

        def act(_source: object) -> None:
            session.send("Input.dispatchMouseEvent", {"type": "mousePressed", **at})
            session.send("Input.dispatchMouseEvent", {"type": "mouseReleased", **at})
            session.send("Input.insertText", {"text": text})

        page.expose_binding("thirdWritten", act)
        page.evaluate(AFTER_THE_THIRD)

    return arm


def test_typing_while_the_tool_writes_stops_it_at_the_next_field_and_what_was_typed_stays(running, mock, lee):
    """Even with --overwrite: what the person typed during the run is theirs."""
    view = running.page.page
    empty_then: list[int] = []

    def looks_and_goes_on(page: Page) -> bool:
        page.wait_for_timeout(300)
        boxes = page.locator(".section-form input[type=text]")
        empty_then.append(sum(not value for value in boxes.evaluate_all("all => all.map((one) => one.value)")))
        return True

    person = Person(view, at=1, acts=types_mid_write("紧急情况联系人", "TYPED"), does=looks_and_goes_on)
    report = running.fill(lee, observer=person, sections=("personal",), overwrite=True)

    assert report.stopped is None
    assert len(person.asked) == 1 and "typed or clicked" in person.asked[0]
    assert empty_then[0] > 8, "the tool went on writing"
    found = statuses(report, "personal")
    assert found.pop("紧急情况联系人") == ("kept", "different-value")
    assert held(mock, "personal")["紧急情况联系人"] == "TYPED"
    assert {status for status, _ in found.values()} <= {"verified", "already", "skipped"}, found
    assert report.counts["verified"] > 15, "what was written before the stop is still the tool's work"


def test_where_nobody_can_be_asked_the_persons_hand_ends_the_run(running, mock, lee):
    person = Person(running.page.page, at=1, acts=types_mid_write("紧急情况联系人", "TYPED"), does=lambda _: False)
    report = running.fill(lee, observer=person, sections=("personal", "business"))

    assert report.exit_code == 1 and report.stopped is not None
    assert "typed or clicked" in report.stopped.what.en
    assert person.sections == ["个人信息"]
    assert not any(one["method"] == "PUT" for one in mock.state()["requests"])
    assert running.guard.holder == "person"


def test_a_person_who_presses_submit_meanwhile_is_told_that_nothing_was_submitted(running, mock, lee):
    view = running.page.page

    def presses(page: Page) -> None:
        page.evaluate(
            "document.body.insertAdjacentHTML('beforeend', '<button id=mine style=position:fixed;top:0>提交</button>')"
        )
        page.locator("#mine").click()
        page.evaluate("document.querySelector('#mine').remove()")

    person = Person(view, at=1, acts=presses)
    report = running.fill(lee, observer=person, sections=("personal",))
    assert report.stopped is None and report.for_the_person == []
    assert len(person.asked) == 1 and "nothing was submitted" in person.asked[0]
    assert mock.state()["submits"] == 0


# -- login, windows, message boxes ----------------------------------------------------------------------------------------


def logs_in_again(page: Page) -> bool:
    page.reload()
    page.get_by_text("退出登录").first.wait_for()
    return True


FOUR = ("personal", "business", "residence", "education")


@pytest.mark.parametrize("when", [{"expire_after": 0}, {"log_out_mid_upload": 1}], ids=["section 4", "upload"])
def test_after_a_lost_login_the_draft_is_opened_again_and_the_section_goes_on(running, mock, lee, when):
    """What is under way is done once more, nothing else."""
    expires = "expire_after" in when
    person = Person(running.page.page, at=4 if expires else 0, acts=lambda _: mock.faults(**when), does=logs_in_again)
    if not expires:
        mock.faults(**when)
    sections = FOUR if expires else ("personal", "business", "education")
    report = running.fill(lee, observer=person, sections=sections)

    assert report.stopped is None
    assert len(person.asked) == 1 and "Log in again" in person.asked[0]
    assert person.reached == [4 if expires else 1], "the section that was being filled when the login was lost"
    assert {one.status for section in report.sections for one in section.outcomes} <= {"verified", "already", "skipped"}
    (application,) = mock.state()["applications"]
    assert len(application["sections"]["education"]) == len(lee.education)
    assert [len(files) for files in application["attachments"].values()] == [1]
    saved = [one["path"].rsplit("/", 1)[1] for one in mock.state()["requests"] if one["method"] == "PUT"]
    assert max(saved.count(section) for section in sections) <= 2
    assert sum(saved.count(section) == 2 for section in sections) <= 1, saved
    assert mock.state()["submits"] == 0


def test_an_unknown_page_is_named_and_the_run_goes_on_when_the_form_is_back(running, mock, lee):
    def another_page(page: Page) -> None:
        page.evaluate(
            """() => { for (const one of document.body.children) one.hidden = one.style.display = "none";
            document.body.insertAdjacentHTML("beforeend", "<main id=notice><h1>系统维护公告</h1><p>请稍后再来</p></main>"); }"""
        )

    def form_is_back(page: Page) -> bool:
        page.evaluate("document.querySelector('#notice').remove()")
        page.evaluate(
            "() => { for (const one of document.body.children) { one.hidden = false; one.style.display = ''; } }"
        )
        return True

    person = Person(running.page.page, at=2, acts=another_page, does=form_is_back)
    report = running.fill(lee, observer=person, sections=("personal", "business"))
    assert report.stopped is None and report.for_the_person == []
    assert len(person.asked) == 1 and "系统维护公告" in person.asked[0]
    assert held(mock, "business")["单位名称"]


def test_a_window_over_the_form_is_named_and_left_to_the_person(running, mock, lee):
    mock.faults(modal={"after_ms": 100})

    def closes_it(page: Page) -> bool:
        page.get_by_role("dialog").get_by_role("button", name="确定").click()
        return True

    person = Person(running.page.page, does=closes_it)
    report = running.fill(lee, observer=person, sections=("personal", "business"))
    assert report.stopped is None and report.for_the_person == []
    # It comes with the document: once at first, and once when everything is read again from the server.
    assert len(person.asked) == 2 and all("系统通知" in one for one in person.asked)


def test_message_boxes_are_closed_with_no_and_what_they_asked_is_left_to_the_person(running, mock, lee):
    """An alert is told; a question stops the tool, and nobody has said yes."""
    view = running.page.page
    asks = """() => { alert("保存前请核对 KIM"); sessionStorage.answer = confirm("确定放弃 M12345678 的修改吗？"); }"""

    def page_asks(page: Page) -> None:
        page.evaluate(f"() => setTimeout({asks}, 50)")
        page.wait_for_timeout(200)

    person = Person(view, at=2, acts=page_asks)
    report = running.fill(lee, observer=person, sections=("personal", "business"))
    assert report.stopped is None and report.for_the_person == []
    assert any("保存前请核对 …" in one for one in person.told)
    (asked,) = person.asked
    assert "确定放弃 … 的修改吗" in asked and "M12345678" not in asked
    assert view.evaluate("sessionStorage.answer") == "false"


def test_a_laptop_that_slept_finds_its_login_gone_and_a_second_run_goes_on(running, mock, lee, monkeypatch):
    """An hour passes within the fourth section, for the tool's clocks and the page's; the server has forgotten the login."""
    passed = {"hours": 0}
    monotonic = time.monotonic
    monkeypatch.setattr(time, "monotonic", lambda: monotonic() + 3600 * passed["hours"])

    def sleeps(page: Page) -> None:
        passed["hours"] = 1
        page.evaluate(
            "() => { for (const clock of [performance, Date]) { const now = clock.now.bind(clock); clock.now = () => now() + 3600000; } }"
        )
        mock.faults(expire_after=0)

    nobody = Person(running.page.page, at=4, acts=sleeps, does=lambda _: False)
    first = running.fill(lee, observer=nobody)
    assert first.exit_code == 1 and first.stopped is not None
    assert "run the same command again" in first.stopped.what.en
    assert "education" not in mock.state()["applications"][0]["sections"]

    second = running.fill(lee)
    assert second.stopped is None and second.for_the_person == []
    whole = {one.key: {outcome.status for outcome in one.outcomes} for one in second.sections}
    assert "verified" not in whole["business"] and "verified" not in whole["residence"], "saved sections are not redone"
    assert len(held(mock, "education")) == len(lee.education)


def test_what_a_page_says_is_told_without_the_applicants_data():
    said = nameless("确定放弃 KIM MINJI（M12345678）和 李敏雅 的修改吗？", ["李敏雅"])
    assert said == "确定放弃 … …（…）和 … 的修改吗？"
    assert len(nameless("长" * 300)) < 50


PRIVATE = ("李敏雅", "李 敏", "Li", "JOSÉ", "深圳市样例科技有限公司", "M12345678", "王", "kim@example.com")


def as_a_page_sets_it(value: str, way: int) -> str:
    """The value with wider blanks, in capitals, in small letters, its letters apart, or as it is."""
    return (value, value.replace(" ", "   "), value.upper(), value.lower(), " ".join(value))[way]


@given(
    st.lists(
        st.tuples(st.sampled_from(PRIVATE), st.integers(0, 4))
        | st.sampled_from(("确定放弃", "的修改吗？", " ", "：", "（"))
        | st.from_regex(r"[A-Z]{0,3}[0-9０-９]{1,9}[A-Z-]{0,2}", fullmatch=True)
        | st.text("ＡＢÉéabc 天地", max_size=6),
        max_size=6,
    )
)
def test_no_private_value_and_no_code_outlives_the_naming_of_a_window(pieces: list[str | tuple[str, int]]) -> None:
    said = nameless("".join(one if isinstance(one, str) else as_a_page_sets_it(*one) for one in pieces), PRIVATE)
    apart = "".join(said.split()).casefold()
    assert not [value for value in PRIVATE if len(value) > 1 and "".join(value.split()).casefold() in apart]
    assert not [one for one in said if one.isdigit()]
    assert not re.search(r"[A-Za-zÉéＡ-Ｚａ-ｚ]{3}", said)
    assert len(said) <= 41


def test_where_nobody_can_be_asked_the_pen_is_not_let_go_even_for_a_moment(running, mock, lee):
    """A window lies over the form, which is a person's to answer: a page's own script may submit within milliseconds."""
    mock.faults(modal={"after_ms": 0, "times": 3}, script="submit")
    held: list[str] = []
    running.guard.on_change.append(held.append)
    report = running.fill(lee, observer=Unattended(), sections=("attachments",))
    assert report.stopped is not None and report.exit_code == 1
    assert set(held) == {"tool"}
    assert mock.state()["submits"] == 0
