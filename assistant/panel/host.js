// The tool's own place in a page: one element with a closed shadow root beside the body, and the only channel to it.
//
// Runs in a world of the tool's own (the page's scripts share the tree with it, but no object and no function), first in
// every document. What the person does in the panel is taken at the window, before any listener of the page, and goes no
// further; what a script makes up is not trusted by the browser, and is dropped. `app` draws what is in the panel and
// answers with { hear(message), press(name, data), key(event), moved() }.
(settings, app) => {
  "use strict";
  const { binding, secret } = settings;
  const say = (kind, data = {}) => globalThis[binding]?.(JSON.stringify({ secret, kind, data }));

  // The person's own doings on the page, told as a whole when they rest: never what they did.
  let stirring = 0;
  const stirred = (event) => {
    if (!event.isTrusted) return;
    clearTimeout(stirring);
    stirring = setTimeout(() => say("stirred"), 400);
  };
  const watch = () => ["pointerup", "keyup", "change"].forEach((type) => addEventListener(type, stirred, true));
  if (globalThis.assistantPanel) return;
  if (window !== window.top) {
    globalThis.assistantPanel = true;
    watch();
    return;
  }

  const host = document.createElement("div");
  const root = host.attachShadow({ mode: "closed" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(settings.style);
  root.adoptedStyleSheets = [sheet];

  const make = (tag, { text, on, ...attributes } = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes))
      if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
    if (on) presses.set(element, on);
    if (text !== undefined && text !== null) element.textContent = text;
    element.append(...children.filter(Boolean));
    return element;
  };
  const presses = new WeakMap();

  // -- staying in the page ---------------------------------------------------------------------------------------

  // Over everything of the page, its dialogs included, whatever numbers they use.
  const rise = () => {
    try {
      if (host.isConnected && !host.matches(":popover-open")) host.showPopover();
    } catch { /* an old browser: the style's own order has to do */ }
  };
  let gone = false, waiting = 0, begun = false;
  const attach = () => {
    waiting = 0;
    if (gone || !document.documentElement) return;
    begun = true;
    // What the page hung on it meanwhile (hidden, inert, a style) goes.
    for (const name of host.getAttributeNames()) if (name !== "popover") host.removeAttribute(name);
    if (host.popover !== "manual") host.popover = "manual";
    if (host.parentNode !== document.documentElement) document.documentElement.append(host);
    rise();
    listen();
  };
  // A page that takes it away again and again gets it back at leisure, not in a race that would stop both.
  const missed = () => {
    if (!begun) attach();
    else if (!gone && !waiting && (host.parentNode !== document.documentElement || !host.matches(":popover-open") || host.attributes.length !== 1)) waiting = setTimeout(attach, 60);
  };
  const watcher = new MutationObserver(missed);
  const watchTree = () => {
    watcher.observe(host, { attributes: true });
    watcher.observe(document, { childList: true });
    if (document.documentElement) watcher.observe(document.documentElement, { childList: true });
  };

  // -- the person's hand -------------------------------------------------------------------------------------------

  // A mouse presses where it is, a key what has the focus.
  const pressed = (event) => {
    const pointed = event.detail > 0 || event.clientX || event.clientY;
    let at = pointed ? root.elementFromPoint(event.clientX, event.clientY) : root.activeElement;
    while (at && at !== root && !presses.has(at)) at = at.parentNode;
    return at && at !== root && !at.disabled ? at : null;
  };
  let drag = null;
  const dragging = (event) => {
    if (event.type === "pointermove") drag.move(event.clientX - drag.x, event.clientY - drag.y);
    if (["pointerup", "pointercancel"].includes(event.type)) drag = null;
  };
  const taken = (event) => {
    const inside = event.target === host;
    if (!event.isTrusted) {
      if (inside) event.stopImmediatePropagation();
      return;
    }
    if (drag && event.type.startsWith("pointer")) dragging(event);
    if (event.type === "keydown" && made.key?.(event, inside)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    if (!inside) return;
    event.stopImmediatePropagation();
    if (event.type === "click") {
      const button = pressed(event);
      if (button) presses.get(button)();
    }
    if (event.type === "pointerdown" && event.button === 0) {
      const at = root.elementFromPoint(event.clientX, event.clientY);
      const handle = at?.closest("[data-drag]");
      if (handle && !at.closest("button")) drag = { x: event.clientX, y: event.clientY, move: made.dragged(handle) };
    }
  };
  const TAKEN = [
    "pointerdown", "pointerup", "pointermove", "pointercancel", "mousedown", "mouseup", "click", "dblclick", "auxclick", "contextmenu", "keydown",
    "keypress", "keyup", "focusin", "focusout", "focus", "blur", "touchstart", "touchend", "copy", "cut", "paste", "selectstart",
  ];
  // What the person asked to copy is put on the clipboard here. A listener of the page's that came first has no say in it,
  // unless it lets nobody else hear of the copy: then nothing counts as copied.
  let copying = null, copied = false;
  const onCopy = (event) => {
    if (copying === null) return;
    event.clipboardData.setData("text/plain", copying);
    copied = true;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  const copy = (text) => {
    copying = text;
    copied = false;
    try {
      return document.execCommand("copy") && copied;
    } finally {
      copying = null;
    }
  };
  const moved = (event) => { if (event.target !== host) made.moved?.(); };
  const listen = () => {
    addEventListener("copy", onCopy, true);
    for (const type of TAKEN) addEventListener(type, taken, { capture: true, passive: false });
    addEventListener("scroll", moved, { capture: true, passive: true });
    addEventListener("resize", moved, true);
    watch();
    watchTree();
  };
  const remove = () => {
    gone = true;
    watcher.disconnect();
    removeEventListener("copy", onCopy, true);
    for (const type of TAKEN) removeEventListener(type, taken, { capture: true });
    removeEventListener("scroll", moved, { capture: true });
    removeEventListener("resize", moved, true);
    ["pointerup", "keyup", "change"].forEach((type) => removeEventListener(type, stirred, true));
    clearTimeout(stirring);
    clearTimeout(waiting);
    made.stop?.();
    host.remove();
    return true;
  };

  // -- places on the page ------------------------------------------------------------------------------------------

  // The way to an element, counted by the tool's engine: through children, open shadow roots (#) and frames (@).
  const elementAt = (place) => {
    let node = document;
    for (const step of place) {
      if (step === "#") node = node.shadowRoot;
      else if (step === "@") node = node.contentDocument;
      else node = node.children[step];
      if (!node) return null;
    }
    return node;
  };
  // Where an element stands in the window, over its frames, cut to what its scrolled parents let through.
  const boxOf = (element) => {
    if (!element?.isConnected) return null;
    let { left, top, right, bottom } = element.getBoundingClientRect();
    const cut = (box) => {
      [left, top] = [Math.max(left, box.left), Math.max(top, box.top)];
      [right, bottom] = [Math.min(right, box.right), Math.min(bottom, box.bottom)];
    };
    for (let at = element; at; ) {
      const view = at.ownerDocument.defaultView;
      if (!view) return null;
      for (let up = at.parentElement; up && up !== at.ownerDocument.documentElement && up !== at.ownerDocument.body; up = up.parentElement)
        if (view.getComputedStyle(up).overflow !== "visible") cut(up.getBoundingClientRect());
      cut({ left: 0, top: 0, right: view.innerWidth, bottom: view.innerHeight });
      if (view === window) break;
      at = view.frameElement;
      if (!at) return null;
      const outer = at.getBoundingClientRect();
      [left, right, top, bottom] = [left + outer.left, right + outer.left, top + outer.top, bottom + outer.top];
    }
    return right - left > 2 && bottom - top > 2 ? { left, top, right, bottom } : null;
  };

  const made = app({ root, make, say, copy, elementAt, boxOf, remove, words: settings.words || {}, settings });
  globalThis.assistantPanel = { hear: (message) => (gone ? null : made.hear(message)), remove };
  attach();
  watchTree();
  listen();
  host.addEventListener("toggle", missed);
  say("ready");
}
