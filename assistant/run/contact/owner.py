"""Whose form is it, on a page whose words nobody has declared: what it states, what its identity boxes hold.

Promises: one name, passport number or birthday that is another's is enough to stop; a form that says nothing is only taken for
the applicant's after the person has said so, while every such box of it is empty; after the first values stand there the page
itself has to say it. Pure, given a look and what the page states.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.drift.meaning.judge import claims_of
from assistant.drift.vocabulary import Vocabulary
from assistant.normalize import fold, plain
from assistant.page.kinds import empty, iso
from assistant.page.snapshot import Control, Snapshot
from assistant.portal.sources import Look, as_text
from assistant.run.fill.identity_lock import same_identity

FormEvidence = Literal["own", "another", "blank"]
_WHO_ZH = r"(?:申请人|外国人|外籍人员|外籍人士|当事人|持证人|持有人|办理人|办理对象|办件人|服务对象|受理对象|被聘用人|受聘人|雇员|员工|本人)"
_WHO_EN = r"(?:applicant|candidate|holder|foreigner|foreign national|foreign employee|employee|beneficiary|assignee|person|client)"
_PERSON = re.compile(
    rf"(?:当前|本次|本|该|所属|您正在办理的)?(?:{_WHO_ZH}|护照)?(?:的)?(?:中文|英文|外文|拼音)?(?:姓名|名字|全名)|(?:当前|本次|本|该|所属)?{_WHO_ZH}"
    rf"|(?:current |this )?{_WHO_EN}|(?:full |passport )?name(?: of (?:the )?{_WHO_EN})?|{_WHO_EN}(?:['’]s)? (?:full )?name"
    r"|(?:file|case|matter|application|draft) (?:of|for)",
    re.I,
)
_NUMBER = re.compile(
    r"(?:护照|旅行证件|护照证件|证件|国际旅行证件)(?:号码?|编号)|(?:passport|travel document|document)(?: (?:no\.?|number|#))",
    re.I,
)
_NOBODY = re.compile(
    r"[-—–/_ 　]*|无|未填写?|空|\(?（?(?:blank|empty|new|none|not yet|草稿|新建|空白)\)?）?|n/?a|待填写?", re.I
)
_IDENTITY = ("passport.number", "applicant.surname", "applicant.given_names", "name.full", "applicant.birth_date")
_WORDS = re.compile(r"姓名|护照|passport|surname|given name|family name|full name", re.I)


@dataclass(frozen=True)
class FormOwner:
    """What tells this applicant from all others."""

    words: Vocabulary
    look: Look

    def evidence(self, seen: Snapshot, stated: Iterable[tuple[str, str]]) -> tuple[FormEvidence, str]:
        """What the page says of whose form it is, and by which label it says that it is another's."""
        own = False
        for label, text in stated:
            told = self._told(label, text)
            if told is False:
                return "another", label
            own = own or told is True
        for box, keys in self._boxes(seen):
            if empty(box.value):
                continue
            if not any(self._holds(key, box) for key in keys):
                return "another", box.name
            own = own or any(key in ("passport.number", "name.full", "applicant.surname") for key in keys)
        return ("own" if own else "blank"), ""

    def asks(self, seen: Snapshot) -> bool:
        """Whether the page asks for identity at all."""
        return bool(self._boxes(seen))

    # -- what it states ----------------------------------------------------------------------------------------------

    def _told(self, label: str, text: str) -> bool | None:
        """Whether a stated text is the applicant's, another's, or says nothing of the kind."""
        if _NOBODY.fullmatch(text.strip()):
            return None
        # A label in two languages is what either half says.
        names = [
            " ".join(label.split()),
            *re.split(r"\s*[/|／｜]\s*|(?<=[\u3400-\u9fff])\s+(?=[A-Za-z])", label.strip()),
        ]
        if any(map(_NUMBER.fullmatch, names)):
            return None if not re.search(r"\d", text) else same_identity(self._text("passport.number"), text.strip())
        if any(map(_PERSON.fullmatch, names)):
            if any(same_identity(one, text.strip()) for one in self._names()):
                return True
            return None if self._known_other(text) else False
        return None

    def _names(self) -> list[str]:
        surname, given = self._text("applicant.surname"), self._text("applicant.given_names")
        chinese = self._text("applicant.chinese_name")
        return [one for one in (f"{surname} {given}".strip(), chinese) if one]

    def _known_other(self, text: str) -> bool:
        """Somebody of the case who may be named on the applicant's own form."""
        paths = ("employer.handler.name", "employer.contact.name", "employer.name", "applicant.emergency_contact.name")
        return any(fold(text) == fold(known) for path in paths if (known := self._text(path)))

    # -- what its boxes hold ------------------------------------------------------------------------------------------

    def _boxes(self, seen: Snapshot) -> list[tuple[Control, Sequence[str]]]:
        # Whatever else a box may ask for counts: under a title of passport and permits a permit's number is no passport's.
        entries = {**self.words.entries, **self.words.composed}
        found: list[tuple[Control, Sequence[str]]] = []
        for box in seen.controls:
            if not box.visible or box.dialog is not None or box.kind not in ("text", "date", "number"):
                continue
            if box.label_source in ("column", "head") or self._in_card(box, seen):
                continue  # A row of a list is about somebody else.
            near = box.context[-1].casefold() if box.context else ""
            if any(word.casefold() in near for word in (*self.words.others, *self._lists())):
                continue
            keys = [claim.path for claim in claims_of(box, entries) if claim.path in _IDENTITY]
            if keys:
                found.append((box, keys))
            elif _WORDS.search(box.label) and not self._of_others(box):
                found.append((box, ("passport.number", "name.full", "applicant.chinese_name")))
        return found

    def _in_card(self, box: Control, seen: Snapshot) -> bool:
        """Whether it stands in one of several cards of a list: 家属（1）, Relative 2."""
        return (
            bool(box.context)
            and bool(re.search(r"[(（]?\s*\d+\s*[)）]?$", box.context[-1]))
            and self._speaks_of_list(box)
        )

    def _speaks_of_list(self, box: Control) -> bool:
        near = box.context[-1].casefold()
        return any(word.casefold() in near for one in self.words.lists.values() for word in one.words)

    def _lists(self) -> list[str]:
        return [
            word
            for one in self.words.lists.values()
            for word in one.words
            if len(word) >= (4 if not word.isascii() else 9)
        ]

    def _of_others(self, box: Control) -> bool:
        others = {key: entry for key, entry in self.words.entries.items() if key not in _IDENTITY}
        if any(word.casefold() in box.label.casefold() for word in self.words.others):
            return True
        return bool(claims_of(box, others)) or bool(
            re.search(
                r"单位|公司|企业|学校|employer|company|school|类型|种类|日期|有效|date|type|kind", box.label, re.I
            )
        )

    def _holds(self, key: str, box: Control) -> bool:
        value = box.value if isinstance(box.value, str) else ""
        if key == "name.full":
            return any(same_identity(one, value) for one in self._names())
        if key == "applicant.birth_date":
            return (iso(value) or plain(value)) in (self._text(key), self._text(key).replace("-", ""))
        wanted = self._text(key)
        return bool(wanted) and same_identity(wanted, value)

    def _text(self, path: str) -> str:
        found = self.look(path)
        return as_text(found) if found is not None else ""
