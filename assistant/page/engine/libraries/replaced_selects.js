// A drop-down of the browser's own that a script hides behind a drawn one (bootstrap-select, Chosen, Tom Select, Selectize,
// jQuery UI, Materialize and their like). The drawn one is pressed, as a person would; what is held is read off the hidden one.
/** @param {Core} core @returns {Library} */
(core) => {
  const { all } = core;
  const MARK = /select|chosen|dropdown|drop-down|combo|choices|picker|(^|[-_ ])ts-/i;
  // The drawn part beside a hidden drop-down, or around it.
  const faceOf = (select) => {
    const beside = [select.nextElementSibling, select.previousElementSibling, ...select.parentElement.children];
    const face = beside.find((one) => one && one !== select && core.visible(one) && MARK.test(`${one.className}`));
    const alone = select.parentElement.querySelectorAll("select").length === 1;
    return alone && face && !face.matches("label") ? face : null;
  };
  const hiddenBy = new WeakMap();
  const rootOf = (select) => {
    const face = faceOf(select);
    hiddenBy.set(face, select);
    return face;
  };
  const selectOf = (root) => hiddenBy.get(root);
  const name = (option) => core.squeeze(option.label || option.text);
  const labelOf = (root) => {
    const select = selectOf(root),
      tied = select.labels.length
        ? select.labels[0]
        : root.getRootNode().querySelector(`label[for="${CSS.escape(root.id || " ")}"]`);
    return tied ? core.nameText(tied) : core.ariaName(select);
  };
  const press = (root) =>
    (root.matches("button,a,input,[tabindex]")
      ? root
      : root.querySelector("input:not([type=hidden]),button,a,[tabindex]")) || root;
  const inner = (menu) =>
    all(menu, "*").filter((one) => {
      const text = core.textOf(one);
      return text && core.there(one) && ![...one.children].some((part) => core.textOf(part) === text);
    });
  const drop = core.dropDown({
    field: (root) => press(root),
    open: (root) => {
      press(root).focus?.({ preventScroll: true });
      core.tap(press(root));
    },
    items: inner,
    off: (item) => Boolean(item.closest("[aria-disabled=true],[disabled],[class*=disabled]")),
  });
  return {
    name: "unknown",
    kinds: [
      {
        ...drop.one("select:not([multiple])", {
          when: (select) => !core.visible(select) && Boolean(faceOf(select)),
          root: rootOf,
          disabled: (root) => selectOf(root).disabled,
        }),
        field: selectOf,
        label: labelOf,
        silent: true,
        options: (root) => [...selectOf(root).options].filter((option) => option.value !== "").map(name),
        read: (root) => {
          const chosen = selectOf(root).selectedOptions[0];
          return chosen && chosen.value !== "" ? name(chosen) : "";
        },
      },
    ],
  };
};
