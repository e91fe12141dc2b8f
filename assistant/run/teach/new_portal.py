"""A first look at a portal no pack knows: the person opens the form, the tool proposes a pack of one section.

Promises: nothing is written into the page; no request that could change something leaves while the tool holds the pen, for
there is no allow-list; the proposal is a draft that no loader takes before somebody has reviewed it. What only a person can
know (how one logs in, which buttons save) stands in it as a question, and a pack with such a question is refused too.
"""

from collections.abc import Mapping
from pathlib import Path

from assistant.drift.propose import Draft, propose
from assistant.page.form_page import FormPage
from assistant.page.guard.guard import Guard
from assistant.page.guard.rules import origin_of
from assistant.portal.loading import load_portal, portals
from assistant.portal.options import shared_tables
from assistant.store.locations import private_data
from assistant.store.yaml_writer import written


def draft_folder(name: str) -> Path:
    """Where the draft of a new pack is kept, laid out as a pack is: portal.yaml, sections/01-NAME.yaml."""
    return private_data() / "drafts" / name


def propose_here(page: FormPage, guard: Guard) -> Draft:
    """Looks at the form that is open now and proposes its mapping."""
    guard.take_pen()
    try:
        page.settle()
        return propose(page.look().outside_dialogs(), shared_tables(), _known_papers())
    finally:
        guard.hand_over()


def _known_papers() -> Mapping[str, list[str]]:
    """Slot → what the known portals call it."""
    names: dict[str, list[str]] = {}
    for portal in map(load_portal, portals()):
        for section in portal.sections:
            for upload in section.uploads:
                names.setdefault(upload.slot, []).extend(upload.labels)
    return names


def draft_portal(name: str, url: str, on: str) -> str:
    """The pack's portal.yaml as far as it can be known; `?` stands for what the reviewer must look up on the page."""
    asked = ["?"]
    origin = origin_of(url)
    return (
        f"# 由 assistant teach --new 于 {on} 写成，尚未有人核对；每个 ? 由人填写（写法见 selectors/README.md）。\n"
        f"# Written by `assistant teach --new` on {on}; each ? is for a person to fill in (grammar: selectors/README.md).\n"
    ) + written(
        {
            "portal": name,
            "title": {"zh": name, "en": name},
            "hosts": [
                {
                    "origins": [origin],
                    "kind": "live",
                    "start": url.removeprefix(origin) or "/",
                    "verified_on": "",
                    "evidence": "I",
                }
            ],
            "login": {"logged_out": asked, "logged_in": asked, "evidence": "I"},
            "entry": {"menu": asked, "start": asked, "evidence": "I"},
            "identity": [{"labels": asked, "value": "passport.number"}],
            "buttons": {"save": asked, "evidence": "I"},
            "navigation": "titles",
            "forbidden_buttons": ["提交"],
            "forbidden_paths": ["/**/submit"],
            "sections": [name],
        }
    )
