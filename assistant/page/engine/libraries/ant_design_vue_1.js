// Ant Design Vue 1 (Vue 2): the same names as its successors on older markup, so it is asked before them and claims only
// what has its own parts. Its date boxes are typed into through a second box inside their pop-up.
/** @param {Core} core @returns {Library} */
(core) => {
  const { all } = core;
  const input = (root) => root.querySelector("input");
  const off = (root) => root.matches("[class*=-disabled]") || Boolean(root.querySelector("input:disabled"));
  const face = (root) => root.querySelector(".ant-select-selection");
  const popupOf = (root) => {
    const id = face(root)?.getAttribute("aria-controls"),
      list = id && document.getElementById(id);
    return list?.closest(".ant-select-dropdown") || list?.querySelector(".ant-select-dropdown") || null;
  };
  const drop = core.dropDown({
    popup: ".ant-select-dropdown",
    menu: popupOf,
    lazy: true,
    field: (root) => root.querySelector(".ant-select-search__field") || face(root),
    open: (root) => {
      face(root).focus({ preventScroll: true });
      core.tap(face(root));
    },
    items: (menu) => all(menu, "li.ant-select-dropdown-menu-item"),
    query: (root) => root.querySelector(".ant-select-search__field"),
    busy: (root) => Boolean(root.querySelector(".anticon-loading")),
    chosen: (root) =>
      all(root, ".ant-select-selection__choice").map((tag) =>
        core.textOf(tag.querySelector(".ant-select-selection__choice__content") || tag),
      ),
  });
  const shown = (root) => core.textOf(root.querySelector(".ant-select-selection-selected-value"));
  const selectOff = (root) => root.matches(".ant-select-disabled");

  // -- dates -----------------------------------------------------------------------------------------------------
  const openCalendar = (field) => core.opens(".ant-calendar-picker-container", () => core.tap(field));
  const shows = (panel) => () =>
    core.heading(
      ["year", "month"]
        .map((part) =>
          core.textOf(panel.querySelector(`.ant-calendar-${part}-select,.ant-calendar-month-panel-${part}-select`)),
        )
        .join(" "),
    );
  const buttons = (panel) => {
    const button =
      (...names) =>
      () =>
        names
          .map((name) => panel.querySelector(`.ant-calendar-${name}-btn,.ant-calendar-month-panel-${name}-btn`))
          .find(Boolean);
    return {
      yearBack: button("prev-year"),
      yearOn: button("next-year"),
      monthBack: button("prev-month"),
      monthOn: button("next-month"),
    };
  };
  /** @returns {Promise<Answer>} */
  const press = async (panel, iso) => {
    const [year, month, date] = core.dateParts(iso);
    if (!(await core.turn(shows(panel), buttons(panel), [year, date ? month : 0]))) return "no-such-option";
    const cells = date
      ? all(
          panel,
          "td.ant-calendar-cell:not(.ant-calendar-last-month-cell):not(.ant-calendar-next-month-btn-day):not(.ant-calendar-next-month-cell)",
        )
      : all(panel, "td.ant-calendar-month-panel-cell");
    const cell = date
      ? cells.find((one) => Number(core.textOf(one)) === date)
      : cells.length === 12
        ? cells[month - 1]
        : null;
    if (!cell || cell.matches("[class*=disabled]")) return "no-such-option";
    core.tap(date ? cell : cell.querySelector("a") || cell);
    await core.tick();
    return null;
  };
  /** @type {Kind["write"]} */
  const day = async (root, { value }) => {
    const popup = await openCalendar(input(root));
    if (!popup) return "not-taken";
    const reason = await press(popup, value);
    await core.closes(popup, input(root));
    return reason;
  };
  // Each end is pressed in the left month, whichever month the right one shows.
  /** @type {Kind["write"]} */
  const range = async (root, { value }) => {
    const popup = await openCalendar(root.querySelector(".ant-calendar-picker-input"));
    if (!popup) return "not-taken";
    let reason = null;
    for (const iso of value) {
      const [year, month] = core.dateParts(iso),
        left = popup.querySelector(".ant-calendar-range-left"),
        right = popup.querySelector(".ant-calendar-range-right");
      const holds = (panel) => shows(panel)().join() === [year, month].join();
      if (!reason) reason = await press(holds(right) ? right : (await turnRange(popup, [year, month])) || left, iso);
    }
    await core.closes(popup, popup.querySelector("input"));
    return reason;
  };
  // The two months push each other, so the one that lies nearer in the direction is turned.
  const turnRange = async (popup, [year, month]) => {
    const left = popup.querySelector(".ant-calendar-range-left"),
      right = popup.querySelector(".ant-calendar-range-right");
    const [y, m] = shows(left)(),
      side = y > year || (y === year && m > month) ? left : right;
    await core.turn(shows(side), buttons(side), [year, month]);
    return side;
  };

  /** @returns {Kind} */
  const picker = (kind, when) => ({
    kind,
    selector: ".ant-calendar-picker",
    when,
    field: input,
    readOnly: () => false,
    disabled: off,
    read: (root) => input(root).value,
    write: day,
  });
  return {
    name: "ant-design-vue-1",
    popups: ".ant-select-dropdown,.ant-calendar-picker-container,.ant-cascader-menus",
    kinds: [
      drop.many(".ant-select", {
        when: (root) => Boolean(root.querySelector(".ant-select-selection--multiple")),
        disabled: selectOff,
      }),
      drop.one(".ant-select", {
        when: (root) => Boolean(root.querySelector(".ant-select-selection--single")),
        disabled: selectOff,
        read: shown,
      }),
      {
        kind: "date-range",
        selector: ".ant-calendar-picker",
        when: (root) => Boolean(root.querySelector(".ant-calendar-range-picker-input")),
        field: input,
        readOnly: () => false,
        disabled: off,
        read: (root) => all(root, ".ant-calendar-range-picker-input").map((field) => field.value),
        write: range,
      },
      picker(
        "month",
        (root) => root.__vue__?.$options.name === "AMonthPicker" || /月份|month/i.test(input(root).placeholder),
      ),
      picker("date"),
      core.columns({
        selector: ".ant-cascader-picker",
        popup: ".ant-cascader-menus",
        column: ".ant-cascader-menu",
        node: ".ant-cascader-menu-item",
        press: (root) => root.querySelector(".ant-cascader-picker-label") || input(root),
        shown: (root) => core.textOf(root.querySelector(".ant-cascader-picker-label")),
        off: (root) => root.matches(".ant-cascader-picker-disabled"),
      }),
      {
        kind: "upload",
        selector: ".ant-upload-select input[type=file]",
        when: (field) =>
          !field.closest(".ant-upload-wrapper") &&
          Boolean(field.closest(".ant-upload-select")?.parentElement.querySelector(":scope > .ant-upload-list")),
        root: (field) => field.closest(".ant-upload-select").parentElement,
        field: (root) => root.querySelector("input[type=file]"),
        readOnly: () => false,
        disabled: (root) => Boolean(root.querySelector("input[type=file]:disabled,.ant-upload-disabled")),
        read: (root) =>
          all(
            root,
            ".ant-upload-list-item-done .ant-upload-list-item-name,.ant-upload-list-item-success .ant-upload-list-item-name",
          ).map(core.textOf),
      },
    ],
  };
};
