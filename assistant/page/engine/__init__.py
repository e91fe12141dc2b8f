"""The controls the tool can drive: kinds (how a value is compared) and libraries (how one is read and written).

A library is one script in `libraries/` plus its line in LIBRARIES, the more particular before the more general; a kind is one
line in KINDS. The scripts run inside the page as one engine, so that a whole section is seen or written in one call.
"""

import json
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Literal, TypeGuard, get_args

from assistant.page import kinds
from assistant.page.engine.scripts import page_script
from assistant.page.kinds import KindRule

_HERE = Path(__file__).parent

# Why the engine did not write a control or press a button, in words that people are told too (assistant.outcome).
Refusal = Literal["not-found", "ambiguous", "hidden", "read-only", "no-such-option", "unsupported"]
# Everything it may answer, None for "done": besides, that the page did not take the value or failed, that a person acted
# first, that a press would post the form, that a file is wanted apart.
EngineAnswer = Literal[Refusal, "not-taken", "page-error", "person", "posts", "apart"]

# What the engine's core is made of, each part upon those before it: where things stand, what they are called, what is seen, how the page
# moves, what it puts off, when it is quiet, what is written, what is pressed; then the moves that libraries share, and what the tool may call.
PARTS = (
    "parts/layout",
    "parts/naming",
    "parts/seeing",
    "parts/motion",
    "parts/timers",
    "parts/quiet",
    "parts/writing",
    "parts/pressing",
    "moves/common",
    "moves/appearing",
    "moves/drop_downs",
    "moves/upload_windows",
    "moves/calendars",
    "moves/any_calendar",
    "moves/pickers",
    "parts/assembly",
)

LIBRARIES: tuple[str, ...] = (
    "element_plus",
    "ant_design_vue_1",
    "ant_design",
    "view_ui",
    "layui",
    "easyui",
    "select2",
    "bootstrap_datepicker",
    "flatpickr",
    "daterangepicker",
    "my97",
    "tdesign",
    "arco_design",
    "naive_ui",
    "vuetify",
    "aria_popups",
    "aria",
    "aria_ranges",
    "element_ui",
    "replaced_selects",
    "unknown",
    "native",
)

KINDS: dict[str, KindRule] = {
    "text": kinds.text,
    "textarea": kinds.text,
    "number": kinds.number,
    "select": kinds.choice,
    "radio": kinds.choice,
    "multi-select": kinds.several,
    "checkbox-group": kinds.several,
    "checkbox": kinds.tick,
    "switch": kinds.tick,
    "date": kinds.day,
    "month": kinds.day,
    "date-range": kinds.days,
    "cascader": kinds.path,
    "upload": kinds.files,
}


def is_refusal(answer: EngineAnswer | None) -> TypeGuard[Refusal]:
    """Whether nothing was changed, for a reason that a person can be told."""
    return answer in get_args(Refusal)


@dataclass(frozen=True)
class EngineClock:
    """How long, in milliseconds, each thing is waited for before it counts as not happening. A limit counts only time in
    which the page had its turns (parts/core.js)."""

    patience: int = 5000
    """Anything that has no limit of its own: a page being read to its end."""
    opening: int = 2500
    closing: int = 300
    listing: int = 2000
    """A list that is known, until it is seen."""
    loading: int = 8000
    searching: int = 12000
    search_silence: int = 1500
    """A list that is searched and says nothing new holds no such option."""
    suggesting: int = 1000
    walking: int = 3000
    taking: int = 500
    """A press or a text, until the page shows it."""
    sending: int = 20000

    def times(self, factor: float) -> "EngineClock":
        """The same clock, slower or faster."""
        return EngineClock(**{name: round(wait * factor) for name, wait in asdict(self).items()})


@cache
def engine_source(clock: EngineClock = EngineClock()) -> str:
    """The script that, evaluated in a frame, answers with the engine's functions (see parts/core.js)."""
    core, *parts = (page_script(_HERE / f"{name}.js") for name in ("parts/core", *PARTS))
    added = "".join(f"Object.assign(core, ({part})(core));\n" for part in parts)
    makers = ",\n".join(f"({page_script(_HERE / 'libraries' / f'{name}.js')})" for name in LIBRARIES)
    return f"() => {{ const core = ({core})({json.dumps(asdict(clock))});\n{added}return core.assemble([{makers}].map((make) => make(core))); }}"
