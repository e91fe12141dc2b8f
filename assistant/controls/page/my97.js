// My97 DatePicker: a text box, mostly read-only, whose calendar stands in a frame of its own. The box itself is the value;
// it is set in the format that its own call declares, within the limits that stand there plainly, and changed as the
// calendar changes it.
(core) => {
  const call = (input) => ["onclick", "onfocus"].map((name) => input.getAttribute(name) || "").find((text) => /WdatePicker/.test(text)) || "";
  const setting = (input, name) => call(input).match(new RegExp(`${name}\\s*:\\s*['"]([^'"]*)['"]`))?.[1] || "";
  const formatOf = (input) => setting(input, "dateFmt") || "yyyy-MM-dd";
  const plainDate = (text) => (/^\d{4}-\d{2}(-\d{2})?$/.test(text) ? text : "");
  const today = () => { const now = new Date(); return `${now.getFullYear()}-${core.pad(now.getMonth() + 1)}-${core.pad(now.getDate())}`; };
  const limit = (input, name) => { const text = setting(input, name); return /^%y-%M-%d$/.test(text) ? today() : plainDate(text); };
  const write = async (input, { value }) => {
    const [first, last] = [limit(input, "minDate"), limit(input, "maxDate")];
    if ((first && value < first.slice(0, value.length)) || (last && value > last.slice(0, value.length))) return "no-such-option";
    core.setNative(input, core.spoken(value, formatOf(input)));
    for (const type of ["input", "change", "blur"]) core.fire(input, type);
    await core.tick();
    return null;
  };
  const served = (input) => input.matches(".Wdate") || Boolean(call(input));
  const plain = (input) => !/[Hms]/.test(formatOf(input));
  const boxed = (kind, when) => ({ kind, selector: "input.Wdate,input[onclick*=WdatePicker],input[onfocus*=WdatePicker]", when, readOnly: () => false, read: (input) => input.value, write });
  return {
    name: "my97",
    kinds: [
      boxed("month", (input) => served(input) && plain(input) && !/d/.test(formatOf(input))),
      boxed("date", (input) => served(input) && plain(input)),
    ],
  };
}
