"""A letter to an applicant: what they still have to provide, in Chinese and in English, to be copied and sent by hand.

Promises: it names papers and questions, never an answer that is there.
"""

from collections.abc import Iterable, Sequence

from assistant.desk.forms.faults import Fault
from assistant.messages import Text


def letters(name: str, missing: Sequence[Text], faults: Iterable[Fault]) -> list[dict[str, object]]:
    """Both letters, with their language's tag."""
    asked = list({fault.field: fault for fault in faults if fault.severity == "error" and fault.label}.values())
    zh = [f"{name}，您好：", "", "为您办理工作许可和居留许可延期，还需要您提供："]
    en = [f"Dear {name},", "", "to renew your work permit and residence permit we still need from you:"]
    for number, paper in enumerate(missing, 1):
        zh.append(f"{number}. 材料：{paper.zh}")
        en.append(f"{number}. paper: {paper.en}")
    for number, fault in enumerate(asked, len(missing) + 1):
        assert fault.label is not None
        zh.append(f"{number}. 信息：{fault.label.zh}（{fault.what.zh}）")
        en.append(f"{number}. information: {fault.label.en} ({fault.what.en})")
    if not missing and not asked:
        zh, en = [*zh[:2], "目前不需要您再提供任何材料。"], [*en[:2], "at present nothing more is needed from you."]
    return [
        {
            "tag": "zh-CN",
            "title": "中文",
            "press": {"zh": "复制中文信", "en": "Copy the Chinese letter"},
            "text": "\n".join([*zh, "", "谢谢！"]),
        },
        {
            "tag": "en",
            "title": "English",
            "press": {"zh": "复制英文信", "en": "Copy the English letter"},
            "text": "\n".join([*en, "", "Thank you."]),
        },
    ]
