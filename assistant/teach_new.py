"""A first look at a portal no pack knows: the person opens the form, the tool proposes a section file.

Promises: nothing is written into the page; no request that could change something leaves while the tool holds the pen, for
there is no allow-list; the proposal is a draft that no loader takes before somebody has reviewed it.
"""

from collections.abc import Sequence

from assistant.form_page import FormPage
from assistant.guard import Guard
from assistant.options import OptionTable
from assistant.propose import Draft, propose


def propose_here(page: FormPage, guard: Guard, tables: Sequence[OptionTable]) -> Draft:
    """Looks at the form that is open now and proposes its mapping."""
    guard.take_pen()
    try:
        page.settle()
        return propose(page.look().outside_dialogs(), tables)
    finally:
        guard.hand_over()
