"""The measure of heaps counts what was drawn, not what the tool says of itself."""

from pathlib import Path

from assistant.intake.prepare.heap import HeapFile, PageAt
from assistant.intake.prepare.result import Prepared, PreparedPaper
from assistant.intake.prepare.sorting.found import ListedPage
from assistant.messages import Text
from benchmarks.prepare import judged
from fixtures.papers.heaps import Heap

FILES = {name: HeapFile(name, Path(name), name, 10, count=1) for name in ("a", "b", "c", "x")}
HEAP = Heap(truth={("a", 1): "contract", ("b", 1): "passport", ("c", 1): "contract", ("x", 1): ""})


def placed(**slots: str) -> Prepared:
    papers = [PreparedPaper(slot, Text(slot, slot), (PageAt(FILES[name], 1),), "ready") for name, slot in slots.items()]
    rest = [ListedPage(FILES[name], 1, "double" if name == "c" else "stranger") for name in FILES if name not in slots]
    return Prepared("lee", "shenzhen", tuple(FILES.values()), tuple(papers), tuple(rest))


def test_a_good_heap_holds_and_a_wrong_slot_or_a_strangers_page_does_not() -> None:
    good = judged("h", HEAP, placed(a="contract", b="passport"), 1.0, 0)
    assert good.holds and (good.placed, good.doubles, good.wrong, good.strangers) == (2, 1, 0, 0)
    assert judged("h", HEAP, placed(a="contract", b="contract"), 1.0, 0).wrong == 1
    assert judged("h", HEAP, placed(a="contract", b="passport", x="photo"), 1.0, 0).strangers == 1
    assert not judged("h", HEAP, placed(a="contract"), 1.0, 0).holds
