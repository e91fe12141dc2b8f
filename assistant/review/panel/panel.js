// What is in the review panel. It shows what it is given, keeps values only here, and tells what was pressed and on which
// card; deciding is the tool's. Fields are outlined by boxes of the panel's own: the page's elements are never touched.
({ root, make, say, copy, elementAt, boxOf, beside, words }) => {
  const GAP = 12,
    NEAR = 8,
    ROOM = 300;
  let state = { cards: [], rest: [], paste: [], sections: [], buttons: [], offer: null };
  let collapsed = false,
    folded = true,
    listed = false,
    squeezed = false,
    current = null;
  let spot = { right: true, bottom: true, x: null, y: null };
  let marks = [],
    chosen = false,
    noted = "";

  // -- the standing parts: what speaks for itself must not be drawn anew ---------------------------------------------

  const layer = make("div", { class: "layer", "aria-hidden": "true" });
  const holder = make("p", { class: "holder", role: "status" });
  const note = make("p", { class: "note", role: "status" });
  const heading = make("h2", { text: words.title, id: "title" });
  const side = make("button", {
    type: "button",
    class: "icon",
    "data-key": "side",
    "aria-label": words.side,
    title: words.side,
    text: "⇄",
    on: () => {
      chosen = true;
      spot = { ...spot, x: null, y: null, right: !spot.right };
      place();
    },
  });
  const fold = make("button", {
    type: "button",
    class: "icon",
    "data-key": "fold",
    on: () => {
      collapsed = !collapsed;
      squeezed = false;
      render();
    },
  });
  const head = make("header", { "data-drag": "true" }, heading, side, fold);
  const body = make("div", { class: "body" });
  const foot = make("footer", {});
  const panel = make(
    "section",
    { class: "panel", role: "region", "aria-labelledby": "title", lang: words.lang },
    head,
    holder,
    note,
    body,
    foot,
  );
  root.append(layer, panel);

  // -- drawing ---------------------------------------------------------------------------------------------------------

  const line = (name, value, differs) =>
    make(
      "div",
      { class: differs ? "line differs" : "line" },
      make("dt", { text: name }),
      make("dd", { text: value || words.nothing, class: value ? null : "none" }),
    );
  const act = (key, text, on, more = {}) => make("button", { type: "button", "data-key": key, text, on, ...more });

  const cardOf = (card) => {
    const more = [
      act(`show ${card.id}`, words.show, () => show(card.id), {
        "aria-label": `${words.show}${words.colon}${card.name}`,
      }),
    ];
    if (card.copy)
      more.push(
        act(`copy ${card.id}`, words.copy, () => copied(card), {
          "aria-label": `${words.copy}${words.colon}${card.name}`,
        }),
      );
    if (card.use)
      more.push(
        act(`use ${card.id}`, words.use, () => say("use", { id: card.id }), {
          weighs: true,
          "aria-label": `${words.use}${words.colon}${card.name}`,
        }),
      );
    const dealt = card.calm ? words.checked : words.done;
    more.push(
      act(`done ${card.id}`, card.done ? words.undone : dealt, () => say("done", { id: card.id }), {
        weighs: true,
        "aria-label": `${card.done ? words.undone : dealt}${words.colon}${card.name}`,
      }),
    );
    const classes = ["card", card.tone, card.done && "done", card.id === current && "current"]
      .filter(Boolean)
      .join(" ");
    return make(
      "li",
      { class: classes, "data-card": card.id },
      make(
        "div",
        { class: "top" },
        make("span", { class: "chip", text: card.done ? words.settled : card.kindText }),
        make("h3", { text: card.name }),
        make("span", { class: "where", text: card.section }),
      ),
      make("dl", {}, line(words.planned, card.planned), line(words.shown, card.shown, card.differs)),
      make("p", { class: "why", text: card.why }),
      card.also && make("p", { class: "also", text: words.also + card.also }),
      make("div", { class: "acts" }, ...more),
    );
  };

  const sections = () => {
    if (!state.sections.length) return null;
    const items = state.sections.map((one) =>
      make(
        "li",
        { class: one.state },
        make("span", {
          class: "mark",
          "aria-hidden": "true",
          text: { done: "✓", look: "!", now: "●", wait: "○" }[one.state],
        }),
        make("span", { text: one.title }),
        make("span", { class: "count", text: one.text }),
      ),
    );
    const summary = act(
      "sections",
      words.sections,
      () => {
        listed = !listed;
        render();
      },
      { class: "plain", "aria-expanded": String(listed) },
    );
    summary.append(make("span", { class: "count", text: state.summary }));
    return make("div", { class: "sections" }, summary, listed && make("ol", {}, ...items));
  };

  const rest = () => {
    if (!state.rest.length) return null;
    const open = act(
      "rest",
      words.rest.replace("%", state.rest.length),
      () => {
        folded = !folded;
        render();
      },
      { class: "plain", "aria-expanded": String(!folded) },
    );
    const rows = () =>
      state.rest.map((one) =>
        make(
          "li",
          {},
          act(`show ${one.id}`, one.name, () => show(one.id), { class: "link", title: words.show }),
          make("span", { class: "value", text: one.shown || words.nothing }),
        ),
      );
    return make("div", { class: "rest" }, open, !folded && make("ul", {}, ...rows()));
  };

  // -- what a page that is new asks for: one list, one press -----------------------------------------------------------

  let offered = null,
    ticked = new Set(),
    named = new Map(),
    sought = new Map();
  // A new offer begins with what the tool is sure of.
  const begin = (offer) => {
    const key = JSON.stringify([offer.entries.map((one) => [one.id, one.label, one.value]), offer.lines]);
    if (key === offered) return;
    offered = key;
    ticked = new Set(offer.entries.filter((one) => one.ticked).map((one) => one.id));
    named = new Map();
    sought = new Map();
  };
  // Of all that the profile holds what has every word that is looked for in its name or its value.
  const MANY = 8;
  const found = (data, text) => {
    const wanted = text.toLowerCase().split(/\s+/).filter(Boolean);
    return data.filter(({ name, value }) => wanted.every((word) => `${name} ${value}`.toLowerCase().includes(word)));
  };
  const entryOf = (one, every) => {
    const data = every.filter(({ sort }) => sort === one.sort);
    const box = make("input", {
      type: "checkbox",
      "data-key": `tick ${one.id}`,
      id: `tick-${one.id}`,
      "aria-label": one.label,
      "aria-description": [one.value, one.why].filter(Boolean).join(" · "),
      disabled: !one.value && !named.has(one.id),
      on: () => {
        if (ticked.has(one.id)) ticked.delete(one.id);
        else ticked.add(one.id);
        say("tick");
        render();
      },
    });
    box.checked = ticked.has(one.id) || named.has(one.id);
    const choose = () => {
      const list = make("select", {
        "data-key": `is ${one.id}`,
        "aria-label": `${words.isThis}${words.colon}${one.label}`,
      });
      const lay = () => {
        const text = sought.get(one.id) || "",
          shown = found(data, text);
        list.replaceChildren(make("option", { value: "", text: words.leave }));
        for (const datum of data.filter((each) => shown.includes(each) || each.key === named.get(one.id)))
          list.append(make("option", { value: datum.key, text: `${datum.name}${words.colon}${datum.value}` }));
        list.value = named.get(one.id) || "";
        list.size = text ? Math.min(MANY, list.length) : 1;
      };
      lay();
      list.addEventListener("change", (event) => {
        if (!event.isTrusted) return;
        if (list.value) named.set(one.id, list.value);
        else named.delete(one.id);
        say("tick");
        render();
      });
      if (data.length <= MANY) return [list];
      const seek = make("input", {
        type: "search",
        "data-key": `seek ${one.id}`,
        placeholder: words.seek,
        "aria-label": `${words.seek}${words.colon}${one.label}`,
      });
      seek.value = sought.get(one.id) || "";
      seek.addEventListener("input", () => {
        sought.set(one.id, seek.value);
        lay();
      });
      return [seek, list];
    };
    return make(
      "li",
      { class: `entry ${one.state}` },
      box,
      make(
        "div",
        { class: "what" },
        act(`show ${one.id}`, one.label, () => say("show", { id: one.id }), {
          class: "link",
          "aria-label": `${words.show}${words.colon}${one.label}`,
        }),
        one.required && make("span", { class: "chip", text: words.required }),
        make("span", { class: one.value ? "value" : "value none", text: one.value || words.nothing }),
        make("span", { class: "why", text: one.why }),
        ...(one.state !== "sure" && data.length ? choose() : []),
      ),
    );
  };
  const offer = () => {
    if (!state.offer) return null;
    begin(state.offer);
    const { entries, data, lines } = state.offer;
    const groups = [
      ["urgent", entries.filter((one) => one.state === "unknown" && one.required)],
      ["sure", entries.filter((one) => one.state === "sure")],
      ["likely", entries.filter((one) => one.state === "likely")],
      ["unknown", entries.filter((one) => one.state === "unknown" && !one.required)],
    ];
    return make(
      "div",
      { class: "offer" },
      lines.length && make("ul", { class: "requests" }, ...lines.map((text) => make("li", { text }))),
      ...groups
        .filter(([, list]) => list.length)
        .flatMap(([name, list]) => [
          make("h3", { class: "list", text: words[name].replace("%", list.length) }),
          make("ul", { class: `entries ${name}` }, ...list.map((one) => entryOf(one, data))),
        ]),
    );
  };
  const answer = (key) =>
    state.offer ? say(key, { ticked: [...ticked], named: Object.fromEntries(named) }) : say(key);

  const render = () => {
    const key = root.activeElement?.getAttribute("data-key"),
      at = body.scrollTop;
    panel.classList.toggle("collapsed", collapsed);
    panel.classList.toggle("person", state.holder === "person");
    fold.textContent = collapsed ? "＋" : "－";
    fold.setAttribute("aria-label", collapsed ? words.open : words.collapse);
    fold.setAttribute("title", collapsed ? words.open : words.collapse);
    fold.setAttribute("aria-expanded", String(!collapsed));
    speak(holder, state.banner);
    // What was said here stays until the tool says something else.
    if (state.note !== noted) tell(state.note);
    noted = state.note;
    const open = state.cards.filter((one) => !one.done).length;
    const list = state.cards.length
      ? make(
          "div",
          {},
          make("h3", { class: "list", text: open ? words.look.replace("%", open) : words.allDone }),
          make("ol", { class: "cards" }, ...state.cards.map(cardOf)),
        )
      : null;
    const verdict =
      state.verdict &&
      make("p", { class: state.verdict, text: state.verdict === "all-calm" ? words.allCalm : words.unfinished });
    const progress =
      state.total && state.phase === "run"
        ? make("div", { class: "progress" }, make("span", { text: state.progress }), bar(state.now, state.total))
        : null;
    body.replaceChildren(
      ...[
        make("p", { class: "who", text: state.applicant }),
        progress,
        offer(),
        sections(),
        verdict,
        list,
        rest(),
      ].filter(Boolean),
    );
    const paste =
      state.paste.length && state.phase !== "run"
        ? act("next-by-hand", words.paste.replace("%", state.paste.length), next, {
            class: "wide",
            "aria-keyshortcuts": "F8",
          })
        : null;
    const check =
      state.cards.some((one) => !one.done) && state.phase !== "run"
        ? act("checked-next", words.checkNext, checked, { class: "wide", "aria-keyshortcuts": "F2" })
        : null;
    const buttons = state.buttons.map((one) =>
      act(one.key, one.text, () => answer(one.key), { class: one.main ? "main" : null, weighs: one.key !== "pause" }),
    );
    foot.replaceChildren(
      ...[
        check,
        paste,
        buttons.length && make("div", { class: "buttons" }, ...buttons),
        make("p", { class: "keys", text: words.keys }),
      ].filter(Boolean),
    );
    body.scrollTop = at;
    if (key) [...root.querySelectorAll("[data-key]")].find((one) => one.getAttribute("data-key") === key)?.focus();
    place();
  };
  const bar = (now, total) => {
    const filled = make("i", {});
    filled.style.width = `${Math.round((100 * now) / total)}%`;
    return make(
      "div",
      {
        class: "bar",
        role: "progressbar",
        "aria-label": state.progress,
        "aria-valuemin": "0",
        "aria-valuemax": String(total),
        "aria-valuenow": String(now),
      },
      filled,
    );
  };
  const tell = (text) => {
    speak(note, text || "");
    note.hidden = !text;
  };
  const speak = (element, text) => {
    if (element.textContent !== text) element.textContent = text;
  };

  // -- standing beside what it speaks of ---------------------------------------------------------------------------------

  const size = () => ({ width: panel.offsetWidth, height: panel.offsetHeight });
  /** @param {{ right: boolean, bottom: boolean, x?: number, y?: number }} spot */
  const stand = ({ right, bottom, x, y }) => {
    const { width, height } = size();
    const most = { x: Math.max(GAP, innerWidth - width - GAP), y: Math.max(GAP, innerHeight - height - GAP) };
    const left = x ?? (right ? most.x : GAP),
      top = y ?? (bottom ? most.y : GAP);
    return { left: Math.min(Math.max(GAP, left), most.x), top: Math.min(Math.max(GAP, top), most.y), width, height };
  };
  const place = () => {
    const { left, top } = stand(spot);
    Object.assign(panel.style, { left: `${left}px`, top: `${top}px` });
    // At its side the panel has room of its own; where the person has moved it to, it stands over the page.
    if (collapsed || spot.x !== null || spot.y !== null) beside.free();
    else beside.take(panel.offsetWidth + 2 * GAP, spot.right);
  };
  const covers = (at, box) =>
    at.left < box.right + NEAR &&
    box.left < at.left + at.width + NEAR &&
    at.top < box.bottom + NEAR &&
    box.top < at.top + at.height + NEAR;
  // To the other side, else above or below, smaller if need be; folded up only where there is no room at all.
  const avoid = (box) => {
    if (!box || !covers(stand(spot), box)) return;
    const sides = [
      { right: !spot.right, bottom: spot.bottom },
      { right: !spot.right, bottom: !spot.bottom },
      { right: spot.right, bottom: !spot.bottom },
    ];
    const free = () => sides.concat({ right: spot.right, bottom: spot.bottom }).find((one) => !covers(stand(one), box));
    let found = free();
    if (!found) {
      const below = innerHeight - box.bottom - NEAR - 2 * GAP,
        above = box.top - NEAR - 2 * GAP;
      if (Math.max(below, above) >= ROOM) {
        panel.style.maxHeight = `${Math.max(below, above)}px`;
        squeezed = true;
      } else {
        collapsed = true;
        render();
      }
      found = free();
    }
    spot = { x: null, y: null, ...(found || sides[0]) };
    place();
  };
  const unsqueeze = () => {
    if (!squeezed) return;
    squeezed = false;
    panel.style.maxHeight = "";
    place();
  };
  const dragged = () => {
    const from = stand(spot);
    chosen = true;
    return (x, y) => {
      spot = { ...spot, x: from.left + x, y: from.top + y };
      place();
    };
  };

  // -- the fields on the page --------------------------------------------------------------------------------------------

  const draw = () => {
    for (const mark of marks) {
      const box = boxOf(mark.element);
      mark.box.hidden = !box;
      if (!box) continue;
      const wide = mark.id === current ? 5 : 3;
      Object.assign(mark.box.style, {
        left: `${box.left - wide}px`,
        top: `${box.top - wide}px`,
        width: `${box.right - box.left + 2 * wide}px`,
        height: `${box.bottom - box.top + 2 * wide}px`,
      });
      mark.box.classList.toggle("current", mark.id === current);
    }
  };
  let drawing = 0;
  const moved = () => {
    if (!drawing)
      drawing = requestAnimationFrame(() => {
        drawing = 0;
        draw();
        place();
        stepAside();
      });
  };
  const beat = setInterval(() => {
    if (marks.length) draw();
    stepAside();
  }, 300);
  const outline = (list) => {
    for (const mark of marks) mark.box.remove();
    marks = list
      .map(({ id, place: way, tone, sign }) => ({
        id,
        tone,
        element: elementAt(way),
        box: make("div", { class: `mark ${tone}`, "data-sign": sign }),
      }))
      .filter((mark) => mark.element);
    layer.append(...marks.map((mark) => mark.box));
    draw();
    if (!chosen && state.phase !== "run" && marks.length) choose();
  };
  // Where the person has not put it, it stands where it is in the way of no button that they are asked to press, and of
  // fewest fields; smaller where it would be in the way in every corner.
  let clear = [];
  const boxesOf = (elements) => elements.map(boxOf).filter(Boolean);
  const inTheWay = (at) => {
    const over = (elements) => boxesOf(elements).filter((box) => covers(at, box)).length;
    return 100 * over(clear) + over(marks.map((mark) => mark.element));
  };
  const choose = () => {
    const corners = [true, false].flatMap((bottom) =>
      [true, false].map((right) => ({ ...spot, x: null, y: null, right, bottom })),
    );
    const best = () =>
      [{ ...spot }, ...corners]
        .map((one) => ({ one, cost: inTheWay(stand(one)) }))
        .reduce((least, next) => (next.cost < least.cost ? next : least));
    let found = best();
    if (found.cost >= 100) {
      panel.style.maxHeight = `${Math.max(ROOM, Math.round(innerHeight * 0.45))}px`;
      squeezed = true;
      found = best();
    }
    spot = found.one;
    place();
  };
  // The page was scrolled under it: it goes aside, but never from under the pointer.
  const stepAside = () => {
    if (chosen || !clear.length || panel.matches(":hover")) return;
    const at = stand(spot);
    if (boxesOf(clear).some((box) => covers(at, box))) choose();
  };
  const keepClear = (ways) => {
    clear = ways.map(elementAt).filter(Boolean);
    if (clear.length && !chosen) {
      unsqueeze();
      choose();
    }
  };

  const known = (id) => [...state.cards, ...state.rest].find((one) => one.id === id);
  const show = (id, more = {}) => {
    current = id;
    unsqueeze();
    tell(state.note);
    render();
    say("show", { id, ...more });
  };
  // The tool has found the place: there it is, in full view, with nothing of ours over it.
  const point = ({ id, place: way, field }) => {
    const element = elementAt(way);
    if (!element) return false;
    current = id;
    element.scrollIntoView({ block: "center", inline: "nearest" });
    if (!marks.some((mark) => mark.id === id)) {
      const card = known(id);
      marks.push({ id, element, tone: "look", box: make("div", { class: `mark ${card?.tone || "look"}` }) });
      layer.append(marks[marks.length - 1].box);
    }
    draw();
    avoid(boxOf(element));
    draw();
    const card = [...root.querySelectorAll("[data-card]")].find((one) => one.getAttribute("data-card") === id);
    for (const one of root.querySelectorAll(".card.current")) one.classList.remove("current");
    card?.classList.add("current");
    card?.scrollIntoView({ block: "nearest" });
    if (field) (elementAt(field) || element).focus({ preventScroll: true });
    return true;
  };
  const copied = (card) => {
    tell(copy(card.copy) ? words.copied.replace("%", card.name) : words.notCopied);
    place();
  };
  // One key, one field: its value on the clipboard, the field outlined and focused, ready for the person's own paste.
  const next = () => {
    if (!state.paste.length || state.phase === "run") return false;
    const at = state.paste.indexOf(current);
    const card = known(state.paste[(at + 1) % state.paste.length]);
    if (!card) return false;
    show(card.id, { by_hand: true });
    if (card.copy) copied(card);
    else tell(words.nothingToCopy.replace("%", card.name));
    return true;
  };

  // One key, one card: the one in view is checked, the next one is shown. What is wrong is passed by, never ticked off.
  const checked = () => {
    if (state.phase === "run" || !state.cards.length) return false;
    const at = state.cards.findIndex((one) => one.id === current),
      card = state.cards[at];
    if (card?.calm && !card.done) {
      card.done = true;
      say("done", { id: card.id });
    }
    const following = [...state.cards.slice(at + 1), ...state.cards.slice(0, Math.max(at, 0))].find((one) => !one.done);
    if (following) show(following.id);
    else tell(words.allDone);
    return true;
  };

  // F2: this card is checked, the next; F8: the next field by hand; F9: into the panel and back; Escape: back.
  let before = null;
  const key = (event, inside) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return false;
    if (event.key === "F2") return checked();
    if (event.key === "F8") return next();
    if (event.key === "F9" || (event.key === "Escape" && inside)) {
      if (inside) {
        root.activeElement?.blur();
        if (before?.isConnected) before.focus();
      } else {
        before = document.activeElement;
        if (collapsed) {
          collapsed = false;
          render();
        }
        (
          root.querySelector(".entry input:not(:disabled)") ||
          root.querySelector(".card button") ||
          root.querySelector("footer button") ||
          fold
        ).focus();
      }
      return true;
    }
    return false;
  };

  return {
    dragged,
    key,
    moved,
    panel,
    covered: () => tell(words.covered),
    stop: () => {
      clearInterval(beat);
      cancelAnimationFrame(drawing);
    },
    hear: (message) => {
      if (message.state) {
        const changed = message.state.phase !== state.phase;
        state = message.state;
        if (changed) {
          collapsed = false;
          unsqueeze();
          listed = state.phase === "run" ? false : listed;
        }
        panel.setAttribute("data-phase", state.phase);
        render();
      }
      if (message.marks) outline(message.marks);
      if (message.clear) keepClear(message.clear);
      if (message.point) return point(message.point);
      return true;
    },
  };
};
