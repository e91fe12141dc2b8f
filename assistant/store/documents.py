"""YAML files read from where they are kept: the disk, or an applicant's files. What they say is strict_yaml.py's matter."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from assistant.errors import InputError
from assistant.messages import Text
from assistant.store.base import Files
from assistant.store.sealing import state_of
from assistant.strict_yaml import LARGEST_FILE, Document, decoded, parse, unusable
from assistant.validation import validated

Model = TypeVar("Model", bound=BaseModel)
_loaded: dict[tuple[Path, type[BaseModel]], tuple[tuple[int, int] | None, BaseModel]] = {}


def open_document(path: Path, error: type[InputError]) -> Document:
    """The file as text-only data. Raises `error` only when nothing can be read; what else is wrong waits in `.problems`."""
    return _document(lambda: _content(path), path, error)


def document_in(files: Files, name: str, error: type[InputError]) -> Document:
    """The same for one of an applicant's files, or of those that applicants share."""
    return _document(lambda: files.read(name), Path(files.where(name)), error)


def read_yaml(path: Path, error: type[InputError]) -> Document:
    """The file as text-only data; raises `error` with every problem found in it."""
    document = open_document(path, error)
    if document.problems:
        raise unusable(path, error, document.problems)
    return document


def load_model(path: Path, model: type[Model], error: type[InputError]) -> Model:
    """The file validated as `model`; raises `error` with all problems of the file and of its values together.

    For the project's own files (packs, cities, words): what was read is kept until the file changes. A person's file is
    never read this way.
    """
    state = _state(path)
    known = _loaded.get((path, model))
    if known is None or state is None or known[0] != state:
        loaded = validated(open_document(path, error), model, error)
        known = _loaded[path, model] = state, loaded
    found = known[1]
    assert isinstance(found, model)
    return found


def _state(path: Path) -> tuple[int, int] | None:
    try:
        return state_of(path)
    except OSError:
        return None


def _content(path: Path) -> bytes:
    """The file's bytes; of one that is too large to be a data file, only so many that `decoded` sees it."""
    with path.open("rb") as file:
        return file.read(LARGEST_FILE + 1)


def _document(content: Callable[[], bytes], path: Path, error: type[InputError]) -> Document:
    try:
        read = content()
    except FileNotFoundError:
        what = Text("找不到文件；请检查路径和文件名", "file not found; check the path and the name")
        raise error(what, where=str(path)) from None
    except (OSError, ValueError):
        if path.is_dir():
            what = Text("这是文件夹，这里需要 YAML 文件", "this is a folder; a YAML file is needed here")
            raise error(what, where=str(path)) from None
        what = Text("无法读取文件；请检查路径和权限", "the file can't be read; check the path and permissions")
        raise error(what, where=str(path)) from None
    return parse(decoded(read, path, error), path, error)
