"""`assistant ask`: a questionnaire for the applicant, in their language, of what is still missing."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from assistant.cli.arguments import ResultFile, add_on, add_store, applicant_of, day_of
from assistant.intake.questionnaire.questions import ASK_LANGUAGES
from assistant.jobs.ask import AskJob, ask
from assistant.jobs.outputs import Results
from assistant.messages import Text
from assistant.review.console import Console

GIVES_JSON = True
LANGUAGES = ASK_LANGUAGES
"""`--lang` is the applicant's language here; messages are in it where it is Chinese or English."""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "profile", metavar="PROFILE", type=Path, help="申请人文件夹或 profile.yaml / applicant's folder or YAML file"
    )
    parser.add_argument(
        "--out",
        metavar="F.html",
        action=ResultFile,
        required=True,
        help="写出问卷（一个网页文件，不需要网络）/ the questionnaire, one page that needs no network",
    )
    parser.add_argument(
        "--letter", metavar="F.txt", action=ResultFile, help="另存缺少材料的信 / also save the letter on missing papers"
    )
    add_store(parser)
    add_on(parser)


def run(args: Namespace) -> int:
    """Writes the page; 0."""
    console: Console = args.console
    done = ask(AskJob(applicant_of(args), args.lang, day_of(args)))
    results = Results(console)
    results.file(args.out, done.html)
    results.file(args.letter, done.letter + "\n")
    results.json(args.json, done.as_json())
    if args.json != "-":
        asked = len(done.questions.values) + len(done.questions.tables)
        console.line(
            Text(
                f"问卷：{args.out}（{asked} 项，{len(done.questions.papers)} 份材料）。发给申请人；收到 .age 文件后："
                "assistant intake 文件 --into 申请人们的文件夹",
                f"Questionnaire: {args.out} ({asked} questions, {len(done.questions.papers)} papers). Send it to the applicant; "
                "when the .age file comes back: assistant intake FILE --into FOLDER",
            ),
            style="good",
        )
        if done.new_key:
            console.line(
                Text(
                    "已建立您的密钥，只有它能打开答案。请导出恢复密钥并离线保管：assistant seal --export-key 文件。",
                    "Your key was made; nothing else opens the answers. Export the recovery key and keep it elsewhere: assistant seal "
                    "--export-key FILE.",
                ),
                style="warning",
            )
        console.line(done.letter)
    results.settle()
    return 0
