// Ant Design: React's (antd 4 and 5) and Vue's (ant-design-vue 2 to 4), which wear the same markup. Options are not on
// the page before the first opening and long lists hold only what is in view; a date counts only once its cell is pressed.
/** @param {Core} core @returns {Library} */
(core) => {
  const { all } = core;
  const input = (root) => root.querySelector("input");
  const off = (root) => root.matches("[class*=-disabled]") || Boolean(root.querySelector("input:disabled"));
  const popupOf = (root) => {
    const id = input(root)?.getAttribute("aria-controls") || input(root)?.getAttribute("aria-owns"),
      list = id && document.getElementById(id);
    return list?.closest(".ant-select-dropdown") || null;
  };
  // The text behind an option: the list that screen readers use holds values, not texts, and is left alone.
  const drop = core.dropDown({
    popup: ".ant-select-dropdown",
    menu: popupOf,
    lazy: true,
    field: input,
    open: (root) => {
      input(root).focus({ preventScroll: true });
      core.tap(root.querySelector(".ant-select-selector"));
    },
    items: (menu) => all(menu, ".ant-select-item-option"),
    text: (item) => core.textOf(item.querySelector(".ant-select-item-option-content") || item),
    query: (root) => (root.matches(".ant-select-show-search,.ant-select-multiple") ? input(root) : null),
    busy: (root) => Boolean(root.querySelector(".anticon-loading")),
    scroller: (menu) => menu.querySelector(".rc-virtual-list-holder"),
    chosen: (root, menu) => {
      const tags = all(root, ".ant-select-selection-item").map((tag) =>
        core.textOf(tag.querySelector(".ant-select-selection-item-content") || tag),
      );
      // Where the box counts the rest of them only, the open list tells which.
      if (!root.querySelector(".ant-select-selection-overflow-item-rest .ant-select-selection-item")) return tags;
      const on = menu && core.seen(menu) ? all(menu, ".ant-select-item-option-selected").map(core.textOf) : [];
      return on.length ? on : core.heldBy(root) || tags;
    },
  });
  const shown = (root) => core.textOf(root.querySelector(".ant-select-selection-item"));

  /** @type {Kind["write"]} */
  const suggest = async (root, { value }) => {
    const field = core.fieldOf(root);
    core.enterText(field, value);
    await core.tick();
    field.blur();
    await core.tick();
  };

  // -- dates -----------------------------------------------------------------------------------------------------
  const turnButtons = (panel) => {
    const button = (name) => () => panel.querySelector(`.ant-picker-header-${name}-btn`);
    return {
      yearBack: button("super-prev"),
      yearOn: button("super-next"),
      monthBack: button("prev"),
      monthOn: button("next"),
    };
  };
  const cellOf = (popup, iso) =>
    all(popup, `td.ant-picker-cell-in-view[title="${iso}"]:not(.ant-picker-cell-disabled)`)[0] || null;
  /** @returns {Promise<Answer>} */
  const press = async (popup, iso) => {
    const [year, month, day] = core.dateParts(iso);
    const panel = popup.querySelector(".ant-picker-panel");
    const shows = () => core.heading(core.textOf(panel.querySelector(".ant-picker-header-view")));
    if (!cellOf(popup, iso) && !(await core.turn(shows, turnButtons(panel), [year, day ? month : 0])))
      return "no-such-option";
    const cell = cellOf(popup, iso);
    if (!cell) return "no-such-option";
    core.tap(cell.querySelector(".ant-picker-cell-inner") || cell);
    await core.tick();
    return null;
  };
  const openPicker = (field) =>
    core.opens(".ant-picker-dropdown", () => {
      field.focus({ preventScroll: true });
      core.tap(field);
    });
  /** @type {Kind["write"]} */
  const day = async (root, { value }) => {
    const popup = await openPicker(input(root));
    if (!popup) return "not-taken";
    const reason = await press(popup, value);
    await core.closes(popup, input(root));
    return reason;
  };
  // A time of day is pressed column by column; before its last button nothing of it counts.
  /** @type {Kind["write"]} */
  const clock = async (root, { value }) => {
    const popup = await openPicker(input(root));
    if (!popup) return "not-taken";
    const columns = all(popup, ".ant-picker-time-panel-column"),
      parts = value.split(":");
    /** @type {Answer} */
    let reason = columns.length === parts.length ? null : "no-such-option";
    for (const [at, part] of parts.entries()) {
      if (reason) break;
      const [cell, why] = core.exactly(
        all(columns[at], "li:not(.ant-picker-time-panel-cell-disabled)").filter(core.there),
        [part],
      );
      if (cell) core.tap(cell.querySelector(".ant-picker-time-panel-cell-inner") || cell);
      reason = why;
      await core.tick();
    }
    const done = popup.querySelector(".ant-picker-ok button");
    if (!reason && done) core.tap(done);
    await core.closes(popup, input(root));
    return reason;
  };
  const timely = (root) => Boolean(root.querySelector(".anticon-clock-circle"));
  /** @type {Kind["write"]} */
  const range = async (root, { value }) => {
    const fields = all(root, "input");
    const popup = await openPicker(fields[0]);
    if (!popup) return "not-taken";
    let reason = await press(popup, value[0]);
    await core.until(
      () => document.activeElement === fields[1] || fields[1].getRootNode().activeElement === fields[1],
      core.clock.taking,
    );
    await core.until(() => core.seen(popup) && popup.querySelector(".ant-picker-panel"), core.clock.taking);
    if (!reason) reason = await press(popup, value[1]);
    await core.closes(popup, fields[1]);
    return reason;
  };

  // -- cascaders and trees -------------------------------------------------------------------------------------------
  const open = (root) =>
    core.opens(".ant-select-dropdown,.ant-cascader-dropdown", () => {
      input(root)?.focus({ preventScroll: true });
      core.tap(root.querySelector(".ant-select-selector"));
    });
  const depthOf = (node) => node.querySelectorAll(".ant-select-tree-indent-unit").length;
  /** @type {Kind["write"]} */
  const tree = async (root, { accepted }) => {
    const popup = await open(root);
    if (!popup) return "not-taken";
    const below = (above) => {
      const nodes = all(popup, ".ant-select-tree-treenode:not([aria-hidden=true])"),
        from = above ? nodes.indexOf(above) + 1 : 0,
        deep = above ? depthOf(above) + 1 : 0;
      const rest = nodes.slice(from),
        end = rest.findIndex((node) => depthOf(node) < deep);
      return rest.slice(0, end < 0 ? rest.length : end).filter((node) => depthOf(node) === deep);
    };
    const reason = await core.walk(accepted, {
      level: (_, above) => below(above),
      text: (node) => core.textOf(node.querySelector(".ant-select-tree-title")),
      press: async (node, last) => {
        if (last) core.tap(node.querySelector(".ant-select-tree-node-content-wrapper"));
        else if (node.querySelector(".ant-select-tree-switcher_close")) {
          core.tap(node.querySelector(".ant-select-tree-switcher"));
          await core.until(() => below(node).length);
        }
      },
    });
    await core.closes(popup, input(root));
    return reason;
  };

  /** @returns {Kind} */
  const picker = (kind, selector, more) => ({
    kind,
    selector,
    field: input,
    readOnly: () => false,
    disabled: off,
    read: (root) => input(root).value,
    write: day,
    ...more,
  });
  // What kind of day a picker takes is in its placeholder, or known to the component alone that drew it.
  const drawnAs = (root) => {
    const fiber = root[Object.keys(root).find((name) => name.startsWith("__reactFiber$"))];
    for (let at = root.__vueParentComponent, seen = 0; at && seen < 5; at = at.parent, seen++)
      if (at.props?.picker) return at.props.picker;
    for (let at = fiber, seen = 0; at && seen < 8; at = at.return, seen++)
      if (at.memoizedProps?.picker) return at.memoizedProps.picker;
    return "";
  };
  const monthly = (root) => /月份|年月|month/i.test(input(root).placeholder) || drawnAs(root) === "month";
  return {
    name: "ant-design",
    items: [
      {
        root: ".ant-form-item",
        label: ".ant-form-item-label",
        body: ".ant-form-item-control",
        required: ".ant-form-item-required",
        star: ".ant-form-item-required",
        error: ".ant-form-item-explain-error",
      },
    ],
    headings:
      ".ant-card-head-title,.ant-collapse-header-text,.ant-modal-title,.ant-drawer-title,.ant-divider-inner-text,.ant-page-header-heading-title,.ant-descriptions-title",
    selected: ".ant-steps-item-active .ant-steps-item-title,.ant-tabs-tab-active .ant-tabs-tab-btn",
    dialogs: ".ant-modal-wrap,.ant-drawer-open .ant-drawer-content-wrapper",
    popups: ".ant-select-dropdown,.ant-picker-dropdown,.ant-cascader-dropdown",
    tables: [
      {
        root: ".ant-table-wrapper",
        headers: (table) => all(table, ".ant-table-thead th:not(.ant-table-cell-scrollbar)").map(core.textOf),
        rows: (table) => all(table, ".ant-table-tbody tr.ant-table-row"),
      },
    ],
    kinds: [
      core.uploadWindow(".ant-btn", ".ant-modal-wrap"),
      core.columns({
        selector: ".ant-cascader.ant-select,.ant-cascader-picker.ant-select",
        popup: ".ant-select-dropdown,.ant-cascader-dropdown",
        column: ".ant-cascader-menu",
        node: ".ant-cascader-menu-item",
        text: (node) => core.textOf(node.querySelector(".ant-cascader-menu-item-content") || node),
        press: (root) => {
          input(root)?.focus({ preventScroll: true });
          return root.querySelector(".ant-select-selector");
        },
        shown,
        off,
      }),
      {
        kind: "cascader",
        selector: ".ant-tree-select",
        field: input,
        readOnly: () => false,
        disabled: off,
        read: shown,
        write: tree,
      },
      drop.many(".ant-select-multiple", { disabled: off }),
      drop.one(".ant-select", {
        when: (root) =>
          Boolean(root.querySelector(".ant-select-selector")) && !root.matches(".ant-select-auto-complete"),
        disabled: off,
        read: shown,
      }),
      // What is typed is the answer; its list only helps.
      core.typed("text", ".ant-select-auto-complete", { disabled: off, write: suggest }),
      {
        kind: "date-range",
        selector: ".ant-picker-range",
        field: input,
        readOnly: () => false,
        disabled: off,
        read: (root) => all(root, "input").map((field) => field.value),
        write: range,
      },
      picker("text", ".ant-picker", { when: timely, write: clock }),
      picker("month", ".ant-picker", { when: monthly }),
      picker("date", ".ant-picker"),
      core.ticks("radio", ".ant-radio-group", { item: ".ant-radio-wrapper,.ant-radio-button-wrapper" }),
      core.ticks("checkbox-group", ".ant-checkbox-group", { item: ".ant-checkbox-wrapper" }),
      core.tickBox("checkbox", ".ant-checkbox-wrapper"),
      core.tickBox("switch", ".ant-switch", {
        on: (root) => root.getAttribute("aria-checked") === "true",
        off: (root) => root.disabled || root.matches(".ant-switch-disabled"),
      }),
      {
        kind: "upload",
        selector: ".ant-upload input[type=file]",
        root: (field) => field.closest(".ant-upload-wrapper") || field.closest(".ant-upload").parentElement,
        field: (root) => root.querySelector("input[type=file]"),
        readOnly: () => false,
        disabled: (root) => Boolean(root.querySelector("input[type=file]:disabled,.ant-upload-disabled")),
        read: (root) =>
          all(
            root,
            ".ant-upload-list-item-done .ant-upload-list-item-name,.ant-upload-list-item-success .ant-upload-list-item-name",
          ).map(core.textOf),
      },
      core.typed("number", ".ant-input-number"),
      core.typed("textarea", "textarea.ant-input"),
      core.typed("text", ".ant-input-affix-wrapper,input.ant-input"),
    ],
  };
};
