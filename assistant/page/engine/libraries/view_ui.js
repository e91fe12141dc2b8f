// View UI (iView, Vue 2). Its pop-ups stand inside the control, or at the end of the page where `transfer` is set.
/** @param {Core} core @returns {Library} */
(core) => {
  const { all } = core;
  const input = (root) => root.querySelector("input:not([type=hidden])");
  const off = (root) =>
    root.matches("[class*=-disabled]") ||
    Boolean(root.querySelector("input[disabled],.ivu-select-disabled,.ivu-input-disabled"));
  const listOf = (root) => root.querySelector(".ivu-select-dropdown") || root.__vue__?.$refs?.dropdown?.$el || null;
  const drop = core.dropDown({
    popup: ".ivu-select-dropdown",
    menu: listOf,
    field: (root) => root.querySelector(".ivu-select-selection"),
    open: (root) => core.tap(root.querySelector(".ivu-select-selection")),
    items: (menu) => all(menu, ".ivu-select-item").filter((item) => item.style.display !== "none"),
    query: (root) => root.querySelector(".ivu-select-input:not([readonly])"),
    busy: (root, menu) => core.there(menu.querySelector(".ivu-select-loading")) || Boolean(root.__vue__?.loading),
    chosen: (root) => all(root, ".ivu-tag").map(core.textOf),
  });
  // A search box shows what was typed: it counts only while the library itself holds a choice.
  const shown = (root) => {
    const holds = root.__vue__?.values?.length !== 0,
      box = root.querySelector(".ivu-select-input");
    return holds ? core.textOf(root.querySelector(".ivu-select-selected-value")) || box?.value || "" : "";
  };

  const panelOf = (root) =>
    core.until(
      () =>
        [root.querySelector(".ivu-select-dropdown"), ...core.opened(".ivu-date-picker-transfer")].find(
          (one) => one && core.seen(one),
        ),
      core.clock.listing,
    );
  const headingOf = (panel) => () =>
    core.heading(all(panel, ".ivu-date-picker-header-label").filter(core.there).map(core.textOf).join(" "));
  const buttons = (panel) => {
    const button = (side, icon) => () =>
      panel.querySelector(`.ivu-date-picker-${side}-btn-arrow${icon}`)?.closest(".ivu-picker-panel-icon-btn") ||
      panel.querySelector(`.ivu-date-picker-${side}-btn-arrow${icon}`);
    return {
      yearBack: button("prev", "-double"),
      yearOn: button("next", "-double"),
      monthBack: button("prev", ""),
      monthOn: button("next", ""),
    };
  };
  /** @returns {Promise<Answer>} */
  const press = async (panel, iso) => {
    const [year, month, date] = core.dateParts(iso);
    if (!(await core.turn(headingOf(panel), buttons(panel), [year, date ? month : 0]))) return "no-such-option";
    const cells = all(panel, ".ivu-date-picker-cells-cell").filter(core.there);
    const cell = date
      ? cells.find(
          (one) =>
            !one.matches(".ivu-date-picker-cells-cell-prev-month,.ivu-date-picker-cells-cell-next-month") &&
            Number(core.textOf(one)) === date,
        )
      : cells.length === 12
        ? cells[month - 1]
        : null;
    if (!cell || cell.matches(".ivu-date-picker-cells-cell-disabled")) return "no-such-option";
    core.tap(cell.querySelector("em") || cell);
    await core.tick();
    return null;
  };
  const openPanel = async (root) => {
    input(root).focus({ preventScroll: true });
    await core.tick();
    if (!core.opened(".ivu-select-dropdown").some((one) => root.contains(one))) core.tap(input(root));
    return core.own(await panelOf(root));
  };
  /** @type {Kind["write"]} */
  const day = async (root, { value }) => {
    const popup = await openPanel(root);
    if (!popup) return "not-taken";
    const reason = await press(popup, value);
    await core.closes(popup, input(root));
    return reason;
  };
  /** @type {Kind["write"]} */
  const range = async (root, { value }) => {
    const popup = await openPanel(root);
    if (!popup) return "not-taken";
    let reason = null;
    for (const iso of value) {
      const [year, month] = core.dateParts(iso),
        sides = all(popup, ".ivu-picker-panel-content").filter(core.there);
      const holds = sides.find((side) => headingOf(side)().join() === [year, month].join());
      const [y, m] = headingOf(sides[0])(),
        side = holds || (y > year || (y === year && m > month) ? sides[0] : sides[sides.length - 1]);
      if (!reason) reason = await press(side, iso);
    }
    await core.closes(popup, input(root));
    return reason;
  };
  const rangeText = (root) => input(root).value.split(" - ").filter(Boolean);

  /** @type {Kind["write"]} */
  const cascade = async (root, { accepted }) => {
    core.tap(root.querySelector(".ivu-cascader-rel"));
    const popup = core.own(
      await core.until(
        () =>
          [root.querySelector(".ivu-select-dropdown"), ...core.opened(".ivu-cascader-transfer")].find(
            (one) => one && core.seen(one),
          ),
        core.clock.listing,
      ),
    );
    if (!popup) return "not-taken";
    const reason = await core.walk(accepted, {
      level: (depth) => {
        const menu = all(popup, ".ivu-cascader-menu")[depth];
        return menu && all(menu, ".ivu-cascader-menu-item");
      },
      press: (node) => core.tap(node),
    });
    await core.closes(popup, input(root));
    return reason;
  };
  /** @returns {Kind} */
  const picker = (kind, when) => ({
    kind,
    selector: ".ivu-date-picker",
    when,
    field: input,
    readOnly: () => false,
    disabled: off,
    read: (root) => input(root).value,
    write: day,
  });
  const typeOf = (root) => root.__vue__?.type || (/月/.test(input(root).placeholder) ? "month" : "date");
  return {
    name: "view-ui",
    items: [
      {
        root: ".ivu-form-item",
        label: ".ivu-form-item-label",
        body: ".ivu-form-item-content",
        required: ".ivu-form-item-required",
        error: ".ivu-form-item-error-tip",
      },
    ],
    headings:
      ".ivu-card-head,.ivu-collapse-header,.ivu-modal-header-inner,.ivu-drawer-header-inner,.ivu-divider-inner-text",
    selected: ".ivu-steps-status-process .ivu-steps-title,.ivu-tabs-tab-active",
    dialogs: ".ivu-modal-wrap:not(.ivu-modal-hidden)",
    popups: ".ivu-select-dropdown",
    tables: [
      {
        root: ".ivu-table-wrapper",
        headers: (table) => all(table, ".ivu-table-header th:not(.ivu-table-hidden)").map(core.textOf),
        rows: (table) => all(table, ".ivu-table-body tr.ivu-table-row"),
      },
    ],
    kinds: [
      core.uploadWindow(".ivu-btn", ".ivu-modal-wrap:not(.ivu-modal-hidden)"),
      {
        kind: "date-range",
        selector: ".ivu-date-picker",
        when: (root) => typeOf(root) === "daterange" || / - /.test(input(root)?.value || ""),
        field: input,
        readOnly: () => false,
        disabled: off,
        read: rangeText,
        write: range,
      },
      picker("month", (root) => typeOf(root) === "month"),
      picker("date"),
      {
        kind: "cascader",
        selector: ".ivu-cascader",
        field: input,
        readOnly: () => false,
        disabled: off,
        read: (root) => core.textOf(root.querySelector(".ivu-cascader-label")) || input(root).value,
        write: cascade,
      },
      drop.many(".ivu-select-multiple", { disabled: off }),
      drop.one(".ivu-select", { disabled: off, read: shown }),
      core.ticks("radio", ".ivu-radio-group", { item: ".ivu-radio-wrapper" }),
      core.ticks("checkbox-group", ".ivu-checkbox-group", { item: ".ivu-checkbox-wrapper" }),
      core.tickBox("checkbox", ".ivu-checkbox-wrapper", {
        on: (root) => Boolean(root.querySelector(".ivu-checkbox-checked")),
      }),
      core.tickBox("switch", ".ivu-switch", {
        on: (root) => root.matches(".ivu-switch-checked"),
        off: (root) => root.matches(".ivu-switch-disabled"),
      }),
      {
        kind: "upload",
        selector: ".ivu-upload",
        field: (root) => root.querySelector("input[type=file]"),
        readOnly: () => false,
        disabled: (root) =>
          Boolean(root.querySelector("input[type=file]:disabled,button:disabled") || root.__vue__?.itemDisabled),
        read: (root) => all(root, ".ivu-upload-list-file-finish > span").map(core.textOf),
      },
      core.typed("number", ".ivu-input-number"),
      core.typed("textarea", ".ivu-input-wrapper", { when: (root) => Boolean(root.querySelector("textarea")) }),
      core.typed("text", ".ivu-input-wrapper", { when: (root) => Boolean(root.querySelector("input.ivu-input")) }),
    ],
  };
};
