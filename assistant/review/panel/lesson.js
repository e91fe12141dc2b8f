// What is in the panel of a lesson: the list of what does not match, and what may be answered about the one at hand. It shows
// what it is given and tells what was pressed; a proposed field is outlined by a box of the panel's own.
({ root, make, say, elementAt, boxOf, words }) => {
  const GAP = 12;
  let state = { mode: "busy", entries: [], at: -1 },
    ticked = new Set(),
    right = true,
    x = null,
    pointedAt = null,
    fresh = "";

  const layer = make("div", { class: "layer", "aria-hidden": "true" });
  const mark = make("div", { class: "mark look current" });
  mark.hidden = true;
  layer.append(mark);
  const heading = make("h2", { text: words.title, id: "title" });
  const side = make("button", {
    type: "button",
    class: "icon",
    "data-key": "side",
    "aria-label": words.side,
    title: words.side,
    text: "⇄",
    on: () => {
      right = !right;
      x = null;
      place();
    },
  });
  const holder = make("p", { class: "holder", text: words.holder });
  const note = make("p", { class: "note", role: "status" });
  const body = make("div", { class: "body" });
  const foot = make("footer", {});
  const panel = make(
    "section",
    { class: "panel lesson", role: "region", "aria-labelledby": "title", lang: words.lang },
    make("header", { "data-drag": "true" }, heading, side),
    holder,
    note,
    body,
    foot,
  );
  root.append(layer, panel);

  const act = (key, text, on, more = {}) => make("button", { type: "button", "data-key": key, text, on, ...more });

  // -- the entry at hand -----------------------------------------------------------------------------------------------

  const found = (one, number) => {
    const button = act(`take ${number}`, "", () => say("take", { number }), {
      class: "found",
      "data-number": String(number),
      "aria-label": `${words.take}「${one.label}」${one.why}`,
    });
    button.append(
      make("b", { text: one.label }),
      make("span", { class: "why", text: [one.block, one.why].filter(Boolean).join(" · ") }),
    );
    return make("li", {}, button);
  };
  const offers = () => {
    const first = state.candidates.length;
    const parts = [];
    if (first)
      parts.push(make("h4", { text: words.maybe }), make("ul", { class: "found" }, ...state.candidates.map(found)));
    const buttons = [];
    if (state.pointing) buttons.push(act("point", words.point, () => say("point", { section: "" }), { class: "main" }));
    buttons.push(act("skip", words.skip, () => say("skip")));
    parts.push(make("div", { class: "buttons" }, ...buttons));
    if (state.others.length)
      parts.push(
        make("h4", { text: words.others }),
        make("ul", { class: "found" }, ...state.others.map((one, index) => found(one, first + index))),
      );
    if (state.pointing && state.sections.length)
      parts.push(
        make("h4", { text: words.elsewhere }),
        make(
          "div",
          { class: "elsewhere" },
          ...state.sections.map((one) =>
            act(`in ${one.key}`, one.title, () => say("point", { section: one.key }), {
              "aria-label": `${words.elsewhere}：${one.title}`,
            }),
          ),
        ),
      );
    return make("div", { class: "offers" }, ...parts);
  };
  const entry = (one, number) => {
    const now = number === state.at;
    const button = act(
      `entry ${number}`,
      "",
      () => {
        if (!now) say("turn-to", { number });
      },
      {
        class: "entry",
        "aria-current": now ? "true" : null,
        "aria-expanded": String(now),
        "aria-label": `${one.section}：${one.what}（${words[one.state]}）`,
        disabled: state.mode !== "answer",
      },
    );
    button.append(
      make("span", { class: "where", text: one.section }),
      make("span", { class: "chip", text: words[one.state] }),
      make("span", { class: "what", text: one.what }),
    );
    return make(
      "li",
      { class: [one.state, now && "now"].filter(Boolean).join(" ") },
      button,
      now && state.mode === "answer" && offers(),
    );
  };
  const list = () => [
    make("h3", {
      class: "list",
      text: words.left.replace("%", state.entries.filter((one) => one.state === "open").length),
    }),
    make("ol", { class: "entries" }, ...state.entries.map(entry)),
  ];

  // -- the other questions -----------------------------------------------------------------------------------------------

  const asked = () => make("p", { class: "asked", text: state.asked });
  const tick = (row, number) => {
    const on = ticked.has(number);
    const button = act(
      `tick ${number}`,
      "",
      () => {
        if (!ticked.delete(number)) ticked.add(number);
        render();
      },
      { class: "tick", role: "checkbox", "aria-checked": String(on), "aria-label": row.join(" ") },
    );
    button.append(
      make("span", { class: "box", "aria-hidden": "true", text: on ? "✓" : "" }),
      make("span", { text: row.join("　") }),
    );
    return make("li", {}, button);
  };
  const line = (name, value) =>
    make(
      "div",
      { class: "line" },
      make("dt", { text: name }),
      make("dd", { text: value || "—", class: value ? null : "none" }),
    );
  const change = ([where, before, after]) =>
    make(
      "li",
      {},
      make("span", { class: "where", text: where }),
      make("dl", {}, line(words.before, before), line(words.after, after)),
    );

  const bodies = {
    busy: () => [...(state.entries?.length ? list() : []), make("p", { class: "asked", text: words.busy })],
    answer: list,
    point: () => [
      asked(),
      make(
        "div",
        { class: "buttons" },
        act("cancel", words.cancel, () => say("cancel"), { "aria-keyshortcuts": "Escape" }),
      ),
    ],
    ask: () => [asked()],
    several: () => [
      make("h3", { class: "list", text: state.heading }),
      asked(),
      make("ul", { class: "rows" }, ...state.rows.map(tick)),
    ],
    accept: () => [
      make("h3", { class: "list", text: state.heading }),
      asked(),
      make("ul", { class: "rows" }, ...state.rows.map(change)),
    ],
  };
  const feet = {
    answer: () => [act("end", words.end, () => say("end"))],
    ask: () => [
      act("done", words.done, () => say("done"), { class: "main" }),
      act("stop", words.stop, () => say("stop")),
    ],
    several: () => [
      act("chosen", words.chosen, () => say("chosen", { ticked: [...ticked].sort((one, two) => one - two) }), {
        class: "main",
      }),
      act("stop", words.stop, () => say("stop")),
    ],
    accept: () => [
      act("save", words.save, () => say("save"), { class: "main" }),
      act("discard", words.discard, () => say("discard")),
    ],
  };

  const keyed = (key) =>
    [...root.querySelectorAll("[data-key]")].find((one) => one.getAttribute("data-key") === key && !one.disabled);
  const render = () => {
    const key = root.activeElement?.getAttribute("data-key"),
      inside = Boolean(root.activeElement),
      at = body.scrollTop;
    if (note.textContent !== (state.note || "")) note.textContent = state.note || "";
    note.className = `note ${state.style || ""}`;
    body.replaceChildren(...bodies[state.mode]().filter(Boolean));
    const buttons = (feet[state.mode] || (() => []))();
    foot.replaceChildren(
      ...[
        buttons.length && make("div", { class: "buttons" }, ...buttons),
        make("p", { class: "keys", text: words.keys }),
      ].filter(Boolean),
    );
    // The one at hand in view; what is asked anew has the focus where the focus was in the panel.
    const now = `${state.mode} ${state.at}`;
    body.scrollTop = at;
    if (now !== fresh) root.querySelector(".entries > .now")?.scrollIntoView({ block: "nearest" });
    if (inside || state.mode === "point") ((now === fresh && keyed(key)) || first() || side).focus();
    fresh = now;
    place();
    show();
  };
  const first = () => ["take 0", "cancel", "point", "done", "tick 0", "save", "skip"].map(keyed).find(Boolean);

  // -- beside what it speaks of --------------------------------------------------------------------------------------------

  const place = () => {
    const most = Math.max(GAP, innerWidth - panel.offsetWidth - GAP);
    panel.style.left = `${Math.min(Math.max(GAP, x ?? (right ? most : GAP)), most)}px`;
  };
  const dragged = () => {
    const from = panel.offsetLeft;
    return (by) => {
      x = from + by;
      right = x + panel.offsetWidth / 2 > innerWidth / 2;
      place();
    };
  };
  // The proposed field that the mouse or the focus is on, else the first one.
  const show = (scroll = true) => {
    const all = state.mode === "answer" ? [...state.candidates, ...state.others] : [];
    const on = root.activeElement?.getAttribute("data-number");
    const one = all[on === null || on === undefined ? (hovered ?? 0) : Number(on)];
    const element = one?.way ? elementAt(one.way) : null;
    if (scroll && element && element !== pointedAt) {
      element.scrollIntoView({ block: "center", inline: "nearest" });
      const box = boxOf(element);
      const mine = panel.getBoundingClientRect();
      if (box && box.left < mine.right && mine.left < box.right) {
        right = mine.left + mine.width / 2 < innerWidth / 2;
        x = null;
        place();
      }
    }
    pointedAt = element;
    draw();
  };
  let hovered = null;
  const draw = () => {
    const box = boxOf(pointedAt);
    mark.hidden = !box;
    if (box)
      Object.assign(mark.style, {
        left: `${box.left - 5}px`,
        top: `${box.top - 5}px`,
        width: `${box.right - box.left + 10}px`,
        height: `${box.bottom - box.top + 10}px`,
      });
  };
  const beat = setInterval(() => {
    const over = root.querySelector("button.found:hover")?.getAttribute("data-number");
    const next = over === null || over === undefined ? null : Number(over);
    if (next !== hovered) {
      hovered = next;
      show();
    } else draw();
  }, 200);

  // F9: into the panel and back; Escape: gives up pointing.
  let before = null;
  const key = (event, inside) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return false;
    if (event.key === "Escape" && state.mode === "point") {
      say("cancel");
      return true;
    }
    if (event.key === "F9") {
      if (inside) {
        root.activeElement?.blur();
        if (before?.isConnected) before.focus();
      } else {
        before = document.activeElement;
        (first() || side).focus();
      }
      return true;
    }
    if (event.key === "Tab" && inside) setTimeout(show, 0);
    return false;
  };

  return {
    dragged,
    key,
    moved: () => {
      place();
      draw();
    },
    stop: () => clearInterval(beat),
    hear: (message) => {
      if (message.state.turn !== state.turn) ticked = new Set();
      state = message.state;
      render();
      return true;
    },
  };
};
