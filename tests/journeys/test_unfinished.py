"""The panel after a run that did not come to its end, and on a portal where saving is the person's: it shows what is left."""

import pytest


def held(mock, section):
    return mock.state()["applications"][0]["sections"].get(section, {})


@pytest.mark.parametrize(("section", "left"), [(1, "护照号码"), (4, "学校名称")])
def test_a_run_that_stops_inside_a_section_shows_what_is_left_of_it_and_says_nothing_of_all_being_well(
    session, lee, section, left
):
    def at(title, number):
        session.panel_section(title, number)
        if number == section:
            session.person.press("由我接手")

    report = session.fill(lee, on_section=at)
    assert report.stopped is not None
    unwritten = [one for one in report.sections[section - 1].outcomes if not one.calm and one.status != "by-hand"]
    assert unwritten and {one.reason for one in unwritten} == {"not-saved"}

    def script(person):
        yield
        assert person.sees("您已接手") and person.sees("本次没有全部完成")
        assert not person.sees("全部栏目已填写并核对一致")
        assert [one for one in person.buttons("已手工处理：") if left in one]
        yield

    session.review(report, script)


def test_on_an_unverified_portal_the_person_sees_what_was_read_back_before_they_are_asked_to_save(
    unverified_session, mock, lee
):
    session, seen = unverified_session, []
    page = session.page.page

    def script(person):
        yield
        page.get_by_text("工作许可", exact=True).click()
        page.get_by_role("menuitem", name="工作许可延期").click()
        page.get_by_text("跳过指引,直接办理").click()
        page.locator("label.el-checkbox", has_text="居留许可(延期)").click()
        page.get_by_role("button", name="立即办理业务").click()
        page.get_by_placeholder("请输入申请人护照号码").fill(lee.passport.number)
        page.get_by_role("button", name="下一步").click()
        page.get_by_role("tab", name="个人信息").wait_for()
        page.wait_for_timeout(500)
        person.press("继续")
        yield
        while not person.sees("本页已填好"):
            if "按勾选填写" in person.buttons():
                person.press("按勾选填写")
            elif "允许并记住" in person.buttons():
                person.press("继续")  # The guard held an upload back; it stays so.
            yield
        seen.extend(person.buttons("在页面上查看："))
        assert "护照号码" not in held(mock, "personal"), "nothing is saved yet"
        page.get_by_role("button", name="暂存").click()
        page.wait_for_load_state("networkidle")
        person.press("由我接手")
        yield

    report = session.fill(lee, sections=("personal",), script=script)
    assert report.stopped is None
    assert "在页面上查看：护照号码" in seen and len(seen) >= 3
    assert held(mock, "personal")["护照号码"] == lee.passport.number
