"""Promises of assistant/portal/overlay.py: what a handler learned is laid over the pack, judged by the pack's linter, told as a diff."""

import stat
import sys
from datetime import date
from pathlib import Path

import pytest

from assistant.errors import PackError
from assistant.portal.loading import Portal, load_portal, pack_trees
from assistant.portal.overlay import (
    FieldPatch,
    HostPatch,
    Laid,
    Overlay,
    overlay_home,
    overlay_text,
    overlays_for,
    read_overlay,
    write_overlay,
)
from assistant.portal.overlay_apply import changes
from assistant.store.applicant_folder import PlainFolder, SharedFolder
from tests.support.overlays import own_overlay

HEAD = "overlay: shenzhen\nwritten_on: 2026-11-22\nby: 王小明\n"


def laid(tmp_path: Path, body: str, head: str = HEAD) -> Portal:
    path = tmp_path / "shenzhen.yaml"
    path.write_text(head + body, encoding="utf-8")
    return load_portal("shenzhen", overlays=(read_overlay(path),))


def refused(tmp_path: Path, body: str, head: str = HEAD) -> list[tuple[str, str]]:
    """Where and why an overlay is refused."""
    with pytest.raises(PackError) as problem:
        laid(tmp_path, body, head)
    return [(one.where, one.what.en) for one in problem.value.problems]


def test_a_field_is_found_under_its_new_name(tmp_path: Path) -> None:
    portal = laid(tmp_path, "sections:\n  personal:\n    fields:\n      passport.number: {labels: [护照号]}\n")
    field = portal.section("personal").fields_by_key["passport.number"]
    assert field.labels == ("护照号",)
    assert field.identity and field.source.paths == ("passport.number",)


def test_a_field_moves_to_another_section_with_everything_it_is(tmp_path: Path) -> None:
    body = "sections:\n  business:\n    fields:\n      applicant.email: {from: personal, labels: [联系邮箱]}\n"
    portal = laid(tmp_path, body)
    assert "applicant.email" not in portal.section("personal").fields_by_key
    moved = portal.section("business").fields_by_key["applicant.email"]
    assert (moved.labels, moved.required) == (("联系邮箱",), True)


def test_a_field_whose_key_the_other_section_has_keeps_its_datum_under_a_key_of_its_own(tmp_path: Path) -> None:
    body = "sections:\n  residence:\n    fields:\n      applicant.phone@personal: {from: personal, labels: [在中国工作电话]}\n"
    fields = laid(tmp_path, body).section("residence").fields_by_key
    assert fields["applicant.phone@personal"].source.paths == fields["applicant.phone"].source.paths


def test_a_section_answers_to_its_new_title_and_still_to_the_old_one(tmp_path: Path) -> None:
    section = laid(tmp_path, "sections:\n  family:\n    title: 随行人员\n").section("family")
    assert (section.title, section.titles) == ("随行人员", ("家属信息",))


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("sections:\n  personal:\n    fields:\n      passport.number: {labels: [提交]}\n", "never does"),
        ("sections:\n  family:\n    title: 确认提交\n", "never does"),
        ("sections:\n  education:\n    tables:\n      education: {add: [提交申请]}\n", "never does"),
        ("sections:\n  personal:\n    fields:\n      passport.number: {labels: [姓]}\n", "also the label of"),
        ("sections:\n  personal:\n    fields:\n      applicant.sex: {control: text}\n", "a text has no options"),
        ("sections:\n  personal:\n    fields:\n      applicant.sex: {control: button}\n", "must be one of"),
        ("sections:\n  personal:\n    fields:\n      no.such.field: {labels: [某]}\n", "no such entry"),
        ("sections:\n  nowhere:\n    title: 某\n", "no such section"),
        ("sections:\n  work:\n    fields:\n      passport.number: {from: business, labels: [某]}\n", "no such entry"),
    ],
    ids=[
        "a-submit-label",
        "a-submit-title",
        "a-submit-button",
        "twice",
        "no-options",
        "no-kind",
        "no-field",
        "no-section",
        "not-there",
    ],
)
def test_an_overlay_that_is_unsafe_or_does_not_fit_is_refused_with_file_line_and_reason(
    tmp_path: Path, body: str, why: str
) -> None:
    problems = refused(tmp_path, body)
    assert any(why in what for _, what in problems)
    # Of two fields that share a name, either may be the one that is named.
    assert any(where.startswith(str(tmp_path / "shenzhen.yaml:")) for where, _ in problems) or "label" in why


def test_an_overlay_can_name_no_value_condition_or_button_of_the_way(tmp_path: Path) -> None:
    for line in ("value: applicant.phone", "when: {family: present}", "required: false"):
        body = f"sections:\n  personal:\n    fields:\n      passport.number: {{{line}}}\n"
        assert any("unknown key" in what for _, what in refused(tmp_path, body))
    assert any("unknown key" in what for _, what in refused(tmp_path, "entry: {start: [提交]}\n"))


def test_another_portals_overlay_is_refused(tmp_path: Path) -> None:
    head = HEAD.replace("shenzhen", "national")
    assert [what for _, what in refused(tmp_path, "", head)] == ["this overlay is another portal's"]


def test_an_overlay_without_date_or_author_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path, "", "overlay: shenzhen\n")


HOST = """hosts:
  - origin: http://wgfw.ga.sz.gov.cn
    verified_on: 2026-11-20
    verified_by: 王小明
    allow:
      - {method: POST, path: "%s", purpose: 暂存}
"""


def test_a_host_learns_what_saves_a_draft_with_date_and_name(tmp_path: Path) -> None:
    portal = laid(tmp_path, HOST % "/ext/draft/save")
    assert not load_portal("shenzhen").live.trusted
    assert portal.live.trusted
    assert [(one.method, one.path) for one in portal.live.allow] == [("POST", "/ext/draft/save")]
    assert portal.live.verified_on == date(2026, 11, 20)


@pytest.mark.parametrize("path", ["/ext/submit", "/crj/crjmsjw/wsyy/book", "/*", "/api/applications/*/submit"])
def test_no_host_learns_to_submit_book_or_pay(tmp_path: Path, path: str) -> None:
    assert refused(tmp_path, HOST % path)


def everything() -> Overlay:
    return Overlay.model_validate(
        {
            "overlay": "shenzhen",
            "written_on": "2026-11-22",
            "by": "O'Neil: 王 #1",
            "note": "改版 {2026}",
            "sections": {
                "personal": {"fields": {"passport.number": {"labels": ["护照号", "No. : #"], "block": "证件信息"}}},
                "family": {"title": "随行人员", "tables": {"family": {"fields": {"family.sex": {"labels": ["Sex"]}}}}},
                "attachments": {"uploads": {"contract": {"labels": ["聘用合同（原件扫描）"]}}},
            },
            "hosts": [
                {
                    "origin": "http://wgfw.ga.sz.gov.cn",
                    "verified_on": "2026-11-20",
                    "verified_by": "王小明",
                    "allow": [{"method": "POST", "path": "/ext/*/save", "purpose": "暂存"}],
                }
            ],
        }
    )


def test_what_is_written_is_read_back_the_same_and_private(tmp_path: Path) -> None:
    path = tmp_path / "overlays" / "shenzhen.yaml"
    assert write_overlay(SharedFolder(tmp_path), everything()) == str(path)
    assert read_overlay(path).overlay == everything()
    assert "passport.number: {labels: [护照号" in path.read_text(encoding="utf-8")
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_what_a_person_noted_in_the_file_stays_when_it_is_written_again(tmp_path: Path) -> None:
    path, home = tmp_path / "overlays" / "shenzhen.yaml", SharedFolder(tmp_path)
    write_overlay(home, everything())
    before = path.read_text(encoding="utf-8").replace("hosts:", "# 与平台客服确认过\nhosts:")
    path.write_text(before, encoding="utf-8")
    write_overlay(home, everything().model_copy(update={"by": "陈"}))
    assert path.with_suffix(".yaml.bak").read_text(encoding="utf-8") == before
    assert read_overlay(path).overlay.by == "陈"
    assert "# 与平台客服确认过\nhosts:" in path.read_text(encoding="utf-8")


def test_the_diff_says_what_it_was_and_what_it_becomes() -> None:
    told = {(one.where, one.before, one.after) for one in changes(everything(), dict(pack_trees("shenzhen")))}
    assert ("personal › passport.number › labels", "护照号码", "护照号、No. : #") in told
    assert ("family › title", "家属信息", "随行人员") in told
    assert ("attachments › contract › labels", "聘用合同原件", "聘用合同（原件扫描）") in told
    assert any(where.endswith("allow") and "POST /ext/*/save" in after for where, _, after in told)


def test_the_overlay_beside_the_applicants_comes_before_the_tools_own(tmp_path: Path) -> None:
    applicant = PlainFolder(tmp_path / "applicants" / "lee")
    assert overlays_for("shenzhen", applicant) == ()
    write_overlay(overlay_home(), everything())
    try:
        assert [one.overlay for one in overlays_for("shenzhen", applicant)] == [everything()]
        beside = everything().model_copy(update={"by": "近处"})
        beside_them = tmp_path / "applicants" / "overlays" / "shenzhen.yaml"
        assert write_overlay(overlay_home(applicant), beside) == str(beside_them)
        assert [one.overlay.by for one in overlays_for("shenzhen", applicant)] == ["近处"]
    finally:
        own_overlay("shenzhen").unlink()


def test_the_pack_itself_is_never_changed() -> None:
    before = load_portal("shenzhen")
    patch = FieldPatch(labels=("护照号",))
    overlay = Overlay.model_validate(
        {
            "overlay": "shenzhen",
            "written_on": "2026-11-22",
            "by": "x",
            "sections": {"personal": {"fields": {"passport.number": patch}}},
        }
    )
    assert load_portal("shenzhen", overlays=(Laid(overlay),)).sections != before.sections
    assert load_portal("shenzhen").sections == before.sections


def test_an_overlays_text_names_its_author_and_date() -> None:
    text = overlay_text(everything())
    assert "written_on: 2026-11-22" in text and "verified_on: 2026-11-20" in text


def test_a_host_patch_needs_a_name_and_a_request() -> None:
    with pytest.raises(ValueError):
        HostPatch(origin="http://x", verified_on=date(2026, 11, 20), verified_by="", allow=())
