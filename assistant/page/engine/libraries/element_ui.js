// Element UI 2 (Vue 2). Its pop-ups move to the end of the page and the last one is still fading out when the next
// opens, so a pop-up is always found from its own control, never by being the visible one.
(core) => {
  const inner = (root) => root.querySelector(".el-input__inner");
  const choices = (root, selector) => [...root.querySelectorAll(selector)];
  const opened = (selector) =>
    core.everywhere(document, selector).filter((popup) => core.visible(popup) && !core.leaving(popup));

  const CALENDAR = ".el-picker-panel";

  // Opens a control's pop-up and answers with the one that was not there before.
  const open = async (root, selector, trigger) => {
    const before = new Set(opened(selector));
    const appeared = () => opened(selector).find((one) => !before.has(one));
    inner(root).focus({ preventScroll: true });
    await core.tick();
    // In a shadow root a press counts as one outside and would close again what the focus has opened: only dates open so.
    if (!(await core.until(appeared, selector === CALENDAR ? 60 : 0))) core.tap(trigger || inner(root));
    return core.own(await core.until(appeared, 2000));
  };
  const _close = (root) => {
    core.key(inner(root), "Tab", 9);
    inner(root).blur();
  };

  // -- drop-downs ----------------------------------------------------------------------------------------------
  const menuOf = (root) =>
    core.own(
      root.querySelector(".el-select-dropdown") || root.__vue__?.$refs?.popper?.$el || root.__vue__?.popperElm || null,
    );
  const items = (menu) =>
    choices(menu, ".el-select-dropdown__item").filter(
      (item) => !item.classList.contains("is-disabled") && item.style.display !== "none",
    );
  const searchable = (root) => Boolean(root.__vue__ ? root.__vue__.filterable : !inner(root).readOnly);

  const busy = (root, menu) =>
    Boolean(root.__vue__?.loading) || Boolean(menu.querySelector(".el-select-dropdown__loading"));
  const query = async (root, menu, text) => {
    if (!core.visible(menu)) {
      core.tap(inner(root));
      await core.until(() => core.visible(menu) || !inner(root).readOnly, 1000);
    }
    core.enterText(root.querySelector(".el-select__input") || inner(root), text);
    // What the library calls by itself, a third of a second after the last key.
    root.__vue__?.onInputChange?.();
  };

  // Only a list that comes from a server is asked for ahead.
  const ask = async (root, { accepted }) => {
    const menu = menuOf(root);
    if (!menu || !root.__vue__?.remote || core.exactly(items(menu), accepted)[0]) return false;
    await query(root, menu, accepted[0]);
    return true;
  };

  const search = async (root, menu, accepted) => {
    for (const text of accepted) {
      await query(root, menu, text);
      let quiet = performance.now(),
        seen = "";
      const hit = await core.until(() => {
        const list = items(menu),
          now = busy(root, menu) + list.map(core.textOf).join("|");
        if (now !== seen) {
          seen = now;
          quiet = performance.now();
        }
        if (!busy(root, menu) && core.exactly(list, accepted)[0]) return "found";
        return !busy(root, menu) && performance.now() - quiet > 1500 ? "none" : null;
      }, 12000);
      if (hit === "found") return null;
    }
    return "no-such-option";
  };

  const pick = async (root, { accepted }) => {
    let menu = menuOf(root);
    if (!menu) menu = await open(root, ".el-select-dropdown");
    if (!menu) return "not-taken";
    await core.until(() => !busy(root, menu), 8000);
    let [item, reason] = core.exactly(items(menu), accepted);
    if (reason === "no-such-option" && searchable(root)) {
      reason = await search(root, menu, accepted);
      if (!reason) [item, reason] = core.exactly(items(menu), accepted);
    }
    if (!reason) core.tap(item);
    await core.tick();
    if (core.visible(menu) && !core.leaving(menu)) {
      core.key(inner(root), "Escape", 27);
      inner(root).blur();
      root.__vue__?.handleClose?.();
    }
    return reason;
  };

  const pickMany = async (root, { value }) => {
    const menu = menuOf(root) || (await open(root, ".el-select-dropdown"));
    const wanted = [];
    for (const one of value) {
      const [item, reason] = core.exactly(items(menu), [one].flat());
      if (reason) return reason;
      wanted.push(item);
    }
    for (const item of items(menu))
      if (item.classList.contains("selected") !== wanted.includes(item)) {
        core.tap(item);
        await core.tick();
      }
    core.key(inner(root), "Escape", 27);
    root.__vue__?.handleClose?.();
  };

  // -- dates -----------------------------------------------------------------------------------------------------
  const pad = (text) => String(text).padStart(2, "0");
  const spoken = (iso, format) => {
    const [year, month, day] = iso.split("-");
    return format
      .replace(/yyyy/i, year)
      .replace(/MM/, pad(month))
      .replace(/dd/i, pad(day || "1"))
      .replace(/\bM\b/, Number(month))
      .replace(/\bd\b/i, Number(day || 1));
  };
  // The element of a date box belongs to the text box inside it; the picker that knows the format is that one's parent.
  const pickerOf = (root) => {
    let one = root.__vue__;
    while (one && !("pickerVisible" in one)) one = one.$parent;
    return one?.$el === root ? one : null;
  };
  const formatOf = (root, iso) => pickerOf(root)?.format || (iso.length === 7 ? "yyyy-MM" : "yyyy-MM-dd");

  const dateByText = async (field, text) => {
    field.focus({ preventScroll: true });
    await core.tick();
    core.setNative(field, text);
    core.fire(field, "input", { inputType: "insertText", data: text });
    await core.tick();
    core.fire(field, "change");
    core.key(field, "Tab", 9);
    field.blur();
    await core.tick();
  };

  // A date box that can't be typed into: its panel is turned to the year and month, then the day is pressed.
  const dateByPanel = async (root, iso) => {
    const [year, month, day] = iso.split("-").map(Number);
    const panel = await open(root, CALENDAR);
    if (!panel) return "not-taken";
    const header = () =>
      choices(panel, ".el-date-picker__header-label").map(core.textOf).join(" ").match(/\d+/g)?.map(Number) || [];
    for (let turns = 0; turns < 200 && header()[0] !== year; turns++) {
      core.tap(
        panel.querySelector(
          header()[0] > year
            ? ".el-date-picker__prev-btn.el-icon-d-arrow-left"
            : ".el-date-picker__next-btn.el-icon-d-arrow-right",
        ),
      );
      await core.tick();
    }
    if (!day) {
      const cells = choices(panel, ".el-month-table td").filter((cell) => !cell.classList.contains("disabled"));
      const cell = cells.length === 12 ? cells[month - 1] : null;
      if (!cell) return "no-such-option";
      core.tap(cell.querySelector("a") || cell);
      return null;
    }
    for (let turns = 0; turns < 12 && header()[1] !== month; turns++) {
      core.tap(
        panel.querySelector(
          header()[1] > month
            ? ".el-date-picker__prev-btn.el-icon-arrow-left"
            : ".el-date-picker__next-btn.el-icon-arrow-right",
        ),
      );
      await core.tick();
    }
    const cell = choices(panel, ".el-date-table td.available:not(.prev-month):not(.next-month)").find(
      (one) => Number(core.textOf(one)) === day,
    );
    if (!cell) return "no-such-option";
    core.tap(cell);
    await core.tick();
    return null;
  };

  const writeDate = async (root, { value }) => {
    const field = inner(root);
    if (field.readOnly) return dateByPanel(root, value);
    const text = spoken(value, formatOf(root, value));
    await dateByText(field, text);
    return field.value === text ? null : "not-taken";
  };

  const writeRange = async (root, { value }) => {
    const fields = choices(root, "input.el-range-input");
    for (const [index, iso] of value.entries()) {
      fields[index].focus({ preventScroll: true });
      await core.tick();
      core.setNative(fields[index], spoken(iso, formatOf(root, iso)));
      core.fire(fields[index], "input");
      core.fire(fields[index], "change");
      await core.tick();
    }
    core.key(fields[1], "Enter", 13);
    core.key(fields[1], "Tab", 9);
    fields[1].blur();
  };

  // -- cascaders ---------------------------------------------------------------------------------------------------
  const nodeText = (node) => core.textOf(node.querySelector(".el-cascader-node__label") || node);
  const walkCascade = async (root, { accepted }) => {
    let paths = accepted.map((path) => path.split(" / ").map((part) => part.trim()));
    const popup =
      (root.__vue__?.$refs?.popper && core.visible(root.__vue__.$refs.popper) && core.own(root.__vue__.$refs.popper)) ||
      (await open(root, ".el-cascader__dropdown"));
    if (!popup) return "not-taken";
    const before = inner(root).value;
    let reason = null;
    for (let level = 0; level < paths[0].length && !reason; level++) {
      const menu = await core.until(() => {
        const found = choices(popup, ".el-cascader-menu")[level];
        return found?.querySelector(".el-cascader-node") && found;
      });
      let node = null;
      [node, reason] = menu
        ? core.exactly(
            choices(menu, ".el-cascader-node"),
            paths.map((path) => path[level]),
            nodeText,
          )
        : [null, "no-such-option"];
      if (!reason && node.classList.contains("is-disabled")) reason = "no-such-option";
      if (reason) break;
      paths = paths.filter((path) => core.fold(path[level]) === core.fold(nodeText(node)));
      const strict = level === paths[0].length - 1 && node.querySelector(".el-radio__input");
      core.tap(strict || node);
      await core.tick();
    }
    // Whether the last one has anything below it may still be asked for; only then is it chosen.
    if (!reason) await core.until(() => inner(root).value !== before, 3000);
    if (core.visible(popup) && !core.leaving(popup)) {
      core.key(inner(root), "Escape", 27);
      core.key(inner(root), "Tab", 9);
      root.__vue__?.toggleDropDownVisible?.(false);
    }
    return reason;
  };

  // -- ticks -------------------------------------------------------------------------------------------------------
  const ticks = (root, what) => choices(root, `.el-${what},.el-${what}-button`);
  const ticked = (label) => label.matches(".is-checked,.is-active") || Boolean(label.querySelector("input")?.checked);
  const enabled = (label) => !label.matches(".is-disabled") && !label.querySelector("input")?.disabled;

  const typed = (kind, selector, more) => ({
    kind,
    selector,
    field: (root) => root.querySelector("input,textarea"),
    read: (root) => root.querySelector("input,textarea").value,
    write: (root, { value }) => {
      core.type(root.querySelector("input,textarea"), value);
    },
    ...more,
  });
  const dated = (kind, selector) => ({
    kind,
    selector,
    field: inner,
    opens: false,
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
          choices(table, ".el-table__header-wrapper th")
            .filter((cell) => !cell.classList.contains("gutter"))
            .map(core.textOf),
        rows: (table) => choices(table, ".el-table__body-wrapper tbody tr.el-table__row"),
      },
    ],
    kinds: [
      core.uploadWindow(".el-button", ".el-dialog__wrapper,.el-overlay-dialog"),
      {
        kind: "multi-select",
        selector: ".el-select",
        when: (root) => Boolean(root.querySelector(".el-select__tags")),
        field: inner,
        readOnly: () => false,
        options: (root) => {
          const menu = menuOf(root);
          return menu && items(menu).map(core.textOf);
        },
        read: (root) => {
          const menu = menuOf(root);
          return menu
            ? choices(menu, ".el-select-dropdown__item.selected").map(core.textOf)
            : choices(root, ".el-tag").map(core.textOf);
        },
        write: pickMany,
      },
      {
        kind: "select",
        selector: ".el-select",
        field: inner,
        readOnly: () => false,
        options: (root) => {
          const menu = menuOf(root),
            list = menu ? items(menu).map(core.textOf) : [];
          return list.length ? list : null;
        },
        // The text of a search box is no choice until one was made: the library's own selected label is asked first.
        read: (root) =>
          root.__vue__ && !root.__vue__.multiple
            ? root.__vue__.value === "" || root.__vue__.value == null
              ? ""
              : root.__vue__.selectedLabel || inner(root).value
            : inner(root).value,
        write: pick,
        ask,
      },
      {
        kind: "date-range",
        selector: ".el-date-editor--daterange,.el-date-editor--monthrange",
        field: (root) => root.querySelector("input"),
        readOnly: () => false,
        read: (root) => choices(root, "input.el-range-input").map((field) => field.value),
        write: writeRange,
      },
      dated("month", ".el-date-editor--month"),
      dated("date", ".el-date-editor--date"),
      {
        kind: "cascader",
        selector: ".el-cascader",
        field: inner,
        readOnly: () => false,
        read: (root) => inner(root).value,
        write: walkCascade,
      },
      {
        kind: "radio",
        selector: ".el-radio-group",
        groups: true,
        silent: true,
        disabled: (root) => ticks(root, "radio").every((label) => !enabled(label)),
        options: (root) => ticks(root, "radio").map(core.textOf),
        read: (root) => core.textOf(ticks(root, "radio").find(ticked)),
        write: (root, { accepted }) => {
          const [label, reason] = core.exactly(ticks(root, "radio").filter(enabled), accepted);
          if (reason) return reason;
          if (!ticked(label)) core.tap(label);
        },
      },
      {
        kind: "checkbox-group",
        selector: ".el-checkbox-group",
        groups: true,
        silent: true,
        disabled: (root) => ticks(root, "checkbox").every((label) => !enabled(label)),
        options: (root) => ticks(root, "checkbox").map(core.textOf),
        read: (root) => ticks(root, "checkbox").filter(ticked).map(core.textOf),
        write: async (root, { value }) => {
          const wanted = [];
          for (const one of value) {
            const [label, reason] = core.exactly(ticks(root, "checkbox").filter(enabled), [one].flat());
            if (reason) return reason;
            wanted.push(label);
          }
          for (const label of ticks(root, "checkbox"))
            if (ticked(label) !== wanted.includes(label)) {
              core.tap(label);
              await core.tick();
            }
        },
      },
      {
        kind: "checkbox",
        selector: ".el-checkbox",
        label: (root) => core.textOf(root),
        disabled: (root) => !enabled(root),
        read: ticked,
        write: async (root, { value }) => {
          if (ticked(root) !== value) {
            core.tap(root);
            await core.tick();
          }
        },
      },
      {
        kind: "switch",
        selector: ".el-switch",
        readOnly: () => false,
        disabled: (root) => root.classList.contains("is-disabled"),
        read: (root) => root.classList.contains("is-checked"),
        write: async (root, { value }) => {
          if (root.classList.contains("is-checked") !== value) {
            core.tap(root.querySelector(".el-switch__core"));
            await core.tick();
          }
        },
      },
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
        read: (root) => choices(root, ".el-upload-list__item.is-success .el-upload-list__item-name").map(core.textOf),
      },
      typed("number", ".el-input-number"),
      typed("textarea", ".el-textarea"),
      typed("text", ".el-input,.el-autocomplete"),
    ],
  };
};
