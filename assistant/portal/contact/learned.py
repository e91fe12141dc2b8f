"""What was learned of a portal's pages while they were filled for the first time: the `learned` of an overlay.

    learned:
      pages:
        - title: 一、用人单位
          known: [单位全称, 注册资本]          # every label that was on it
          fields:
            - {label: 单位全称, block: 单位概况, control: text, means: employer.name}
          rows: {education: {学校名称: education.school}}
          lists: {求学足迹: education}         # tables that the person said which list they are
          after: [保存本页, 下一步]            # what the person pressed to save it and to go on
      requests:
        - {origin: "https://example.org", method: POST, path: /draft/save, purpose: seen when a draft was saved by hand}

Promises: a label leads to a datum by its name alone, never to a value, a script or an address; a request belongs to one host;
what is laid over boxes in another shape is worked out anew each time, by code. Pure.
"""

from typing import Literal

import pydantic

from assistant.validation import StrictModel


class LearnedField(StrictModel):
    """One box: how it is found, and the datum it asks for (`means`, a key of the vocabulary or `documents.<slot>`)."""

    label: str = pydantic.Field(min_length=1)
    block: str = ""
    control: str
    nth: int = 1
    means: str = pydantic.Field(min_length=1)


class LearnedPage(StrictModel):
    """One page of the form."""

    title: str
    known: tuple[str, ...] = ()
    fields: tuple[LearnedField, ...] = ()
    rows: dict[str, dict[str, str]] = pydantic.Field(default={})
    lists: dict[str, str] = pydantic.Field(default={})
    after: tuple[str, ...] = ()


class LearnedRequest(StrictModel):
    """One request that the person has allowed on one host."""

    method: Literal["POST", "PUT", "PATCH", "DELETE"]
    path: str = pydantic.Field(min_length=1)
    purpose: str = ""
    origin: str = pydantic.Field(min_length=1)


class Learned(StrictModel):
    """All of it."""

    pages: tuple[LearnedPage, ...] = ()
    requests: tuple[LearnedRequest, ...] = ()

    @property
    def empty(self) -> bool:
        return not self.pages and not self.requests

    def page(self, title: str) -> LearnedPage | None:
        """What is known of the page of this title."""
        return next((one for one in self.pages if one.title == title), None)

    def meaning(self, title: str, label: str, block: str, control: str, nth: int) -> str | None:
        """What a box of a page was found to ask for: the same label, heading, kind and place among its like."""
        spot = (label, block, control, nth)
        page = self.page(title)
        for fields in (page.fields if page else (), [one for each in self.pages for one in each.fields]):
            # On a page of another title it counts where all pages agree.
            found = {one.means for one in fields if (one.label, one.block, one.control, one.nth) == spot}
            if found:
                return found.pop() if len(found) == 1 else None
        return None

    @property
    def lists(self) -> dict[str, str]:
        """The list that each table of an unknown name was said to be, by the table's title."""
        return {title: each for page in self.pages for title, each in page.lists.items()}

    @property
    def known(self) -> frozenset[str]:
        """Every label that was met."""
        return frozenset(label for page in self.pages for label in page.known)

    def columns(self, each: str) -> dict[str, str]:
        """What the columns of a list were found to be, by their labels."""
        return {label: means for page in self.pages for label, means in page.rows.get(each, {}).items()}

    def with_page(self, page: LearnedPage) -> "Learned":
        """With one page more, or one known better; the newer word counts."""
        old = self.page(page.title)
        if old is not None:
            fields = {(one.label, one.block, one.control, one.nth): one for one in (*old.fields, *page.fields)}
            page = LearnedPage(
                title=page.title,
                known=tuple(dict.fromkeys((*old.known, *page.known))),
                fields=tuple(fields.values()),
                rows={**old.rows, **page.rows},
                lists={**old.lists, **page.lists},
                after=page.after or old.after,
            )
        others = tuple(page if one.title == page.title else one for one in self.pages)
        return self.model_copy(update={"pages": others if old is not None else (*others, page)})

    def with_requests(self, requests: "tuple[LearnedRequest, ...]") -> "Learned":
        return self.model_copy(update={"requests": tuple(dict.fromkeys((*self.requests, *requests)))})


NOTHING_LEARNED = Learned()
