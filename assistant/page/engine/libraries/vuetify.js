// Vuetify 3. A control's label floats in it and is tied to the box inside; what was chosen stands beside that box.
/** @param {Core} core @returns {Library} */
(core) => {
  const { all } = core;
  const input = (root) => root.querySelector("input,textarea");
  const off = (root) =>
    root.matches(".v-input--disabled") || Boolean(root.querySelector(".v-input--disabled,input:disabled"));
  const shown = (root) =>
    core.textOf(root.querySelector(".v-select__selection,.v-autocomplete__selection,.v-combobox__selection"));
  const texts = (root) =>
    all(root, ".v-select__selection,.v-autocomplete__selection,.v-combobox__selection").map((one) =>
      core.textOf(one).replace(/[,，]$/, ""),
    );
  const label = (root) =>
    core.textOf(root.querySelector(".v-field-label:not(.v-field-label--floating)") || root.querySelector(".v-label"));
  const drop = core.dropDown({
    popup: ".v-select__content,.v-autocomplete__content,.v-combobox__content",
    field: input,
    open: (root) => core.tap(root.querySelector(".v-field")),
    items: (menu) =>
      // Options stand behind the room that is kept for those above; the line that says there is none, before it.
      all(menu, ".v-virtual-scroll__spacer ~ .v-list-item").filter((one) => one.querySelector(".v-list-item-title")),
    text: (item) => core.textOf(item.querySelector(".v-list-item-title") || item),
    off: (item) => item.matches(".v-list-item--disabled"),
    query: (root) => (root.matches(".v-autocomplete,.v-combobox") ? input(root) : null),
    busy: (root) => Boolean(root.querySelector(".v-field--loading,.v-input--loading .v-progress-linear--active")),
    chosen: texts,
    scroller: (menu) => menu.querySelector(".v-virtual-scroll,.v-list"),
  });
  // Its years stand in a list of their own, behind a button beside the month.
  const toYear = async (calendar, year) => {
    const button = calendar.querySelector(".v-date-picker-controls__mode-btn"),
      item = () => all(calendar, ".v-date-picker-years__content button").find((one) => core.textOf(one) === year);
    if (!button || core.textOf(calendar.querySelector(".v-date-picker-controls")).includes(year)) return;
    core.tap(button);
    const found = await core.until(item, core.clock.taking);
    core.tap(found || button);
    await core.until(() => calendar.querySelector(".v-date-picker-month"), core.clock.taking);
  };
  const LISTS = ".v-select,.v-autocomplete,.v-combobox";
  const many = (root) => root.matches("[class*=--multiple]") || Boolean(root.querySelector("[class*=--multiple]"));
  const named = (more) => ({ silent: true, label, disabled: off, ...more });
  const boxed = (root) => Boolean(input(root));
  return {
    name: "vuetify",
    items: [{ root: ".v-input", label: ".v-label", required: ".v-input--required", error: ".v-messages__message" }],
    headings: ".v-card-title,.v-toolbar-title,.v-expansion-panel-title,.v-list-subheader",
    selected: ".v-tab--selected,.v-stepper-item--selected .v-stepper-item__title",
    dialogs: ".v-dialog .v-overlay__content,.v-navigation-drawer--temporary.v-navigation-drawer--active",
    popups: ".v-menu .v-overlay__content",
    kinds: [
      drop.many(LISTS, named({ when: many })),
      drop.one(LISTS, named({ read: shown })),
      ...core
        .calendarKinds({
          selector: ".v-date-input",
          popup: ".v-menu .v-overlay__content:has(.v-date-picker)",
          toYear,
          off,
        })
        .filter((kind) => kind.kind === "date")
        .map((kind) => ({ ...kind, ...named({}) })),
      core.ticks("radio", ".v-radio-group", {
        item: ".v-radio",
        off: (item) => item.matches(".v-selection-control--disabled"),
        press: (item) => input(item),
        text: (item) => core.textOf(item.querySelector("label")),
        label: (root) => core.textOf(root.querySelector(".v-label")),
      }),
      core.tickBox("switch", ".v-switch", {
        off,
        press: input,
        label: (root) => core.textOf(root.querySelector(".v-label")),
      }),
      {
        kind: "upload",
        selector: ".v-file-input",
        field: (root) => root.querySelector("input[type=file]"),
        readOnly: () => false,
        label,
        disabled: off,
        read: (root) => [...root.querySelector("input[type=file]").files].map((file) => file.name),
      },
      core.typed("number", ".v-number-input", named({ when: boxed })),
      core.typed("textarea", ".v-textarea", named({ field: (root) => root.querySelector("textarea") })),
      core.typed("text", ".v-text-field:not(.v-date-input)", named({ when: boxed })),
    ],
  };
};
