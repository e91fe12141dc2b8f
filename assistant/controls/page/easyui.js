// jQuery EasyUI, and sites built in its manner. The original box is hidden; beside it stand a box that is seen and a hidden
// one that is posted: only what the hidden one holds counts. Panels hang at the end of the page; each is asked for from its own box.
(core) => {
  const { all } = core;
  const origin = (root) => { let at = root.previousElementSibling; while (at && !at.matches(".textbox-f")) at = at.previousElementSibling; return at; };
  const box = (element) => { let at = element.nextElementSibling; while (at && !at.matches(".textbox,.switchbutton")) at = at.nextElementSibling; return at; };
  const ask = (element, widget, ...words) => { try { return window.jQuery?.(element)[widget](...words); } catch { return null; } };
  const text = (root) => root.querySelector(".textbox-text");
  const posted = (root) => root.querySelector(".textbox-value")?.value ?? "";
  const locked = (root) => root.matches(".textbox-readonly");
  const off = (root) => root.matches(".textbox-disabled") || text(root).disabled;
  const panelOf = (root, widget) => ask(origin(root), widget, "panel")?.[0] || null;
  const common = { root: box, field: text, readOnly: locked, disabled: off };

  const typed = (kind, selector) => ({ kind, selector, root: box, field: text, disabled: off, read: posted,
    write: async (root, { value }) => { core.type(text(root), value); await core.tick(); } });

  // -- drop-downs: items answer while the panel is closed; a search starts with a key, whatever was typed ---------------
  const drop = core.dropDown({
    popup: ".combo-panel", menu: (root) => panelOf(root, "combobox"), field: text,
    open: (root) => core.tap(root.querySelector(".combo-arrow") || text(root)),
    items: (menu) => all(menu, ".combobox-item").filter((item) => item.style.display !== "none"),
    query: (root) => { const field = text(root); setTimeout(() => core.key(field, "End", 35)); return field; },
    chosen: (root) => (posted(root) ? text(root).value.split(ask(origin(root), "combobox", "options")?.separator || ",").filter(Boolean) : []),
    close: (root) => ask(origin(root), "combobox", "hidePanel"),
  });
  const several = (element) => Boolean(ask(element, "combobox", "options")?.multiple);

  // -- dates: the calendar's own days, so that the box and what is posted agree ---------------------------------------
  const days = (panel) => all(panel, "td.calendar-day");
  const dayOf = (cell) => (cell?.getAttribute("abbr") || "").split(",").map(Number);
  const writeDate = async (root, { value }) => {
    const panel = core.own(panelOf(root, "datebox")), [year, month, day] = core.dateParts(value);
    if (!panel) return "not-taken";
    if (!core.seen(panel)) { core.tap(root.querySelector(".combo-arrow")); await core.until(() => core.seen(panel), 2000); }
    const button = (name) => () => panel.querySelector(`.calendar-header .calendar-${name}`);
    const shows = () => dayOf(days(panel).find((cell) => !cell.matches(".calendar-other-month"))).slice(0, 2);
    const there = await core.turn(shows, { yearBack: button("prevyear"), yearOn: button("nextyear"), monthBack: button("prevmonth"), monthOn: button("nextmonth") }, [year, month]);
    const cell = there && days(panel).find((one) => dayOf(one).join() === [year, month, day].join() && !one.matches(".calendar-other-month,.calendar-disabled"));
    if (cell) { core.tap(cell); await core.tick(); }
    await core.closes(panel, text(root));
    return cell ? null : "no-such-option";
  };

  // -- trees -----------------------------------------------------------------------------------------------------------
  const title = (node) => core.textOf(node.querySelector(".tree-title"));
  const nodes = (list) => [...(list?.children || [])].map((item) => item.querySelector(":scope > .tree-node")).filter(Boolean);
  const writePath = async (root, { accepted }) => {
    const panel = core.own(panelOf(root, "combotree"));
    if (!panel) return "not-taken";
    if (!core.seen(panel)) { core.tap(root.querySelector(".combo-arrow")); await core.until(() => core.seen(panel), 2000); }
    const reason = await core.walk(accepted, {
      text: title, off: () => false,
      level: (_, above) => nodes(above ? above.nextElementSibling : panel.querySelector(".tree")),
      press: (node, last) => {
        const hit = node.querySelector(".tree-hit.tree-collapsed");
        if (last) core.tap(node.querySelector(".tree-title")); else if (hit) core.tap(hit);
      },
    });
    await core.closes(panel, text(root));
    return reason;
  };
  // The box may show the last part only: the path then comes from the tree, and a part without its tree is no answer.
  const readPath = (root) => {
    const shown = posted(root) ? text(root).value : "", element = origin(root), tree = ask(element, "combotree", "tree");
    if (!shown || shown.includes("/") || !tree?.tree) return shown;
    const path = [];
    for (let node = tree.tree("getSelected"); node; node = tree.tree("getParent", node.target)) path.unshift(node.text);
    return path.join(" / ") || shown;
  };

  // -- files: what the page lists beside the box, and what the box itself still holds --------------------------------------
  const NAME = /^\S.{0,120}\.(pdf|jpe?g|png|gif|bmp|tiff?|docx?|xlsx?|zip|rar|ofd|txt)$/i;
  const listed = (root) => {
    const around = root.closest("td,li,dd,.form-item,.form-group") || root.parentElement, names = [];
    for (const one of all(around, "*")) if (!root.contains(one) && !one.children.length && core.visible(one) && NAME.test(core.textOf(one))) names.push(core.textOf(one));
    return names;
  };
  const fileOf = (root) => root.querySelector("input[type=file]");

  // A button that opens a window with the file box in it. The window is opened for the files, sends them by its own button,
  // and is closed again if it stays.
  const OPENS = /^(点击|重新)?(上传|选择|浏览)(照片|相片|图片|文件|附件|材料)?$/;
  const SENDS = /^(开始|确定|确认)?上传$|^确定$/;
  const inWindow = async (button) => {
    core.own(button);
    const dialog = await core.opens(".window", () => core.tap(button)), field = dialog?.querySelector("input[type=file]");
    const send = field && all(dialog, ".dialog-button .l-btn").find((one) => SENDS.test(core.textOf(one)));
    field?.addEventListener("change", async () => {
      await core.tick();
      const before = core.textOf(dialog);
      let said = before, since = performance.now();
      if (send) core.tap(send);
      // It closes when the file was taken; one that says something else and then nothing more has refused it.
      await core.until(() => {
        const now = core.textOf(dialog);
        if (now !== said) { said = now; since = performance.now(); }
        return !core.seen(dialog) || (now !== before && performance.now() - since > 1000);
      }, 20000);
      if (core.seen(dialog)) core.tap(dialog.querySelector(".panel-tool-close"));
    }, { once: true });
    return field || null;
  };

  return {
    name: "easyui",
    headings: ".panel-title",
    selected: ".tabs-selected .tabs-title",
    // A row that is edited in place is filled and confirmed like a dialog: its buttons stand in its last column.
    dialogs: ".window,.datagrid-row-editing",
    column: (root) => {
      const cell = root.closest(".datagrid-row-editing td[field]"), head = cell?.closest(".datagrid")?.querySelectorAll(".datagrid-header td[field]");
      return cell && core.textOf([...head].find((one) => one.getAttribute("field") === cell.getAttribute("field")));
    },
    popups: ".combo-p",
    tables: [{
      root: ".datagrid",
      headers: (table) => all(table, ".datagrid-header td[field] .datagrid-cell").map(core.textOf),
      // Frozen columns stand in a view of their own, before the others.
      rows: (table) => {
        const rows = new Map();
        for (const row of all(table, ".datagrid-body tr.datagrid-row")) {
          const number = row.getAttribute("datagrid-row-index");
          rows.set(number, [...(rows.get(number) || []), ...all(row, "td[field]").map(core.textOf)]);
        }
        return [...rows.values()];
      },
    }],
    kinds: [
      { ...drop.many(".combobox-f", { when: several, read: undefined }), ...common, read: (root) => (posted(root) ? text(root).value.split(ask(origin(root), "combobox", "options")?.separator || ",").filter(Boolean) : []) },
      { ...drop.one(".combobox-f"), ...common, read: (root) => (posted(root) ? text(root).value : "") },
      { kind: "date", selector: ".datebox-f", ...common, read: posted, write: writeDate },
      { kind: "cascader", selector: ".combotree-f", ...common, read: readPath, write: writePath },
      { kind: "upload", selector: ".filebox-f", root: box, field: fileOf, files: fileOf, readOnly: locked, disabled: off,
        read: (root) => [...new Set([...listed(root), ...[...(fileOf(root)?.files || [])].map((file) => file.name)])] },
      { kind: "upload", selector: "a.l-btn", when: (button) => OPENS.test(core.textOf(button)) && !button.closest(".textbox,.window,.datagrid-toolbar"),
        field: (button) => button, files: inWindow, readOnly: () => false, disabled: (button) => button.matches(".l-btn-disabled"), read: listed },
      { kind: "switch", selector: ".switchbutton-f", root: box, field: (root) => root, readOnly: (root) => Boolean(ask(root.previousElementSibling, "switchbutton", "options")?.readonly),
        disabled: (root) => Boolean(ask(root.previousElementSibling, "switchbutton", "options")?.disabled),
        read: (root) => Boolean(ask(root.previousElementSibling, "switchbutton", "options")?.checked),
        write: async (root, { value }) => { if (Boolean(ask(root.previousElementSibling, "switchbutton", "options")?.checked) !== value) { core.tap(root); await core.tick(); } } },
      typed("number", ".numberbox-f"),
      typed("text", ".textbox-f"),
    ],
  };
}
