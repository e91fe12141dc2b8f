"""When two labels are the same to a reader: marks, spaces, colons, width, bracketed hints and script don't count."""

import re
import unicodedata
from functools import lru_cache

# A hint in brackets at the end (（必填）, (optional), （请与护照一致）) is no part of the name; （职业） or (开始) is one.
_HINT = re.compile(
    r"[(\[【〔][^)\]】〕]*(必填|选填|可选|可不填|如有|如无|请|格式|最多|不超过|示例|例如|optional|required|e\.g\.|format)[^)\]】〕]*[)\]】〕]$",
    re.IGNORECASE,
)
_MARKS = "*＊✱•·:：?？ⓘ"


@lru_cache(maxsize=4096)
def same_label(one: str, other: str) -> bool:
    """Whether two labels name the same thing.

    >>> same_label("* 护照号码：", "护照号码"), same_label("姓名", "姓名拼音"), same_label("護照號碼", "护照号码")
    (True, False, True)
    >>> same_label("备注（选填）", "备注"), same_label("申请在华工作时间(开始)", "申请在华工作时间(结束)")
    (True, False)
    """
    return bool(plain(one)) and plain(one) == plain(other)


@lru_cache(maxsize=4096)
def plain(label: str) -> str:
    """The bare name of a label."""
    text = re.sub(r"[\s\u200b\ufeff]+", "", unicodedata.normalize("NFKC", label)).strip(_MARKS)
    text = _HINT.sub("", text).strip(_MARKS)
    return text.translate(_SIMPLIFIED).casefold()


# Traditional forms of the characters that labels of these forms use; not a general converter, which would guess.
_TRADITIONAL = "護號碼國籍證類別專業學歷單位聯絡電話經歷開始結束時間職務業務資訊個備註關係親屬與請緊況區縣詳細簽發機構許點處級層語稱產華來電郵庫構選擇錄據現樓鄉鎮偕關聘約薪資幣種務領域負責員"
_PLAIN = "护号码国籍证类别专业学历单位联络电话经历开始结束时间职务业务资讯个备注关系亲属与请紧况区县详细签发机构许点处级层语称产华来电邮库构选择录据现楼乡镇偕关聘约薪资币种务领域负责员"
_SIMPLIFIED = str.maketrans(_TRADITIONAL, _PLAIN)
