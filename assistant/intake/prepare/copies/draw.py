"""Small pictures of pages, upright, for a person to compare by. In the child only."""

import base64
import io
from collections.abc import Mapping, Sequence
from typing import Any

from assistant.intake.prepare.copies.pages import sources_of

LONG_SIDE, QUALITY = 900, 60


def drawn_pages(task: Mapping[str, Sequence[Mapping[str, Any]]]) -> dict[str, list[str]]:
    """The answer to a task: the pages of `before` and of `after` as JPEG pictures, "" for one that can't be drawn."""
    return {side: [_drawn(page) for page in task[side]] for side in ("before", "after")}


def _drawn(page: Mapping[str, Any]) -> str:
    try:
        (source,) = sources_of([page])
        image = source.picture(LONG_SIDE / (max(source.size_mm) / 25.4)).convert("RGB")
    except MemoryError:
        raise
    except Exception:
        # A page that no library draws has no picture here; why its paper can't be used is said elsewhere.
        return ""
    out = io.BytesIO()
    image.save(out, "JPEG", quality=QUALITY, optimize=True)
    return base64.b64encode(out.getvalue()).decode("ascii")
