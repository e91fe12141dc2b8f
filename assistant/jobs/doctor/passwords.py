"""Is there a store for passwords that the system protects?"""

from collections.abc import Sequence

from assistant.jobs.doctor.answers import Check
from assistant.messages import Text


def check_keyring() -> Sequence[Check]:
    """Where `login set` would keep a password; only stores that the system protects will do."""
    title = Text("系统密码库", "keyring")
    from assistant.store.credentials import store_name

    name = store_name()
    if name is not None:
        return [Check("keyring", title, "ok", Text(name, name))]
    return [
        Check(
            "keyring",
            title,
            "warning",
            Text("没有受系统保护的密码库，无法保存登录信息", "no store protected by the system: logins can't be kept"),
            Text(
                "登录时请手动输入；Linux 桌面可安装 gnome-keyring 或 KWallet。",
                "Type the login by hand; on a Linux desktop, install gnome-keyring or KWallet.",
            ),
        )
    ]
