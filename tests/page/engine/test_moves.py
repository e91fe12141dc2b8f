"""A set of tick boxes of which one is disabled: all is checked before the first press, never half a set."""

import pytest
from playwright.sync_api import Page

from assistant import write_label

NATIVE = """<fieldset><legend>通知方式</legend>
  <label><input type=checkbox id=a checked>邮件</label> <label><input type=checkbox id=b checked disabled>站内信</label>
  <label><input type=checkbox id=c>短信</label></fieldset>"""
ARIA = """<div role=group aria-label=通知方式>
  <span role=checkbox id=a aria-checked=true>邮件</span> <span role=checkbox id=b aria-checked=true aria-disabled=true>站内信</span>
  <span role=checkbox id=c aria-checked=false>短信</span></div><script>
  for (const box of [a, b, c]) box.addEventListener("click", () => {
    if (box.getAttribute("aria-disabled") !== "true") box.setAttribute("aria-checked", box.getAttribute("aria-checked") !== "true");
  });</script>"""
HELD = "() => [a, b, c].map((box) => box.checked ?? box.getAttribute('aria-checked') === 'true')"


@pytest.mark.parametrize("form", [NATIVE, ARIA], ids=["native", "aria"])
def test_a_set_that_needs_a_disabled_box_changed_is_refused_whole(page: Page, form: str) -> None:
    page.set_content(form)
    outcome = write_label(page, "通知方式", ["短信"])
    assert (outcome.status, outcome.reason) == ("refused", "no-such-option")
    assert page.evaluate(HELD) == [True, True, False]


@pytest.mark.parametrize("form", [NATIVE, ARIA], ids=["native", "aria"])
def test_a_disabled_box_that_is_on_already_may_be_part_of_the_set(page: Page, form: str) -> None:
    page.set_content(form)
    assert write_label(page, "通知方式", ["站内信", "短信"]).status == "verified"
    assert page.evaluate(HELD) == [False, True, True]
