"""Is the date believable? Deadlines are counted in days, always by Beijing's clock (`check/deadlines/dates`)."""

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from assistant.jobs.doctor.answers import Check
from assistant.messages import Text
from assistant.store.journal import journal_file

# A clock that stands still further ahead than any copy of this tool is used without being renewed.
_YEARS_AHEAD = 6
_DAY = 86400.0
# No copy is older than this line; the files of the zip bear no day of their own (1980).
_WRITTEN = datetime(2026, 11, 1, tzinfo=UTC).timestamp()
CHINA_OFFSET_SECONDS = 8 * 3600


def check_clock(
    seconds_now: Callable[[], float] = time.time,
    installed: Path = Path(__file__),
    journal: Callable[[], Path] = journal_file,
) -> Sequence[Check]:
    """Held against the two dates that are known here: this tool's installation and its last run."""
    title = Text("日期与时区", "clock")
    now = seconds_now()
    installed_at = max(installed.stat().st_mtime, _WRITTEN)
    if now < installed_at - _DAY:
        return [
            _wrong(title, Text("系统日期早于本工具的安装日期", "the system's date lies before this tool was installed"))
        ]
    if now < _last_run(journal) - _DAY:
        return [_wrong(title, Text("系统日期早于上一次运行", "the system's date lies before this tool's last run"))]
    if now > installed_at + _YEARS_AHEAD * 366 * _DAY:
        what = Text(
            f"系统日期比安装日期晚 {_YEARS_AHEAD} 年以上",
            f"the date is more than {_YEARS_AHEAD} years after the installation",
        )
        remedy = Text(
            "请核对系统日期；若无误，请更新本工具，其中的规定已过时。",
            "Check the date; if it is right, update this tool, since its rules are out of date.",
        )
        return [Check("clock", title, "warning", what, remedy)]
    if time.localtime(now).tm_gmtoff != CHINA_OFFSET_SECONDS:
        what = Text(
            f"系统时区不是北京时间；「今天」仍按北京时间计算：{_beijing_day(now)}",
            f"not China's time zone; today is Beijing's day all the same: {_beijing_day(now)}",
        )
        return [Check("clock", title, "ok", what)]
    return [Check("clock", title, "ok", Text("北京时间", "China's time zone"))]


def _wrong(title: Text, what: Text) -> Check:
    remedy = Text("请校准系统日期，否则期限计算会出错。", "Set the date, or every deadline is counted wrongly.")
    return Check("clock", title, "bad", what, remedy)


def _last_run(journal: Callable[[], Path]) -> float:
    with suppress(OSError):
        return journal().stat().st_mtime
    return 0.0


def _beijing_day(now: float) -> str:
    return datetime.fromtimestamp(now, timezone(timedelta(seconds=CHINA_OFFSET_SECONDS))).date().isoformat()
