"""What is broken over several lines of a ruled cell is one; what are several things in one cell stay apart."""

from assistant.intake.pages.lines import Line, PageLines, RuledCell
from assistant.intake.papers.ruled import whole_lines
from assistant.intake.papers.words import book_of

CELL: RuledCell = (0.1, 0.1, 0.3, 0.2)


def told(*texts: str, cells: tuple[RuledCell, ...] = (CELL,)) -> list[str]:
    lines = tuple(Line(text, 0.11, 0.11 + 0.02 * row, 0.2, 0.125 + 0.02 * row) for row, text in enumerate(texts))
    return [line.text for line in whole_lines(PageLines(1, lines, cells=cells), book_of("form"))]


def test_a_label_and_a_value_that_are_broken_within_their_cell_are_whole() -> None:
    assert told("聘用合同/任职证明在华工作开始时", "间") == ["聘用合同/任职证明在华工作开始时间"]
    assert told("2018-", "06") == ["2018-06"]
    assert told("NAMSAN SAMPLE", "SOFTWARE CO., LTD.") == ["NAMSAN SAMPLE SOFTWARE CO., LTD."]
    assert told("高级后", "端工程", "师") == ["高级后端工程师"]


def test_a_label_over_its_value_in_one_cell_stays_above_it() -> None:
    assert told("护照号码", "M98765432") == ["护照号码", "M98765432"]


def test_nothing_is_joined_where_there_is_no_cell() -> None:
    assert told("高级后", "端工程", cells=()) == ["高级后", "端工程"]


def test_what_fills_a_cell_takes_its_place() -> None:
    line = Line("韩国", 0.11, 0.14, 0.15, 0.15)
    (whole,) = whole_lines(PageLines(1, (line,), cells=(CELL,)), book_of("form"))
    assert (whole.left, whole.top, whole.right, whole.bottom) == CELL
