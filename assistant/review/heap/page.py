"""What became of a heap as one HTML file: each page beside the page it was made of.

Promises: it loads nothing from anywhere and runs no script. It shows the papers themselves, so it is written only where the person asked
for it.
"""

from assistant.check.deadlines.dates import now
from assistant.intake.prepare.result import DONE_WORDS, Prepared, why_listed
from assistant.messages import Language, Text
from assistant.review.heap.words import HEADS, proof_of, size_of
from assistant.review.templates import render

_COUNTED = {
    "ready": Text("份可以上传", "papers ready"),
    "failed": Text("份没有采用", "not offered"),
    "placed": Text("页放入材料项", "pages in slots"),
    "doubles": Text("页重复", "doubles"),
    "strangers": Text("页是别人的", "somebody else's"),
    "listed": Text("页请您看", "for you to look at"),
    "unusable": Text("个文件不能用", "files can't be used"),
}
_WORDS = {
    "title": Text("整理后的材料：原件与副本对照", "Papers ready to upload: originals and copies side by side"),
    "listed": Text("没有归入材料项的", "In no slot"),
    "page": Text("页", "page"),
    "why": Text("原因", "why"),
    "limit": Text("上限", "limit"),
    "missing": Text("缺页：", "missing pages:"),
    "before": Text("原件", "original"),
    "after": Text("副本", "copy"),
    "none": Text("没有采用", "not offered"),
    "comma": Text("、", ", "),
    "foot": Text(
        "原件没有改动。本页含申请人的材料，用完请删除",
        "Originals were not changed. This page shows the applicant's papers: delete it when you are done",
    ),
}


def heap_page(prepared: Prepared, language: Language) -> str:
    """The HTML file, in one language."""
    return render(
        "heap",
        language,
        words=_WORDS,
        heads=HEADS,
        counted=_COUNTED,
        prepared=prepared,
        done=DONE_WORDS,
        proof=proof_of,
        size=size_of,
        why=why_listed,
        written=now().strftime("%Y-%m-%d %H:%M"),
    )
