// The snapshot: every control, table and dialog of a page as plain data, and what the page says beside its forms.
/** @param {Core} core */
(core) => {
  const {
    FIELDS,
    PRESSABLE,
    ariaName,
    attempt,
    beside,
    buttonText,
    contextOf,
    everywhere,
    idOf,
    itemOf,
    labelOf,
    leaving,
    otherNames,
    parentOf,
    shownText,
    squeeze,
    standingStill,
    textOf,
    visible,
  } = core;

  // A password is the person's to type, whatever library draws its box; what it holds is never looked at.
  const PASSWORD = { kind: "password", read: () => null, write: null };
  const isSecret = (root) =>
    Boolean(root?.matches("input[type=password]") || root?.querySelector("input[type=password]"));

  // What only sends the answer of a drawn control: hidden from readers and not to be reached by keys.
  const DOUBLE = "input[aria-hidden=true][tabindex='-1']";

  // Leaf controls in document order, each claimed by the first library that knows it.
  const claim = () => {
    const kinds = core.libraries.flatMap((library) =>
      library.kinds.map((kind) => ({ ...kind, library: library.name })),
    );
    const any = kinds.map((kind) => kind.selector).join(",");
    const popups = core.libraries
      .map((library) => library.popups)
      .filter(Boolean)
      .join(",");
    // Native fields that a library keeps out of sight behind its own, and parts of its own that others would take for theirs.
    const replaced =
      core.libraries
        .map((library) => library.replaced)
        .filter(Boolean)
        .join(",") || ":not(*)";
    const claimed = new Set(),
      controls = [];
    for (const element of everywhere(document, any)) {
      if (element.matches(replaced) || element.matches(DOUBLE)) continue;
      let inside = false;
      for (let up = parentOf(element); up && !inside; up = parentOf(up)) inside = claimed.has(up);
      if (inside || claimed.has(element) || (popups && element.closest(popups))) continue;
      let kind = kinds.find((one) => element.matches(one.selector) && (!one.when || one.when(element)));
      if (!kind) continue;
      if (isSecret(kind.root ? kind.root(element) : element)) kind = { ...kind, ...PASSWORD };
      const root = kind.root ? kind.root(element) : element;
      if (!root || claimed.has(root)) continue;
      claimed.add(root);
      claimed.add(element);
      controls.push({ root, kind });
    }
    return controls;
  };

  const kindOf = new WeakMap();
  const fieldOf = (root, kind) =>
    kind.field ? kind.field(root) : root.matches(FIELDS) ? root : root.querySelector(FIELDS);

  // A box that is only drawn once it has the focus: what is seen of it until then is the label around it.
  const transparent = (field) =>
    Boolean(field?.matches?.("input,textarea")) &&
    getComputedStyle(field).opacity === "0" &&
    field.checkVisibility({ visibilityProperty: true }) &&
    field.getBoundingClientRect().height > 8 &&
    [...(field.labels || [])].some((label) => label.contains(field) && visible(label));

  // What decides whether a control can be written, and what it holds.
  const stateOf = (root, kind, field) => ({
    value: attempt(() => kind.read(root), null),
    read_only: Boolean(kind.readOnly ? kind.readOnly(root) : field?.readOnly && !kind.opens),
    // What is inert looks like any other, and nobody can reach it.
    enabled: !(
      root.closest("[inert]") ||
      (kind.disabled
        ? kind.disabled(root)
        : field?.matches(":disabled") || field?.getAttribute("aria-disabled") === "true")
    ),
    visible: visible(kind.face ? kind.face(root) : root) || transparent(root),
  });

  const describe = ({ root, kind }, memo, dialogs, allNames) => {
    kindOf.set(root, kind);
    const field = fieldOf(root, kind);
    const [label, source] = labelOf(root, field, kind, columnOf);
    const item = itemOf(root);
    const dialog = dialogs.findIndex((one) => one.contains(root));
    return {
      id: idOf(root),
      kind: kind.kind,
      library: kind.library,
      label,
      label_source: source,
      also: allNames ? otherNames(root, field, kind, label) : [],
      context: contextOf(root, memo),
      ...stateOf(root, kind, field),
      options: kind.options ? attempt(() => kind.options(root), null) : null,
      required: Boolean(
        field?.required ||
          field?.getAttribute("aria-required") === "true" ||
          root.getAttribute("aria-required") === "true" ||
          item?.found.matches(item.item.required || ":not(*)") ||
          item?.found.querySelector(item.item.star || ":not(*)") ||
          /^\s*[*＊✱※★]|[*＊✱※★]\s*[:：]?\s*$/.test(label),
      ),
      error: item?.item.error
        ? squeeze([...item.found.querySelectorAll(item.item.error)].filter(visible).map(textOf).join(" "))
        : field?.getAttribute("aria-invalid") === "true"
          ? "invalid"
          : "",
      max_length: field && field.maxLength > 0 ? field.maxLength : null,
      accept: field?.getAttribute?.("accept") || "",
      multiple: Boolean(field?.multiple),
      placeholder: squeeze(field?.getAttribute?.("placeholder") || ""),
      beside: !allNames || kind.groups || !field ? "" : beside(field),
      dialog: dialog < 0 ? null : dialog,
    };
  };

  const openDialogs = () =>
    [...everywhere(document, core.dialogs)]
      .filter((element) => {
        const box = element.getBoundingClientRect();
        return box.width > 1 && element.checkVisibility({ visibilityProperty: true }) && !leaving(element);
      })
      .filter((element, _, all) => !all.some((other) => other !== element && other.contains(element)));

  // A row of a table that is being entered where it stands is filled and confirmed like a dialog: it has fields, and the
  // buttons that end it, unless its library says so in another way.
  const ENTRY =
    "input:not([type=checkbox]):not([type=radio]):not([type=hidden]):not([type=button]):not([type=submit]),select,textarea,[contenteditable=true]";

  const ENDS = /^(保存|确定|确认|完成|取消|save|ok|done|confirm|cancel)$/i;
  const entered = (row) =>
    Boolean(row.querySelector(ENTRY)) &&
    [...row.querySelectorAll(PRESSABLE)].some((one) => ENDS.test(core.fold(buttonText(one))));

  const openRows = () => {
    const found = new Map();
    for (const library of core.libraries)
      for (const table of library.tables || [])
        for (const root of everywhere(document, table.root)) {
          if (!root.querySelector(ENTRY) || !visible(root)) continue;
          const headers = table.headers(root);
          if (!headers.some(Boolean)) continue;
          for (const row of table.rows(root))
            if (!found.has(row) && (table.entered || entered)(row))
              found.set(row, { row, root, headers, cells: cellsOf(table, row) });
        }
    return [...found.values()];
  };

  let then = [null, []];
  const stillOpen = () => {
    if (then[0] !== core.stillness()) then = [core.stillness(), openRows()];
    return then[1];
  };
  const cellsOf = (table, row) => (table.cells ? table.cells(row) : [...row.cells]);

  // In a row that is being entered, what its column is called; a number or a text to the left is no name there.
  const columnOf = (root) => {
    const open = core.stillness() && stillOpen().find((one) => one.row.contains(root));
    return open ? open.headers[open.cells.findIndex((cell) => cell.contains(root))] || "" : "";
  };

  const tables = (memo, dialogs) => {
    const found = [];
    for (const library of core.libraries)
      for (const table of library.tables || [])
        for (const root of everywhere(document, table.root)) {
          if (!visible(root) || found.some((one) => one.root.contains(root))) continue;
          const dialog = dialogs.findIndex((one) => one.contains(root));
          found.push({
            root,
            id: idOf(root),
            headers: table.headers(root),
            rows: table.rows(root).map((row) => cellsOf(table, row).map((cell) => squeeze(shownText(cell)))),
            context: contextOf(root, memo),
            dialog: dialog < 0 ? null : dialog,
          });
        }
    return found.map(({ root, ...plain }) => plain);
  };

  const titlesShown = (selector) =>
    everywhere(document, selector)
      .filter(visible)
      .map((element) => squeeze(shownText(element)))
      .filter(Boolean);
  // A step or tab that only a class of the site's own marks among its like: one of several short texts in a row.
  const MARKED = /(?:^|[-_\s])(?:on|active|current|cur|selected|now|this|process|doing|here)(?:$|[-_\s])/i;
  const isMarked = (one) => MARKED.test(one.getAttribute("class") || "");
  const bearsMark = (one) => isMarked(one) || (one.childElementCount <= 3 && [...one.children].some(isMarked));
  // The entry of a menu that a marked text stands in: it and whatever holds nothing else.
  const entryOf = (one) => {
    let entry = one;
    while (entry.parentElement?.childElementCount === 1 && textOf(entry.parentElement) === textOf(one))
      entry = entry.parentElement;
    return entry;
  };
  const stepsOn = () =>
    everywhere(document, "[class]")
      .filter((one) => {
        if (!isMarked(one) || one.childElementCount > 3 || one.matches(`${FIELDS},body`)) return false;
        const text = one.textContent;
        if (!text || text.length > 40 || !/\p{L}{2}/u.test(text) || one.querySelector(FIELDS)) return false;
        const entry = entryOf(one);
        if (!entry.parentElement || entry.matches("body,html")) return false;
        const like = [...entry.parentElement.children].filter((other) => other.localName === entry.localName);
        const others = like.filter((other) => other !== entry);
        return (
          others.length > 1 &&
          others.every((other) => !bearsMark(other) && !other.querySelector(FIELDS) && textOf(other)) &&
          visible(one) &&
          !core.inPopup(one)
        );
      })
      .map((one) => squeeze(shownText(one)))
      .filter((text, index, all) => all.indexOf(text) === index);
  const shows = (titles) => {
    const wanted = titles.map(core.fold);
    return [core.headings, core.selected].flatMap(titlesShown).some((text) => wanted.includes(core.fold(text)));
  };

  // Other names than labels are looked for only where they are asked for: a form of a pack never does.
  const look = (allNames = false) =>
    standingStill(() => {
      const memo = new Map(),
        windows = openDialogs(),
        rows = stillOpen().map((one) => one.row);
      const dialogs = [...windows, ...rows.filter((row) => !windows.some((one) => one.contains(row)))];
      return {
        url: location.href.split(/[?#]/)[0],
        title: squeeze(document.title),
        controls: claim().map((one) => describe(one, memo, dialogs, allNames)),
        tables: tables(memo, dialogs),
        dialogs: dialogs.map((element) =>
          squeeze(ariaName(element) || shownText(element.querySelector(core.headings) || element).slice(0, 80)),
        ),
        selected: titlesShown(core.selected),
        headings: titlesShown(core.headings),
        steps: allNames ? stepsOn() : [],
      };
    });

  // What the page says behind a label outside any form control: 申请人：LEE · 护照号码 M1234567.
  const facts = (labels) => {
    const answer = {};
    const clean = (text) => core.fold(text).replace(/[:：]$/, "");
    // Its text, hidden parts included, is there without asking for any layout: few elements need a closer look.
    const said = [];
    for (const element of everywhere(document, "*")) {
      if (element.children.length > 3 || element.matches("script,style,input,select,textarea,option,label,button,a,li"))
        continue;
      const text = element.textContent;
      if (text && text.length < 600) said.push([element, core.fold(text)]);
    }
    for (const label of labels) {
      const found = new Set(),
        wanted = core.fold(label);
      for (const [element, whole] of said) {
        if (!whole.includes(wanted) || !visible(element)) continue;
        const text = squeeze(shownText(element));
        if (!text || text.length > 120) continue;
        const split = text.match(/^([^:：]{1,20})[:：]\s*(\S.*)$/);
        if (split && core.fold(split[1]) === wanted && !element.querySelector(FIELDS)) found.add(split[2]);
        else if (clean(text) === wanted) {
          const next = element.nextElementSibling;
          // The header of a data table names a column, not whose form this is.
          if (
            next &&
            !element.closest(core.heads) &&
            !(element.matches("th") && next.matches("th")) &&
            !next.matches(FIELDS) &&
            !next.querySelector(FIELDS) &&
            !next.matches(core.itemBodies)
          )
            found.add(squeeze(shownText(next)));
        }
      }
      answer[label] = [...found].filter(Boolean);
    }
    return answer;
  };

  // Every "label: text" that the page says outside its form controls, whatever the label.
  const stated = () => {
    const found = [];
    const keep = (label, text) => {
      const name = squeeze(label),
        value = squeeze(text);
      if (name && value && name.length <= 40 && value.length <= 80) found.push([name, value]);
    };
    for (const element of everywhere(document, "*")) {
      if (element.children.length > 3 || element.matches("script,style,input,select,textarea,option,button,li"))
        continue;
      const text = element.textContent;
      if (!text || text.length > 300 || element.querySelector(FIELDS) || !visible(element)) continue;
      if (element.closest(core.heads)) continue;
      if (!element.children.length) {
        // What stands behind a text that ends in a colon, or in the cell behind a name.
        const before = element.previousSibling;
        const said = before && (before.nodeType === Node.TEXT_NODE ? before.data : before.textContent || "");
        const own = said && squeeze(said).match(/([^:：|·;；]{1,40})[:：]$/);
        if (own) keep(own[1], text);
        else if (element.matches("td,dd") && element.previousElementSibling?.matches("th,dt,td")) {
          if (!element.previousElementSibling.querySelector(FIELDS)) keep(textOf(element.previousElementSibling), text);
        }
      }
      const split = squeeze(shownText(element)).match(/^([^:：]{1,40})[:：]\s*(\S.*)$/);
      if (split && !/[:：]/.test(split[2])) keep(split[1], split[2]);
    }
    return found;
  };

  const sees = (texts) => {
    const page = core.fold(squeeze(document.body?.innerText || ""));
    return texts.filter((text) => page.includes(core.fold(text)));
  };

  return { facts, fieldOf, kindOf, look, openDialogs, openRows, sees, shows, stated, stateOf };
};
