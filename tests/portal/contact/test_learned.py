"""Promises of assistant/portal/contact/learned.py: a box means what it was found to mean, where all pages agree."""

from assistant.portal.contact.learned import Learned, LearnedField, LearnedPage


def page(title: str, means: str) -> LearnedPage:
    return LearnedPage(title=title, fields=(LearnedField(label="编号", control="text", means=means),))


def test_a_page_of_another_title_is_known_by_what_all_pages_agree_on() -> None:
    agreed = Learned(pages=(page("一", "passport.number"), page("二", "passport.number")))
    apart = Learned(pages=(page("一", "passport.number"), page("二", "work_permit.number")))
    assert agreed.meaning("三", "编号", "", "text", 1) == "passport.number"
    assert apart.meaning("三", "编号", "", "text", 1) is None
    assert apart.meaning("二", "编号", "", "text", 1) == "work_permit.number"
