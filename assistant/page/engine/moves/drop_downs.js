// A drop-down, of one answer or of several: opened, looked through by scrolling and searching, chosen from, closed again.
/** @param {Core} core */
(core) => {
  const { seen, opens, closes } = core;

  // popup: selector of the pop-up, or none where it is only known by coming to sight · menu(root): the pop-up if it is known without opening it · open(root): opens it ·
  // items(menu) · text(item) · off(item) · query(root, menu): the box one can search in · busy(root, menu) ·
  // scroller(menu): what scrolls a list of which only a part exists · field(root): what has the focus ·
  // chosen(root, menu): the texts that are on · takeOff(root, text): takes one of several off where the box shows it, if it can ·
  // learn(root, menu): whatever a list says only once it is open.
  const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  // Long lists hold only what is in view: they are scrolled through until what is looked for stands there.
  const scrolledThrough = async (list, test) => {
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

  // What was on when the list was last open, as long as the box still shows the same; else null.
  const heldBy = (root, face = root) => {
    const shown = core.textOf(face),
      held = core.recall(root, shown);
    return held === shown ? null : held.split("\n").slice(0, -1);
  };

  const dropDown = (spec) => {
    const text = spec.text || core.textOf;
    const off = spec.off || ((item) => item.matches("[class*=disabled],[aria-disabled=true]"));
    const offered = (menu) => spec.items(menu).filter((item) => !off(item));
    const busy = (root, menu) => Boolean(spec.busy?.(root, menu));
    const open = async (root) => {
      const menu = core.own(spec.menu?.(root) || null);
      if (menu && (seen(menu) || (!spec.lazy && spec.items(menu).length))) return menu;
      // A list that holds nothing yet may stay shut until something is searched for. One that holds what can be chosen is
      // waited for: chosen from before it is there, it would come after it was closed, and stay.
      const shows = async () => {
        const query = spec.query?.(root, menu);
        await spec.open(root);
        // The one that was there may be on its way out, and another come in its place.
        const now = () => spec.menu(root) || menu;
        const shown = await core.until(
          () => seen(now()) && now(),
          query && !offered(menu).length ? core.clock.taking : core.clock.listing,
        );
        return core.own(shown || (query ? now() : null));
      };
      const found = menu
        ? await shows()
        : spec.popup
          ? await opens(spec.popup, () => spec.open(root))
          : await core.appears(root, () => spec.open(root));
      if (found) await core.until(() => !busy(root, found), core.clock.loading);
      if (found) spec.learn?.(root, found);
      return found;
    };

    const scrolled = async (menu, test) => scrolledThrough(spec.scroller?.(menu), test);

    const searched = async (root, menu, accepted) => {
      if (!spec.query) return;
      if (!seen(menu)) {
        await spec.open(root);
        await core.until(() => seen(menu), core.clock.suggesting);
      }
      const field = spec.query(root, menu);
      if (!field || field.readOnly || field.disabled) return;
      for (const words of accepted) {
        core.enterText(field, words);
        core.key(field, "Process", 229);
        let quiet = performance.now(),
          before = "";
        const hit = await core.until(() => {
          const now = busy(root, menu) + offered(menu).map(text).join("|");
          if (now !== before) {
            before = now;
            quiet = performance.now();
          }
          if (!busy(root, menu) && core.exactly(offered(menu), accepted, text)[0]) return "found";
          return !busy(root, menu) && performance.now() - quiet > core.clock.search_silence ? "none" : null;
        }, core.clock.searching);
        if (hit === "found") return;
      }
      core.enterText(field, "");
      core.key(field, "Process", 229);
      await core.until(() => !busy(root, menu) && offered(menu).length, core.clock.taking);
    };

    const find = async (root, menu, accepted) => {
      const now = () => core.exactly(offered(menu), accepted, text);
      let answer = now();
      if (answer[1] === "no-such-option" && (await scrolled(menu, () => now()[0]))) answer = now();
      if (answer[1] === "no-such-option") {
        await searched(root, menu, accepted);
        answer = now();
      }
      return answer;
    };

    const close = async (root, menu) => {
      if (menu && !(await closes(menu, spec.field(root)))) spec.close?.(root, menu);
    };

    const pick = async (root, { accepted }) => {
      const menu = await open(root);
      if (!menu) return "not-taken";
      const [item, reason] = await find(root, menu, accepted);
      if (!reason) core.tap(spec.press?.(item) || item);
      await close(root, menu);
      return reason;
    };

    // What is on may only be known while the list is open: it counts as long as the box shows the same.
    const keep = (root, held) =>
      core.remember(root, core.textOf(spec.face?.(root) || root), held.map((one) => `${one}\n`).join(""));
    const pickMany = async (root, { value }) => {
      let menu = await open(root);
      if (!menu) return "not-taken";
      // A list that left the page with the last choice is opened for the next.
      const findAnew = async (texts) => {
        if (!menu?.isConnected) menu = await open(root);
        return menu ? find(root, menu, texts) : [null, "not-taken"];
      };
      const wanted = value.map((one) => [one].flat()),
        have = spec.chosen(root, menu),
        holds = (texts, one) => texts.map(core.fold).includes(core.fold(one)),
        missing = wanted.filter((texts) => !have.some((one) => holds(texts, one)));
      let reason = null;
      for (const texts of missing) if (!reason) [, reason] = await findAnew(texts);
      const press = async (texts) => {
        const [item, why] = await findAnew(texts);
        if (item) core.tap(spec.press?.(item) || item);
        return why;
      };
      const moves = [
        ...have
          .filter((one) => !wanted.some((texts) => holds(texts, one)))
          .map((one) => async () => ((await spec.takeOff?.(root, one)) ? null : press([one]))),
        ...missing.map((texts) => () => press(texts)),
      ];
      for (const move of moves) {
        if (!reason) reason = await move();
        await core.tick();
      }
      const held = reason ? null : spec.chosen(root, menu);
      await close(root, menu);
      if (held) keep(root, held);
      return reason;
    };

    // Every text that is offered, seen by opening the list and closing it again.
    const offers = async (root) => {
      const menu = await open(root);
      if (!menu) return null;
      const texts = new Set(offered(menu).map(text));
      await scrolled(menu, () => {
        for (const item of offered(menu)) texts.add(text(item));
      });
      const held = spec.chosen?.(root, menu) || [];
      await close(root, menu);
      if (held.length) keep(root, held);
      return [...texts];
    };

    const known = (root) => {
      const menu = spec.menu?.(root),
        texts = menu ? offered(menu).map(text) : [];
      return texts.length ? texts : null;
    };
    const common = { readOnly: () => false, field: spec.field, options: known, offers };
    return {
      one: (selector, more) => ({ kind: "select", selector, ...common, write: pick, ...more }),
      many: (selector, more) => ({
        kind: "multi-select",
        selector,
        ...common,
        read: (root) => spec.chosen(root, spec.menu?.(root)),
        write: pickMany,
        ...more,
      }),
    };
  };

  return { dropDown, heldBy, scrolledThrough };
};
