// Moves that many widget libraries share: a pop-up opened and closed again, a text typed, a set of ticks, a path through
// columns. A library says where its parts are; how they are moved, checked and closed again stands here once.
/** @param {Core} core */
(core) => {
  const all = (root, selector) => [...root.querySelectorAll(selector)];
  // A pop-up is there while it is still fading in, however faint, and where its library misplaces it beside the page.
  const seen = (popup) => {
    if (!popup?.isConnected || core.leaving(popup) || !popup.checkVisibility({ visibilityProperty: true }))
      return false;
    const box = popup.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && box.right + scrollX > -2000;
  };
  const there = (element) =>
    Boolean(element?.checkVisibility({ visibilityProperty: true })) && element.getBoundingClientRect().width > 0;
  // What bears a text itself: no part of it bears the same.
  const bears = (one) => ![...one.children].some((part) => core.textOf(part) === core.textOf(one));
  const bearers = (part) => all(part, "*").filter((one) => core.textOf(one) && there(one) && bears(one));
  // The pop-up that a control says is its own.
  const popupOf = (root) => {
    const [id] = (root.getAttribute("aria-controls") || root.getAttribute("aria-owns") || "").split(/\s+/);
    // Two boxes of a page may have given their lists one id: what stands in another box is not this one's.
    const inside = id && root.querySelector(`#${CSS.escape(id)}`);
    const found = inside || (id && root.getRootNode().getElementById?.(id)) || document.getElementById(id) || null;
    const owner = found?.closest("[role=combobox]");
    return owner && !owner.contains(root) ? null : found;
  };
  // The parts of a box that stand for one chosen answer each; none where it shows only how many more there are.
  const CHIP = /(^|[-_ ])(multi-?value|chip|pill|tag|token|choice)(?=[-_ ]|$)/i;
  // What takes one off: a button of its own, whatever draws it.
  const OFF =
    "button,[role=button],[class*=remove],[class*=close],[class*=delete],[class*=-icon],[class*=material-icons]";
  const chipText = (chip) =>
    core.squeeze(core.shownText(chip, (node) => node.matches(`${OFF},svg,[aria-hidden=true]`)));
  const COUNT = /^\+\s*\d+/;
  const isChip = (one) =>
    CHIP.test(String(one.getAttribute("class"))) &&
    !one.matches("i,svg,button,[role=button],[aria-hidden=true]") &&
    there(one) &&
    chipText(one) !== "";
  const chipsIn = (box) => {
    const marked = all(box, "*").filter(isChip);
    const chips = marked.filter((one) => !marked.some((other) => other !== one && one.contains(other)));
    return chips.some((one) => COUNT.test(chipText(one))) ? [] : chips;
  };
  const takeOff = async (box, text) => {
    const chips = chipsIn(box),
      chip = chips.find((one) => core.fold(chipText(one)) === core.fold(text));
    let button = null;
    for (let part = chip; part && part !== box && !button; part = part.parentElement) {
      if (chips.some((one) => one !== chip && part.contains(one))) break;
      button = all(part, OFF).findLast((one) => there(one) && !core.saidText(one).includes(text));
    }
    if (!button) return false;
    core.own(box);
    core.tap(button);
    return Boolean(await core.until(() => !chip.isConnected || chipText(chip) !== text, core.clock.taking));
  };
  const opened = (selector) => core.everywhere(document, selector).filter(seen);

  // Does `act` and answers with the pop-up that was not there before; from then on it is a part of the control.
  // A press on one that was open already has closed it: then it is pressed once more, as a person would.
  const opens = async (selector, act, limit = core.clock.opening) => {
    for (let tries = 0; tries < 2; tries++) {
      const before = new Set(opened(selector));
      await act();
      const found = await core.until(() => opened(selector).find((one) => !before.has(one)), limit);
      if (found) return core.own(found);
    }
    return null;
  };

  // A press beside everything: what closes a pop-up that a choice has not closed. Escape comes last, it may close more.
  const aside = () => {
    for (const type of ["pointerdown", "mousedown", "mouseup", "click"])
      core.fire(document.documentElement, type, { view: window });
  };
  const closes = async (popup, field) => {
    // One that is still fading in, from no size or from beside the page, is there all the same.
    const gone = () =>
      !seen(popup) &&
      !(popup.isConnected && popup.checkVisibility() && popup.closest("[class*=-enter],[class*=-appear]"));
    const key = (name, code) => () => field && core.key(field, name, code);
    for (const move of [() => {}, () => field?.blur(), aside, key("Tab", 9), key("Escape", 27)]) {
      move();
      if (await core.until(gone, core.clock.closing)) return true;
    }
    return false;
  };

  // The one item for each wanted value, or why not.
  /** @returns {Chosen<El[]>} */
  const each = (items, value, textFor = core.textOf) => {
    const found = [];
    for (const one of value) {
      const [item, reason] = core.exactly(items, [one].flat(), textFor);
      if (reason) return [null, reason];
      found.push(item);
    }
    return [found, null];
  };

  // -- text ------------------------------------------------------------------------------------------------------
  const fieldOf = (root) => (root.matches(core.FIELDS) ? root : root.querySelector("input,textarea"));
  // A box with a list that comes while one types may take only what is chosen there, and empty itself of anything else.
  const SUGGESTS =
    "[aria-autocomplete=list],[aria-autocomplete=both],[aria-haspopup=listbox],.ui-autocomplete-input,.tt-input,.el-autocomplete input";
  const LISTS = "[role=listbox],.ui-autocomplete,.tt-menu,.el-autocomplete-suggestion";
  const ENTRIES = "[role=option],li,.tt-suggestion";
  const entriesOf = (list) => all(list, ENTRIES).filter(there);
  const choose = async (field, value) => {
    const before = new Set(opened(LISTS));
    core.enterText(field, value);
    core.key(field, "Process", 229);
    const list = await core.until(
      () => opened(LISTS).find((one) => !before.has(one) && entriesOf(one).length),
      core.clock.suggesting,
    );
    if (!list) return null;
    const [entry, reason] = core.exactly(entriesOf(list), [value]);
    if (entry) {
      core.own(list);
      core.tap(entry);
      await core.tick();
    }
    await closes(list, field);
    return reason === "ambiguous" ? reason : null;
  };
  // Types a text and leaves the box; what offers the same text in a list is given it from there.
  const enter = async (field, value) => {
    const reason = field.matches(SUGGESTS) ? await choose(field, value) : null;
    if (reason || field.value === value) {
      if (reason) core.enterText(field, "");
      core.fire(field, "change");
      field.blur();
    } else core.type(field, value);
    await core.tick();
    return reason;
  };
  const typed = (kind, selector, more = {}) => ({
    kind,
    selector,
    field: fieldOf,
    read: (root) => fieldOf(root).value,
    write: (root, { value }) => enter(fieldOf(root), value),
    ...more,
  });

  // -- ticks -----------------------------------------------------------------------------------------------------
  const isOn = (item) => Boolean(item.querySelector("input")?.checked);
  const isOff = (item) => item.matches("[class*=disabled]") || Boolean(item.querySelector("input")?.disabled);

  // What an answer says; one that shows only a drawing, what it is called aloud.
  const SAYS = /[\p{L}\p{N}]/u;
  const answerOf = (item) => {
    const aloud = core.ariaName(item);
    const text = aloud && !SAYS.test(core.saidText(item)) ? "" : core.textOf(item);
    return SAYS.test(text) ? text : aloud || text;
  };
  // Stars are asked for by their number: their names begin or end with it, or, where they have none, it is their place.
  const STARS = /^(\d+)\s*(stars?|颗星|星|分)$/i;
  const numberOf = (items, item, text) => {
    const place = String(items.indexOf(item) + 1),
      bare = !items.some((one) => SAYS.test(text(one)));
    const counted = items.every(
      (one, at) => !SAYS.test(core.saidText(one)) && new RegExp(`^\\p{L}+\\s*${at + 1}$`, "u").test(text(one)),
    );
    return bare || counted ? place : STARS.exec(text(item))?.[1] || "";
  };
  /** @returns {Chosen<El>} */
  const answer = (items, free, accepted, text) => {
    const found = core.exactly(free, accepted, text);
    if (found[1] !== "no-such-option" || !accepted.every((one) => /^\d+$/.test(one))) return found;
    return core.exactly(free, accepted, (item) => numberOf(items, item, text));
  };

  // The answers of one question, of which one (radio) or several (checkbox-group) are on.
  const ticks = (kind, selector, { item, on = isOn, off = isOff, text = answerOf, press = (one) => one, ...more }) => {
    const items = (root) => all(root, item);
    // Of stars all up to the wanted one may be on.
    const said = (root, one) => {
      const name = one ? text(one) : "";
      return /[\p{L}\p{N}]/u.test(name) || !one ? name : numberOf(items(root), one, text);
    };
    // All are looked at before the first is pressed: half a set is nobody's answer, and one that can't be pressed may be as
    // wanted already.
    // What is disabled may stay as it is; a set that would need it changed is refused before the first press.
    /** @returns {Chosen<El[]>} */
    const choose = (root, { accepted, value }) => {
      const free = items(root).filter((one) => !off(one));
      if (kind === "radio") {
        const [one, reason] = answer(items(root), free, accepted, text);
        return reason ? [null, reason] : [[one], null];
      }
      const [wanted, reason] = each(
        items(root).filter((one) => !off(one) || on(one)),
        value,
        text,
      );
      if (reason) return [null, reason];
      const stuck = items(root).some((one) => off(one) && on(one) && !wanted.includes(one));
      return stuck ? [null, "no-such-option"] : [wanted, null];
    };
    return {
      kind,
      selector,
      groups: true,
      silent: true,
      readOnly: () => false,
      disabled: (root) => items(root).every(off),
      options: (root) => items(root).map(text),
      read: (root) => {
        const chosen = items(root).filter(on);
        return kind === "radio" ? core.recall(root, said(root, chosen.at(-1))) : chosen.map(text);
      },
      write: async (root, order) => {
        const [wanted, reason] = choose(root, order);
        if (reason) return reason;
        // A page that is slow to draw may lose one press over the next: what is not as wanted is pressed again.
        for (let tries = 0; tries < 3; tries++) {
          const wrong =
            kind === "radio"
              ? wanted.filter((one) => one !== items(root).filter(on).at(-1))
              : items(root).filter((one) => on(one) !== wanted.includes(one));
          if (!wrong.length) break;
          for (const one of wrong) {
            core.tap(press(one));
            await core.until(() => on(one) === wanted.includes(one), core.clock.taking);
            await core.tick();
          }
          await new Promise((done) => setTimeout(done, 20));
        }
        if (kind === "radio") core.remember(root, said(root, wanted[0]), order.accepted[0]);
      },
      ...more,
    };
  };
  const tick = (kind, selector, { on = isOn, off = isOff, press = (one) => one, ...more } = {}) => ({
    kind,
    selector,
    readOnly: () => false,
    disabled: off,
    read: on,
    write: async (root, { value }) => {
      if (on(root) !== value) {
        core.tap(press(root));
        await core.tick();
      }
    },
    ...(kind === "checkbox" ? { label: core.textOf } : {}),
    ...more,
  });

  // -- paths -------------------------------------------------------------------------------------------------------
  // Walks "a / b / c" through what `level(n, above)` shows (elements, possibly later); `press(node, last)` goes on.
  const walk = async (
    accepted,
    { level, text = core.textOf, off = (node) => node.matches("[class*=disabled]"), press },
  ) => {
    let paths = accepted.map((path) => path.split(" / ").map((part) => part.trim())),
      above = null;
    for (let depth = 0; depth < paths[0].length; depth++) {
      const nodes =
        (await core.until(() => {
          const found = level(depth, above);
          return found?.length ? found : null;
        }, core.clock.walking)) || [];
      const [node, reason] = core.exactly(
        nodes.filter((one) => !off(one)),
        paths.map((path) => path[depth]),
        text,
      );
      if (reason) return reason;
      paths = paths.filter((path) => core.fold(path[depth]) === core.fold(text(node)));
      await press(node, depth === paths[0].length - 1);
      await core.tick();
      above = node;
    }
    return null;
  };

  return {
    all,
    seen,
    there,
    bears,
    bearers,
    popupOf,
    chipText,
    chipsIn,
    takeOff,
    opened,
    opens,
    closes,
    each,
    fieldOf,
    enter,
    typed,
    isOff,
    answer,
    ticks,
    tickBox: tick,
    walk,
  };
};
