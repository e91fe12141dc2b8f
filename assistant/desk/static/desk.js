// What the desk's pages do beyond plain forms: nothing depends on it. It loads nothing but the desk's own pages.
(() => {
  "use strict";

  const main = () => document.getElementById("main");

  // What the person has begun here and not sent yet: chosen files, a changed answer. It is never drawn over.
  const begun = () =>
    [...(main()?.querySelectorAll("input, textarea, select") ?? [])].some((one) => {
      if (one instanceof HTMLSelectElement)
        return [...one.options].some((choice) => choice.selected !== choice.defaultSelected);
      if (one instanceof HTMLTextAreaElement) return one.value !== one.defaultValue;
      if (!(one instanceof HTMLInputElement) || one.type === "hidden") return false;
      if (one.type === "file") return Boolean(one.files?.length);
      return ["checkbox", "radio"].includes(one.type)
        ? one.checked !== one.defaultChecked
        : one.value !== one.defaultValue;
    });

  // Puts the page's new state in the place of the old one; the focus, and what was unfolded, stay as they are.
  const renew = async () => {
    const answer = await fetch(location.href, { headers: { "x-renew": "1" } });
    if (!answer.ok || begun()) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const focused = document.activeElement?.id;
    const now = fresh.getElementById("main");
    const open = [...document.querySelectorAll("details[open] > summary")].map((one) => one.textContent);
    for (const one of now?.querySelectorAll("details > summary") ?? [])
      if (open.includes(one.textContent)) one.parentElement?.setAttribute("open", "");
    if (now) main()?.replaceChildren(...now.childNodes);
    document.body.dataset.refresh = fresh.body.dataset.refresh ?? "";
    if (focused) document.getElementById(focused)?.focus();
  };

  const seconds = () => Number(document.body.dataset.refresh || 0);
  const wait = () => {
    if (!seconds()) return;
    setTimeout(async () => {
      await renew().catch(() => {});
      wait();
    }, seconds() * 1000);
  };

  // A run says by itself when there is something new.
  const stream = document.querySelector("[data-events]");
  if (stream instanceof HTMLElement && stream.dataset.events) {
    const source = new EventSource(stream.dataset.events);
    source.addEventListener("changed", () => renew().catch(() => {}));
    source.addEventListener("over", () => {
      source.close();
      renew().catch(() => {});
    });
    source.addEventListener("error", () => wait());
  } else {
    wait();
  }

  // A field is judged when the person leaves it; what was typed is kept by saving only.
  const form = document.querySelector("form[data-judge]");
  if (form instanceof HTMLFormElement && form.dataset.judge) {
    const address = form.dataset.judge;
    let typed = false;
    form.addEventListener("change", async (event) => {
      typed = true;
      const field = event.target;
      if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) return;
      const place = document.getElementById(`fault-${field.name}`);
      if (!place || field.type === "hidden") return;
      const body = new URLSearchParams({ name: field.name, value: field.value });
      const answer = await fetch(address, { method: "POST", body });
      if (!answer.ok) return;
      const said = (await answer.json()).fault;
      place.textContent = said;
      if (said) field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
    });
    form.addEventListener("submit", () => {
      typed = false;
    });
    window.addEventListener("beforeunload", (event) => {
      if (typed) event.preventDefault();
    });
  }

  // Files may be dropped on what takes them; what takes a heap takes it wherever on the page it falls.
  const zoneOf = (/** @type {Event} */ event) => {
    const under = event.target instanceof Element ? event.target.closest("form[data-drop], .slot") : null;
    const near = under?.matches(".slot") ? under.querySelector("form[data-drop]") : under;
    const zone = near ?? document.querySelector("form[data-drop=page]");
    return zone instanceof HTMLFormElement ? zone : null;
  };
  const shine = (/** @type {Element | null | undefined} */ on) => {
    for (const one of document.querySelectorAll(".over")) if (one !== on) one.classList.remove("over");
    on?.classList.add("over");
  };
  document.addEventListener("dragover", (event) => {
    const zone = zoneOf(event);
    if (!zone) return;
    event.preventDefault();
    shine(zone.closest(".slot, .card"));
  });
  document.addEventListener("dragleave", () => shine(null));
  document.addEventListener("drop", (event) => {
    const zone = zoneOf(event);
    const input = zone?.querySelector("input[type=file]");
    shine(null);
    if (!zone || !(input instanceof HTMLInputElement)) return;
    event.preventDefault();
    if (event.dataTransfer?.files.length) {
      input.files = event.dataTransfer.files;
      zone.requestSubmit();
    }
  });

  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("button[data-copy]") : null;
    const from = button instanceof HTMLElement ? document.getElementById(button.dataset.copy ?? "") : null;
    if (from) navigator.clipboard?.writeText(from.textContent ?? "");
  });
})();
