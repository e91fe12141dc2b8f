"""Cases to break: the invented samples, and a way to change single values of a profile by path."""

from collections.abc import Callable
from functools import cache, reduce

import pytest
from pydantic import BaseModel

from assistant.profile.loading import Profile, load_profile
from assistant.store.applicant_folder import PlainFolder
from assistant.store.locations import PROFILES
from tests.support.drafts import Draft

Changed = Callable[..., Profile]


@cache
def _sample(name: str) -> Profile:
    return load_profile(PlainFolder(PROFILES / f"sample-{name}"))


def _with(model: BaseModel, path: list[str], value: object) -> BaseModel:
    first, *rest = path
    return model.model_copy(update={first: _with(getattr(model, first), rest, value) if rest else value})


@pytest.fixture(scope="session")
def changed() -> Changed:
    """`changed("okafor", {"passport.number": "X"}, without=["contract"])`: a sample with other values and fewer papers."""

    def change(name: str, values: dict[str, object] | None = None, without: tuple[str, ...] = ()) -> Profile:
        kept = {slot: files for slot, files in _sample(name).documents.items() if slot not in without}
        start = _sample(name).model_copy(update={"documents": kept})
        return reduce(lambda profile, item: _with(profile, item[0].split("."), item[1]), (values or {}).items(), start)

    return change


@pytest.fixture
def lee(draft_of: Callable[[str], Draft]) -> Draft:
    """The degree path, with spouse and child; here a draft that may be spoilt."""
    return draft_of("sample-lee")
