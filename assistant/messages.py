"""Text for people, always in both languages.

A `Text` holds one sentence in Chinese and in English side by side, so that neither can be forgotten or drift. It is
written where it is used and turned into one language only at the edge (terminal, report). It never holds a
person's data: labels, paths and codes only.
"""

import locale
import unicodedata
from dataclasses import dataclass
from typing import Literal

Language = Literal["zh", "en"]


@dataclass(frozen=True)
class Text:
    """One sentence for a person.

    >>> Text("找不到文件", "file not found").say("zh")
    '找不到文件'
    """

    zh: str
    en: str

    def say(self, language: Language) -> str:
        return self.zh if language == "zh" else self.en

    def __str__(self) -> str:
        return f"{self.zh} / {self.en}"


def printable(name: str) -> str:
    """A name from outside (a folder's) as it can be shown and written anywhere; what can't be is a question mark.

    >>> printable("\udcc0\udceeann\x1b[2J"), printable("李敏俊")
    ('??ann?[2J', '李敏俊')
    """
    return "".join("?" if unicodedata.category(sign).startswith("C") else sign for sign in name)


def default_language() -> Language:
    """Chinese on a Chinese system, English elsewhere."""
    name = (locale.getlocale()[0] or "").lower()
    return "zh" if name.startswith(("zh", "chinese")) else "en"
