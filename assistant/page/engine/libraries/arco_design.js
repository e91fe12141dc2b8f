// Arco Design (Vue). A text that is typed into a date box without a day being pressed is forgotten by its model, though the
// box may go on showing it.
/** @param {Core} core @returns {Library} */
(core) => {
  const { all } = core;
  const input = (root) => root.querySelector("input");
  const off = (root) => root.matches("[class*=-disabled]") || Boolean(root.querySelector("input:disabled"));
  const on = (item) => item.matches("[class*=-checked]");
  const isOff = (item) => item.matches("[class*=-disabled]");
  const view = (root) => core.textOf(root.querySelector(".arco-select-view-value:not(.arco-select-view-value-hidden)"));
  const shown = (root) => view(root) || (root.querySelector("input[readonly]")?.value ?? "");
  const drop = core.dropDown({
    popup: ".arco-trigger-popup:has(.arco-select-dropdown)",
    field: input,
    open: (root) => core.tap(root),
    items: (menu) => all(menu, ".arco-select-option"),
    off: isOff,
    query: (root) => (input(root).readOnly ? null : input(root)),
    busy: (root, menu) =>
      Boolean(root.querySelector(".arco-icon-loading") || menu?.querySelector(".arco-spin-loading")),
    chosen: (root) => all(root, ".arco-tag").map(core.textOf),
    scroller: (menu) => menu.querySelector(".arco-virtual-list,.arco-select-dropdown-list-wrapper"),
  });
  const isCascader = (root) => !root.matches(".arco-select");
  return {
    name: "arco-design",
    items: [
      {
        root: ".arco-form-item",
        label: ".arco-form-item-label",
        body: ".arco-form-item-wrapper-col",
        star: ".arco-form-item-label-required-symbol",
        error: ".arco-form-item-message",
      },
    ],
    headings:
      ".arco-card-header-title,.arco-modal-title,.arco-drawer-title,.arco-collapse-item-header-title,.arco-divider-text",
    selected: ".arco-tabs-tab-active,.arco-steps-item-process .arco-steps-item-title",
    dialogs: ".arco-modal,.arco-drawer",
    popups: ".arco-trigger-popup",
    kinds: [
      {
        ...core.columns({
          selector: ".arco-select-view-single",
          popup: ".arco-trigger-popup:has(.arco-cascader-panel)",
          column: ".arco-cascader-panel-column",
          node: ".arco-cascader-option",
          text: (node) => core.textOf(node.querySelector(".arco-cascader-option-label") || node),
          press: (root) => root,
          shown,
          off,
        }),
        when: isCascader,
      },
      ...core.calendarKinds({
        selector: ".arco-picker",
        popup: ".arco-trigger-popup:has(.arco-picker-container,[class*=arco-panel])",
        isMonth: (root) => /月份|month/i.test(input(root).placeholder),
        range: ".arco-picker-range",
        off,
      }),
      drop.many(".arco-select-view-multiple", { disabled: off }),
      drop.one(".arco-select-view-single", { disabled: off, read: shown }),
      core.ticks("radio", ".arco-radio-group", { item: ".arco-radio,.arco-radio-button", off: isOff }),
      core.ticks("checkbox-group", ".arco-checkbox-group", { item: ".arco-checkbox", on, off: isOff }),
      core.tickBox("checkbox", ".arco-checkbox", { on, off: isOff }),
      core.tickBox("switch", ".arco-switch", {
        on: (root) => root.getAttribute("aria-checked") === "true",
        off: (root) => root.disabled || isOff(root),
      }),
      {
        kind: "upload",
        selector: ".arco-upload-wrapper",
        field: (root) => root.querySelector("input[type=file]"),
        readOnly: () => false,
        disabled: (root) =>
          Boolean(root.querySelector("input[type=file]:disabled,.arco-upload-disabled,button:disabled")),
        read: (root) =>
          all(
            root,
            ".arco-upload-list-item-done .arco-upload-list-item-name-text,.arco-upload-list-item-done .arco-upload-list-item-name-link",
          ).map(core.textOf),
      },
      // It takes over what is typed only from real keys: left to the person.
      core.typed("number", ".arco-input-number", { disabled: off, picks: true, write: () => "unsupported" }),
      core.typed("textarea", ".arco-textarea-wrapper", {
        disabled: (root) => Boolean(root.querySelector("textarea:disabled")),
      }),
      core.typed("text", ".arco-input-wrapper", { disabled: off }),
    ],
  };
};
