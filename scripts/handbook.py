"""The handbook as a small site: searched and read without a network, in Chinese and English, from the same files as docs/.

    uv run --group handbook python -m scripts.handbook --into build/handbook

Promises: only what handlers need is in it; a link to a page that is not becomes plain text; no page loads anything from elsewhere.
It is made by mkdocs with the material theme and its `offline` plug-in, since a page that is opened as a file can't fetch an index.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from ruamel.yaml import YAML

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PAGES: Mapping[str, Sequence[tuple[str, str]]] = {
    "中文": (
        ("desk.zh.md", "工作台"),
        ("guide.zh.md", "经办人指南"),
        ("intake.zh.md", "资料从哪里来"),
        ("prepare.zh.md", "整理扫描件"),
        ("first-day.zh.md", "第一次用一个平台"),
        ("portal-changed.zh.md", "平台改版时"),
        ("team.zh.md", "几张办公桌"),
    ),
    "English": (
        ("desk.en.md", "The desk"),
        ("guide.en.md", "Guide for handlers"),
        ("intake.en.md", "Where data come from"),
        ("prepare.en.md", "Preparing scans"),
        ("first-day.en.md", "The first day on a platform"),
        ("portal-changed.en.md", "When a portal changes"),
        ("team.en.md", "Several desks"),
    ),
    "参考 / Reference": (
        ("commands.md", "命令 / Commands"),
        ("findings.md", "提示 / Findings"),
        ("onsite.md", "现场清单 / On-site page"),
    ),
}
WORKER = "iframe-worker@1.0.4"
WORKER_ADDRESS = "https://unpkg.com/iframe-worker/shim"
PICTURES = "pictures"
_QUIET = {"NO_MKDOCS_2_WARNING": "1"}
_LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)\s]+)\)")
_ELSEWHERE = re.compile(r"""<(?:script|link|img|iframe)[^>]+(?:src|href)=["']?(?:https?:)?//""", re.IGNORECASE)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--into", type=Path, required=True, metavar="FOLDER", help="where the site is written")
    into: Path = parser.parse_args(arguments).into.resolve()
    with tempfile.TemporaryDirectory(prefix="handbook-") as scratch:
        folder = Path(scratch)
        gather(folder / "docs")
        write_settings(folder / "mkdocs.yml")
        site = folder / "site"
        command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "--site-dir", str(site)]
        if subprocess.run(command, cwd=folder, check=False, env=os.environ | _QUIET).returncode:
            return 1
        carry_worker(site, folder)
        for name in ("sitemap.xml", "sitemap.xml.gz", "404.html"):
            (site / name).unlink(missing_ok=True)
        if bad := loads_from_elsewhere(site):
            sys.stderr.write("".join(f"{name} loads from elsewhere\n" for name in bad))
            return 1
        shutil.rmtree(into, ignore_errors=True)
        shutil.copytree(site, into)
    size = sum(path.stat().st_size for path in into.rglob("*") if path.is_file()) / 1_000_000
    sys.stdout.write(f"{into}: {size:.1f} MB\n")
    return 0


def carry_worker(site: Path, scratch: Path) -> None:
    """What lets a page that is a file search: the theme would load it over the network, so it is put beside the pages."""
    command = ["npm", "install", "--silent", "--ignore-scripts", "--prefix", str(scratch), WORKER]
    subprocess.run(command, check=True, capture_output=True)
    package = scratch / "node_modules" / "iframe-worker"
    shutil.copyfile(package / "shim" / "index.js", site / "assets" / "iframe-worker.js")
    shutil.copyfile(package / "LICENSE", site / "assets" / "iframe-worker.LICENSE")
    for page in site.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        page.write_text(text.replace(WORKER_ADDRESS, "assets/iframe-worker.js"), encoding="utf-8")


def gather(into: Path) -> None:
    """The pages of the handbook, and the pictures that they show."""
    into.mkdir(parents=True)
    names = {name for pages in PAGES.values() for name, _ in pages}
    for name in names:
        text = with_own_links((DOCS / name).read_text(encoding="utf-8"), names)
        (into / name).write_text(text, encoding="utf-8")
        for _, _, target in _LINK.findall(text):
            if target.startswith(f"{PICTURES}/"):
                (into / PICTURES).mkdir(exist_ok=True)
                shutil.copyfile(DOCS / target, into / target)
    (into / "index.md").write_text(front_page(), encoding="utf-8")


def with_own_links(text: str, names: set[str]) -> str:
    """
    >>> with_own_links("[a](guide.zh.md#x) [b](../README.md) [c](https://x.cn) ![d](pictures/d.png)", {"guide.zh.md"})
    '[a](guide.zh.md#x) b [c](https://x.cn) ![d](pictures/d.png)'
    """

    def kept(link: re.Match[str]) -> str:
        target = link[3].partition("#")[0]
        stays = not target or target in names or "://" in target or (link[1] and target.startswith(f"{PICTURES}/"))
        return link[0] if stays else link[2]

    return _LINK.sub(kept, text)


def front_page() -> str:
    lines = ["# 续签工作台手册 / Handbook", ""]
    for part, pages in PAGES.items():
        lines += [f"## {part}", "", *(f"- [{title}]({name})" for name, title in pages), ""]
    lines += [
        "本工具从不提交申请：核对和提交由您本人完成。从未在真实平台上验证过。",
        "",
        "It never submits: you review and submit. It was never verified on the live portals.",
    ]
    return "\n".join(lines) + "\n"


def write_settings(file: Path) -> None:
    settings = {
        "site_name": "续签工作台手册 · Handbook",
        "docs_dir": "docs",
        "use_directory_urls": False,
        "theme": {
            "name": "material",
            "language": "zh",
            "font": False,
            "features": ["navigation.sections", "navigation.top", "search.highlight", "toc.follow"],
        },
        "plugins": [
            {"search": {"lang": ["zh", "en"], "pipeline": [], "separator": "[\\s\\u200b\\-，。、；：（）「」]+"}},
            "offline",
        ],
        "markdown_extensions": ["tables", "attr_list", "sane_lists", "fenced_code"],
        "validation": {"anchors": "ignore"},
        "nav": [
            {"首页 / Start": "index.md"},
            *({part: [{title: name} for name, title in pages]} for part, pages in PAGES.items()),
        ],
    }

    with file.open("w", encoding="utf-8") as out:
        YAML().dump(settings, out)


def loads_from_elsewhere(site: Path) -> list[str]:
    """Pages that would load something over the network."""
    return [path.name for path in sorted(site.rglob("*.html")) if _ELSEWHERE.search(path.read_text(encoding="utf-8"))]


if __name__ == "__main__":
    sys.exit(main())
