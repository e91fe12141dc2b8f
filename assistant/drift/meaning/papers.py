"""Which document does an upload of an unknown page ask for: by its name among all that portals give it, exactly one or none.

Pure.
"""

import re
from collections.abc import Mapping, Sequence

from assistant.drift.meaning.labels import readings
from assistant.drift.vocabulary import Vocabulary
from assistant.normalize import plain
from assistant.page.snapshot import Control
from assistant.portal.section import Section


def names_of_papers(words: Vocabulary, sections: Sequence[Section]) -> dict[str, set[str]]:
    """Every name of each slot: the vocabulary's and the pack's own."""
    found = {slot: {plain(name) for name in names} for slot, names in words.documents.items()}
    for section in sections:
        for upload in section.uploads:
            found.setdefault(upload.slot, set()).update(map(plain, upload.labels))
    return found


def paper_of(control: Control, names: Mapping[str, set[str]]) -> str | None:
    """The slot that an upload's label, or what stands beside it, is a name of."""
    for text in (control.label, *control.also):
        for reading in readings(text):
            slots = [slot for slot, known in names.items() if any(part in known for part in reading)]
            if len(slots) == 1:
                return slots[0]
            if slots:
                return None
        # The same without what says how it is to be handed in.
        said = {_bare(part) for reading in readings(text) for part in reading}
        bare = {
            slot
            for slot, known in names.items()
            if said & {_bare(name) for name in known} and _may_be_whose(slot, text)
        }
        if len(bare) == 1:
            return bare.pop()
    return None


# Whose a paper is is no dressing: a company's tax certificate is no applicant's.
_COMPANYS = re.compile(r"公司|企业|单位|company|corporate|employer", re.I)
_OF_ONES_OWN = frozenset({"tax_certificate", "salary_proof", "withholding_detail"})


def _may_be_whose(slot: str, text: str) -> bool:
    if slot.startswith("company_"):
        return bool(_COMPANYS.search(text))
    return slot not in _OF_ONES_OWN or not _COMPANYS.search(text)


_DRESSING = re.compile(
    r"[(（\[【][^()（）\[\]【】]*[)）\]】]|必填|必传|必交|选填|外国人|申请人|本人|单位|现持有?|有效的?|原件|复印件|扫描件|扫描|电子版|电子件|图片|附件"
    r"|[最近]{1,2}[一二三六\d]{1,2}个?[年月]内?的?|上一?年度的?"
    r"|资料页|信息页|首页|页|证件(?=$)|证(?=$)|正反面|盖章|签字|件(?=$)|[,，、/ ]|signed|stamped|copyof|copy|scanof|scan|datapage|page|thepage"
)


def _bare(name: str) -> str:
    """A paper's name without how it is to be handed in; never empty."""
    while (bare := _DRESSING.sub("", name)) and bare != name:
        name = bare
    return name
