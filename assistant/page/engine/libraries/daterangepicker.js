// daterangepicker: one text box for two days (or one), with a calendar that the box opens. The calendar's own setters are
// used and its own "apply" is pressed, so that the page hears of it as it does from a person.
/** @param {Core} core @returns {Library} */
(core) => {
  const pickerOf = (input) => {
    const found = window.jQuery?.fn?.daterangepicker && window.jQuery(input).data("daterangepicker");
    return found?.startDate?.format ? found : null;
  };
  const shown = (input) =>
    input.value ? [pickerOf(input).startDate, pickerOf(input).endDate].map((one) => one.format("YYYY-MM-DD")) : [];
  /** @type {Kind["write"]} */
  const write = async (input, { value }) => {
    const picker = pickerOf(input),
      popup = core.own(picker.container[0]),
      [from, to = from] = [value].flat();
    const day = (iso) => window.moment(iso, "YYYY-MM-DD", true);
    if (
      (picker.minDate && day(from).isBefore(picker.minDate, "day")) ||
      (picker.maxDate && day(to).isAfter(picker.maxDate, "day")) ||
      [from, to].some((iso) => picker.isInvalidDate(day(iso)))
    )
      return "no-such-option";
    input.focus({ preventScroll: true });
    core.tap(input);
    if (!(await core.until(() => core.seen(popup), core.clock.listing))) return "not-taken";
    picker.setStartDate(day(from));
    picker.setEndDate(day(to));
    picker.updateView();
    await core.tick();
    const apply = popup.querySelector(".applyBtn");
    if (apply && core.there(apply)) {
      apply.disabled = false;
      core.tap(apply);
    } else picker.hide();
    await core.closes(popup, input);
    return null;
  };
  /** @returns {Kind} */
  const boxed = (kind, when, read) => ({
    kind,
    selector: "input",
    when: (input) => Boolean(pickerOf(input)) && !pickerOf(input).timePicker && when(pickerOf(input)),
    readOnly: () => false,
    read,
    write,
  });
  return {
    name: "daterangepicker",
    popups: ".daterangepicker",
    kinds: [
      boxed("date-range", (picker) => !picker.singleDatePicker, shown),
      boxed(
        "date",
        (picker) => picker.singleDatePicker,
        (input) => shown(input)[0] || "",
      ),
    ],
  };
};
