"""Settings: logins, sealing, what was learned, what is stored."""

import pytest

from assistant.store import credentials, sealing
from assistant.store.credentials import PortalLogin


def test_a_login_goes_into_the_keyring_and_is_never_shown_again(visitor):
    answer = visitor.post(
        "/settings", {"do": "keep-login", "city": "shenzhen", "user": "handler-wang", "password": "geheim-123"}
    )
    assert credentials.login_of("shenzhen") == PortalLogin("handler-wang", "geheim-123")
    for page in (answer, visitor.get("/settings")):
        assert "geheim-123" not in page.text and "handler-wang" not in page.text
    visitor.post("/settings", {"do": "forget-login", "city": "shenzhen"})
    assert credentials.login_of("shenzhen") is None


def test_half_a_login_is_not_kept(visitor):
    assert visitor.post("/settings", {"do": "keep-login", "city": "beijing", "user": "x", "password": ""}).status == 422
    assert credentials.login_of("beijing") is None


def test_an_applicant_is_sealed_and_opened_again_and_the_key_can_be_taken_along(visitor, desk_folder):
    answer = visitor.post("/settings", {"do": "seal", "applicant": "sample-lee"})
    assert "恢复密钥" in answer.words
    assert sealing.is_sealed(desk_folder / "sample-lee")
    assert "AGE-SECRET-KEY-1" not in answer.text
    assert "AGE-SECRET-KEY-1" in visitor.post("/settings/recovery-key").text
    assert visitor.get("/settings/recovery-key").status == 405
    visitor.post("/settings", {"do": "unseal", "applicant": "sample-lee"})
    assert not sealing.is_sealed(desk_folder / "sample-lee")


@pytest.mark.parametrize("applicant", ["", "..", "../applicants/sample-lee", "nobody"])
def test_only_an_applicant_of_the_folder_is_sealed(visitor, applicant):
    assert visitor.post("/settings", {"do": "seal", "applicant": applicant}).status == 422


def test_where_things_are_stored_is_said(visitor, desk_folder):
    words = visitor.get("/settings").words
    assert str(desk_folder) in words and "存在哪里" in words


def test_a_file_that_was_not_learned_is_refused(visitor):
    assert visitor.upload("/settings?", [("overlay", "a.yaml", b"city: [")]).status == 400
    body = [("overlay", "a.yaml", b"nothing: true\n")]
    assert visitor.upload("/settings", body).status == 400


def test_an_unknown_button_or_city_does_nothing(visitor):
    assert (
        visitor.post("/settings", {"do": "keep-login", "city": "atlantis", "user": "a", "password": "b"}).status == 422
    )
    assert visitor.post("/settings", {"do": "anything"}).status == 400


def test_what_the_doctor_can_mend_has_a_button_and_the_press_mends_and_asks_again(visitor, desk, monkeypatch):
    found = {"name": "python", "state": "warning", "message": "没有文字识别", "remedy": "请安装", "mend": "ocr"}
    desk.examination.checks = [found, {**found, "name": "clock", "mend": None}]
    page = visitor.get("/settings")
    assert page.text.count('value="mend"') == 1 and "安装扫描件文字识别" in page.words
    asked = []
    monkeypatch.setattr(desk.examination, "_mends", lambda key: asked.append(key) or False)
    monkeypatch.setattr(desk.examination, "_ask", lambda *_words: asked.append("all"))
    visitor.post("/settings", {"do": "mend", "key": "ocr"})
    desk.examination._thread.join(10)
    assert asked == ["ocr", "all"] and "没有装成" in visitor.get("/settings").words
    assert visitor.post("/settings", {"do": "mend", "key": "rm -rf /"}).status == 400
