// bootstrap-datepicker: a text box with a calendar that hangs below it. The calendar is turned and pressed, since typed
// text followed by Enter becomes today.
/** @param {Core} core @returns {Library} */
(core) => {
  const { all } = core;
  const pickerOf = (input) => {
    const data = (element) => element && window.jQuery?.fn?.datepicker && window.jQuery(element).data("datepicker");
    const own = data(input),
      around = own ? null : data(input.closest(".date,.input-group"));
    return [own, around].find((one) => one?.picker && one.viewDate) || null;
  };
  const iso = (date) =>
    date ? `${date.getUTCFullYear()}-${core.pad(date.getUTCMonth() + 1)}-${core.pad(date.getUTCDate())}` : "";
  const held = (input) => iso(pickerOf(input).dates.get(-1));
  const monthly = (picker) => [1, "months", "month"].includes(picker.o.minViewMode);

  /** @returns {Promise<Answer>} */
  const press = async (input, value) => {
    const picker = pickerOf(input),
      [year, month, day] = core.dateParts(value);
    const popup = picker.picker[0];
    core.own(popup);
    input.focus({ preventScroll: true });
    await core.tick();
    if (!core.seen(popup)) {
      const trigger = input
        .closest(".date,.input-group")
        ?.querySelector(".add-on,.input-group-addon,.input-group-append,.input-group-text,.btn");
      core.own(trigger);
      core.tap(trigger || input);
    }
    if (!(await core.until(() => core.seen(popup), core.clock.suggesting))) return "not-taken";
    const view = () => all(popup, ":scope > div").find(core.there);
    const headed = () => core.textOf(view()?.querySelector(".datepicker-switch"));
    const on = (name) => () => {
      const one = view()?.querySelector(`.${name}`);
      return one && !one.matches(".disabled") && one.style.visibility !== "hidden" ? one : null;
    };
    const steps = { yearBack: on("prev"), yearOn: on("next"), monthBack: on("prev"), monthOn: on("next") };
    // From the days up to the months, turned to the year; then down again into the month.
    if (view()?.matches(".datepicker-days")) {
      core.tap(view().querySelector(".datepicker-switch"));
      await core.tick();
    }
    /** @type {Answer} */
    let reason = (await core.turn(() => [Number(headed().match(/\d{4}/)?.[0]) || 0, 0], steps, [year, 0]))
      ? null
      : "no-such-option";
    const monthCell = !reason && all(view(), ".month:not(.disabled)").length ? all(view(), ".month")[month - 1] : null;
    if (!monthCell || monthCell.matches(".disabled")) reason = "no-such-option";
    else {
      core.tap(monthCell);
      await core.tick();
    }
    if (!reason && day) {
      const cell = all(view() || popup, "td.day:not(.old):not(.new):not(.disabled)").find(
        (one) => Number(core.textOf(one)) === day,
      );
      if (cell) core.tap(cell);
      else reason = "no-such-option";
    }
    await core.tick();
    if (core.seen(popup)) picker.hide();
    await core.closes(popup, input);
    input.blur();
    return reason;
  };

  const served = (input) => Boolean(pickerOf(input)) && !input.closest(".input-daterange");
  const boxes = (root) => all(root, "input");
  /** @returns {Kind} */
  const boxed = (kind, more) => ({
    kind,
    selector: "input",
    readOnly: () => false,
    disabled: (input) => input.disabled,
    write: (input, { value }) => press(input, value),
    ...more,
  });
  return {
    name: "bootstrap-datepicker",
    popups: ".datepicker-dropdown",
    kinds: [
      {
        kind: "date-range",
        selector: ".input-daterange",
        when: (root) => boxes(root).length === 2 && boxes(root).every(pickerOf),
        field: (root) => boxes(root)[0],
        readOnly: () => false,
        disabled: (root) => boxes(root).some((one) => one.disabled),
        read: (root) => {
          const both = boxes(root).map(held);
          return both.some(Boolean) ? both : [];
        },
        // The library pulls the other end along where it must, so the end that keeps the order is set first.
        write: async (root, { value }) => {
          const [from, to] = boxes(root),
            later = held(to) && value[0] > held(to);
          for (const [input, iso] of later
            ? [
                [to, value[1]],
                [from, value[0]],
              ]
            : [
                [from, value[0]],
                [to, value[1]],
              ]) {
            const reason = await press(input, iso);
            if (reason) return reason;
          }
          return null;
        },
      },
      boxed("month", {
        when: (input) => served(input) && monthly(pickerOf(input)),
        read: (input) => held(input).slice(0, 7),
      }),
      boxed("date", { when: served, read: held }),
    ],
  };
};
