"""The verbs of the command line: one module each, one registry line each.

A verb is a plain module of its name (`_` for `-`) with `add_arguments(parser)` and `run(args) -> int` (the exit status); its sentence
stands in the registry, so that a run loads no verb but its own. The command line itself adds `--lang` to every verb and
`--json` to every verb whose `GIVES_JSON` is true; `args.console` is ready for use.
"""

from argparse import ArgumentParser, Namespace
from importlib import import_module
from typing import Protocol, cast

from assistant.messages import Text

VERBS: dict[str, Text] = {
    "desk": Text(
        "打开工作台：在浏览器窗口里导入、补全、核对、填写，不必使用命令行",
        "open the desk: the whole job in a browser window, no terminal needed",
    ),
    "demo": Text(
        "演示：在模拟平台上填写示例申请人，核对后停在提交之前",
        "see it work: fills a sample applicant on the mock portal, proves every value, stops before submission",
    ),
    "check": Text(
        "检查一位申请人的资料、规定和材料是否齐备，不打开浏览器",
        "check whether one applicant's data, rules and documents are ready; opens no browser",
    ),
    "plan": Text(
        "列出将在平台各栏目填写的内容（值已遮盖），不打开浏览器",
        "list what would be written where, values masked; opens no browser",
    ),
    "probe": Text(
        "核对平台页面是否与资料包一致：只看不填，列出改名、移位、新增必填等差异",
        "does the portal still match its pack? Looks only, and lists what was renamed, moved or newly required",
    ),
    "fill": Text(
        "在浏览器中填写申请表，逐项回读核对，然后交给您核对并提交",
        "fill the application in a browser, prove every value, hand over; you review and submit",
    ),
    "batch": Text(
        "逐个填写多位申请人：先全部演练，再在同一浏览器中依次填写，由您逐份核对提交",
        "fill many applicants one after another: all rehearsed first, then in one browser; you review and submit each",
    ),
    "intake": Text(
        "从名册、证件、申请表和问卷答案读取资料；不加 --apply 时什么也不写",
        "read rosters, papers, forms and answers into profiles; without --apply nothing is written",
    ),
    "ask": Text(
        "为申请人生成问卷（中、英、日、韩），只问还缺的；答案加密后只有您能打开",
        "make a questionnaire for the applicant (zh, en, ja, ko) of what is missing; only you can open the answers",
    ),
    "renew": Text(
        "由去年的资料建立今年的，先列出必须更新的",
        "make this year's profile from last year's; what must change comes first",
    ),
    "prepare": Text(
        "把一堆扫描件按材料项整理成平台收的文件：转正、合并、压缩并逐页核对；原件不动，不加 --apply 时什么也不写",
        "make a heap of scans ready to upload: sorted by slot, upright, joined, small enough, each copy proven; originals stay as they "
        "are, and without --apply nothing is written",
    ),
    "due": Text(
        "列出一个文件夹中每位申请人何时必须申请，最紧急的在前",
        "list when each applicant of a folder must be filed, most urgent first",
    ),
    "after": Text(
        "提交之后：查询审核与预约结果（预约由您操作），核对并归档打印的申请表；或生成现场办理清单",
        "after submission: find status and booking (booking itself is yours), check and file the printed form; or make the "
        "page to take along",
    ),
    "mock": Text(
        "启动模拟平台（只在本机 127.0.0.1 可访问），第一行输出网址，按 Ctrl-C 结束",
        "serve a mock portal on 127.0.0.1; its address is the first line printed; Ctrl-C ends it",
    ),
    "teach": Text(
        "平台改版后，在页面上点选即可重新对应栏目；也可为没有资料包的网页提出草稿",
        "mend a mapping by clicking on the page after the portal changed; propose one for a form no pack knows",
    ),
    "login": Text(
        "在系统密码库中保存、查看（遮盖）或删除平台登录信息",
        "keep, show (masked) or forget a portal's login, in the system's password store",
    ),
    "seal": Text(
        "封存申请人文件夹（加密成一个文件，密钥在系统密码库）；各命令可直接使用封存的文件夹",
        "encrypt an applicant's folder into one file, its key in the system's keyring; every verb works on a sealed folder",
    ),
    "unseal": Text("解开封存的申请人文件夹", "decrypt a sealed applicant's folder"),
    "pack": Text(
        "不换程序就更新平台和城市数据：查看、采用、撤销同事发来的签名文件",
        "newer data of portals and cities without a newer program: show, take, undo a colleague's signed file",
    ),
    "team": Text(
        "管理共用一个数据库的团队：建立、添加或移除成员、列出成员",
        "look after the team that shares a database: begin it, add or remove members, list them",
    ),
    "store": Text(
        "共用的案件：搬移、列出谁在处理、接管、并排处理冲突、导出操作记录",
        "cases that several desks share: copy, list who has what, take over, settle conflicts, export the trail",
    ),
    "worker": Text(
        "替团队做后台工作（材料检查、演练），可在任意多台电脑上运行",
        "do a team's background work (document checks, rehearsals), on any number of machines",
    ),
    "doctor": Text(
        "检查本机环境：浏览器、字体、密码库、数据、磁盘", "what works on this machine, and what to do about the rest"
    ),
    "report-problem": Text(
        "出问题时生成一个可以发送的文件：版本、本机环境、最近一次填写的经过，不含资料，先全部给您看",
        "one file to send when something goes wrong: versions, this machine, the last run; no data, all shown first",
    ),
}


class Verb(Protocol):
    """What a module in this folder provides."""

    GIVES_JSON: bool

    def add_arguments(self, parser: ArgumentParser) -> None: ...

    def run(self, args: Namespace) -> int: ...


def load(name: str) -> Verb:
    """The module of a verb in VERBS."""
    return cast(Verb, import_module(f"{__name__}.{name.replace('-', '_')}"))
