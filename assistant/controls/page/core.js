// The engine's core, run inside a page: what a person sees of a form as plain data, and the few moves that every
// library's writers share. It keeps nothing in the page's own names (the tool holds it by a handle), and it has no
// general click: `tap` refuses whatever lies outside the parts of the control that is being written.
() => {
  const HEADINGS = "h1,h2,h3,h4,h5,h6,legend,caption,[role=heading]";
  const FIELDS = "input,select,textarea,[contenteditable=true]";
  const SELECTED = "[role=tab][aria-selected=true],[aria-current]:not([aria-current=false])";
  const PRESSABLE =
    "button,a,label,li,[role=button],[role=menuitem],[role=tab],[role=link],[role=option],[tabindex],[onclick],input[type=button]";
  const WAIT = 5000;

  const ids = new WeakMap();
  const known = new Map();
  let last = 0;
  const idOf = (element) => {
    if (!ids.has(element)) {
      ids.set(element, ++last);
      known.set(last, new WeakRef(element));
    }
    return ids.get(element);
  };
  const elementOf = (id) => {
    const element = known.get(id)?.deref();
    return element?.isConnected ? element : null;
  };

  // -- seeing ----------------------------------------------------------------------------------------------------

  const squeeze = (text) => (text || "").replace(/[\s\u00a0\u200b\ufeff]+/g, " ").trim();
  const textOf = (element) => squeeze(element?.textContent);
  const parentOf = (node) => node.assignedSlot || node.parentElement || node.getRootNode()?.host || null;

  const visible = (element) => {
    if (!element?.isConnected) return false;
    if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return false;
    const box = element.getBoundingClientRect();
    const left = box.left + scrollX, top = box.top + scrollY;
    return box.width > 1 && box.height > 1 && left + box.width > 0 && top + box.height > 0;
  };

  // Text as shown, without what is hidden and without the text of nested form controls.
  const shownText = (element) => {
    let text = "";
    for (const node of element.childNodes) {
      if (node.nodeType === Node.TEXT_NODE) text += node.data;
      else if (node.nodeType === Node.ELEMENT_NODE && !node.matches("select,textarea,script,style,option") && node.checkVisibility())
        text += shownText(node);
    }
    return text;
  };

  // Elements of a document and of every open shadow root in it. While nothing can change, the roots are found once.
  let still = null;
  const rootsOf = (root) => {
    const found = [root];
    for (const element of root.querySelectorAll("*")) if (element.shadowRoot) found.push(...rootsOf(element.shadowRoot));
    return found;
  };
  const everywhere = (root, selector) =>
    (root === document && still ? still : rootsOf(root)).flatMap((one) => [...one.querySelectorAll(selector)]);
  const standingStill = (read) => {
    still = rootsOf(document);
    try { return read(); } finally { still = null; }
  };

  const headingOf = (element) => {
    if (element.matches(core.headings)) return element;
    const inside = element.querySelector(core.headings);
    return inside && !element.querySelector(FIELDS) ? inside : null;
  };

  // The headings above an element, outermost first. `memo` lives for one look, so that a long flat form stays linear.
  const contextOf = (element, memo) => {
    const headingBefore = (node) => {
      const walked = [];
      let found = null;
      for (let at = node; at; at = at.previousElementSibling) {
        if (memo.has(at)) { found = memo.get(at); break; }
        walked.push(at);
        const before = at.previousElementSibling;
        const heading = before && headingOf(before);
        if (heading) { found = heading; break; }
      }
      for (const at of walked) memo.set(at, found);
      return found;
    };
    const path = [];
    for (let node = element; node && node !== document.body; node = parentOf(node)) {
      if (node !== element && node.matches("fieldset")) path.unshift(squeeze(shownText(node.querySelector("legend") || node).slice(0, 60)));
      const named = node !== element && node.matches("[role=dialog],[role=tabpanel],[role=region],[role=group],dialog,section")
        ? ariaName(node) : "";
      if (named) path.unshift(named);
      const heading = headingBefore(node);
      if (heading) path.unshift(squeeze(shownText(heading)));
    }
    return path.filter((text, index) => text && text !== path[index - 1]);
  };

  // -- what a control is called --------------------------------------------------------------------------------

  const ariaName = (element) => {
    const names = (element.getAttribute("aria-labelledby") || "").split(/\s+/).filter(Boolean);
    const root = element.getRootNode();
    const text = squeeze(names.map((id) => textOf(root.getElementById?.(id))).join(" "));
    return text || squeeze(element.getAttribute("aria-label"));
  };

  const cellLabel = (element) => {
    const cell = element.closest("td,th,[role=gridcell]");
    if (!cell) return "";
    for (let left = cell.previousElementSibling; left; left = left.previousElementSibling) {
      if (left.querySelector(FIELDS)) break;
      const text = squeeze(shownText(left));
      if (text) return text;
    }
    const row = cell.parentElement, table = cell.closest("table");
    const column = [...row.children].indexOf(cell);
    for (let above = row.previousElementSibling; above; above = above.previousElementSibling) {
      const text = above.children[column] && !above.querySelector(FIELDS) ? squeeze(shownText(above.children[column])) : "";
      if (text) return text;
    }
    const head = table?.tHead?.rows[table.tHead.rows.length - 1]?.cells[column];
    return head && !head.contains(element) ? squeeze(shownText(head)) : "";
  };

  // Text that stands just before a control, on the way up to the first ancestor that holds another control.
  const nearbyText = (element) => {
    for (let node = element, depth = 0; node && depth < 4; node = node.parentElement, depth++) {
      let text = "";
      for (let before = node.previousSibling; before; before = before.previousSibling) {
        if (before.nodeType === Node.TEXT_NODE) text = before.data + text;
        else if (before.nodeType === Node.ELEMENT_NODE) {
          if (before.matches(FIELDS) || before.querySelector(FIELDS)) break;
          if (before.checkVisibility()) text = shownText(before) + text;
          if (before.matches("br,hr,p,div,li,tr") && squeeze(text)) break;
        }
      }
      if (squeeze(text)) return squeeze(text).length <= 60 ? squeeze(text) : "";
      if (node.parentElement && [...node.parentElement.querySelectorAll(FIELDS)].some((other) => !element.contains(other))) break;
    }
    return "";
  };

  const placeholderLabel = (field) => squeeze(field?.getAttribute("placeholder") || "").replace(/^(请(输入|选择|填写|上传)|please (enter|select|input|choose)( your)?)/i, "").trim();

  const itemOf = (element) => {
    for (const library of core.libraries)
      for (const item of library.items || []) {
        const found = element.closest(item.root);
        if (found) return { found, item };
      }
    return null;
  };

  const labelOf = (root, field, kind) => {
    const own = kind.groups ? [] : [...(field?.labels || [])].map((label) => squeeze(shownText(label))).filter(Boolean);
    if (own.length) return [own[0], "label"];
    const aria = ariaName(root) || (field && !kind.groups && ariaName(field)) || "";
    if (aria && !kind.silent) return [aria, "aria"];
    if (kind.label) {
      const text = squeeze(kind.label(root));
      if (text) return [text, "own"];
    }
    const item = itemOf(root);
    const text = item && squeeze(shownText(item.found.querySelector(item.item.label) || document.createElement("i")));
    if (text) return [text, "item"];
    const column = squeeze(core.libraries.map((library) => library.column?.(root)).find(Boolean));
    if (column) return [column, "column"];
    const cell = cellLabel(root);
    if (cell) return [cell, "cell"];
    const legend = kind.groups && root.closest("fieldset")?.querySelector("legend");
    if (legend) return [squeeze(shownText(legend)), "legend"];
    const near = nearbyText(root);
    if (near) return [near, "nearby"];
    const inside = placeholderLabel(field);
    if (inside) return [inside, "placeholder"];
    return [squeeze(field?.getAttribute("title") || ""), "title"];
  };

  // -- the snapshot --------------------------------------------------------------------------------------------

  // Leaf controls in document order, each claimed by the first library that knows it.
  const claim = () => {
    const kinds = core.libraries.flatMap((library) => library.kinds.map((kind) => ({ ...kind, library: library.name })));
    const any = kinds.map((kind) => kind.selector).join(",");
    const popups = core.libraries.map((library) => library.popups).filter(Boolean).join(",");
    // Native fields that a library keeps out of sight behind its own, and parts of its own that others would take for theirs.
    const replaced = core.libraries.map((library) => library.replaced).filter(Boolean).join(",") || ":not(*)";
    const claimed = new Set(), controls = [];
    for (const element of everywhere(document, any)) {
      if (element.matches(replaced)) continue;
      let inside = false;
      for (let up = parentOf(element); up && !inside; up = parentOf(up)) inside = claimed.has(up);
      if (inside || claimed.has(element) || (popups && element.closest(popups))) continue;
      const kind = kinds.find((one) => element.matches(one.selector) && (!one.when || one.when(element)));
      if (!kind) continue;
      const root = kind.root ? kind.root(element) : element;
      if (!root || claimed.has(root)) continue;
      claimed.add(root);
      claimed.add(element);
      controls.push({ root, kind });
    }
    return controls;
  };

  const kindOf = new WeakMap();
  const attempt = (read, otherwise) => { try { return read(); } catch { return otherwise; } };

  const fieldOf = (root, kind) => kind.field ? kind.field(root) : root.matches(FIELDS) ? root : root.querySelector(FIELDS);
  // What decides whether a control can be written, and what it holds.
  const stateOf = (root, kind, field) => ({
    value: attempt(() => kind.read(root), null),
    read_only: Boolean(kind.readOnly ? kind.readOnly(root) : field?.readOnly && !kind.opens),
    enabled: !(kind.disabled ? kind.disabled(root) : field?.matches(":disabled") || field?.getAttribute("aria-disabled") === "true"),
    visible: visible(kind.face ? kind.face(root) : root),
  });

  const describe = ({ root, kind }, memo, dialogs) => {
    kindOf.set(root, kind);
    const field = fieldOf(root, kind);
    const [label, source] = labelOf(root, field, kind);
    const item = itemOf(root);
    const dialog = dialogs.findIndex((one) => one.contains(root));
    return {
      id: idOf(root), kind: kind.kind, library: kind.library, label, label_source: source,
      context: contextOf(root, memo),
      ...stateOf(root, kind, field),
      options: kind.options ? attempt(() => kind.options(root), null) : null,
      required: Boolean(field?.required || field?.getAttribute("aria-required") === "true" || root.getAttribute("aria-required") === "true" ||
        item?.found.matches(item.item.required || ":not(*)") || item?.found.querySelector(item.item.star || ":not(*)") || /^\s*[*＊✱]|[*＊✱]\s*[:：]?\s*$/.test(label)),
      error: item?.item.error ? squeeze([...item.found.querySelectorAll(item.item.error)].filter(visible).map(textOf).join(" "))
        : field?.getAttribute("aria-invalid") === "true" ? "invalid" : "",
      max_length: field && field.maxLength > 0 ? field.maxLength : null,
      accept: field?.getAttribute?.("accept") || "", multiple: Boolean(field?.multiple),
      placeholder: squeeze(field?.getAttribute?.("placeholder") || ""),
      dialog: dialog < 0 ? null : dialog,
    };
  };

  const openDialogs = () => [...everywhere(document, core.dialogs)].filter((element) => {
    const box = element.getBoundingClientRect();
    return box.width > 1 && element.checkVisibility({ visibilityProperty: true }) && !leaving(element);
  }).filter((element, _, all) => !all.some((other) => other !== element && other.contains(element)));

  const leaving = (element) => Boolean(element.closest("[class*=leave-active],[class*=leave-to],[class*=leave-start],[class*=leave-prepare],[class*=leave-end]"));

  const tables = (memo, dialogs) => {
    const found = [];
    for (const library of core.libraries)
      for (const table of library.tables || [])
        for (const root of everywhere(document, table.root)) {
          if (!visible(root) || found.some((one) => one.root.contains(root))) continue;
          const dialog = dialogs.findIndex((one) => one.contains(root));
          found.push({ root, id: idOf(root), headers: table.headers(root), rows: table.rows(root), context: contextOf(root, memo), dialog: dialog < 0 ? null : dialog });
        }
    return found.map(({ root, ...plain }) => plain);
  };

  // What a pressable thing is called; the items of a menu that it opens are not part of its name.
  const buttonText = (element) => {
    if (element.matches("input")) return squeeze(element.value || element.title);
    const submenu = element.querySelector("ul,[role=menu]");
    const text = squeeze(shownText(element));
    return submenu ? squeeze(text.replace(squeeze(shownText(submenu)), "")) : text || ariaName(element);
  };

  const look = () => standingStill(() => {
    const memo = new Map(), dialogs = openDialogs();
    return {
      url: location.href.split(/[?#]/)[0],
      controls: claim().map((one) => describe(one, memo, dialogs)),
      tables: tables(memo, dialogs),
      dialogs: dialogs.map((element) => squeeze(ariaName(element) || shownText(element.querySelector(core.headings) || element).slice(0, 80))),
      selected: everywhere(document, core.selected).filter(visible).map((element) => squeeze(shownText(element))).filter(Boolean),
      headings: [...everywhere(document, core.headings)].filter(visible).map((element) => squeeze(shownText(element))).filter(Boolean),
    };
  });

  // -- moves that writers share --------------------------------------------------------------------------------

  const tick = () => new Promise((done) => setTimeout(done));
  const until = async (test, limit = WAIT) => {
    const end = performance.now() + limit;
    for (;;) {
      const found = test();
      if (found) return found;
      if (performance.now() > end) return null;
      await new Promise((done) => setTimeout(done, 15));
    }
  };

  const setNative = (field, text) => {
    const owner = field instanceof HTMLTextAreaElement ? HTMLTextAreaElement : field instanceof HTMLSelectElement ? HTMLSelectElement : HTMLInputElement;
    Object.getOwnPropertyDescriptor(owner.prototype, "value").set.call(field, text);
  };
  const fire = (target, type, init = {}) => {
    const make = { keydown: KeyboardEvent, keyup: KeyboardEvent, input: InputEvent }[type] || (/^(mouse|click|pointer)/.test(type) ? MouseEvent : Event);
    return target.dispatchEvent(new make(type, { bubbles: true, composed: true, cancelable: type !== "input" && type !== "change", ...init }));
  };
  const key = (target, name, code) => {
    fire(target, "keydown", { key: name, code: name, keyCode: code, which: code });
    fire(target, "keyup", { key: name, code: name, keyCode: code, which: code });
  };
  const enterText = (field, text) => {
    field.focus({ preventScroll: true });
    setNative(field, text);
    fire(field, "input", { inputType: "insertText", data: text });
  };
  const type = (field, text) => {
    enterText(field, text);
    fire(field, "change");
    field.blur();
  };

  // The parts that may be clicked while a control is written: the control itself and the popups it opened.
  let parts = [];
  const FORBIDDEN = "[type=submit],[type=image]";
  const tap = (element) => {
    if (!parts.some((part) => part.contains(element))) throw new Error("outside the control");
    if (element.closest(FORBIDDEN) || (element.closest("form") && element.closest("button:not([type])") && !core.inPopup(element)))
      throw new Error("a submit control");
    // Outside a shadow root its parts can't be told apart: a page would take a press inside for one beside the control.
    const at = { button: 0, detail: 1, view: window, composed: element.getRootNode() === document };
    fire(element, "pointerdown", at); fire(element, "mousedown", at);
    fire(element, "pointerup", at); fire(element, "mouseup", at);
    if (at.composed) element.click();
    else fire(element, "click", at);
  };
  const own = (popup) => { if (popup && !parts.includes(popup)) parts.push(popup); return popup; };

  const exactly = (items, accepted, textFor = textOf) => {
    const wanted = accepted.map(core.fold);
    const hits = items.filter((item) => wanted.includes(core.fold(textFor(item))));
    return hits.length === 1 ? [hits[0], null] : [null, hits.length ? "ambiguous" : "no-such-option"];
  };

  // Libraries roll an impossible day over into the next month, silently; and each shape has its own fields.
  const DATED = { date: 3, month: 2, "date-range": 0 };
  const isDate = (text, parts) => {
    if (!/^\d{4}-\d{2}(-\d{2})?$/.test(text) || (parts && text.split("-").length !== parts)) return false;
    const full = (text + "-01").slice(0, 10), date = new Date(full + "T00:00:00Z");
    return !isNaN(date) && date.toISOString().slice(0, 10) === full;
  };

  const write = async (orders) => {
    const answers = [];
    for (const order of orders) {
      if (acts) {
        answers.push({ id: order.id, reason: "person", ms: 0 });
        continue;
      }
      let reason = null;
      const root = elementOf(order.id), kind = root && kindOf.get(root);
      const started = performance.now();
      if (!root) reason = "not-found";
      else {
        const now = stateOf(root, kind, fieldOf(root, kind));
        if (!now.visible) reason = "hidden";
        else if (!now.enabled || now.read_only) reason = "read-only";
        else if (!kind.write) reason = "unsupported";
        else if (kind.kind in DATED && ![order.value].flat().every((one) => isDate(one, DATED[kind.kind]))) reason = "no-such-option";
        else {
          parts = [root];
          try { reason = (await kind.write(root, order)) || null; } catch (error) { reason = error.message === "a submit control" ? "unsupported" : "page-error"; }
          parts = [];
          // A refusal promises that nothing was changed: where a page took a part of it, that is said instead.
          if (reason && JSON.stringify(attempt(() => kind.read(root), null)) !== JSON.stringify(now.value)) reason = "not-taken";
        }
      }
      answers.push({ id: order.id, reason, ms: performance.now() - started });
    }
    // Writing moves the focus; who types is given it back.
    if (acts && place?.isConnected) place.focus({ preventScroll: true });
    return answers;
  };

  // -- the person at the wheel ---------------------------------------------------------------------------------------

  // What the browser itself reports while the tool works is the person's, except in the moments when the tool uses the
  // browser's own keys. `round` is the tool's word that it works from now on; 0 while it does not.
  const NO_TYPING = /^(Shift|Control|Alt|AltGraph|Meta|CapsLock|NumLock|ScrollLock|Fn|ContextMenu|PrintScreen|Escape|Page.*|F\d+)$/;
  const SCROLLS = /^(Arrow.*|Home|End|Tab)$/;
  let round = 0, acts = 0, mine = false, place = null;
  const attend = (now) => { if (now !== round) { round = now; acts = 0; place = null; } };
  const acted = (event) => {
    if (!round || mine || !event.isTrusted) return;
    const target = event.composedPath()[0];
    const writable = target instanceof Element && target.matches(FIELDS);
    if (event.type === "keydown" && (NO_TYPING.test(event.key) || (SCROLLS.test(event.key) && !writable) || ((event.ctrlKey || event.metaKey) && /^[ac]$/i.test(event.key)))) return;
    // A press on the scroll bar or beside everything means nothing to the form.
    if (event.type === "pointerdown" && !(target instanceof Element && (target.closest(`${FIELDS},${PRESSABLE},form`) || core.inPopup(target)))) return;
    acts++;
    if (writable) place = target;
  };
  for (const name of ["keydown", "beforeinput", "pointerdown", "paste", "drop"]) addEventListener(name, acted, { capture: true, passive: true });

  // -- declared buttons, facts, waiting ----------------------------------------------------------------------------

  // The element that bears the text, for each thing that can be pressed there: a person presses the text itself.
  const pressables = (texts, scope) => {
    const wanted = texts.map(core.fold), found = new Map();
    for (const element of everywhere(scope, "*")) {
      if (element.matches("script,style,option,input:not([type=button])")) continue;
      const text = element.matches("input") ? element.value : [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.data).join("");
      if (!text || !wanted.includes(core.fold(text))) continue;
      const target = element.closest(PRESSABLE) || (getComputedStyle(element).cursor === "pointer" ? element : null);
      if (target && visible(element) && core.fold(buttonText(target)) === core.fold(text)) found.set(target, element);
    }
    return [...found.keys()].filter((one) => ![...found.keys()].some((other) => other !== one && one.contains(other))).map((one) => found.get(one));
  };

  // A page still being read shows its buttons before the scripts that make them work: a press then leads nowhere.
  // One that never ends is waited for once.
  let patient = true;
  const loaded = async (limit = WAIT) => {
    if (patient && document.readyState !== "complete") patient = Boolean(await until(() => document.readyState === "complete", limit));
  };

  // Presses the one visible thing that bears one of these texts; `dialog` limits the search to the open dialog.
  const press = async (texts, dialog, ask = false) => {
    await loaded();
    if (acts) return "person";
    const scopes = openDialogs();
    const scope = dialog ? scopes[scopes.length - 1] : document;
    if (!scope) return "not-found";
    let found = pressables(texts, scope).filter((one) => dialog || !scopes.length || scopes.some((open) => open.contains(one)));
    // What ends a row may stand above its table.
    if (!found.length && row) found = pressables(texts, row.root);
    if (!found.length) return "not-found";
    if (found.length > 1) return "ambiguous";
    if (found[0].closest(":disabled,.is-disabled,[aria-disabled=true]")) return "read-only";
    // A button that posts the whole form is only pressed when that was announced.
    const button = found[0].closest("button,input");
    if (ask && button?.form && /^(submit|image)$/.test(button.type)) return "posts";
    found[0].scrollIntoView({ block: "nearest" });
    found[0].click();
    return null;
  };

  // What the page says behind a label outside any form control: 申请人：LEE · 护照号码 M1234567.
  const facts = (labels) => {
    const answer = {};
    const clean = (text) => core.fold(text).replace(/[:：]$/, "");
    // Its text, hidden parts included, is there without asking for any layout: few elements need a closer look.
    const said = [];
    for (const element of everywhere(document, "*")) {
      if (element.children.length > 3 || element.matches("script,style,input,select,textarea,option,label,button,a,li")) continue;
      const text = element.textContent;
      if (text && text.length < 600) said.push([element, core.fold(text)]);
    }
    for (const label of labels) {
      const found = new Set(), wanted = core.fold(label);
      for (const [element, whole] of said) {
        if (!whole.includes(wanted) || !visible(element)) continue;
        const text = squeeze(shownText(element));
        if (!text || text.length > 120) continue;
        const split = text.match(/^([^:：]{1,20})[:：]\s*(\S.*)$/);
        if (split && core.fold(split[1]) === wanted && !element.querySelector(FIELDS)) found.add(split[2]);
        else if (clean(text) === wanted) {
          const next = element.nextElementSibling;
          // The header of a data table names a column, not whose form this is.
          if (next && !element.closest(core.heads) && !(element.matches("th") && next.matches("th")) && !next.matches(FIELDS) && !next.querySelector(FIELDS) && !next.matches(core.itemBodies)) found.add(squeeze(shownText(next)));
        }
      }
      answer[label] = [...found].filter(Boolean);
    }
    return answer;
  };

  const sees = (texts) => {
    const page = core.fold(squeeze(document.body?.innerText || ""));
    return texts.filter((text) => page.includes(core.fold(text)));
  };

  // Waits until the page is read to its end and has then been quiet: no change of its tree and no field's value moving
  // for `quiet` ms, at most `limit`.
  const settle = async (quiet, limit) => {
    await loaded(limit);
    let changes = 0;
    const observer = new MutationObserver(() => { changes++; });
    observer.observe(document, { subtree: true, childList: true, characterData: true });
    let fields = [], listed = -1;
    const state = () => {
      if (listed !== changes) [fields, listed] = [everywhere(document, FIELDS), changes];
      return changes + "\n" + fields.map((field) => (field.type === "file" ? "" : field.value) + field.checked).join("\n");
    };
    const start = performance.now();
    let before = state(), since = start;
    while (performance.now() - since < quiet && performance.now() - start < limit) {
      await new Promise((done) => setTimeout(done, Math.min(10, quiet)));
      const now = state();
      if (now !== before) { before = now; since = performance.now(); }
    }
    observer.disconnect();
  };

  const core = {
    libraries: [], headings: HEADINGS, selected: SELECTED, dialogs: "[role=dialog],dialog[open]", itemBodies: ":not(*)",
    squeeze, textOf, shownText, visible, leaving, everywhere, until, tick, enterText, type, key, fire, setNative, tap, own, exactly, ariaName, itemOf,
    FIELDS,
    fold: (text) => squeeze(text).normalize("NFKC").replace(/\s+/g, ""),
    inPopup: (element) => core.libraries.some((library) => library.popups && element.closest(library.popups)),
    assemble(libraries) {
      core.libraries = libraries;
      const all = (name) => libraries.map((library) => library[name]).filter(Boolean);
      core.headings = [HEADINGS, ...all("headings")].join(",");
      core.heads = ["thead", ...all("heads")].join(",");
      core.dialogs = [core.dialogs, ...all("dialogs")].join(",");
      core.selected = [SELECTED, ...all("selected")].join(",");
      core.itemBodies = libraries.flatMap((library) => library.items || []).map((item) => item.body).filter(Boolean).join(",") || ":not(*)";
      return {
        look, write, press, facts, sees, settle, attend, element: elementOf,
        // How often the person acted while the tool works; and whether the browser's own keys are the tool's now.
        acts: () => acts,
        byHand: (now) => { mine = now; },
        loadedLook: async (limit) => { await loaded(limit); return look(); },
        // A move and, when the page is quiet again, what it shows then: one call instead of three.
        settledLook: async (quiet, limit) => { await settle(quiet, limit); return look(); },
        pressAndLook: async (texts, dialog, quiet, limit, ask) => {
          const reason = await press(texts, dialog, ask);
          if (reason) return { reason, seen: null };
          await settle(quiet, limit);
          return { reason, seen: look() };
        },
        writeAndLook: async (orders, quiet, limit) => {
          const answers = await write(orders);
          await settle(quiet, limit);
          return { answers, seen: look() };
        },
        // All that a choice offers, opening and closing its list where that is the only way to know.
        offers: async (id) => {
          const root = elementOf(id), kind = root && kindOf.get(root);
          if (!kind?.options) return null;
          const shown = attempt(() => kind.options(root), null);
          if (shown?.length || !kind.offers) return shown;
          parts = [root];
          try { return await kind.offers(root); } catch { return null; } finally { parts = []; }
        },
        field: (id) => { const root = elementOf(id); return root && fieldOf(root, kindOf.get(root) || {}); },
        fileInput: (id) => { const root = elementOf(id); return root && (kindOf.get(root)?.files?.(root) || root.querySelector("input[type=file]") || root); },
        isOpen: (texts) => pressables(texts, document).length,
        popups: () => core.libraries.flatMap((library) => library.popups ? [...everywhere(document, library.popups)] : []).filter((one) => visible(one) && !leaving(one)).length,
      };
    },
  };
  return core;
}
