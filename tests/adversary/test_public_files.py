"""Files that no one here made, and PDFs of several producers: judged sensibly, never a crash."""

import io
import subprocess
import sysconfig
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from assistant.check.documents.check_files import check_documents
from assistant.check.documents.checks import KIND_BY_CODE
from assistant.check.file_rules import FileRules
from assistant.check.slots import Slot
from assistant.page.browser.launch import find_browser
from assistant.profile.loading import Profile
from fixtures.papers import defects as spoiled

ON = date(2026, 11, 22)
MADE_ELSEWHERE = Path(__file__).parent / "made_elsewhere"
ANY = FileRules(types=("pdf", "jpeg", "png", "gif", "webp", "tiff", "bmp"), max_bytes=50_000_000)
CONTRACT = FileRules(essentials=True, translation=True)
TEXT = [
    "劳动合同", "合同期限：自2026年2月1日起至2028年1月31日止。", "工作地点：深圳市福田区。", "工作岗位：市场总监。",
    "工作内容：制定推广计划，管理代理商。", "劳动报酬：每月人民币两万五千元。", "甲方（盖章）：  乙方（签字）：",
]  # fmt: skip


def _public(suffixes: Sequence[str], most: int) -> list[Path]:
    """Files that installed packages carry, smallest names first so that every run takes the same."""
    places = [MADE_ELSEWHERE, Path(sysconfig.get_paths()["purelib"]), Path("/usr/share/doc"), Path("/usr/share/tcltk")]
    found = [path for place in places if place.is_dir() for path in place.rglob("*") if path.suffix in suffixes]
    return sorted(path for path in found if path.is_file() and path.stat().st_size > 1500)[:most]


def test_public_files_of_installed_packages_are_judged_without_a_crash(
    slot: Callable[..., Slot], with_files: Callable[..., Profile]
) -> None:
    pictures, papers = _public((".png", ".jpg", ".gif"), 14), _public((".pdf",), 6)
    print(f"{len(pictures)} pictures, {len(papers)} PDFs of other people's making")
    assert len(pictures) >= 3 and papers
    files = {f"file-{number}": [path] for number, path in enumerate([*pictures, *papers])}
    report = check_documents(with_files(files), [slot(key, ANY) for key in files], ON, jobs=2)
    codes = {finding.code for finding in report.findings}
    assert codes <= set(KIND_BY_CODE)
    assert not codes & {"file.crashes-reader", "file.too-slow", "file.damaged", "type.not-accepted"}


def _by_browser(folder: Path) -> bytes:
    page, out = folder / "contract.html", folder / "contract.pdf"
    page.write_text("<meta charset=utf-8>" + "".join(f"<p>{line}</p>" for line in TEXT), encoding="utf-8")
    command = [
        str(find_browser().path),
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        f"--user-data-dir={folder / 'own'}",
    ]
    subprocess.run([*command, f"--print-to-pdf={out}", page.as_uri()], check=True, capture_output=True, timeout=120)
    return out.read_bytes()


def _by_office(folder: Path) -> bytes:
    """LibreOffice made these two from the same text: made_elsewhere/README.md."""
    has_pay = any("劳动报酬" in line for line in TEXT)
    return (MADE_ELSEWHERE / ("contract.pdf" if has_pay else "contract-without-pay.pdf")).read_bytes()


def _by_reportlab(folder: Path) -> bytes:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = io.BytesIO()
    canvas = Canvas(out)
    for number, line in enumerate(TEXT):
        canvas.setFont("STSong-Light", 12)
        canvas.drawString(60, 760 - 24 * number, line)
    canvas.save()
    return out.getvalue()


def _by_pictures(folder: Path) -> bytes:
    """As an image-to-PDF tool makes it: no text, so the words must be read."""
    return spoiled.rescanned(spoiled.written(TEXT[0], TEXT[1:], text_layer=False), lambda page: page)


@pytest.mark.parametrize(
    "producer", [_by_browser, _by_office, _by_reportlab, _by_pictures], ids=lambda made: made.__name__[4:]
)
def test_a_contract_of_any_producer_is_read_and_its_missing_pay_is_noticed(
    producer: Callable[[Path], bytes], tmp_path: Path, codes: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert codes([("contract.pdf", producer(tmp_path))], CONTRACT) == []
    monkeypatch.setitem(globals(), "TEXT", [line for line in TEXT if "劳动报酬" not in line])
    lacking = codes([("contract.pdf", producer(tmp_path))], CONTRACT)
    assert lacking in (["contract.essential-missing"], ["contract.essential-not-seen"])


def test_a_phones_photo_lying_on_its_side_is_turned_upright(tmp_path: Path) -> None:
    from assistant.check.documents.paper import Paper

    picture = Image.new("RGB", (300, 200), "white")
    picture.paste((255, 0, 0), (0, 0, 300, 20))
    exif = Image.Exif()
    exif[0x0112] = 6
    picture.save(tmp_path / "phone.jpg", exif=exif)
    page = Paper(tmp_path / "phone.jpg", FileRules(types=("jpeg",)), "x").pages[0]
    assert page.picture.shape[:2] == (300, 200)
    assert page.picture[150, 190, 0] > 200 > 100 > page.picture[150, 190, 1]
