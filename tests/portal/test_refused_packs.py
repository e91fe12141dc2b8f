"""A pack is used whole or not at all: each defect is refused where it stands, by the models or by the pack's linter."""

import sys
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import PackError
from assistant.portal.loading import CONTROLS, load_portal

PORTAL = "portals/shenzhen/portal.yaml"
PERSONAL = "portals/shenzhen/sections/01-personal.yaml"
BUSINESS = "portals/shenzhen/sections/02-business.yaml"
EDUCATION = "portals/shenzhen/sections/04-education.yaml"
FAMILY = "portals/shenzhen/sections/06-family.yaml"
ATTACHMENTS = "portals/shenzhen/sections/07-attachments.yaml"
COUNTRY = "options/country.yaml"

DEFECTS = {
    "unknown-control": (PERSONAL, "control: radio", "control: raido", "fields › applicant.sex › control", "radio"),
    "unknown-key": (PERSONAL, "required: true", "requierd: true", "applicant.surname › requierd", "required"),
    "unknown-key-in-portal": (PORTAL, "navigation:", "navigatoin: titles\nnavigation:", "navigatoin", "navigation"),
    "no-label": (PERSONAL, "labels: [性别], ", "", "fields › applicant.sex › labels", "缺少"),
    "no-labels-in-list": (PERSONAL, "labels: [性别]", "labels: []", "fields › applicant.sex › labels", "至少 1"),
    "empty-label": (PERSONAL, "labels: [性别]", "labels: ['  ']", "applicant.sex › labels › 1", "至少 1"),
    "no-evidence": (
        PERSONAL,
        "required: true, identity: true, evidence: F, note",
        "identity: true, note",
        "evidence",
        "缺少",
    ),
    "evidence-mark": (PERSONAL, "evidence: F", "evidence: S", "evidence", "P, F, I"),
    "unknown-path": (PERSONAL, "passport.number:", "pasport.number:", "pasport.number › value", "passport.number"),
    "path-to-a-group": (
        PERSONAL,
        "applicant.birth_place:",
        "applicant.emergency_contact:",
        "emergency_contact › value",
        "不是单个值",
    ),
    "internal-path": (PERSONAL, "applicant.birth_place:", "folder:", "folder › value", "没有名为 folder"),
    "path-of-a-row-outside": (
        PERSONAL,
        "applicant.birth_place:",
        "education.school:",
        "education.school › value",
        "each: education",
    ),
    "path-of-another-row": (
        EDUCATION,
        "education.major:",
        "work_history.employer:",
        "work_history.employer › value",
        "each: work_history",
    ),
    "unknown-path-in-template": (
        PORTAL,
        "{applicant.given_names?}",
        "{applicant.givenname?}",
        "identity › 1 › value",
        "applicant.given_names",
    ),
    "no-such-form-of-value": (PERSONAL, "value: {path: [", "value: {click: [", "applicant.address › value", "看不懂"),
    "range-without-range": (PERSONAL, "control: date,", "control: date-range,", "birth_date › control", "date-range"),
    "one-value-for-several": (PERSONAL, "control: radio", "control: checkbox-group", "applicant.sex › control", "多选"),
    "several-values-for-one": (
        PERSONAL,
        "applicant.birth_place:",
        "passport.previous_nationalities:",
        "previous_nationalities › control",
        "多选",
    ),
    "unknown-table-of-options": (
        PERSONAL,
        "options: country",
        "options: countries",
        "applicant.nationality › options",
        "country",
    ),
    "codes-without-options": (
        PERSONAL,
        "control: radio, options: sex",
        "control: radio",
        "fields › applicant.sex",
        "options",
    ),
    "options-that-lack-a-code": (
        PERSONAL,
        "options: marital_status",
        "options: sex",
        "marital_status › options",
        "widowed",
    ),
    "options-for-a-text-box": (
        PERSONAL,
        "control: radio, options: sex",
        "control: text, options: sex",
        "applicant.sex › options",
        "没有选项",
    ),
    "options-outside": (PERSONAL, "options: country", "options: ../../x", "applicant.nationality › options", "../../x"),
    "same-label-twice": (
        PERSONAL,
        "labels: [出生地]",
        "labels: [出生日期 ]",
        "applicant.birth_place › labels",
        "block",
    ),
    "same-label-by-alias": (
        PERSONAL,
        "labels: [出生地]",
        "labels: [出生地, 中文名]",
        "applicant.birth_place › labels",
        "applicant.chinese_name",
    ),
    "upload-labelled-like-a-field": (
        PERSONAL,
        "labels: [照片]",
        "labels: [性别]",
        "uploads › photo › labels",
        "applicant.sex",
    ),
    "field-twice": (
        PERSONAL,
        "  applicant.sex:",
        "  applicant.surname: {labels: [甲], control: text, evidence: I}\n  applicant.sex:",
        "applicant.surname",
        "写了两次",
    ),
    "key-repeated": (PERSONAL, "{labels: [性别]", "{key: x, labels: [性别]", "fields", "冒号前的名字"),
    "key-of-a-table-field-again": (
        FAMILY,
        "  family.any:",
        "  family.sex: {labels: [甲], control: text, value: {constant: x}, evidence: I}\n  family.any:",
        "tables › family › fields › family.sex",
        "已经用过",
    ),
    "condition-on-nothing": (
        BUSINESS,
        "when: {work_permit.category",
        "when: {work_permit.kategory",
        "annual_salary › when › work_permit.kategory",
        "work_permit.category",
    ),
    "condition-with-an-unknown-code": (
        BUSINESS,
        "[A3, A6, B4, B6]",
        "[A3, A6, B4, B7]",
        "when › work_permit.category",
        "B7",
    ),
    "condition-on-a-list": (
        FAMILY,
        "when: {family: present}",
        "when: {family: [spouse]}",
        "tables › family › when › family",
        "present",
    ),
    "rows-of-no-list": (FAMILY, "each: family", "each: applicant", "tables › family › each", "education"),
    "match-on-no-field": (
        FAMILY,
        "match_on: [family.surname,",
        "match_on: [family.surnaem,",
        "match_on › 1",
        "family.surname",
    ),
    "unknown-slot": (ATTACHMENTS, "  contract:", "  kontract:", "uploads › kontract", "contract"),
    "field-labelled-submit": (
        PERSONAL,
        "labels: [出生地]",
        "labels: [提 交]",
        "applicant.birth_place › labels",
        "提 交",
    ),
    "upload-labelled-book": (ATTACHMENTS, "labels: [其他材料]", "labels: [预约]", "uploads › other › labels", "预约"),
    "constant-that-submits": (FAMILY, "then: 是", "then: 提交", "family.any › value", "提交"),
    "option-that-pays": (COUNTRY, "USA: {text: 美国", "USA: {text: 支付", "options › USA", "支付"),
    "save-that-submits": (PORTAL, "save: [暂存, 保存]", "save: [暂存, 保存并提交]", "buttons › save › 2", "提交"),
    "next-that-submits": (
        PORTAL,
        "next: [下一步, 保存并进入下一步]",
        "next: [下一步, Submit]",
        "buttons › next › 2",
        "submit",
    ),
    "start-that-books": (PORTAL, "start: [立即办理业务]", "start: [立即预約]", "entry › start › 1", "预约"),
    "menu-that-withdraws": (PORTAL, "menu: [工作许可, ", "menu: [工作许可注销, ", "entry › menu › 1", "注销"),
    "go-that-pays": (PORTAL, "go: [下一步]", "go: [去支付]", "entry › applicant › go › 1", "支付"),
    "row-button-that-submits": (
        FAMILY,
        "confirm: [确定]",
        "confirm: [确定提交]",
        "tables › family › confirm › 1",
        "提交",
    ),
    "title-that-submits": (FAMILY, "title: 家属信息", "title: 提交申请", "title", "提交"),
    "own-forbidden-word": (
        PORTAL,
        "forbidden_buttons: [提交,",
        "forbidden_buttons: [暂存, 提交,",
        "buttons › save › 1",
        "暂存",
    ),
    "allow-list-on-an-unverified-host": (
        PORTAL,
        '    verified_on: ""\n',
        "    allow:\n      - {method: POST, path: /a/save, purpose: x}\n",
        "hosts › 1 › allow",
        "verified_on",
    ),
    "allow-a-submission": (
        PORTAL,
        "path: /api/dictionaries/query,",
        "path: /api/applications/*/submit,",
        "hosts › 2 › allow › 1 › path",
        "submit",
    ),
    "allow-around-a-submission": (
        PORTAL,
        "path: /api/dictionaries/query,",
        "path: /api/applications/*/*,",
        "hosts › 2 › allow › 1 › path",
        "/api/applications/*/submit",
    ),
    "allow-a-payment": (
        PORTAL,
        "path: /api/dictionaries/query,",
        "path: /api/order/pay,",
        "hosts › 2 › allow › 1 › path",
        "pay",
    ),
    "allow-everything": (
        PORTAL,
        "path: /api/dictionaries/query,",
        'path: "/*",',
        "hosts › 2 › allow › 1 › path",
        "过宽",
    ),
    "allow-any-depth": (
        PORTAL,
        "path: /api/dictionaries/query,",
        "path: /api/dictionaries/**,",
        "hosts › 2 › allow › 1 › path",
        "路径",
    ),
    "allow-a-whole-tree": (
        PORTAL,
        "path: /api/dictionaries/query,",
        "path: /api/*,",
        "hosts › 2 › allow › 1 › path",
        "过宽",
    ),
    "allow-another-host": (
        PORTAL,
        "path: /api/dictionaries/query,",
        "path: //example.com/save,",
        "hosts › 2 › allow › 1 › path",
        "路径",
    ),
    "allow-upwards": (
        PORTAL,
        "method: POST, path: /api/dictionaries/query,",
        "method: GET, path: /api/dictionaries/query,",
        "hosts › 2 › allow › 1 › method",
        "POST",
    ),
    "mock-elsewhere": (PORTAL, "http://localhost:*", "http://mock.example.com", "hosts › 2 › origins › 2", "本机"),
    "live-here": (PORTAL, "http://wgfw.ga.sz.gov.cn", "http://127.0.0.1:8000", "hosts › 1 › origins › 1", "mock"),
    "any-port-elsewhere": (
        PORTAL,
        "http://wgfw.ga.sz.gov.cn",
        "http://wgfw.ga.sz.gov.cn:*",
        "hosts › 1 › origins › 1",
        "端口",
    ),
    "any-host": (PORTAL, "http://wgfw.ga.sz.gov.cn", "http://*.gov.cn", "hosts › 1 › origins › 1", "主机名"),
    "host-with-a-name-in-front": (
        PORTAL,
        "http://wgfw.ga.sz.gov.cn",
        "http://a@example.com",
        "hosts › 1 › origins › 1",
        "主机名",
    ),
    "start-on-another-host": (PORTAL, "start: /user/wgrfwpt", "start: //example.com/", "hosts › 1 › start", "别的主机"),
    "impossible-date": (PORTAL, 'verified_on: ""', "verified_on: 2026-02-30", "hosts › 1 › verified_on", "没有这一天"),
    "too-wide-a-ban": (PORTAL, "  - /api/applications/*/submit", '  - "/**"', "forbidden_paths › 1", "路径"),
    "another-portals-name": (PORTAL, "portal: shenzhen", "portal: beijing", "portal", "shenzhen"),
    "another-sections-key": (FAMILY, "key: family", "key: relatives", "family › key", "family"),
    "section-twice": (PORTAL, "sections: [personal, business,", "sections: [personal, personal,", "", "personal"),
    "section-without-a-file": (PORTAL, "family, attachments]", "family, attachments, extra]", "", "缺少这个栏目文件"),
    "section-that-leads-out": (PORTAL, "family, attachments]", "family, attachments, ../../x]", "", "栏目名"),
    "wording-of-two-codes": (COUNTRY, "COG: {text: 刚果（布）", "COG: {text: 刚果(金)", "options › COG", "COD"),
    "table-with-another-name": (COUNTRY, "table: country", "table: land", "table", "country"),
}


@pytest.mark.parametrize("defect", DEFECTS)
def test_a_defect_is_refused_where_it_stands(copy: Any, defect: str) -> None:
    file, old, new, trail, words = DEFECTS[defect]
    copy.edit(file, old, new)
    problems = copy.problems()
    told = [problem for problem in problems if trail in problem.key and words in str(problem.what)]
    assert told, [problem.say("zh") for problem in problems]
    assert all(problem.what.zh and problem.what.en for problem in problems)


def test_a_problem_names_file_line_section_field_and_key(copy: Any) -> None:
    copy.edit(PERSONAL, "control: radio", "control: raido")
    (problem,) = copy.problems()
    lines = (copy.selectors / PERSONAL).read_text(encoding="utf-8").splitlines()
    line = next(number for number, text in enumerate(lines, 1) if "raido" in text)
    assert problem.where == f"{copy.selectors / PERSONAL}:{line}"
    assert problem.key == "personal › fields › applicant.sex › control"
    assert all(control in problem.what.en for control in CONTROLS)


def test_all_problems_of_all_files_are_told_at_once(copy: Any) -> None:
    copy.edit(PERSONAL, "control: radio", "control: raido")
    copy.edit(PERSONAL, "evidence: P", "evidence: Q")
    copy.edit(FAMILY, "add: [添加家属]", "adds: [添加家属]")
    copy.edit(PORTAL, "method: POST", "method: HEAD")
    files = {Path(problem.where.rpartition(":")[0]).name for problem in copy.problems()}
    assert files == {"01-personal.yaml", "06-family.yaml", "portal.yaml"}
    assert len(copy.problems()) == 5


@pytest.mark.parametrize(
    "name", ["__init__.py", "portals/shenzhen/helper.py", "portals/shenzhen/sections/x.js", "cities/run.sh"]
)
def test_code_among_the_data_is_refused(copy: Any, name: str) -> None:
    (copy.selectors / name).write_text("", encoding="utf-8")
    (problem,) = copy.problems()
    assert problem.where == str(copy.selectors / name)


def test_a_file_nobody_asked_for_is_refused(copy: Any) -> None:
    (copy.selectors / "portals/shenzhen/sections/08-extra.yaml").write_text("key: extra\n", encoding="utf-8")
    (problem,) = copy.problems()
    assert "08-extra.yaml" in problem.where


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege on Windows")
def test_a_link_that_leads_out_of_the_folder_is_refused(copy: Any, tmp_path: Path) -> None:
    file = copy.selectors / FAMILY
    outside = tmp_path / "outside.yaml"
    file.rename(outside)
    file.symlink_to(outside)
    (problem,) = copy.problems()
    assert problem.where == str(file)


@pytest.mark.parametrize("name", ["shanghai", "", "..", "../portals/shenzhen", "shenzhen/"])
def test_an_unknown_portal_is_answered_with_the_known_ones(name: str) -> None:
    with pytest.raises(PackError) as refused:
        load_portal(name)
    assert "shenzhen" in refused.value.what.en


def test_a_broken_file_is_told_and_the_others_are_still_read(copy: Any) -> None:
    (copy.selectors / FAMILY).write_bytes(b"\0\1")
    copy.edit(PERSONAL, "control: radio", "control: raido")
    assert {Path(problem.where.partition(".yaml")[0]).name for problem in copy.problems()} == {
        "06-family",
        "01-personal",
    }


@pytest.mark.parametrize(
    "query",
    [
        "[取消预约]",
        "[预约查询/取消预约, 我要预约]",
        "[预约查询／取消预约]",
        "[预约查询, 提交]",
    ],
)
def test_no_other_text_with_a_forbidden_word_may_open_a_page(copy: Any, query: str) -> None:
    copy.edit("portals/shenzhen/portal.yaml", "query: [预约查询/取消预约]", f"query: {query}")
    assert any(problem.key.startswith("after › query") for problem in copy.problems())


def test_a_reviewed_menu_text_that_the_pack_itself_forbids_is_refused(copy: Any) -> None:
    copy.edit("portals/shenzhen/portal.yaml", "forbidden_buttons: [提交", "forbidden_buttons: [预约查询/取消预约, 提交")
    assert any(problem.key.startswith("after › query") for problem in copy.problems())
