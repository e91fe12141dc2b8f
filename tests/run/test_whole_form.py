"""The main job, judged by the server: what the mock portal received equals the profile, value by value."""

import hashlib
import json
import re
from datetime import date
from pathlib import Path

import pytest

from assistant.locations import PROFILES
from assistant.plan import make_plan
from assistant.portal import load_portal
from assistant.profile import Profile, load_profile
from assistant.report_page import report_page

# What the portal should hold, said once more and on its own: label -> how the profile says it. Not taken from the pack.
SEX = {"male": "男", "female": "女"}
COUNTRY = {
    "KOR": "韩国",
    "NGA": "尼日利亚",
    "PHL": "菲律宾",
    "CHN": "中国",
    "ESP": "西班牙",
    "USA": "美国",
    "MEX": "墨西哥",
    "NOR": "挪威",
    "DEU": "德国",
}
DEGREE = {"bachelor": "学士", "master": "硕士", "doctor": "博士", "none": "无"}
LEVEL = {"high_school": "高中", "associate": "大专", "other": "其他", **DEGREE}
RELATION = {"spouse": "配偶", "child": "子女"}
CATEGORY = {
    "B1": "外国专业人才（B类） / (一)具有学士及以上学位和2年以上相关工作经历的专业人才",
    "B6": "外国专业人才（B类） / (六)计点积分在60分以上的专业人才",
    "A3": "外国高端人才（A类） / (三)符合市场导向的鼓励类岗位需求的外国人才",
    "A4": "外国高端人才（A类） / (四)创新创业人才",
    "A6": "外国高端人才（A类） / (六)计点积分在85分以上的",
}


def personal(p: Profile) -> dict[str, str]:
    a = p.applicant
    return {
        "姓": a.surname,
        "名": a.given_names or "",
        "中文姓名": a.chinese_name or "",
        "性别": SEX[a.sex],
        "国籍": COUNTRY[a.nationality],
        "出生日期": str(a.birth_date),
        "出生地": a.birth_place,
        "婚姻状况": {"single": "未婚", "married": "已婚", "divorced": "离婚", "widowed": "丧偶"}[a.marital_status],
        "最高学位（学历）": LEVEL[a.highest_degree],
        "护照类型": "普通",
        "护照号码": p.passport.number,
        "护照签发日期": str(p.passport.issued_on),
        "护照有效期至": str(p.passport.expires_on),
        "工作许可证编号": p.work_permit.number,
        "申请人电子邮箱": a.email,
        "在中国工作电话": a.phone,
        "在华住址": f"{a.address.province} / {a.address.city} / {a.address.district}",
        "详细地址": a.address.detail,
        "紧急情况联系人": a.emergency_contact.name,
        "紧急情况联系电话": a.emergency_contact.phone,
    }


def business(p: Profile) -> dict[str, str]:
    e = p.employment
    return {
        "单位名称": p.employer.name,
        "统一社会信用代码": p.employer.uscc,
        "经办人姓名": p.employer.handler.name,
        "经办人手机号": p.employer.handler.mobile,
        "人才类别": CATEGORY[p.work_permit.category],
        "工作岗位（职业）": e.occupation,
        "申请在中国工作职务": e.position,
        "聘用合同/任职证明在华工作开始时间": str(e.contract_from),
        "聘用合同/任职证明在华工作结束时间": str(e.contract_to),
        "申请在华工作时间(开始)": str(e.requested_from),
        "申请在华工作时间(结束)": str(e.requested_to),
        "工作地点": f"{e.workplace.province} / {e.workplace.city} / {e.workplace.district}",
        "工作内容": e.duties,
    }


def residence(p: Profile) -> dict[str, str]:
    return {
        "申请类别": "居留许可(延期)",
        "居留事由": "工作",
        "现持有效签证证件种类": "居留证件",
        "证件号码": p.residence_permit.number,
        "有效期至": str(p.residence_permit.expires_on),
        "申请居留期限至": str(p.residence_request.until),
        "入境日期": str(p.residence_request.entry_date),
        "入境口岸": p.residence_request.entry_port,
        "居住地详细地址": p.applicant.address.detail,
        "居住地派出所": p.applicant.address.police_station,
        "申请人电话": p.applicant.phone,
        "在华单位": p.employer.name,
        "联系人姓名和电话": f"{p.employer.contact.name} {p.employer.contact.phone}",
        "使用同一护照的偕行人": "无",
    }


def education(p: Profile) -> list[dict[str, str]]:
    return [
        {
            "起始时间": str(row.from_),
            "结束时间": str(row.to),
            "学校名称": row.school,
            "国家": COUNTRY[row.country],
            "专业": row.major or "",
            "学历": LEVEL[row.level],
            "学位": DEGREE[row.degree],
        }
        for row in p.education
    ]


def work(p: Profile) -> list[dict[str, str]]:
    rows = []
    for job in p.work_history:
        row = {"起始时间": str(job.from_), "工作单位": job.employer, "国家": COUNTRY[job.country], "职务": job.position}
        if job.to:
            row["结束时间"] = str(job.to)
        if job.duties:
            row["工作内容"] = job.duties
        if job.referee:
            row["证明人及联系方式"] = job.referee
        rows.append(row)
    return rows


def family(p: Profile) -> list[dict[str, str]]:
    return [
        {
            "姓": one.surname,
            "名": one.given_names or "",
            "性别": SEX[one.sex],
            "出生日期": str(one.birth_date),
            "与申请人关系": RELATION[one.relation],
            "国籍": COUNTRY[one.nationality],
            "护照号码": one.passport_number,
        }
        for one in p.family
    ]


def private_values(profile: Profile) -> set[str]:
    """Everything in the profile that says something about a person: names, numbers, dates, addresses, employers."""
    found: set[str] = set()

    def walk(value: object) -> None:
        if isinstance(value, dict):
            for one in value.values():
                walk(one)
        elif isinstance(value, list | tuple):
            for one in value:
                walk(one)
        elif isinstance(value, str | date):
            found.add(str(value))

    walk(profile.model_dump(exclude={"documents", "folder", "city"}))
    # Short codes and words such as "work" or "B1" are in every report and say nothing.
    return {value for value in found if len(value) >= 5 and not re.fullmatch(r"[a-z_]+", value)} - {"工作许可"}


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def assert_server_holds(state: dict, profile: Profile) -> None:
    """The one application on the server is this profile, and nobody submitted it."""
    (application,) = [one for one in state["applications"] if one["applicant"]["passport"] == profile.passport.number]
    held = application["sections"]
    for section, wanted in (
        ("personal", personal(profile)),
        ("business", business(profile)),
        ("residence", residence(profile)),
    ):
        assert {label: held[section].get(label, "") for label in wanted} == wanted
    assert held["education"] == education(profile)
    assert held["work"] == work(profile)
    assert held["family"]["是否有随行家属"] == ("是" if profile.family else "否")
    assert held["family"].get("随行家属", []) == family(profile)
    kept = sorted(file["sha256"] for files in application["attachments"].values() for file in files)
    assert kept == sorted(sha256(path) for paths in profile.documents.values() for path in paths)
    assert application["status"] == "draft"
    assert state["submits"] == 0


@pytest.mark.parametrize("sample", ["sample-lee", "sample-okafor", "sample-delacruz"])
def test_the_server_holds_the_profile_and_a_second_run_writes_nothing(running, mock, sample, capfd):
    profile = load_profile(PROFILES / sample)

    first = running.fill(profile)
    assert first.stopped is None
    assert first.for_the_person == []
    assert [section.key for section in first.sections] == [
        "personal",
        "business",
        "residence",
        "education",
        "work",
        "family",
        "attachments",
    ]
    assert first.exit_code == 0
    assert first.guard["submit_attempts"] == 0
    assert_server_holds(mock.state(), profile)

    told = capfd.readouterr()
    written = json.dumps(first.as_json(), ensure_ascii=False) + "".join(
        report_page(first, make_plan(profile, load_portal("shenzhen")), language, pack="shenzhen 0")
        for language in ("zh", "en")
    )
    for value in private_values(profile):
        assert value not in written + told.out + told.err, "a value of the profile leaked"

    before = mock.state()["requests"]
    second = running.fill(profile)
    assert set(second.counts) == {"already", "skipped"}
    assert second.counts["already"] == first.counts["verified"] + first.counts["already"]
    reopened = [one for one in mock.state()["requests"][len(before) :] if one["path"] != "/api/dictionaries/query"]
    assert reopened == [{"method": "POST", "path": "/api/applications"}]
    assert_server_holds(mock.state(), profile)
