// What the desk's pages do beyond plain forms: nothing depends on it. It loads nothing but the desk's own pages.
(() => {
  "use strict";

  const main = () => document.getElementById("main");

  // Puts the page's new state in the place of the old one, and leaves the focus where it was.
  const renew = async () => {
    const answer = await fetch(location.href, { headers: { "x-renew": "1" } });
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const focused = document.activeElement?.id;
    const now = fresh.getElementById("main");
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

  // Files may be dropped on what takes them.
  for (const zone of document.querySelectorAll("form[data-drop]")) {
    const input = zone.querySelector("input[type=file]");
    if (!(zone instanceof HTMLFormElement && input instanceof HTMLInputElement)) continue;
    const shine = (/** @type {boolean} */ on) => zone.closest(".slot, .card")?.classList.toggle("over", on);
    zone.addEventListener("dragover", (event) => {
      event.preventDefault();
      shine(true);
    });
    zone.addEventListener("dragleave", () => shine(false));
    zone.addEventListener("drop", (event) => {
      event.preventDefault();
      shine(false);
      if (event.dataTransfer?.files.length) {
        input.files = event.dataTransfer.files;
        zone.requestSubmit();
      }
    });
  }

  for (const button of document.querySelectorAll("button[data-copy]")) {
    button.addEventListener("click", () => {
      const from = document.getElementById(button instanceof HTMLElement ? (button.dataset.copy ?? "") : "");
      if (from) navigator.clipboard?.writeText(from.textContent ?? "");
    });
  }
})();
