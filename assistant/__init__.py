"""Pre-fills permit renewals, proves every value, and never submits.

`write_label(page, label, value)` is for scripts that have a Playwright page; everything else is the `assistant` command.
"""

# As typing's own, which would take longer to load than all that stands here.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from assistant.run.write_label import write_label

__all__ = ["write_label"]


def __getattr__(name: str) -> object:
    # Playwright is only loaded by those who ask for it.
    if name == "write_label":
        from assistant.run.write_label import write_label

        return write_label
    raise AttributeError(name)
