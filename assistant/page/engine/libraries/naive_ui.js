// Naive UI. Its drop-downs have no box unless one can search in them; a month is chosen in two columns, of years and of months.
/** @param {Core} core @returns {Library} */
(core) => {
  const { all } = core;
  const input = (root) => root.querySelector("input");
  const off = (root) =>
    root.matches("[class*=--disabled]") || Boolean(root.querySelector("[class*=--disabled],input:disabled"));
  const isOff = (item) => item.matches("[class*=--disabled]");
  const on = (item) => item.matches("[class*=--checked]");
  const shown = (root) =>
    core.textOf(root.querySelector(".n-base-selection-input__content,.n-base-selection-overlay__wrapper")) || "";
  const press = (root) => root.querySelector(".n-base-selection-label,.n-base-selection-tags") || root;
  const drop = core.dropDown({
    popup: ".n-base-select-menu",
    field: (root) => input(root) || press(root),
    open: (root) => core.tap(press(root)),
    items: (menu) => all(menu, ".n-base-select-option"),
    off: isOff,
    query: (root) => root.querySelector("input.n-base-selection-input,input.n-base-selection-input-tag__input"),
    busy: (root, menu) =>
      Boolean(menu?.querySelector(".n-base-select-menu__loading") || root.querySelector(".n-base-loading__container")),
    chosen: (root) => all(root, ".n-tag").map(core.textOf),
    scroller: (menu) => menu.querySelector(".v-vl"),
  });
  const isMonth = (root) => /月份?|month/i.test(input(root).placeholder);
  const parts = { selector: ".n-date-picker", popup: ".n-date-panel", isMonth, range: ".n-date-picker--range", off };
  const calendars = core.calendarKinds(parts);
  // The column of years holds only what is in view.
  const ITEM = ".n-date-panel-month-calendar__picker-col-item";
  const COLUMN = ".n-date-panel-month-calendar__picker-col";
  /** @type {Kind["write"]} */
  const month = async (root, { value }) => {
    const panel = await core.opens(".n-date-panel--month", () => core.tap(input(root)));
    if (!panel) return "not-taken";
    // Its years are drawn a moment later than it.
    const columnsIn = () =>
      all(panel, COLUMN).filter((one) => one.querySelector(ITEM) && !one.parentElement.closest(COLUMN));
    const columns = await core.until(() => (columnsIn().length === 2 ? columnsIn() : null), core.clock.taking);
    const reason = columns ? await pressEach(columns, core.dateParts(value)) : "not-taken";
    await core.leaveCalendar(panel, input(root), !reason);
    return reason;
  };
  /** @returns {Promise<Answer>} */
  const pressEach = async (columns, wanted) => {
    for (const [at, number] of wanted.entries()) {
      const find = () => all(columns[at], ITEM).find((one) => Number.parseInt(core.textOf(one), 10) === number);
      const first = columns[at].querySelector(ITEM),
        list = columns[at].querySelector(".v-vl");
      if (!find() && list) list.scrollTop += (number - Number.parseInt(core.textOf(first), 10)) * first.offsetHeight;
      const item = await core.until(find, core.clock.taking);
      if (!item || isOff(item)) return "no-such-option";
      core.tap(item);
      await core.tick();
    }
    return null;
  };
  return {
    name: "naive-ui",
    items: [
      {
        root: ".n-form-item",
        label: ".n-form-item-label",
        body: ".n-form-item-blank",
        star: ".n-form-item-label__asterisk",
        error: ".n-form-item-feedback--error",
      },
    ],
    headings:
      ".n-card-header__main,.n-collapse-item__header-main,.n-divider__title,.n-page-header__title,.n-drawer-header__main",
    selected: ".n-tabs-tab--active,.n-step--process-status .n-step-content-header__title",
    dialogs: ".n-dialog,.n-modal,.n-drawer",
    popups: ".n-base-select-menu,.n-cascader-menu,.n-date-panel",
    kinds: [
      core.columns({
        selector: ".n-cascader",
        popup: ".n-cascader-menu",
        column: ".n-cascader-submenu",
        node: ".n-cascader-option",
        text: (node) => core.textOf(node.querySelector(".n-cascader-option__label") || node),
        press,
        shown,
        off,
      }),
      drop.many(".n-select:has(.n-base-selection--multiple)", { disabled: off }),
      drop.one(".n-select", { disabled: off, read: shown }),
      calendars[0],
      { ...calendars[1], write: month },
      calendars[2],
      core.ticks("radio", ".n-radio-group", { item: ".n-radio,.n-radio-button", off: isOff }),
      core.ticks("checkbox-group", ".n-checkbox-group", { item: ".n-checkbox", on, off: isOff }),
      core.tickBox("checkbox", ".n-checkbox", { on, off: isOff }),
      core.tickBox("switch", ".n-switch", {
        on: (root) => root.getAttribute("aria-checked") === "true",
        off: isOff,
      }),
      {
        kind: "upload",
        selector: ".n-upload",
        field: (root) => root.querySelector("input[type=file]"),
        readOnly: () => false,
        disabled: (root) => Boolean(root.querySelector(".n-upload-trigger--disabled,button:disabled")),
        read: (root) =>
          all(
            root,
            ".n-upload-file--success-status .n-upload-file-info__name,.n-upload-file--finished-status .n-upload-file-info__name",
          ).map(core.textOf),
      },
      core.typed("number", ".n-input-number", { disabled: off }),
      core.typed("textarea", ".n-input--textarea", {
        disabled: (root) => Boolean(root.querySelector("textarea:disabled")),
      }),
      core.typed("text", ".n-input", { disabled: off }),
    ],
  };
};
