"""A whole life at the desk in a real browser, by roles and names only, as somebody who has never seen it."""

import pytest
from playwright.sync_api import expect

from assistant.profile.loading import load_profile, read_raw
from assistant.store.applicant_folder import PlainFolder

ROSTER = "姓,名,性别,出生日期,国籍,护照号码,护照有效期至\nGARCIA,ANA,女,1990-05-06,西班牙,XDE765432,2031-02-03\n"
MINUTES = 60_000


@pytest.mark.nightly
@pytest.mark.timeout(400)
def test_from_a_roster_to_next_year(page, served, desk_folder, tmp_path):
    home = desk_folder / "sample-lee"
    file = home / "profile.yaml"
    whole = load_profile(PlainFolder(home))
    text = file.read_text(encoding="utf-8")
    text = text.replace("number: M98765432", "number: M9").replace("13800000011", "138000")
    file.write_text(text, encoding="utf-8")
    roster = tmp_path / "名册.csv"
    roster.write_text(ROSTER, encoding="utf-8")

    page.goto(served)
    page.get_by_role("button", name="导入").click()
    page.get_by_label("选择文件").set_input_files(roster)
    page.get_by_role("button", name="读取", exact=True).click()
    page.get_by_role("button", name="确认导入").click()
    expect(page.get_by_text("已导入 1 位申请人")).to_be_visible()
    assert read_raw(PlainFolder(desk_folder / "garcia-ana")).data["passport"]["number"] == "XDE765432"

    page.get_by_role("link", name="名册").click()
    row = page.get_by_role("row").filter(has_text="sample-lee")
    row.get_by_role("link", name="补全资料").click()
    expect(page.get_by_role("alert")).to_contain_text("2 处需要修改")
    page.get_by_label("护照号码").first.fill("M98765432")
    page.get_by_label("在中国工作电话").fill("13800000011")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("已保存。", exact=True)).to_be_visible()
    assert load_profile(PlainFolder(home)).passport.number == whole.passport.number

    page.get_by_role("link", name="核对", exact=True).click()
    expect(page.get_by_text("可以申请：")).to_be_visible()
    page.get_by_role("link", name="下一步").click()
    page.get_by_label("演练").check()
    page.get_by_role("button", name="开始填写").click()
    expect(page.get_by_role("button", name="停止")).to_be_visible()
    expect(page.get_by_role("heading", name="演练：已结束")).to_be_visible(timeout=4 * MINUTES)
    expect(page.get_by_role("rowheader", name="个人信息").first).to_be_visible()
    with page.expect_popup() as opened:
        page.get_by_role("link", name="核对单").click()
    expect(opened.value.get_by_text("M98765432").first).to_be_visible()
    opened.value.close()

    page.get_by_role("link", name="提交之后").click()
    expect(page.get_by_text("演练了一次")).to_be_visible()
    page.get_by_label("现在到了").select_option(label="已提交")
    page.get_by_role("button", name="更改阶段").click()
    with page.expect_popup() as opened:
        page.get_by_role("link", name="现场办理清单").click()
    expect(opened.value.get_by_role("heading", name="现场办理清单")).to_be_visible()
    opened.value.close()
    page.get_by_role("button", name="建立明年的资料").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert (desk_folder / "sample-lee-2026" / "profile.yaml").is_file()
    assert load_profile(PlainFolder(home)) == whole
