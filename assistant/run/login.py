"""Types a kept user name and password into the portal's own login page, once, and presses nothing that logs in.

Promises: typed only in a frame whose address is one of the pack's login origins, and only where user name and password
are each there exactly once; never a second time in a run. Picture codes, SMS, QR and face stay the person's, and so does
the press on 登录. Nothing typed reaches a message: Playwright's own texts are swallowed here.
"""

from collections.abc import Callable, Sequence

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Frame, Locator, Page

from assistant.errors import KeyringUnusable
from assistant.forbidden import fold
from assistant.messages import Text
from assistant.portal.loading import Portal
from assistant.portal.model import LoginForm
from assistant.store.credentials import PortalLogin, login_of, store_name

TYPED = Text(
    "已填入保存的用户名和密码；验证码、短信、扫码、人脸及「登录」按钮请您本人完成。",
    "The kept user name and password are typed in; codes, SMS, QR, face and the login button are yours.",
)
ONCE_ONLY = Text(
    "保存的登录信息没有通过，本工具不会再试。请手动登录，并用 assistant login set 更新密码。",
    "The kept login was not accepted and is not tried again. Log in by hand, and renew it with `assistant login set`.",
)
_PATIENCE_MS = 2000
# What a field may be called: inside it, by its label, or in the cell or the element before it. Never what it holds.
_NAMES = """(field) => [
  field.placeholder, field.getAttribute('aria-label'), ...[...(field.labels || [])].map((label) => label.innerText),
  field.closest('td')?.previousElementSibling?.innerText, field.previousElementSibling?.innerText,
].filter(Boolean)"""


def login_typing(portal: Portal, city: str, tell: Callable[[Text], None]) -> "Callable[[Page], Text | None] | None":
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

    def attend(self, page: Page) -> Text | None:
        """Called again and again while nobody is logged in; what the person should know, at most once each."""
        try:
            if self._typed:
                return self._rejection(page)
            return self._try(page)
        except PlaywrightError:
            # The page moved on or closed meanwhile; the person sees it, and the next look finds out.
            return None

    def _try(self, page: Page) -> Text | None:
        for frame in page.frames:
            if not self._form.serves(frame.url):
                continue
            fields = self._fields(frame)
            if fields is None and self._form.open and not self._opened:
                self._opened = _press(frame, self._form.open)
                fields = self._fields(frame) if self._opened else None
            if fields is None or not self._form.serves(frame.url):
                continue
            self._typed = True  # whatever comes of it: one try
            user, password = fields
            user.fill(self._login.user, timeout=_PATIENCE_MS)
            password.fill(self._login.password, timeout=_PATIENCE_MS)
            return TYPED
        return None

    def _fields(self, frame: Frame) -> tuple[Locator, Locator] | None:
        user = _one(frame, self._form.user, "input:not([type=password]):not([type=hidden])")
        password = _one(frame, self._form.password, "input[type=password]")
        return (user, password) if user and password else None

    def _rejection(self, page: Page) -> Text | None:
        frames = [frame for frame in page.frames if self._form.serves(frame.url)]
        if self._told or not any(_shows(frame, text) for frame in frames for text in self._form.rejected):
            return None
        self._told = True
        return ONCE_ONLY


def _one(frame: Frame, labels: Sequence[str], kind: str) -> Locator | None:
    """The one field of that kind under one of these labels, if there is exactly one that can be seen and typed into."""
    wanted = {_plain(label) for label in labels}
    seen = [one for one in frame.locator(kind).all() if one.is_visible() and one.is_editable()]
    found = [one for one in seen if wanted & {_plain(name) for name in one.evaluate(_NAMES)}]
    return found[0] if len(found) == 1 else None


def _plain(label: str) -> str:
    return fold(label).strip(":*")


def _press(frame: Frame, texts: Sequence[str]) -> bool:
    for text in texts:
        shown = [one for one in frame.get_by_text(text, exact=True).all() if one.is_visible()]
        if len(shown) == 1:
            shown[0].click(timeout=_PATIENCE_MS)
            return True
    return False


def _shows(frame: Frame, text: str) -> bool:
    return any(one.is_visible() for one in frame.get_by_text(text).all())
