"""Can the tool's own folders be written, and what lies in them?"""

import shutil
from collections.abc import Sequence
from tempfile import TemporaryFile

from assistant.jobs.doctor.answers import Check
from assistant.messages import Text
from assistant.store.locations import private_cache, private_data

ENOUGH_SPACE = 500 * 1024 * 1024


def check_folders() -> Sequence[Check]:
    """The tool's own folders can be written, and the disk has room."""
    title = Text("数据文件夹", "folders")
    for folder in (private_data, private_cache):
        try:
            with TemporaryFile(dir=folder()):
                pass
        except OSError:
            return [
                Check(
                    "folders",
                    title,
                    "bad",
                    Text("无法写入本工具的数据文件夹", "this tool's own folder can't be written"),
                    Text(
                        "请检查用户文件夹的权限和磁盘空间。",
                        "Check the home folder's permissions and the disk's space.",
                    ),
                )
            ]
    free = shutil.disk_usage(private_data()).free
    if free < ENOUGH_SPACE:
        left = f"{free // (1024 * 1024)} MB"
        return [
            Check(
                "folders",
                title,
                "warning",
                Text(f"磁盘仅剩 {left}", f"only {left} left on the disk"),
                Text("请清理磁盘。", "Make room on the disk."),
            )
        ]
    return [Check("folders", title, "ok", Text("可写入，空间充足", "writable, enough room"))]


def check_stored() -> Sequence[Check]:
    """What this tool keeps on this machine, and how each of it is deleted; empty kinds are left out."""
    title = Text("已存数据", "what is stored")
    try:
        data, cache = private_data(), private_cache()
        sessions = sorted(path.name for path in (data / "browser").glob("*") if path.is_dir())
        # Whatever lies there, so that nothing a verb will ever write can be left out.
        others = [*sorted(path for path in data.iterdir() if path.name != "browser"), cache]
    except OSError:
        return []  # told by check_folders
    zh, en = [f"数据文件夹 {data}"], [f"data folder {data}"]
    for city in sessions:
        zh.append(f"{city} 的浏览器会话（删除：assistant login forget --city {city}）")
        en.append(f"browser session of {city} (delete: assistant login forget --city {city})")
    zh += [f"{path}（可直接删除）" for path in others]
    en += [f"{path} (may simply be deleted)" for path in others]
    zh.append("登录信息与封存密钥在系统密码库的 assistant 条目（登录：login forget；密钥请先解开文件夹再删）")
    en.append(
        "logins and sealing key: entries “assistant” of the keyring (login forget; unseal folders before deleting the key)"
    )
    zh.append("申请人资料只在您自己的文件夹中（其旁的 overlays 是学到的对应关系）")
    en.append("applicants' data are in your own folders only (`overlays` beside them is what was learned)")
    return [Check("stored", title, "ok", Text("；".join(zh), "; ".join(en)))]
