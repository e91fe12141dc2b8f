// The engine as the tool holds it: the libraries put in their places, and the calls that may be made.
/** @param {Core} core */
(core) => {
  const { elementOf, everywhere, leaving, tick, visible } = core;

  const added = (name) => [core[name], ...core.libraries.map((library) => library[name])].filter(Boolean).join(",");

  const assemble = (libraries) => {
    core.libraries = libraries;
    for (const name of ["headings", "heads", "selected", "dialogs"]) core[name] = added(name);
    const bodies = libraries.flatMap((library) => library.items || []).map((item) => item.body);
    core.itemBodies = [core.itemBodies, ...bodies].filter(Boolean).join(",");
    return {
      ...Object.fromEntries(
        [
          "look",
          "write",
          "press",
          "facts",
          "stated",
          "buttons",
          "pressIt",
          "sees",
          "settle",
          "attend",
          "acts",
          "calm",
          "insert",
          "offers",
          "give",
        ].map((name) => [name, core[name]]),
      ),
      element: elementOf,
      // A move and, when the page is quiet again, what it shows then: one call instead of three.
      settledLook: async (quiet, limit, allNames = false, waited = 0) => {
        await core.settle(quiet, limit, waited);
        return core.look(allNames);
      },
      pressAndLook: async (texts, dialog, quiet, limit) => {
        const reason = await core.press(texts, dialog);
        if (reason) return { reason, seen: null };
        await core.settle(quiet, limit);
        return { reason, seen: core.look() };
      },
      // For what asks the portal: the answer is waited for outside.
      send: async (texts, ask) => {
        const reason = await core.press(texts, false, ask);
        await tick();
        return { reason };
      },
      // On to a section, unless it is there already or a window lies over the form.
      go: async (titles) => {
        const reason = core.openDialogs().length || core.shows(titles) ? null : await core.press(titles, false);
        await tick();
        return { reason };
      },
      writeAndLook: async (orders, quiet, limit) => {
        const answers = await core.write(orders);
        await core.settle(quiet, limit);
        return { answers, seen: core.look() };
      },
      field: (id) => {
        const root = elementOf(id);
        return root && core.fieldOf(root, core.kindOf.get(root) || {});
      },
      fileInput: (id) => {
        const root = elementOf(id);
        const box = root && (core.kindOf.get(root)?.files?.(root) || root.querySelector("input[type=file]") || root);
        // A file that it holds already would be no change, and the page would not send it again.
        if (box?.files?.length) box.value = "";
        return box;
      },
      isOpen: (texts) => core.pressables(texts, document).length,
      popups: () =>
        core.libraries
          .flatMap((library) => (library.popups ? [...everywhere(document, library.popups)] : []))
          .filter((one) => visible(one) && !leaving(one)).length,
    };
  };

  return { assemble };
};
