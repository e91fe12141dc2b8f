"""`assistant doctor`: what works on this machine, and what to do about the rest."""

from argparse import ArgumentParser, Namespace

from assistant.messages import Text

GIVES_JSON = True

STATES = {
    "ok": Text("正常", "ok"),
    "warning": Text("注意", "warning"),
    "bad": Text("不可用", "bad"),
}
STYLES = {"ok": "good", "warning": "warning", "bad": "bad"}


def add_arguments(parser: ArgumentParser) -> None:
    """Nothing beyond what every verb takes."""


def run(args: Namespace) -> int:
    """Exit status 1 when filling is impossible here until the person mends something."""
    from assistant.jobs.doctor import examine
    from assistant.jobs.outputs import Results

    checks = examine()
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
                    }
                    for check in checks
                ],
            },
        )
    results.settle()
    return 1 if any(check.state == "bad" for check in checks) else 0
