// A drop-down of the browser's own that a script hides behind a drawn one (bootstrap-select, Chosen, Tom Select, Choices,
// Selectize, jQuery UI, Materialize and their like). The drawn one is pressed, as a person would; what is held is read off
// the hidden one.
/** @param {Core} core @returns {Library} */
(core) => {
  const { all } = core;
  const MARK = /select|chosen|dropdown|drop-down|combo|choices|picker|(^|[-_ ])ts-/i;
  const marked = (one) =>
    Boolean(one) &&
    (MARK.test(`${one.className}`) || one.matches("[role=combobox],[aria-haspopup=listbox]")) &&
    !one.matches("label,select");
  const selectsIn = (part) => part.querySelectorAll("select").length;
  // The drawn part beside a hidden drop-down; where others share its parent, the one right behind it.
  const beside = (select) => {
    const near = selectsIn(select.parentElement) === 1 ? [...select.parentElement.children] : [];
    return [select.nextElementSibling, select.previousElementSibling, ...near].find(
      (one) =>
        marked(one) && core.visible(one) && !selectsIn(one) && (near.length || one === select.nextElementSibling),
    );
  };
  // Or the part around it, which holds no other.
  const UP = 3;
  const around = (select) => {
    let face = null;
    for (let part = select.parentElement, up = 0; part && up < UP; part = part.parentElement, up++) {
      const shared = selectsIn(part) > 1 || all(part, core.FIELDS).filter((one) => core.visible(one)).length > 1;
      if (shared || part.querySelector("label")) break;
      if (marked(part) && core.visible(part)) face = part;
    }
    return face;
  };
  const faceOf = (select) => around(select) || beside(select) || null;
  const hiddenBy = new WeakMap();
  const rootOf = (select) => {
    const face = faceOf(select);
    hiddenBy.set(face, select);
    return face;
  };
  const selectOf = (root) => hiddenBy.get(root);
  const name = (option) => core.squeeze(option.label || option.text);
  const offered = (root) => [...selectOf(root).options].filter((option) => option.value !== "").map(name);
  const held = (root) => [...selectOf(root).selectedOptions].filter((option) => option.value !== "").map(name);
  // A script that takes the place of a drop-down takes its label too.
  const labelOf = (root) => {
    const select = selectOf(root),
      page = root.getRootNode();
    const parts = [root, ...all(root, "[id]")].map(
      (one) => one.id && page.querySelector(`label[for="${CSS.escape(one.id)}"]`),
    );
    // Or the one label beside it, wherever that is drawn.
    const near = all(root.parentElement, ":scope > label").filter(() => selectsIn(root.parentElement) === 1);
    const tied = select.labels[0] || parts.find(Boolean) || (near.length === 1 ? near[0] : null);
    return tied ? core.nameText(tied) : core.ariaName(select);
  };
  const OPENS = "input:not([type=hidden]),button,a,[tabindex]";
  const CROSS = "[class*=remove],[class*=close],[class*=clear]";
  const press = (root) => {
    const parts = root.matches(OPENS) ? [root] : all(root, OPENS).filter((one) => core.there(one));
    const fit = parts.filter((one) => !one.matches(`select,${CROSS}`));
    return fit.find((one) => one.matches("input")) || fit[0] || root;
  };
  // In a person's order: the press may give the focus itself, and a second one would shut what the first has opened.
  const open = (root) => {
    core.tap(press(root));
    if (!root.contains(document.activeElement)) press(root).focus?.({ preventScroll: true });
  };
  const off = (item) => Boolean(item.closest("[aria-disabled=true],[disabled],[class*=disabled]"));
  // The list that the drawn part says is its own; else what comes to sight.
  const listOf = (root) => [root, ...all(root, "[aria-controls],[aria-owns]")].map(core.popupOf).find(Boolean) || null;
  const drop = core.dropDown({ menu: listOf, lazy: true, field: press, open, items: core.bearers, off });
  const opened = async (root) => {
    const list = core.own(listOf(root));
    if (!list) return core.appears(root, () => open(root));
    if (!core.seen(list)) open(root);
    return (await core.until(() => core.seen(list), core.clock.opening)) ? list : null;
  };

  // -- of several -----------------------------------------------------------------------------------------------------
  // What is chosen stands in the drawn part with a cross to take it off, or in the list, to be pressed once more.
  const crossOf = (root, text) => {
    const bare = (one) => core.shownText(one, (part) => part.matches(`button,a,${CROSS}`)).replace(/[×✕✖]\s*$/, "");
    const tags = all(root, "*").filter((one) => core.there(one) && core.fold(bare(one)) === core.fold(text));
    const crosses = tags.flatMap((tag) => all(tag, `button,a,${CROSS}`).filter(core.there));
    return crosses.at(-1) || null;
  };
  const turn = async (root, text) => {
    const before = held(root).join("\n"),
      changed = () => held(root).join("\n") !== before;
    const cross = held(root).includes(text) && crossOf(root, text);
    if (cross) {
      core.tap(cross);
      return (await core.until(changed, core.clock.taking)) ? null : "not-taken";
    }
    const popup = await opened(root);
    if (!popup) return "not-taken";
    const [item, reason] = core.exactly(
      core.bearers(popup).filter((one) => !off(one)),
      [text],
    );
    if (item) core.tap(item);
    if (item) await core.until(changed, core.clock.taking);
    await core.closes(popup, press(root));
    return reason;
  };
  /** @type {Kind["write"]} */
  const choose = async (root, { value }) => {
    const options = [...selectOf(root).options].filter((option) => option.value !== "");
    const [wanted, reason] = core.each(options, value, name);
    if (reason) return reason;
    const texts = wanted.map(name),
      moves = [
        ...held(root).filter((one) => !texts.includes(one)),
        ...texts.filter((one) => !held(root).includes(one)),
      ];
    const fixed = options.filter((option) => option.disabled).map(name);
    if (moves.some((one) => fixed.includes(one))) return "no-such-option";
    for (const text of moves) {
      const trouble = await turn(root, text);
      if (trouble) return trouble;
    }
  };

  const hidden = (select) =>
    !core.visible(select) && !select.closest("[aria-hidden=true]:not(select)") && Boolean(faceOf(select));
  const common = {
    root: rootOf,
    disabled: (root) => selectOf(root).disabled,
    field: selectOf,
    label: labelOf,
    silent: true,
    options: offered,
  };
  return {
    name: "unknown",
    // A box in the drawn part that only shows what is chosen.
    replaced: ".select-wrapper > input.select-dropdown",
    kinds: [
      {
        ...drop.one("select:not([multiple])", { when: hidden }),
        ...common,
        read: (root) => held(root)[0] || "",
      },
      { ...drop.many("select[multiple]", { when: hidden }), ...common, read: held, write: choose },
    ],
  };
};
