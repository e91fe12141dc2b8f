"""What follows submission, on the portal: status, booking, printed form.

Promises: the tool reads, queries and prints; the time of the visit is picked, and a booking made or cancelled, by the
person alone, while the person holds the pen; a person's hand or a question of the page's own stops it, and is said; a
form is filed only when it is this applicant's and this booking's, whoever pressed for it. On a host nobody has verified
the tool presses nothing: it reads, fills the query, checks and files.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.errors import PageNotAsExpected, RunStopped
from assistant.messages import Text
from assistant.normalize import printed_line
from assistant.page.form_page import FormPage
from assistant.page.stability import Stability
from assistant.portal.model import AfterSubmission
from assistant.profile.loading import Profile
from assistant.profile.paths import read
from assistant.run.interruptions import not_there
from assistant.run.session import PortalSession
from assistant.store.base import Applicant, add

_FILED_AS = "documents/visa_form_booked.pdf"
# Seconds, and looks, after which a table that does not fill counts as empty.
_ROWS = (3.0, 20)


@dataclass(frozen=True)
class AfterReport:
    """What was found: the portal's own words for status and booking, and what became of the form. No value."""

    applicant: str
    status: str = ""
    booking: str = ""
    form: str = ""
    trouble: Text | None = None
    guard: Mapping[str, object] | None = None
    stopped: RunStopped | None = None

    @property
    def exit_code(self) -> int:
        if self.stopped is not None:
            return self.stopped.exit_code
        return 0 if self.form else 1

    def as_json(self) -> dict[str, object]:
        said = self.stopped.what if self.stopped else self.trouble
        return {
            "schema": 1,
            "command": "after",
            "applicant": self.applicant,
            "status": self.status or None,
            "booking": self.booking or None,
            "form": "filed" if self.form else "refused" if self.trouble else None,
            "trouble": {"zh": said.zh, "en": said.en} if said else None,
            "guard": dict(self.guard or {}),
        }


class AfterRun:
    """One look after one applicant's submitted application."""

    def __init__(self, session: PortalSession, page: FormPage, profile: Profile, kept: Applicant) -> None:
        """`page` is the session's; the printed form goes to `kept`, the applicant whose profile it is."""
        if session.portal.after is None:
            raise RunStopped(
                Text(
                    "该平台资料没有写明提交之后的查询页面，请人工查询。",
                    "This portal's pack does not say where to look after submission: look it up by hand.",
                )
            )
        self._session, self._page = session, page
        self._navigator, self._handover = session.navigator, session.handover
        self._after: AfterSubmission = session.portal.after
        self._profile, self._kept = profile, kept

    def run(self) -> AfterReport:
        """Everything in order; what ends it early is in the report. The pen ends with the person, if there is one."""
        found: dict[str, str] = {}
        trouble: Text | None = None
        stopped: RunStopped | None = None
        try:
            self._page.watch_downloads()
            self._session.open()
            found["status"] = self._status()
            if found["status"] in self._after.bookable:
                self._let_the_person_book()
            number, found["booking"] = self._booking()
            if found["booking"] in self._after.booked:
                trouble = self._form(number, found)
        except RunStopped as error:
            stopped = error
        finally:
            self._handover.end()
        receipt = self._session.receipt()
        return AfterReport(self._profile.id, **found, trouble=trouble, guard=receipt, stopped=stopped)

    # -- the status ------------------------------------------------------------------------------------------------

    def _status(self) -> str:
        """The status of this passport's row; stops where there is not exactly one."""
        after = self._after
        if not self._session.trusted:
            way = quoted(after.menu)
            self._handover.let_the_person(
                f"该平台尚未核实，请您打开{way}的申请列表，然后回来继续（状态由本工具读取）。",
                f"This portal is not verified yet: please open the list ({way}), then come back; the status is read for "
                "you.",
            )
        self._handover.take()
        if self._session.trusted:
            self._navigator.walk(after.menu)
        rows = self._rows(after.passport, after.status)
        mine = [row for row in rows if row[after.passport].strip().upper() == self._profile.passport.number.upper()]
        if len(mine) != 1:
            raise PageNotAsExpected(
                Text(
                    "申请列表中没有该申请人的唯一一行，请确认已提交，或人工查看。",
                    "The list does not show this applicant exactly once: see that it was submitted, or look by hand.",
                )
            )
        return mine[0][after.status].strip()

    def _rows(self, *columns: str) -> Sequence[Mapping[str, str]]:
        """The rows of the table that has these columns, once it is there and has any. Raises what came between."""

        def rows() -> Sequence[Mapping[str, str]]:
            tables = [table for table in self._page.settled_look().tables if set(columns) <= set(table.headers)]
            self._handover.check()
            return tables[0].row_texts() if tables else ()

        return self._page.wait_until(rows, Stability(*_ROWS)) or ()

    # -- the booking -----------------------------------------------------------------------------------------------

    def _let_the_person_book(self) -> None:
        self._handover.let_the_person(
            "预审已通过。请您在该申请人一行点「预约」，选好时段并确认（本工具从不代为预约），然后回来继续。",
            "The pre-review is passed. Please press 预约 in this applicant's row, pick a time and confirm it (this tool "
            "never books), then come back.",
        )

    def _booking(self) -> tuple[str, str]:
        """Number and status of the booking by name and passport number; empty where none is found."""
        after = self._after
        self._open_query()
        for label, source in after.fields.items():
            wanted = source.value(lambda path: read(self._profile, path))
            # One after the other: choosing one may have changed the others.
            if not self._navigator.answer((label,), wanted):
                raise not_there(label)
        if self._session.trusted:
            self._navigator.press(after.go)
        else:
            go = quoted(after.go)
            self._handover.let_the_person(f"已填好，请点{go}，然后回来继续。", f"Filled: press {go}, then come back.")
            self._handover.take()
        rows = self._rows(after.number, after.state)
        if len(rows) != 1:
            return "", ""
        return rows[0][after.number].strip(), rows[0][after.state].strip()

    def _open_query(self) -> None:
        """The query of bookings with the fields to be filled on it; the tool holds the pen then."""
        after = self._after
        if self._session.trusted:
            self._handover.take()
            self._session.open_again()
            self._navigator.walk(after.query)
            if after.choose:
                self._navigator.choose(after.choose.label, after.choose.option)
            if after.way:
                self._navigator.press(after.way)
            return
        way = quoted((*after.query, *((after.choose.option,) if after.choose else ()), *after.way))
        self._handover.let_the_person(
            f"请回到首页，打开{way}，然后回来继续（姓名和护照号码由本工具填写）。",
            f"Please go to the home page and open {way}, then come back; name and passport number are filled in for you.",
        )
        self._handover.take()

    # -- the form --------------------------------------------------------------------------------------------------

    def _form(self, number: str, found: dict[str, str]) -> Text | None:
        """Files the printed form, whoever pressed for it; else what is wrong with what came."""
        files = self._page.downloaded()  # the person may have printed it already
        if not files and self._session.trusted:
            with self._session.leading_on():
                pressed = self._page.press(self._after.print)
                files = self._page.downloaded(within=15.0) if pressed is None else []
            self._handover.check()
        elif not files:
            button = quoted(self._after.print)
            self._handover.let_the_person(
                f"预约成功。请点{button}下载申请表，然后回来继续（核对和归档由本工具完成）。",
                f"It is booked. Please press {button} to download the form, then come back: it is checked and filed for "
                "you.",
            )
            files = self._page.downloaded(within=5.0)
        trouble: Text | None = Text("没有收到申请表文件，请手动打印。", "No form came: print it by hand.")
        applicant = self._profile.applicant
        name = applicant.full_name
        for content in files:
            trouble = trouble_with(content, self._after.printed, number, name, self._profile.passport.number)
            if trouble is None:
                found["form"] = add(self._kept, _FILED_AS, content)
                return None
        return trouble


def quoted(texts: Sequence[str]) -> str:
    """Texts of the page as they are named to the person: 「查询」→「申请业务查询」."""
    return "→".join(f"「{text}」" for text in texts)


# -- the printed 外国人签证证件申请表: private, sealed where the folder is, never over another file --------------------


def trouble_with(content: bytes, printed: tuple[str, str, str], number: str, name: str, passport: str) -> Text | None:
    """What is wrong with a downloaded form, or None. `printed` are the labels before number, name and passport."""
    text = _text_of(content)
    if text is None:
        return Text("下载的文件不是可读的 PDF，未归档。", "The download is no readable PDF; it was not filed.")
    for label, wanted in zip(printed, (number, name, passport), strict=True):
        found = re.findall(rf"{re.escape(label)}[:：][ ]*([^\r\n]*)", text)
        if len(found) != 1:
            return Text(
                f"申请表上没有唯一的「{label}」，未归档。",
                f"The form does not say “{label}” exactly once; it was not filed.",
            )
        if printed_line(found[0]) != printed_line(wanted):
            return Text(
                f"申请表上的「{label}」与本申请人或本次预约不符，未归档。请重新查询并打印。",
                f"“{label}” on the form is not this applicant's or this booking's; it was not filed. Query and print it again.",
            )
    return None


def _text_of(content: bytes) -> str | None:
    from assistant.check.documents.paper import text_of_pdf

    return text_of_pdf(content)
