// Moves that many widget libraries share: a drop-down, a set of ticks, a path through columns, a calendar turned to a
// day. A library says where its parts are; how they are moved, checked and closed again stands here once.
(core) => {
  const all = (root, selector) => [...root.querySelectorAll(selector)];
  // A pop-up is there while it is still fading in, however faint, and where its library misplaces it beside the page.
  const seen = (popup) => {
    if (!popup?.isConnected || core.leaving(popup) || !popup.checkVisibility({ visibilityProperty: true })) return false;
    const box = popup.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && box.right + scrollX > -2000;
  };
  const there = (element) => Boolean(element?.checkVisibility({ visibilityProperty: true })) && element.getBoundingClientRect().width > 0;
  const opened = (selector) => core.everywhere(document, selector).filter(seen);

  // Does `act` and answers with the pop-up that was not there before; from then on it is a part of the control.
  // A press on one that was open already has closed it: then it is pressed once more, as a person would.
  const opens = async (selector, act, limit = 2500) => {
    for (let tries = 0; tries < 2; tries++) {
      const before = new Set(opened(selector));
      await act();
      const found = await core.until(() => opened(selector).find((one) => !before.has(one)), limit);
      if (found) return core.own(found);
    }
    return null;
  };

  // A press beside everything: what closes a pop-up that a choice has not closed. Escape comes last, it may close more.
  const aside = () => ["pointerdown", "mousedown", "mouseup", "click"].forEach((type) => core.fire(document.documentElement, type, { view: window }));
  const closes = async (popup, field) => {
    // One that is still fading in, from no size or from beside the page, is there all the same.
    const gone = () => !seen(popup) && !(popup.isConnected && popup.checkVisibility() && popup.closest("[class*=-enter],[class*=-appear]"));
    const key = (name, code) => () => field && core.key(field, name, code);
    for (const move of [() => {}, () => field?.blur(), aside, key("Tab", 9), key("Escape", 27)]) {
      move();
      if (await core.until(gone, 300)) return true;
    }
    return false;
  };

  // The one item for each wanted value, or why not.
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
  const typed = (kind, selector, more = {}) => ({
    kind, selector, field: fieldOf,
    read: (root) => fieldOf(root).value,
    write: async (root, { value }) => { core.type(fieldOf(root), value); await core.tick(); },
    ...more,
  });

  // -- ticks -----------------------------------------------------------------------------------------------------
  const isOn = (item) => Boolean(item.querySelector("input")?.checked);
  const isOff = (item) => item.matches("[class*=disabled]") || Boolean(item.querySelector("input")?.disabled);

  // The answers of one question, of which one (radio) or several (checkbox-group) are on.
  const ticks = (kind, selector, { item, on = isOn, off = isOff, text = core.textOf, press = (one) => one, ...more }) => {
    const items = (root) => all(root, item);
    const choose = (root, { accepted, value }) => kind === "radio" ? each(items(root).filter((one) => !off(one)), [accepted], text) : each(items(root).filter((one) => !off(one)), value, text);
    return {
      kind, selector, groups: true, silent: true, readOnly: () => false,
      disabled: (root) => items(root).every(off),
      options: (root) => items(root).map(text),
      read: (root) => { const texts = items(root).filter(on).map(text); return kind === "radio" ? texts[0] || "" : texts; },
      write: async (root, order) => {
        const [wanted, reason] = choose(root, order);
        if (reason) return reason;
        // A page that is slow to draw may lose one press over the next: what is not as wanted is pressed again.
        for (let tries = 0; tries < 3; tries++) {
          const wrong = (kind === "radio" ? wanted : items(root)).filter((one) => on(one) !== wanted.includes(one));
          if (!wrong.length) break;
          for (const one of wrong) {
            core.tap(press(one));
            await core.until(() => on(one) === wanted.includes(one), 500);
            await core.tick();
          }
          await new Promise((done) => setTimeout(done, 20));
        }
      },
      ...more,
    };
  };
  const tick = (kind, selector, { on = isOn, off = isOff, press = (one) => one, ...more } = {}) => ({
    kind, selector, readOnly: () => false, disabled: off, read: on,
    write: async (root, { value }) => { if (on(root) !== value) { core.tap(press(root)); await core.tick(); } },
    ...(kind === "checkbox" ? { label: core.textOf } : {}), ...more,
  });

  // -- drop-downs --------------------------------------------------------------------------------------------------
  // popup: selector of the pop-up · menu(root): the pop-up if it is known without opening it · open(root): opens it ·
  // items(menu) · text(item) · off(item) · query(root, menu): the box one can search in · busy(root, menu) ·
  // scroller(menu): what scrolls a list of which only a part exists · field(root): what has the focus ·
  // chosen(root): the texts that are on · clear(root, text): takes one of several off again.
  const dropDown = (spec) => {
    const text = spec.text || core.textOf;
    const off = spec.off || ((item) => item.matches("[class*=disabled],[aria-disabled=true]"));
    const offered = (menu) => spec.items(menu).filter((item) => !off(item));
    const busy = (root, menu) => Boolean(spec.busy?.(root, menu));
    const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));

    const open = async (root) => {
      const menu = core.own(spec.menu?.(root) || null);
      if (menu && (seen(menu) || (!spec.lazy && spec.items(menu).length))) return menu;
      // A list that holds nothing yet may stay shut until something is searched for.
      const shows = async () => { await spec.open(root); return (await core.until(() => seen(menu), spec.query?.(root, menu) ? 500 : 2000)) || spec.query?.(root, menu) ? menu : null; };
      const found = menu ? await shows() : await opens(spec.popup, () => spec.open(root));
      if (found) await core.until(() => !busy(root, found), 8000);
      return found;
    };

    // Long lists hold only what is in view: they are scrolled through until the text stands there.
    const scrolled = async (menu, test) => {
      const list = spec.scroller?.(menu);
      if (!list || list.scrollHeight <= list.clientHeight) return null;
      for (let top = 0; ; top += Math.max(40, list.clientHeight - 40)) {
        list.scrollTop = top;
        core.fire(list, "scroll");
        await frame();
        const hit = test();
        if (hit) return hit;
        if (top + list.clientHeight >= list.scrollHeight) return null;
      }
    };

    const searched = async (root, menu, accepted) => {
      if (!spec.query) return;
      if (!seen(menu)) { await spec.open(root); await core.until(() => seen(menu), 1000); }
      const field = spec.query(root, menu);
      if (!field || field.readOnly || field.disabled) return;
      for (const words of accepted) {
        core.enterText(field, words);
        core.key(field, "Process", 229);
        let quiet = performance.now(), before = "";
        const hit = await core.until(() => {
          const now = busy(root, menu) + offered(menu).map(text).join("|");
          if (now !== before) { before = now; quiet = performance.now(); }
          if (!busy(root, menu) && core.exactly(offered(menu), accepted, text)[0]) return "found";
          return !busy(root, menu) && performance.now() - quiet > 1500 ? "none" : null;
        }, 12000);
        if (hit === "found") return;
      }
      core.enterText(field, "");
      core.key(field, "Process", 229);
      await core.until(() => !busy(root, menu) && offered(menu).length, 500);
    };

    const find = async (root, menu, accepted) => {
      const now = () => core.exactly(offered(menu), accepted, text);
      let answer = now();
      if (answer[1] === "no-such-option" && (await scrolled(menu, () => now()[0]))) answer = now();
      if (answer[1] === "no-such-option") { await searched(root, menu, accepted); answer = now(); }
      return answer;
    };

    const close = async (root, menu) => { if (menu && !(await closes(menu, spec.field(root)))) spec.close?.(root, menu); };

    const pick = async (root, { accepted }) => {
      const menu = await open(root);
      if (!menu) return "not-taken";
      const [item, reason] = await find(root, menu, accepted);
      if (!reason) core.tap(spec.press?.(item) || item);
      await close(root, menu);
      return reason;
    };

    const pickMany = async (root, { value }) => {
      const menu = await open(root);
      if (!menu) return "not-taken";
      const wanted = value.map((one) => [one].flat());
      let reason = null;
      for (const texts of wanted) if (!reason) [, reason] = await find(root, menu, texts);
      if (!reason) {
        const have = spec.chosen(root, menu), holds = (texts, one) => texts.map(core.fold).includes(core.fold(one));
        const moves = [...have.filter((one) => !wanted.some((texts) => holds(texts, one))).map((one) => [one]), ...wanted.filter((texts) => !have.some((one) => holds(texts, one)))];
        for (const texts of moves) {
          let item;
          [item, reason] = await find(root, menu, texts);
          if (reason) break;
          core.tap(spec.press?.(item) || item);
          await core.tick();
        }
      }
      await close(root, menu);
      return reason;
    };

    // Every text that is offered, seen by opening the list and closing it again.
    const offers = async (root) => {
      const menu = await open(root);
      if (!menu) return null;
      const texts = new Set(offered(menu).map(text));
      await scrolled(menu, () => { offered(menu).forEach((item) => texts.add(text(item))); });
      await close(root, menu);
      return [...texts];
    };

    const known = (root) => { const menu = spec.menu?.(root), texts = menu ? offered(menu).map(text) : []; return texts.length ? texts : null; };
    const common = { readOnly: () => false, field: spec.field, options: known, offers };
    return {
      one: (selector, more) => ({ kind: "select", selector, ...common, write: pick, ...more }),
      many: (selector, more) => ({ kind: "multi-select", selector, ...common, read: (root) => spec.chosen(root, spec.menu?.(root)), write: pickMany, ...more }),
    };
  };

  // -- files -------------------------------------------------------------------------------------------------------
  // What the page lists beside a box or button once it was taken.
  const FILE = /^\S.{0,120}\.(pdf|jpe?g|png|gif|bmp|tiff?|docx?|xlsx?|zip|rar|ofd|txt)$/i;
  const around = (root) => root.closest("td,li,dd,.form-item,.form-group") || root.parentElement;
  const filesBeside = (root) => all(around(root), "*").filter((one) => !root.contains(one) && !one.children.length && core.visible(one)).map(core.textOf).filter((text) => FILE.test(text));

  // A button that opens a dialog with the file box in it. The dialog is opened for the files, sends them by its own button,
  // and is closed again if it stays. A window of the browser's own is not opened: what lies there is not this page's.
  const SENDS = /^(开始|确定|确认)?上传$|^(确定|确认)$/;
  const BUTTONS = "button,a,[role=button],input[type=button]";
  const uploadWindow = (selector, dialogs, { inside = dialogs, close = "[class*=close],[aria-label=Close],[aria-label=关闭]" } = {}) => {
    const withBox = (before) => opened(dialogs).find((one) => !before.has(one) && one.querySelector("input[type=file]"));
    const open = async (button) => {
      const before = new Set(opened(dialogs)), really = window.open;
      let elsewhere = false;
      window.open = () => { elsewhere = true; return null; };
      try {
        core.tap(button);
        await core.until(() => elsewhere || withBox(before), 2500);
      } finally { window.open = really; }
      return core.own(withBox(before) || null);
    };
    const files = async (button) => {
      core.own(button);
      const dialog = await open(button), field = dialog?.querySelector("input[type=file]");
      const send = field && all(dialog, BUTTONS).find((one) => SENDS.test(core.fold(core.textOf(one) || one.value || "")));
      // The browser says nothing of a file that is given to a box that holds it already.
      if (field) field.value = "";
      field?.addEventListener("change", async () => {
        await core.tick();
        const before = core.textOf(dialog);
        let said = before, since = performance.now();
        if (send) core.tap(send);
        // It closes when the file was taken; one that says something else and then nothing more has refused it.
        await core.until(() => {
          const now = core.textOf(dialog);
          if (now !== said) { said = now; since = performance.now(); }
          return !seen(dialog) || (now !== before && performance.now() - since > 1000);
        }, 20000);
        const shut = seen(dialog) && dialog.querySelector(close);
        if (shut) core.tap(shut);
      }, { once: true });
      return field || null;
    };
    return {
      kind: "upload", selector, field: (button) => button, files, readOnly: () => false, read: filesBeside,
      when: (button) => core.TAKES_FILES.test(core.fold(core.textOf(button))) && !button.closest(inside) && !around(button).querySelector("input[type=file]"),
      disabled: (button) => button.matches(":disabled,[aria-disabled=true],[class*=-disabled]"),
    };
  };

  // -- paths -------------------------------------------------------------------------------------------------------
  // Walks "a / b / c" through what `level(n, above)` shows (elements, possibly later); `press(node, last)` goes on.
  const walk = async (accepted, { level, text = core.textOf, off = (node) => node.matches("[class*=disabled]"), press }) => {
    let paths = accepted.map((path) => path.split(" / ").map((part) => part.trim())), above = null;
    for (let depth = 0; depth < paths[0].length; depth++) {
      const nodes = (await core.until(() => { const found = level(depth, above); return found?.length ? found : null; }, 3000)) || [];
      const [node, reason] = core.exactly(nodes.filter((one) => !off(one)), paths.map((path) => path[depth]), text);
      if (reason) return reason;
      paths = paths.filter((path) => core.fold(path[depth]) === core.fold(text(node)));
      await press(node, depth === paths[0].length - 1);
      await core.tick();
      above = node;
    }
    return null;
  };

  // -- calendars -----------------------------------------------------------------------------------------------------
  const pad = (part) => String(part).padStart(2, "0");
  // An ISO date or month in the format a page shows: yyyy/YYYY, MM/M, dd/DD/d, and whatever stands between.
  const spoken = (iso, format) => {
    const [year, month, day = "01"] = iso.split("-");
    return format.replace(/y{4}|Y{4}|MM|dd|DD|\bM\b|\b[dD]\b/g, (part) =>
      /y/i.test(part) ? year : part === "MM" ? month : /dd/i.test(part) ? day : String(Number(part === "M" ? month : day)));
  };
  // Turns a calendar. `shows()` answers [year, month]; each of the four answers the button that turns it.
  const turn = async (shows, { yearBack, yearOn, monthBack, monthOn }, [year, month]) => {
    for (let turns = 0; turns < 300; turns++) {
      const [y, m] = shows();
      if (!y || (y === year && (!month || m === month))) return Boolean(y);
      const button = y !== year ? (y > year ? yearBack : yearOn)() : (m > month ? monthBack : monthOn)();
      if (!button) return false;
      core.tap(button);
      await core.tick();
      if (shows().join() === [y, m].join() && !(await core.until(() => shows().join() !== [y, m].join(), 500))) return false;
    }
    return false;
  };
  // The numbers of a calendar's heading: "2015年 5月", "五月 2015", "May 2015" and the like, as [year, month].
  const NAMES = [/^(jan|一月)/i, /^(feb|二月)/i, /^(mar|三月)/i, /^(apr|四月)/i, /^(may|五月)/i, /^(jun|六月)/i, /^(jul|七月)/i, /^(aug|八月)/i, /^(sep|九月)/i, /^(oct|十月)/i, /^(nov|十一月)/i, /^(dec|十二月)/i];
  const heading = (text) => {
    const year = Number(text.match(/\d{4}/)?.[0]) || 0, rest = text.replace(/\d{4}\s*年?/, "");
    const number = Number(rest.match(/\d{1,2}/)?.[0]) || rest.split(/[\s,]+/).map((word) => NAMES.findIndex((name) => name.test(word)) + 1).find(Boolean) || 0;
    return [year, number];
  };
  const parts = (iso) => iso.split("-").map(Number);

  return { all, seen, there, opened, opens, closes, each, fieldOf, typed, isOff, ticks, tickBox: tick, dropDown, filesBeside, uploadWindow, walk, pad, spoken, turn, heading, dateParts: parts };
}
