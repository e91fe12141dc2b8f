// The lower bound of the fill benchmark: a whole section in one pass within the page. No safety at all: labels, options
// and pop-ups are taken as they come, nothing is read back, Vue's own objects are used where that is shorter.
async ({ section, passport }, until) => {
  const tick = () => new Promise((done) => setTimeout(done));
  const text = (element) => element.textContent.trim().replace(/：$/, "");
  const named = (selector, name, root = document) =>
    [...root.querySelectorAll(selector)].find((one) => text(one) === name);
  const press = async (selector, name) => (await until(() => named(selector, name))).click();
  const type = (field, value) => {
    const owner = field.matches("textarea") ? HTMLTextAreaElement : HTMLInputElement;
    Object.getOwnPropertyDescriptor(owner.prototype, "value").set.call(field, value);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  };

  const enter = async (form, { label, kind, value }) => {
    const item = (await until(() => named(".el-form-item__label", label, form))).closest(".el-form-item");
    const field = item.querySelector("input,textarea");
    if (kind === "radio") return named("label.el-radio", value, item).click();
    if (kind === "date" || kind === "month") {
      field.dispatchEvent(new Event("focus"));
      await tick();
      type(field, value);
      return field.dispatchEvent(new KeyboardEvent("keydown", { keyCode: 9, bubbles: true }));
    }
    if (kind.startsWith("cascader")) {
      const vue = item.querySelector(".el-cascader").__vue__;
      vue.toggleDropDownVisible(true);
      for (const part of value.split(" / "))
        (await until(() => named(".el-cascader-node__label", part, vue.$refs.popper))).closest("li").click();
      return vue.toggleDropDownVisible(false);
    }
    if (["select", "filterable", "remote"].includes(kind)) {
      const vue = item.querySelector(".el-select").__vue__;
      if (kind === "remote") vue.remoteMethod(value);
      return (await until(() => named(".el-select-dropdown__item", value, vue.$refs.popper.$el))).click();
    }
    type(field, value);
  };

  if (passport) {
    (await until(() => named(".el-submenu__title", "工作许可"))).click();
    await press(".el-menu-item", "工作许可延期");
    await press("button", "跳过指引,直接办理");
    await press(".el-checkbox", "居留许可(延期)");
    await tick();
    await press("button", "立即办理业务");
    type(await until(() => document.querySelector(".applicant input")), passport);
    await tick();
    await press("button", "下一步");
    return;
  }
  (await until(() => named("[role=tab]", section.title))).click();
  const form = await until(() => document.querySelector(`form.section-${section.key}`));
  await tick();
  for (const one of section.fields) await enter(form, one);
  for (const table of section.tables)
    for (const row of table.rows) {
      (await until(() => named("button", table.add, form))).click();
      const dialog = await until(() =>
        [...document.querySelectorAll(".el-dialog")].find((one) => one.querySelector("form")),
      );
      for (const one of row) await enter(dialog, one);
      await tick();
      named("button", "确定", dialog).click();
      await until(() => !dialog.querySelector("form"));
    }
  const uploads = section.uploads.map(async ([label, files]) => {
    const item = (await until(() => named(".el-form-item__label", label, form))).closest(".el-form-item");
    const input = item.querySelector("input[type=file]"),
      bag = new DataTransfer();
    for (const { name, content } of files)
      bag.items.add(new File([Uint8Array.from(atob(content), (one) => one.charCodeAt(0))], name));
    input.files = bag.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
    await until(() => item.querySelectorAll(".el-upload-list__item.is-success").length === files.length);
  });
  await Promise.all(uploads);
  const save = named("button", "暂存", form);
  // A save may be over between two looks.
  let began = false;
  new MutationObserver(() => {
    began ||= save.disabled;
  }).observe(save, { attributes: true });
  save.click();
  await until(() => began && !save.disabled);
};
