// The guard's in-page layer. Runs in every frame before any script of the page.
//
// While the tool holds the pen it stops what a person would do to submit: submit events, form.submit() and
// form.requestSubmit(), clicks and Enter/Space on whatever is called by a forbidden word, new windows. Two secret event
// names, known only here and to the tool (which sends them from its own world), move the pen; nothing in the page can.
// A third lets one form be posted: the declared save of a portal that saves so, to an address its pack allows, or the person
// has allowed since this document was opened: it tells where.
// Whatever is needed later is taken now, before the page can replace it.
(settings) => {
  "use strict";
  const { take, release, permit, revoke, report, heldByTool, words, forms, opens, posts } = settings;
  const uncurry = Function.prototype.bind.bind(Function.prototype.call);
  const apply = uncurry(Function.prototype.apply);
  const addListener = uncurry(EventTarget.prototype.addEventListener);
  const preventDefault = uncurry(Event.prototype.preventDefault);
  const stopImmediately = uncurry(Event.prototype.stopImmediatePropagation);
  const composedPath = uncurry(Event.prototype.composedPath);
  const getAttribute = uncurry(Element.prototype.getAttribute);
  const normalize = uncurry(String.prototype.normalize);
  const replace = uncurry(String.prototype.replace);
  const includes = uncurry(String.prototype.includes);
  const lower = uncurry(String.prototype.toLowerCase);
  const textOf = uncurry(Object.getOwnPropertyDescriptor(Node.prototype, "textContent").get);
  const typedIn = uncurry(Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").get);
  const keyOf = uncurry(Object.getOwnPropertyDescriptor(KeyboardEvent.prototype, "key").get);
  const submitterOf = uncurry(Object.getOwnPropertyDescriptor(SubmitEvent.prototype, "submitter").get);
  const baseOf = uncurry(Object.getOwnPropertyDescriptor(Node.prototype, "baseURI").get);
  const part = (name) => uncurry(Object.getOwnPropertyDescriptor(URL.prototype, name).get);
  const [pathOf, queryOf, originOf] = [part("pathname"), part("search"), part("origin")];
  const fits = uncurry(RegExp.prototype.exec);
  const toldBy = uncurry(Object.getOwnPropertyDescriptor(CustomEvent.prototype, "detail").get);
  const read = JSON.parse;
  const Pattern = RegExp;
  const Address = URL;
  const { defineProperty } = Object;
  const create = Reflect.construct;

  let tool = heldByTool,
    permits = 0;
  /** @param {string} what */
  const stopped = (what) => {
    globalThis[report]?.(what);
  };

  // 「提 交」 and 「提交（1）」 are 提交, whatever carries it. What looks like a button must not even contain it.
  // `forms` are the traditional characters of the words with their simplified ones, from the same table as the linter's.
  const traditional = new RegExp(`[${Object.keys(forms).join("")}]`, "gu");
  const visible = (text) => replace(normalize(text, "NFKC"), /\p{Default_Ignorable_Code_Point}/gu, "");
  const letters = (text) =>
    lower(replace(replace(visible(text), /[^\p{L}]/gu, ""), traditional, (form) => forms[form]));
  const forbidden = words.map(letters).filter((word) => word !== "");
  const spoken = (text) =>
    ` ${lower(replace(replace(visible(text), /([a-z0-9])([A-Z])/g, "$1 $2"), /[^A-Za-z]+/g, " "))} `;
  const contains = (text, word) =>
    /^[a-z]+$/.test(word) ? includes(spoken(text), ` ${word} `) : includes(letters(text), word);
  // A reviewed menu text that only opens a page: that text and nothing else.
  const onlyOpens = (text) => {
    const said = replace(text, /^\s+|\s+$/g, "");
    for (let index = 0; index < opens.length; index += 1) if (said === opens[index]) return true;
    return false;
  };
  const isForbidden = (text, button) => {
    if (typeof text !== "string" || text.length > 60 || onlyOpens(text)) return false;
    const said = letters(text);
    for (let index = 0; index < forbidden.length; index += 1) {
      if (said === forbidden[index] || (button && said.length <= 20 && contains(text, forbidden[index]))) return true;
    }
    return false;
  };
  const isButton = (node) => {
    const name = lower(node.localName);
    if (name === "button" || name === "a" || name === "summary") return true;
    const sort = lower(getAttribute(node, name === "input" ? "type" : "role") || "");
    return ["submit", "button", "image", "reset", "link", "menuitem", "tab"].includes(sort);
  };
  const named = (node) => {
    if (!(node instanceof Element)) return false;
    const button = isButton(node);
    return (
      isForbidden(textOf(node), button) ||
      isForbidden(getAttribute(node, "aria-label"), button) ||
      isForbidden(getAttribute(node, "title"), button) ||
      isForbidden(getAttribute(node, "alt"), button) ||
      (button && node instanceof HTMLInputElement && isForbidden(typedIn(node), button))
    );
  };

  // Writing in a field is never a submission, even where the whole form says nothing but 提交.
  const isField = (node) =>
    node instanceof HTMLTextAreaElement ||
    node instanceof HTMLSelectElement ||
    (node instanceof HTMLInputElement && !isButton(node));

  const stop = (event) => {
    preventDefault(event);
    stopImmediately(event);
  };
  // Whether a form, sent by this button of it, goes to an address of the page's own that the pack lets through.
  let allowed = [];
  const learn = (told) => {
    const known = [];
    for (let index = 0; index < told.length; index += 1) {
      const { 0: method, 1: path, 2: query } = told[index];
      defineProperty(known, index, {
        value: { way: lower(method), at: new Pattern(path), asks: query === null ? null : new Pattern(query) },
      });
    }
    allowed = known;
  };
  learn(posts);
  const isAllowed = (form, button) => {
    if (!(form instanceof HTMLFormElement) || (button && named(button))) return false;
    const said = (name) => (button && getAttribute(button, `form${name}`)) || getAttribute(form, name) || "";
    if (!["", "_self", "_top", "_parent"].includes(said("target"))) return false;
    const method = lower(said("method") || "get");
    let path, query;
    try {
      const address = new Address(said("action"), baseOf(form));
      if (originOf(address) !== originOf(new Address(baseOf(document)))) return false;
      path = replace(pathOf(address), /;[^/]*/g, "");
      query = replace(queryOf(address), /^\?/, "");
    } catch {
      return false;
    }
    if (includes(path, "%")) return false;
    for (let index = 0; index < allowed.length; index += 1) {
      const { way, at, asks } = allowed[index];
      if (way === method && fits(at, path) && (asks === null || fits(asks, query))) return true;
    }
    return false;
  };
  const onSubmit = (event) => {
    if (!tool) return;
    if (permits > 0) {
      permits = 0;
      const button = submitterOf(event);
      if (isAllowed(event.target, button)) return;
      // A page that saves by its own script asks for the event only; the form itself goes nowhere.
      if (!(button && named(button))) return preventDefault(event);
    }
    stop(event);
    stopped("submit event");
  };
  const onPress = (event) => {
    if (!tool) return;
    if (event instanceof KeyboardEvent && keyOf(event) !== "Enter" && keyOf(event) !== " ") return;
    const path = composedPath(event);
    for (let index = 0; index < path.length && index < 8; index += 1) {
      if (isField(path[index])) return;
      if (!named(path[index])) continue;
      stop(event);
      if (event.type === "click" || event.type === "keydown") stopped("forbidden button");
      // What the browser itself reports is somebody's hand: no script can make it so.
      if (event.isTrusted) stopped("by hand");
      return;
    }
  };
  const PRESSES = [
    "click",
    "auxclick",
    "dblclick",
    "mousedown",
    "mouseup",
    "pointerdown",
    "pointerup",
    "touchstart",
    "touchend",
    "keydown",
    "keypress",
    "keyup",
  ];
  const onTake = () => {
    tool = true;
    permits = 0;
  };
  const onRelease = () => {
    tool = false;
    permits = 0;
  };
  const onPermit = (event) => {
    learn(read(toldBy(event)));
    permits = 1;
  };
  const onRevoke = () => {
    permits = 0;
  };
  const listen = () => {
    addListener(window, take, onTake, true);
    addListener(window, release, onRelease, true);
    addListener(window, permit, onPermit, true);
    addListener(window, revoke, onRevoke, true);
    addListener(window, "submit", onSubmit, true);
    for (let index = 0; index < PRESSES.length; index += 1) {
      addListener(window, PRESSES[index], onPress, { capture: true, passive: false });
    }
  };
  listen();

  // A page's own assignment to these is ignored, silently: an exception would break a page that wraps them.
  const describe = Object.getOwnPropertyDescriptor;
  const keep = (owner, name, replacement) => {
    const present = describe(owner, name);
    if (!present?.configurable) return;
    defineProperty(owner, name, { configurable: false, enumerable: true, get: () => replacement, set: () => {} });
  };
  /** @param {(form?: object, parts?: unknown[]) => boolean} passes */
  const guarded = (owner, name, what, refused, passes = () => false) => {
    const original = owner[name];
    if (original === undefined) return;
    keep(owner, name, function (...parts) {
      if (!tool || passes(this, parts)) return apply(original, this, parts);
      stopped(what);
      return refused;
    });
  };
  const once = (form) => {
    const passes = permits > 0 && isAllowed(form, null);
    permits = 0;
    return passes;
  };
  guarded(HTMLFormElement.prototype, "submit", "form.submit()", undefined, once);
  // What it leads to is an event, which is judged then.
  guarded(HTMLFormElement.prototype, "requestSubmit", "form.requestSubmit()", undefined, () => permits > 0);
  guarded(window, "open", "new window", null);

  // Connections that are no requests and no WebSockets: the network layer does not see them.
  for (const name of ["WebTransport", "RTCPeerConnection"]) {
    if (window[name] === undefined) continue;
    const construct = (target, parts, made) => {
      if (!tool) return create(target, parts, made);
      stopped("other connection");
      throw new DOMException("refused", "NotAllowedError");
    };
    keep(window, name, new Proxy(window[name], { construct }));
  }

  // document.open() and its kin throw every listener of the window away: ours come back at once.
  for (const name of ["open", "write", "writeln"]) {
    const original = Document.prototype[name];
    keep(Document.prototype, name, function (...parts) {
      const answer = apply(original, this, parts);
      listen();
      return answer;
    });
  }
};
