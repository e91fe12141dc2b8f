// TDesign (Vue). Its boxes are read-only until they open; a calendar's year and month stand in two small drop-downs, which
// belong to no form.
/** @param {Core} core @returns {Library} */
(core) => {
  const { all } = core;
  const input = (root) => root.querySelector("input");
  const off = (root) => Boolean(root.querySelector(".t-is-disabled,input:disabled")) || root.matches(".t-is-disabled");
  const on = (item) => item.matches(".t-is-checked");
  const isOff = (item) => item.matches(".t-is-disabled");
  const many = (root) => Boolean(root.querySelector(".t-tag-input"));
  const outside = (root) => !root.closest("[class*=t-date-picker__header]");
  const drop = core.dropDown({
    popup: ".t-select__dropdown",
    field: input,
    open: (root) => core.tap(root.querySelector(".t-input")),
    items: (menu) => all(menu, ".t-select-option"),
    off: isOff,
    query: (root) => (input(root).readOnly ? null : input(root)),
    busy: (root, menu) => Boolean(menu?.querySelector(".t-select__loading-tips") || root.querySelector(".t-loading")),
    chosen: (root) => all(root, ".t-tag").map(core.textOf),
  });
  return {
    name: "tdesign",
    items: [
      {
        root: ".t-form__item",
        label: ".t-form__label",
        body: ".t-form__controls",
        star: ".t-form__label--required",
        error: ".t-input__extra",
      },
    ],
    headings:
      ".t-card__title,.t-dialog__header-content,.t-drawer__header,.t-collapse-panel__header,.t-divider__inner-text",
    selected: ".t-tabs__nav-item.t-is-active,.t-steps-item--process .t-steps-item__title",
    dialogs: ".t-dialog__ctx,.t-drawer--open .t-drawer__content-wrapper",
    popups: ".t-popup",
    kinds: [
      core.columns({
        selector: ".t-cascader",
        popup: ".t-cascader__popup",
        column: ".t-cascader__menu",
        node: ".t-cascader__item",
        text: (node) => core.textOf(node.querySelector(".t-cascader__item-label") || node),
        press: (root) => root.querySelector(".t-input"),
        shown: (root) => input(root).value,
        off,
      }),
      ...core.calendarKinds({
        selector: ".t-date-picker",
        popup: ".t-date-picker__panel-container,.t-date-range-picker__panel-container",
        isMonth: (root) => /月份|month/i.test(input(root).placeholder),
        range: ".t-date-range-picker",
        off,
      }),
      drop.many(".t-select__wrap", { when: (root) => outside(root) && many(root), disabled: off }),
      drop.one(".t-select__wrap", { when: outside, disabled: off, read: (root) => input(root).value }),
      core.ticks("radio", ".t-radio-group", { item: ".t-radio,.t-radio-button", on, off: isOff }),
      core.ticks("checkbox-group", ".t-checkbox-group", { item: ".t-checkbox", on, off: isOff }),
      core.tickBox("checkbox", ".t-checkbox", { on, off: isOff }),
      core.tickBox("switch", ".t-switch", { on, off: isOff }),
      {
        kind: "upload",
        selector: ".t-upload",
        field: (root) => root.querySelector("input[type=file]"),
        readOnly: () => false,
        disabled: (root) => Boolean(root.querySelector("input[type=file]:disabled,button:disabled,.t-is-disabled")),
        read: (root) =>
          all(root, "[class*=t-upload__single-name],.t-upload__card-name,.t-upload__flow-table td:first-child").map(
            core.textOf,
          ),
      },
      core.typed("number", ".t-input-number", { disabled: off }),
      core.typed("textarea", ".t-textarea"),
      core.typed("text", ".t-input__wrap", { when: outside }),
    ],
  };
};
