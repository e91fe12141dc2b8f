// The moves that every library's writers share, and the pass that writes. There is no general click: `tap` refuses
// whatever lies outside the parts of the control that is being written. And who else is at the keys.
(core) => {
  const { FIELDS, attempt, elementOf, fieldOf, kindOf, stateOf, textOf } = core;

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
    // A press on the page's own scroll bar.
    if (event.type === "pointerdown" && target === document.documentElement) return;
    acts++;
    if (writable) place = target;
  };

  for (const name of ["keydown", "beforeinput", "pointerdown", "paste", "drop"]) addEventListener(name, acted, { capture: true, passive: true });

  // All that a choice offers, opening and closing its list where that is the only way to know.
  const offers = async (id) => {
    const root = elementOf(id), kind = root && kindOf.get(root);
    if (!kind?.options) return null;
    const shown = attempt(() => kind.options(root), null);
    if (shown?.length || !kind.offers) return shown;
    parts = [root];
    try { return await kind.offers(root); } catch { return null; } finally { parts = []; }
  };

  return {
    attend, enterText, exactly, fire, key, own, setNative, tap, type, write, offers,
    // How often the person acted while the tool works; and whether the browser's own keys are the tool's now.
    acts: () => acts, byHand: (now) => { mine = now; },
  };
}
