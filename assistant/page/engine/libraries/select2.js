// Select2: a native select hidden behind a drawn one. The library's own event, to which applications listen, comes only
// from a choice in its list; so the list is opened and pressed, and the native select tells what is held.
/** @param {Core} core @returns {Library} */
(core) => {
  const { all } = core;
  const boxOf = (select) =>
    select.nextElementSibling?.matches(".select2-container") ? select.nextElementSibling : null;
  const face = (select) => boxOf(select)?.querySelector(".select2-selection") || select;
  const shown = (option) => core.squeeze(option.label || option.text);
  const texts = (select) => [...select.selectedOptions].filter((option) => option.value !== "").map(shown);
  const drop = core.dropDown({
    popup: ".select2-dropdown",
    lazy: true,
    field: face,
    open: (select) => {
      core.own(boxOf(select));
      core.tap(face(select));
    },
    items: (menu) =>
      all(menu, "li.select2-results__option").filter(
        (item) =>
          item.matches("[aria-selected],[data-selected],[id*=result],.select2-results__option--selectable") &&
          !item.matches("[role=group],.loading-results,.select2-results__message"),
      ),
    off: (item) => item.matches("[aria-disabled=true],.select2-results__option--disabled"),
    query: (select, menu) => {
      const field =
        menu.querySelector(".select2-search__field") || boxOf(select).querySelector(".select2-search__field");
      return field && !field.closest(".select2-search--hide") ? field : null;
    },
    busy: (_, menu) => Boolean(menu.querySelector(".loading-results,.select2-results__option--loading")),
    close: (select) => {
      if (boxOf(select).matches(".select2-container--open")) core.tap(face(select));
    },
    chosen: texts,
  });
  const dressed = (select) => Boolean(boxOf(select));
  // What the select itself holds is all it offers, unless the options come from elsewhere while one types.
  const known = (select) => {
    const list = [...select.options].filter((option) => option.value !== "" && !option.disabled).map(shown);
    return list.length ? list : null;
  };
  return {
    name: "select2",
    replaced: ".select2-container,.select2-container *",
    popups: ".select2-dropdown,body > .select2-container--open",
    kinds: [
      drop.many("select.select2-hidden-accessible[multiple]", {
        when: dressed,
        field: (select) => select,
        face,
        options: known,
      }),
      drop.one("select.select2-hidden-accessible", {
        when: dressed,
        field: (select) => select,
        face,
        options: known,
        read: (select) => texts(select)[0] || "",
      }),
    ],
  };
};
