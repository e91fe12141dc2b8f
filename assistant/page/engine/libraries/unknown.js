// Controls of libraries the tool doesn't know: what they are is read off the words in their marks (t-select, n-cascader,
// v-date-input), as every library leaves them; what belongs to them is what comes to sight when they are pressed. Nothing is
// typed into a box that chooses: text that merely stands in it is no answer.
/** @param {Core} core @returns {Library} */
(core) => {
  const { all } = core;
  const OFF = "[disabled],[aria-disabled=true],[class*=-disabled],[class*=_disabled],.disabled";
  const BOXES = "input:not([type]),input[type=text],input[type=search],input[type='']";

  // The words in the marks of a box and of the parts around it that hold no other control.
  const dashed = (marks) =>
    String(marks)
      .replace(/([a-z])([A-Z])/g, "$1-$2")
      .toLowerCase();
  const read = (field) => {
    const marks = [];
    for (let box = field, up = 0; box && up < 6; box = box.parentElement, up++) {
      const inside = all(box, core.FIELDS).filter((one) => one !== field && one.type !== "hidden" && core.there(one));
      if (inside.length) break;
      marks.push(...box.classList);
    }
    return dashed(marks.join(" "));
  };
  // They are asked for several times in one look, in which nothing can change.
  let still = null,
    known = new Map();
  const marksOf = (field) => {
    const now = core.stillness();
    if (!now) return read(field);
    if (still !== now) [still, known] = [now, new Map()];
    if (!known.has(field)) known.set(field, read(field));
    return known.get(field);
  };
  const word = (words) => new RegExp(`(^|[-_ ])(${words})(?=[-_ ]|$)`);
  const CHOOSES = word(
    "select|selector|selection|combobox|autocomplete|auto-complete|dropdown|drop-down|select2|chosen",
  );
  // A library may call itself multiselect: only a kind of its own says that several are taken.
  const SEVERAL = /[-_]multi(ple|select|-select)?(?=[-_ ]|$)|(^| )multiple(?=[-_ ]|$)/;
  const DATES = word("date|datepicker|calendar|picker");
  const TIMES = word("time|timepicker|datetime|clock|color|file|emoji|icon-picker");
  const PATHS = word("cascader|cascade");
  const draws = (field) =>
    field.readOnly ||
    field.matches("[role=combobox],[aria-haspopup],[aria-expanded]") ||
    Boolean(boxOf(field).querySelector("svg,i,[class*=icon],[class*=arrow],[class*=caret],[class*=suffix]"));
  // The box that is drawn around a field: it has the marks, the arrow, and what was chosen.
  const boxOf = (field) => {
    let box = field;
    for (let up = 0; up < 6; up++) {
      const next = box.parentElement;
      if (!next || !/select|picker|cascader|input|field|selection|combobox|auto/i.test(next.className)) break;
      if (all(next, core.FIELDS).some((one) => one !== field && one.type !== "hidden" && core.there(one))) break;
      if (next.querySelector("label") && !box.querySelector("label") && !/select|picker|cascader/i.test(next.className))
        break;
      box = next;
    }
    return box;
  };
  const marked =
    (mark, not = /(?!)/) =>
    (field) => {
      const marks = marksOf(field);
      return (
        mark.test(marks) && !not.test(marks) && (draws(field) || (mark === DATES && mark.test(dashed(field.className))))
      );
    };

  const fieldOf = (root) => (root.matches(core.FIELDS) ? root : root.querySelector(BOXES));
  const isOff = (root) =>
    Boolean(root.matches(OFF) || root.querySelector(":disabled") || root.closest("[aria-disabled=true]"));
  const press = (root) => {
    const field = fieldOf(root);
    field?.focus({ preventScroll: true });
    core.tap(field && core.there(field) ? field : root);
  };

  // What a box shows as chosen, its arrow and its invitation left out.
  const INVITES = /^(请?选择|请?搜索|select|choose|search|--?$).{0,12}$|^$/i;
  const bare = (text) => core.squeeze(text.replace(/[▾▼▽⌄﹀∨⏷×✕]/g, ""));
  const shown = (root) => {
    const field = fieldOf(root);
    const left = (node) => node.matches("[class*=placeholder],label,legend,[role=listbox],ul") || !core.there(node);
    const text = root === field ? "" : bare(core.shownText(root, left));
    const value = text || field?.value || "";
    return INVITES.test(value) ? "" : value;
  };

  // -- drop-downs: what bears a text and has no part that bears the same ------------------------------------------------
  const off = (item) => Boolean(item.closest(OFF));
  const drop = core.dropDown({
    field: fieldOf,
    open: press,
    items: core.bearers,
    off,
    query: (root) => {
      const field = fieldOf(root);
      return field && !field.readOnly ? field : null;
    },
    face: (root) => root,
    chosen: (root) => core.chipsIn(root).map(core.chipText),
    takeOff: core.takeOff,
    scroller: (menu) =>
      [menu, ...all(menu, "*")].find(
        (one) => one.scrollHeight > one.clientHeight + 8 && /auto|scroll/.test(getComputedStyle(one).overflowY),
      ),
  });

  // -- dates ---------------------------------------------------------------------------------------------------------
  /** @type {Kind["write"]} */
  const day = async (field, { value }) => {
    const popup = await core.appears(field, () => press(field), core.clock.suggesting);
    // A box that is drawn with a calendar and opens none is not typed into: it would only show the text.
    if (!popup) return draws(field) ? "unsupported" : core.enter(field, value);
    const reason = await core.pickDay(popup, field, value);
    if (!reason && core.showsDay(field.value, value)) core.remember(field, field.value, value);
    return reason;
  };

  // -- paths: each part is pressed where it comes to sight ---------------------------------------------------------------
  /** @type {Kind["write"]} */
  const cascade = async (root, { accepted }) => {
    const popup = await core.appears(root, () => press(root));
    if (!popup) return "not-taken";
    let part = popup;
    const reason = await core.walk(accepted, {
      level: () => core.bearers(part),
      off,
      press: async (node, last) => {
        if (last) return core.tap(node);
        part = (await core.appears(root, () => core.tap(node), core.clock.walking)) || popup;
      },
    });
    await core.closes(popup, fieldOf(root));
    const now = shown(root),
      leaf = accepted[0].split(" / ").at(-1);
    if (!reason && core.fold(now) === core.fold(leaf)) core.remember(root, now, accepted[0]);
    return reason;
  };

  // A box whose date is written in another order than the year first says so itself: MM/DD/YYYY, dd.mm.yyyy.
  const ORDER = /\b(mm?([-/.])dd?\2yyyy|dd?([-/.])mm?\3yyyy)\b/i;
  const formatOf = (field) => ORDER.exec(`${field.placeholder} ${field.title}`)?.[0].replace(/m/gi, "M") || "";
  const inOrder = (field) => {
    const names = formatOf(field).match(/[a-z]+/gi) || [],
      numbers = field.value.match(/^\D*(\d{1,2})\D(\d{1,2})\D(\d{4})\D*$/);
    if (!numbers) return field.value;
    const at = (letter) => core.pad(numbers[names.findIndex((name) => name[0].toLowerCase() === letter) + 1]);
    return `${at("y")}-${at("m")}-${at("d")}`;
  };

  /** @returns {Kind} */
  const drawn = (kind, when, more) => ({
    kind,
    selector: BOXES,
    when,
    field: fieldOf,
    readOnly: () => false,
    disabled: isOff,
    ...more,
  });
  // A drop-down without any box in it: it can have the focus, and an arrow or its mark says that it opens.
  const DRAWN = "[tabindex]:not([tabindex='-1'],[role],a,button,label,li,summary,iframe,svg,td,th,[contenteditable]";
  const isDrop = (root) =>
    !root.querySelector(`${core.FIELDS},button,a,[tabindex],[role]`) &&
    core.textOf(root).length <= 40 &&
    (word("sel|select|selector|selection|dropdown|drop-down|combo|combobox").test(
      String(root.className).toLowerCase(),
    ) ||
      /[▾▼▽⌄﹀∨⏷]\s*$/.test(core.textOf(root)));

  // -- drop-downs that keep their menu in themselves (Semantic UI's and its like) ----------------------------------------
  const menuIn = (root) => root.querySelector(":scope > .menu");
  const searchIn = (root) => root.querySelector(":scope > input.search");
  const tagsIn = (root) => all(root, ":scope > .label");
  const folded = core.dropDown({
    menu: menuIn,
    lazy: true,
    field: (root) => searchIn(root) || root,
    open: (root) => {
      (searchIn(root) || root).focus({ preventScroll: true });
      if (!core.seen(menuIn(root))) core.tap(root);
    },
    items: (menu) => all(menu, ".item"),
    query: searchIn,
    chosen: (root) => tagsIn(root).map(core.saidText),
    takeOff: async (root, text) => {
      const cross = tagsIn(root)
        .find((one) => core.saidText(one) === text)
        ?.querySelector(".delete,.close");
      if (cross) core.tap(cross);
      return Boolean(cross && (await core.until(() => !cross.isConnected, core.clock.taking)));
    },
  });
  const DROPS = ".ui.dropdown:not(.button,.item,.labeled)";
  const foldedMore = { when: (root) => Boolean(menuIn(root)), disabled: (root) => root.matches(".disabled") };

  return {
    name: "unknown",
    kinds: [
      folded.many(`${DROPS}.multiple`, foldedMore),
      folded.one(`${DROPS}:not(.multiple)`, {
        ...foldedMore,
        read: (root) => core.textOf(root.querySelector(":scope > .text:not(.default)")),
      }),
      drawn("cascader", marked(PATHS), { root: boxOf, read: (root) => core.recall(root, shown(root)), write: cascade }),
      drawn("date", marked(DATES, TIMES), {
        picks: true,
        read: (field) => core.recall(field, field.value),
        write: day,
      }),
      drop.many(BOXES, { when: marked(SEVERAL), root: boxOf, disabled: isOff }),
      {
        ...drop.one(BOXES, { when: marked(CHOOSES), root: boxOf, disabled: isOff }),
        read: shown,
      },
      { ...drop.one(`${DRAWN},input,select,textarea)`, { when: isDrop, disabled: isOff }), read: shown },
      drawn("date", (field) => Boolean(formatOf(field)) && !field.readOnly, {
        read: inOrder,
        write: (field, { value }) => core.enter(field, core.spoken(value, formatOf(field))),
      }),
    ],
  };
};
