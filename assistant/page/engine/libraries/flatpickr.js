// flatpickr: a date picker bound to a text box, which it may hide behind a second one. Its calendar is opened, turned and
// pressed; a month picker and what the box itself can't take go through the picker's own setDate.
/** @param {Core} core @returns {Library} */
(core) => {
  const { all } = core;
  const pickerOf = (input) => input._flatpickr || input.previousElementSibling?._flatpickr || null;
  const served = (input) => {
    const picker = pickerOf(input);
    return Boolean(picker) && (picker.altInput || picker.input) === input;
  };
  const dates = (input) =>
    pickerOf(input).selectedDates.map(
      (date) => `${date.getFullYear()}-${core.pad(date.getMonth() + 1)}-${core.pad(date.getDate())}`,
    );
  const monthly = (picker) => Boolean(picker.calendarContainer?.querySelector(".flatpickr-monthSelect-months"));
  /** @returns {Promise<Answer>} */
  const write = async (input, { value }) => {
    const picker = pickerOf(input),
      wanted = [value]
        .flat()
        .map((iso) => core.dateParts(iso))
        .map(([year, month, day]) => new Date(year, month - 1, day || 1));
    if (!wanted.every((date) => picker.isEnabled(date, true))) return "no-such-option";
    const calendar = picker.calendarContainer;
    if (!monthly(picker) && !picker.config.inline && calendar) {
      core.own(calendar);
      input.focus({ preventScroll: true });
      core.tap(input);
      if (await core.until(() => core.seen(calendar), core.clock.suggesting)) {
        for (const date of wanted) {
          picker.jumpToDate(date);
          await core.tick();
          const cell = all(
            calendar,
            ".flatpickr-day:not(.prevMonthDay):not(.nextMonthDay):not(.flatpickr-disabled)",
          ).find((one) => one.dateObj?.toDateString() === date.toDateString());
          if (cell) {
            core.tap(cell);
            await core.tick();
          }
        }
        await core.closes(calendar, input);
      }
    }
    if (
      dates(input).join() !==
      wanted.map((date) => `${date.getFullYear()}-${core.pad(date.getMonth() + 1)}-${core.pad(date.getDate())}`).join()
    )
      picker.setDate(wanted.length > 1 ? wanted : wanted[0], true);
    picker.close();
    return null;
  };
  /** @returns {Kind} */
  const boxed = (kind, when, read) => ({
    kind,
    selector: "input",
    when: (input) => served(input) && when(pickerOf(input)),
    readOnly: () => false,
    disabled: (input) => input.disabled,
    read,
    write,
  });
  return {
    name: "flatpickr",
    popups: ".flatpickr-calendar",
    kinds: [
      boxed("date-range", (picker) => picker.config.mode === "range", dates),
      boxed("month", monthly, (input) => (dates(input)[0] || "").slice(0, 7)),
      boxed(
        "date",
        (picker) => picker.config.mode === "single" && !picker.config.noCalendar && !picker.config.enableTime,
        (input) => dates(input)[0] || "",
      ),
    ],
  };
};
