// The moves that every library's writers share, and the pass that writes. There is no general click: `tap` refuses
// whatever lies outside the parts of the control that is being written. And who else is at the keys.
/** @param {Core} core */
(core) => {
  const { FIELDS, attempt, elementOf, fieldOf, kindOf, stateOf, textOf } = core;

  const setNative = (field, text) => {
    const owner =
      field instanceof HTMLTextAreaElement
        ? HTMLTextAreaElement
        : field instanceof HTMLSelectElement
          ? HTMLSelectElement
          : HTMLInputElement;
    Object.getOwnPropertyDescriptor(owner.prototype, "value").set.call(field, text);
  };

  const fire = (target, type, init = {}) => {
    const make =
      { keydown: KeyboardEvent, keyup: KeyboardEvent, input: InputEvent }[type] ||
      (/^(mouse|click|pointer)/.test(type) ? MouseEvent : Event);
    return target.dispatchEvent(
      new make(type, { bubbles: true, composed: true, cancelable: type !== "input" && type !== "change", ...init }),
    );
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
    if (
      element.closest(FORBIDDEN) ||
      (element.closest("form") && element.closest("button:not([type])") && !core.inPopup(element))
    )
      throw new Error("a submit control");
    // Outside a shadow root its parts can't be told apart: a page would take a press inside for one beside the control.
    const at = { button: 0, detail: 1, view: window, composed: element.getRootNode() === document };
    fire(element, "pointerdown", at);
    fire(element, "mousedown", at);
    fire(element, "pointerup", at);
    fire(element, "mouseup", at);
    if (at.composed) element.click();
    else fire(element, "click", at);
  };

  const own = (popup) => {
    if (popup && !parts.includes(popup)) parts.push(popup);
    return popup;
  };

  /** @returns {Chosen<El>} */
  const exactly = (items, accepted, textFor = textOf) => {
    const wanted = accepted.map(core.fold);
    const hits = items.filter((item) => wanted.includes(core.fold(textFor(item))));
    return hits.length === 1 ? [hits[0], null] : [null, hits.length ? "ambiguous" : "no-such-option"];
  };

  const EMPTY = ["null", '""', "[]"];

  // Libraries roll an impossible day over into the next month, silently; and each shape has its own fields.
  const DATED = { date: 3, month: 2, "date-range": 0 };

  const isDate = (text, parts) => {
    if (!/^\d{4}-\d{2}(-\d{2})?$/.test(text) || (parts && text.split("-").length !== parts)) return false;
    const full = `${text}-01`.slice(0, 10),
      date = new Date(`${full}T00:00:00Z`);
    return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === full;
  };

  // A line break in a one-line box is an Enter to whoever types, a tab leads away: text with such signs is for boxes of
  // several lines, and other control characters are no text at all.
  const CONTROLS = /[\p{Cc}\p{Zl}\p{Zp}]/u;
  const LINES = /[\t\n\r]/g;
  const severalLines = (field) =>
    field instanceof HTMLTextAreaElement || field?.getAttribute("aria-multiline") === "true";
  const isTextFor = (field, value) =>
    typeof value !== "string" || !CONTROLS.test(severalLines(field) ? value.replace(LINES, "") : value);

  const compare = (one, other) => (one < other ? -1 : one > other ? 1 : 0);

  // A number, or a native date, beyond what the page itself says it takes: it would be pulled back to the edge, and what
  // stood there would be lost.
  const RANGED = ["number", "date", "month"];
  const beyond = (root, kind, field, { value }) => {
    if (!RANGED.includes(kind.kind) || typeof value !== "string" || !value) return false;
    const edge = (name) =>
      field?.getAttribute(name) || field?.getAttribute(`aria-value${name}`) || root.getAttribute(`aria-value${name}`);
    const than = (limit) =>
      kind.kind === "number" ? Number(value.replace(/,/g, "")) - Number(limit) : compare(value, limit);
    const [least, most] = [edge("min"), edge("max")];
    return Boolean((least && than(least) < 0) || (most && than(most) > 0));
  };

  // What is given to each kind of control: one text, unless it is said here.
  const SHAPES = {
    checkbox: "boolean",
    switch: "boolean",
    "multi-select": "list",
    "checkbox-group": "list",
    "date-range": "list",
    upload: "list",
  };
  const shapeOf = (value) => (Array.isArray(value) ? "list" : typeof value);

  // Why a control can't be written, or null.
  const refusal = (root, kind, order) => {
    if (!root) return "not-found";
    const field = fieldOf(root, kind),
      now = stateOf(root, kind, field);
    if (!now.visible) return "hidden";
    if (!now.enabled || now.read_only) return "read-only";
    if (!kind.write || !isTextFor(field, order.value)) return "unsupported";
    if (shapeOf(order.value) !== (SHAPES[kind.kind] || "string")) return "unsupported";
    const dated = !(kind.kind in DATED) || [order.value].flat().every((one) => isDate(one, DATED[kind.kind]));
    return !dated || beyond(root, kind, field, order) ? "no-such-option" : null;
  };

  const within = async (root, act) => {
    parts = [root];
    try {
      return await act();
    } catch (error) {
      return error.message === "a submit control" ? "unsupported" : "page-error";
    } finally {
      parts = [];
    }
  };
  const holds = (root, kind) => JSON.stringify(attempt(() => kind.read(root), null));

  const writeOne = async (order) => {
    if (acts) return { id: order.id, reason: "person", ms: 0 };
    const started = performance.now(),
      root = elementOf(order.id),
      kind = root && kindOf.get(root);
    let reason = refusal(root, kind, order);
    if (!reason) {
      const before = holds(root, kind);
      reason = (await within(root, () => kind.write(root, order))) || null;
      // A page may take its time to show what it took.
      if (!reason) await core.until(() => holds(root, kind) !== before, core.clock.taking);
      // A refusal promises that nothing was changed: where a page took a part of it, that is said instead.
      if (reason && holds(root, kind) !== before) reason = "not-taken";
    }
    return { id: order.id, reason, ms: performance.now() - started };
  };

  // Puts the question that a control has for its server, if it has one; the answer comes while others are written.
  const asked = async (order) => {
    const root = elementOf(order.id),
      kind = root && kindOf.get(root);
    if (acts || !kind?.ask || refusal(root, kind, order)) return false;
    return (await within(root, () => kind.ask(root, order))) === true;
  };

  const write = async (orders) => {
    core.watchTimers();
    const answers = [],
      waiting = [];
    for (const [index, order] of orders.entries()) {
      if (await asked(order)) waiting.push(index);
      else answers[index] = await writeOne(order);
    }
    for (const index of waiting) answers[index] = await writeOne(orders[index]);
    // What was written meanwhile may hang on it: what holds nothing now is written in its turn after all.
    for (const [index, order] of orders.entries()) {
      const root = elementOf(order.id),
        kind = root && kindOf.get(root);
      if (index > waiting[0] && !waiting.includes(index) && kind && EMPTY.includes(holds(root, kind)))
        answers[index] = await writeOne(order);
    }
    // Writing moves the focus; who types is given it back.
    if (acts && place?.isConnected) place.focus({ preventScroll: true });
    return answers;
  };

  // What the browser itself reports while the tool works is the person's, except in the moment when the tool has the
  // browser enter a text. `round` is the tool's word that it works from now on; 0 while it does not.
  const NO_TYPING =
    /^(Shift|Control|Alt|AltGraph|Meta|CapsLock|NumLock|ScrollLock|Fn|ContextMenu|PrintScreen|Escape|Page.*|F\d+)$/;

  const SCROLLS = /^(Arrow.*|Home|End|Tab)$/;
  let round = 0,
    acts = 0,
    mine = false,
    place = null;
  const attend = (now) => {
    if (now === round) return;
    if (!now !== !round) core.hasten(now > 0);
    if (!now) {
      core.leaveTimers();
      core.leaveChanges();
    }
    round = now;
    acts = 0;
    place = null;
  };

  const acted = (event) => {
    if (!round || mine || !event.isTrusted) return;
    const target = event.composedPath()[0];
    const writable = target instanceof Element && target.matches(FIELDS);
    if (
      event.type === "keydown" &&
      (NO_TYPING.test(event.key) ||
        (SCROLLS.test(event.key) && !writable) ||
        ((event.ctrlKey || event.metaKey) && /^[ac]$/i.test(event.key)))
    )
      return;
    // A press on the page's own scroll bar.
    if (event.type === "pointerdown" && target === document.documentElement) return;
    acts++;
    if (writable) place = target;
  };

  for (const name of ["keydown", "beforeinput", "pointerdown", "paste", "drop"])
    addEventListener(name, acted, { capture: true, passive: true });

  // What has the focus, however deep in shadow roots.
  const focused = () => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return element;
  };

  // Enters text as an input method does, for a page that believes no script: whole, in one turn of the page, and only where
  // the focus is the field's own. No key is pressed: a key meets whatever has the focus by then.
  const insert = async (id, text) => {
    const root = elementOf(id),
      kind = root && kindOf.get(root),
      reason = refusal(root, kind, { value: text });
    if (reason) return reason;
    // Where a day must be pressed a text that stands in the box says nothing of what the page holds.
    if (kind.picks) return "unsupported";
    const field = fieldOf(root, kind);
    core.watchTimers();
    mine = true;
    try {
      field.focus({ preventScroll: true });
      if (field.select) field.select();
      else getSelection().selectAllChildren(field);
      if (focused() !== field) return "not-taken";
      document.execCommand("insertText", false, text);
    } finally {
      mine = false;
    }
    await core.tick();
    key(field, "Tab", 9);
    field.blur();
    await core.tick();
    return null;
  };

  const bytesOf = (base64) => {
    if (Uint8Array.fromBase64) return Uint8Array.fromBase64(base64);
    const text = atob(base64),
      bytes = new Uint8Array(text.length);
    for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
    return bytes;
  };

  // Gives each upload's own box one file, as a person's choice would; a box that stands in a window wants it apart.
  const give = (gifts) =>
    gifts.map(({ id, name, type, content }) => {
      const root = elementOf(id),
        kind = root && kindOf.get(root);
      if (!root) return "not-found";
      const field = root.matches("input[type=file]")
        ? root
        : kind.files
          ? null
          : root.querySelector("input[type=file]");
      if (!field) return "apart";
      const bag = new DataTransfer();
      bag.items.add(new File([bytesOf(content)], name, { type }));
      field.files = bag.files;
      fire(field, "input");
      fire(field, "change");
      return null;
    });

  // All that a choice offers, opening and closing its list where that is the only way to know.
  const offers = async (id) => {
    const root = elementOf(id),
      kind = root && kindOf.get(root);
    if (!kind?.options) return null;
    const shown = attempt(() => kind.options(root), null);
    if (shown?.length || !kind.offers) return shown;
    parts = [root];
    try {
      return await kind.offers(root);
    } catch {
      return null;
    } finally {
      parts = [];
    }
  };

  return {
    attend,
    enterText,
    exactly,
    fire,
    key,
    own,
    setNative,
    tap,
    type,
    write,
    insert,
    offers,
    give,
    // How often the person acted while the tool works.
    acts: () => acts,
  };
};
