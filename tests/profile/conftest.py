"""In these tests a sample is a draft on the disk."""

from collections.abc import Callable

import pytest

from tests.support.drafts import Draft


@pytest.fixture
def lee(draft_of: Callable[[str], Draft]) -> Draft:
    """The degree path, with spouse and child; here a draft that may be spoilt."""
    return draft_of("sample-lee")
