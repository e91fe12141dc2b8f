"""The panel's own markup under an accessibility checker (axe-core).

The checker can't look into a closed shadow root, so the very same scripts and styles are run with the root left open, in a
page of their own; nothing else differs.
"""

import json

import pytest
from playwright.sync_api import Page

from assistant.form_page import FormPage
from assistant.panel.host import PanelHost
from assistant.panel.review import _file
from assistant.panel.view import words
from fixtures.libraries_for_tests import fetch_test_libraries

OPEN = """(() => {
  const closed = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (init) { return closed.call(this, { ...init, mode: "open" }); };
})()"""
PAGE = '<!doctype html><html lang="zh"><title>form</title><main><h1>form</h1><label>Name <input id="name"></label></main></html>'


def card(number: int, tone: str, **more: object) -> dict[str, object]:
    return {
        "id": f"part|field{number}|label{number}|",
        "name": f"护照号码 {number}",
        "section": "个人信息",
        "kindText": "证件号码",
        "why": "证件号码：与证件原件逐位核对",
        "planned": "E12345678",
        "shown": "E12345679",
        "copy": "E12345678",
        "use": True,
        "done": False,
        "calm": tone in ("look", "calm"),
        "differs": tone == "conflict",
        "tone": tone,
        **more,
    }


def state(phase: str, language: str) -> dict[str, object]:
    tones = ("look", "conflict", "bad", "hand", "calm")
    buttons = {"run": ("pause", "take-over"), "ask": ("resume", "take-over"), "review": ("close",)}[phase]
    return {
        "phase": phase,
        "holder": "tool" if phase == "run" else "person",
        "banner": "笔在您手里" if language == "zh" else "The pen is yours",
        "applicant": "LEE MINJUN · M***2",
        "note": "已复制「护照号码」",
        "now": 2,
        "total": 7,
        "progress": "2 / 7",
        "sections": [{"title": f"部分 {one}", "text": "3", "state": one} for one in ("done", "look", "now", "wait")],
        "summary": "22",
        "cards": [card(number, tone, done=number == 4) for number, tone in enumerate(tones)],
        "rest": [card(number, "calm") for number in range(10, 14)],
        "paste": ["part|field2|label2|"],
        "buttons": [{"key": key, "text": key, "main": key == "resume"} for key in buttons],
    }


@pytest.mark.parametrize(("phase", "language"), [("run", "zh"), ("ask", "en"), ("review", "zh")])
def test_the_checker_finds_no_serious_fault(page: Page, phase: str, language: str) -> None:
    page.goto("about:blank")
    page.set_content(PAGE)
    host = PanelHost(FormPage(page), _file("panel.js"), _file("panel.css"), {"words": words(language)})
    page.evaluate(f"{OPEN}; window[{json.dumps(host._binding)}] = () => {{}};")
    page.evaluate(f"() => {{ {host._source} }}")
    page.evaluate(f"() => assistantPanel.hear({json.dumps({'state': state(phase, language)})})")
    panel = page.locator(".panel")
    assert panel.is_visible()
    for name in ("sections", "rest"):
        if panel.locator(f"[data-key={name}]").is_visible():
            box = panel.locator(f"[data-key={name}]").bounding_box()
            page.mouse.click(box["x"] + 20, box["y"] + 8)
    page.add_script_tag(path=fetch_test_libraries() / "axe-core" / "axe.min.js")
    found = page.evaluate("axe.run(document)")
    seen = {one["id"] for one in found["passes"]}
    assert {"button-name", "color-contrast"} <= seen, "the checker looked into the panel"
    faults = [
        (one["id"], one["impact"], [node["target"] for node in one["nodes"]], one["nodes"][0]["failureSummary"])
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
    ]
    assert faults == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_word_of_the_panel_is_there_in_both_languages(language: str) -> None:
    said = words(language)
    assert all(said.values()) and said["lang"].startswith(language)
    assert set(words("zh")) == set(words("en"))
