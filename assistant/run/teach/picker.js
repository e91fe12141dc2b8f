// Lets a person point at one control: everything they press is kept from the page until they have pressed once.
// The state hangs on the tool's own engine, never on a name of the page; the outline is one element beside the body.
(engine, [frame, idsByFrame]) => {
  const BUTTON =
    "button,a,[role=button],[role=tab],[role=menuitem],input[type=submit],input[type=button],input[type=image]";
  const roots = new Map((idsByFrame[frame] || []).map((id) => [engine.element(id), id]).filter(([root]) => root));
  engine.picking?.stop();

  // The widest box around a control that holds no other one: its label and its empty space belong to it.
  const region = (root) => {
    let best = root;
    for (let up = root.parentElement, depth = 0; up && depth < 6; up = up.parentElement, depth++) {
      if (
        [...roots.keys()].some((other) => other !== root && up.contains(other)) ||
        up.matches("form,body,main,section")
      )
        break;
      if (up.getBoundingClientRect().height > 160) break;
      best = up;
    }
    return best;
  };
  const squeeze = (text) => (text || "").replace(/\s+/g, " ").trim();
  const hit = (event) => {
    const path = event.composedPath().filter((one) => one instanceof Element);
    const root = path.find((one) => roots.has(one));
    if (root) return { id: roots.get(root), text: "", button: "" };
    const button = path.find((one) => one.matches(BUTTON));
    const around = button ? null : [...roots.keys()].find((one) => region(one).contains(path[0]));
    const upload =
      button && [...roots.keys()].find((one) => region(one).contains(button) && !button.matches("[type=submit]"));
    if (around || upload)
      return {
        id: roots.get(around || upload),
        text: "",
        button: button ? squeeze(button.innerText || button.value) : "",
      };
    const words = squeeze(button ? button.innerText || button.value : path[0]?.innerText).slice(0, 60);
    return { id: null, text: words, button: button ? words : "" };
  };

  const frameBox = document.createElement("div");
  frameBox.style.cssText =
    "position:fixed;z-index:2147483647;pointer-events:none;border:2px solid #d9480f;border-radius:4px;background:rgba(217,72,15,.12);display:none";
  document.documentElement.append(frameBox);
  const outline = (event) => {
    const path = event.composedPath().filter((one) => one instanceof Element);
    const root = path.find((one) => roots.has(one)) || [...roots.keys()].find((one) => region(one).contains(path[0]));
    const box = (root ? region(root) : path[0])?.getBoundingClientRect();
    if (box)
      Object.assign(frameBox.style, {
        display: "block",
        left: `${box.left}px`,
        top: `${box.top}px`,
        width: `${box.width}px`,
        height: `${box.height}px`,
      });
  };

  const state = { picked: null };
  const swallow = (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  const press = (event) => {
    swallow(event);
    if (event.type === "click") state.picked = state.picked || hit(event);
    // A disabled control sends no click.
    if (event.type === "pointerup") {
      const found = hit(event);
      setTimeout(() => {
        state.picked = state.picked || found;
      }, 250);
    }
  };
  const kept = [
    "pointerdown",
    "mousedown",
    "mouseup",
    "dblclick",
    "contextmenu",
    "touchstart",
    "touchend",
    "keydown",
    "keypress",
    "submit",
  ];
  for (const type of kept) window.addEventListener(type, swallow, { capture: true, passive: false });
  for (const type of ["pointerup", "click"]) window.addEventListener(type, press, true);
  window.addEventListener("pointermove", outline, true);
  state.stop = () => {
    for (const type of kept) window.removeEventListener(type, swallow, true);
    for (const type of ["pointerup", "click"]) window.removeEventListener(type, press, true);
    window.removeEventListener("pointermove", outline, true);
    frameBox.remove();
    delete engine.picking;
  };
  engine.picking = state;
  return true;
};
