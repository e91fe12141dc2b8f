// Files beside a button: what the page lists there once they were taken, and the button that opens a dialog for them.
/** @param {Core} core */
(core) => {
  const { all, seen, opened } = core;

  // What the page lists beside a box or button once it was taken.
  const FILE = /^\S.{0,120}\.(pdf|jpe?g|png|gif|bmp|tiff?|docx?|xlsx?|zip|rar|ofd|txt)$/i;
  const around = (root) => root.closest("td,li,dd,.form-item,.form-group") || root.parentElement;
  const filesBeside = (root) =>
    all(around(root), "*")
      .filter((one) => !root.contains(one) && !one.children.length && core.visible(one))
      .map(core.textOf)
      .filter((text) => FILE.test(text));

  // A button that opens a dialog with the file box in it. The dialog is opened for the files, sends them by its own button,
  // and is closed again if it stays. A window of the browser's own is not opened: what lies there is not this page's.
  const SENDS = /^(开始|确定|确认)?上传$|^(确定|确认)$/;
  const BUTTONS = "button,a,[role=button],input[type=button]";
  const uploadWindow = (
    selector,
    dialogs,
    { inside = dialogs, close = "[class*=close],[aria-label=Close],[aria-label=关闭]" } = {},
  ) => {
    const withBox = (before) =>
      opened(dialogs).find((one) => !before.has(one) && one.querySelector("input[type=file]"));
    const open = async (button) => {
      const before = new Set(opened(dialogs)),
        really = window.open;
      let elsewhere = false;
      window.open = () => {
        elsewhere = true;
        return null;
      };
      try {
        core.tap(button);
        await core.until(() => elsewhere || withBox(before), core.clock.opening);
      } finally {
        window.open = really;
      }
      return core.own(withBox(before) || null);
    };
    const files = async (button) => {
      core.own(button);
      const dialog = await open(button),
        field = dialog?.querySelector("input[type=file]");
      const send =
        field && all(dialog, BUTTONS).find((one) => SENDS.test(core.fold(core.textOf(one) || one.value || "")));
      // The browser says nothing of a file that is given to a box that holds it already.
      if (field) field.value = "";
      field?.addEventListener(
        "change",
        async () => {
          await core.tick();
          const before = core.textOf(dialog);
          let said = before,
            since = performance.now();
          if (send) core.tap(send);
          // It closes when the file was taken; one that says something else and then nothing more has refused it.
          await core.until(() => {
            const now = core.textOf(dialog);
            if (now !== said) {
              said = now;
              since = performance.now();
            }
            return !seen(dialog) || (now !== before && performance.now() - since > core.clock.suggesting);
          }, core.clock.sending);
          const shut = seen(dialog) && dialog.querySelector(close);
          if (shut) core.tap(shut);
        },
        { once: true },
      );
      return field || null;
    };
    return {
      kind: "upload",
      selector,
      field: (button) => button,
      files,
      readOnly: () => false,
      read: filesBeside,
      when: (button) =>
        core.TAKES_FILES.test(core.fold(core.textOf(button))) &&
        !button.closest(inside) &&
        !around(button).querySelector("input[type=file]"),
      disabled: (button) => button.matches(":disabled,[aria-disabled=true],[class*=-disabled]"),
    };
  };

  return { filesBeside, uploadWindow };
};
