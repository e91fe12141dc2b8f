"""The printed 外国人签证证件申请表: is it this applicant's, and of this booking? And into the applicant's folder with it.

Promises: filed only when number, name and passport number on the form are exactly the expected ones; private, sealed
where the folder is; never over another file.
"""

import re
from pathlib import Path

from assistant.messages import Text
from assistant.normalize import printed_line
from assistant.store import sealing
from assistant.store.files import write_private

_NAME = "documents/visa_form_booked.pdf"


def trouble_with(content: bytes, printed: tuple[str, str, str], number: str, name: str, passport: str) -> Text | None:
    """What is wrong with a downloaded form, or None. `printed` are the labels before number, name and passport."""
    text = _text_of(content)
    if text is None:
        return Text("下载的文件不是可读的 PDF，未归档。", "The download is no readable PDF; it was not filed.")
    for label, wanted in zip(printed, (number, name, passport), strict=True):
        found = re.findall(rf"{re.escape(label)}[:：][ ]*([^\r\n]*)", text)
        if len(found) != 1:
            return Text(
                f"申请表上没有唯一的「{label}」，未归档。",
                f"The form does not say “{label}” exactly once; it was not filed.",
            )
        if printed_line(found[0]) != printed_line(wanted):
            return Text(
                f"申请表上的「{label}」与本申请人或本次预约不符，未归档。请重新查询并打印。",
                f"“{label}” on the form is not this applicant's or this booking's; it was not filed. Query and print it again.",
            )
    return None


def file_form(folder: Path, content: bytes) -> str:
    """Puts the form into the applicant's folder; its name there."""
    if sealing.is_sealed(folder):
        return sealing.add(folder, _NAME, content)
    target, number = folder / _NAME, 1
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    while target.exists():
        target = folder / _NAME.replace(".pdf", f" ({number}).pdf")
        number += 1
    write_private(target, content)
    return target.relative_to(folder).as_posix()


def _text_of(content: bytes) -> str | None:
    from assistant.check.documents.paper import text_of_pdf

    return text_of_pdf(content)
