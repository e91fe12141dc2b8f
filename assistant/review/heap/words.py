"""What both say of a paper in the same words."""

from assistant.intake.prepare.result import PreparedPaper
from assistant.messages import Text

HEADS = (
    Text("材料", "document"), Text("来自", "from"), Text("页", "pages"), Text("原大小", "before"), Text("副本", "after"),
    Text("做了什么", "what was done"), Text("核对", "proof"),
)  # fmt: skip


def size_of(count: int) -> str:
    return f"{count / 1_000_000:.1f} MB" if count >= 1_000_000 else f"{-(-count // 1000)} KB"


def proof_of(paper: PreparedPaper) -> Text:
    if paper.state != "ready":
        return Text("没有采用", "not offered")
    texts = [file.proof["text"] for file in paper.files if file.proof["text"] is not None]
    seals = [file.proof["seal"] for file in paper.files if file.proof["seal"] is not None]
    if not texts and not seals:
        return Text("与原件相同", "same as the original")
    read = f"{min(texts):.0%}" if texts else "–"
    seal = Text("，印章一致", ", seal the same") if seals else Text("", "")
    return Text(f"文字 {read}{seal.zh}", f"text {read}{seal.en}")
