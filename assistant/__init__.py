"""Pre-fills permit renewals, proves every value, and never submits.

`write_label(page, label, value)` is for scripts that have a Playwright page; everything else is the `assistant` command.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.run.write_label import write_label

__all__ = ["write_label"]


def __getattr__(name: str) -> object:
    # Playwright is only loaded by those who ask for it.
    if name == "write_label":
        from assistant.run.write_label import write_label

        return write_label
    raise AttributeError(name)
