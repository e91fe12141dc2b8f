"""Promises of assistant/portal/loading.py: what the shipped packs say, and what a pack may say."""

import sys
from typing import Any

import pytest

from assistant.portal.loading import CONTROLS, Portal, load_portal, portals
from assistant.store.locations import SELECTORS

PORTAL = "portals/shenzhen/portal.yaml"
PERSONAL = "portals/shenzhen/sections/01-personal.yaml"


@pytest.mark.parametrize("name", portals())
def test_every_shipped_pack_loads(name: str) -> None:
    loaded = load_portal(name)
    assert loaded.name == name
    assert all(section.fields or section.tables or section.uploads for section in loaded.sections)


def test_the_sections_of_shenzhen_stand_in_the_order_of_the_guide(portal: Portal) -> None:
    titles = [section.title for section in portal.sections]
    assert titles == ["个人信息", "业务信息", "居留许可申请信息", "教育经历", "工作经历", "家属信息", "附件信息"]


def test_the_live_host_is_honestly_unverified_and_has_no_allow_list(portal: Portal) -> None:
    assert portal.live.verified_on is None
    assert portal.live.allow == ()
    assert not portal.live.trusted


def test_the_mock_may_save_and_upload_but_not_submit(portal: Portal) -> None:
    mock = portal.host_of("http://127.0.0.1:43210/#/home")
    assert mock is not None
    assert mock.trusted
    assert {allowed.method for allowed in mock.allow} <= {"POST", "PUT", "DELETE"}
    assert not any("submit" in allowed.path for allowed in mock.allow)
    assert any("submit" in path for path in portal.forbidden_paths)


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("http://wgfw.ga.sz.gov.cn/user/wgrfwpt", "live"),
        ("http://wgfw.ga.sz.gov.cn:80/", "live"),
        ("https://wgfw.ga.sz.gov.cn/", None),
        ("http://wgfw.ga.sz.gov.cn:8080/", None),
        ("http://wgfw.ga.sz.gov.cn.example.com/", None),
        ("http://wgfw.ga.sz.gov.cn@example.com/", None),
        ("http://localhost:1/", "mock"),
        ("http://127.0.0.1/", "mock"),
        ("https://127.0.0.1:8000/", None),
        ("http://127.0.0.1.example.com:8000/", None),
    ],
)
def test_an_address_belongs_to_a_host_only_by_scheme_name_and_port(portal: Portal, url: str, kind: str | None) -> None:
    host = portal.host_of(url)
    assert (host.kind if host else None) == kind


def test_the_words_of_every_portal_are_forbidden_on_this_one(portal: Portal) -> None:
    assert {"提交", "预约", "缴费", "支付"} <= set(portal.forbidden_words)


def test_a_section_is_found_by_its_key(portal: Portal) -> None:
    assert portal.section("family").title == "家属信息"
    with pytest.raises(KeyError):
        portal.section("familie")


def test_a_field_knows_its_key_and_its_first_label(portal: Portal) -> None:
    field = portal.section("personal").fields[0]
    assert (field.key, field.label, field.labels) == ("applicant.surname", "姓", ("姓", "英文姓"))


def test_the_identity_lock_has_name_and_passport_number(portal: Portal) -> None:
    locked = {field.key for field in portal.section("personal").fields if field.identity}
    assert locked == {"applicant.surname", "applicant.given_names", "passport.number"}
    assert {label for mark in portal.identity for label in mark.labels} == {"申请人", "护照号码"}


def test_every_kind_of_control_can_be_driven() -> None:
    from assistant.page.engine import KINDS

    assert set(CONTROLS) <= set(KINDS)


def test_the_selectors_folder_holds_no_code_and_python_still_finds_its_own_selectors() -> None:
    """Trap 1: a module here would shadow the standard library's `selectors` and break subprocess and asyncio."""
    import selectors

    assert not [file for file in SELECTORS.rglob("*") if file.suffix.startswith(".py")]
    assert str(SELECTORS) not in str(selectors.__file__)
    assert hasattr(sys.modules["selectors"], "DefaultSelector")


def test_a_verified_live_host_may_have_an_allow_list(copy: Any) -> None:
    allow = (
        "verified_on: 2026-11-22\n    allow:\n      - {method: POST, path: /x.do?method=save*, purpose: save a draft}\n"
    )
    copy.edit(PORTAL, 'verified_on: ""\n', allow)
    assert load_portal("shenzhen", copy.selectors).live.trusted


def test_a_portals_own_table_replaces_the_shared_one(copy: Any) -> None:
    own = copy.selectors / "portals/shenzhen/options"
    own.mkdir()
    text = (copy.selectors / "options/sex.yaml").read_text(encoding="utf-8").replace("text: 男", "text: 男士")
    (own / "sex.yaml").write_text(text, encoding="utf-8")
    assert load_portal("shenzhen", copy.selectors).tables["sex"].options["male"].text == "男士"


def test_a_label_may_stand_twice_under_different_headings(copy: Any) -> None:
    copy.edit(PERSONAL, "{labels: [出生地]", "{labels: [出生日期], block: 其他")
    assert load_portal("shenzhen", copy.selectors).sections


def test_the_reviewed_menu_text_may_be_pressed(portal: Portal) -> None:
    assert portal.opens == ("预约查询/取消预约",)
    assert load_portal("national").opens == ()
