"""A kept login is typed once, on the portal's own login page, and the rest is left to the person."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import keyring
import pytest
from keyring.errors import KeyringLocked
from playwright.sync_api import Page, expect

from assistant.errors import PackError
from assistant.messages import Text
from assistant.page.form_page import FormPage
from assistant.portal.loading import load_portal
from assistant.portal.model import Portal
from assistant.run.login import ONCE_ONLY, TYPED, LoginTyping, login_typing
from assistant.store import credentials
from assistant.store.credentials import PortalLogin
from assistant.store.locations import SELECTORS
from fixtures.server import MockPortal

USER, PASSWORD = "handler-canary", "Canary#Secret1"


@pytest.fixture(scope="module")
def asking() -> Iterator[MockPortal]:
    """A mock portal where nobody is logged in by itself."""
    with MockPortal(city="shenzhen", on=date(2026, 12, 1)) as running:
        yield running


@pytest.fixture
def portal() -> Portal:
    return load_portal("shenzhen")


def typing(portal: Portal) -> LoginTyping:
    assert portal.login.form is not None
    return LoginTyping(portal.login.form, PortalLogin(USER, PASSWORD))


def attend_until_typed(one: LoginTyping, page: Page) -> None:
    for _ in range(50):
        if one.attend(FormPage(page)) is TYPED:
            return
        page.wait_for_timeout(100)
    raise AssertionError("nothing was typed")


def held(page: Page) -> tuple[str, str]:
    return page.get_by_placeholder("账号").input_value(), page.get_by_placeholder("密码").input_value()


def test_the_kept_login_is_typed_and_the_rest_is_the_persons(asking: MockPortal, page: Page, portal: Portal) -> None:
    asking.reset()
    asking.account(USER, PASSWORD)
    page.goto(asking.url)
    attend_until_typed(typing(portal), page)
    assert held(page) == (USER, PASSWORD)
    assert page.get_by_placeholder("短信验证码").input_value() == ""
    assert not [one for one in asking.state()["requests"] if one["path"] == "/api/session"]  # type: ignore[union-attr]

    page.get_by_role("button", name="获取验证码").click()
    code = page.get_by_text("验证码：").inner_text().rpartition("：")[2]
    page.get_by_placeholder("短信验证码").fill(code)
    page.get_by_role("button", name="登录", exact=True).click()
    expect(page.get_by_text("退出登录")).to_be_visible()


def test_a_rejected_login_is_not_tried_again(asking: MockPortal, page: Page, portal: Portal) -> None:
    asking.reset()
    asking.account(USER, "another")
    page.goto(asking.url)
    one = typing(portal)
    attend_until_typed(one, page)
    page.get_by_role("button", name="获取验证码").click()
    page.get_by_placeholder("短信验证码").fill("000000")
    page.get_by_role("button", name="登录", exact=True).click()
    expect(page.get_by_text("账号或密码错误")).to_be_visible()
    page.get_by_placeholder("密码").fill("")
    said = [one.attend(FormPage(page)) for _ in range(10)]
    assert said.count(ONCE_ONLY) == 1
    assert set(said) == {ONCE_ONLY, None}
    assert held(page)[1] == ""


def test_on_another_host_nothing_is_typed(asking: MockPortal, page: Page, portal: Portal) -> None:
    asking.reset()
    form = portal.login.form
    assert form is not None
    elsewhere = LoginTyping(
        form.model_copy(update={"origins": ("https://login.example",)}), PortalLogin(USER, PASSWORD)
    )
    page.goto(asking.url)
    page.get_by_text("账号登录").click()
    expect(page.get_by_placeholder("密码")).to_be_visible()
    assert [elsewhere.attend(FormPage(page)) for _ in range(5)] == [None] * 5
    assert held(page) == ("", "")


def test_a_strangers_frame_on_the_portals_page_gets_nothing(page: Page, portal: Portal, asking: MockPortal) -> None:
    """The frame's own address counts, not the window's."""
    markup = "<input placeholder='账号'><input type='password' placeholder='密码'>"
    page.goto(asking.url)
    page.set_content(f'<iframe srcdoc="{markup}" sandbox></iframe>')
    page.frame_locator("iframe").get_by_placeholder("密码").wait_for()
    assert typing(portal).attend(FormPage(page)) is None
    assert page.frame_locator("iframe").get_by_placeholder("密码").input_value() == ""


@pytest.mark.parametrize(
    "markup",
    [
        "<input placeholder='账号'><input type='password' placeholder='密码'><input type='password' placeholder='密码'>",
        "<input placeholder='账号'><input type='text' placeholder='密码'>",
        "<input placeholder='账号'><input type='password' placeholder='密码' style='display:none'>",
        "<input placeholder='手机号'><input type='password' placeholder='密码'>",
    ],
)
def test_where_the_fields_are_not_plain_nothing_is_typed(
    markup: str, asking: MockPortal, page: Page, portal: Portal
) -> None:
    page.goto(asking.url)
    page.set_content(markup)
    assert typing(portal).attend(FormPage(page)) is None
    assert page.evaluate("[...document.querySelectorAll('input')].map((one) => one.value).join('')") == ""


def test_a_login_form_in_a_table_is_understood(page: Page) -> None:
    with MockPortal(city="beijing", on=date(2026, 12, 1)) as national:
        page.goto(national.url + "/lhgzweb/")
        assert typing(load_portal("national")).attend(FormPage(page)) is TYPED
        assert page.locator("[name=username]").input_value() == USER
        assert page.locator("[name=password]").input_value() == PASSWORD
        assert page.locator("[name=code]").input_value() == ""


def test_without_a_kept_login_nothing_types(portal: Portal) -> None:
    assert login_typing(portal, "shenzhen", lambda said: None) is None
    credentials.keep_login("shenzhen", PortalLogin(USER, PASSWORD))
    assert login_typing(portal, "shenzhen", lambda said: None) is not None
    unknown = replace(
        portal, file=portal.file.model_copy(update={"login": portal.login.model_copy(update={"form": None})})
    )
    assert login_typing(unknown, "shenzhen", lambda said: None) is None


def test_a_store_that_does_not_open_is_said_and_leaves_the_login_to_the_person(
    portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[Text] = []
    credentials.keep_login("shenzhen", PortalLogin(USER, PASSWORD))

    def locked(*_words: str) -> str:
        raise KeyringLocked("canary: handler-canary")

    monkeypatch.setattr(type(keyring.get_keyring()), "get_password", locked)
    assert login_typing(portal, "shenzhen", said.append) is None
    (what,) = said
    assert "解锁" in what.zh and "by hand" in what.en
    assert "anary" not in what.zh + what.en


def test_without_a_protected_store_the_login_is_the_persons(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring, "get_keyring", lambda: object())
    assert login_typing(portal, "shenzhen", lambda said: pytest.fail("nothing to say")) is None


@contextmanager
def changed_pack(tmp_path: Path, old: str, new: str) -> Iterator[Path]:
    import shutil

    shutil.copytree(SELECTORS, tmp_path / "selectors")
    file = tmp_path / "selectors" / "portals" / "shenzhen" / "portal.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    yield tmp_path / "selectors"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            'origins: ["http://127.0.0.1:*", "http://localhost:*"]\n    open',
            'origins: ["http://portal.example"]\n    open',
        ),
        ("open: [账号登录]", "open: [登录]"),
    ],
)
def test_a_pack_that_would_give_a_password_away_is_refused(tmp_path: Path, old: str, new: str) -> None:
    with changed_pack(tmp_path, old, new) as selectors, pytest.raises(PackError) as refused:
        load_portal("shenzhen", selectors)
    assert any("login" in problem.key for problem in refused.value.problems)
