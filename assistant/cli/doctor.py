"""`assistant doctor`: what works on this machine, and what to do about the rest."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from assistant.messages import Text

GIVES_JSON = True

STATES = {
    "ok": Text("正常", "ok"),
    "warning": Text("注意", "warning"),
    "bad": Text("不可用", "bad"),
}
STYLES = {"ok": "good", "warning": "warning", "bad": "bad"}


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "folder",
        metavar="FOLDER",
        nargs="?",
        type=Path,
        help="申请人文件夹所在的文件夹，默认与 desk 相同 / folder of applicants, default: that of `desk`",
    )


def run(args: Namespace) -> int:
    """Exit status 1 when filling is impossible here until the person mends something."""
    from assistant.cli.desk import default_folder
    from assistant.jobs.doctor import examine
    from assistant.jobs.outputs import Results

    checks = examine((args.folder or default_folder()).absolute())
    args.console.table(
        Text("本机环境", "This machine"),
        (Text("项目", "what"), Text("状态", "state"), Text("说明", "found"), Text("处理办法", "what to do")),
        [(check.title, STATES[check.state], check.message, check.remedy) for check in checks],
        styles=[STYLES[check.state] for check in checks],
    )
    results = Results(args.console)
    if args.json:
        results.json(
            args.json,
            {
                "schema": 1,
                "command": "doctor",
                "checks": [
                    {
                        "name": check.name,
                        "state": check.state,
                        "message": check.message.say(args.lang),
                        "remedy": check.remedy.say(args.lang) or None,
                        "mend": check.mend or None,
                    }
                    for check in checks
                ],
            },
        )
    results.settle()
    return 1 if any(check.state == "bad" for check in checks) else 0
