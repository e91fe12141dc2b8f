"""The controls the tool can drive: kinds (how a value is compared) and libraries (how one is read and written).

A library is one script in `libraries/` plus its line in LIBRARIES, the more particular before the more general; a kind is one
line in KINDS. The scripts run inside the page as one engine, so that a whole section is seen or written in one call.
"""

from functools import cache
from pathlib import Path

from assistant.page import kinds
from assistant.page.engine.scripts import page_script
from assistant.page.kinds import Kind

_HERE = Path(__file__).parent

# What the engine's core is made of, each part upon those before it: what things are called, what is seen, how
# the page moves, what is written, what is pressed, and the moves that libraries share.
PARTS = ("naming", "seeing", "motion", "writing", "pressing", "moves", "drop_downs", "upload_windows", "calendars")

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
    "aria",
    "element_ui",
    "native",
)

KINDS: dict[str, Kind] = {
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


@cache
def engine_source() -> str:
    """The script that, evaluated in a frame, answers with the engine's functions (see core.js)."""
    core, *parts = (page_script(_HERE / f"{name}.js") for name in ("core", *PARTS))
    added = "".join(f"Object.assign(core, ({part})(core));\n" for part in parts)
    makers = ",\n".join(f"({page_script(_HERE / 'libraries' / f'{name}.js')})" for name in LIBRARIES)
    return f"() => {{ const core = ({core})();\n{added}return core.assemble([{makers}].map((make) => make(core))); }}"
