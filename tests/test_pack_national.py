"""The national portal's pack: loads, resolves every sample, and fills its mock so that the server holds the profile."""

import hashlib
from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import Playwright

from assistant.browser import open_browser
from assistant.city import load_city
from assistant.filler import Filler, Options
from assistant.form_page import FormPage
from assistant.guard_rules import Request, Rules
from assistant.locations import PROFILES
from assistant.plan import make_plan
from assistant.portal import load_portal
from assistant.profile import Profile, load_profile
from assistant.report import Report
from assistant.run import guarded_page
from assistant.unattended import Unattended
from assistant.visit import Visit
from fixtures.server import MockPortal

SAMPLES = ("sample-lee", "sample-okafor", "sample-delacruz")
SECTIONS = ["category", "basic", "application", "education", "work", "family", "attachments"]

# What the portal should hold, said on its own: not taken from the pack.
SEX = {"male": "男", "female": "女"}
COUNTRY = {"KOR": "韩国", "NGA": "尼日利亚", "CHN": "中国", "ESP": "西班牙", "MEX": "墨西哥", "NOR": "挪威"}
DEGREE = {"bachelor": "学士", "master": "硕士", "doctor": "博士", "none": "无"}
LEVEL = {**DEGREE, "high_school": "高中"}
MARRIED = {"single": "未婚", "married": "已婚", "divorced": "离婚", "widowed": "丧偶"}
CHINESE = {"hsk3": "HSK三级", "hsk4": "HSK四级", "hsk5": "HSK五级"}
CATEGORY = {
    "B1": "外国专业人才（B类） / (一)具有学士及以上学位和2年及以上相关工作经历的外国专业人才",
    "B6": "外国专业人才（B类） / (六)计点积分在60分以上的专业人才",
    "A3": "外国高端人才（A类） / (三)符合市场导向的鼓励类岗位需求的外国人才",
}
LABELS = {
    "extension_form": "外国人来华工作许可延期申请表",
    "contract": "聘用合同或任职证明",
    "passport": "护照信息页",
    "residence_permit": "有效居留许可信息页",
    "work_permit": "外国人工作许可证",
    "category_proof": "A类证明材料",
    "salary_commitment": "薪资承诺书",
    "tax_certificate": "完税证明",
    "withholding_detail": "自然人电子税务局扣缴明细截图",
    "photo": "照片",
}


def expected(p: Profile) -> dict[str, object]:
    """A profile as the server must hold it: section -> label -> text; what the profile lacks is absent."""
    a, e = p.applicant, p.employment
    basic = {
        "姓": a.surname,
        "名": a.given_names,
        "中文名": a.chinese_name,
        "性别": SEX[a.sex],
        "国籍": COUNTRY[a.nationality],
        "出生日期": str(a.birth_date),
        "出生地": a.birth_place,
        "婚姻状况": MARRIED[a.marital_status],
        "最高学位（学历）": LEVEL[a.highest_degree],
        "汉语水平": CHINESE[str(a.chinese_level)],
        "护照类型": "普通",
        "护照号码": p.passport.number,
        "护照签发日期": str(p.passport.issued_on),
        "护照有效期至": str(p.passport.expires_on),
        "所有曾授予你护照的国家": "、".join(COUNTRY[c] for c in (a.nationality, *p.passport.previous_nationalities)),
        "申请人电子邮箱": a.email,
        "在中国工作电话": a.phone,
    }
    application = {
        "工作岗位（职业）": e.occupation,
        "申请在中国工作职务": e.position,
        "单位所属行业": "信息传输、软件和信息技术服务业",
        "工作地点": f"{e.workplace.province} / {e.workplace.city} / {e.workplace.district}",
        "工作内容": e.duties,
        "聘用合同/任职证明在华工作开始时间": str(e.contract_from),
        "聘用合同/任职证明在华工作结束时间": str(e.contract_to),
        "申请在华工作时间(开始)": str(e.requested_from),
        "申请在华工作时间(结束)": str(e.requested_to),
        "签证类型": "居留许可",
        "签证有效期": str(p.residence_permit.expires_on),
    }
    if p.work_permit.category != "B1":
        application |= {
            "年薪": f"{e.annual_salary:f}".removesuffix(".00"),
            "工资币种": "人民币",
            "每年在华工作时间(月)": str(e.months_per_year),
        }
    family: dict[str, object] = {"是否有随行家属": "是" if p.family else "否"}
    if p.family:
        family["随行家属"] = [
            {
                "姓": one.surname,
                "名": one.given_names,
                "性别": SEX[one.sex],
                "出生日期": str(one.birth_date),
                "与申请人关系": {"spouse": "配偶", "child": "子女"}[one.relation],
                "国籍": COUNTRY[one.nationality],
                "护照号码": one.passport_number,
            }
            for one in p.family
        ]
    return {
        "category": {"工作许可证编号": p.work_permit.number, "人才类别": CATEGORY[p.work_permit.category]},
        "basic": {label: text for label, text in basic.items() if text},
        "application": application,
        "education": [
            {
                "起始时间": str(row.from_),
                "结束时间": str(row.to),
                "学校名称": row.school,
                "国家": COUNTRY[row.country],
                "专业": row.major,
                "学历": LEVEL[row.level],
                "学位": DEGREE[row.degree],
            }
            for row in p.education
        ],
        "work": [
            {
                label: text
                for label, text in {
                    "起始时间": str(job.from_),
                    "结束时间": str(job.to) if job.to else "",
                    "工作单位": job.employer,
                    "国家": COUNTRY[job.country],
                    "职务": job.position,
                    "工作内容": job.duties,
                    "证明人及联系方式": job.referee,
                }.items()
                if text
            }
            for job in p.work_history
        ],
        "family": family,
    }


def expected_files(p: Profile) -> dict[str, list[tuple[str, str]]]:
    """Label -> name and hash of each file; slots this portal has no place for are left out."""
    return {
        LABELS[slot]: [(path.name, hashlib.sha256((p.folder / path).read_bytes()).hexdigest()) for path in paths]
        for slot, paths in p.documents.items()
        if slot in LABELS
    }


@pytest.fixture
def national() -> Iterator[MockPortal]:
    with MockPortal(city="beijing", auto_login=True, on=date(2026, 12, 1)) as mock:
        yield mock


def test_beijing_files_on_the_national_portal():
    assert load_city("beijing").city == "beijing"
    assert load_city("beijing").portal == "national"


def test_no_live_host_has_an_allow_list_before_somebody_has_seen_it():
    live = [host for host in load_portal("national").hosts if host.kind == "live"]
    assert {origin for host in live for origin in host.origins} == {
        "https://fuwu.most.gov.cn",
        "https://fwp.safea.gov.cn",
    }
    assert not any(host.trusted or host.allow for host in live)


def test_the_mock_lets_drafts_through_and_nothing_that_ends_them():
    portal = load_portal("national")
    (host,) = [host for host in portal.hosts if host.kind == "mock"]
    rules = Rules(["http://127.0.0.1:1"], host.allow, portal.forbidden_paths)

    def refused(method: str, path: str) -> str | None:
        request = Request.of(method, f"http://127.0.0.1:1/lhgzweb/extension/{path}", document=False, headers={})
        return rules.refusal(request, navigating=True)

    assert refused("POST", "save.do?id=1&step=basic") is None
    assert refused("POST", "row.do?id=1&step=work") is None
    assert refused("POST", "removeRow.do?id=1&row=0") == "not-allowed"
    assert refused("POST", "submit.do?id=1") == refused("GET", "submit.do?id=1") == "forbidden-path"


@pytest.mark.parametrize("sample", SAMPLES)
def test_every_sample_has_a_value_for_whatever_the_portal_insists_on(sample: str):
    plan = make_plan(load_profile(PROFILES / sample), load_portal("national"))
    assert [section.section.key for section in plan.sections] == SECTIONS
    assert [one for section in plan.sections for one in section.skipped if one.status != "skipped"] == []


def run(page: FormPage, guard: object, mock: MockPortal, profile: Profile) -> Report:
    portal = load_portal("national")
    options = Options(start_url=mock.url, login_seconds=30)
    return Filler(page, guard, portal, make_plan(profile, portal), options, Unattended()).run(  # type: ignore[arg-type]
        command="fill", city="beijing"
    )


@pytest.mark.parametrize("sample", SAMPLES)
def test_the_server_holds_the_profile_and_a_second_run_writes_nothing(
    playwright: Playwright, national: MockPortal, sample: str
):
    profile = load_profile(PROFILES / sample)
    with open_browser(headless=True, driver=playwright) as context:
        page, guard = guarded_page(context, load_portal("national"), national.url)
        first = run(page, guard, national, profile)
        assert first.stopped is None and first.for_the_person == [] and first.exit_code == 0
        assert [section.key for section in first.sections] == SECTIONS
        assert first.guard["submit_attempts"] == 0

        state = national.state()
        (application,) = state["applications"]  # type: ignore[misc]
        assert application["sections"] == expected(profile)
        files = {
            label: [(file["name"], file["sha256"]) for file in kept]
            for label, kept in application["attachments"].items()
        }
        assert files == expected_files(profile)
        assert (application["status"], state["submits"]) == ("draft", 0)

        before = len(state["requests"])  # type: ignore[arg-type]
        second = run(page, guard, national, profile)
        assert set(second.counts) == {"already", "skipped"}
        assert second.counts["already"] == first.counts["verified"] + first.counts["already"]
        assert national.state()["requests"][before:] == [{"method": "POST", "path": "/lhgzweb/extension/open.do"}]  # type: ignore[index]
        assert national.state()["applications"] == state["applications"]


def test_a_menu_is_only_pressed_once_its_script_is_there(playwright: Playwright, national: MockPortal):
    """The menu is on the page before the script that opens it: pressed too soon, it would stay shut."""
    national.faults(delay_ms={"/static/frame.js": 1200})
    profile, portal = load_profile(PROFILES / "sample-okafor"), load_portal("national")
    with open_browser(headless=True, driver=playwright) as context:
        page, guard = guarded_page(context, portal, national.url)
        visit = Visit(page, guard, portal, national.url, Unattended(), login_seconds=30)
        visit.open()
        visit.enter(make_plan(profile, portal).opening)
        assert visit.shows([portal.sections[0].title])
