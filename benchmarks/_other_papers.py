"""Papers as another hand makes them: pages of HTML, printed by a browser, in layouts, fonts and wordings that the fixtures' drawers know
nothing of. Portraits, zones of passports and the work permit card are left out: those follow standards, not taste.

`other_heap` gives a heap of them: the applicant's papers, the same of others, and papers that no slot asks for.
"""

import io
import random
from collections.abc import Sequence
from datetime import date, timedelta
from html import escape

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from assistant.page.browser.discovery import find_browser
from fixtures.papers import Facts
from fixtures.papers.heaps import Heap, grained, jpeg, photographed

_SEAL = """<svg width="150" height="150" style="position:absolute;right:{right}px;bottom:{bottom}px;opacity:.8">
<circle cx="75" cy="75" r="70" fill="none" stroke="#d3202a" stroke-width="4"/><text x="75" y="92" font-size="46" text-anchor="middle" fill="#d3202a">★</text>
<path id="p" d="M 25 75 A 50 50 0 0 1 125 75" fill="none"/><text font-size="13" fill="#d3202a" letter-spacing="1"><textPath href="#p">{name}</textPath></text></svg>"""
_PAGE = """<!doctype html><meta charset="utf-8"><style>@page {{ size: A4; margin: 0 }} body {{ margin: 0; font: {size}px/{lead} {face}; color: #111 }}
.sheet {{ position: relative; width: 794px; height: 1122px; box-sizing: border-box; padding: {pad}px; background: {paper}; page-break-after: always }}
h1 {{ font-size: {head}px; text-align: {align}; font-weight: {weight} }} table {{ border-collapse: collapse; width: 100% }} td, th {{ border: 1px solid #555; padding: 5px 7px; font-weight: normal }}
.plain td {{ border: 0; border-bottom: 1px dotted #999 }}</style>{body}"""
_STYLES = (
    {"size": 15, "lead": 1.9, "face": "'Noto Serif CJK SC', serif", "pad": 70, "paper": "#fff", "head": 24, "align": "center", "weight": "bold"},
    {"size": 14, "lead": 1.6, "face": "'Noto Sans CJK SC', sans-serif", "pad": 54, "paper": "#fffef8", "head": 21, "align": "center", "weight": "normal"},
    {"size": 13, "lead": 1.7, "face": "'Noto Sans CJK SC', sans-serif", "pad": 80, "paper": "#fff", "head": 17, "align": "left", "weight": "bold"},
    {"size": 16, "lead": 1.8, "face": "'Noto Serif CJK SC', serif", "pad": 64, "paper": "#fdfdfd", "head": 28, "align": "center", "weight": "bold"},
)  # fmt: skip


def _rows(pairs: Sequence[tuple[str, str]], kind: str = "") -> str:
    return (
        f'<table class="{kind}">'
        + "".join(f"<tr><td>{escape(a)}</td><td>{escape(b)}</td></tr>" for a, b in pairs)
        + "</table>"
    )


def _sheet(title: str, body: str, facts: Facts, *, seal: bool = True, above: str = "") -> str:
    stamp = _SEAL.format(right=90, bottom=110, name=escape(facts["employer.name"])) if seal else ""
    return f'<div class="sheet">{above}<h1>{title}</h1>{body}{stamp}</div>'


def _extension(facts: Facts, on: date, chance: random.Random) -> str:
    title = chance.choice(
        (
            "外国人来华工作许可延期申请表<br>APPLICATION FORM FOR EXTENSION OF FOREIGNER'S WORK PERMIT",
            "外国人工作许可延期申请表",
            "《外国人来华工作许可延期申请表》",
        )
    )
    return _sheet(
        title,
        _rows(
            [
                ("姓名（英文）/ Name", facts.latin_name), ("国籍/Nationality", facts["applicant.nationality"]),
                ("护照号/Passport No.", facts["passport.number"]), ("工作单位/Employer", facts["employer.name"]),
                ("统一社会信用代码", facts["employer.uscc"]), ("职务/Position", facts["employment.position"]),
                ("许可证号", facts["work_permit.number"]), ("延期理由", "继续聘用"),
            ]
        )
        + "<p>本人承诺以上信息真实有效。　申请人签字：__________</p><p>单位公章：</p>",
        facts,
    )  # fmt: skip


def _visa(facts: Facts, on: date, chance: random.Random) -> str:
    title = chance.choice(
        (
            "外国人签证证件申请表",
            "中华人民共和国<br>外国人签证证件申请表",
            "外国人签证证件申请表 VISA, STAY/RESIDENCE PERMIT APPLICATION FORM",
        )
    )
    return _sheet(
        title,
        "<p>请用蓝黑或黑色墨水填写 Please complete in ink</p>"
        + _rows(
            [
                ("英文姓 Surname", facts["applicant.surname"].upper()), ("英文名 Given name(s)", facts["applicant.given_names"].upper()),
                ("护照或其他旅行证件号码 Passport No.", facts["passport.number"]), ("申请项目", "■居留许可 □签证 □停留证件"),
                ("申请事由", "工作"), ("单位名称", facts["employer.name"]), ("本人签名 Signature", ""),
            ]
        ),
        facts,
        seal=False,
    )  # fmt: skip


def _guarantee(facts: Facts, on: date, chance: random.Random) -> str:
    title = chance.choice(
        ("证明（担保）函", "单位担保函", "关于为外籍员工申请居留许可的担保函", "申请签证证件的证明(担保)函件")
    )
    return _sheet(
        title,
        f"<p>深圳市公安局出入境管理处：</p><p>　　兹有我单位外籍员工 {facts.latin_name}（护照号码：{facts['passport.number']}），现因工作居留许可即将到期，"
        f"特此申请延期。该员工在华期间我单位承担担保责任。</p><p style='text-align:right'>{facts['employer.name']}<br>{on - timedelta(days=5)}</p>",
        facts,
    )


def _contract(facts: Facts, on: date, chance: random.Random) -> str:
    title = chance.choice(
        ("外籍人员聘用合同<br>EMPLOYMENT CONTRACT", "劳动合同书", "聘 用 合 同", "Employment Agreement<br>聘用协议")
    )
    first = (
        f"<p>甲方（用人单位）：{facts['employer.name']}</p><p>乙方（员工）：{facts.latin_name}　护照号：{facts['passport.number']}</p>"
        f"<p>一、合同期限：自{facts['employment.contract_from']}起至{facts['employment.contract_to']}止。</p>"
        f"<p>二、工作内容：乙方担任{facts['employment.position']}，{escape(facts['employment.duties'][:60])}</p><p>三、工作地点：深圳市南山区。</p>"
    )
    second = (
        "<p>四、劳动报酬：甲方按月支付乙方税前工资人民币叁万元整。</p><p>五、社会保险按国家规定缴纳。</p><p>六、劳动纪律。</p><p>七、争议处理：协商不成的，提交深圳市劳动人事争议仲裁委员会。</p>"
        f"<p>八、本合同一式两份。</p><br><br><p>甲方（盖章）：{facts['employer.name']}　　乙方（签字）：{facts.latin_name}</p>"
    )
    stamp = _SEAL.format(right=420, bottom=420, name=escape(facts["employer.name"]))
    return _sheet(
        title, first + "<p style='position:absolute;bottom:30px;left:360px'>第1页 共2页</p>", facts, seal=False
    ) + (f'<div class="sheet">{second}{stamp}<p style="position:absolute;bottom:30px;left:360px">第2页 共2页</p></div>')


def _receipt(facts: Facts, on: date, chance: random.Random) -> str:
    title = chance.choice(
        ("广东省出入境证件数字相片采集检测回执", "外国人签证数字相片采集检测回执", "出入境证件相片采集检测回执")
    )
    return _sheet(
        title,
        _rows(
            [
                ("姓名", facts.latin_name),
                ("证件号码", facts["passport.number"]),
                ("图像号", facts["residence_request.photo_receipt"]),
                ("采集日期", str(on - timedelta(days=20))),
            ]
        ),
        facts,
        seal=False,
    )


def _tax(facts: Facts, on: date, chance: random.Random) -> str:
    title = chance.choice(("中华人民共和国<br>税 收 完 税 证 明", "税收完税证明", "纳税证明"))
    return _sheet(
        title,
        f"<p>填发日期：{on - timedelta(days=9)}　　税务机关：国家税务总局深圳市南山区税务局</p><p>纳税人识别号：{facts['employer.uscc']}　纳税人名称：{facts['employer.name']}</p>"
        "<table><tr><th>税种</th><th>品目名称</th><th>税款所属时期</th><th>入（退）库日期</th><th>实缴（退）金额</th></tr>"
        + "".join(
            f"<tr><td>增值税</td><td>信息技术服务</td><td>2026-{month:02}</td><td>2026-{month + 1:02}-12</td><td>{chance.randrange(9000, 99000)}.00</td></tr>"
            for month in (8, 9, 10)
        )
        + "</table>",
        facts,
    )


def _bank(facts: Facts, on: date, chance: random.Random) -> str:
    title = chance.choice(
        ("对公账户交易明细清单", "单位账户对账单", "样例银行 企业账户明细", "Account Statement 账户对账单")
    )
    return _sheet(
        title,
        f"<p>账号：4000 0000 0000 0001　户名：{facts['employer.name']}　币种：人民币</p><table><tr><th>交易日期</th><th>摘要</th><th>借方发生额</th><th>贷方发生额</th><th>余额</th></tr>"
        + "".join(
            f"<tr><td>2026-10-{day:02}</td><td>{chance.choice(('货款', '服务费', '工资', '手续费'))}</td><td>{chance.randrange(100, 9000)}.00</td><td></td><td>{chance.randrange(90000, 990000)}.00</td></tr>"
            for day in range(3, 22)
        )
        + "</table>",
        facts,
    )


def _business(facts: Facts, on: date, chance: random.Random) -> str:
    title = chance.choice(("软件开发服务合同", "技术服务合同", "产品购销合同", "技术开发（委托）合同"))
    return _sheet(
        title,
        f"<p>合同编号：XS-2026-0{chance.randrange(10, 99)}</p><p>甲方：样例客户贸易有限公司</p><p>乙方：{facts['employer.name']}</p><p>一、服务内容：乙方为甲方提供技术服务。</p><p>二、合同金额：人民币贰拾万元整。</p>",
        facts,
    )


def _salary(facts: Facts, on: date, chance: random.Random) -> str:
    title = chance.choice(("在职及收入证明", "收入证明", "薪 酬 证 明", "员工工资收入证明"))
    return _sheet(
        title,
        f"<p>兹证明 {facts.latin_name}（护照号：{facts['passport.number']}）系我公司员工，任{facts['employment.position']}，月均税前收入人民币叁万元。</p><p style='text-align:right'>{facts['employer.name']}</p>",
        facts,
    )


def _unasked(facts: Facts, on: date, chance: random.Random) -> str:
    """Near misses: papers whose words are those of a slot and which are none of its."""
    title, text = chance.choice(
        (
            ("解除劳动合同证明书", "兹证明本公司与 {name}（护照号：{number}）于2025年解除劳动合同。"),
            ("关于劳动合同管理的规定", "第一条 为规范劳动合同管理，制定本规定。{name} {number} {employer}"),
            ("材料清单", "1. 外国人来华工作许可延期申请表 2. 劳动合同 3. 护照 4. 担保函 {name} {number} {employer}"),
            ("体检报告", "姓名 {name} 护照号 {number} 检查结果：未见异常。"),
            ("住宿登记表", "姓名 {name} 证件号码 {number} 住址 深圳市南山区"),
            (
                "工作许可延期申请表填写说明",
                "填表人 {name} {number} 请按外国人来华工作许可延期申请表逐项填写。{employer}",
            ),
        )
    )
    said = text.format(name=facts.latin_name, number=facts["passport.number"], employer=facts["employer.name"])
    return _sheet(title, f"<p>{said}</p>", facts)


_PAPERS = {
    "extension_form": _extension, "visa_form": _visa, "guarantee_letter": _guarantee, "contract": _contract, "photo_receipt": _receipt,
    "company_tax": _tax, "company_bank": _bank, "company_contracts": _business, "salary_proof": _salary,
}  # fmt: skip
_OF_COMPANY = ("company_tax", "company_bank", "company_contracts")


def other_heap(own: Facts, strangers: Sequence[Facts], on: date, seed: int) -> Heap:
    """The papers of a case as photos, scans and printed PDF files; those of others; papers that look like one of the case's and are none."""
    chance, heap = random.Random(seed), Heap()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser().path)
        for slot, drawer in _PAPERS.items():
            _add(
                heap,
                browser,
                f"a{len(heap.files):02}",
                drawer(own, on, chance),
                slot,
                chance,
            )
        for _ in range(4):
            _add(heap, browser, f"u{len(heap.files):02}", _unasked(own, on, chance), "", chance)
        for stranger in strangers:
            for slot, drawer in _PAPERS.items():
                if slot not in _OF_COMPANY:
                    _add(heap, browser, f"x{len(heap.files):02}", drawer(stranger, on, chance), "", chance)
        browser.close()
    return heap


def _add(heap: Heap, browser: Browser, stem: str, body: str, slot: str, chance: random.Random) -> None:
    page = browser.new_page(viewport={"width": 794, "height": 1122}, device_scale_factor=2)
    try:
        page.set_content(_PAGE.format(body=body, **chance.choice(_STYLES)))
        form = chance.choice(("print", "scan", "photo", "turned"))
        if form == "print":
            heap.files[f"{stem}.pdf"] = page.pdf(prefer_css_page_size=True)
            heap.truth |= {(f"{stem}.pdf", number): slot for number in range(1, body.count('class="sheet"') + 1)}
            return
        for number, sheet in enumerate(page.locator(".sheet").all(), 1):
            picture = Image.open(io.BytesIO(sheet.screenshot())).convert("RGB")
            name = f"{stem}-{number}.jpg"
            heap.files[name] = _pictured(picture, form, chance)
            heap.truth[name, 1] = slot
    finally:
        page.close()


def _pictured(picture: Image.Image, form: str, chance: random.Random) -> bytes:
    if form == "photo":
        return jpeg(photographed(picture, chance), 88)
    if form == "turned":
        picture = picture.rotate(chance.choice((90, 180, 270)), expand=True)
    return jpeg(grained(picture, chance, 0.02), 85, dpi=192)
