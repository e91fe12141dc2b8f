// Boxes that open something else than a list, after the W3C's ARIA practices: a tree, a table of choices, a date dialog.
/** @param {Core} core @returns {Library} */
(core) => {
  const { all, popupOf } = core;
  const off = (root) => root.getAttribute("aria-disabled") === "true" || root.matches(":disabled");
  const fixed = (root) => root.getAttribute("aria-readonly") === "true";
  const opens = (root, role) =>
    root.getAttribute("aria-haspopup") === role || popupOf(root)?.getAttribute("role") === role;
  const textIn = (root) => (root.matches("input,textarea") ? root.value : core.textOf(root));

  // -- trees -------------------------------------------------------------------------------------------------------
  const ownText = (item) =>
    core.squeeze(
      [...item.childNodes]
        .filter((node) => node.nodeType === Node.TEXT_NODE || !node.matches("[role=group],ul"))
        .map((node) => node.textContent)
        .join(" "),
    );
  const parentOf = (item) => item.parentElement.closest("[role=treeitem]");
  const itemsIn = (tree, above) =>
    all(above || tree, "[role=treeitem]").filter((item) => (above ? parentOf(item) === above : !parentOf(item)));
  const isBranch = (item) => item.hasAttribute("aria-expanded") || Boolean(item.querySelector("[role=treeitem]"));
  const face = (item) => item.firstElementChild || item;
  const unfold = async (item) => {
    if (item.getAttribute("aria-expanded") === "true") return;
    core.tap(face(item));
    await core.until(() => all(item, "[role=treeitem]").some(core.there), core.clock.taking);
  };
  const pathOf = (item) => {
    const path = [];
    for (let one = item; one; one = parentOf(one)) path.unshift(ownText(one));
    return path.join(" / ");
  };
  // A leaf that is asked for by its own name is looked for in the whole tree, branch by branch: it must be the only one.
  const leavesOf = async (tree, above) => {
    const found = [];
    for (const item of itemsIn(tree, above).filter(core.there)) {
      if (!isBranch(item)) found.push(item);
      else {
        await unfold(item);
        found.push(...(await leavesOf(tree, item)));
      }
    }
    return found;
  };
  const isLeafName = (tree, path) =>
    !path.includes(" / ") && !itemsIn(tree, null).some((item) => core.fold(ownText(item)) === core.fold(path));
  /** @type {Kind["write"]} */
  const climb = async (root, { accepted }) => {
    const tree = core.own(popupOf(root));
    if (!core.seen(tree)) core.tap(root);
    if (!(await core.until(() => core.seen(tree), core.clock.listing))) return "not-taken";
    let reason = null,
      chosen = null;
    if (isLeafName(tree, accepted[0])) {
      [chosen, reason] = core.exactly(
        (await leavesOf(tree, null)).filter((item) => !off(item)),
        accepted,
        ownText,
      );
      if (chosen) core.tap(face(chosen));
    } else
      reason = await core.walk(accepted, {
        level: (_, above) => itemsIn(tree, above).filter(core.there),
        text: ownText,
        off,
        press: (item, last) => {
          chosen = item;
          if (last || item.getAttribute("aria-expanded") !== "true") core.tap(face(item));
        },
      });
    await core.tick();
    await core.closes(tree, root);
    if (core.seen(tree)) core.tap(root);
    // The box may show the leaf alone, or the whole path.
    const shown = textIn(root);
    if (!reason && [ownText(chosen), pathOf(chosen)].map(core.fold).includes(core.fold(shown)))
      core.remember(root, shown, accepted[0]);
    return reason;
  };

  // -- tables of choices: a row is chosen, by what stands in its first cell -------------------------------------------
  const nameOf = (row) => core.textOf(row.querySelector("[role=gridcell],[role=rowheader],[role=cell],td") || row);
  const rows = core.dropDown({
    popup: "[role=grid],[role=treegrid]",
    menu: popupOf,
    lazy: true,
    field: (root) => root,
    open: (root) => {
      root.focus({ preventScroll: true });
      core.tap(root);
    },
    items: (grid) => all(grid, "[role=row]").filter((row) => row.querySelector("[role=gridcell],[role=cell],td")),
    text: nameOf,
    press: (row) => row.querySelector("[role=gridcell],[role=cell],td") || row,
    off,
    query: (root) => (root.matches("input") ? root : null),
  });

  // -- date dialogs --------------------------------------------------------------------------------------------------
  const NAME = /日期|日历|date|calendar/i;
  const OPENS = "button[aria-haspopup=dialog],[role=button][aria-haspopup=dialog],button[aria-label]";
  const buttonOf = (field) =>
    all(field.parentElement, OPENS).find((button) =>
      NAME.test(core.ariaName(button) || core.textOf(button) || button.title),
    ) || null;
  const DIALOG = "[role=dialog],dialog[open]";
  const DATED = /(^|[-_ ])(date|datepicker|calendar)(?=[-_ ]|$)/;
  /** @type {Kind["write"]} */
  const day = async (field, { value }) => {
    const button = core.own(buttonOf(field)) || field;
    const dialog = await core.opens(DIALOG, () => core.tap(button));
    if (!dialog) return "not-taken";
    const reason = await core.pickDay(dialog, field, value);
    if (!reason && core.showsDay(textIn(field), value)) core.remember(field, textIn(field), value);
    return reason;
  };
  const isCalendar = (dialog) => NAME.test(core.ariaName(dialog)) || Boolean(dialog.querySelector("[role=grid],table"));
  /** @returns {Kind} */
  const dated = (selector, when) => ({
    kind: "date",
    selector,
    when,
    picks: true,
    readOnly: () => false,
    disabled: off,
    field: (field) => field,
    read: (field) => core.recall(field, textIn(field)),
    write: day,
  });
  // A button that shows the day it has, and opens a calendar.
  const PICKS = /date-?(picker|input)/i;

  return {
    name: "aria",
    kinds: [
      {
        kind: "cascader",
        selector: "[role=combobox]",
        when: (root) => popupOf(root)?.getAttribute("role") === "tree",
        field: (root) => root,
        readOnly: fixed,
        disabled: off,
        read: (root) => core.recall(root, textIn(root)),
        write: climb,
      },
      rows.one("[role=combobox]:not(select)", {
        when: (root) => opens(root, "grid"),
        disabled: off,
        readOnly: fixed,
        read: textIn,
      }),
      dated("input[role=combobox]", (field) => {
        const popup = popupOf(field);
        return (
          opens(field, "dialog") && Boolean(popup ? isCalendar(popup) : buttonOf(field) || DATED.test(field.className))
        );
      }),
      dated("button[type=button][aria-haspopup=dialog]", (button) => PICKS.test(button.className)),
      dated("input:not([type]),input[type=text]", (field) => Boolean(field.parentElement && buttonOf(field))),
    ],
  };
};
