// The lower bound on the national portal: one step of the form in one pass within its document. No safety at all: the
// page's own widgets are handed their values without being opened, nothing is read back.
async ({ section, passport }, until) => {
  const plain = (element) => element.textContent.trim().replace(/^\*|：$/g, "");
  const named = (selector, name, root = document) =>
    [...root.querySelectorAll(selector)].find((one) => plain(one) === name);
  const press = (name, root = document) => named(".l-btn", name, root).click();

  await until(() => document.readyState !== "loading");
  if (passport) {
    document.querySelector("#start").click();
    const body = await until(() => document.querySelector(".window-body"));
    $(body).find(".easyui-textbox").textbox("setValue", passport);
    return press("下一步");
  }

  const fetched = async (url, words) => (await fetch(url, words)).json();
  const codeOf = async (widget, text) => {
    const { url, mode, name } = widget.options;
    if (mode !== "remote") {
      await until(() => widget.getData().length);
      return widget.getData().find((one) => one.text === text).value;
    }
    const found = await fetched(url, { method: "POST", body: new URLSearchParams({ name, q: text }) });
    return found.find((one) => one.text === text).value;
  };
  const leaf = async ({ options }, path) => {
    let node = null;
    for (const part of path) {
      const list = await fetched(node ? `${options.url}&id=${encodeURIComponent(node.id)}` : options.url);
      node = list.find((one) => one.text === part);
    }
    return node.id;
  };
  const enter = async (place, { value }) => {
    const box = place.querySelector("[data-options]");
    if (box) {
      const kind = ["combobox", "combotree", "datebox", "numberbox", "textbox"].find((name) => $.data(box, name));
      const widget = $.data(box, kind);
      if (kind === "combobox") {
        const codes = [];
        for (const text of [value].flat()) codes.push(await codeOf(widget, text));
        return widget.setValues(codes);
      }
      if (kind === "combotree") return widget.set(await leaf(widget, value.split(" / ")), value);
      return widget.set(value);
    }
    const field = place.querySelector("input,select,textarea");
    if (field.type === "radio") return named("label.choice", value, place).querySelector("input").click();
    if (field.matches("select")) field.value = [...field.options].find((one) => one.text === value).value;
    else field.value = value;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const cellOf = (label, root = document) => named("td.label", label, root).nextElementSibling;

  for (const one of section.fields) await enter(cellOf(one.label), one);
  for (const table of section.tables) {
    const grid = named(".datagrid-toolbar .l-btn", table.add).closest(".rows");
    for (const row of table.rows) {
      const placed = grid.querySelectorAll(".datagrid-row:not(.datagrid-row-editing)").length;
      press(table.add, grid);
      if (grid.dataset.inline) {
        const line = await until(() => grid.querySelector(".datagrid-row-editing"));
        for (const one of row) {
          const head = [...grid.querySelectorAll(".datagrid-header-row td")].find((cell) => plain(cell) === one.label);
          await enter(line.querySelector(`td[field="${head.getAttribute("field")}"]`), one);
        }
        line.querySelector(".row-ok").click();
      } else {
        const frame = await until(() => document.querySelector(".window .row-form")?.closest(".window"));
        for (const one of row) await enter(cellOf(one.label, frame), one);
        press("确定", frame);
        await until(() => !document.querySelector(".window"));
      }
      await until(() => grid.querySelectorAll(".datagrid-row:not(.datagrid-row-editing)").length > placed);
    }
  }
  const fileOf = ({ name, content }) => new File([Uint8Array.from(atob(content), (one) => one.charCodeAt(0))], name);
  const choose = (field, files) => {
    const bag = new DataTransfer();
    for (const one of files) bag.items.add(fileOf(one));
    field.files = bag.files;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const uploads = section.uploads.map(async ([label, files]) => {
    const place = cellOf(label),
      button = place.querySelector(".upload-photo");
    if (button) {
      button.click();
      const frame = await until(() => document.querySelector(".window [type=file]")?.closest(".window"));
      choose(frame.querySelector("[type=file]"), files);
      press("上传", frame);
      await until(() => !document.querySelector(".window"));
    } else choose(place.querySelector("[type=file]"), files);
    await until(() => place.querySelectorAll(".filelist li:not(.busy)").length === files.length);
  });
  await Promise.all(uploads);
  document.querySelector("#save").click();
  await until(() => document.querySelector("#message.good")?.textContent === "保存成功");
};
