"""Arguments that several verbs share."""

from argparse import Action, ArgumentParser, Namespace
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.check.deadlines.dates import today
from assistant.errors import InputError
from assistant.messages import Text

if TYPE_CHECKING:
    from assistant.jobs.outputs import Outputs
    from assistant.jobs.target import Target
    from assistant.store.base import ApplicantAt, Store
    from assistant.store.database.store import DatabaseStore


class ResultFile(Action):
    """Names a file that the command will write: `results` of the namespace lists them all, to be tried before the work."""

    def __call__(
        self,
        _parser: ArgumentParser,
        namespace: Namespace,
        name: str | Sequence[Any] | None,
        _option: str | None = None,
    ) -> None:
        place = Path(str(name))
        setattr(namespace, self.dest, place)
        namespace.results = (*getattr(namespace, "results", ()), place)


def add_on(parser: ArgumentParser) -> None:
    """`--on DATE`: the day that stands for today."""
    parser.add_argument("--on", metavar="DATE", help="以此日期为今天（YYYY-MM-DD） / the day that stands for today")


def day_of(args: Namespace) -> date:
    """The day of `--on`, else Beijing's today; InputError for anything but a `YYYY-MM-DD` day that exists."""
    if args.on is None:
        return today()
    try:
        day = date.fromisoformat(args.on)
    except ValueError:
        day = None
    if day is None or day.isoformat() != args.on:
        raise InputError(
            Text("日期应写作 YYYY-MM-DD，例如 2026-11-22", "write the date as YYYY-MM-DD, for example 2026-11-22"),
            where="--on",
        )
    return day


def add_profile(parser: ArgumentParser) -> None:
    """`PROFILE` and `--city`."""
    parser.add_argument(
        "profile", metavar="PROFILE", type=Path, help="申请人文件夹或 profile.yaml / applicant's folder or YAML file"
    )
    parser.add_argument("--city", metavar="C", help="城市，默认取自资料 / city, default: the profile's")
    add_store(parser)


def add_store(parser: ArgumentParser) -> None:
    """`--store`: with it, PROFILE is a case's id."""
    parser.add_argument(
        "--store",
        metavar="URL",
        help="案件存放处：folder:文件夹、sqlite:///文件 或 postgresql://…；PROFILE 即案件编号（默认 ASSISTANT_STORE）"
        " / where cases are kept; PROFILE is then a case's id (default: ASSISTANT_STORE)",
    )


def store_of(args: Namespace) -> "Store | None":
    """The store that `--store` or ASSISTANT_STORE names; None where neither does."""
    from assistant.store.database.addresses import named_store, store_at

    address = named_store(args.store)
    return store_at(address) if address else None


def database_of(args: Namespace) -> "DatabaseStore":
    """The same for what needs a database."""
    from assistant.store.database.addresses import database_at, named_store

    return database_at(named_store(args.store))


def applicant_of(args: Namespace) -> "ApplicantAt":
    """Where the applicant is kept whom PROFILE means."""
    from assistant.store.base import ApplicantIn, ApplicantRef
    from assistant.store.folders import FolderAt

    store = store_of(args)
    return FolderAt(args.profile) if store is None else ApplicantIn(store, ApplicantRef(str(args.profile)))


def applicant_if_named(args: Namespace) -> "ApplicantAt | None":
    """The same where `--profile` may be left out."""
    return applicant_of(args) if args.profile else None


def add_where(parser: ArgumentParser) -> None:
    """`--city`, `--url`, `--dry-run`, `--profile`, `--headless`: whose form is looked at, and where."""
    parser.add_argument("--city", metavar="C", help="城市 / city")
    parser.add_argument("--url", metavar="URL", help="代替平台网址 / stands for the portal's address")
    parser.add_argument("--dry-run", action="store_true", help="在模拟平台上演练 / rehearse on the mock portal")
    parser.add_argument(
        "--profile",
        metavar="PROFILE",
        type=Path,
        help="打开谁的申请表（只看不填）/ whose form to open; nothing is written",
    )
    add_store(parser)
    add_headless(parser)


def add_headless(parser: ArgumentParser) -> None:
    parser.add_argument("--headless", action="store_true", help="不显示窗口 / without a window")


def target_of(args: Namespace) -> "Target":
    """Where `--url` and `--dry-run` lead."""
    from assistant.jobs.target import Target

    return Target.of(args.url, mock=args.dry_run)


def add_outputs(parser: ArgumentParser) -> None:
    """`--report`, `--unmasked`, `--proof-sheet` and `--proof-lang`."""
    parser.add_argument(
        "--report",
        metavar="F.html",
        action=ResultFile,
        help="另存 HTML 报告（值已遮盖）/ also write an HTML report, masked",
    )
    parser.add_argument(
        "--unmasked",
        action="store_true",
        help="报告含填写内容，加密存为 F.html.age / the report with its values, encrypted as F.html.age",
    )
    parser.add_argument(
        "--proof-sheet",
        metavar="F.html",
        action=ResultFile,
        help="另存申请人核对单（含填写内容）供打印签字 / a sheet of what was read back, to be checked and signed",
    )
    parser.add_argument(
        "--proof-lang",
        choices=("zh", "en", "ja", "ko"),
        default="zh",
        help="核对单的语言 / the proof sheet's language",
    )


def outputs_of(args: Namespace) -> "Outputs":
    """What `--json` and the options of add_outputs ask for."""
    from assistant.jobs.outputs import Outputs

    return Outputs(args.json or "", args.report, args.unmasked, args.proof_sheet, args.proof_lang)
