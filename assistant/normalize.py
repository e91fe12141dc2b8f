"""When two labels are the same to a reader: marks, spaces, colons, width, bracketed hints and script don't count."""

import re
import unicodedata
from functools import lru_cache

from assistant.traditional import PLAIN, TRADITIONAL

_MARKS = "*＊✱•·:：?？ⓘ"
_SIMPLIFIED = str.maketrans(TRADITIONAL, PLAIN)
_LAST_BRACKET = re.compile(r"[(\[【〔]([^()\[\]【】〔〕]*)[)\]】〕]$")
# What only says how to answer: （必填）, (optional), （请与护照一致）, （最多200字）, （格式：…）. （职业） or （邀请人） is a name.
_HINT = re.compile(
    r"(必填|选填|非必填|可选|可不填|可填可不填)项?"
    r"|(如有|如无|若有|若无)(请?(不填|可不填|填写|填无|上传|提供))?"
    r"|请(务必|如实|仔细|正确|按|与|以|用|从|填|输|写|选|勾|上传|提供|提交|注意|参|核对|保持|勿|不要).*"
    r"|(日期|文件|图片)?格式(:|为|如).*|[a-z0-9/、.]+格式"
    r"|(字数|长度)?(最多|最长|至多|不超过|不多于|至少|不少于|限)\d+个?(汉?字符?|汉字|字节|份|张|页|项|行|条|m|mb|kb?)(以内)?"
    r"|(示例|例如|例|如):.*|例如.*"
    r"|optional|required|mandatory|requiredfield|please.*|format:.*|e\.?g\.?.*|max(\.|imum)?\d+(characters|chars|letters|files|mb)",
    re.IGNORECASE,
)
# A hint that says whose answer is wanted tells two questions apart, as a name does.
_WHOSE = re.compile(
    r"申请人|邀请人|担保人|被担保人|联系人|经办人|代理人|负责人|法人|法定代表人|雇主|单位|公司|机构|学校|本人|配偶|丈夫|妻子|父|母"
    r"|子女|儿|女|家属|亲属|随行|applicant|inviter|host|sponsor|guarantor|employer|company|spouse|husband|wife|father|mother|child|agent|contact",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def same_label(one: str, other: str) -> bool:
    """Whether two labels name the same thing.

    >>> same_label("* 护照号码：", "护照号码"), same_label("姓名", "姓名拼音"), same_label("護照號碼", "护照号码")
    (True, False, True)
    >>> same_label("备注（选填）", "备注"), same_label("申请在华工作时间(开始)", "申请在华工作时间(结束)")
    (True, False)
    >>> same_label("姓名（申请人）", "姓名（邀请人）"), same_label("姓名（请填写邀请人）", "姓名")
    (False, False)
    """
    return bool(plain(one)) and plain(one) == plain(other)


@lru_cache(maxsize=4096)
def plain(label: str) -> str:
    """The bare name of a label."""
    text = re.sub(r"[\s\u200b\ufeff]+", "", unicodedata.normalize("NFKC", label)).strip(_MARKS)
    return _without_hint(text.translate(_SIMPLIFIED)).strip(_MARKS).casefold()


def _without_hint(text: str) -> str:
    """The text without a bracket at its end in which everything is a hint, and nothing says whose answer is wanted."""
    bracket = _LAST_BRACKET.search(text)
    if not bracket or any(who not in text[: bracket.start()] for who in _WHOSE.findall(bracket[1])):
        return text
    return (
        text[: bracket.start()] if all(map(_HINT.fullmatch, re.split("[,;，；。]", bracket[1].strip(",;。")))) else text
    )
