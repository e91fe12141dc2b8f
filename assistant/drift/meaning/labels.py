"""How one label may be read: the words that are in it, once the page's own dressing is taken off.

Promises: what tells two questions apart is never taken off; a label in two languages is two wordings that must agree. Pure.
"""

import re
from functools import lru_cache

from assistant.normalize import plain

# A number before a question: "3.", "（2）", "1、", "A1 "
_NUMBERED = re.compile(
    r"^(?:[(（]?\d{1,2}[)）.、．:：]\s*|[(（]\d{1,2}[)）]|no\.?\s*\d+[.:]\s*|q\d+[.:]?\s*|[A-Z]\d{1,2}[.、:]?\s+)", re.I
)
_BADGE = re.compile(r"\s*(?:必填|必传|必交|必选|必答|选填|选传|required|optional|mandatory)\s*$", re.I)
_BRACKET = re.compile(r"\s*[(（\[【]([^()（）\[\]【】]*)[)）\]】]")
# A bracket that says how to write, or what else counts, and whose answer nobody would give to another question.
_HOW = re.compile(
    r"(?:请?(?:与|同|照|按|如|依|须与|须同|以)(?:照)?(?:护照|证件|身份证|营业执照|合同|许可证?|居留许可|回执)(?:上|所载|所示|相|保持)*(?:一致|相同|为准|填写|拼写|上)?"
    r"|(?:地区|国家|国家或地区|或地区|全称|全名|大写|小写|拼音大写|必填|选填|必传|年/月/日|年月日|年-月-日|详细|单选|多选|可多选|扫描件|彩色扫描件|原件|复印件|中国|在华|境内|如有|若有)"
    r"|(?:as|exactly as|same as)\s*(?:in|on|shown in|shown on|it appears in|per|printed in)?\s*(?:the |your )?(?:passport|licen[cs]e|business licen[cs]e|contract|permit).*"
    r"|(?:单位[:：]?)?(?:人民币)?(?:[万千]?元)(?:人民币)?(?:/年)?|人民币|rmb.{0,12}|cny.{0,12}|.{0,8}yuan|税前|before tax|gross"
    r"|\d{1,3}位?(?:数字|字符|字母)?|\d{1,3}位.{0,8}|\d{1,3} (?:digits|characters|letters|chars)"
    r"|(?:yyyy|mm|dd)[-/. ]?(?:yyyy|mm|dd)(?:[-/. ]?(?:yyyy|mm|dd))?|capital letters|block letters|in capitals|in full|if any|optional|required|pdf|scan|jpg|pdf/jpg|"
    r"pdf.{0,12}|.{0,8}(?:mb|kb)|latin letters|roman letters|china|in china)",
    re.I,
)
_CJK = re.compile(r"[\u3400-\u9fff]")
_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")


@lru_cache(maxsize=4096)
def readings(label: str) -> tuple[tuple[str, ...], ...]:
    """The ways to read a label, the plainest first: each a tuple of wordings, which must all mean the same thing.

    >>> readings("3. 护照号码 / Passport No.：")[-1]
    ('护照号码', 'passportno.')
    >>> ("英文姓氏",) in readings("英文姓氏（照护照）"), ("姓名",) in readings("姓名（配偶）")
    (True, False)
    """
    text = " ".join(label.split())
    text = re.sub(r"^[*＊✱\s]+|[*＊✱:：\s]+$", "", text)
    text = _BADGE.sub("", _NUMBERED.sub("", text)) or text
    found: list[tuple[str, ...]] = [(plain(text),)]
    bare = text
    for bracket in _BRACKET.finditer(text):
        if _HOW.fullmatch(bracket[1].strip()):
            bare = bare.replace(bracket[0], "")
    bare = re.sub(r"[*＊✱:：\s]+$", "", bare)
    found.append((plain(bare),))
    for one in (text, bare):
        halves = _two_languages(one)
        if halves:
            found.append(tuple(plain(half) for half in halves))
    return tuple(dict.fromkeys(one for one in found if all(one)))


def _two_languages(text: str) -> tuple[str, str] | None:
    """Both halves of a label that says the same in Chinese and in English, None where it is in one language."""
    if not (_CJK.search(text) and _LATIN_WORD.search(text)):
        return None
    bracket = re.fullmatch(r"(.+?)\s*[(（]([^()（）]+)[)）]", text)
    parts = bracket.groups() if bracket else tuple(re.split(r"\s*[/|／｜·]\s*", text, maxsplit=1))
    if len(parts) != 2:
        run = re.fullmatch(r"([^A-Za-z]+?)\s*([A-Za-z].*)", text) or re.fullmatch(
            r"(.*[A-Za-z.)])\s*([\u3400-\u9fff].*)", text
        )
        parts = run.groups() if run else ()
    if len(parts) != 2 or not all(part.strip() for part in parts):
        return None
    one, other = parts
    return (one, other) if bool(_CJK.search(one)) != bool(_CJK.search(other)) else None
