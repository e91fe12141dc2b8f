// A calendar turned to a day, and how dates are spoken: in a page's own format, in a calendar's heading.
/** @param {Core} core */
(core) => {
  const pad = (part) => String(part).padStart(2, "0");
  // An ISO date or month in the format a page shows: yyyy/YYYY, MM/M, dd/DD/d, and whatever stands between.
  const spoken = (iso, format) => {
    const [year, month, day = "01"] = iso.split("-");
    return format.replace(/y{4}|Y{4}|MM|dd|DD|\bM\b|\b[dD]\b/g, (part) =>
      /y/i.test(part)
        ? year
        : part === "MM"
          ? month
          : /dd/i.test(part)
            ? day
            : String(Number(part === "M" ? month : day)),
    );
  };
  // Turns a calendar. `shows()` answers [year, month]; each of the four answers the button that turns it. Where what a button
  // does is only read off its looks (`doubted`), a turn that leads elsewhere than one year or month on is the last; and a
  // calendar without buttons for years is turned by its months.
  const turn = async (shows, { yearBack, yearOn, monthBack, monthOn }, [year, month], doubted = false) => {
    for (let turns = 0; turns < (doubted ? 1300 : 300); turns++) {
      const [y, m] = shows();
      if (!y || (y === year && (!month || m === month))) return Boolean(y);
      const back = y !== year ? y > year : m > month,
        byYear = y !== year && (back ? yearBack : yearOn)(),
        button = byYear || (y === year || doubted ? (back ? monthBack : monthOn)() : null);
      if (!button) return false;
      core.tap(doubted ? core.own(button) : button);
      await core.tick();
      // Year and month may be drawn one after the other.
      const next = y * 12 + m + (back ? -1 : 1) * (byYear ? 12 : 1);
      const moved = () => {
        const [to, at] = shows();
        return doubted ? to * 12 + at === next : to !== y || at !== m;
      };
      if (!moved() && !(await core.until(moved, core.clock.taking))) return false;
    }
    return false;
  };
  // The numbers of a calendar's heading: "2015年 5月", "五月 2015", "May 2015" and the like, as [year, month].
  const NAMES = [
    /^(jan|一月)/i,
    /^(feb|二月)/i,
    /^(mar|三月)/i,
    /^(apr|四月)/i,
    /^(may|五月)/i,
    /^(jun|六月)/i,
    /^(jul|七月)/i,
    /^(aug|八月)/i,
    /^(sep|九月)/i,
    /^(oct|十月)/i,
    /^(nov|十一月)/i,
    /^(dec|十二月)/i,
  ];
  const heading = (text) => {
    const year = Number(text.match(/\d{4}/)?.[0]) || 0,
      rest = text.replace(/\d{4}\s*年?/, "");
    const number =
      Number(rest.match(/\d{1,2}/)?.[0]) ||
      rest
        .split(/[\s,]+/)
        .map((word) => NAMES.findIndex((name) => name.test(word)) + 1)
        .find(Boolean) ||
      0;
    return [year, number];
  };
  // The month that a text names by a word, 0 where it names none.
  const monthNamed = (text) =>
    text
      .split(/[\s,.]+/)
      .map((word) => NAMES.findIndex((name) => name.test(word)) + 1)
      .find(Boolean) || 0;
  const parts = (iso) => iso.split("-").map(Number);

  return { pad, spoken, turn, heading, monthNamed, dateParts: parts };
};
