"""The way from the page's top to its controls, so that the panel's own world finds the same elements without a mark on them."""

from collections.abc import Sequence

from assistant.page.form_page import FormPage
from assistant.page.snapshot import ElementRef

# A frame of another origin has no way to it: what is in there can't be outlined from outside.
_WAYS = """(engine, [frame, ids]) => (ids[frame] || []).map((id) => {
  const way = (node) => {
    const steps = [];
    while (node) {
      const parent = node.parentNode;
      if (!parent) return null;
      steps.unshift([...parent.children].indexOf(node));
      if (parent.nodeType === 11) { steps.unshift("#"); node = parent.host; continue; }
      if (parent.nodeType !== 9) { node = parent; continue; }
      const view = parent.defaultView;
      if (view === view.top) return steps;
      try { node = view.frameElement; } catch { return null; }
      if (!node) return null;
      steps.unshift("@");
    }
    return null;
  };
  const root = engine.element(id);
  return root ? { root: way(root), field: way(engine.field(id) || root) } : null;
})"""

Way = list[int | str]


def ways_to(page: FormPage, places: Sequence[ElementRef]) -> dict[ElementRef, tuple[Way, Way]]:
    """For each place the way to its element and to its input field; what stands nowhere any more is left out."""
    wanted = list(dict.fromkeys(places))
    frames = max((frame for frame, _ in wanted), default=-1) + 1
    ids = [[id_ for frame, id_ in wanted if frame == index] for index in range(max(frames, page.frame_count))]
    found: dict[ElementRef, tuple[Way, Way]] = {}
    for index, answers in enumerate(page.in_frames(_WAYS, ids)):
        for id_, answer in zip(ids[index], answers or (), strict=False):
            if answer and answer["root"]:
                found[index, id_] = (answer["root"], answer["field"] or answer["root"])
    return found
