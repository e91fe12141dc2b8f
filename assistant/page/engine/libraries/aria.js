// The patterns of the W3C's ARIA practices, for pages that use no library the tool knows but say what their parts are.
/** @param {Core} core @returns {Library} */
(core) => {
  const { all, popupOf } = core;
  const off = (root) => root.getAttribute("aria-disabled") === "true" || root.matches(":disabled");
  const fixed = (root) => root.getAttribute("aria-readonly") === "true";
  // Beside a box that is only searched in stands what was chosen, where its invitation stood. What is clipped away there is
  // told to readers as it changes.
  const chosenBeside = (field) => {
    const beside = [];
    for (let one = field, up = 0; one.parentElement && up < 2; one = one.parentElement, up++) {
      beside.push(...[...one.parentElement.children].filter((other) => other !== one));
      if (all(one.parentElement, core.FIELDS).length > 1) return "";
    }
    const named = beside.filter((one) => /single-?value|selected|selection-item/i.test(`${one.className}`));
    return named.length === 1 ? core.saidText(named[0]) : "";
  };
  // A label, an invitation or a list that stands inside a drop-down is no part of what was picked.
  const NO_ANSWER = "label,[class*=placeholder],[role=listbox]";
  const textIn = (root) => {
    if (root.matches("input,textarea")) return root.value || chosenBeside(root);
    return core.squeeze(core.shownText(root, (node) => node.matches(NO_ANSWER)));
  };
  const on = (item) => (item.getAttribute("aria-checked") ?? item.getAttribute("aria-selected")) === "true";
  // Options may stand in the page for a slot of the list: then each is a part of it.
  const slotted = (list) =>
    all(list, "slot").flatMap((slot) =>
      slot.assignedElements({ flatten: true }).filter((one) => one.role === "option"),
    );
  const optionsOf = (list) =>
    [...all(list, "[role=option]"), ...slotted(list)].filter((item) => item.checkVisibility() || !core.visible(list));

  // A box that is out of sight is seen where its drop-down is drawn.
  const faceOf = (root) => {
    let face = root;
    for (let up = 0; up < 4 && !core.visible(face) && face.parentElement; up++) face = face.parentElement;
    return all(face, core.FIELDS).filter((one) => one !== root && core.visible(one)).length ? root : face;
  };
  // The box in which what was chosen stands beside what one types into.
  const boxOf = (root) => {
    let box = faceOf(root);
    for (let up = 0; root.matches("input") && up < 3; up++) {
      const next = box.parentElement;
      if (!next || next.matches("form,fieldset,body") || next.querySelector("label,legend")) break;
      if (all(next, core.FIELDS).some((one) => one !== root && core.visible(one))) break;
      box = next;
    }
    return box;
  };
  const onesOn = (root, menu) => {
    const chips = core.chipsIn(boxOf(root)).map(core.chipText);
    if (chips.length) return chips;
    return menu && optionsOf(menu).length
      ? optionsOf(menu).filter(on).map(core.textOf)
      : core.heldBy(root, boxOf(root)) || [];
  };
  // A library may call itself multiselect: only a kind of its own (p-multiselect), or a state, says that several are taken.
  const SEVERAL = /[-_]multi(ple|select|-select)?(?=[-_ ]|$)|(^| )multiple(?=[-_ ]|$)/;
  // Many say so only of their list, which is not there before it is opened.
  const learnt = new WeakSet();
  const takesSeveral = (list) => list?.getAttribute("aria-multiselectable") === "true";
  const several = (root) => {
    if (learnt.has(root)) return true;
    const stated = root.getAttribute("aria-multiselectable") || popupOf(root)?.getAttribute("aria-multiselectable");
    if (stated) return stated === "true";
    return SEVERAL.test(
      `${root.className} ${root.parentElement.className} ${root.parentElement.parentElement?.className}`,
    );
  };
  // A box around the one that is typed into hands its focus on, and closes when that one is left.
  const focusedIn = (root) => {
    const inner = document.activeElement;
    return inner !== root && root.contains(inner) && inner.matches("input") ? inner : root;
  };
  const drop = core.dropDown({
    popup: "[role=listbox]",
    menu: popupOf,
    lazy: true,
    field: focusedIn,
    open: (root) => {
      root.focus({ preventScroll: true });
      core.tap(core.visible(root) ? root : core.own(faceOf(root)));
    },
    face: boxOf,
    items: optionsOf,
    // Where its text stands, as a person does: an option's own parts may be what listens.
    press: (item) => {
      core.own(item);
      return core.bearers(item).at(0) || item;
    },
    learn: (root, menu) => {
      if (takesSeveral(menu)) learnt.add(root);
    },
    takeOff: (root, text) => core.takeOff(boxOf(root), text),
    off,
    query: (root) => (root.matches("input") ? root : null),
    busy: (_, menu) => menu.getAttribute("aria-busy") === "true",
    chosen: onesOn,
  });

  // A list that is always open: what is pressed is on.
  const list = (kind) => ({
    kind,
    selector: "[role=listbox]",
    readOnly: fixed,
    disabled: off,
    options: (root) => optionsOf(root).map(core.textOf),
    when: (root) =>
      (root.getAttribute("aria-multiselectable") === "true") === (kind === "multi-select") &&
      !root.matches(".dropdown[aria-expanded]") &&
      !(
        root.id &&
        root
          .getRootNode()
          .querySelector(`[aria-controls~="${CSS.escape(root.id)}"],[aria-owns~="${CSS.escape(root.id)}"]`)
      ),
    read: (root) => {
      const texts = optionsOf(root).filter(on).map(core.textOf);
      return kind === "select" ? texts[0] || "" : texts;
    },
    write: async (root, { value, accepted }) => {
      const items = optionsOf(root),
        [wanted, reason] = core.each(
          items.filter((item) => !off(item)),
          kind === "select" ? [accepted] : value,
        );
      if (reason) return reason;
      for (const item of kind === "select" ? wanted : items)
        if (on(item) !== wanted.includes(item)) {
          core.tap(item);
          await core.tick();
        }
    },
  });

  // An editable element counts as text only where the page says so: what else may be typed into is no field.
  const editable = (kind, multiline) => ({
    kind,
    selector: "[role=textbox][contenteditable=true],[role=textbox][contenteditable=plaintext-only]",
    when: (root) => (root.getAttribute("aria-multiline") === "true") === multiline,
    field: (root) => root,
    readOnly: fixed,
    disabled: off,
    read: (root) => root.innerText.replace(/\n$/, ""),
    write: async (root, { value }) => {
      root.focus({ preventScroll: true });
      root.textContent = value;
      core.fire(root, "input", { inputType: "insertText", data: value });
      root.blur();
      await core.tick();
    },
  });
  // What a switch says of itself is its name, unless it only says how it stands.
  const STATE = /^(on|off|yes|no|开|关|开启|关闭|是|否|启用|停用)$/i;
  const ownName = (root) => (STATE.test(core.nameText(root)) ? "" : core.nameText(root));
  const setOf = (one) => {
    let part = one.parentElement;
    while (part && all(part, "[role=radio]").length < Number(one.getAttribute("aria-setsize")))
      part = part.parentElement;
    return part;
  };
  const notNative = ":not(input):not(select)";
  // One around a drop-down of the browser's own only draws what that holds.
  const COMBOBOX = "[role=combobox]:not(select):not(:has(select))";
  return {
    name: "aria",
    tables: [
      {
        root: "[role=grid]:not(table),[role=table]:not(table)",
        headers: (grid) => all(grid, "[role=columnheader]").map(core.textOf),
        rows: (grid) => all(grid, "[role=row]").filter((row) => row.querySelector("[role=gridcell],[role=cell]")),
        cells: (row) => all(row, "[role=gridcell],[role=cell]"),
      },
    ],
    kinds: [
      drop.many(COMBOBOX, {
        when: several,
        disabled: off,
        readOnly: fixed,
        face: faceOf,
      }),
      drop.one(`${COMBOBOX},[role=button][aria-haspopup=listbox],button[aria-haspopup=listbox]`, {
        disabled: off,
        readOnly: fixed,
        face: faceOf,
        read: textIn,
      }),
      list("multi-select"),
      list("select"),
      core.ticks("radio", `[role=radiogroup]`, {
        item: `[role=radio]${notNative}`,
        on,
        off,
        when: (root) => Boolean(root.querySelector(`[role=radio]${notNative}`)),
        silent: false,
      }),
      // Stars stand in no group, but say of how many they are one.
      core.ticks("radio", `[role=radio][aria-setsize]${notNative}`, {
        item: `[role=radio]${notNative}`,
        on,
        off,
        root: setOf,
        when: (one) => !one.closest("[role=radiogroup]") && Boolean(setOf(one)),
        silent: false,
      }),
      core.ticks("checkbox-group", "[role=group]", {
        item: `[role=checkbox]${notNative}`,
        on,
        off,
        when: (root) => root.querySelectorAll(`[role=checkbox]${notNative}`).length > 1,
        silent: false,
      }),
      core.tickBox("checkbox", `[role=checkbox]${notNative}`, { on, off }),
      core.tickBox("switch", `[role=switch]${notNative}`, { on, off, label: ownName }),
      core.typed("number", "input[role=spinbutton]:not([type=number])"),
      editable("textarea", true),
      editable("text", false),
    ],
  };
};
