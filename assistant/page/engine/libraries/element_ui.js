// Element UI 2 (Vue 2). Its pop-ups move to the end of the page and the last one is still fading out when the next
// opens, so a pop-up is always found from its own control, never by being the visible one.
/** @param {Core} core @returns {Library} */
(core) => {
  const { all } = core;
  const inner = (root) => root.querySelector(".el-input__inner");
  const vue = (root) => root.__vue__ || {};

  // -- drop-downs ----------------------------------------------------------------------------------------------
  const listOf = (root) =>
    root.querySelector(".el-select-dropdown") || vue(root).$refs?.popper?.$el || vue(root).popperElm || null;
  const searchable = (root) => (root.__vue__ ? root.__vue__.filterable : !inner(root).readOnly);
  const drop = core.dropDown({
    popup: ".el-select-dropdown",
    menu: listOf,
    field: inner,
    open: (root) => core.tap(inner(root)),
    items: (menu) => all(menu, ".el-select-dropdown__item").filter((item) => item.style.display !== "none"),
    off: (item) => item.matches(".is-disabled"),
    query: (root) => (searchable(root) ? root.querySelector(".el-select__input") || inner(root) : null),
    busy: (root, menu) => vue(root).loading || menu?.querySelector(".el-select-dropdown__loading"),
    close: (root) => vue(root).handleClose?.(),
    chosen: (root, menu) =>
      menu ? all(menu, ".el-select-dropdown__item.selected").map(core.textOf) : all(root, ".el-tag").map(core.textOf),
  });
  // The text of a search box is no choice until one was made: the library's own selected label is asked first.
  const shown = (root) => {
    const { value, multiple, selectedLabel } = vue(root);
    if (!root.__vue__ || multiple) return inner(root).value;
    return value === "" || value == null ? "" : selectedLabel || inner(root).value;
  };
  // Only a list that comes from a server is asked for ahead.
  const ask = async (root, { accepted }) => {
    const menu = listOf(root),
      offered = menu ? all(menu, ".el-select-dropdown__item:not(.is-disabled)") : [];
    if (!menu || !vue(root).remote || core.exactly(offered, accepted)[0]) return false;
    core.own(menu);
    if (!core.seen(menu)) core.tap(inner(root));
    await core.until(() => core.seen(menu) || !inner(root).readOnly, core.clock.suggesting);
    core.enterText(root.querySelector(".el-select__input") || inner(root), accepted[0]);
    // What the library calls by itself, a third of a second after the last key.
    vue(root).onInputChange?.();
    return true;
  };

  // -- dates -----------------------------------------------------------------------------------------------------
  // The element of a date box belongs to the text box inside it; the picker that knows the format is that one's parent.
  const pickerOf = (root) => {
    let one = root.__vue__;
    while (one && !("pickerVisible" in one)) one = one.$parent;
    return one?.$el === root ? one : null;
  };
  const inFormat = (root, iso) =>
    core.spoken(iso, pickerOf(root)?.format || (iso.length === 7 ? "yyyy-MM" : "yyyy-MM-dd"));
  const type = async (field, text) => {
    core.enterText(field, text);
    await core.tick();
    core.fire(field, "change");
    await core.tick();
  };
  // A range is taken only once the focus is in neither of its two boxes.
  const leave = async (field) => {
    core.key(field, "Tab", 9);
    field.blur();
    await core.tick();
  };

  // In a shadow root a press counts as one beside the calendar and would close again what the focus has opened.
  const CALENDAR = ".el-picker-panel";
  const openCalendar = (root) =>
    core.opens(CALENDAR, async () => {
      const before = core.opened(CALENDAR).length;
      inner(root).focus({ preventScroll: true });
      if (!(await core.until(() => core.opened(CALENDAR).length > before, core.clock.closing / 5)))
        core.tap(inner(root));
    });
  // A date box that can't be typed into: its panel is turned to the year and month, then the day is pressed.
  /** @returns {Promise<Answer>} */
  const press = async (root, iso) => {
    const panel = await openCalendar(root);
    if (!panel) return "not-taken";
    const [year, month, day] = core.dateParts(iso);
    const shows = () =>
      core.heading(all(panel, ".el-date-picker__header-label").filter(core.there).map(core.textOf).join(" "));
    const button = (side, icon) => () => panel.querySelector(`.el-date-picker__${side}-btn.el-icon-${icon}`);
    const buttons = {
      yearBack: button("prev", "d-arrow-left"),
      yearOn: button("next", "d-arrow-right"),
      monthBack: button("prev", "arrow-left"),
      monthOn: button("next", "arrow-right"),
    };
    const turned = await core.turn(shows, buttons, [year, day ? month : 0]);
    const months = all(panel, ".el-month-table td"),
      days = all(panel, ".el-date-table td.available:not(.prev-month):not(.next-month)");
    const cell = day
      ? days.find((one) => Number(core.textOf(one)) === day)
      : months.length === 12
        ? months[month - 1]
        : null;
    const found = turned && cell && !cell.matches(".disabled") ? cell.querySelector("a") || cell : null;
    if (found) core.tap(found);
    await core.tick();
    if (!found) await core.closes(panel, inner(root));
    return found ? null : "no-such-option";
  };
  /** @type {Kind["write"]} */
  const writeDate = async (root, { value }) => {
    const field = inner(root);
    if (field.readOnly) return press(root, value);
    const text = inFormat(root, value);
    await type(field, text);
    await leave(field);
    return field.value === text ? null : "not-taken";
  };
  const ends = (root) => all(root, "input.el-range-input");
  const writeRange = async (root, { value }) => {
    for (const [index, iso] of value.entries()) await type(ends(root)[index], inFormat(root, iso));
    await leave(ends(root)[1]);
  };

  // A time out of a list: text that is typed there shows, and is not taken.
  const times = core.dropDown({
    popup: ".time-select",
    field: inner,
    open: (root) => {
      inner(root).focus({ preventScroll: true });
      core.tap(inner(root));
    },
    items: (menu) => all(menu, ".time-select-item"),
  });

  // -- cascaders ---------------------------------------------------------------------------------------------------
  /** @type {Kind["write"]} */
  const cascade = async (root, { accepted }) => {
    const popper = vue(root).$refs?.popper,
      popup =
        popper && core.seen(popper)
          ? core.own(popper)
          : await core.opens(".el-cascader__dropdown", () => core.tap(inner(root)));
    if (!popup) return "not-taken";
    const before = inner(root).value;
    const reason = await core.walk(accepted, {
      level: (depth) => {
        const menu = all(popup, ".el-cascader-menu")[depth];
        return menu && all(menu, ".el-cascader-node");
      },
      text: (node) => core.textOf(node.querySelector(".el-cascader-node__label") || node),
      off: (node) => node.matches(".is-disabled"),
      press: (node, last) => core.tap((last && node.querySelector(".el-radio__input")) || node),
    });
    // Whether the last one has anything below it may still be asked for; only then is it chosen.
    if (!reason) await core.until(() => inner(root).value !== before, core.clock.walking);
    if (core.seen(popup)) vue(root).toggleDropDownVisible?.(false);
    await core.closes(popup, inner(root));
    return reason;
  };

  // -- ticks -------------------------------------------------------------------------------------------------------
  const on = (label) => label.matches(".is-checked,.is-active") || Boolean(label.querySelector("input")?.checked);
  const off = (label) => label.matches(".is-disabled") || Boolean(label.querySelector("input")?.disabled);

  /** @returns {Kind} */
  const dated = (kind, selector) => ({
    kind,
    selector,
    field: inner,
    readOnly: () => false,
    read: (root) => inner(root).value,
    write: writeDate,
  });

  return {
    name: "element-ui",
    items: [
      {
        root: ".el-form-item",
        label: ".el-form-item__label",
        body: ".el-form-item__content",
        required: ".is-required",
        error: ".el-form-item__error",
      },
    ],
    headings:
      ".el-card__header,.el-collapse-item__header,.el-dialog__title,.el-divider__text,.el-page-header__content,.el-descriptions__title",
    selected: ".el-step__title.is-process",
    dialogs: ".el-dialog__wrapper,.el-message-box__wrapper",
    popups: ".el-select-dropdown,.el-picker-panel,.el-cascader__dropdown,.el-autocomplete-suggestion,.el-dropdown-menu",
    tables: [
      {
        root: ".el-table",
        headers: (table) =>
          all(table, ".el-table__header-wrapper th")
            .filter((cell) => !cell.classList.contains("gutter"))
            .map(core.textOf),
        rows: (table) => all(table, ".el-table__body-wrapper tbody tr.el-table__row"),
      },
    ],
    kinds: [
      core.uploadWindow(".el-button", ".el-dialog__wrapper,.el-overlay-dialog"),
      drop.many(".el-select", { when: (root) => Boolean(root.querySelector(".el-select__tags")) }),
      drop.one(".el-select", { read: shown, ask }),
      {
        kind: "date-range",
        selector: ".el-date-editor--daterange,.el-date-editor--monthrange",
        field: (root) => ends(root)[0],
        readOnly: () => false,
        read: (root) => ends(root).map((field) => field.value),
        write: writeRange,
      },
      times.one(".el-date-editor--time-select", { read: (root) => inner(root).value }),
      dated("month", ".el-date-editor--month"),
      dated("date", ".el-date-editor--date"),
      {
        kind: "cascader",
        selector: ".el-cascader",
        field: inner,
        readOnly: () => false,
        read: (root) => inner(root).value,
        write: cascade,
      },
      core.ticks("radio", ".el-radio-group", { item: ".el-radio,.el-radio-button", on, off }),
      core.ticks("checkbox-group", ".el-checkbox-group", { item: ".el-checkbox,.el-checkbox-button", on, off }),
      core.tickBox("checkbox", ".el-checkbox", { on, off }),
      core.tickBox("switch", ".el-switch", {
        on: (root) => root.matches(".is-checked"),
        off: (root) => root.matches(".is-disabled"),
        press: (root) => root.querySelector(".el-switch__core"),
      }),
      {
        kind: "upload",
        selector: ".el-upload",
        root: (trigger) => trigger.parentElement,
        field: (root) => root.querySelector("input[type=file]"),
        readOnly: () => false,
        // A disabled upload looks like any other in Element UI 2: only its component knows, and a button that is disabled with it.
        disabled: (root) =>
          Boolean(
            root.querySelector("input[type=file]:disabled,.el-upload.is-disabled,.el-upload button:disabled") ||
              root.querySelector(".el-upload").__vue__?.disabled,
          ),
        read: (root) => all(root, ".el-upload-list__item.is-success .el-upload-list__item-name").map(core.textOf),
      },
      core.typed("number", ".el-input-number"),
      core.typed("textarea", ".el-textarea"),
      core.typed("text", ".el-input,.el-autocomplete"),
    ],
  };
};
