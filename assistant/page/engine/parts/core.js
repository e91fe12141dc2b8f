// The engine's core, run inside a page: what every other part stands on. Together the parts (see engine/__init__.py)
// see a form as plain data and make the few moves that every library's writers share. It keeps nothing in the page's
// own names: the tool holds it by a handle.
/** @param {Clock} clock */
(clock) => {
  const FIELDS = "input,select,textarea,[contenteditable=true]";

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

  const squeeze = (text) => (text || "").replace(/[\s\u00a0\u200b\ufeff]+/g, " ").trim();
  const textOf = (element) => squeeze(element?.textContent);
  const parentOf = (node) => node.assignedSlot || node.parentElement || node.getRootNode()?.host || null;

  const visible = (element) => {
    if (!element?.isConnected) return false;
    if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return false;
    const box = element.getBoundingClientRect();
    const left = box.left + scrollX,
      top = box.top + scrollY;
    return box.width > 1 && box.height > 1 && left + box.width > 0 && top + box.height > 0;
  };

  // Text as shown, without what is hidden, without the text of nested form controls and what else is `left` out.
  // A slot shows what stands in the page for it; it and its like have no box of their own and are drawn all the same.
  const partsOf = (element) => {
    const given = element.localName === "slot" ? element.assignedNodes({ flatten: true }) : [];
    return given.length ? given : element.childNodes;
  };
  const drawn = (element) => element.checkVisibility() || getComputedStyle(element).display === "contents";
  const NO_TEXT = "select,textarea,script,style,option";
  const shownText = (element, left = (_node) => false) => {
    let text = "";
    for (const node of partsOf(element)) {
      if (node.nodeType === Node.TEXT_NODE) text += node.data;
      else if (node.nodeType === Node.ELEMENT_NODE && !node.matches(NO_TEXT) && drawn(node) && !left(node))
        text += shownText(node, left);
    }
    return text;
  };

  // What a text is called by people: what they read of it, without what is clipped away for screen readers only, without
  // drawings and states that are hidden from these. Where nothing else is left, that counts.
  const ASIDE = "[aria-hidden=true],svg,i[class*=icon],[class*=material-icons],[class*=material-symbols]";
  const clipped = (element) => {
    const box = element.getBoundingClientRect();
    return box.width <= 1 && box.height <= 1 && getComputedStyle(element).overflow === "hidden";
  };
  const saidText = (element) => squeeze(shownText(element, (node) => node.matches(ASIDE) || clipped(node)));
  const nameText = (element) => saidText(element) || squeeze(shownText(element));

  // Elements of a document and of every open shadow root in it. While nothing can change, the roots are found once.
  let still = null;

  const rootsOf = (root) => {
    const found = [root];
    for (const element of root.querySelectorAll("*"))
      if (element.shadowRoot) found.push(...rootsOf(element.shadowRoot));
    return found;
  };

  const everywhere = (root, selector) =>
    (root === document && still ? still : rootsOf(root)).flatMap((one) => [...one.querySelectorAll(selector)]);
  const standingStill = (read) => {
    still = rootsOf(document);
    try {
      return read();
    } finally {
      still = null;
    }
  };

  const attempt = (read, otherwise) => {
    try {
      return read();
    } catch {
      return otherwise;
    }
  };
  const leaving = (element) =>
    Boolean(
      element.closest(
        "[class*=leave-active],[class*=leave-to],[class*=leave-start],[class*=leave-prepare],[class*=leave-end]",
      ),
    );
  // After what the page has already put off to its next turn. A timer set from a timer would wait four milliseconds longer.
  const turn = new MessageChannel(),
    turns = [];
  turn.port1.onmessage = () => setTimeout(turns.shift());
  const tick = () =>
    new Promise((done) => {
      turns.push(done);
      turn.port2.postMessage(0);
    });

  // A limit counts only time in which the page had its turns: on a busy machine nothing is given up before it could happen.
  const until = async (test, limit = clock.patience) => {
    for (let waited = 0, before = performance.now(); ; ) {
      const found = test();
      if (found) return found;
      if (waited > limit) return null;
      await new Promise((done) => setTimeout(done, 5));
      const now = performance.now();
      waited += Math.min(now - before, 25);
      before = now;
    }
  };

  // As long as the page shows what it showed when it was written, that is read as it was asked for: a leaf for its path, the
  // day of a calendar for whatever order its numbers stand in.
  const said = new WeakMap();
  const remember = (root, shown, asked) => said.set(root, { shown, asked });
  const recall = (root, shown) => (said.get(root)?.shown === shown ? said.get(root).asked : shown);

  const core = {
    // What the libraries add to (see assembly.js): selectors of headings, of heads of tables, of what is selected, of dialogs.
    libraries: [],
    headings: "h1,h2,h3,h4,h5,h6,legend,caption,details>summary,[role=heading]",
    heads: "thead",
    selected: "[role=tab][aria-selected=true],[aria-current]:not([aria-current=false])",
    dialogs: "[role=dialog],dialog[open]",
    itemBodies: ":not(*)",
    FIELDS,
    // How long each thing is waited for, in milliseconds (see EngineClock).
    clock,
    attempt,
    elementOf,
    everywhere,
    idOf,
    leaving,
    nameText,
    parentOf,
    recall,
    remember,
    saidText,
    shownText,
    squeeze,
    standingStill,
    textOf,
    tick,
    until,
    visible,
    // What stands while nothing can change, else null: what was found then holds as long as it does.
    stillness: () => still,
    fold: (text) => squeeze(text).normalize("NFKC").replace(/\s+/g, ""),
    inPopup: (element) => core.libraries.some((library) => library.popups && element.closest(library.popups)),
  };
  return core;
};
