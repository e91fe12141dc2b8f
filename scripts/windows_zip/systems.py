"""The systems that a zip is made for: what compiled files look like there, what is double-clicked, how large it may be."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

SystemName = Literal["windows", "linux", "macos-arm64"]
Machine = Literal["pe-x86-64", "elf-x86-64", "macho-arm64", "macho-x86-64"]


@dataclass(frozen=True)
class System:
    """`platform` is uv's word for the system; `uv` the name of its program there."""

    name: SystemName
    platform: str
    machine: Machine
    uv: str
    launchers: Mapping[str, str]
    """What stands in `launch/`, and the name it has in the zip."""
    megabytes: int = 120
    megabytes_with_ocr: int = 200

    @property
    def is_windows(self) -> bool:
        return self.name == "windows"


_MACOS = {"start.sh": "启动.command", "read-me.macos.txt": "使用说明.txt", "python-mirror.txt": "python-mirror.txt"}
SYSTEMS: Mapping[str, System] = {
    one.name: one
    for one in (
        System(
            "windows",
            "x86_64-pc-windows-msvc",
            "pe-x86-64",
            "uv.exe",
            {
                "start.cmd": "启动.cmd",
                "update.cmd": "更新.cmd",
                "read-me.windows.txt": "使用说明.txt",
                "remove.windows.txt": "卸载说明.txt",
            },
        ),
        System(
            "linux",
            "x86_64-manylinux_2_28",
            "elf-x86-64",
            "uv",
            {
                "start.sh": "start.sh",
                "read-me.linux.txt": "使用说明.txt",
                "python-mirror.txt": "python-mirror.txt",
            },
            megabytes=160,
            megabytes_with_ocr=240,
        ),
        # None for Macs with Intel: pikepdf has no wheel for them any more.
        System("macos-arm64", "aarch64-apple-darwin", "macho-arm64", "uv", _MACOS, 160, 240),
    )
}

# The embeddable zips of python.org that may be put in, by their SHA-256. python.org makes none for a 3.12 after this one.
INTERPRETERS: Mapping[str, str] = {
    "python-3.12.10-embed-amd64.zip": "4acbed6dd1c744b0376e3b1cf57ce906f9dc9e95e68824584c8099a63025a3c3",
}
UV = "uv==0.13.9"
"""What fetches an interpreter at the first start where none is in the zip."""
