"""Application forms filled for invented applicants, in three layouts, as PDF with fields, as PDF with text and as a scan.

Drawn by hand from what is known of the paper forms; nothing here knows how the product reads. `truth` is what was filled in, by profile
path, as a profile holds it.
"""

import io
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
from PIL import Image, ImageFilter
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

WIDE, HIGH = 595.0, 842.0
FONT = "STSong-Light"


@dataclass(frozen=True)
class Question:
    """One question of a form: its label, what is filled in, and the profile's value of it. `ticks`: options, the chosen one is filled in."""

    path: str
    label: str
    shown: str
    value: str
    ticks: tuple[str, ...] = ()
    long: bool = False


@dataclass
class Drawn:
    """A form being drawn: with fields, what is filled in becomes fields; without, text."""

    canvas: Canvas
    with_fields: bool
    fields: list[tuple[float, float, float, float, str, bool]] = field(default_factory=list)

    def text(self, x: float, y: float, words: str, size: float = 9.5) -> None:
        self.canvas.setFont(FONT, size)
        self.canvas.drawString(x, HIGH - y - size, words)

    def fill(self, x: float, y: float, wide: float, words: str, size: float = 9.5) -> None:
        if self.with_fields:
            self.fields.append((x, y - 2, wide, size + 5, words, False))
        else:
            self.text(x, y, words, size)

    def box(self, x: float, y: float, wide: float, high: float) -> None:
        self.canvas.rect(x, HIGH - y - high, wide, high)

    def answer(self, x: float, y: float, wide: float, question: Question) -> float:
        """What is filled in, and how much height it took beyond a line."""
        if question.ticks:
            for option in question.ticks:
                if self.with_fields:
                    self.fields.append((x, y, 9, 9, "", option == question.shown))
                    self.text(x + 12, y, option)
                else:
                    self.text(x, y, ("■" if option == question.shown else "□") + option)
                x += 14 + 10 * len(option) + 10
            return 0.0
        if question.long and not self.with_fields:
            lines = _wrapped(question.shown, wide)
            for number, line in enumerate(lines):
                self.text(x, y + 13 * number, line)
            return 13.0 * (len(lines) - 1)
        self.fill(x, y, wide, question.shown)
        return 0.0


def _wrapped(words: str, wide: float) -> list[str]:
    per_line = int(wide // 9.6)
    return [words[at : at + per_line] for at in range(0, len(words), per_line)]


@dataclass(frozen=True)
class FilledForm:
    """One form of one person in one layout."""

    title: str
    questions: tuple[Question, ...]
    tables: tuple[tuple[str, tuple[str, ...], tuple[tuple[str, ...], ...]], ...]
    layout: int
    rows: Mapping[str, str]

    @property
    def truth(self) -> dict[str, str]:
        return {one.path: one.value for one in self.questions if one.path} | dict(self.rows)

    def pdf(self, *, fields: bool = False) -> bytes:
        _register()
        out = io.BytesIO()
        canvas = Canvas(out, pagesize=(WIDE, HIGH), invariant=1)
        drawn = Drawn(canvas, fields)
        drawn.text(WIDE / 2 - 8.5 * len(self.title), 36, self.title, 17)
        drawn.text(440, 18, "样本 SAMPLE", 10)
        y = (_grid, _stacked, _lines)[self.layout](drawn, self.questions, 76.0)
        for title, heads, rows in self.tables:
            y = _table(drawn, title, heads, rows, y + 10)
        drawn.text(60, y + 16, "申请人签字：")
        drawn.text(330, y + 16, "单位（盖章）：")
        canvas.save()
        return _with_fields(out.getvalue(), drawn.fields) if fields else out.getvalue()

    def scan(self, seed: int) -> bytes:
        """The printed form as an office's scanner gives it: a little askew, grainy, as JPEG in a PDF."""
        chance = random.Random(seed)
        page = pypdfium2.PdfDocument(self.pdf())[0].render(scale=200 / 72).to_pil().convert("RGB")
        page = page.rotate(chance.uniform(-0.8, 0.8), resample=Image.Resampling.BICUBIC, fillcolor=(250, 249, 244))
        grain = Image.frombytes("RGB", page.size, chance.randbytes(page.width * page.height * 3))
        page = Image.blend(page, grain, 0.05).filter(ImageFilter.GaussianBlur(0.4))
        out = io.BytesIO()
        page.save(out, "PDF", resolution=200, quality=80)
        return out.getvalue()


# ---- layouts -----------------------------------------------------------------------------------------------------------


def _grid(drawn: Drawn, questions: Sequence[Question], y: float) -> float:
    """Ruled, two questions a row, each label in the cell before its value; long labels on two lines."""
    waiting = list(questions)
    while waiting:
        row = [waiting.pop(0)]
        if waiting and not row[0].long and not waiting[0].long and not row[0].ticks and not waiting[0].ticks:
            row.append(waiting.pop(0))
        wide = 475 if len(row) == 1 else 237.5
        high = 26.0
        for column, question in enumerate(row):
            x = 60 + column * 237.5
            label = question.label
            if len(label) > 10:
                drawn.text(x + 4, y + 2, label[: (len(label) + 1) // 2], 8.5)
                drawn.text(x + 4, y + 13, label[(len(label) + 1) // 2 :], 8.5)
            else:
                drawn.text(x + 4, y + 7, label)
            high = max(high, 26 + drawn.answer(x + 104, y + 7, wide - 110, question))
        for column in range(len(row)):
            drawn.box(60 + column * 237.5, y, 100, high)
            drawn.box(160 + column * 237.5, y, wide - 100, high)
        y += high
    return y


def _stacked(drawn: Drawn, questions: Sequence[Question], y: float) -> float:
    """Small labels in two languages' order over their values, two across."""
    for place in range(0, len(questions), 2):
        more = 0.0
        for column, question in enumerate(questions[place : place + 2]):
            x = 60 + column * 250
            drawn.text(x, y, question.label, 7.5)
            more = max(more, drawn.answer(x, y + 11, 230, question))
        y += 32 + more
    return y


def _lines(drawn: Drawn, questions: Sequence[Question], y: float) -> float:
    """`Label：value`, one a line."""
    for question in questions:
        label = f"{question.label}："
        drawn.text(60, y, label)
        x = 60 + 9.5 * len(label) + (24 if drawn.with_fields or question.ticks else 3)
        y += 22 + drawn.answer(x, y, 535 - x, question)
    return y


def _table(drawn: Drawn, title: str, heads: Sequence[str], rows: Sequence[Sequence[str]], y: float) -> float:
    drawn.text(60, y, title, 11)
    y += 18
    wide = 475 / len(heads)
    for row in (heads, *rows):
        for column, words in enumerate(row):
            drawn.box(60 + column * wide, y, wide, 20)
            (drawn.text if row is heads else _cell(drawn, wide))(63 + column * wide, y + 5, words, 7.5)
        y += 20
    return y


def _cell(drawn: Drawn, wide: float) -> Callable[[float, float, str, float], None]:
    return lambda x, y, words, size: drawn.fill(x, y, wide - 6, words, size)


@cache
def _register() -> None:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))


def _with_fields(pdf: bytes, fields: Sequence[tuple[float, float, float, float, str, bool]]) -> bytes:
    """The page with a widget for each answer, named by number as form programs do."""
    with pikepdf.open(io.BytesIO(pdf)) as whole:
        page, widgets = whole.pages[0], []
        for number, (x, y, wide, high, words, ticked) in enumerate(fields):
            rect = pikepdf.Array([round(one, 2) for one in (x, HIGH - y - high, x + wide, HIGH - y)])
            own: dict[str, object] = {
                "/Type": pikepdf.Name.Annot, "/Subtype": pikepdf.Name.Widget, "/Rect": rect, "/T": pikepdf.String(f"f{number}"),
                "/F": 4, "/P": page.obj,
            }  # fmt: skip
            if words:
                own |= {"/FT": pikepdf.Name.Tx, "/V": pikepdf.String(words), "/DA": pikepdf.String("/Helv 9 Tf 0 g")}
            else:
                empty = whole.make_stream(b"", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 9, 9])
                state = pikepdf.Name.Yes if ticked else pikepdf.Name.Off
                states = pikepdf.Dictionary(Yes=empty, Off=empty)
                own |= {"/FT": pikepdf.Name.Btn, "/V": state, "/AS": state, "/AP": pikepdf.Dictionary(N=states)}
            widgets.append(whole.make_indirect(pikepdf.Dictionary(own)))
        page.obj.Annots = pikepdf.Array(widgets)
        whole.Root.AcroForm = whole.make_indirect(
            pikepdf.Dictionary(Fields=pikepdf.Array(widgets), NeedAppearances=True)
        )
        out = io.BytesIO()
        whole.save(out, deterministic_id=True)
        return out.getvalue()


# ---- persons and forms -------------------------------------------------------------------------------------------------

_SURNAMES = ("OKONKWO", "GARCIA LOPEZ", "TANAKA", "NOVAK", "DUBOIS")
_GIVEN = ("ANNA MARIA", "JOHN PAUL", "YUKI", "MAREK", "CLAIRE")
_NATIONS = (("NGA", "尼日利亚"), ("ESP", "西班牙"), ("JPN", "日本"), ("CZE", "捷克"), ("FRA", "法国"))


def work_permit_form(seed: int, layout: int) -> FilledForm:
    """外国人来华工作许可延期申请表."""
    chance = random.Random(seed * 10 + layout)
    who = chance.randrange(5)
    nation, nation_zh = _NATIONS[who]
    born, from_, to = _day(chance, 1965, 2000), _day(chance, 2024, 2026), _day(chance, 2027, 2029)
    number, permit = f"T{chance.randrange(10**8):08}", f"EXAMPLE{chance.randrange(10**8):08}"
    salary = str(chance.randrange(20, 90) * 10_000)
    expires, until = _day(chance, 2028, 2035), _day(chance, 2027, 2028)
    duties = (
        "负责样例系统的设计开发与维护工作，指导团队成员完成评审、测试和上线，并与客户保持沟通，按季度提交书面总结。"
    )
    woman = chance.random() < 0.5
    questions = (
        Question("applicant.surname", "姓", _SURNAMES[who], _SURNAMES[who]),
        Question("applicant.given_names", "名", _GIVEN[who], _GIVEN[who]),
        Question("applicant.sex", "性别", "女" if woman else "男", "female" if woman else "male", ("男", "女")),
        Question("applicant.nationality", "国籍", nation_zh, nation),
        Question("applicant.birth_date", "出生日期", *_written(chance, born)),
        Question("passport.number", "护照号码", number, number),
        Question("passport.expires_on", "护照有效期至", *_written(chance, expires)),
        Question("applicant.highest_degree", "最高学位（学历）", "硕士", "master"),
        Question("applicant.marital_status", "婚姻状况", "已婚", "married"),
        Question("work_permit.number", "工作许可证编号", permit, permit),
        Question("work_permit.expires_on", "工作许可有效期至", *_written(chance, until)),
        Question("employer.name", "用人单位名称", "上海样例机电有限公司", "上海样例机电有限公司"),
        Question("employer.uscc", "统一社会信用代码", "91440300MA5XAMPE4X", "91440300MA5XAMPE4X"),
        Question("employment.occupation", "工作岗位（职业）", "机械工程师", "机械工程师"),
        Question("employment.position", "申请在中国工作职务", "技术总监", "技术总监"),
        Question("employment.contract_from", "聘用合同/任职证明在华工作开始时间", *_written(chance, from_)),
        Question("employment.contract_to", "聘用合同/任职证明在华工作结束时间", *_written(chance, to)),
        Question("employment.annual_salary", "年薪（税前）", salary, salary),
        Question("employment.duties", "工作内容", duties, duties, long=True),
    )
    heads = ("起始年月", "结束年月", "学校名称", "专业", "学历")
    rows = (
        ("2001-09", "2005-06", "SAMPLE UNIVERSITY", "机械工程", "大学本科"),
        ("2005-09", "2008-06", "MODEL COLLEGE", "管理学", "硕士"),
    )
    kept = {}
    for number_, (start, end, school, major, level) in enumerate(rows):
        told = {
            "from": start,
            "to": end,
            "school": school,
            "major": major,
            "level": {"大学本科": "bachelor", "硕士": "master"}[level],
        }
        kept |= {f"education.{number_}.{leaf}": value for leaf, value in told.items()}
    jobs = (("2009.03 至 2015.08", "NAMSAN SAMPLE LTD", "工程师"), ("2015.09 至 2021.01", "HARBOUR MODEL CO", "主管"))
    for number_, (period, employer, position) in enumerate(jobs):
        start, _, end = period.replace(".", "-").partition(" 至 ")
        told = {"from": start, "to": end, "employer": employer, "position": position}
        kept |= {f"work_history.{number_}.{leaf}": value for leaf, value in told.items()}
    tables = (("教育经历", heads, rows), ("工作经历", ("起止时间", "工作单位", "职务"), jobs))
    return FilledForm("外国人来华工作许可延期申请表", questions, tables, layout, kept)


def visa_form(seed: int, layout: int) -> FilledForm:
    """外国人签证证件申请表."""
    chance = random.Random(seed * 10 + layout + 5)
    who = chance.randrange(5)
    nation, nation_zh = _NATIONS[who]
    number, permit = f"E{chance.randrange(10**8):08}", f"{chance.randrange(10**8):08}"
    woman = chance.random() < 0.5
    questions = (
        Question("applicant.surname", "姓", _SURNAMES[who], _SURNAMES[who]),
        Question("applicant.given_names", "名", _GIVEN[who], _GIVEN[who]),
        Question("applicant.chinese_name", "中文姓名", "样例名", "样例名"),
        Question("applicant.nationality", "国籍", nation_zh, nation),
        Question("applicant.birth_place", "出生地", "SAMPLE CITY", "SAMPLE CITY"),
        Question("applicant.birth_date", "出生日期", *_written(chance, _day(chance, 1965, 2000))),
        Question("applicant.sex", "性别", "女" if woman else "男", "female" if woman else "male", ("男", "女")),
        Question("applicant.address.detail", "在华住址", "样例路18号3栋1201室", "样例路18号3栋1201室"),
        Question("applicant.phone", "申请人电话", "13800000011", "13800000011"),
        Question("employer.name", "在华单位", "深圳市样例科技有限公司", "深圳市样例科技有限公司"),
        Question("passport.kind", "护照种类", "普通", "ordinary", ("外交", "公务", "普通", "其他")),
        Question("passport.number", "护照号码", number, number),
        Question("passport.expires_on", "有效期至", *_written(chance, _day(chance, 2028, 2035))),
        Question(
            "residence_permit.held",
            "现持有效签证证件种类",
            "居留证件",
            "residence_permit",
            ("签证", "停留证件", "居留证件"),
        ),
        Question("residence_permit.number", "证件号码", permit, permit),
        Question("residence_permit.expires_on", "有效期至", *_written(chance, _day(chance, 2026, 2028))),
        Question("residence_request.until", "申请居留期限至", *_written(chance, _day(chance, 2028, 2030))),
        Question("residence_request.remarks", "备注", "样例备注", "样例备注"),
    )
    return FilledForm("外国人签证证件申请表", questions, (), layout, {})


def _day(chance: random.Random, first: int, last: int) -> tuple[int, int, int]:
    return chance.randint(first, last), chance.randint(1, 12), chance.randint(1, 28)


def _written(chance: random.Random, day: tuple[int, int, int]) -> tuple[str, str]:
    """As somebody writes it, and as a profile does."""
    year, month, date = day
    ways = (
        f"{year}年{month}月{date}日",
        f"{year}-{month:02}-{date:02}",
        f"{year}/{month:02}/{date:02}",
        f"{year}.{month:02}.{date:02}",
    )
    return chance.choice(ways), f"{year}-{month:02}-{date:02}"
