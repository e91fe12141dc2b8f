"""Numbers as pages keep them: rounded by a float, pulled to the edge of a range, masked. What is held decides."""

import pytest
from playwright.sync_api import Page

from assistant import write_label

# What every box of numbers does whose model is a Number.
FLOAT = """<p><label>银行卡号 <input id=n type=number></label></p>
<script>n.addEventListener("blur", () => { if (n.value) n.value = String(Number(n.value)); });</script>"""
# What jQuery's masks do: thousands marks as one types.
MASK = """<p><label>年薪 <input id=n role=spinbutton></label></p><script>n.addEventListener("input", () => {
  n.value = n.value.replace(/\\D/g, "").replace(/\\B(?=(\\d{3})+$)/g, ","); });</script>"""


@pytest.mark.parametrize("value", ["440300199001011234", "6222021234567890123", "018956", "0755"])
def test_digits_that_a_float_changed_are_not_called_right(page: Page, value: str) -> None:
    page.set_content(FLOAT)
    outcome = write_label(page, "银行卡号", value)
    assert (outcome.status, outcome.reason) == ("mismatched", "not-taken")
    assert page.evaluate("n.value") != value


@pytest.mark.parametrize("value", ["440300", "12.5"])
def test_digits_that_a_float_keeps_are_right(page: Page, value: str) -> None:
    page.set_content(FLOAT)
    assert write_label(page, "银行卡号", value).status == "verified"
    assert page.evaluate("n.value") == value


def test_thousands_marks_of_a_mask_change_nothing(page: Page) -> None:
    page.set_content(MASK)
    assert write_label(page, "年薪", "420000").status == "verified"
    assert page.evaluate("n.value") == "420,000"


RANGED = {
    "native": "<input id=n type=number min=1 max=9 value=3>",
    "spinbutton": "<input id=n role=spinbutton aria-valuemin=1 aria-valuemax=9 aria-valuenow=3 value=3>",
    "of a library": "<div class=ant-input-number><input id=n role=spinbutton aria-valuemin=1 aria-valuemax=9 value=3></div>",
}
CLAMP = """<script>n.addEventListener("blur", () => { n.value = String(Math.min(9, Math.max(1, Number(n.value)))); });</script>"""


@pytest.mark.parametrize("box", RANGED)
@pytest.mark.parametrize("value", ["0", "10", "99", "9.5", "-1"])
def test_a_number_beyond_the_range_that_the_page_declares_is_refused_and_the_old_one_stays(
    page: Page, box: str, value: str
) -> None:
    page.set_content(f"<p><label for=n>份数</label> {RANGED[box]}</p>{CLAMP}")
    outcome = write_label(page, "份数", value)
    assert (outcome.status, outcome.reason) == ("refused", "no-such-option")
    assert page.evaluate("n.value") == "3"
    assert write_label(page, "份数", "9").status == "verified"


def test_a_day_beyond_the_range_of_a_native_date_box_is_refused(page: Page) -> None:
    page.set_content("<label>入境日期 <input id=d type=date min=2026-01-01 max=2026-12-31 value=2026-05-05></label>")
    assert write_label(page, "入境日期", "2027-01-01").reason == "no-such-option"
    assert page.evaluate("d.value") == "2026-05-05"
    assert write_label(page, "入境日期", "2026-12-31").status == "verified"
