// Declared buttons.
/** @param {Core} core */
(core) => {
  const { FIELDS, PRESSABLE, buttonText, everywhere, loaded, openDialogs, openRows, visible } = core;

  // The element that bears the text, for each thing that can be pressed there: a person presses the text itself.
  const pressables = (texts, scope) => {
    const wanted = texts.map(core.fold),
      found = new Map();
    for (const element of everywhere(scope, "*")) {
      if (element.matches("script,style,option,input:not([type=button])")) continue;
      const text = element.matches("input")
        ? element.value
        : [...element.childNodes]
            .filter((node) => node.nodeType === Node.TEXT_NODE)
            .map((node) => node.data)
            .join("");
      if (!text || !wanted.includes(core.fold(text))) continue;
      const target = element.closest(PRESSABLE) || (getComputedStyle(element).cursor === "pointer" ? element : null);
      if (target && visible(element) && core.fold(buttonText(target)) === core.fold(text)) found.set(target, element);
    }
    return [...found.keys()]
      .filter((one) => ![...found.keys()].some((other) => other !== one && one.contains(other)))
      .map((one) => found.get(one));
  };

  // Presses the one visible thing that bears one of these texts; `dialog` limits the search to the open dialog, or to
  // the row that is being entered.
  const press = async (texts, dialog, ask = false) => {
    await loaded();
    if (core.acts()) return "person";
    const scopes = openDialogs();
    const row =
      dialog &&
      openRows()
        .filter((one) => !scopes.some((open) => open.contains(one.row)))
        .pop();
    const scope = row ? row.row : dialog ? scopes[scopes.length - 1] : document;
    if (!scope) return "not-found";
    let found = pressables(texts, scope).filter(
      (one) => dialog || !scopes.length || scopes.some((open) => open.contains(one)),
    );
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

  // What can be pressed and bears a short text, with the headings above it: the buttons of a page that nobody described.
  const BUTTON = "button,a,[role=button],[role=tab],[role=menuitem],input[type=button],input[type=submit],[onclick]";
  // Where pressing it would post a form to, and the one file box that this form is for.
  const postsOf = (one) => {
    const form = one.form;
    const said = (name) => one.getAttribute(`form${name}`) || form.getAttribute(name) || "";
    if (!form || !/^(submit|image)$/.test(one.type) || said("method").toLowerCase() !== "post")
      return { posts: "", sends: 0 };
    const asked = [...form.querySelectorAll(FIELDS)].filter(
      (field) => !field.matches("input[type=hidden],input[type=submit],input[type=button],input[type=image]"),
    );
    const file = asked.length === 1 && asked[0].matches("input[type=file]") ? asked[0] : null;
    return { posts: new URL(said("action"), document.baseURI).href, sends: file ? core.idOf(file) : 0 };
  };
  const buttons = () => {
    const memo = new Map();
    return everywhere(document, BUTTON)
      .filter((one) => visible(one) && !one.closest(":disabled,.is-disabled,[aria-disabled=true]"))
      .map((one) => ({
        id: core.idOf(one),
        text: buttonText(one),
        context: core.contextOf(one, memo),
        before: core.nearbyText(one),
        ...postsOf(one),
      }))
      .filter((one) => one.text && one.text.length <= 30)
      .slice(0, 300);
  };
  const pressIt = async (id) => {
    await loaded();
    if (core.acts()) return "person";
    const found = core.elementOf(id);
    if (!found || !visible(found)) return "not-found";
    found.scrollIntoView({ block: "nearest" });
    found.click();
    return null;
  };

  return { buttons, press, pressIt, pressables };
};
