"""What the fill benchmark promises about its own figures: every peer types the whole application, and wrong ones are named."""

import copy
import hashlib
from pathlib import Path

import pytest

from assistant.store.locations import PROFILES
from benchmarks.fill import summary
from benchmarks.fill.job import Job, make_job, wrong
from benchmarks.fill.runners import Run


@pytest.fixture(scope="module")
def job() -> Job:
    return make_job(PROFILES / "sample-lee")


def held(job: Job) -> dict:
    """A server that holds exactly what the job says."""
    sections, attachments = {}, {}
    for page in job.pages:
        values: dict = {one.label: one.value for one in page.fields}
        for table in page.tables:
            rows = [{one.label: one.value for one in row} for row in table.rows]
            values = values | {table.label: rows} if page.fields else rows
        sections[page.key] = values
        for label, paths in page.uploads:
            attachments[label] = [{"sha256": hashlib.sha256(Path(path).read_bytes()).hexdigest()} for path in paths]
    application = {"applicant": {"passport": job.passport}, "sections": sections, "attachments": attachments}
    return {"applications": [application], "submits": 0}


def test_the_job_is_the_whole_application_in_the_pages_own_words(job):
    assert [page.key for page in job.pages] == [
        "personal",
        "business",
        "residence",
        "education",
        "work",
        "family",
        "attachments",
    ]
    personal = {one.label: one.value for one in job.pages[0].fields}
    assert personal["国籍"] == "韩国"
    assert personal["在华住址"] == "广东省 / 深圳市 / 南山区"
    assert "工作许可证编号" not in personal, "what the authority prefilled can't be typed"
    assert sum(len(table.rows) for page in job.pages for table in page.tables) == 7
    assert sum(len(files) for page in job.pages for _, files in page.uploads) == 12


def test_a_server_that_holds_everything_has_nothing_wrong(job):
    assert wrong(job, held(job)) == []


def test_each_kind_of_wrong_value_is_named(job):
    state = copy.deepcopy(held(job))
    sections = state["applications"][0]["sections"]
    sections["personal"]["国籍"] = "朝鲜"
    sections["work"].pop()
    next(iter(state["applications"][0]["attachments"].values())).clear()
    state["submits"] = 1
    assert {"submitted", "国籍", "工作经历"} <= set(wrong(job, state))
    assert len(wrong(job, state)) == 4
    assert wrong(job, {"applications": [], "submits": 0}) == ["the application itself"]


def test_ratios_are_this_tools_median_divided_by_the_others():
    def runs(*seconds: float) -> list[Run]:
        return [Run(one, 2 * one, 1024, (), {"round_trips": int(one)}) for one in seconds]

    told = summary({"this-tool": runs(4, 2, 90), "playwright-sync": runs(20, 10, 40)}, rounds=3)
    assert told["ratios"] == {"playwright-sync": 0.2}
    assert told["cpu_ratios"] == {"playwright-sync": 0.2}
    assert told["round_trips"] == 4, "the median run tells the counts"
