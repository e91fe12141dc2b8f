"""Bad weather for one process of the mishaps (../mishaps.py): Python reads this by itself where its folder is on the path.

The weather's file says what it is like now: with `errno` nothing below the applicants' folder can be written, with `days` the
calendar has jumped. Without the file everything is as always.
"""

import json
import os
import sys
from contextlib import suppress
from datetime import timedelta

WEATHER, FOLDER = os.environ.get("MISHAP_WEATHER", ""), os.environ.get("MISHAP_FOLDER", "")
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_looking = False


def now() -> dict[str, object]:
    """The weather of this moment."""
    global _looking
    _looking = True
    try:
        with open(WEATHER, encoding="utf-8") as file:  # noqa: PTH123 - pathlib is not loaded yet
            found = json.load(file)
            return dict(found)
    except (OSError, ValueError):
        return {}
    finally:
        _looking = False


def _hook(event: str, arguments: tuple[object, ...]) -> None:
    if _looking or event not in ("open", "os.rename"):
        return
    path = arguments[1] if event == "os.rename" else arguments[0]
    if not isinstance(path, str) or not path.startswith(FOLDER):
        return
    if event == "open" and not (isinstance(arguments[2], int) and arguments[2] & _WRITES):
        return
    weather = now()
    if weather.get("event") == event and isinstance(error := weather.get("errno"), int):
        raise OSError(error, os.strerror(error))


if WEATHER:
    sys.addaudithook(_hook)
    with suppress(ImportError):
        from assistant.check.deadlines import dates

        _today = dates.today

        def _on_that_day() -> object:
            days = now().get("days", 0)
            return _today() + timedelta(days=days if isinstance(days, int) else 0)

        dates.today = _on_that_day  # type: ignore[assignment]
