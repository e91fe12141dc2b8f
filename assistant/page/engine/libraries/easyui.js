// jQuery EasyUI: the original input is hidden, a drawn box stands behind it, its panel at the end of the page. What a box
// holds is asked from the library, because the drawn text and the value often differ; and since text typed into a
// combo becomes its value even where it is no option, choices are only ever pressed.
/** @param {Core} core @returns {Library} */
(core) => {
  const { all } = core;
  const originalOf = (root) => root.previousElementSibling;
  const ask = (root, widget, ...words) => window.jQuery(originalOf(root))[widget](...words);
  const is = (widget) => (root) =>
    Boolean(originalOf(root)?.matches(`.${widget}-f`)) && typeof window.jQuery?.fn?.[widget] === "function";
  const box = (root) => root.querySelector(".textbox-text");
  const options = (root, widget) => ask(root, widget, "options");
  const off = (widget) => (root) => Boolean(options(root, widget).disabled);
  const fixed = (widget) => (root) => Boolean(options(root, widget).readonly);
  const arrow = (root) => root.querySelector(".combo-arrow,.spinner-arrow") || box(root);
  const panelOf = (root, widget) => ask(root, widget, "panel")[0];

  // -- text and numbers ----------------------------------------------------------------------------------------------
  /** @param {(root: El) => boolean} when @returns {Kind} */
  const typed = (kind, widget, when = (_root) => true) => ({
    kind,
    selector: ".textbox",
    when: (root) => is(widget)(root) && when(root),
    field: box,
    disabled: off(widget),
    readOnly: (root) => fixed(widget)(root) || options(root, widget).editable === false,
    read: (root) => String(ask(root, widget, "getValue") ?? ""),
    write: async (root, { value }) => {
      core.type(box(root), value);
      core.fire(box(root), "blur");
      await core.tick();
    },
  });

  // -- combo boxes -----------------------------------------------------------------------------------------------------
  const data = (root) =>
    ask(root, "combobox", "getData").map((row) => [
      String(row[options(root, "combobox").valueField]),
      core.squeeze(String(row[options(root, "combobox").textField])),
    ]);
  const held = (root) => {
    const rows = data(root),
      values = ask(root, "combobox", "getValues").map(String).filter(Boolean);
    return values.map(
      (value) =>
        rows.find((row) => row[0] === value)?.[1] ?? (values.length === 1 ? ask(root, "combobox", "getText") : value),
    );
  };
  const drop = core.dropDown({
    menu: (root) => panelOf(root, "combobox"),
    field: box,
    lazy: true,
    open: (root) => {
      box(root).focus({ preventScroll: true });
      core.tap(arrow(root));
    },
    items: (panel) => all(panel, ".combobox-item").filter((item) => item.style.display !== "none"),
    off: (item) => item.matches(".combobox-item-disabled"),
    query: (root) => (options(root, "combobox").mode === "remote" ? box(root) : null),
    // A list that comes from the server may come late, a search's answer as well.
    busy: (root, panel) =>
      window.jQuery.active > 0 ||
      (options(root, "combobox").mode !== "remote" &&
        Boolean(options(root, "combobox").url) &&
        !panel.querySelector(".combobox-item")),
    close: (root) => ask(root, "combobox", "hidePanel"),
    chosen: held,
  });
  // A search leaves its words behind as the value: after a refusal the box gets back what it held.
  const guarded = (kind) => ({
    ...kind,
    write: async (root, order) => {
      const before = ask(root, "combobox", "getValues"),
        text = ask(root, "combobox", "getText");
      const reason = await kind.write(root, order);
      if (reason) {
        ask(root, "combobox", "setValues", before);
        ask(root, "combobox", "setText", text);
      }
      return reason;
    },
  });
  const listed = (root) => {
    const texts = data(root).map((row) => row[1]);
    return texts.length ? texts : null;
  };
  const many = guarded(
    drop.many(".textbox.combo", {
      when: (root) => is("combobox")(root) && options(root, "combobox").multiple,
      disabled: off("combobox"),
      readOnly: fixed("combobox"),
      options: listed,
    }),
  );
  const one = guarded(
    drop.one(".textbox.combo", {
      when: is("combobox"),
      disabled: off("combobox"),
      readOnly: fixed("combobox"),
      options: listed,
      read: (root) => held(root)[0] || "",
    }),
  );

  // -- dates -----------------------------------------------------------------------------------------------------------
  const openPanel = async (root, widget) => {
    const panel = core.own(panelOf(root, widget));
    box(root).focus({ preventScroll: true });
    if (!core.seen(panel)) core.tap(arrow(root));
    return (await core.until(() => core.seen(panel), core.clock.listing)) ? panel : null;
  };
  const shut = async (root, widget, panel) => {
    if (!(await core.closes(panel, box(root)))) ask(root, widget, "hidePanel");
  };
  /** @type {Kind["write"]} */
  const day = async (root, { value }) => {
    const panel = await openPanel(root, "datebox");
    if (!panel) return "not-taken";
    const calendar = panel.querySelector(".calendar"),
      state = () => window.jQuery(calendar).calendar("options");
    const button = (name) => () => calendar.querySelector(`.calendar-${name}`);
    const [year, month, date] = core.dateParts(value);
    // Some years away the calendar's own menu takes the year as a number; what it does not do is turned to as ever.
    if (Math.abs(state().year - year) > 2 && calendar.querySelector(".calendar-text")) {
      core.tap(calendar.querySelector(".calendar-text"));
      await core.tick();
      const years = calendar.querySelector(".calendar-menu-year"),
        named = calendar.querySelector(`.calendar-menu-month[abbr="${month}"]`);
      if (years && named) {
        core.setNative(years, String(year));
        core.tap(named);
        await core.tick();
      }
    }
    const turned = await core.turn(
      () => [state().year, state().month],
      {
        yearBack: button("prevyear"),
        yearOn: button("nextyear"),
        monthBack: button("prevmonth"),
        monthOn: button("nextmonth"),
      },
      [year, month],
    );
    const cell =
      turned &&
      calendar.querySelector(
        `td.calendar-day[abbr="${year},${month},${date}"]:not(.calendar-disabled):not(.calendar-other-month)`,
      );
    if (cell) {
      core.tap(cell);
      await core.tick();
    }
    await shut(root, "datebox", panel);
    return cell ? null : "no-such-option";
  };

  // -- trees -----------------------------------------------------------------------------------------------------------
  const pathOf = (root) => {
    const tree = ask(root, "combotree", "tree"),
      value = ask(root, "combotree", "getValue"),
      path = [];
    for (let node = value ? tree.tree("find", value) : null; node; node = tree.tree("getParent", node.target))
      path.unshift(core.squeeze(node.text));
    // A tree that loads level by level does not know the node yet; sites with such a tree write the whole path into the box.
    return path.join(" / ") || (value && box(root).value.includes("/") ? box(root).value : "");
  };
  /** @type {Kind["write"]} */
  const climb = async (root, { accepted }) => {
    const panel = await openPanel(root, "combotree");
    if (!panel) return "not-taken";
    const nodes = (above) =>
      all(
        above ? above.parentElement.querySelector(":scope > ul") || above : panel.querySelector(".tree"),
        ":scope > li > .tree-node",
      );
    const reason = await core.walk(accepted, {
      level: (_, above) => nodes(above).filter(core.there),
      text: (node) => core.textOf(node.querySelector(".tree-title")),
      press: (node, last) => {
        const hit = node.querySelector(".tree-collapsed");
        if (last) core.tap(node);
        else if (hit) core.tap(hit);
      },
    });
    await shut(root, "combotree", panel);
    return reason;
  };

  return {
    name: "jquery-easyui",
    headings: ".panel-title",
    heads: ".datagrid-header",
    selected: ".tabs-selected .tabs-title",
    dialogs: ".window",
    popups: ".combo-p,body > .menu",
    replaced: ".textbox-f,.switchbutton-f",
    tables: [
      {
        root: ".datagrid",
        headers: (grid) => all(grid, ".datagrid-view2 .datagrid-header td[field]").map(core.textOf),
        rows: (grid) => all(grid, ".datagrid-view2 .datagrid-body tr.datagrid-row"),
        cells: (row) => all(row, "td[field]"),
        entered: (row) => row.matches(".datagrid-row-editing"),
      },
    ],
    kinds: [
      {
        kind: "date",
        selector: ".textbox",
        when: (root) => is("datebox")(root) && !is("datetimebox")(root),
        field: box,
        disabled: off("datebox"),
        readOnly: fixed("datebox"),
        read: (root) => ask(root, "datebox", "getValue"),
        write: day,
      },
      {
        kind: "cascader",
        selector: ".textbox",
        when: is("combotree"),
        field: box,
        disabled: off("combotree"),
        readOnly: fixed("combotree"),
        read: pathOf,
        write: climb,
      },
      many,
      one,
      {
        kind: "upload",
        selector: ".textbox.filebox",
        field: (root) => root.querySelector("input[type=file]"),
        readOnly: () => false,
        disabled: (root) => Boolean(root.querySelector("input[type=file]:disabled")),
        read: (root) => {
          const listed = core.filesBeside(root);
          return listed.concat(
            all(root, "input[type=file]")
              .flatMap((input) => [...input.files])
              .map((file) => file.name)
              .filter((name) => !listed.includes(name)),
          );
        },
      },
      core.uploadWindow("a.l-btn", ".window", {
        inside: ".textbox,.window,.datagrid-toolbar",
        close: ".panel-tool-close",
      }),
      typed("number", "numberbox"),
      typed("textarea", "textbox", (root) => options(root, "textbox").multiline && !is("combo")(root)),
      typed("text", "textbox", (root) => !is("combo")(root)),
      core.tickBox("switch", ".switchbutton", {
        on: (root) => Boolean(ask(root, "switchbutton", "options").checked),
        off: (root) => Boolean(ask(root, "switchbutton", "options").disabled),
        press: (root) => root.querySelector(".switchbutton-inner") || root,
      }),
    ],
  };
};
