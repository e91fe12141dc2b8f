// Values that are moved instead of typed: sliders, spin buttons that are no boxes. The arrow keys move them a step at a
// time, or two buttons beside them do; what the steps don't meet is refused, and then it stands where it stood.
/** @param {Core} core @returns {Library} */
(core) => {
  const { all } = core;
  const MOST = 400;
  const NO_BOX = ":not(input):not(select)";
  const now = (root) => Number(root.getAttribute("aria-valuenow"));
  const off = (root) => root.getAttribute("aria-disabled") === "true" || Boolean(root.closest("[aria-disabled=true]"));

  const MORE = /^([+＋▲△˄⌃▴]|增加?|加|increase|increment|more|up\b|higher|add\b|plus)/i;
  const LESS = /^([-－−–▼▽˅⌄▾]|减少?|减|decrease|decrement|less|fewer|down\b|lower|minus|subtract)/i;
  const beside = (root, words) => {
    const group = root.closest("[role=group]") || root.parentElement;
    const found = all(group, "button,[role=button]").filter((one) =>
      words.test(core.ariaName(one) || core.textOf(one) || one.title),
    );
    return group.querySelectorAll("[role=spinbutton],[role=slider]").length === 1 && found.length === 1
      ? found[0]
      : null;
  };
  // Each way of moving, as what makes it more and what makes it less.
  const ways = (root) => {
    const target = root.matches("[tabindex]") ? root : root.querySelector("[tabindex]") || root;
    const key = (name, code) => () => core.key(target, name, code);
    const button = (words) => () => core.tap(core.own(beside(root, words)));
    const found = [
      [key("ArrowUp", 38), key("ArrowDown", 40)],
      [key("ArrowRight", 39), key("ArrowLeft", 37)],
    ];
    if (beside(root, MORE) && beside(root, LESS)) found.push([button(MORE), button(LESS)]);
    return found;
  };
  const step = async (root, act) => {
    const before = now(root);
    act();
    await core.until(() => now(root) !== before, core.clock.taking);
    return now(root) - before;
  };
  // Goes there in equal steps that are known from the first one.
  /** @returns {Promise<Answer>} */
  const go = async (root, wanted, more, less, first) => {
    const size = Math.abs(first),
      left = Math.round(((wanted - now(root)) / size) * 1e6) / 1e6;
    if (!Number.isInteger(left) || Math.abs(left) > MOST) return "no-such-option";
    for (let done = 0; done < Math.abs(left); done++) if (!(await step(root, left > 0 ? more : less))) break;
    return Math.abs(now(root) - wanted) < size / 1e6 ? null : "no-such-option";
  };
  /** @type {Kind["write"]} */
  const move = async (root, { value }) => {
    const start = now(root),
      wanted = Number(value);
    if (!value || !Number.isFinite(wanted)) return "no-such-option";
    root.focus({ preventScroll: true });
    for (const [more, less] of ways(root)) {
      const first = await step(root, wanted > start ? more : less);
      if (!first) continue;
      const forward = first > 0 === wanted > start;
      const reason = forward ? await go(root, wanted, more, less, first) : "no-such-option";
      if (reason) await go(root, start, forward ? more : less, forward ? less : more, first);
      root.blur();
      return reason;
    }
    root.blur();
    return "not-taken";
  };
  /** @returns {Kind} */
  const moved = (role) => ({
    kind: "number",
    selector: `[role=${role}]${NO_BOX}`,
    when: (root) => root.hasAttribute("aria-valuenow"),
    field: (root) => root,
    readOnly: (root) => root.getAttribute("aria-readonly") === "true",
    disabled: off,
    read: (root) => root.getAttribute("aria-valuenow") || "",
    write: move,
  });
  return { name: "aria", kinds: [moved("slider"), moved("spinbutton")] };
};
