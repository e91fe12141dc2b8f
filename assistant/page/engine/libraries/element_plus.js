// Element Plus (Vue 3). It wears Element UI's class names on other markup, so it is asked first and claims only what has
// Element Plus's own parts. Its production build tells nothing of itself: everything is read from what it shows.
/** @param {Core} core @returns {Library} */
(core) => {
  const { all } = core;
  const input = (root) => root.querySelector("input");
  const listOf = (root) => {
    const id = input(root)?.getAttribute("aria-controls"),
      list = id && document.getElementById(id);
    return list?.closest(".el-select__popper,.el-popper") || null;
  };
  const off = (root) => root.matches(".is-disabled") || Boolean(root.querySelector(".is-disabled,input:disabled"));

  const drop = core.dropDown({
    popup: ".el-select__popper",
    menu: listOf,
    field: input,
    open: (root) => {
      input(root).focus({ preventScroll: true });
      core.tap(root.querySelector(".el-select__wrapper"));
    },
    items: (menu) => all(menu, ".el-select-dropdown__item").filter((item) => item.style.display !== "none"),
    query: (root) => root.querySelector(".el-select__input:not([readonly])"),
    busy: (_, menu) => core.there(menu.querySelector(".el-select-dropdown__loading")),
    scroller: (menu) => menu.querySelector(".el-vl__window"),
    chosen: (root) => {
      const menu = listOf(root),
        texts = menu ? all(menu, ".el-select-dropdown__item.is-selected").map(core.textOf) : [];
      return texts.length ? texts : all(root, ".el-select__tags-text").map(core.textOf);
    },
  });
  // While nothing is chosen the same place shows the placeholder, marked as such.
  const shownChoice = (root) =>
    core.textOf(root.querySelector(".el-select__selected-item.el-select__placeholder:not(.is-transparent)"));
  const many = (root) =>
    Boolean(root.querySelector(".el-select__selection.is-near,.el-select__tags-text,.el-tag")) ||
    listOf(root)?.querySelector("[role=listbox]")?.getAttribute("aria-multiselectable") === "true" ||
    Boolean(listOf(root)?.querySelector(".is-multiple"));

  // -- dates -----------------------------------------------------------------------------------------------------
  const picker = ".el-picker__popper";
  const openDate = (field) =>
    core.opens(picker, () => {
      field.focus({ preventScroll: true });
      core.tap(field);
    });
  const formatFor = (field, iso) =>
    /年/.test(field.placeholder + field.value) ? "yyyy年MM月dd日" : iso.length === 7 ? "yyyy-MM" : "yyyy-MM-dd";

  // Press the day in the panel: typed text is bound to a format that the page does not tell.
  const day = async (root, iso, field = input(root)) => {
    const popup = await openDate(field);
    if (!popup) return "not-taken";
    const [year, month, date] = core.dateParts(iso);
    const shows = () =>
      core.heading(all(popup, ".el-date-picker__header-label").filter(core.there).map(core.textOf).join(" "));
    const button = (name) => () =>
      popup.querySelector(`.el-date-picker__${name[0]}-btn .${name[1]}`)?.closest("button") ||
      popup.querySelector(`.el-date-picker__${name[0]}-btn.${name[1]}`);
    const turned = await core.turn(
      shows,
      {
        yearBack: button(["prev", "d-arrow-left"]),
        yearOn: button(["next", "d-arrow-right"]),
        monthBack: button(["prev", "arrow-left"]),
        monthOn: button(["next", "arrow-right"]),
      },
      [year, date ? month : 0],
    );
    const cells = date
      ? all(popup, ".el-date-table td.available:not(.prev-month):not(.next-month)")
      : all(popup, ".el-month-table td");
    const cell = date
      ? cells.find((one) => Number(core.textOf(one)) === date)
      : cells.length === 12
        ? cells[month - 1]
        : null;
    const open = turned && cell && !cell.matches(".disabled");
    if (open) {
      core.tap(cell.querySelector(".el-date-table-cell__text,.el-date-table-cell") || cell);
      await core.tick();
    }
    await core.closes(popup, field);
    return open ? null : "no-such-option";
  };

  // A range shows two months; typing both ends in is what its two boxes are for.
  /** @type {Kind["write"]} */
  const range = async (root, { value }) => {
    const fields = all(root, "input");
    const popup = await openDate(fields[0]);
    for (const [index, iso] of value.entries()) {
      fields[index].focus({ preventScroll: true });
      core.enterText(fields[index], core.spoken(iso, formatFor(fields[index], iso)));
      core.fire(fields[index], "change");
      await core.tick();
    }
    await core.closes(popup, fields[1]);
    return null;
  };

  // -- cascaders ---------------------------------------------------------------------------------------------------
  /** @type {Kind["write"]} */
  const tree = async (root, { accepted }) => {
    const popup = await core.opens(".el-select__popper", () => core.tap(root.querySelector(".el-select__wrapper")));
    if (!popup) return "not-taken";
    const reason = await core.walk(accepted, {
      level: (_, above) =>
        all(
          above ? above.querySelector(".el-tree-node__children") || popup : popup.querySelector(".el-tree"),
          ":scope > .el-tree-node",
        ),
      text: (node) => core.textOf(node.querySelector(".el-tree-node__content")),
      press: async (node, last) => {
        core.tap(
          last ? node.querySelector(".el-tree-node__content") : node.querySelector(".el-tree-node__expand-icon"),
        );
        if (!last) await core.until(() => node.querySelector(".el-tree-node__children .el-tree-node"));
      },
    });
    await core.closes(popup, input(root));
    return reason;
  };

  /** @returns {Kind} */
  const dated = (kind, selector) => ({
    kind,
    selector,
    field: input,
    readOnly: () => false,
    when: plus,
    read: (root) => input(root).value,
    write: (root, { value }) => day(root, value),
  });
  const plus = (root) =>
    root.matches(".el-input__wrapper") || Boolean(root.querySelector(".el-input__wrapper,.el-select__wrapper"));
  return {
    name: "element-plus",
    popups: ".el-popper",
    kinds: [
      {
        kind: "cascader",
        selector: ".el-tree-select,.el-select:has(.el-tree)",
        when: (root) => plus(root),
        field: input,
        readOnly: () => false,
        disabled: off,
        read: shownChoice,
        write: tree,
      },
      drop.many(".el-select", { when: (root) => plus(root) && many(root), disabled: off }),
      drop.one(".el-select", { when: plus, disabled: off, read: shownChoice }),
      {
        kind: "date-range",
        selector: ".el-range-editor.el-input__wrapper",
        field: input,
        readOnly: () => false,
        read: (root) => all(root, "input").map((field) => field.value),
        write: range,
      },
      dated("month", ".el-date-editor--month"),
      dated("date", ".el-date-editor--date"),
      {
        ...core.columns({
          selector: ".el-cascader",
          popup: ".el-cascader__dropdown",
          column: ".el-cascader-menu",
          node: ".el-cascader-node",
          text: (node) => core.textOf(node.querySelector(".el-cascader-node__label") || node),
          press: input,
          shown: (root) => input(root).value,
          pick: (node) => node.querySelector(".el-radio__input") || node,
          off,
        }),
        when: plus,
      },
      core.typed("number", ".el-input-number", { when: plus }),
      core.typed("text", ".el-input", { when: plus }),
    ],
  };
};
