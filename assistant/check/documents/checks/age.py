"""Is a paper that must be recent recent enough, by the date on it?"""

from datetime import timedelta

from assistant.check.documents.facts import ApplicantFacts
from assistant.check.documents.ocr import NOT_INSTALLED
from assistant.check.documents.paper import Paper
from assistant.check.documents.text import dates_in, edges_first, words_of
from assistant.check.file_rules import FileRules
from assistant.check.finding_kinds import Found, Kind
from assistant.messages import Text

OLD = Kind(
    "age.too-old",
    "error",
    Text("开具日期已过 {days} 天，规定不超过 {limit} 天。", "it was issued {days} days ago; the rule allows {limit}."),
    Text("材料开具时间过早。", "The paper was issued too long ago."),
    Text("过期的证明会被退回。", "An outdated certificate is returned."),
    Text("请重新开具。", "Have a new one issued."),
)
DOUBTFUL = Kind(
    "age.doubtful",
    "warning",
    Text(
        "开具日期已过 {days} 天；{limit} 天以上是否有效，各处说法不一。",
        "it was issued {days} days ago; sources disagree on whether one older than {limit} days still counts.",
    ),
    Text(
        "材料的有效期各处说法不一，这份已超过较短的一种。",
        "Sources disagree on how long it counts; this one is past the shorter time.",
    ),
    Text("窗口可能按较短的有效期审核。", "The office may go by the shorter time."),
    Text("请向窗口确认，或重新开具。", "Ask the office or have a new one issued."),
)
NO_DATE = Kind(
    "age.no-date",
    "warning",
    Text("找不到可以确定的开具日期。", "no date of issue was made out."),
    Text("看不出材料的开具日期。", "The paper's date of issue can't be told."),
    Text("需要在有效期内的材料，无法确定是否过期。", "Whether it is recent enough stays open."),
    Text("请自行核对开具日期。", "Check the date of issue by eye."),
)
FUTURE = Kind(
    "age.in-the-future",
    "warning",
    Text("开具日期晚于今天。", "its date of issue lies in the future."),
    Text("材料上的开具日期晚于办理日。", "The date of issue is later than today."),
    Text("日期有误的材料会被退回。", "A paper with a wrong date is returned."),
    Text("请核对日期。", "Check the date."),
)
KINDS = (OLD, DOUBTFUL, NO_DATE, FUTURE)


def applies(rules: FileRules) -> bool:
    return rules.max_age_days is not None


def check(paper: Paper, case: ApplicantFacts) -> list[Found]:
    """A labelled date decides. Without one, the latest date can show a paper to be fresh, but not to be old."""
    limit = paper.rules.max_age_days
    assert limit is not None
    allowed = paper.rules.doubt_age_days or limit

    def tells_that_it_is_recent(words: str) -> bool:
        return any(0 <= (case.today - day).days <= min(limit, allowed) for day in dates_in(words)[1])

    words, source = words_of(paper, tells_that_it_is_recent, edges_first)
    every, labelled = dates_in(words)
    if not source and not labelled:
        return [NOT_INSTALLED.found()]
    tomorrow = case.today + timedelta(days=1)
    if labelled and max(labelled) > tomorrow:
        return [FUTURE.found()]
    past = [day for day in labelled or every if day <= tomorrow]
    days = (case.today - max(past)).days if past else None
    if days is None or (not labelled and days > limit):
        return [NO_DATE.found()]
    if days > limit:
        return [OLD.found(days=days, limit=limit)]
    doubt = paper.rules.doubt_age_days
    return [DOUBTFUL.found(days=days, limit=doubt)] if doubt is not None and days > doubt else []
