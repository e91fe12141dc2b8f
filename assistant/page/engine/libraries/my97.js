// My97 DatePicker: a text box, mostly read-only, whose calendar stands in a frame of its own, in the outermost page it can
// reach. The calendar is turned by the boxes for year and month that it shows, and the day is pressed in it. Where the
// library's own object is missing (a look-alike), the box is set in the format that its call declares and changed.
/** @param {Core} core @returns {Library} */
(core) => {
  const call = (input) =>
    ["onclick", "onfocus"].map((name) => input.getAttribute(name) || "").find((text) => /WdatePicker/.test(text)) || "";
  const setting = (input, name) => call(input).match(new RegExp(`${name}\\s*:\\s*['"]([^'"]*)['"]`))?.[1] || "";
  const formatOf = (input) => setting(input, "dateFmt") || "yyyy-MM-dd";
  const plainDate = (text) => (/^\d{4}-\d{2}(-\d{2})?$/.test(text) ? text : "");
  const today = () => {
    const now = new Date();
    return `${now.getFullYear()}-${core.pad(now.getMonth() + 1)}-${core.pad(now.getDate())}`;
  };
  const limit = (input, name) => {
    const text = setting(input, name);
    return /^%y-%M-%d$/.test(text) ? today() : plainDate(text);
  };

  // -- its calendar ------------------------------------------------------------------------------------------------
  // Its document while it is open for this box, null otherwise.
  const calendarOf = (input) => {
    const shared = window.$dp,
      holder = shared?.dd;
    if (shared?.el !== input || !holder?.isConnected || holder.style.display === "none") return null;
    const inside = holder.querySelector("iframe")?.contentDocument;
    return shared.cal && inside?.querySelector(".WdayTable") ? inside : null;
  };
  const open = async (input) => {
    for (let tries = 0; tries < 2; tries++) {
      input.blur();
      input.focus({ preventScroll: true });
      core.fire(input, "focus");
      if (!calendarOf(input)) core.tap(input);
      const found = await core.until(() => calendarOf(input), core.clock.walking);
      if (found) return core.own(found.body).ownerDocument;
    }
    return null;
  };
  const turnTo = (calendar, year, month) => {
    const [months, years] = calendar.querySelectorAll("input.yminput,input.yminputfocus");
    for (const [box, number] of [
      [years, year],
      [months, month],
    ]) {
      core.setNative(box, String(number));
      core.fire(box, "blur");
    }
  };
  /** @type {(calendar: El, day: number[]) => El} */
  const cellOf = (calendar, [year, month, day = 1]) =>
    [...calendar.querySelectorAll(".WdayTable td[onclick]")].find(
      (cell) =>
        cell
          .getAttribute("onclick")
          .match(/day_Click\(([\d\s,]+)\)/)?.[1]
          .split(",")
          .slice(0, 3)
          .map(Number)
          .join() === [year, month, day].join(),
    );
  const shut = async (input) => {
    core.fire(document, "mousedown");
    input.blur();
    await core.until(() => !calendarOf(input), core.clock.taking);
  };
  /** @returns {Promise<Answer>} */
  const pick = async (input, value) => {
    const before = input.value,
      wanted = core.dateParts(value),
      calendar = await open(input);
    if (!calendar) return "not-taken";
    turnTo(calendar, wanted[0], wanted[1]);
    const cell = cellOf(calendar, wanted);
    if (cell) core.tap(cell);
    await core.until(() => !calendarOf(input), cell ? 1500 : 0);
    // A month shows itself in the box while the calendar is turned to it.
    if (!cell && input.value !== before) core.setNative(input, before);
    await shut(input);
    return cell ? null : "no-such-option";
  };

  const set = async (input, value) => {
    core.setNative(input, core.spoken(value, formatOf(input)));
    for (const type of ["input", "change", "blur"]) core.fire(input, type);
    await core.tick();
    return null;
  };
  const write = (input, { value }) => {
    const [first, last] = [limit(input, "minDate"), limit(input, "maxDate")];
    if ((first && value < first.slice(0, value.length)) || (last && value > last.slice(0, value.length)))
      return "no-such-option";
    return window.$dp && typeof window.WdatePicker === "function" ? pick(input, value) : set(input, value);
  };
  const served = (input) => input.matches(".Wdate") || Boolean(call(input));
  const plain = (input) => !/[Hms]/.test(formatOf(input));
  /** @returns {Kind} */
  const boxed = (kind, when) => ({
    kind,
    selector: "input.Wdate,input[onclick*=WdatePicker],input[onfocus*=WdatePicker]",
    when,
    readOnly: () => false,
    read: (input) => input.value,
    write,
  });
  return {
    name: "my97",
    popups: ".WdateDiv",
    kinds: [
      boxed("month", (input) => served(input) && plain(input) && !/d/.test(formatOf(input))),
      boxed("date", (input) => served(input) && plain(input)),
    ],
  };
};
