// What a box is called by where things stand, when nothing in the page's structure ties a text to it: the text to its left on
// the same line, straight above it, or drawn in it as long as it is empty.
/** @param {Core} core */
(core) => {
  const { FIELDS, everywhere, nameText, visible } = core;
  const NEAR = { left: 240, above: 28, aligned: 12, slack: 4 };
  const NO_NAME = "script,style,option,select,textarea,button,a,[role=button],[role=option],[role=tab],svg";

  // The texts and boxes of the page with their places; while nothing can change, they are measured once.
  let measured = [null, null];
  const measure = () => {
    if (measured[0] && measured[0] === core.stillness()) return measured[1];
    const boxes = everywhere(document, FIELDS)
      .filter((one) => one.type !== "hidden" && visible(one))
      .map((one) => ({ one, at: one.getBoundingClientRect() }));
    const texts = everywhere(document, "label,span,div,p,td,th,dt,b,strong,em,i,font,legend")
      .filter(
        (one) =>
          one.textContent.length < 60 && !one.matches(NO_NAME) && !one.closest("button,a,[role=button],[role=option]"),
      )
      .filter((one) => [...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim()))
      .filter((one) => !one.querySelector(FIELDS) && visible(one))
      .map((one) => ({ one, at: one.getBoundingClientRect() }));
    measured = [core.stillness(), { boxes, texts }];
    return measured[1];
  };

  const middle = (at) => (at.top + at.bottom) / 2;
  const sameLine = (at, other) => middle(at) > other.top && middle(at) < other.bottom;
  // Whether a box stands between a text and the box that it may name, or so close before the text that this is its unit.
  const stands = (box, text, own) =>
    (box.left >= text.left && box.right <= own.left + NEAR.slack) ||
    (box.right <= text.left + NEAR.slack && text.left - box.right <= own.left - text.right);
  const besideText = (field) => {
    if (!field?.matches?.(FIELDS) || !visible(field)) return "";
    const own = field.getBoundingClientRect(),
      { boxes, texts } = measure();
    const others = boxes.filter(({ one }) => one !== field);
    const within = texts.filter(
      ({ at }) => at.left >= own.left - 1 && at.right <= own.right + 1 && sameLine(at, own) && !field.value,
    );
    const left = texts
      .filter(({ at }) => at.right <= own.left + NEAR.slack && own.left - at.right < NEAR.left && sameLine(at, own))
      .filter(({ at }) => !others.some((box) => sameLine(box.at, own) && stands(box.at, at, own)))
      .sort((one, other) => other.at.right - one.at.right);
    const above = texts
      .filter(({ at }) => at.bottom <= own.top + NEAR.slack && own.top - at.bottom < NEAR.above)
      .filter(({ at }) => Math.abs(at.left - own.left) < NEAR.aligned)
      .sort((one, other) => other.at.bottom - one.at.bottom);
    const found = within.length === 1 ? within[0] : left[0] || above[0];
    return found ? nameText(found.one) : "";
  };

  return { besideText };
};
