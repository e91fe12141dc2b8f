"""What the person is offered on a page that is new: any unknown box can be said to be one of the things the profile holds."""

import pytest

from assistant.messages import Text
from assistant.review.panel.review import ReviewPanel
from assistant.run.contact.offer import Datum, ListEntry, Offer, OfferReply
from assistant.run.plan import make_plan

DATA = tuple(Datum(f"key.{number}", f"资料项 {number}", f"VALUE-{number:02}") for number in range(30))
ENTRY = ListEntry("0", "借书证号", Text("没有找到", "nothing found"), "unknown")


@pytest.fixture
def answered(session, lee):
    """Shows an offer; a function that gives what was answered so far."""
    session.page.page.goto("data:text/html,<title>card</title><p>借书证号 <input></p>")
    panel = ReviewPanel(session.page, session.guard, make_plan(lee, session.portal), "zh")
    offer = Offer(Text("一页", "one page"), ("fill", "go-on"), (ENTRY,), DATA)
    reply = panel.offer(offer, lambda: False)

    def answer() -> OfferReply | None:
        session.page.page.wait_for_timeout(200)
        return reply.word if reply.given else None

    yield answer
    panel.close()


def choices(session) -> list[str]:
    return [name for role, name, _ in session.person.reads() if role in ("option", "MenuListOption")]


def test_what_an_unknown_box_asks_for_is_found_by_a_part_of_its_name_or_value(session, answered):
    person = session.person
    session.page.page.wait_for_timeout(1200)
    person.press("在资料中查找：借书证号", role="searchbox")
    session.page.page.keyboard.type("value-17")
    shown = [one for one in choices(session) if "资料项" in one]
    assert shown == ["资料项 17：VALUE-17"]
    person.press("资料项 17：VALUE-17", role="option")
    person.press("按勾选填写")
    found = next((one for _ in range(20) if (one := answered()) is not None), None)
    assert found is not None and (found.answer, dict(found.named)) == ("fill", {"0": "key.17"})
