// layui: it hides the browser's own controls and draws others beside them; the hidden ones keep the true value, but only
// a press on what is drawn tells the page (its linked selects load on nothing else).
/** @param {Core} core @returns {Library} */
(core) => {
  const { all } = core;
  const drawn = (name) => (input) => input.nextElementSibling?.matches(name);
  const selectOf = (root) => root.parentElement.querySelector(":scope > select") || root.previousElementSibling;
  const list = (root) => root.querySelector("dl") || null;
  const texts = (root) => all(root, "dd[lay-value]:not([lay-value='']):not(.layui-select-tips)");
  const chosen = (select) => (select.value === "" ? "" : core.textOf(select.selectedOptions[0]));

  /** @type {Kind["write"]} */
  const pick = async (root, { accepted }) => {
    const [item, reason] = core.exactly(
      texts(root).filter((one) => !one.matches(".layui-disabled")),
      accepted,
    );
    if (reason) return reason;
    core.tap(root.querySelector(".layui-select-title"));
    await core.tick();
    core.tap(item);
    await core.tick();
    if (root.matches(".layui-form-selected")) core.fire(document.documentElement, "click");
    return null;
  };

  // -- ticks: the inputs of one question stand side by side, each followed by what is drawn for it ----------------------
  const inputs = (root, type) => all(root, `input[type=${type}]`);
  const face = (input) => input.nextElementSibling;
  const textFor = (input) => core.squeeze(input.title) || core.textOf(face(input));
  const block = (input) => input.closest(".layui-input-block,.layui-input-inline,.layui-inline") || input.parentElement;
  const question = (kind, type) => ({
    ...core.ticks(kind, `input[type=${type}]`, {
      item: `input[type=${type}]`,
      on: (input) => input.checked,
      off: (input) => input.disabled,
      text: textFor,
      press: face,
    }),
    when: (input) =>
      drawn(".layui-form-radio,.layui-form-checkbox")(input) &&
      (type === "radio" || inputs(block(input), type).length > 1),
    root: block,
    face: (root) => face(inputs(root, type)[0]),
  });
  const single = (kind, name) => ({
    ...core.tickBox(kind, "input[type=checkbox]", {
      on: (input) => input.checked,
      off: (input) => input.disabled,
      press: (input) => core.own(face(input)),
    }),
    when: drawn(name),
    face,
    label: kind === "checkbox" ? textFor : undefined,
  });

  // -- dates -------------------------------------------------------------------------------------------------------
  const heading = (panel) => () => core.heading(core.textOf(panel.querySelector(".laydate-set-ym")));
  const button = (panel, name) => () => {
    const one = panel.querySelector(`.laydate-${name}`);
    return one && core.there(one) ? one : null;
  };
  const turnTo = (panel, year, month) =>
    core.turn(
      heading(panel),
      {
        yearBack: button(panel, "prev-y"),
        yearOn: button(panel, "next-y"),
        monthBack: button(panel, "prev-m"),
        monthOn: button(panel, "next-m"),
      },
      [year, month],
    );
  /** @returns {Promise<Answer>} */
  const press = async (panel, iso) => {
    const [year, month, date] = core.dateParts(iso);
    if (!(await turnTo(panel, year, date ? month : 0))) return "no-such-option";
    const cell = date
      ? all(panel, `td[lay-ymd="${year}-${month}-${date}"]:not(.laydate-disabled)`)[0]
      : all(panel, `.laydate-month-list li[lay-ym="${month - 1}"]:not(.laydate-disabled)`)[0];
    if (!cell) return "no-such-option";
    core.tap(cell);
    await core.tick();
    return null;
  };
  const shut = async (popup, input) => {
    if (!(await core.closes(popup, input))) popup.remove();
  };
  /** @type {Kind["write"]} */
  const day = async (input, { value }) => {
    const popup = await core.opens(".layui-laydate", () => {
      input.focus({ preventScroll: true });
      core.tap(input);
    });
    if (!popup) return "not-taken";
    const reason = await press(popup.querySelector(".layui-laydate-main") || popup, value);
    const confirm = popup.isConnected && popup.querySelector(".laydate-btns-confirm");
    if (!reason && confirm) core.tap(confirm);
    await shut(popup, input);
    return reason;
  };
  /** @type {Kind["write"]} */
  const range = async (input, { value }) => {
    const popup = await core.opens(".layui-laydate", () => {
      input.focus({ preventScroll: true });
      core.tap(input);
    });
    if (!popup) return "not-taken";
    let reason = null;
    // The start is pressed on the left: pressed on the right it would be taken for the end of a stretch from there.
    for (const [end, iso] of value.entries()) {
      const [year, month] = core.dateParts(iso),
        sides = all(popup, ".layui-laydate-main");
      const holds = sides.find((side) => heading(side)().join() === [year, month].join());
      if (!reason) reason = await press(end ? holds || sides[sides.length - 1] : sides[0], iso);
    }
    const confirm = popup.isConnected && popup.querySelector(".laydate-btns-confirm");
    if (!reason && confirm) core.tap(confirm);
    await shut(popup, input);
    return reason;
  };
  // laydate leaves one mark on a box it serves; what kind of date it takes, only its own record of it tells.
  const settings = (input) =>
    window.layui?.laydate?.getInst?.(input.getAttribute("lay-key") || input.getAttribute("lay-id"))?.config || {};
  /** @returns {Kind} */
  const dated = (kind, when, write = day) => ({
    kind,
    selector: "input[lay-key]",
    when,
    readOnly: () => false,
    read: (input) => input.value,
    write,
  });

  return {
    name: "layui",
    items: [
      { root: ".layui-form-item > .layui-inline", label: ".layui-form-label", body: ".layui-input-inline" },
      { root: ".layui-form-item", label: ".layui-form-label", body: ".layui-input-block", error: ".layui-form-danger" },
    ],
    headings: ".layui-elem-field > legend,.layui-card-header,.layui-colla-title,.layui-layer-title,.layui-elem-quote",
    selected: ".layui-tab-title .layui-this",
    dialogs: ".layui-layer-page,.layui-layer-dialog",
    replaced: "select:has(+ .layui-form-select)",
    popups: ".layui-laydate,.layui-form-selected > dl",
    tables: [
      {
        root: ".layui-table-view",
        headers: (table) => all(table, ".layui-table-box > .layui-table-header th").map(core.textOf),
        rows: (table) => all(table, ".layui-table-main tbody tr"),
      },
    ],
    kinds: [
      core.uploadWindow("button.layui-btn,a.layui-btn", ".layui-layer-page"),
      {
        kind: "select",
        selector: ".layui-form-select",
        field: (root) => selectOf(root),
        readOnly: () => false,
        disabled: (root) =>
          selectOf(root)?.disabled ||
          Boolean(root.querySelector(".layui-disabled > .layui-input,.layui-select-disabled")),
        options: (root) => (list(root) ? texts(root).map(core.textOf) : null),
        read: (root) => chosen(selectOf(root)),
        write: pick,
      },
      question("radio", "radio"),
      single("switch", ".layui-form-switch"),
      question("checkbox-group", "checkbox"),
      single("checkbox", ".layui-form-checkbox"),
      {
        ...dated("date-range", (input) => Boolean(settings(input).range), range),
        read: (input) => input.value.match(/\d{4}\D\d{1,2}(\D\d{1,2}日?)?/g) || [],
      },
      dated("month", (input) => settings(input).type === "month"),
      dated("date"),
      {
        kind: "upload",
        selector: ".layui-upload-file",
        root: (input) => input.parentElement,
        field: (root) => root.querySelector(".layui-upload-file"),
        face: (root) => root.querySelector(".layui-upload-file").previousElementSibling || root,
        label: (root) =>
          core.nearbyText(root.querySelector(".layui-upload-file").previousElementSibling || root, false, true),
        readOnly: () => false,
        disabled: (root) => Boolean(root.querySelector(".layui-upload-file:disabled")),
        read: (root) => {
          const files = [...root.querySelector(".layui-upload-file").files].map((file) => file.name);
          return files.length
            ? files
            : all(root, ":scope > .layui-upload-file ~ :is(span,p),:scope > .layui-upload-list")
                .map(core.textOf)
                .filter(Boolean);
        },
      },
    ],
  };
};
