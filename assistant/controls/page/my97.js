// Pop-up dates in the manner of My97 DatePicker: an ordinary box, often read-only, that a panel fills. The box itself is what
// is posted, so where the panel can't be reached (it may live in a frame of its own) the text is set as the format says.
(core) => {
  const { all } = core;
  const formatOf = (field) => `${field.getAttribute("onclick") || ""}${field.getAttribute("onfocus") || ""}`.match(/dateFmt\s*:\s*['"]([^'"]+)/)?.[1] || "yyyy-MM-dd";
  const byMonth = (field) => !/d/.test(formatOf(field));
  const cells = (panel) => all(panel, "[onclick*=_Click]");
  const dateOf = (cell) => (cell?.getAttribute("onclick").match(/\d+/g) || []).map(Number);

  const byPanel = async (panel, field, iso) => {
    const wanted = core.dateParts(iso), button = (name) => () => panel.querySelector(`.${name}`);
    const inMonth = () => cells(panel).find((cell) => !cell.matches(".WotherDay"));
    const shows = () => dateOf(inMonth()).slice(0, 2);
    const there = await core.turn(shows, { yearBack: button("NavImgll"), yearOn: button("NavImgrr"), monthBack: button("NavImgl"), monthOn: button("NavImgr") }, byMonth(field) ? [wanted[0], 0] : wanted.slice(0, 2));
    const cell = there && cells(panel).find((one) => dateOf(one).join() === wanted.join() && !one.matches(".WotherDay,[class*=nvalid]"));
    if (cell) { core.tap(cell); await core.tick(); }
    await core.closes(panel, field);
    return cell ? null : "no-such-option";
  };

  const write = async (field, { value }) => {
    const panel = await core.opens(".WdateDiv", () => { field.focus({ preventScroll: true }); core.tap(field); }, 300);
    if (panel) return byPanel(panel, field, value);
    core.setNative(field, core.spoken(value, formatOf(field)));
    core.fire(field, "input"); core.fire(field, "change");
    field.blur();
    return null;
  };
  const dated = (kind, when) => ({ kind, selector: "input.Wdate", when, readOnly: () => false, read: (field) => field.value, write });

  return { name: "my97", popups: ".WdateDiv", kinds: [dated("month", byMonth), dated("date", (field) => !byMonth(field))] };
}
