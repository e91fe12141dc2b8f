// Date boxes, ranges of dates and cascaders, which libraries build alike: a library says where its parts are.
/** @param {Core} core */
(core) => {
  const { all } = core;
  const boxesIn = (root) => (root.matches("input") ? [root] : all(root, "input"));

  const opened = (popup, field) =>
    core.opens(popup, () => {
      field.focus({ preventScroll: true });
      core.tap(field);
    });
  // selector: the box · popup: its calendar · isMonth(root): whether it takes months · range: the box of two ends · off(root) ·
  // press(field): what is pressed to open it, where that is not the box itself · toYear(calendar, year): goes to the year at once.
  const calendarKinds = ({
    selector,
    popup,
    isMonth = (_) => false,
    range = ":not(*)",
    off,
    press = (field) => field,
    toYear = async (_calendar, _year) => {},
  }) => {
    /** @type {Kind["write"]} */
    const day = async (root, { value }) => {
      const [field] = boxesIn(root),
        calendar = await opened(popup, press(field));
      if (!calendar) return "not-taken";
      await toYear(calendar, value.slice(0, 4));
      const reason = await core.pickDay(calendar, field, value);
      if (!reason && core.showsDay(field.value, value)) core.remember(root, field.value, value);
      return reason;
    };
    // The end is chosen in the calendar in which the start was; none of the two is kept where one can't be had.
    /** @type {Kind["write"]} */
    const days = async (root, { value }) => {
      const fields = boxesIn(root),
        calendar = await opened(popup, press(fields[0]));
      if (!calendar) return "not-taken";
      let reason = null;
      for (const iso of value)
        if (!reason) {
          reason = await core.pressDay(calendar, iso);
          await core.until(() => core.seen(calendar), core.clock.closing);
        }
      await core.leaveCalendar(calendar, fields[1], !reason);
      return reason;
    };
    const common = { field: (root) => boxesIn(root)[0], readOnly: () => false, disabled: off, picks: true };
    const single = { read: (root) => core.recall(root, boxesIn(root)[0].value), write: day };
    return [
      {
        ...common,
        kind: "date-range",
        selector: range,
        read: (root) => boxesIn(root).map((field) => field.value),
        write: days,
      },
      { ...common, kind: "month", selector, when: isMonth, ...single },
      { ...common, kind: "date", selector, ...single },
    ];
  };

  // selector: the box · popup: its columns together · column, node, text(node): each column, its entries, what one is called ·
  // press(root): what opens it · shown(root): what it shows as chosen · pick(node): what chooses the last one.
  const columns = ({ selector, popup, column, node, text = core.textOf, press, shown, off, pick = (one) => one }) => ({
    kind: "cascader",
    selector,
    field: (root) => root.querySelector("input") || root,
    readOnly: () => false,
    disabled: off,
    read: (root) => core.recall(root, shown(root)),
    write: async (root, { accepted }) => {
      const list = await core.opens(popup, () => core.tap(press(root)));
      if (!list) return "not-taken";
      const reason = await core.walk(accepted, {
        level: (depth) => {
          const part = all(list, column)[depth];
          return part && all(part, node);
        },
        text,
        press: (one, last) => core.tap(last ? pick(one) : one),
      });
      await core.closes(list, root.querySelector("input"));
      // A box that shows the last part alone shows the path that was walked.
      const now = shown(root);
      if (!reason && core.fold(now) === core.fold(accepted[0].split(" / ").at(-1)))
        core.remember(root, now, accepted[0]);
      return reason;
    },
  });

  return { calendarKinds, columns };
};
