// Waiting for a page to be there and to be quiet.
/** @param {Core} core */
(core) => {
  const { FIELDS, clock, everywhere, until } = core;

  // A page still being read shows its buttons before the scripts that make them work: a press then leads nowhere.
  // One that never ends is waited for once.
  let patient = true;

  const loaded = async (limit = clock.patience) => {
    if (patient && document.readyState !== "complete")
      patient = Boolean(await until(() => document.readyState === "complete", limit));
  };

  // The changes of the tree, counted while the tool works; and what the page held when it was last seen to be quiet.
  let changes = 0,
    rested = "";
  const observer = new MutationObserver(() => {
    changes++;
  });
  const leaveChanges = () => {
    observer.disconnect();
    rested = "";
  };

  // Waits until the page is read to its end and has then been quiet: no change of its tree and no field's value moving
  // for `quiet` ms, at most `limit`. A frame that stood still while others were waited for, for `waited` ms, is not waited
  // for again.
  const settle = async (quiet, limit, waited = 0) => {
    await loaded(limit);
    observer.observe(document, { subtree: true, childList: true, characterData: true });
    let fields = [],
      listed = -1;
    const state = () => {
      if (listed !== changes) [fields, listed] = [everywhere(document, FIELDS), changes];
      return `${changes}\n${fields.map((field) => (field.type === "file" ? "" : field.value) + field.checked).join("\n")}`;
    };
    const start = performance.now();
    let before = state(),
      since = before === rested ? start - waited : start;
    const moved = () => {
      const now = state();
      if (now === before) return false;
      [before, since] = [now, performance.now()];
      return true;
    };
    do {
      while (performance.now() - since < quiet && performance.now() - start < limit) {
        await new Promise((done) => setTimeout(done, 4));
        moved();
      }
      // What has arrived and waits for its turn comes first.
      await new Promise((done) => requestIdleCallback(done, { timeout: 100 }));
    } while (moved() && performance.now() - start < limit);
    rested = before;
  };

  return { leaveChanges, loaded, settle };
};
