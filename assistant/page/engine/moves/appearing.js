// What comes to sight when something is pressed, whatever library draws it.
/** @param {Core} core */
(core) => {
  const { there } = core;
  const isElement = (node) => node.nodeType === Node.ELEMENT_NODE;
  const within = (node) => [node, ...node.querySelectorAll("*")];

  // Does `act` and answers with the part of the page that was not to be seen before: a pop-up that was put there, or one
  // that a change of class, style or attribute has shown. Only what changed is looked at. From then on it is a part of the
  // control. Where two parts come to sight the larger one counts: the smaller is a mark or a hint.
  const appears = async (root, act, limit = core.clock.opening) =>
    // A press on one that was open already has closed it: then it is pressed once more.
    core.own((await appearsOnce(root, act, limit)) || (await appearsOnce(root, act, limit)));
  const appearsOnce = async (root, act, limit) => {
    // What is drawn from no height has not come to sight yet.
    const flat = (one) => one.getBoundingClientRect().height < 1;
    const before = new WeakSet(core.everywhere(document, "*").filter((one) => there(one) && !flat(one))),
      touched = new Set();
    const observer = new MutationObserver((records) => {
      for (const one of records)
        for (const node of [one.target, ...one.addedNodes]) if (isElement(node)) touched.add(node);
    });
    const roots = [document, root.getRootNode()];
    for (const one of new Set(roots)) observer.observe(one, { subtree: true, childList: true, attributes: true });
    const shown = () => {
      const fresh = [...touched].filter((node) => node.isConnected).flatMap(within);
      const seen = [...new Set(fresh)].filter(
        (one) => !before.has(one) && there(one) && !flat(one) && core.textOf(one) && !core.leaving(one),
      );
      const tops = seen.filter(
        (one) => !seen.some((other) => other !== one && other.contains(one)) && !one.contains(root),
      );
      // Entries that are drawn anew each time stand in a list that never left.
      const lists = new Set(tops.map((one) => one.parentElement)),
        listed = tops.length > 1 && lists.size === 1 ? [...lists][0] : null;
      if (listed && !listed.contains(root) && listed !== document.body) return listed;
      return tops.sort((one, other) => other.querySelectorAll("*").length - one.querySelectorAll("*").length)[0];
    };
    try {
      await act();
      const found = await core.until(shown, limit);
      // What is still being drawn is complete one turn later.
      if (found) await core.tick();
      return (found && shown()) || null;
    } finally {
      observer.disconnect();
    }
  };

  return { appears };
};
