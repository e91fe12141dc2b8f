"""The readers and their registry: one module for one kind of source, one line in READERS.

A reader says whether a file is one of its kind by looking at the content, not at the name, and reads it. It never guesses: what is
not certain is `doubtful`, what can't be a value is an `error` with its place. `read` raises InputError with one sentence where the
whole file can't be used.
"""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from assistant.errors import InputError
from assistant.intake.draft import Drafts, SourceFile, SourceKind
from assistant.intake.readers import answers, papers, roster
from assistant.messages import Text

LARGEST_SOURCE = 100_000_000
"""Bytes. A scan of all papers at 300 dpi stays below; what is larger would fill the memory."""


class Reader(Protocol):
    """What a module in this folder provides."""

    @property
    def KINDS(self) -> tuple[SourceKind, ...]: ...

    def recognises(self, file: SourceFile) -> bool:
        """Whether the content is of a kind that this reader reads. Cheap: the first bytes, a name within."""

    def read(self, file: SourceFile, city: str, today: date) -> Drafts:
        """What the file says, person by person. `city` may be empty. Raises InputError."""


# In this order: the first that recognises a file reads it.
READERS: tuple[Reader, ...] = (answers, roster, papers)


def read_source(file: SourceFile, city: str, today: date, readers: Sequence[Reader] | None = None) -> Drafts:
    """What the one reader makes of it that recognises it. Raises InputError where none does, or the file can't be read."""
    try:
        size = file.path.stat().st_size
        if not file.path.is_file():
            raise InputError(Text("这不是文件", "this is no file"), where=file.name)
        if size == 0:
            raise InputError(
                Text("文件是空的（0 字节）；请重新取得这个文件", "the file is empty (0 bytes); get it anew"),
                where=file.name,
            )
        if size > LARGEST_SOURCE:
            raise InputError(
                Text("文件超过 100 MB；请拆分或压缩后再试", "over 100 MB; split it or make it smaller"), where=file.name
            )
        found = next((one for one in (READERS if readers is None else readers) if one.recognises(file)), None)
    except OSError:
        raise InputError(
            Text("无法读取文件；请检查路径和权限", "the file can't be read; check the path and permissions"),
            where=file.name,
        ) from None
    if found is None:
        raise InputError(
            Text(
                "看不出这是哪种来源；可以用的有：名册（xlsx、xls、ods、csv）、问卷的答案、护照等证件和申请表",
                "not a source that can be read; these can: rosters (xlsx, xls, ods, csv), a questionnaire's answers, passports and other papers, application forms",
            ),
            where=file.name,
        )
    return found.read(file, city, today)
