// Room for the panel beside the page: the page is laid out in the rest of the window, so that the panel covers none of it.
//
// Done by a style sheet of the document and by no attribute, so that the page's elements stay as they are. A page that can't
// be that narrow is scrolled sideways; in a window that would leave it too little, the panel stands over it, as before.
() => {
  const LEAST = 640;
  const sheet = new CSSStyleSheet();
  let held = "",
    needed = 0,
    wide = 0;
  const set = (text) => {
    const there = document.adoptedStyleSheets.includes(sheet);
    if (text !== held) sheet.replaceSync(text);
    held = text;
    if (text && !there) document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    if (!text && there) document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
  };
  const style = (/** @type {number} */ room, /** @type {boolean} */ right) =>
    `:root { box-sizing: border-box !important; padding-${right ? "right" : "left"}: ${room}px !important;` +
    ` min-width: ${needed ? needed + room : 0}px !important }`;
  const free = () => {
    needed = 0;
    set("");
  };
  // How wide the page's own flow is, wherever it stands: what is laid over the page does not count.
  const width = () => {
    const edges = [...document.body.children].map((one) =>
      ["fixed", "absolute"].includes(getComputedStyle(one).position)
        ? 0
        : one.getBoundingClientRect().left + scrollX + Math.max(one.clientWidth, one.scrollWidth),
    );
    return Math.ceil(Math.max(0, ...edges) - Number.parseFloat(getComputedStyle(document.documentElement).paddingLeft));
  };
  // Once a window's size is known to be too narrow for the page, it stays so: no page is laid out again and again.
  const take = (/** @type {number} */ room, /** @type {boolean} */ right) => {
    const body = document.body;
    if (!(body instanceof HTMLBodyElement) || innerWidth - room < LEAST) return free();
    if (wide !== innerWidth) needed = 0;
    wide = innerWidth;
    set(style(room, right));
    const found = width();
    if (found > innerWidth - room + 1 && found > needed) {
      needed = found;
      set(style(room, right));
    }
  };
  return { take, free };
};
