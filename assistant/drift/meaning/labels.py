"""How one label may be read: the words that are in it, once the page's own dressing is taken off.

Promises: what tells two questions apart is never taken off; a label in two languages is two wordings that must agree. Pure.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.normalize import plain

# A number before a question: "3.", "（2）", "1、", "A1 "
_NUMBERED = re.compile(
    r"^(?:[(（]?\d{1,2}[)）.、．:：]\s*|[(（]\d{1,2}[)）]|no\.?\s*\d+[.:]\s*|q\d+[.:]?\s*|[A-Z]\d{1,2}[.、:]?\s+)", re.I
)
_BADGE = re.compile(
    r"\s*(?:必填|必传|必交|必选|必答|必要|必备|必须|选填|选传|可选|required|optional|mandatory)\s*$", re.I
)
_BRACKET = re.compile(r"\s*[(（\[【]([^()（）\[\]【】]*)[)）\]】]")
# A bracket that says how to write, or what else counts, and whose answer nobody would give to another question.
_HOW = re.compile(
    r"(?:请?(?:与|同|照|按|如|依|须与|须同|以)(?:照)?(?:护照|证件|身份证|营业执照|合同|许可证?|居留许可|回执)(?:上|所载|所示|相|保持)*(?:一致|相同|为准|填写|拼写|上)?"
    r"|(?:地区|国家|国家或地区|或地区|全称|全名|大写|小写|拼音大写|必填|选填|必传|必要|必备|必须|可选|年/月/日|年月日|年-月-日|详细|单选|多选|可多选|扫描件|彩色扫描件|原件|复印件|中国|在华|境内|如有|若有|拉丁字母|选填|全称|省[/、\s]?市[/、\s]?[区县](?:[/、\s]?县)?|城市|如适用)"
    r"|(?:如|若)?(?:没有|无|至今)(?:的|者|则)?可?(?:不填|不用填|留空|空着|免填)|没有的?填无"
    r"|(?:as|exactly as|same as)\s*(?:in|on|shown in|shown on|it appears in|per|printed in)?\s*(?:the |your )?(?:passport|licen[cs]e|business licen[cs]e|contract|permit).*"
    r"|(?:单位[:：]?)?(?:人民币)?(?:[万千]?元)(?:人民币)?(?:/年)?|人民币|rmb.{0,12}|cny.{0,12}|.{0,8}yuan|税前|before tax|gross"
    r"|\d{1,3}位?(?:数字|字符|字母)?|\d{1,3}位.{0,8}|\d{1,3} (?:digits|characters|letters|chars)"
    r"|(?:yyyy|mm|dd)[-/. ]?(?:yyyy|mm|dd)(?:[-/. ]?(?:yyyy|mm|dd))?|capital letters|block letters|in capitals|in full|if any|if applicable|leave blank if .{3,20}|optional|required|pdf|scan|jpg|pdf/jpg|"
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
    found = [tuple(plain(part) for part in parts) for parts in _parts(label)]
    return tuple(dict.fromkeys(one for one in found if all(one)))


@lru_cache(maxsize=4096)
def spellings(label: str) -> tuple[tuple[str, ...], ...]:
    """The same ways to read a label, each part in the one spelling of what it says."""
    found = [tuple(canonical(part) for part in parts) for parts in _parts(label)]
    return tuple(dict.fromkeys(one for one in found if all(one)))


def _parts(label: str) -> list[tuple[str, ...]]:
    text = " ".join(label.split())
    text = re.sub(r"^[*＊✱※★\s]+|[*＊✱※★:：\s]+$", "", text)
    text = _BADGE.sub("", _NUMBERED.sub("", text)) or text
    bare = text
    for bracket in _BRACKET.finditer(text):
        if all(_HOW.fullmatch(part) for part in re.split(r"\s*[，,；;]\s*", bracket[1].strip())):
            bare = bare.replace(bracket[0], "")
    bare = re.sub(r"[*＊✱※★:：\s]+$", "", bare)
    found: list[tuple[str, ...]] = [(text,), (bare,)]
    # 省（市）, 区（县）: what else such a place may be called tells nothing apart.
    place = re.sub(r"(?<=[省市区县])[（(](?:市|县|州|旗|区|直辖市|自治区)[）)]", "", bare)
    found += [(place,)] if place != bare else []
    for one in (text, bare):
        halves = _two_languages(one)
        if halves:
            found.append(halves)
    return found


# Words of forms that say the same. What tells two data apart (whose, of what, from or to) is never among them.
_SAME_ZH = (
    (re.compile(r"^(?:请输入|请填写|请选择|填写|您的|其)"), ""),
    (re.compile(r"^(?:本次|最近一次|最近|最后一次|最后|末次|上次|上一次)(?=入境)"), ""),
    (re.compile(r"^(?:现持有?|现有|当前|现)(?=工作许可|居留|护照)"), ""),
    (re.compile(r"外国人(?=工作许可|居留)"), ""),
    (re.compile(r"^(?:现|在华)?(?:居住地址|居住地|住址|住所|居所)"), "居住地"),
    (re.compile(r"所在(?=[省市区县])"), ""),
    (re.compile(r"(?:省份|省级)$"), "省"),
    (re.compile(r"(?:城市|市级)$"), "市"),
    (re.compile(r"(?:区/县|区县|县区|区级)$"), "区"),
    (re.compile(r"(?:全名|姓名)$"), "姓名"),
    (re.compile(r"外文|拉丁字母"), "英文"),
    (re.compile(r"(?:数码|数字|电子)?(?:相片|照片)"), "相片"),
    (re.compile(r"(?:采集|检测|检验)+(?=回执)"), ""),
    (re.compile(r"(?:起止|起讫)(?:日期|时间|年月)?$|(?:期限|期间|时限)$"), "期限"),
    (re.compile(r"(?:有效期限?|失效|届满|到期|截止|结束|终止)(?:于|至|到|截止|日期?|时间|年月)*$"), "到期"),
    (re.compile(r"(?:期限|期间|期)(?:至|到|止)$"), "到期"),
    (re.compile(r"(?:有效)?(?:期限|期间|期)(?:自|从|起)$"), "起始"),
    (re.compile(r"(?:起始|开始|生效)(?:于|日期?|时间|年月)?$"), "起始"),
    (re.compile(r"(?:签发|颁发|发证)(?:于|日期?|时间)?$"), "签发"),
    (re.compile(r"(?:日期|时间|日)$"), "日期"),
    (re.compile(r"(?:证号码|证编号|证号|证件号码|证件编号|证件号|号码|编号|号)$"), "号"),
    (re.compile(r"(?:手机号码?|移动电话号?码?|手机)$"), "手机"),
    (re.compile(r"(?:电子邮箱|电子邮件|电子信箱|邮箱地址|邮件地址|邮箱|电邮|email|e-mail)$"), "邮箱"),
    (re.compile(r"(?:类型|种类|类别)$"), "种类"),
    (re.compile(r"的"), ""),
)
_SAME_EN = (
    (r"(?:expiry|expiration|expires|valid (?:until|till|to|through)|validity ends?)(?: date| on)?", "expiry"),
    (r"(?:issued|issuance|issue)(?: date| on)?", "issue"),
    (r"(?:starts|begins|commences|commencement|beginning)(?: date| on)?", "start"),
    (r"(?:ends|finishes)(?: date| on)?", "end"),
    (r"(?:e-?mail)(?: address)?", "email"),
    (r"(?:mobile|cell)(?: ?phone)?(?: number| no\.?)?", "mobile"),
    (r"(?:telephone|tel\.?|phone)(?: number| no\.?)?", "phone"),
    (r"(?:number|no\.?|#|№)(?= |$)", "no"),
    (r"(?:forename|first name|given name)\(?s?\)?", "given name"),
    (r"(?:family name|last name)", "surname"),
    (r"(?:organi[sz]ation|company|employing unit)", "employer"),
)
_DROPPED = frozenset({"of", "the", "a", "an", "your", "please", "enter", "in", "on", "as", "date", "shown"})


@lru_cache(maxsize=8192)
def canonical(wording: str) -> str:
    """One spelling for wordings that forms use for the same thing; made of a reading's part or of a known word.

    >>> canonical("护照签发日") == canonical("护照签发日期"), canonical("合同开始日期") == canonical("合同结束日期")
    (True, False)
    >>> canonical("Expiry date of passport") == canonical("passport valid until")
    True
    """
    text = " ".join(wording.casefold().split())
    if _CJK.search(text):
        text = re.sub(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])", "", text)
        for pattern, one in _SAME_ZH:
            text = pattern.sub(one, text)
        return plain(text)
    for words, one in _SAME_EN:
        text = re.sub(rf"(?<![a-z]){words}(?![a-z])", one, text)
    return " ".join(sorted(word for word in re.findall(r"[a-z0-9'&/]+", text) if word not in _DROPPED))


def _two_languages(text: str) -> tuple[str, str] | None:
    """Both halves of a label that says the same in Chinese and in English, None where it is in one language."""
    if not (_CJK.search(text) and _LATIN_WORD.search(text)):
        return None
    bracket = re.fullmatch(r"(.+?)\s*[(（]([^()（）]+)[)）]", text)
    ways: list[Sequence[str]] = [bracket.groups()] if bracket else [re.split(r"\s*[/|／｜·]\s*", text, maxsplit=1)]
    for run in (r"([^A-Za-z]+?)\s*([A-Za-z].*)", r"(.*[A-Za-z.)])\s*([\u3400-\u9fff].*)"):
        if found := re.fullmatch(run, text):
            ways.append(found.groups())
    whole = [(one, other) for one, other in (way for way in ways if len(way) == 2) if one.strip() and other.strip()]
    apart = [pair for pair in whole if bool(_CJK.search(pair[0])) != bool(_CJK.search(pair[1]))]
    # 名 Given name(s): what stands in a bracket may belong to one of the halves.
    clean = [pair for pair in apart if not any(_CJK.search(half) and _LATIN_WORD.search(half) for half in pair)]
    return next(iter(clean or apart), None)
