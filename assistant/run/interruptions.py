"""What may come between while the tool fills a form: the person's own hand, a lost login, a window over the form, another
page; named in words, and said to the person in a way that tells what to do.

Promises: what is named is the page's own wording, cut short, without any value of the applicant's; nothing here presses
or writes.
"""

import re
from collections.abc import Collection

from assistant.errors import LeftThePortal, PageNotAsExpected, PersonActed, RunStopped, SessionLost
from assistant.messages import Text
from assistant.page.browser_page import MessageBox

INTERRUPTIONS = (SessionLost, LeftThePortal, PageNotAsExpected, PersonActed)
"""After these the run can go on, once the person has dealt with them; anything else ends it."""

_LONGEST = 40
# Latin letters, also with accents and in full width.
_LATIN = "A-Za-zÀ-ÖØ-öø-ɏＡ-Ｚａ-ｚ"


def nameless(text: str, private: Collection[str] = ()) -> str:
    """The beginning of a page's text without what may identify a person: `private` values, codes, numbers, Latin names.

    >>> nameless("确定放弃 KIM MINJI（M12345678）的修改吗？"), nameless("李敏 的申请", ["李敏"])
    ('确定放弃 … …（…）的修改吗？', '… 的申请')
    """
    plain = re.sub(r"\s+", " ", text).strip()
    for value in sorted(("".join(one.split()) for one in private), key=len, reverse=True):
        if len(value) > 1:
            # A page may set a name wider, or in capitals.
            plain = re.sub(r"\s*".join(map(re.escape, value)), "…", plain, flags=re.IGNORECASE)
    plain = re.sub(rf"[{_LATIN}]*\d[\w-]*|[A-Z]{{2,}}|[{_LATIN}]{{3,}}", "…", plain)
    return plain if len(plain) <= _LONGEST else f"{plain[:_LONGEST]}…"


def not_there(text: str, shown: str = "") -> PageNotAsExpected:
    """A declared text is not on the page exactly once; `shown` is what the page says it is, as far as it may be said."""
    zh, en = (f"当前页面是「{shown}」。", f" The page shows “{shown}”.") if shown else ("", "")
    return PageNotAsExpected(
        Text(
            f"页面上没有唯一的「{text}」，已停止。{zh}可能平台有改动：申请表的差异可运行 assistant probe 查看，其他页面请人工操作。",
            f"“{text}” is not on the page exactly once: stopped.{en} The portal may have changed: `assistant probe` says how the form has; on other pages do this by hand.",
        )
    )


def number_not_taken(label: str) -> PageNotAsExpected:
    """What says whose form is wanted does not hold what was typed: to go on would open another's."""
    return PageNotAsExpected(
        Text(
            f"「{label}」一栏没有接受输入的号码，因此没有打开任何申请。请自行打开该申请人的申请表，再继续。",
            f"“{label}” did not take the number that was typed, so no application was opened. Open this applicant's form yourself, then go on.",
        )
    )


def login_lost() -> SessionLost:
    return SessionLost(
        Text(
            "登录已失效。已保存的内容仍在草稿中：重新登录后再次运行同一命令，将从草稿继续。",
            "The login has expired. What was saved is in the draft: log in and run the same command again, it goes on from there.",
        )
    )


def may_it_be(host: str) -> Text:
    """Asked before an address is opened whose host the pack does not name."""
    return Text(
        f"资料包不认识网站 {host}。相似的网址可能是仿冒的。确定要在这里填写申请人的资料吗？",
        f"The pack does not know the host {host}. A look-alike may be a fake. Fill in this applicant's data there?",
    )


def unknown_host(host: str) -> LeftThePortal:
    """The address given is of a host that the pack does not name; where nobody agreed to it, nothing is opened."""
    return LeftThePortal(
        Text(
            f"资料包不认识网站 {host}，已停止，未打开也未填写。请核对网址；确属该平台的测试环境时，请在终端中运行并在提问时确认。",
            f"The pack does not know the host {host}: stopped, nothing was opened or typed. Check the address; if it is the "
            "portal's staging host, run it in a terminal and say so when asked.",
        )
    )


def left_the_portal(host: str) -> LeftThePortal:
    return LeftThePortal(
        Text(
            f"当前页面已离开该平台（{host}），已停止，没有在那里写入任何内容。",
            f"The page has left the portal ({host}): stopped, nothing was written there.",
        )
    )


def window_open(title: str) -> PageNotAsExpected:
    """A window of the page lies over the form."""
    zh, en = (f"「{title}」", f" “{title}”") if title else ("", "")
    return PageNotAsExpected(
        Text(
            f"页面上开着一个窗口{zh}，工具没有替您作答，已停下。",
            f"A window{en} is open over the form: the tool did not answer it for you and stopped.",
        )
    )


def wants_to_leave() -> PageNotAsExpected:
    return PageNotAsExpected(
        Text(
            "页面自行跳转到别处，已被拦住并停下（常见原因是登录失效）。",
            "The page tried to navigate away; the navigation was blocked (often the login has expired).",
        )
    )


def box_said(box: MessageBox, private: Collection[str]) -> Text:
    """A message box that leaves nothing to choose."""
    said = nameless(box.text, private)
    return Text(f"网页提示：“{said}”（已关闭）。", f"The page said: “{said}” (closed).")


def box_asked(box: MessageBox, private: Collection[str]) -> PageNotAsExpected:
    """A message box that asked something: it was closed with its no, and that is the person's to settle."""
    said = nameless(box.text, private)
    zh, en = (f"：“{said}”", f": “{said}”") if said else ("", "")
    return PageNotAsExpected(
        Text(
            f"网页弹出询问{zh}。工具不替您作答，已按“取消”关闭并停下。",
            f"The page asked{en}. The tool does not answer for you: it closed the question with its “no” and stopped.",
        )
    )


def paused() -> PersonActed:
    return PersonActed(Text("已按您的要求暂停。", "Paused, as you asked."))


def pressed_by_person() -> PersonActed:
    return PersonActed(
        Text(
            "工具填写期间您点了会提交的按钮，已拦住，没有提交；工具已停下。",
            "You pressed a button that would submit while the tool was filling: it was held back, nothing was submitted, and the tool stopped.",
        )
    )


def asking(trouble: RunStopped) -> Text:
    """What the person is asked to do about it before the run goes on."""
    if isinstance(trouble, SessionLost):
        return Text(
            "登录已失效。请在浏览器窗口中重新登录，然后继续：工具会打开草稿，接着填写本段。",
            "The login has expired. Log in again in the browser window, then go on: the tool opens the draft and goes on with this section.",
        )
    if isinstance(trouble, PersonActed):
        return Text(
            f"{trouble.what.zh}操作完毕后请继续，工具从页面现在的内容接着填写。",
            f"{trouble.what.en} When you are done, go on: the tool continues from what the page shows then.",
        )
    return Text(
        f"{trouble.what.zh}请在浏览器中处理好，再继续；工具从页面现在的内容接着填写。",
        f"{trouble.what.en} Deal with it in the browser, then go on: the tool continues from what the page shows then.",
    )
