"""YAML files where they are kept: what was read of the project's own files is read again when the file changed."""

from pathlib import Path

import pytest

from assistant.errors import PackError
from assistant.store.documents import load_model
from assistant.validation import StrictModel


class Sheet(StrictModel):
    city: str


def test_a_file_that_was_corrected_is_seen_and_one_that_was_not_is_read_once(tmp_path: Path) -> None:
    path = tmp_path / "sheet.yaml"
    path.write_text("city: a\n")
    first = load_model(path, Sheet, PackError)
    assert load_model(path, Sheet, PackError) is first
    path.write_text("city: shenzhen\n")
    assert load_model(path, Sheet, PackError).city == "shenzhen"
    path.write_text("town: shenzhen\n")
    with pytest.raises(PackError):
        load_model(path, Sheet, PackError)
    path.unlink()
    with pytest.raises(PackError):
        load_model(path, Sheet, PackError)


@pytest.mark.parametrize(
    "module", ["assistant.check.city.loading", "assistant.drift.vocabulary", "assistant.portal.options"]
)
def test_no_reader_of_files_keeps_them_for_the_life_of_the_process(module: str) -> None:
    import importlib

    kept = [name for name, thing in vars(importlib.import_module(module)).items() if hasattr(thing, "cache_clear")]
    assert kept == []
