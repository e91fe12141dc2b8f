// Semi Design (React). What a drop-down shows as chosen stands beside the box in which one searches; a month is chosen on two
// wheels, of years and of months.
/** @param {Core} core @returns {Library} */
(core) => {
  const { all } = core;
  const input = (root) => root.querySelector("input");
  const off = (root) =>
    root.matches("[class*=-disabled],[aria-disabled=true]") ||
    Boolean(root.querySelector("input:disabled,[class*=-disabled]"));
  const isOff = (item) => item.matches("[class*=-disabled]") || Boolean(item.querySelector("input:disabled"));
  const on = (item) => item.matches("[class*=-checked]") || Boolean(item.querySelector("input")?.checked);
  const shown = (root) => {
    const text = root.querySelector(
      ".semi-select-selection-text,.semi-cascader-selection > span,.semi-cascader-selection",
    );
    return text && !text.matches("[class*=placeholder]") && !text.querySelector("[class*=placeholder]")
      ? core.textOf(text)
      : "";
  };
  const drop = core.dropDown({
    popup: ".semi-select-option-list-wrapper",
    field: (root) => input(root) || root,
    open: (root) => core.tap(root),
    items: (menu) => all(menu, ".semi-select-option:not(.semi-select-option-empty)"),
    text: (item) => core.textOf(item.querySelector(".semi-select-option-text") || item),
    off: isOff,
    query: (root) => root.querySelector("input"),
    busy: (_, menu) => Boolean(menu?.querySelector(".semi-select-loading-wrapper,.semi-spin")),
    chosen: (root) => all(root, ".semi-tag-content").map(core.textOf),
  });
  const calendars = core.calendarKinds({
    selector: ".semi-datepicker",
    popup: ".semi-datepicker-container,.semi-popover .semi-datepicker",
    isMonth: (root) => /月份?|month/i.test(input(root)?.placeholder || ""),
    range: ".semi-datepicker:has(.semi-datepicker-range-input)",
    off,
  });
  const WHEEL = ".semi-scrolllist-item,.semi-scrolllist-list-outer";
  /** @type {Kind["write"]} */
  const month = async (root, { value }) => {
    const panel = await core.opens(".semi-popover .semi-datepicker,.semi-datepicker-container", () =>
      core.tap(input(root)),
    );
    if (!panel) return "not-taken";
    const wheels = all(panel, WHEEL).filter((one) => !one.parentElement.closest(WHEEL));
    let reason = null;
    for (const [at, number] of core.dateParts(value).entries()) {
      const item = all(wheels[at] || panel, "li").find((one) => Number.parseInt(core.textOf(one), 10) === number);
      if (!item) reason = "no-such-option";
      else core.tap(item);
      await core.tick();
    }
    await core.leaveCalendar(panel, input(root), !reason);
    return reason;
  };
  return {
    name: "semi-design",
    items: [
      {
        root: ".semi-form-field",
        label: ".semi-form-field-label",
        body: ".semi-form-field-main",
        star: ".semi-form-field-label-required",
        error: ".semi-form-field-error-message",
      },
    ],
    headings:
      ".semi-card-meta-title,.semi-card-header-wrapper-title,.semi-modal-title,.semi-sidesheet-title,.semi-form-section-text,.semi-collapse-header",
    selected: ".semi-tabs-tab-active,.semi-steps-item-process .semi-steps-item-title-text",
    dialogs: ".semi-modal,.semi-sidesheet-inner",
    popups: ".semi-portal:has(.semi-select-option-list-wrapper,.semi-datepicker,.semi-cascader-option-lists)",
    kinds: [
      core.columns({
        selector: ".semi-cascader",
        popup: ".semi-cascader-option-lists",
        column: ".semi-cascader-option-list",
        node: ".semi-cascader-option",
        text: (node) => core.textOf(node.querySelector(".semi-cascader-option-label") || node),
        press: (root) => root,
        shown,
        off,
      }),
      drop.many(".semi-select-multiple", { disabled: off }),
      drop.one(".semi-select", { disabled: off, read: shown }),
      calendars[0],
      { ...calendars[1], write: month },
      calendars[2],
      core.ticks("radio", ".semi-radioGroup", { item: ".semi-radio", on, off: isOff }),
      core.ticks("checkbox-group", ".semi-checkboxGroup", { item: ".semi-checkbox", on, off: isOff }),
      core.tickBox("checkbox", ".semi-checkbox", { on, off: isOff }),
      core.tickBox("switch", ".semi-switch", { on, off: isOff, press: (root) => input(root) || root }),
      {
        kind: "upload",
        selector: ".semi-upload",
        field: (root) => root.querySelector("input[type=file]"),
        readOnly: () => false,
        disabled: (root) => Boolean(root.querySelector("input[type=file]:disabled,button:disabled,[class*=-disabled]")),
        read: (root) => all(root, ".semi-upload-file-card-info-name").map(core.textOf),
      },
      core.typed("number", ".semi-input-number", { disabled: off }),
      core.typed("textarea", ".semi-input-textarea-wrapper", {
        disabled: (root) => Boolean(root.querySelector("textarea:disabled")),
      }),
      core.typed("text", ".semi-input-wrapper", { disabled: off }),
    ],
  };
};
