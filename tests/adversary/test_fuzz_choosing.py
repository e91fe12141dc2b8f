"""Whatever a list offers, the engine chooses the one option that says the same, or says why it chooses none.

The script itself is asked, in a real page, with hundreds of lists. Each option is made from a known name and a spelling
that a page may give it, so that the judge knows its name without asking the engine.
"""

from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import JSHandle, Page

from assistant.page.engine import engine_source

# Beginnings and ends of each other, as real dictionaries have them.
NAMES = ("中国", "中国香港", "香港", "刚果(金)", "刚果(布)", "刚果", "其他", "其他国家", "男", "A1", "A11", "A1 1A", "")
SPELLINGS = (
    lambda name: name,
    lambda name: f"  {name}\n",
    lambda name: name.replace("(", "（").replace(")", "）"),
    lambda name: "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in name),
    lambda name: f"\u200b{name}\u3000",
)
named = st.sampled_from(NAMES)
spelt = st.tuples(named, st.sampled_from(SPELLINGS)).map(lambda pair: Offered(pair[0], pair[1](pair[0])))
lists = st.lists(spelt, min_size=1, max_size=7)


@dataclass(frozen=True)
class Offered:
    name: str
    shown: str


def choice(offered: list[Offered], wanted: list[str]) -> int | str:
    """The place of the only option of these names, or the reason why there is none."""
    places = [place for place, one in enumerate(offered) if one.name in wanted]
    return places[0] if len(places) == 1 else "ambiguous" if places else "no-such-option"


@pytest.fixture
def core(page: Page) -> JSHandle:
    """The engine with its inner functions, which a page never gets to see."""
    page.set_content("<p>options</p>")
    head, _, tail = engine_source().rpartition("return core.assemble(")
    return page.evaluate_handle(f"{head}core.assemble({tail.rstrip().removesuffix('}')}; return core; }}")


ASK = """(core, [cases, how]) => Promise.all(cases.map(async ([shown, wanted]) => {
  const items = shown.map((text, place) => ({ textContent: text, place }));
  const [found, reason] = core[how](items, wanted);
  return reason || (how === "each" ? found.map((one) => one.place) : found.place);
}))"""
few = settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@few
@given(cases=st.lists(st.tuples(lists, st.lists(named, min_size=1, max_size=3, unique=True)), min_size=30, max_size=40))
def test_the_only_option_of_a_wanted_name_is_chosen_or_none(core: JSHandle, cases: list) -> None:
    asked = [[[one.shown for one in offered], wanted] for offered, wanted in cases]
    assert core.evaluate(ASK, [asked, "exactly"]) == [choice(offered, wanted) for offered, wanted in cases]


@few
@given(cases=st.lists(st.tuples(lists, st.lists(named, min_size=1, max_size=3, unique=True)), min_size=30, max_size=40))
def test_several_options_are_chosen_all_or_none(core: JSHandle, cases: list) -> None:
    asked = [[[one.shown for one in offered], wanted] for offered, wanted in cases]
    for (offered, wanted), found in zip(cases, core.evaluate(ASK, [asked, "each"]), strict=True):
        single = [choice(offered, [name]) for name in wanted]
        refusals = [one for one in single if isinstance(one, str)]
        assert found == (refusals[0] if refusals else single)


WALK = """(core, cases) => Promise.all(cases.map(async ([levels, accepted]) => {
  const pressed = [];
  const level = (depth, above) => (depth ? above.below : levels.map(([text, below], place) => (
    { textContent: text, place, below: below.map((one, at) => ({ textContent: one, place: at })) })));
  const reason = await core.walk(accepted, { level, off: () => false, press: (node) => pressed.push(node.place) });
  return [reason, pressed];
}))"""
trees = st.lists(st.tuples(spelt, lists), min_size=1, max_size=4)
paths = st.lists(st.tuples(named.filter(bool), named.filter(bool)), min_size=1, max_size=2, unique=True)


@few
@given(cases=st.lists(st.tuples(trees, paths), min_size=20, max_size=30))
def test_a_path_is_walked_to_its_end_or_stops_where_it_is_not_certain(core: JSHandle, cases: list) -> None:
    asked = [
        [[[top.shown, [one.shown for one in below]] for top, below in tree], [" / ".join(path) for path in accepted]]
        for tree, accepted in cases
    ]
    for (tree, accepted), found in zip(cases, core.evaluate(WALK, asked), strict=True):
        first = choice([top for top, _ in tree], [path[0] for path in accepted])
        if isinstance(first, str):
            assert found == [first, []]
            continue
        top, below = tree[first]
        second = choice(below, [path[1] for path in accepted if path[0] == top.name])
        assert found == ([second, [first]] if isinstance(second, str) else [None, [first, second]])
