// The tool's own place in a page: one element with a closed shadow root beside the body, and the only channel to it.
//
// Runs in a world of the tool's own (the page's scripts share the tree with it, but no object and no function), first in
// every document. What the person does in the panel is taken at the window, before any listener of the page, and goes no
// further; what a script makes up is not trusted by the browser, and is dropped. `app` draws what is in the panel and
// answers with { hear(message), key(event, inside), dragged(handle), panel } and, where it wants them, moved(), covered(), stop().
// `dock` makes room beside the page (dock.js).
(settings, app, dock) => {
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
  const STIRS = ["pointerup", "keyup", "change"];
  // What the person presses on the page by its name: how one saves and goes on there is learned from it.
  const PRESSED =
    "button,a,[role=button],[role=tab],[role=link],[role=menuitem],input[type=submit],input[type=button],li[onclick],[onclick]";
  const went = (event) => {
    if (!event.isTrusted || event.target === host) return;
    const at = event.composedPath().find((one) => one instanceof Element && one.matches(PRESSED));
    if (!at || at.closest("input:not([type=submit]):not([type=button]),select,textarea")) return;
    const text = (at.value && at.matches("input") ? at.value : at.textContent || "").replace(/\s+/g, " ").trim();
    if (text && text.length <= 30) say("went", { text });
  };
  const watch = () => {
    for (const type of STIRS) addEventListener(type, stirred, true);
    addEventListener("click", went, true);
  };
  let host = null;
  if (globalThis.assistantPanel) return;
  if (window !== window.top) {
    globalThis.assistantPanel = true;
    watch();
    return;
  }

  host = document.createElement("div");
  const root = host.attachShadow({ mode: "closed" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(settings.style);
  root.adoptedStyleSheets = [sheet];

  // `weighs`: a press on it counts only while the whole panel is in plain sight.
  /** @param {string} tag @param {Record<string, any>} how */
  const make = (tag, { text, on, weighs, ...attributes } = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes))
      if (value !== null && value !== undefined && value !== false)
        element.setAttribute(name, value === true ? "" : value);
    if (on) presses.set(element, { on, weighs });
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
    } catch {
      /* an old browser: the style's own order has to do */
    }
  };
  // Outside an open modal dialog nothing can be pressed: while there is one, the panel lives in it.
  const home = () => [...document.querySelectorAll("dialog:modal")].pop() ?? document.documentElement;
  let gone = false,
    waiting = 0,
    begun = false;
  const attach = () => {
    waiting = 0;
    if (gone || !document.documentElement) return;
    begun = true;
    // What the page hung on it meanwhile (hidden, inert, a style) goes.
    for (const name of host.getAttributeNames()) if (name !== "popover") host.removeAttribute(name);
    if (host.popover !== "manual") host.popover = "manual";
    if (host.parentNode !== home()) home().append(host);
    rise();
    listen();
  };
  // A page that takes it away again and again gets it back at leisure, not in a race that would stop both.
  const missed = () => {
    if (!begun) attach();
    else if (
      !gone &&
      !waiting &&
      (host.parentNode !== home() || !host.matches(":popover-open") || host.attributes.length !== 1)
    )
      waiting = setTimeout(attach, 60);
  };
  const watcher = new MutationObserver(missed);
  const watchTree = () => {
    watcher.observe(host, { attributes: true });
    watcher.observe(document, { childList: true });
    if (!document.documentElement) return;
    watcher.observe(document.documentElement, { childList: true });
    dialogs.observe(document, { attributeFilter: ["open"], subtree: true });
  };
  const dialogs = new MutationObserver(missed);

  // -- in plain sight ----------------------------------------------------------------------------------------------

  // The browser itself says whether anything is drawn over the panel or dims it, what takes no click of its own included:
  // a page could lure the person's press onto a button they can't see. Such a press does not count.
  const SETTLED = 300,
    AWAKE = 2000,
    PATIENCE = 1500;
  let clear = null,
    covered = -Infinity,
    raised = -Infinity,
    awake = performance.now();
  const above = () => {
    if (performance.now() - raised < 500 || getComputedStyle(host).visibility === "hidden") return;
    raised = performance.now();
    if (host.matches(":popover-open")) host.hidePopover();
    rise();
  };
  const eyes = new IntersectionObserver(
    (entries) => {
      clear = entries[entries.length - 1].isVisible;
      if (clear || gone) return;
      covered = performance.now();
      missed();
      above();
    },
    { trackVisibility: true, delay: 100 },
  );
  const pulse = setInterval(() => {
    awake = performance.now();
    if (begun && !host.isConnected) missed();
  }, 100);
  const inSight = (event) => clear && event.timeStamp - covered > SETTLED && event.timeStamp - awake < AWAKE;
  const weighed = (event, act, since = performance.now()) => {
    // Where the browser has not said anything yet (a new document), the press waits for its word.
    if (clear === null && performance.now() - since < PATIENCE) setTimeout(() => weighed(event, act, since), 40);
    else if (inSight(event)) act();
    else {
      above();
      made.covered?.();
    }
  };

  // -- the person's hand -------------------------------------------------------------------------------------------

  // A mouse presses where it is, a key what has the focus.
  const pressed = (event) => {
    const pointed = event.detail > 0 || event.clientX || event.clientY;
    /** @type {any} */
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
      const { on, weighs } = presses.get(button) ?? {};
      if (weighs && (event.detail > 0 || event.clientX || event.clientY)) weighed(event, on);
      else on?.();
    }
    if (event.type === "pointerdown" && event.button === 0) {
      const at = root.elementFromPoint(event.clientX, event.clientY);
      const handle = at?.closest("[data-drag]");
      if (handle && !at.closest("button")) drag = { x: event.clientX, y: event.clientY, move: made.dragged(handle) };
    }
  };
  const TAKEN = [
    "pointerdown",
    "pointerup",
    "pointermove",
    "pointercancel",
    "mousedown",
    "mouseup",
    "click",
    "dblclick",
    "auxclick",
    "contextmenu",
    "keydown",
    "keypress",
    "keyup",
    "focusin",
    "focusout",
    "focus",
    "blur",
    "touchstart",
    "touchend",
    "copy",
    "cut",
    "paste",
    "selectstart",
  ];
  // What the person asked to copy is put on the clipboard here. A listener of the page's that came first has no say in it,
  // unless it lets nobody else hear of the copy: then nothing counts as copied.
  let copying = null,
    copied = false;
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
  const moved = (event) => {
    if (event.target !== host) made.moved?.();
  };
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
    for (const one of [watcher, dialogs, eyes]) one.disconnect();
    clearInterval(pulse);
    removeEventListener("copy", onCopy, true);
    for (const type of TAKEN) removeEventListener(type, taken, { capture: true });
    removeEventListener("scroll", moved, { capture: true });
    removeEventListener("resize", moved, true);
    for (const type of STIRS) removeEventListener(type, stirred, true);
    removeEventListener("click", went, true);
    clearTimeout(stirring);
    clearTimeout(waiting);
    made.stop?.();
    beside.free();
    host.remove();
    return true;
  };

  // -- places on the page ------------------------------------------------------------------------------------------

  // The way to an element, counted by the tool's engine: through children, open shadow roots (#) and frames (@).
  const elementAt = (place) => {
    /** @type {any} */
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
      for (
        let up = at.parentElement;
        up && up !== at.ownerDocument.documentElement && up !== at.ownerDocument.body;
        up = up.parentElement
      )
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

  const beside = dock();
  const made = app({ root, make, say, copy, elementAt, boxOf, beside, words: settings.words || {}, settings });
  globalThis.assistantPanel = { hear: (message) => (gone ? null : made.hear(message)), remove };
  attach();
  watchTree();
  listen();
  if (made.panel) eyes.observe(made.panel);
  host.addEventListener("toggle", missed);
  say("ready");
};
