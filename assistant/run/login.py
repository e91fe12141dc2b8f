"""Types a kept user name and password into the portal's own login page, once, and presses nothing that logs in.

Promises: typed only in a frame whose address is one of the pack's login origins, and only where user name and password
are each there exactly once; never a second time in a run. Picture codes, SMS, QR and face stay the person's, and so does
the press on 登录. Nothing typed reaches a message (page/login_frame.py).
"""

from collections.abc import Callable

from assistant.errors import KeyringUnusable
from assistant.messages import Text
from assistant.page.form_page import FormPage
from assistant.portal.loading import Portal
from assistant.portal.model import LoginForm
from assistant.run.options import LogIn
from assistant.store.credentials import PortalLogin, login_of, store_name

TYPED = Text(
    "已填入保存的用户名和密码；验证码、短信、扫码、人脸及「登录」按钮请您本人完成。",
    "The kept user name and password are typed in; codes, SMS, QR, face and the login button are yours.",
)
ONCE_ONLY = Text(
    "保存的登录信息没有通过，本工具不会再试。请手动登录，并用 assistant login set 更新密码。",
    "The kept login was not accepted and is not tried again. Log in by hand, and renew it with `assistant login set`.",
)


def login_typing(portal: Portal, city: str, tell: Callable[[Text], None]) -> LogIn | None:
    """What types the login kept for a city into this portal; None where there is nothing to type or nowhere to.

    A store that does not open is said and no reason to stop: the person logs in by hand.
    """
    form = portal.login.form
    if form is None or store_name() is None:
        return None
    try:
        kept = login_of(city)
    except KeyringUnusable as locked:
        tell(locked.what)
        return None
    return LoginTyping(form, kept).attend if kept else None


class LoginTyping:
    """One run's only try."""

    def __init__(self, form: LoginForm, login: PortalLogin) -> None:
        self._form, self._login = form, login
        self._opened = self._typed = self._told = False

    def attend(self, page: FormPage) -> Text | None:
        """Called again and again while nobody is logged in; what the person should know, at most once each."""
        return self._rejection(page) if self._typed else self._try(page)

    def _try(self, page: FormPage) -> Text | None:
        form = self._form
        for frame in page.login_frames():
            if not form.serves(frame.address):
                continue
            boxes = frame.boxes(form.user, form.password)
            if boxes is None and form.open and not self._opened:
                self._opened = frame.press(form.open)
                boxes = frame.boxes(form.user, form.password) if self._opened else None
            if boxes is None or not form.serves(frame.address):
                continue
            self._typed = True  # whatever comes of it: one try
            boxes.fill(self._login.user, self._login.password)
            return TYPED
        return None

    def _rejection(self, page: FormPage) -> Text | None:
        frames = [frame for frame in page.login_frames() if self._form.serves(frame.address)]
        if self._told or not any(frame.shows(self._form.rejected) for frame in frames):
            return None
        self._told = True
        return ONCE_ONLY
