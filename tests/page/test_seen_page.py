"""A look at a page of several frames: each is quiet, and one that stood still while another was waited for is not waited for
again."""

import pytest
from playwright.sync_api import JSHandle, Page

from assistant.page.engine import engine_source
from assistant.page.form_page import FormPage

FRAME = """<label>{name} <input name='{name}'></label><button type='button'>{name} more</button><script>
document.querySelector('button').onclick = () => setTimeout(() => {{
  document.body.insertAdjacentHTML('beforeend', '<label>came <input></label>');
  parent.document.body.insertAdjacentHTML('beforeend', '<label>above <input></label>');
}}, 10);
</script>"""
# Much longer than anything takes here, so that it shows whether it was waited for.
LONG = 5000


def took(engine: JSHandle, quiet: int, waited: int) -> float:
    """Milliseconds until the document counts as quiet."""
    milliseconds: float = engine.evaluate(
        "async (engine, [quiet, waited]) => { const start = performance.now(); await engine.settle(quiet, 20000, waited); return performance.now() - start; }",
        [quiet, waited],
    )
    return milliseconds


@pytest.fixture
def engine(page: Page) -> JSHandle:
    page.set_content("<input value='one'>")
    made = page.evaluate_handle(engine_source())
    took(made, 16, 0)
    return made


def test_what_stood_still_while_another_was_waited_for_is_not_waited_for_again(engine: JSHandle):
    assert took(engine, LONG, LONG) < LONG / 2


@pytest.mark.parametrize(
    "moves",
    ["document.querySelector('input').value = 'two'", "document.body.append('more')"],
    ids=["a value", "the tree"],
)
def test_what_moved_meanwhile_is_waited_for_as_ever(page: Page, engine: JSHandle, moves: str):
    page.evaluate(moves)
    assert took(engine, 300, LONG) >= 300


def test_what_the_person_had_in_hand_is_waited_for_as_ever(engine: JSHandle):
    engine.evaluate("engine => { engine.attend(1); engine.attend(0); }")
    assert took(engine, 300, LONG) >= 300


def test_a_look_after_a_press_shows_what_comes_of_it_in_every_frame(page: Page):
    frames = "".join(
        f"<iframe srcdoc='{FRAME.format(name=name).replace(chr(39), '&quot;')}'></iframe>" for name in ("a", "b", "c")
    )
    page.set_content(frames)
    form = FormPage(page)
    before = {control.label for control in form.settled_look().controls}
    assert before == {"a", "b", "c"}
    reason, seen = form.press_and_look(["b more"])
    assert reason is None
    assert {control.label for control in seen.controls} - before == {"came", "above"}


def test_a_frame_that_the_press_took_away_is_no_longer_looked_at(page: Page):
    inner = "<label>a <input></label><button type=button onclick=parent.document.querySelector(&quot;iframe&quot;).remove()>close</button>"
    page.set_content(f'<label>top <input></label><iframe srcdoc="{inner}"></iframe>')
    form = FormPage(page)
    assert {control.label for control in form.settled_look().controls} == {"top", "a"}
    reason, seen = form.press_and_look(["close"])
    assert reason is None
    assert {control.label for control in seen.controls} == {"top"}
