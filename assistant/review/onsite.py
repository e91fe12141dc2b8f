"""The on-site pack: what one applicant's morning at the windows needs, from the city's file, every line with its source.

Promises: nothing stands here that the city's file or the case does not say; what is inferred or not published is marked
as such; a line without a source cannot be made. The pack itself is pure data; `onsite_page` draws it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from assistant.check.city.loading import City
from assistant.check.city.rule_types import Photo, Rule
from assistant.check.city.services import AfterStep, Office
from assistant.check.slots import Slot, slots_for
from assistant.messages import Language, Text
from assistant.profile.loading import Profile
from assistant.review.templates import render

WHO = {
    "applicant": Text("申请人", "applicant"),
    "handler": Text("经办人", "handler"),
    "authority": Text("主管部门", "authority"),
}
_BACKGROUND = {"white": Text("白底", "white background"), "blue": Text("蓝底", "blue background")}
_PHOTO_USE = {
    "paper": Text("贴在申请表上", "for the paper form"),
    "residence": Text("办居留许可用", "for the residence permit"),
}
_ONLY_THERE = Text("限在该区注册的单位", "only employers registered there")
_SEAL, _SIGNATURE = Text("盖章", "seal"), Text("签名", "signature")
_WORDS = {
    "title": Text("现场办理清单", "On-site checklist"),
    "category": Text("类别", "category"),
    "before": Text("到场之前", "Before the visit"),
    "visits": Text("现场：按窗口顺序", "At the windows, in this order"),
    "who": Text("须到场：", "must come: "),
    "bring": Text("手边备好", "At hand"),
    "papers": Text("提交材料", "Papers to hand in"),
    "perhaps": Text("另备（以窗口要求为准）", "Also to be ready"),
    "offices": Text("地点、时间、电话", "Where, when, phone"),
    "photos": Text("照片", "Photo"),
    "fees": Text("费用", "Fees"),
    "after": Text("护照、取证与核对", "Passport, collection, last checks"),
    "hotlines": Text("咨询", "Hotlines"),
    "no_visit": Text("城市资料中没有须到场的步骤。", "The city's file has no step that needs a visit."),
    "sources": Text("来源（方括号为编号；日期为核对日）", "Sources (numbers in brackets; the day each was checked)"),
    "inferred": Text("推断，请向主管部门确认", "concluded, confirm with the authority"),
    "foot": Text(
        "窗口和要求可能调整，以现场和最新公布为准。",
        "Windows and rules may change; what is said on the spot and published last counts.",
    ),
}
_UNSURE, _IF_ASKED = Text("待确认", "to be confirmed"), Text("窗口要求时", "if asked")


@dataclass(frozen=True)
class SourceLine:
    """One source at the foot of the page; `number` is what the lines refer to."""

    number: int
    title: Text
    url: str
    as_of: date
    inferred: bool


@dataclass(frozen=True)
class OnsiteLine:
    """One thing to know or to bring. `marks` are short words behind it; `sources` are SourceLines' numbers."""

    text: Text
    sources: tuple[int, ...]
    marks: tuple[Text, ...] = ()
    note: Text | None = None


@dataclass(frozen=True)
class OfficeVisit:
    """One station of the morning: where, who must come, what to bring."""

    where: Text
    who: tuple[Text, ...]
    what: OnsiteLine
    bring: tuple[OnsiteLine, ...] = ()
    papers: tuple[OnsiteLine, ...] = ()
    perhaps: tuple[OnsiteLine, ...] = ()


@dataclass(frozen=True)
class OnsitePack:
    """Everything on one applicant's page."""

    applicant: str
    name: str
    city: Text
    category: str
    before: tuple[OnsiteLine, ...]
    visits: tuple[OfficeVisit, ...]
    offices: tuple[OnsiteLine, ...]
    photos: tuple[OnsiteLine, ...]
    fees: tuple[OnsiteLine, ...]
    after: tuple[OnsiteLine, ...]
    hotlines: tuple[OnsiteLine, ...]
    sources: tuple[SourceLine, ...] = field(default=())


def onsite_pack(profile: Profile, city: City) -> OnsitePack:
    """The pack of one applicant in one city."""
    return _Packing(profile, city).pack()


def onsite_page(pack: OnsitePack, language: Language) -> str:
    """The pack as one A4 page of HTML in one language; names of papers stay in Chinese beside it, since that is what the
    window says."""
    return render("onsite", language, pack=pack, both=language == "en", words=_WORDS)


def residence_months(profile: Profile) -> int:
    """Full months of the residence permit that is asked for, its first and last day counted; what its fee goes by."""
    start, end = profile.employment.requested_from, profile.residence_request.until + timedelta(days=1)
    return (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)


class _Packing:
    """Gathers the lines and numbers their sources in the order of use."""

    def __init__(self, profile: Profile, city: City) -> None:
        self._profile, self._city = profile, city
        self._category = profile.work_permit.category
        self._numbers: dict[tuple[str, date], int] = {}

    def pack(self) -> OnsitePack:
        steps = self._city.steps_for(self._category)
        stations = [index for index, step in enumerate(steps) if step.visit]
        first, last = (stations[0], stations[-1]) if stations else (len(steps), len(steps))
        slots = slots_for(self._profile, self._city)
        applicant = self._profile.applicant
        lines = {
            "before": self._steps(steps[:first]),
            "visits": tuple(self._visit(steps[index], slots) for index in stations),
            "offices": self._offices(),
            "photos": tuple(self._photo(photo) for photo in self._city.photos if photo.use != "online"),
            "fees": self._fees(),
            "after": (
                *self._steps(step for step in steps[first:last] if not step.visit),
                *self._collection(),
                *self._steps(steps[last + 1 :]),
            ),
            "hotlines": tuple(
                self._line(one, Text(f"{one.name.zh} {one.phone}", f"{one.name.en} {one.phone}"))
                for one in self._city.hotlines
            ),
        }
        return OnsitePack(
            applicant=self._profile.id,
            name=applicant.full_name,
            city=self._city.title.text,
            category=self._category,
            **lines,  # type: ignore[arg-type]
            sources=self._sources(),
        )

    def _line(self, rule: Rule, text: Text, marks: Iterable[Text] = ()) -> OnsiteLine:
        return OnsiteLine(text, (self._number(rule),), tuple(marks), rule.note.text if rule.note else None)

    def _number(self, rule: Rule) -> int:
        return self._numbers.setdefault((rule.source, rule.as_of), len(self._numbers) + 1)

    def _sources(self) -> tuple[SourceLine, ...]:
        known = self._city.sources
        return tuple(
            SourceLine(number, known[key].title.text, known[key].url, as_of, known[key].strength == "inferred")
            for (key, as_of), number in self._numbers.items()
        )

    def _steps(self, steps: Iterable[AfterStep]) -> tuple[OnsiteLine, ...]:
        return tuple(self._line(step, step.what.text, [WHO[who] for who in step.who]) for step in steps)

    def _visit(self, step: AfterStep, slots: Iterable[Slot]) -> OfficeVisit:
        papers = [slot for slot in slots if step.papers]
        return OfficeVisit(
            where=self._where(step),
            who=tuple(WHO[who] for who in step.who),
            what=self._line(step, step.what.text),
            bring=tuple(self._line(step, words.text) for words in step.bring),
            papers=tuple(self._paper(slot) for slot in papers if slot.required == "required"),
            perhaps=tuple(self._paper(slot) for slot in papers if slot.required != "required" and self._concerns(slot)),
        )

    def _concerns(self, slot: Slot) -> bool:
        """What is merely possible is listed only when a file of it was handed in, or the office may ask for it."""
        return slot.required != "optional" or bool(self._profile.documents.get(slot.key))  # type: ignore[call-overload]

    def _where(self, step: AfterStep) -> Text:
        office = next((one for one in self._city.offices if one.key == step.office), None)
        if office is not None and step.window:
            return office.windows[step.window - 1].text
        return office.name.text if office else Text("受理窗口", "the office's window")

    def _paper(self, slot: Slot) -> OnsiteLine:
        entry = next(entry for entry in self._city.slots if entry.slot == slot.key)
        need = next(
            need for need in entry.needs if self._city.source_of(need) == slot.source and need.need == slot.required
        )
        marks = [word for word, holds in ((_SEAL, slot.rules.seal), (_SIGNATURE, slot.rules.signature)) if holds]
        rules: list[Rule] = [need, entry.files] if marks and entry.files else [need]
        marks += {"unsure": [_UNSURE], "when-asked": [_IF_ASKED]}.get(slot.required, [])
        sources = tuple(dict.fromkeys(self._number(rule) for rule in rules))
        return OnsiteLine(slot.name, sources, tuple(marks), slot.note if slot.required == "unsure" else None)

    def _offices(self) -> tuple[OnsiteLine, ...]:
        """By the employer's district; where it is not stated, by the workplace's, and what that means is said."""
        stated = self._profile.employer.district
        return tuple(
            self._line(office, _office_text(office), [_ONLY_THERE] if office.districts and not stated else [])
            for office in self._city.offices_for(stated or self._profile.employment.workplace.district)
        )

    def _photo(self, photo: Photo) -> OnsiteLine:
        use, ground = _PHOTO_USE[photo.use], _BACKGROUND[photo.background]
        width, height = photo.millimetres or (0, 0)
        size = f"{width:g}×{height:g} mm" if photo.millimetres else ""
        return self._line(photo, Text(f"{use.zh}：{size} {ground.zh}", f"{use.en}: {size}, {ground.en}"))

    def _fees(self) -> tuple[OnsiteLine, ...]:
        months = residence_months(self._profile)
        found = []
        work, residence = self._city.fee_for("work", months), self._city.fee_for("residence", months)
        if work:
            zh, en = (f"{work.rmb} 元", f"RMB {work.rmb}") if work.rmb else ("不收费", "no charge")
            found.append(self._line(work, Text(f"工作许可：{zh}", f"work permit: {en}")))
        if residence:
            invoice = ("，只开个人票据", "; invoices to persons only") if residence.invoice == "personal" else ("", "")
            found.append(
                self._line(
                    residence,
                    Text(
                        f"居留许可（申请 {months} 个月）：{residence.rmb} 元{invoice[0]}",
                        f"residence permit ({months} months asked for): RMB {residence.rmb}{invoice[1]}",
                    ),
                )
            )
        return tuple(found)

    def _collection(self) -> tuple[OnsiteLine, ...]:
        rule = self._city.collection
        if rule is None:
            return ()
        return (
            self._line(
                rule,
                Text(
                    f"取证：取证日 {rule.same_day_from} 以后，或次日起 {rule.later_hours}",
                    f"collection: after {rule.same_day_from} on the day, or {rule.later_hours} from the next day on",
                ),
            ),
        )


def _office_text(office: Office) -> Text:
    hours = "，".join(office.hours), ", ".join(office.hours)
    phones = "、".join(office.phones), ", ".join(office.phones)
    zh = [
        office.name.zh,
        office.address.zh,
        f"周一至周五 {hours[0]}" if office.hours else "办公时间未公布，请先电话确认",
    ]
    en = [office.name.en, office.address.en, f"Mon–Fri {hours[1]}" if office.hours else "hours not stated: call first"]
    return Text(
        " · ".join([*zh, *([phones[0]] if office.phones else [])]),
        " · ".join([*en, *([phones[1]] if office.phones else [])]),
    )
