"""What is on the review panel, as plain data in one language. Pure: made of plans, readings and cards, no browser.

Values are in it: it goes to the panel in the page and nowhere else.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from assistant.messages import Language, Text
from assistant.portal.sources import FromPath
from assistant.review.cards import Card, CardKind
from assistant.run.contact.offer import Offer
from assistant.run.plan import Plan
from assistant.run.report import SectionReport
from assistant.values import mask

Phase = Literal["run", "ask", "offer", "review"]
Tone = Literal["calm", "look", "conflict", "bad", "hand"]

WORDS: Mapping[str, Text] = {
    "title": Text("延期填报助手", "Renewal assistant"),
    "side": Text("把面板移到另一侧", "Move the panel to the other side"),
    "collapse": Text("收起面板", "Collapse the panel"),
    "open": Text("展开面板", "Open the panel"),
    "sections": Text("各分段", "Sections"),
    "planned": Text("资料", "Profile"),
    "shown": Text("页面", "Page"),
    "nothing": Text("（空）", "(empty)"),
    "show": Text("在页面上查看", "Show on page"),
    "also": Text("同样的内容也在：", "The same stands in: "),
    "copy": Text("复制", "Copy"),
    "use": Text("改用资料的值", "Use the profile's value"),
    "done": Text("已手工处理", "Done by hand"),
    "checked": Text("已核对", "Checked"),
    "undone": Text("撤销", "Undo"),
    "settled": Text("已处理", "done"),
    "colon": Text("：", ": "),
    "look": Text("请您核对：% 项", "For you to look at: %"),
    "allDone": Text("需要核对的都已处理", "Everything here is dealt with"),
    "allCalm": Text("全部栏目已填写并核对一致。", "Every field was filled and read back equal."),
    "unfinished": Text(
        "本次没有全部完成：有的分段没有填写、保存或核对，请逐段查看。",
        "This run is not complete: some sections were not filled, saved or read back. Go through each of them.",
    ),
    "rest": Text("其余 % 项，已核对一致", "The other % fields, as they should be"),
    "paste": Text("逐项手工补填（% 项）· F8", "Fill by hand, one by one (%) · F8"),
    "copied": Text("已复制「%」，请在页面上粘贴。", "“%” is on the clipboard: paste it on the page."),
    "notCopied": Text("未能复制，请手工输入。", "It could not be copied: type it."),
    "nothingToCopy": Text("「%」在资料中没有值，请手工填写。", "The profile has nothing for “%”: fill it in yourself."),
    "isThis": Text("这是…", "This is …"),
    "seek": Text("在资料中查找", "Search the profile"),
    "required": Text("必填", "required"),
    "sure": Text("对得上（% 项）", "Agrees with the profile (%)"),
    "likely": Text("可能是，请看清再勾选（% 项）", "Perhaps: look before you tick (%)"),
    "unknown": Text("不认识（% 项）：由您填写，或告诉工具是什么", "Not known (%): yours to fill, or say what it is"),
    "urgent": Text("不认识的必填项（% 项）", "Required, and not known (%)"),
    "leave": Text("留给我自己填", "I fill it in myself"),
    "checkNext": Text("已核对，看下一项 · F2", "Checked, next card · F2"),
    "covered": Text(
        "网页上有东西挡住了面板，刚才那一下没有算数。请看清后再按一次。",
        "Something on the page was drawn over the panel: that press did not count. Look, then press again.",
    ),
    "keys": Text(
        "F2 已核对、下一项　F8 下一个手工栏目　F9 进出面板",
        "F2 checked, next card · F8 next field by hand · F9 into the panel and back",
    ),
}
BANNERS: Mapping[str, Text] = {
    "tool": Text("笔在工具手里：正在填写，不会提交", "The tool holds the pen: it is filling, it never submits"),
    "ask": Text("笔在您手里：处理完请按「继续」", "The pen is yours: press “Go on” when you are done"),
    "offer": Text("笔在您手里：您按之前，什么也不会写入", "The pen is yours: nothing is written before you press"),
    "review": Text("笔在您手里：请核对、补充，由您提交", "The pen is yours: review, complete, submit yourself"),
}
KINDS: Mapping[CardKind, Text] = {
    "identity": Text("证件号码", "identity"),
    "date": Text("关键日期", "date"),
    "transformed": Text("换算值", "converted"),
    "conflict": Text("不一致", "conflict"),
    "refused": Text("未填写", "not filled"),
    "by-hand": Text("手工填写", "by hand"),
    "rest": Text("一致", "settled"),
}
BUTTONS: Mapping[str, Text] = {
    "pause": Text("暂停", "Pause"),
    "resume": Text("继续", "Go on"),
    "next-section": Text("继续下一段", "Next section"),
    "next-applicant": Text("下一位申请人", "Next applicant"),
    "take-over": Text("由我接手", "Take over"),
    "close": Text("撤下面板", "Remove the panel"),
    "fill": Text("按勾选填写", "Fill what is ticked"),
    "new-form": Text("是这位申请人的新表", "Yes, a new form of this applicant"),
    "not-theirs": Text("不是", "No"),
    "allow": Text("允许并记住", "Allow and remember"),
    "go-on": Text("继续", "Go on"),
}
MAIN = ("resume", "next-section", "next-applicant", "fill", "new-form", "allow")
SIGNS: Mapping[Tone, str] = {"calm": "✓", "look": "?", "conflict": "≠", "bad": "!", "hand": "✎"}


@dataclass
class Board:
    """Everything the panel shows at one moment. `done` are ids of cards the person has dealt with, `read` the
    titles of sections that were read back; `stopped` says that the run ended before its end."""

    plan: Plan
    titles: Sequence[str] = ()
    phase: Phase = "run"
    stopped: bool = False
    read: set[str] = field(default_factory=set)
    holder: Literal["tool", "person"] = "tool"
    note: Text | None = None
    number: int = 0
    reports: dict[str, SectionReport] = field(default_factory=dict)
    cards: list[Card] = field(default_factory=list, repr=False)
    done: set[str] = field(default_factory=set, repr=False)
    copies: dict[str, str] = field(default_factory=dict, repr=False)
    usable: set[str] = field(default_factory=set, repr=False)
    buttons: Sequence[str] = ()
    offer: Offer | None = field(default=None, repr=False)

    def as_message(self, language: Language) -> dict[str, object]:
        """The state as the panel's script wants it."""
        above = [self._card(card, language) for card in self.cards if not card.folded]
        rest = [self._card(card, language) for card in self.cards if card.folded]
        waiting = [key_of(card) for card in self.cards if self._by_hand(card)]
        return {
            "phase": self.phase,
            "holder": self.holder,
            "banner": BANNERS["tool" if self.holder == "tool" else self._person()].say(language),
            "applicant": applicant(self.plan).say(language),
            "note": self.note.say(language) if self.note else "",
            "now": self.number,
            "total": len(self.titles),
            "progress": self._progress().say(language),
            "sections": list(self._sections(language)),
            "summary": self._summary().say(language),
            "cards": above,
            "rest": rest,
            "verdict": self._verdict() if self.phase == "review" else "",
            "paste": waiting,
            "offer": offer_message(self.offer, language) if self.offer and self.phase == "offer" else None,
            "buttons": [{"key": key, "text": BUTTONS[key].say(language), "main": key in MAIN} for key in self.buttons],
        }

    def is_done(self, card: Card) -> bool:
        """Dealt with: by the person's word, or because what was theirs to fill in is filled in."""
        left = card.outcome is not None and card.outcome.status == "by-hand"
        return key_of(card) in self.done or (left and bool(card.shown))

    def _verdict(self) -> Literal["all-calm", "unfinished", ""]:
        """What may be said of the whole run: nothing good unless every section of it was read back."""
        complete = not self.stopped and all(one in self.reports and one in self.read for one in self.titles)
        outcomes = [one for report in self.reports.values() for one in report.outcomes]
        calm = all(one.calm for one in outcomes)
        if not complete or (not calm and not self.cards):
            return "unfinished"
        return "all-calm" if calm and not any(not card.folded for card in self.cards) else ""

    def _person(self) -> Phase:
        return self.phase if self.phase in ("ask", "offer") else "review"

    def _by_hand(self, card: Card) -> bool:
        outcome = card.outcome
        return (
            outcome is not None
            and outcome.status in ("refused", "failed", "mismatched", "by-hand")
            and not self.is_done(card)
        )

    def _card(self, card: Card, language: Language) -> dict[str, object]:
        key = key_of(card)
        return {
            "id": key,
            "name": card.name,
            "section": card.section,
            "kindText": KINDS[card.kind].say(language),
            "why": card.why.say(language),
            "planned": card.planned,
            "shown": card.shown,
            "also": "；".join(card.also) if language == "zh" else "; ".join(card.also),
            "differs": card.outcome is not None and card.outcome.status in ("kept", "mismatched"),
            "copy": self.copies.get(key, ""),
            "use": key in self.usable and not self.is_done(card),
            "done": self.is_done(card),
            "calm": tone_of(card) in ("look", "calm"),
            "tone": tone_of(card),
        }

    def _sections(self, language: Language) -> Iterable[dict[str, str]]:
        for index, title in enumerate(self.titles, 1):
            report = self.reports.get(title)
            if report is None:
                now = index == self.number and self.phase == "run"
                yield {"title": title, "text": "", "state": "now" if now else "wait"}
                continue
            calm = sum(one.calm for one in report.outcomes)
            left = len(report.outcomes) - calm
            text = Text(
                f"{calm} 项就绪" + (f"，{left} 项待看" if left else ""),
                f"{calm} settled" + (f", {left} for you" if left else ""),
            )
            yield {"title": title, "text": text.say(language), "state": "look" if left else "done"}

    def _summary(self) -> Text:
        outcomes = [one for report in self.reports.values() for one in report.outcomes]
        left = sum(not one.calm for one in outcomes)
        return Text(
            f"{len(outcomes) - left} 项就绪" + (f"，{left} 项待看" if left else ""),
            f"{len(outcomes) - left} settled" + (f", {left} for you" if left else ""),
        )

    def _progress(self) -> Text:
        if not self.number:
            return Text("", "")
        title = self.titles[self.number - 1] if self.number <= len(self.titles) else ""
        return Text(
            f"第 {self.number} 段，共 {len(self.titles)} 段：{title}", f"{self.number} of {len(self.titles)}: {title}"
        )


def offer_message(offer: Offer, language: Language) -> dict[str, object]:
    """What the person is offered, as the panel's script wants it."""
    return {
        "lines": list(offer.lines),
        "entries": [
            {
                "id": one.id,
                "label": one.label,
                "value": one.value,
                "why": one.why.say(language),
                "state": one.state,
                "required": one.required,
                "ticked": one.ticked,
                "sort": one.sort,
            }
            for one in offer.entries
        ],
        "data": [{"key": one.key, "name": one.name, "value": one.value, "sort": one.sort} for one in offer.data],
    }


def key_of(card: Card) -> str:
    """What tells a card from all others of its run, also when it is made anew."""
    return "|".join((card.section, card.field, card.label, "" if card.row is None else str(card.row)))


def tone_of(card: Card) -> Tone:
    """How pressing a card is, as one of the panel's colours and signs."""
    outcome = card.outcome
    if outcome is not None and not outcome.calm:
        if outcome.status == "by-hand":
            return "hand"
        return "conflict" if outcome.status in ("kept", "mismatched") else "bad"
    if card.kind == "conflict":
        return "conflict"
    return "calm" if card.folded else "look"


def applicant(plan: Plan) -> Text:
    """Whose form it is: the name, and the passport number masked."""
    number = name = ""
    for step in plan.identity:
        if isinstance(step.mark.source, FromPath) and step.mark.source.path == "passport.number":
            number = mask(step.value)
        else:
            name = name or step.value
    said = name or plan.applicant
    return Text(
        f"申请人 {said}　护照 {number}" if number else f"申请人 {said}",
        f"{said} · passport {number}".removesuffix(" · passport "),
    )


def words(language: Language) -> dict[str, str]:
    """The panel's own words."""
    return {**{name: text.say(language) for name, text in WORDS.items()}, "lang": "zh-CN" if language == "zh" else "en"}
