// What a test finds, as soon as it finds something; both scripts of the lower bound are handed it.
async (test) => {
  for (const start = performance.now(); performance.now() - start < 60000; ) {
    const found = test();
    if (found) return found;
    await new Promise((done) => setTimeout(done, 5));
  }
  throw new Error(`never came: ${test}`);
};
