// A calendar of no library the tool knows, read as a person reads it: a heading that says year and month, the days as one
// run of numbers, arrows beside the heading. Each turn is checked by what the heading says then.
/** @param {Core} core */
(core) => {
  const { all, bears, there } = core;

  // What a part says, also what stands in its boxes and what is chosen in its lists.
  const told = (element) => {
    if (element.matches("select")) return element.selectedOptions[0]?.text || "";
    if (element.matches("input")) return element.value;
    let text = "";
    for (const node of element.childNodes) {
      if (node.nodeType === Node.TEXT_NODE) text += node.data;
      else if (node.nodeType === Node.ELEMENT_NODE) text += ` ${told(node)} `;
    }
    return core.squeeze(text);
  };
  // A heading has a year and a month and no other number.
  const HEADING = /^\D*(\d{4}\D+\d{1,2}|\d{1,2}\D+\d{4}|\d{4})\D*$/;
  // Its text counts a list of a hundred years whole, of which only the chosen one is told.
  const says = (element) => {
    const text = element?.isConnected && element.textContent.length < 1500 ? told(element) : "";
    const [year, month] = text.length <= 40 && HEADING.test(text) ? core.heading(text) : [0, 0];
    return year && month >= 1 && month <= 12 ? [year, month] : null;
  };
  const headingsIn = (popup) => {
    const found = [popup, ...all(popup, "*")].filter((one) => there(one) && says(one) && !core.leaving(one));
    return found.filter((one) => !found.some((other) => other !== one && one.contains(other)));
  };

  const DAY = /^([1-9]|[12]\d|3[01])日?$/;
  const numberOf = (cell) => Number.parseInt(core.textOf(cell), 10);
  const isDay = (one) => DAY.test(core.textOf(one)) && there(one) && bears(one) && !core.leaving(one);
  // The days of the month that is shown: 1, 2, 3 … without a gap; those of its neighbours stand before and behind.
  const daysIn = (panel) => {
    const cells = all(panel, "*").filter(isDay);
    for (let first = cells.findIndex((one) => numberOf(one) === 1); first >= 0; ) {
      let length = 1;
      while (cells[first + length] && numberOf(cells[first + length]) === length + 1) length++;
      if (length >= 28) return cells.slice(first, first + length);
      const next = cells.slice(first + 1).findIndex((one) => numberOf(one) === 1);
      first = next < 0 ? -1 : first + 1 + next;
    }
    return null;
  };
  const OFF = "[disabled],[aria-disabled=true],.disabled,[class*=-disabled],[class*=_disabled]";
  const isOff = (cell, panel) => {
    const off = cell.closest(OFF);
    return Boolean(off && panel.contains(off));
  };
  // Where only some days are drawn, the one of that number that can be pressed.
  const cellOf = (panel, iso) => {
    const day = core.dateParts(iso)[2],
      dated = all(panel, `[data-date="${iso}"],[data-value="${iso}"],td[title="${iso}"]`).filter(there);
    if (dated.length === 1) return dated[0];
    const run = daysIn(panel);
    if (run) return run[day - 1] || null;
    const cells = all(panel, "[role=gridcell],td").filter((one) => numberOf(one) === day && DAY.test(core.textOf(one)));
    const free = cells.filter((one) => !isOff(one, panel) && !one.querySelector("button:disabled"));
    return free.length === 1 ? free[0].querySelector("button,a") || free[0] : null;
  };

  // The part of the pop-up in which a heading's days stand.
  const panelOf = (popup, heading, iso) => {
    let panel = heading;
    while (panel !== popup && !cellOf(panel, iso) && !daysIn(panel)) panel = panel.parentElement;
    return panel;
  };

  const BUTTONS =
    "button,a,[role=button],[tabindex],[onclick],[class*=btn],[class*=arrow],[class*=icon],[class*=prev],[class*=next]";
  const BACK = /prev|back(?!ground)|left|上一?|去年|[‹«<]/i;
  const ON = /next|forward|right|下一?|明年|[›»>]/i;
  const YEAR = /year|年|super|double|dbl|d-arrow|jump|fast|«|»|<<|>>/i;
  const wordsOf = (button) => {
    const drawn = all(button, "svg,i,span").map((one) => one.getAttribute("class") || "");
    const told = core.ariaName(button) || button.title || core.textOf(button);
    return BACK.test(told) || ON.test(told)
      ? told
      : [told, button.getAttribute("class"), ...Object.values(button.dataset), ...drawn].join(" ");
  };
  const arrows = (popup, fromLast = false) => {
    const look = () => {
      const found = all(popup, BUTTONS).filter(
        (one) => one instanceof HTMLElement && there(one) && !DAY.test(core.textOf(one)) && !says(one) && !daysIn(one),
      );
      // What is drawn in a button belongs to it; of parts that are none, the innermost counts.
      const real = found.filter((one) => one.matches("button,a,[role=button]"));
      const rest = found.filter((one) => !real.some((other) => other.contains(one) || one.contains(other)));
      const inner = rest.filter((one) => !rest.some((other) => other !== one && one.contains(other)));
      return found.filter((one) => real.includes(one) || inner.includes(one));
    };
    const find = (way, year) => {
      const found = look().filter((one) => {
        const words = wordsOf(one);
        return way.test(words) && YEAR.test(words) === year && !isOff(one, popup);
      });
      return found.at(fromLast ? -1 : 0) || null;
    };
    // A library may draw its arrows anew with each turn; where it does not, they are found once.
    const which = (way, year) => {
      let last = null;
      return () => {
        if (!last || !there(last) || isOff(last, popup)) last = find(way, year);
        return last;
      };
    };
    return {
      yearBack: which(BACK, true),
      yearOn: which(ON, true),
      monthBack: which(BACK, false),
      monthOn: which(ON, false),
    };
  };

  const CONFIRMS = /^(确定|确认|完成|选择|应用|ok|done|select|apply|set|confirm)$/i;
  const LEAVES = /^(取消|关闭|cancel|close)$/i;
  const buttonOf = (popup, words) =>
    all(popup, "button,[role=button],a").filter((one) => there(one) && words.test(core.fold(core.textOf(one))))[0];

  const pressed = async (cell) => {
    if (cell) {
      // The end of a range follows the pointer in some libraries.
      for (const type of ["mouseenter", "mouseover", "mousemove"]) core.fire(cell, type);
      await core.tick();
      core.tap(cell);
    }
    await core.tick();
    /** @type {Answer} */
    const answer = cell ? null : "no-such-option";
    return answer;
  };
  // A heading of the browser's own lists is set by them.
  const chooseInLists = async (popup, iso) => {
    const [year, month] = core.dateParts(iso);
    const set = async (test, wanted) => {
      const list = all(popup, "select").find((one) => there(one) && [...one.options].filter(test).length > 1);
      const option = list && [...list.options].find(wanted);
      if (!option || option.selected) return;
      core.setNative(list, option.value);
      core.fire(list, "change");
      await core.tick();
    };
    await set(
      ({ text }) => /^\d{4}年?$/.test(text),
      ({ text }) => Number.parseInt(text, 10) === year,
    );
    await set(
      ({ text }) => monthSaid(text),
      ({ text }) => monthSaid(text) === month,
    );
  };
  // Turns the calendar to the day and presses it.
  /** @returns {Promise<Answer>} */
  const pressDay = async (popup, iso) => {
    // Of two months side by side the first is turned back, the last is turned on; one that shows the month already is left.
    let heading = null;
    const [year, month] = core.dateParts(iso),
      wanted = year * 12 + month,
      number = (one) => (says(one) || [0, 0]).reduce((years, months) => years * 12 + months);
    await core.until(() => headingsIn(popup).length, core.clock.taking);
    await chooseInLists(popup, iso);
    const first = headingsIn(popup),
      shown = first.findIndex((one) => number(one) === wanted),
      place = shown >= 0 ? shown : first.length && number(first[0]) < wanted ? first.length - 1 : 0;
    const shows = () => {
      if (!says(heading)) heading = headingsIn(popup)[place];
      return says(heading) || [0, 0];
    };
    const turned = await core.turn(shows, arrows(popup, place > 0), [year, month], true);
    // A month that is still on its way out bears the same days.
    await core.until(() => !all(popup, "*").some(core.leaving), core.clock.taking);
    if (!says(heading)) heading = headingsIn(popup)[place];
    const panel = turned && heading && panelOf(popup, heading, iso),
      cell = panel && cellOf(panel, iso);
    return pressed(cell && !isOff(cell, panel) ? cell : null);
  };

  // A calendar of months: under a year stand twelve cells, in their order.
  const yearOf = (element) => {
    const text = element ? told(element) : "";
    return /^\D{0,8}\d{4}\D{0,4}$/.test(text) && !core.monthNamed(text) ? Number(text.match(/\d{4}/)[0]) : 0;
  };
  const yearIn = (popup) => {
    const found = all(popup, "*").filter((one) => there(one) && yearOf(one));
    return found.find((one) => !found.some((other) => other !== one && one.contains(other)));
  };
  const monthSaid = (text) =>
    text.length <= 9 ? core.monthNamed(text) || Number(/^(\d{1,2}) ?月?$/.exec(text)?.[1]) || 0 : 0;
  const monthOf = (cell) => monthSaid(core.textOf(cell));
  const monthsIn = (popup) => {
    const cells = all(popup, "*").filter((one) => there(one) && monthOf(one) && bears(one));
    const first = cells.findIndex((_, place) =>
      cells.slice(place, place + 12).every((one, at) => monthOf(one) === at + 1),
    );
    return cells.length - first >= 12 && first >= 0 ? cells.slice(first, first + 12) : [];
  };
  /** @returns {Promise<Answer>} */
  const pressMonth = async (popup, iso) => {
    const [year, month] = core.dateParts(iso),
      shows = () => [yearOf(yearIn(popup)), 1];
    await core.until(() => shows()[0], core.clock.taking);
    const { yearBack, yearOn, monthBack, monthOn } = arrows(popup);
    const buttons = { yearBack: () => yearBack() || monthBack(), yearOn: () => yearOn() || monthOn() };
    const turned = await core.turn(shows, { ...buttons, monthBack, monthOn }, [year, 1], true);
    const cell = turned && monthsIn(popup)[month - 1];
    return pressed(cell && !isOff(cell, popup) ? cell : null);
  };

  // Confirms or leaves it by its own buttons, if it has any, and closes it.
  const leaveCalendar = async (popup, field, done) => {
    const last = core.seen(popup) && buttonOf(popup, done ? CONFIRMS : LEAVES);
    if (last) core.tap(last);
    await core.tick();
    await core.closes(popup, field);
    // Left for good: the next opening may hang on the focus.
    field?.blur();
  };
  /** @returns {Promise<Answer>} */
  const pickDay = async (popup, field, iso) => {
    const reason = await (iso.length === 7 ? pressMonth : pressDay)(popup, iso);
    await leaveCalendar(popup, field, !reason);
    return reason;
  };

  // What a box shows once a day was pressed says that day where its numbers are those of the day, in whatever order.
  const showsDay = (shown, iso) => {
    const [year, month, day] = core.dateParts(iso),
      numbers = (shown.match(/\d+/g) || []).map(Number).sort((one, other) => one - other),
      named = core.monthNamed(shown);
    const wanted = named ? [year, day] : [year, month, day];
    return (!named || named === month) && numbers.join() === wanted.sort((one, other) => one - other).join();
  };

  return { pressDay, pickDay, leaveCalendar, showsDay };
};
