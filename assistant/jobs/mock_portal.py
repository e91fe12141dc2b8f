"""Where the mock portals are: beside the package in a checkout, inside it in a wheel.

Promise: an installed tool takes its own mock portals and never a package of the registry that is called `fixtures` too.
"""

from importlib import import_module
from importlib.util import find_spec
from typing import Any

INSIDE, BESIDE = "assistant._fixtures", "fixtures"


def fixtures_module(name: str) -> Any:
    """`fixtures_module("server").MockPortal`; which of the two it is decides what was installed."""
    return import_module(f"{INSIDE if find_spec(INSIDE) else BESIDE}.{name}")
