"""What is special in filling a section: how a value that does not hold is written again, and what is said of it."""

import pytest
from playwright.sync_api import Page

from assistant.page.form_page import FormPage
from assistant.portal.section import Field
from assistant.run.fill import section_filler
from assistant.run.plan import Step

ONLY_PEOPLE = """
<label>姓名 <input id="name"></label><label>单位 <input id="employer"></label>
<script>
  // What the browser itself reports is kept, anything else is put back.
  let kept = "";
  const field = document.querySelector("#name");
  field.addEventListener("input", (event) => { if (event.isTrusted) kept = field.value; field.value = kept; });
</script>
"""


def step(label: str, value: str) -> Step:
    field = {"key": label, "labels": (label,), "control": "text", "evidence": "I", "value": "applicant.surname"}
    return Step(Field.model_validate(field), value, (value,))


def everything(seen):
    return seen


def test_where_only_a_persons_text_counts_that_field_alone_is_entered_so_and_the_outcome_says_so(page: Page):
    page.set_content(ONLY_PEOPLE)
    results = section_filler.fill(
        FormPage(page), [step("姓名", "LEE"), step("单位", "ACME")], everything, overwrite=False
    )
    outcomes = {one.label: (one.status, one.how) for one in (filled.outcome for filled in results)}
    assert outcomes == {"姓名": ("verified", "keyboard"), "单位": ("verified", "in-page")}
    assert [page.locator(one).input_value() for one in ("#name", "#employer")] == ["LEE", "ACME"]


@pytest.mark.parametrize(
    ("attributes", "status"), [('value="LEE"', "already"), ('value="KIM"', "kept"), ("readonly", "refused")]
)
def test_where_nothing_is_written_nothing_is_said_of_how(page: Page, attributes: str, status: str):
    page.set_content(f"<label>姓名 <input {attributes}></label>")
    (one,) = section_filler.fill(FormPage(page), [step("姓名", "LEE")], everything, overwrite=False)
    assert (one.outcome.status, one.outcome.how) == (status, None)


def test_a_question_that_is_still_being_drawn_is_waited_for_before_it_is_refused(page: Page):
    page.set_content(
        """<label>姓名 <input id="name"></label><script>
        setTimeout(() => { document.body.insertAdjacentHTML("beforeend", "<label>单位 <input id=employer></label>"); }, 250);
        </script>"""
    )
    filled = section_filler.fill(FormPage(page), [step("单位", "ACME")], everything, overwrite=False)
    assert [(one.status, one.reason) for one in filled] == [("verified", None)]
    assert page.input_value("#employer") == "ACME"
