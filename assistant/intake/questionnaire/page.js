// The questionnaire in the applicant's browser: asks, checks, and ends in one file that only the handler opens. It sends nothing
// and keeps nothing but what the applicant ticks a box for.
(() => {
  const asked = JSON.parse(document.getElementById("questions").textContent);
  const words = asked.words;
  const form = /** @type {HTMLFormElement} */ (document.getElementById("form"));
  const kept = `assistant-questionnaire-${asked.applicant}-${asked.asked_on}`;
  const say = (word, values = {}) => words[word].replace(/\{(\w+)\}/g, (_, name) => String(values[name]));

  // ---- what an answer may be: the same as the tool asks of it --------------------------------------------------------

  /** Forgives what nobody sees: full width, blanks around and twice, marks without width. */
  const tidied = (text) =>
    text
      .normalize("NFKC")
      .replace(/[\u200b-\u200f\u2060\ufeff]/g, "")
      .replace(/\s+/g, " ")
      .trim();

  const isDay = (text) => {
    const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
    if (!parts) return false;
    const day = new Date(`${text}T00:00:00Z`);
    return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
  };

  const isPhone = (text) => {
    const digits = text.replace(/[\s()\-.]/g, "");
    const own = digits.replace(/^(\+86|0086)/, "");
    return (
      /^\+(?!86)\d{7,15}$/.test(digits) ||
      /^1[3-9]\d{9}$/.test(own) ||
      /^0(10|2\d|[3-9]\d{2})[\s-]*\d{7,8}([\s-]+\d{1,6})?$/.test(text)
    );
  };

  const CHECKS = {
    day: ["bad_day", isDay],
    month: ["bad_month", (text) => /^(19|20|21)\d{2}-(0[1-9]|1[0-2])$/.test(text)],
    name: ["bad_name", (text) => /^[A-Za-z ]+$/.test(text)],
    passport: ["bad_passport", (text) => /^[A-Za-z0-9]{5,20}$/.test(text.replace(/ /g, ""))],
    phone: ["bad_phone", isPhone],
    email: ["bad_email", (text) => /^[^\s@]+@[^\s@]+\.[^\s@.]{2,}$/.test(text)],
    number: ["bad_number", (text) => /^\d+(\.\d+)?$/.test(text)],
  };

  /** The word for what is wrong with an answer, or null. */
  const wrongWith = (check, required, text) => {
    const answer = tidied(text);
    if (!answer) return required ? "empty" : null;
    if (answer.length > 2000) return "bad_long";
    const [word, fits] = CHECKS[check] ?? [null, () => true];
    return fits(answer) ? null : word;
  };

  // ---- fields --------------------------------------------------------------------------------------------------------

  const make = (tag, properties = {}, ...inner) => {
    const element = document.createElement(tag);
    Object.assign(element, properties);
    element.append(...inner);
    return element;
  };

  const control = (question, id) => {
    const codes = Object.entries(question.options);
    if (codes.length) {
      const sorted =
        codes.length > 30 ? codes.sort((one, other) => one[1].localeCompare(other[1], asked.language)) : codes;
      return make(
        "select",
        { id, name: question.path },
        make("option", { value: "" }, words.choose),
        ...sorted.map(([value, text]) => make("option", { value }, text)),
      );
    }
    if (question.taste === "truth") {
      const choices = [["", words.choose], ["true", words.yes], ["false", words.no]]; // biome-ignore format: one line
      return make(
        "select",
        { id, name: question.path },
        ...choices.map(([value, text]) => make("option", { value }, text)),
      );
    }
    if (/(duties|detail)$/.test(question.path)) return make("textarea", { id, name: question.path, rows: 3 });
    const placeholder = { day: "YYYY-MM-DD", month: "YYYY-MM" }[question.taste] ?? "";
    return make("input", { id, name: question.path, type: "text", placeholder });
  };

  const field = (question, path) => {
    const id = `q-${path}`;
    const input = control({ ...question, path }, id);
    input.dataset.check = question.check;
    input.dataset.required = question.required ? "yes" : "";
    input.setAttribute("aria-describedby", `${id}-help ${id}-error`);
    if (question.required) input.setAttribute("aria-required", "true");
    const mark = make("span", { className: "mark" }, ` (${question.required ? words.required : words.optional})`);
    return make(
      "div",
      { className: "field" },
      make("label", { htmlFor: id }, question.label, mark),
      make("p", { className: "help", id: `${id}-help` }, question.help),
      input,
      make("p", { className: "error", id: `${id}-error` }),
    );
  };

  const table = (one) => {
    const rows = make("div");
    const numbered = () => {
      [...rows.children].forEach((row, number) => {
        row.querySelector("legend").textContent = say("row", { n: number + 1 });
        for (const input of row.querySelectorAll("input, select, textarea")) {
          const path = `${one.table}.${number}.${input.dataset.leaf}`;
          const id = `q-${path}`;
          row.querySelector(`label[for="${CSS.escape(input.id)}"]`).htmlFor = id;
          row.querySelector(`#${CSS.escape(`${input.id}-help`)}`).id = `${id}-help`;
          row.querySelector(`#${CSS.escape(`${input.id}-error`)}`).id = `${id}-error`;
          input.setAttribute("aria-describedby", `${id}-help ${id}-error`);
          input.id = id;
          input.name = path;
        }
      });
    };
    const add = () => {
      const row = make("fieldset", {}, make("legend"));
      for (const question of one.questions) {
        const leaf = question.path.slice(one.table.length + 1);
        const made = field(question, `${one.table}.new.${leaf}`);
        made.querySelector("input, select, textarea").dataset.leaf = leaf;
        row.append(made);
      }
      const remove = make("button", { type: "button", className: "quiet" }, words.remove_row);
      remove.addEventListener("click", () => {
        row.remove();
        numbered();
        keep();
      });
      row.append(remove);
      rows.append(row);
      numbered();
    };
    const button = make("button", { type: "button", className: "quiet" }, words.add_row);
    button.addEventListener("click", add);
    button.dataset.table = one.table;
    if (one.required) add();
    return make("section", {}, make("h2", {}, one.label), rows, button);
  };

  const paper = ([slot, name]) => {
    const id = `paper-${slot}`;
    const input = make("input", { id, type: "file", multiple: true, accept: ".jpg,.jpeg,.png,.pdf" });
    input.dataset.slot = slot;
    input.setAttribute("aria-describedby", `${id}-help`);
    return make(
      "div",
      { className: "field" },
      make("label", { htmlFor: id }, name),
      make("p", { className: "help", id: `${id}-help` }, words.paper_help),
      input,
    );
  };

  // ---- answers -------------------------------------------------------------------------------------------------------

  const inputs = () => [...form.querySelectorAll("[data-check]")].map((one) => /** @type {HTMLInputElement} */ (one));
  const answers = () =>
    Object.fromEntries(inputs().flatMap((one) => (tidied(one.value) ? [[one.name, tidied(one.value)]] : [])));

  /** Every answer that is wrong is shown at its field and in one list; the list is told first. */
  const check = () => {
    const wrong = inputs().flatMap((input) => {
      const word = wrongWith(input.dataset.check, input.dataset.required === "yes", input.value);
      document.getElementById(`${input.id}-error`).textContent = word ? words[word] : "";
      input.setAttribute("aria-invalid", word ? "true" : "false");
      return word ? [{ input, word }] : [];
    });
    const box = document.getElementById("wrong");
    box.hidden = !wrong.length;
    const links = wrong.map(({ input, word }) => {
      const name = form.querySelector(`label[for="${CSS.escape(input.id)}"]`).firstChild.textContent;
      return make("li", {}, make("a", { href: `#${input.id}` }, `${name}: ${words[word]}`));
    });
    box.replaceChildren(make("p", {}, say("wrong", { n: wrong.length })), make("ul", {}, ...links));
    if (wrong.length) box.focus();
    return !wrong.length;
  };

  const base64 = async (file) => {
    const bytes = new Uint8Array(await file.arrayBuffer());
    let text = "";
    for (let at = 0; at < bytes.length; at += 32768) text += String.fromCharCode(...bytes.subarray(at, at + 32768));
    return btoa(text);
  };

  const papers = async () => {
    const found = [];
    for (const input of form.querySelectorAll("[data-slot]")) {
      const one = /** @type {HTMLInputElement} */ (input);
      for (const file of one.files)
        found.push({ slot: one.dataset.slot, name: file.name, content: await base64(file) });
    }
    return found;
  };

  const finish = async () => {
    const done = document.getElementById("done");
    done.hidden = true;
    if (!check()) return;
    const size = [...form.querySelectorAll("[data-slot]")].reduce(
      (sum, one) => sum + [.../** @type {HTMLInputElement} */ (one).files].reduce((all, file) => all + file.size, 0),
      0,
    );
    let said = say("too_large", { n: asked.largest });
    if (size <= asked.largest * 1024 * 1024) {
      try {
        const { schema, applicant, asked_on, language } = asked;
        const text = JSON.stringify({
          schema,
          applicant,
          asked_on,
          language,
          values: answers(),
          papers: await papers(),
        });
        const encrypter = new /** @type {any} */ (globalThis).Encrypter();
        encrypter.addRecipient(asked.recipient);
        const name = `answers-${asked.applicant}.age`;
        const link = make("a", { download: name });
        link.href = URL.createObjectURL(new Blob([await encrypter.encrypt(text)]));
        link.click();
        said = say("finished", { name });
      } catch {
        said = words.failed;
      }
    }
    done.replaceChildren(make("p", {}, said));
    done.hidden = false;
    done.focus();
  };

  // ---- what is kept on this computer ---------------------------------------------------------------------------------

  const wish = make("input", { type: "checkbox", id: "keep" });
  const keep = () => {
    try {
      if (wish.checked) localStorage.setItem(kept, JSON.stringify(answers()));
      else localStorage.removeItem(kept);
    } catch {
      wish.checked = false;
    }
  };

  const restore = () => {
    let held = null;
    try {
      held = JSON.parse(localStorage.getItem(kept) ?? "null");
    } catch {
      return;
    }
    if (!held) return;
    wish.checked = true;
    for (const one of asked.tables) {
      const rows = Object.keys(held).flatMap((path) => (path.startsWith(`${one.table}.`) ? [+path.split(".")[1]] : []));
      const button = /** @type {HTMLElement} */ (form.querySelector(`[data-table="${one.table}"]`));
      for (let more = Math.max(-1, ...rows) + 1 - (one.required ? 1 : 0); more > 0; more--) button.click();
    }
    for (const input of inputs()) input.value = held[input.name] ?? "";
  };

  for (const question of asked.values) form.append(field(question, question.path));
  for (const one of asked.tables) form.append(table(one));
  const slots = Object.entries(asked.papers);
  if (slots.length) form.append(make("section", {}, make("h2", {}, words.papers), ...slots.map(paper)));
  const label = make("label", { htmlFor: "keep" }, words.keep);
  wish.setAttribute("aria-describedby", "keep-help");
  form.append(
    make(
      "div",
      { className: "field" },
      wish,
      label,
      make("p", { className: "help", id: "keep-help" }, words.keep_help),
    ),
    make("button", { type: "submit" }, words.finish),
  );
  restore();
  form.addEventListener("input", keep);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    finish();
  });
  // For whoever examines this page: the judgement of one answer.
  Object.assign(globalThis, { wrongWith });
})();
