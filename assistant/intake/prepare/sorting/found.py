"""What sorting a heap gives: papers for slots, and pages that go into none, each with the reason. Plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from assistant.check.slots import Slot
from assistant.intake.prepare.heap import HeapFile, PageAt
from assistant.messages import Text

WhyListed = Literal[
    "unusable",
    "unread",
    "unknown",
    "unasked",
    "not-needed",
    "stranger",
    "nobody",
    "unsettled",
    "other-employer",
    "other-document",
    "other-ground",
    "which-portrait",
    "follows-nothing",
    "blank",
    "double",
    "which-paper",
    "older",
    "too-many-pages",
]


@dataclass(frozen=True)
class PaperFound:
    """A paper for a slot: its pages in order."""

    slot: Slot
    pages: tuple[PageAt, ...]
    missing: tuple[int, ...] = ()
    """Pages that its own count speaks of and nobody found."""
    last: int = field(default=0, compare=False)
    """The clause that its last page ends with."""


@dataclass(frozen=True)
class ListedPage:
    """A page (or a file that can't be used) that goes into no slot, and why. `slot`: what it seems to be."""

    file: HeapFile
    number: int
    reason: WhyListed
    slot: str = ""
    name: str = ""
    """What the paper calls itself, where that is a known title; or the file that it is a double of."""

    @property
    def place(self) -> str:
        return self.file.name if self.file.count <= 1 else f"{self.file.name}#page={self.number}"


@dataclass(frozen=True)
class Sorted:
    """The papers by slot, in the slots' order, and everything else."""

    papers: tuple[PaperFound, ...]
    listed: tuple[ListedPage, ...]


WHY: Mapping[WhyListed, Text] = {
    "unusable": Text("文件不能用", "the file can't be used"),
    "unread": Text(
        "这一页是图像，而这台电脑没有装文字识别组件；安装方法：pip install 'assistant[ocr]'",
        "the page is a picture, and text recognition isn't installed here; get it with pip install 'assistant[ocr]'",
    ),
    "unknown": Text(
        "看不出是哪种材料；请自己放到该放的材料项", "which paper it is can't be told; put it where it belongs yourself"
    ),
    "unasked": Text("这种材料不在清单里", "no slot asks for such a paper"),
    "not-needed": Text("本案不需要这一项", "this case does not need it"),
    "stranger": Text("是别人的材料，没有放入", "it is somebody else's, and was put nowhere"),
    "nobody": Text(
        "看不清是谁的材料（姓名、护照号码都没有认出）；请核对后自己放入",
        "whose it is can't be told (neither name nor passport number was made out); look, and put it in yourself",
    ),
    "unsettled": Text(
        "资料里要对照的一项有误或还没填，判断不了是谁的；改好后请再整理一次",
        "what it must be compared with is wrong or missing in the data, so whose it is can't be told; mend that and sort once more",
    ),
    "other-employer": Text("写的是另一家单位；请核对", "another employer stands on it; look at it"),
    "other-document": Text(
        "是同一人的另一本证件（号码或有效期与资料不同），例如旧护照",
        "it is another document of the same person (number or expiry differ from the profile), an old passport say",
    ),
    "other-ground": Text("照片底色既不是白色也不是蓝色", "the photo's ground is neither white nor blue"),
    "which-portrait": Text(
        "有几个人的照片，分不清哪张是申请人；请自己放入，或让文件名带上姓名",
        "there are photos of several persons; put the right one in yourself, or let its file's name bear the applicant's",
    ),
    "follows-nothing": Text(
        "是某份材料的后续页，但找不到属于哪一份", "it is a further page of some paper, and of which can't be told"
    ),
    "blank": Text("是空白页", "it is blank"),
    "double": Text("与另一页是同一份材料，没有重复放入", "it is a double of another page"),
    "which-paper": Text(
        "有几份内容不同的材料都像这一项；请选一份自己放入",
        "several different papers fit this slot; choose one and put it in yourself",
    ),
    "older": Text(
        "有一份更合适的（日期更新，或期限与资料一致），没有采用这一份",
        "another one fits better (newer, or of the profile's term); this one is not used",
    ),
    "too-many-pages": Text(
        "文件页数太多，这一页没有看；请拆分后再整理",
        "the file has too many pages, and this one was not looked at; split it",
    ),
}
