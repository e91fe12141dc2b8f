// What the page has put off: a box that is emptied or cut half a second after it was left still shows the right value now.
// From the first write until the page is calm, the timers that it sets are known, so that they can be waited for.
() => {
  // Shorter ones run while the page is waited for anyway; longer ones (a notice that goes away) are about something else.
  const SHORTEST = 50,
    LONGEST = 3000;
  const { clearTimeout: clear } = window;
  const due = new Map();
  let undo = null;

  const note = (id, milliseconds) => {
    if (milliseconds >= SHORTEST && milliseconds <= LONGEST) due.set(id, performance.now() + milliseconds);
    return id;
  };

  const watchTimers = () => {
    if (undo) return;
    const before = {
      setTimeout: window.setTimeout,
      setInterval: window.setInterval,
      clearTimeout: window.clearTimeout,
    };
    const ours = {
      setTimeout: (act, milliseconds = 0, ...words) =>
        note(before.setTimeout.call(window, act, milliseconds, ...words), milliseconds),
      setInterval: (act, milliseconds = 0, ...words) =>
        note(before.setInterval.call(window, act, milliseconds, ...words), milliseconds),
      clearTimeout: (id) => {
        due.delete(id);
        clear.call(window, id);
      },
    };
    Object.assign(window, ours);
    // A page that has put its own in the place of ours keeps it.
    undo = () => {
      for (const name of Object.keys(ours)) if (window[name] === ours[name]) window[name] = before[name];
      due.clear();
      undo = null;
    };
  };

  const leaveTimers = () => undo?.();

  // Waits until no timer of the page is due any more and the page has been quiet since, for as long as its slowest change
  // came after the last one: what changed late once may do so again.
  const calm = async (quiet, limit) => {
    const start = performance.now(),
      left = () => limit - (performance.now() - start);
    const waiting = () => {
      const now = performance.now();
      for (const [id, time] of due) if (time + SHORTEST < now) due.delete(id);
      return due.size > 0;
    };
    let slowest = quiet,
      since = start;
    const observer = new MutationObserver(() => {
      slowest = Math.max(slowest, performance.now() - since);
      since = performance.now();
    });
    observer.observe(document, { subtree: true, childList: true, characterData: true });
    while (left() > 0 && (waiting() || performance.now() - since < slowest))
      await new Promise((done) => setTimeout(done, 10));
    observer.disconnect();
    leaveTimers();
  };

  return { watchTimers, leaveTimers, calm };
};
