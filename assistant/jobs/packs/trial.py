"""Reads every data file once, in a process of its own: `python -m assistant.jobs.packs.trial`, with ASSISTANT_SELECTORS set.

The last line says what is wrong, as JSON; nothing when all is well.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

from assistant.errors import AssistantError, PackError
from assistant.messages import Text
from assistant.store.locations import MODULE, OTHER_SELECTORS

SECONDS = 120


def read_everything() -> None:
    """Raises AssistantError with what is wrong."""
    from typing import get_args

    from assistant.check.city.loading import cities, load_city
    from assistant.drift.vocabulary import every_word
    from assistant.intake.papers.words import words
    from assistant.intake.questionnaire.questions import AskLanguage, wording
    from assistant.intake.words.names import labels, roster_words
    from assistant.portal.loading import load_portal, portals

    for portal in portals():
        load_portal(portal)
    for city in cities():
        known = load_city(city)
        if known.portal not in portals():
            raise PackError(Text("城市所用的平台没有资料包", "the city's portal has no pack"), where=city)
    every_word()
    words()
    roster_words()
    for language in get_args(AskLanguage):
        wording(language)
        labels(language)


def fault_of(selectors: Path) -> Text | None:
    """What keeps this program from using the data in that folder; None for sound ones."""
    done = subprocess.run(
        [*MODULE, "assistant.jobs.packs.trial"],
        env=os.environ | {OTHER_SELECTORS: str(selectors), "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        capture_output=True,
        encoding="utf-8",
        timeout=SECONDS,
        check=False,
    )
    if done.returncode == 0:
        return None
    try:
        said = json.loads(done.stdout.splitlines()[-1])
        return Text(said["zh"], said["en"])
    except (ValueError, IndexError, KeyError):
        return Text("数据无法读取", "the data can't be read")


def main() -> int:
    try:
        read_everything()
    except AssistantError as error:
        print(json.dumps({"zh": "\n".join(error.lines("zh")[:5]), "en": "\n".join(error.lines("en")[:5])}))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
