"""Does a browser start here, show Chinese, and can it be seen?"""

from collections.abc import Sequence

from assistant.errors import AssistantError, BrowserMissing
from assistant.jobs.doctor.answers import Check
from assistant.messages import Text

# Two different characters of a font that has them look different; a missing one is the same empty box twice.
HAS_CHINESE_FONT = """() => {
  const picture = (character) => {
    const canvas = Object.assign(document.createElement('canvas'), {width: 40, height: 40});
    const pen = canvas.getContext('2d');
    pen.font = '32px sans-serif';
    pen.fillText(character, 2, 34);
    return canvas.toDataURL();
  };
  return new Set(['中', '国', '签', '证'].map(picture)).size === 4;
}"""


def check_browser() -> Sequence[Check]:
    """Starts it for real, and draws Chinese characters in it."""
    from assistant.page.browser.launch import find_browser, open_browser

    title = Text("浏览器", "browser")
    try:
        found = find_browser()
        with open_browser(headless=True, found=found, announce=lambda _text: None) as context:
            version = context.browser.version if context.browser is not None else ""
            page = context.pages[0]
            page.set_content("<p lang='zh-CN'>中国签证</p>")
            drawn = bool(page.evaluate(HAS_CHINESE_FONT))
    except BrowserMissing as error:
        return [
            Check("browser", title, "bad", Text("未找到浏览器", "no browser found"), error.what, mend="browser"),
        ]
    except AssistantError as error:
        return [Check("browser", title, "bad", Text("浏览器未能启动", "it does not start"), error.what)]
    except Exception as error:
        # Playwright's own texts are for developers; the kind of error is all a person could pass on.
        kind = type(error).__name__
        what = Text(f"浏览器启动后未能显示页面（{kind}）", f"it started but shows no page ({kind})")
        remedy = Text("请更新或重装该浏览器后重试。", "Update or reinstall that browser and try again.")
        return [Check("browser", title, "bad", what, remedy)]
    where = f"{found.name} {version} ({found.path})"
    return [Check("browser", title, "ok", Text(where, where)), _font_check(drawn)]


def _font_check(drawn: bool) -> Check:
    title = Text("中文字体", "Chinese font")
    if drawn:
        return Check("font", title, "ok", Text("可显示中文", "Chinese characters are shown"))
    return Check(
        "font",
        title,
        "warning",
        Text("浏览器中的中文显示为方框", "Chinese characters show as empty boxes in the browser"),
        Text(
            "请安装中文字体（Debian/Ubuntu：apt-get install fonts-noto-cjk）。",
            "Install a Chinese font (Debian/Ubuntu: apt-get install fonts-noto-cjk).",
        ),
        mend="font",
    )


def check_display() -> Sequence[Check]:
    from assistant.page.browser.launch import has_display

    title = Text("图形界面", "display")
    if has_display():
        return [Check("display", title, "ok", Text("可显示浏览器窗口", "the browser can be seen"))]
    return [
        Check(
            "display",
            title,
            "warning",
            Text(
                "没有图形界面：浏览器只能在后台运行，无法由您接手提交",
                "none: the browser runs unseen, nobody can take over",
            ),
            Text("请在桌面环境中运行本工具。", "Run this tool in a desktop session."),
        )
    ]
