"""The portal's number for an application is taken when it is the only one, and nobody else's name stands beside it."""

import pytest
from playwright.sync_api import Page

from assistant.check.city.loading import load_city
from assistant.jobs.batch.serial import number_on
from assistant.jobs.fill import FillCase
from assistant.page.form_page import FormPage
from assistant.portal.loading import load_portal
from assistant.profile.loading import load_profile
from assistant.run.plan import make_plan
from assistant.store.applicant_folder import PlainFolder
from assistant.store.locations import PROFILES


@pytest.fixture(scope="module")
def case() -> FillCase:
    profile, portal = load_profile(PlainFolder(PROFILES / "sample-lee")), load_portal("shenzhen")
    return FillCase(profile, load_city("shenzhen"), portal, make_plan(profile, portal))


@pytest.mark.parametrize(
    ("html", "number"),
    [
        ("<p>业务编号：SZ-2026-0001</p>", "SZ-2026-0001"),
        ("<p>业务编号：SZ-2026-0001</p><p>护照号码：{passport}</p>", "SZ-2026-0001"),
        ("<p>业务编号：SZ-2026-0001</p><p>护照号码：X0000001</p>", ""),
        ("<p>业务编号：SZ-2026-0001</p><p>业务编号：SZ-2026-0002</p>", ""),
        ("<p>业务编号：暂无</p>", ""),
        ("<p>申请已提交</p>", ""),
    ],
)
def test_a_number_is_this_applicants_or_none(page: Page, case: FillCase, html: str, number: str) -> None:
    page.set_content(html.format(passport=case.applicant.passport.number))
    assert number_on(FormPage(page), case) == number
