// Native HTML: the last library asked, so it also drives any library that leaves the browser's own controls in place.
/** @param {Core} core @returns {Library} */
(core) => {
  const choose = (select, accepted) =>
    core.exactly(
      [...select.options].filter((option) => !option.disabled && !option.closest("optgroup:disabled")),
      accepted,
      (option) => option.label || option.text,
    );
  const shown = (option) => core.squeeze(option.label || option.text);
  // What stands right behind a box, up to the next one.
  const behind = (input) => {
    for (
      let node = input.nextSibling;
      node && !(node.matches?.(core.FIELDS) || node.querySelector?.(core.FIELDS));
      node = node.nextSibling
    ) {
      const text = core.squeeze(
        node.nodeType === Node.TEXT_NODE ? node.data : node.checkVisibility?.() ? core.shownText(node) : "",
      );
      if (text) return text;
    }
    return "";
  };
  const boxLabel = (input) =>
    core.squeeze([...(input.labels || [])].map((one) => core.shownText(one)).join(" ")) ||
    core.ariaName(input) ||
    behind(input);
  const optionLabel = (input) => boxLabel(input) || input.value;
  // The question of a group often stands inside it, before its first box: a label that is none of the boxes' own. That of
  // answers in cells side by side stands in the cell before the first.
  const question = (root) => {
    const first = root.querySelector("input"),
      legend = root.querySelector("legend");
    if (legend) return core.shownText(legend);
    if (spread.has(root)) return core.cellLabel(first);
    for (const one of root.querySelectorAll("label,.control-label,.form-label,p,strong,b,dt,th"))
      if (
        one.compareDocumentPosition(first) & Node.DOCUMENT_POSITION_FOLLOWING &&
        !one.contains(first) &&
        !(one.control && root.contains(one.control)) &&
        core.squeeze(core.shownText(one))
      )
        return core.shownText(one);
    return lead(root, first);
  };
  // Or whatever stands there before the first box, where each box has a label of its own: else it could be the first answer.
  const lead = (root, first) => {
    const inputs = [...root.querySelectorAll(core.FIELDS)];
    if (!inputs.every((one) => one.type === first.type && one.labels?.length)) return "";
    let text = "";
    for (const node of root.childNodes) {
      if (node.contains(first)) break;
      if (node.nodeType === Node.TEXT_NODE) text += node.data;
      else if (node.nodeType === Node.ELEMENT_NODE && node.checkVisibility()) text += ` ${core.nameText(node)} `;
    }
    return core.squeeze(text).length <= 40 ? core.squeeze(text) : "";
  };
  // The row that names a table's columns: its head's last, else a first row of headers alone.
  const headOf = (table) => {
    const [first] = table.rows,
      named = first?.cells.length > 1 && [...first.cells].every((cell) => cell.tagName === "TH");
    return table.tHead?.rows[table.tHead.rows.length - 1] || (named ? first : undefined);
  };
  // A box drawn by its label is seen where the label is.
  // One that is only transparent lies over what its parent draws.
  const drawn = (input) =>
    core.visible(input)
      ? input
      : [...(input.labels || [])].find(core.visible) ||
        (core.there(input) && alone(input) ? input.parentElement : input);
  const alone = (input) => input.parentElement?.querySelectorAll(core.FIELDS).length === 1;

  // A box drawn anew by iCheck takes back a press on itself: what lies over it is pressed; and where it is out of sight, its
  // label is, as a person would.
  const pressed = (input) => {
    const cover = input.parentElement?.querySelector(":scope > .iCheck-helper");
    let face = cover || drawn(input);
    // One that nobody can see, and no label shows, is pressed where it is drawn: its own event would count beside the page's.
    for (
      let up = 0;
      !cover && up < 3 && !core.visible(face) && face.parentElement?.querySelectorAll("input").length === 1;
      up++
    )
      face = face.parentElement;
    return core.own(face);
  };

  // Radios (or tick boxes) of one question: the same name in the same form, or the same group element.
  const GROUPS = "[role=radiogroup],[role=group],fieldset,dd,td,.form-item,.form-group";
  // Those of one name that stand in several cells or boxes: they are one question, seen where the first of them stands.
  const spread = new WeakMap();
  const groupOf = (input) => {
    const same = input.name ? mates(input) : [];
    const group = same.length > 1 ? same[0].closest(GROUPS) : input.closest(GROUPS);
    if (group && same.every((one) => group.contains(one))) return group;
    if (same.length > 1) {
      const parent = group ? null : commonParent(same);
      if (parent && fieldsIn(parent).every((one) => one.type === input.type)) return parent;
      const home = group || same[0].closest("label")?.parentElement || same[0].parentElement;
      spread.set(home, same);
      return home;
    }
    return input.name ? input.parentElement : nameless(input);
  };
  const fieldsIn = (element) => [...element.querySelectorAll(core.FIELDS)];
  // Boxes without a name are held together by the smallest part of the page that holds several of their type and nothing else.
  const nameless = (input) => {
    let parent = input.parentElement;
    while (parent && fieldsIn(parent).length === 1) parent = parent.parentElement;
    const alike =
      parent && fieldsIn(parent).every((one) => one.type === input.type && !one.name && one.role !== "switch");
    return alike ? parent : input.parentElement;
  };
  const mates = (input) =>
    core
      .everywhere(input.getRootNode(), `input[type=${input.type}]`)
      .filter((other) => other.name === input.name && other.form === input.form);
  const commonParent = (inputs) => {
    let parent = inputs[0].parentElement;
    while (parent && !inputs.every((one) => parent.contains(one))) parent = parent.parentElement;
    return parent;
  };
  const members = (root, type) => spread.get(root) || [...root.querySelectorAll(`input[type=${type}]`)];
  const radios = (root) => members(root, "radio");
  const boxes = (root) => members(root, "checkbox");
  // Tick boxes of one name answer one question; those of different names are questions of their own, each by its own
  // name, and so are switches. Without names they belong together where the page groups them or one question stands before
  // them.
  const isBoxGroup = (input) => {
    if (input.role === "switch") return false;
    if (input.name) return mates(input).length > 1;
    const group = input.closest("[role=group],fieldset");
    if (group) return boxes(group).length > 1 && boxes(group).every((one) => !one.name && one.role !== "switch");
    const parent = nameless(input);
    return boxes(parent).length > 1 && Boolean(core.nearbyText(parent));
  };

  /** @returns {Kind} */
  const text = (kind, selector) => ({
    kind,
    selector,
    read: (field) => field.value,
    write: (field, { value }) => core.enter(field, value),
  });
  // A browser's own date field keeps ISO text whatever it shows.
  /** @returns {Kind} */
  const dated = (kind, selector) => ({
    ...text(kind, selector),
    write: (field, { value }) => {
      core.type(field, value);
      if (field.value !== value) return "not-taken";
    },
  });

  return {
    name: "native",
    tables: [
      {
        root: "table",
        headers: (table) => [...(headOf(table)?.cells || [])].map((cell) => core.squeeze(core.shownText(cell))),
        rows: (table) =>
          [...table.tBodies]
            .flatMap((body) => [...body.rows])
            .filter((row) => row !== headOf(table) && core.visible(row)),
      },
    ],
    kinds: [
      core.uploadWindow("button,[role=button]", "dialog[open],[role=dialog]"),
      {
        kind: "upload",
        selector: "input[type=file]",
        read: (field) => [...field.files].map((file) => file.name),
        // One that is out of sight by itself stands where it is asked for.
        face: (field) => [drawn(field), field.parentElement].find((one) => one && core.visible(one)) || field,
        files: (field) => field,
      },
      { ...dated("date", "input[type=date]") },
      { ...dated("month", "input[type=month]") },
      {
        kind: "radio",
        selector: "input[type=radio]",
        groups: true,
        root: groupOf,
        label: question,
        face: (root) => radios(root).map(drawn).find(core.visible) || root,
        disabled: (root) => radios(root).every((input) => input.disabled),
        options: (root) => radios(root).map(optionLabel),
        read: (root) => {
          const on = radios(root).find((input) => input.checked);
          return on ? core.recall(root, optionLabel(on)) : "";
        },
        write: (root, { accepted }) => {
          const all = radios(root);
          const [input, reason] = core.answer(
            all,
            all.filter((one) => !one.disabled),
            accepted,
            optionLabel,
          );
          if (reason) return reason;
          if (!input.checked) core.tap(pressed(input));
          core.remember(root, optionLabel(input), accepted[0]);
        },
      },
      {
        kind: "checkbox-group",
        selector: "input[type=checkbox]",
        when: isBoxGroup,
        groups: true,
        root: groupOf,
        label: question,
        face: (root) => boxes(root).map(drawn).find(core.visible) || root,
        disabled: (root) => boxes(root).every((input) => input.disabled),
        options: (root) => boxes(root).map(optionLabel),
        read: (root) =>
          boxes(root)
            .filter((input) => input.checked)
            .map(optionLabel),
        write: async (root, { value }) => {
          const wanted = [];
          for (const one of value) {
            const [input, reason] = core.exactly(boxes(root), [one].flat(), optionLabel);
            if (reason) return reason;
            wanted.push(input);
          }
          // All are looked at before the first is pressed: half a set is nobody's answer.
          const wrong = boxes(root).filter((input) => input.checked !== wanted.includes(input));
          if (wrong.some((input) => input.disabled)) return "no-such-option";
          for (const input of wrong) {
            core.tap(pressed(input));
            await core.tick();
          }
        },
      },
      {
        kind: "checkbox",
        selector: "input[type=checkbox]",
        label: boxLabel,
        face: drawn,
        // A tick box has no such state in HTML: scripts write it beside a box that they press themselves.
        readOnly: (field) => field.getAttribute("aria-readonly") === "true",
        read: (field) => field.checked,
        write: async (field, { value }) => {
          if (field.checked === value) return;
          core.tap(pressed(field));
          await core.tick();
          // What only draws a box that lies over it does not answer; the box itself does.
          if (field.checked !== value && !core.visible(field) && core.there(field)) core.tap(field);
        },
      },
      {
        kind: "multi-select",
        selector: "select[multiple]",
        options: (select) => [...select.options].map(shown),
        read: (select) => [...select.selectedOptions].map(shown),
        write: (select, { value }) => {
          const wanted = [];
          for (const one of value) {
            const [option, reason] = choose(select, [one].flat());
            if (reason) return reason;
            wanted.push(option);
          }
          for (const option of select.options) option.selected = wanted.includes(option);
          core.fire(select, "input");
          core.fire(select, "change");
        },
      },
      {
        kind: "select",
        selector: "select",
        options: (select) =>
          [...select.options]
            .filter((option) => option.value !== "" || (option.defaultSelected === false && option.value))
            .map(shown),
        read: (select) => (select.value === "" ? "" : shown(select.selectedOptions[0] || { text: "" })),
        write: (select, { accepted }) => {
          const [option, reason] = choose(select, accepted);
          if (reason) return reason;
          select.focus({ preventScroll: true });
          core.setNative(select, option.value);
          if (select.selectedOptions[0] !== option) option.selected = true;
          core.fire(select, "input");
          core.fire(select, "change");
          select.blur();
        },
      },
      text("number", "input[type=number]"),
      {
        ...text("number", "input[type=range]"),
        face: (field) => (core.visible(field) ? field : field.parentElement),
        // A value between its steps is pulled to the next one: then it stays as it was.
        write: (field, { value }) => {
          const before = field.value;
          core.setNative(field, value);
          const taken = Number(field.value) === Number(value);
          if (!taken) core.setNative(field, before);
          else core.type(field, value);
          return taken ? null : "no-such-option";
        },
      },
      dated("text", "input[type=time]"),
      {
        ...dated("text", "input[type=datetime-local]"),
        // The page keeps a T between day and time, people write a blank.
        read: (field) => field.value.replace("T", " "),
        write: (field, { value }) => {
          core.type(field, value.replace(" ", "T"));
          if (field.value !== value.replace(" ", "T")) return "not-taken";
        },
      },
      text("textarea", "textarea"),
      text(
        "text",
        "input[type=password],input:not([type]),input[type=text],input[type=email],input[type=tel],input[type=url],input[type=search],input[type='']",
      ),
    ],
  };
};
