// A calendar of no library the tool knows, read as a person reads it: a heading that says year and month, the days as one
// run of numbers, arrows beside the heading. Each turn is checked by what the heading says then.
/** @param {Core} core */
(core) => {
  const { all, there } = core;

  // A heading has a year and a month and no other number.
  const HEADING = /^\D*(\d{4}\D+\d{1,2}|\d{1,2}\D+\d{4}|\d{4})\D*$/;
  const says = (element) => {
    const text = core.textOf(element);
    const [year, month] = text.length <= 40 && HEADING.test(text) ? core.heading(text) : [0, 0];
    return year && month >= 1 && month <= 12 ? [year, month] : null;
  };
  const headingIn = (popup) => {
    const found = [popup, ...all(popup, "*")].filter((one) => there(one) && says(one));
    return found.filter((one) => !found.some((other) => other !== one && one.contains(other)))[0] || null;
  };

  const DAY = /^([1-9]|[12]\d|3[01])日?$/;
  const numberOf = (cell) => Number.parseInt(core.textOf(cell), 10);
  const isDay = (one) => DAY.test(core.textOf(one)) && there(one) && !one.firstElementChild?.textContent.trim();
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

  const BUTTONS = "button,a,[role=button],[tabindex],[onclick],[class*=btn],[class*=arrow],[class*=prev],[class*=next]";
  const BACK = /prev|back(?!ground)|left|上一?|去年|[‹«<]/i;
  const ON = /next|forward|right|下一?|明年|[›»>]/i;
  const YEAR = /year|年|super|double|dbl|d-arrow|jump|fast|«|»|<<|>>/i;
  const wordsOf = (button) => {
    const drawn = all(button, "svg,i,span").map((one) => one.getAttribute("class") || "");
    const told = core.ariaName(button) || button.title || core.textOf(button);
    return BACK.test(told) || ON.test(told) ? told : [told, button.getAttribute("class"), ...drawn].join(" ");
  };
  const arrows = (popup) => {
    const found = all(popup, BUTTONS).filter((one) => there(one) && !DAY.test(core.textOf(one)) && !says(one));
    const inner = found.filter((one) => !found.some((other) => other !== one && one.contains(other)));
    const which = (way, year) => () =>
      inner.find((one) => {
        const words = wordsOf(one);
        return way.test(words) && YEAR.test(words) === year && !isOff(one, popup);
      }) || null;
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

  // Turns the calendar to the day and presses it; the pop-up is confirmed or left by its own buttons, if it has any.
  /** @returns {Promise<Answer>} */
  const pickDay = async (popup, field, iso) => {
    const [year, month] = core.dateParts(iso);
    const shows = () => {
      const heading = headingIn(popup);
      return heading ? says(heading) : [0, 0];
    };
    await core.until(() => shows()[0], core.clock.taking);
    const turned = await core.turn(shows, arrows(popup), [year, month], true);
    const heading = turned && headingIn(popup);
    const panel = heading && panelOf(popup, heading, iso),
      cell = panel && cellOf(panel, iso),
      found = cell && !isOff(cell, panel) ? cell : null;
    if (found) {
      core.tap(found);
      await core.tick();
    }
    const last = core.seen(popup) && buttonOf(popup, found ? CONFIRMS : LEAVES);
    if (last) core.tap(last);
    await core.tick();
    await core.closes(popup, field);
    return found ? null : "no-such-option";
  };

  // What a box shows once a day was pressed says that day where its numbers are those of the day, in whatever order.
  const showsDay = (shown, iso) => {
    const [year, month, day] = core.dateParts(iso),
      numbers = (shown.match(/\d+/g) || []).map(Number).sort((one, other) => one - other),
      named = core.monthNamed(shown);
    const wanted = named ? [year, day] : [year, month, day];
    return (!named || named === month) && numbers.join() === wanted.sort((one, other) => one - other).join();
  };

  return { pickDay, showsDay };
};
