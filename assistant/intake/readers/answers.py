"""The answers of a questionnaire: one file that only the handler's own key opens.

Promises: a file that was altered on its way, or is for another key, is refused; every answer is read as strictly as a roster's cell.
"""

import base64
import binascii
import json
from collections.abc import Iterator
from datetime import date
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any

from assistant.errors import InputError, SealError
from assistant.intake.draft import Drafts, NewPaper, Note, ProfileDraft, ReadValue, SourceFile, SourceKind, Surety
from assistant.intake.words.meaning import meant
from assistant.messages import Text
from assistant.profile.values import SLOT_NAMES
from assistant.store import sealing

KINDS: tuple[SourceKind, ...] = ("answers",)

_MAGIC = b"age-encryption.org/v1\n"
_NOT_OURS = Text("这不是问卷的答案", "these are not a questionnaire's answers")
_ALTERED = Text(
    "打不开这份答案：文件在途中被改动、不完整，或是用另一把密钥加密的；请申请人重新发送",
    "these answers do not open: altered on the way, incomplete, or encrypted to another key; ask the applicant to send them again",
)
_UNKNOWN_PATH = Text("没有这一项；没有采用", "there is no such value; not used")
_UNKNOWN_SLOT = Text("没有这个材料项，文件没有采用", "there is no such slot; the file is not used")


def recognises(file: SourceFile) -> bool:
    """An age file."""
    return file.content.startswith(_MAGIC)


def read(file: SourceFile, city: str, today: date) -> Drafts:
    """The answers as one person's draft. Raises InputError, KeyringUnusable."""
    del city, today
    try:
        answers = json.loads(sealing.opened_bytes(file.content, sealing.kept_key(), file.path))
    except SealError:
        raise InputError(_ALTERED) from None
    except (ValueError, RecursionError):
        raise InputError(_NOT_OURS) from None
    if not isinstance(answers, dict) or answers.get("schema") != 1 or not isinstance(answers.get("values"), dict):
        raise InputError(_NOT_OURS)
    notes: list[Note] = []
    values = tuple(_values(file.name, answers["values"], notes))
    papers = tuple(_papers(file.name, answers.get("papers", []), notes))
    applicant = answers.get("applicant")
    draft = ProfileDraft(file.name, values, papers, applicant if isinstance(applicant, str) else "")
    return Drafts((draft,), tuple(notes))


def _values(name: str, values: dict[str, Any], notes: list[Note]) -> Iterator[ReadValue]:
    for path, written in values.items():
        if not isinstance(written, str):
            notes.append(Note(name, _NOT_OURS))
            continue
        try:
            found = meant(path, written)
        except (KeyError, ValueError):
            notes.append(Note(name, _UNKNOWN_PATH))
            continue
        if found.value == "":
            continue
        state: Surety = found.state
        typed = written if written != found.value else ""
        yield ReadValue(path, found.value, f"{name}#{path}", "answers", "typed", state, found.doubt, typed)


def _papers(name: str, papers: Any, notes: list[Note]) -> Iterator[NewPaper]:
    for one in papers if isinstance(papers, list) else ():
        try:
            slot, called, content = str(one["slot"]), str(one["name"]), base64.b64decode(one["content"], validate=True)
        except (KeyError, TypeError, binascii.Error, ValueError):
            notes.append(Note(name, _NOT_OURS))
            continue
        if slot not in SLOT_NAMES:
            notes.append(Note(name, _UNKNOWN_SLOT))
            continue
        yield NewPaper(slot, _safe_name(called, slot), content)


def _safe_name(called: str, slot: str) -> str:
    """A file's name without a way, as any system takes it."""
    plain = PurePosixPath(PureWindowsPath(called).name).name
    kept = "".join(sign for sign in plain if sign.isprintable() and sign not in '<>:"/\\|?*').strip(". ")
    return kept[-80:] or slot
