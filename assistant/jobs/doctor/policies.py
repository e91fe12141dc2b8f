"""Does the company's administrator keep the browser from being driven?"""

from collections.abc import Sequence

from assistant.errors import AssistantError
from assistant.jobs.doctor.answers import Check
from assistant.messages import Text

NO_TOOLS = 2
"""DeveloperToolsAvailability: disallowed everywhere."""


def check_policies() -> Sequence[Check]:
    """Of the browser that a run would use. One that is forbidden is passed over for another that is not."""
    from assistant.page.browser.launch import find_browser
    from assistant.page.browser.policies import forbids_automation, policies_of

    title = Text("浏览器策略", "browser policies")
    try:
        name = find_browser().name
    except AssistantError:
        return []  # told by check_browser
    said = policies_of(name)
    if forbids_automation(name):
        what = Text(
            f"管理员设置的策略（RemoteDebuggingAllowed）不允许任何程序操作 {name}",
            f"a policy (RemoteDebuggingAllowed) keeps every program from driving {name}",
        )
        remedy = Text(
            "请信息部门为本机放开这一项，或安装另一种浏览器（Edge、Chrome、Chromium）：本工具自动改用没有限制的那个。",
            "Ask your IT department to allow it here, or install another browser (Edge, Chrome, Chromium): the one without the "
            "limit is used by itself.",
        )
        return [Check("policies", title, "bad", what, remedy)]
    if said.get("DeveloperToolsAvailability") == NO_TOOLS:
        what = Text(
            f"管理员禁用了 {name} 的开发者工具（DeveloperToolsAvailability=2），有的版本会因此拒绝被程序操作",
            f"developer tools of {name} are turned off (DeveloperToolsAvailability=2); some versions then refuse to be driven",
        )
        remedy = Text(
            "先演练一次；浏览器一打开就关闭时，请信息部门放开，或安装另一种浏览器。",
            "Rehearse once; if the browser closes at once, ask your IT department, or install another browser.",
        )
        return [Check("policies", title, "warning", what, remedy)]
    if extensions := said.get("ExtensionInstallForcelist"):
        count = len(extensions)
        what = Text(
            f"管理员为 {name} 强制安装了 {count} 个扩展，它们能看到、也可能改动页面",
            f"{count} extensions are forced upon {name}: they see the pages and may change them",
        )
        remedy = Text(
            "本工具写入后都会回读核对；栏目被扩展改动时，请换一种浏览器。",
            "Every value is read back; where an extension changes fields, use another browser.",
        )
        return [Check("policies", title, "warning", what, remedy)]
    return [Check("policies", title, "ok", Text("没有妨碍", "nothing in the way"))]
