"""How old the rules are that this case was judged by: an old rule may have changed since."""

from collections.abc import Iterator
from datetime import date, timedelta

from assistant.check.finding_kinds import Basis, Kind
from assistant.check.rules.case import Case
from assistant.messages import Text
from assistant.outcome import Finding

MOST_DAYS = timedelta(days=180)

OLD_RULES = Kind(
    "rules.old",
    "info",
    Text(
        "{count} 条规定的核对日期早于 180 天以前（最早 {oldest}，最近 {newest}）；提交前请确认仍然有效",
        "rules last checked over 180 days ago: {count} (the oldest {oldest}, the newest {newest}); see that they still hold",
    ),
    Text("部分规定已经很久没有核对。", "Some rules have not been checked for long."),
    Text(
        "规定常变：2024 年 12 月、2025 年 12 月、2026 年 2 月都有变化。",
        "Rules change often: in 12/2024, 12/2025, 2/2026.",
    ),
    Text("打开来源网址核对，或致电确认。", "Open the source and compare, or call."),
    "assistant",
)
KINDS = (OLD_RULES,)


def check(case: Case) -> Iterator[Finding]:
    old: dict[str, list[date]] = {}
    for rule in case.city.every_rule:
        if case.on - rule.as_of > MOST_DAYS:
            old.setdefault(rule.source, []).append(rule.as_of)
    for key, source in case.city.sources.items():
        if days := old.get(key):
            basis = Basis(source.url or source.title.zh)
            yield OLD_RULES.at("city", basis, count=len(days), oldest=min(days), newest=max(days))
