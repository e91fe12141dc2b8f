// What things are called: a control, in the order in which people see it, the headings above it, a button.
/** @param {Core} core */
(core) => {
  const { FIELDS, nameText, parentOf, shownText, squeeze, textOf } = core;

  const PRESSABLE =
    "button,a,label,li,[role=button],[role=menuitem],[role=tab],[role=link],[role=option],[tabindex],[onclick],input[type=button]";

  const PART = "details,section,article,fieldset,[role=region],[role=tabpanel]";

  const headingOf = (element) => {
    if (element.matches(core.headings)) return element;
    const inside = element.querySelector(core.headings);
    // A part of the page with more in it than its heading heads nothing behind it.
    const isPart = inside && element.matches(PART) && squeeze(element.textContent) !== squeeze(inside.textContent);
    return inside && !isPart && !element.querySelector(FIELDS) ? inside : null;
  };

  // A line that stands out, has no box, and has several questions behind it: a heading to whoever reads it, whatever it is
  // made of. They stand in one part, or one after the other, each with words of its own. What stands beside one question is
  // its name: a cell, or words before a box or two.
  const SEVERAL = 3;
  const line = (element) => {
    if (element.nodeType !== Node.ELEMENT_NODE || !element.matches("div,p,span,dt,strong,b,center")) return false;
    const text = element.textContent;
    if (!text || text.length > 60 || element.querySelector(`${FIELDS},button,a`)) return false;
    const words = squeeze(text);
    return Boolean(words) && words.length <= 30 && !/[:：。]$/.test(words);
  };
  const standsOut = (element) => {
    if (!line(element)) return false;
    const behind = element.nextElementSibling;
    if (!behind || !asksSeveral(behind)) return false;
    const style = getComputedStyle(element);
    if (style.display.startsWith("inline") && !element.matches("dt")) return false;
    const plain = getComputedStyle(behind);
    return (
      Number(style.fontWeight) >= 600 ||
      parseFloat(style.borderLeftWidth) >= 3 ||
      parseFloat(style.borderBottomWidth) >= 1 ||
      parseFloat(style.fontSize) >= parseFloat(plain.fontSize) + 2 ||
      (style.backgroundColor !== "rgba(0, 0, 0, 0)" && style.backgroundColor !== plain.backgroundColor)
    );
  };
  const asksSeveral = (first) => {
    if (first.querySelectorAll(FIELDS).length >= SEVERAL && squeeze(first.textContent)) return true;
    let asked = 0;
    for (let at = first, seen = 0; at && seen < 12; at = at.nextElementSibling, seen++) {
      if (at.matches(FIELDS) || at.matches(core.headings) || (!at.querySelector(FIELDS) && line(at))) break;
      if (at.querySelector(FIELDS) && !at.querySelector("input[type=file]") && squeeze(shownText(at))) asked++;
      if (asked > 1) return true;
    }
    // A part of one question has a heading that looks like the others'.
    const heading = first.previousElementSibling;
    return asked === 1 && Boolean(heading.className) && (alike(heading) || likeOthersFirst(heading));
  };
  // The first line of one of several parts that look the same, where another of them asks several questions.
  const likeOthersFirst = (heading) => {
    const part = heading.parentElement;
    if (!part.className || part.firstElementChild !== heading || !part.parentElement) return false;
    return [...part.parentElement.children].some((other) => {
      const first = other.firstElementChild;
      return (
        other !== part &&
        other.localName === part.localName &&
        other.className === part.className &&
        first?.className === heading.className &&
        first.localName === heading.localName &&
        line(first) &&
        (first.nextElementSibling?.querySelectorAll(FIELDS).length || 0) >= SEVERAL
      );
    });
  };
  const alike = (element) =>
    [...element.parentElement.children].some(
      (other) =>
        other !== element &&
        other.localName === element.localName &&
        other.className === element.className &&
        line(other) &&
        other.nextElementSibling?.className === element.nextElementSibling.className &&
        other.nextElementSibling.nextElementSibling?.className === element.nextElementSibling.className,
    );

  // A row of a table whose one cell says what the rows below it are about.
  const tellsOfRows = (element) => {
    if (!element.matches("tr") || element.cells.length !== 1 || element.querySelector(FIELDS)) return false;
    const words = squeeze(shownText(element));
    return Boolean(words) && words.length <= 40 && Boolean(element.nextElementSibling?.querySelector(FIELDS));
  };

  // The headings above an element, outermost first. `memo` lives for one look, so that a long flat form stays linear.
  const contextOf = (element, memo) => {
    const headingBefore = (node) => {
      const walked = [];
      let found = null;
      for (let at = node; at; at = at.previousElementSibling) {
        if (memo.has(at)) {
          found = memo.get(at);
          break;
        }
        walked.push(at);
        const before = at.previousElementSibling;
        const heading = before && headingOf(before);
        if (heading) {
          found = heading;
          break;
        }
      }
      for (const at of walked) memo.set(at, found);
      return found;
    };
    // Nearer than that heading, among the same siblings.
    const minorBefore = (node) => {
      for (
        let at = node.previousElementSibling, seen = 0;
        at && seen < 60 && !headingOf(at);
        at = at.previousElementSibling, seen++
      ) {
        if (!memo.has(`${core.idOf(at)} stands out`))
          memo.set(`${core.idOf(at)} stands out`, standsOut(at) || tellsOfRows(at));
        if (memo.get(`${core.idOf(at)} stands out`)) return at;
      }
      return null;
    };
    const path = [];
    for (let node = element; node && node !== document.body; node = parentOf(node)) {
      const minor = minorBefore(node);
      if (minor) path.unshift(squeeze(shownText(minor)));
      if (node !== element && node.matches("fieldset"))
        path.unshift(squeeze(shownText(node.querySelector("legend") || node).slice(0, 60)));
      const summary = node !== element && node.matches("details") && node.querySelector(":scope>summary");
      if (summary) path.unshift(squeeze(shownText(summary)));
      const named =
        node !== element && node.matches("[role=dialog],[role=tabpanel],[role=region],[role=group],dialog,section")
          ? ariaName(node)
          : "";
      if (named) path.unshift(named);
      const heading = headingBefore(node);
      if (heading) path.unshift(squeeze(shownText(heading)));
    }
    return path.filter((text, index) => text && text !== path[index - 1]);
  };

  const ariaName = (element) => {
    const names = (element.getAttribute("aria-labelledby") || "").split(/\s+/).filter(Boolean);
    const root = element.getRootNode();
    // A box that names itself last adds what it holds.
    const named = names.map((id) => root.getElementById?.(id)).filter((one) => one && one !== element);
    const text = squeeze(named.map(textOf).join(" "));
    return text || squeeze(element.getAttribute("aria-label"));
  };

  // What the cell to the left says, else what heads the column.
  const cellLabel = (element) => {
    const cell = element.closest("td,th,[role=gridcell]");
    return cell ? leftOf(cell) || headOf(element, cell) : "";
  };
  const leftOf = (cell, farthest = false) => {
    let found = "";
    for (let left = cell.previousElementSibling; left; left = left.previousElementSibling) {
      if (left.querySelector(FIELDS)) break;
      const text = nameText(left);
      // What a paper is called heads its row; what was handed in for it stands nearer to its box.
      if (farthest ? /\p{L}{2}/u.test(text) : text) found = text;
      if (found && !farthest) break;
    }
    return found;
  };
  const headOf = (element, cell) => {
    const row = cell.parentElement,
      table = cell.closest("table");
    const column = [...row.children].indexOf(cell);
    for (let above = row.previousElementSibling; above; above = above.previousElementSibling) {
      const text =
        above.children[column] && !above.querySelector(FIELDS) ? squeeze(shownText(above.children[column])) : "";
      if (text) return text;
    }
    const head = table?.tHead?.rows[table.tHead.rows.length - 1]?.cells[column];
    return head && !head.contains(element) ? squeeze(shownText(head)) : "";
  };

  // What is said on a place that takes files, and names none of them: 点击或将文件拖到此处上传, Drop a file here or browse.
  const HANDS_IN =
    /点击|单击|重新|选择|上传|浏览|添加|拖[拽动放入到至]?|drop|drag|click|tap|browse|choose|select|upload|attach|add|replace/gi;
  const ITS_OBJECT =
    /文件夹?|附件|材料|图片|照片|扫描件|本地|电脑|此处|这里|区域|按钮|请|将|把|到|或|至|从|尚?未|没有|任何|\b(?:files?|documents?|images?|photos?|scans?|here|or|and|to|from|your|an?|the|this|area|computer|device|no|chosen|selected|yet)\b/gi;
  const tellsToHandIn = (text) => {
    const rest = text.replace(HANDS_IN, "");
    return rest !== text && !/\p{L}/u.test(rest.replace(ITS_OBJECT, ""));
  };

  // Text that stands just before a control, on the way up to the first ancestor that holds another control. A heading
  // names what stands under it, and one box only where nothing else does (`headings`).
  // What takes a file is named by the farthest words of its row: nearer stands what was handed in for it.
  const nearbyText = (element, headings = false, takesFile = false) => {
    for (let node = element; node; node = node.parentElement) {
      let text = "";
      for (let before = node.previousSibling; before; before = before.previousSibling) {
        if (before.nodeType === Node.TEXT_NODE) text = before.data + text;
        else if (before.nodeType === Node.ELEMENT_NODE) {
          if (before.matches(FIELDS) || before.querySelector(FIELDS)) break;
          if ((!headings && before.matches(core.headings)) || before.matches(PART)) break;
          if (takesFile && before.matches("button,a,[role=button],svg,img")) continue;
          const words = before.checkVisibility() ? nameText(before) : "";
          text = takesFile && /\p{L}{2}/u.test(words) ? words : words + text;
          if (before.matches("br,hr,p,div,li,tr") && squeeze(text)) break;
        }
      }
      if (takesFile && tellsToHandIn(text)) text = "";
      if (squeeze(text)) return squeeze(text).length <= 60 ? squeeze(text) : "";
      if (
        node.parentElement &&
        [...node.parentElement.querySelectorAll(FIELDS)].some((other) => !element.contains(other))
      )
        break;
    }
    return "";
  };

  // The largest part of the page around a field that holds no other: what stands beside it stands beside the field.
  const ASKING =
    "input:not([type=hidden]):not([type=submit]):not([type=button]):not([type=image]):not([type=reset]),select,textarea,[contenteditable=true]";
  const aloneAround = (field) => {
    let box = field;
    while (box.parentElement && box.parentElement.querySelectorAll(ASKING).length <= 1) box = box.parentElement;
    return box;
  };

  // What is read around a field and no other: its hint, its unit, its label too.
  const beside = (field) => {
    const box = aloneAround(field);
    const text = box.checkVisibility() ? squeeze(shownText(box)) : "";
    return text.length <= 160 ? text : "";
  };

  // A row of boxes of which each is followed by its unit (年 [ ] 月 [ ] 日): what stands between two is the unit of the one
  // before, never the name of the one behind. Answers the unit behind a box of such a row.
  const UNIT = 8;
  const unitBehind = (field) => {
    const box = aloneAround(field);
    const parts = [];
    for (const node of box.parentElement?.childNodes || []) {
      const isBox = node.nodeType === Node.ELEMENT_NODE && Boolean(node.matches(FIELDS) || node.querySelector(FIELDS));
      const text = isBox ? "" : squeeze(node.nodeType === Node.TEXT_NODE ? node.data : node.textContent);
      if (isBox || text) parts.push({ node, isBox, text });
    }
    const boxes = parts.filter((part) => part.isBox).length;
    const first = parts.findIndex((part) => part.isBox);
    const rest = parts.slice(first);
    const alternate = rest.every((part, place) => part.isBox === (place % 2 === 0));
    const units = rest.filter((part) => !part.isBox);
    if (boxes < 2 || !alternate || rest.at(-1).isBox) return "";
    if (units.some(({ node, text }) => text.length > UNIT || /[:：]$/.test(text) || node.nodeName === "LABEL"))
      return "";
    return rest[rest.findIndex((part) => part.node === box) + 1]?.text || "";
  };

  const placeholderLabel = (field) =>
    squeeze(field?.getAttribute("placeholder") || "")
      .replace(/^(请(输入|选择|填写|上传)|please (enter|select|input|choose)( your)?)/i, "")
      .trim();

  const itemOf = (element) => {
    for (const library of core.libraries)
      for (const item of library.items || []) {
        const found = element.closest(item.root);
        if (found) return { found, item };
      }
    return null;
  };

  // What a button that takes files says is not what they are called.
  const TAKES_FILES = /^(点击|重新)?(上传|选择|浏览)(照片|相片|图片|文件|附件|材料)?$/;
  // The one box inside a drawn control: a label may be tied to it alone.
  const insideOf = (root) => (root.querySelectorAll(FIELDS).length === 1 ? root.querySelector(FIELDS) : null);

  // A label around a box may hold what was chosen too: then the part that is called a label counts.
  const captionIn = (label) => {
    const parts = label.control && label.contains(label.control) ? [...label.querySelectorAll("[class*=label]")] : [];
    const own = parts.filter((one) => !one.querySelector(FIELDS) && nameText(one));
    return nameText(own.length === 1 ? own[0] : label);
  };
  // What is no field of the browser's own may still be named by a label for it.
  const tiedTo = (root) => (root.id ? root.getRootNode().querySelectorAll(`label[for="${CSS.escape(root.id)}"]`) : []);

  const labelOf = (of, field, kind, columnOf) => {
    const button =
      kind.kind === "upload" &&
      [...(field?.labels || [])].find((label) => TAKES_FILES.test(core.fold(shownText(label))));
    const root = button || of;
    const own =
      kind.groups || button
        ? []
        : [...(field?.labels || insideOf(root)?.labels || tiedTo(root))].map(captionIn).filter(Boolean);
    if (own.length) return [own[0], "label"];
    const aria = ariaName(root) || (field && !kind.groups && ariaName(field)) || "";
    if (aria && !kind.silent) return [aria, "aria"];
    if (kind.label) {
      const text = squeeze(kind.label(root));
      if (text) return [text, "own"];
    }
    const item = itemOf(root);
    const caption = item?.found.querySelector(item.item.label);
    const text = caption && nameText(caption);
    if (text) return [text, "item"];
    const column = columnOf(root);
    if (column) return [column, "column"];
    const file = kind.kind === "upload" ? root.closest("td,[role=gridcell]") : null;
    const cell = (file && leftOf(file, true)) || cellLabel(root);
    if (cell) return [cell, leftOf(root.closest("td,th,[role=gridcell]")) ? "cell" : "head"];
    const legend = kind.groups && root.closest("fieldset")?.querySelector("legend");
    if (legend) return [squeeze(shownText(legend)), "legend"];
    const unit = field && !kind.groups ? unitBehind(field) : "";
    if (unit) return [squeeze(`${nearbyText(rowOf(field))} ${unit}`), "unit"];
    const near = nearbyText(root, false, kind.kind === "upload");
    if (near) return [near, "nearby"];
    const inside = placeholderLabel(field);
    if (inside) return [inside, "placeholder"];
    const over = nearbyText(root, true);
    if (over) return [over, "nearby"];
    if (button) return [squeeze(shownText(button)), "label"];
    const beside = kind.groups ? "" : core.besideText(field);
    if (beside) return [beside, "nearby"];
    return [squeeze(field?.getAttribute("title") || ""), "title"];
  };

  // The first box of the row that a box with a unit stands in: what stands before it names the whole row.
  const rowOf = (field) => aloneAround(field).parentElement?.querySelector(FIELDS) || field;

  // Other names by which people may ask for it: what is written in the box, what it is called aloud, what stands beside it
  // or behind it. They count only where no control bears the name as its first one.
  // A label without the smaller or fainter words in it: a hint, a badge.
  const mainWords = (root, field) => {
    const item = itemOf(root);
    const caption = item?.found.querySelector(item.item.label) || field?.labels?.[0];
    if (!caption?.childElementCount) return "";
    const own = getComputedStyle(caption);
    const lesser = (node) => {
      const style = getComputedStyle(node);
      return (
        parseFloat(style.fontSize) < parseFloat(own.fontSize) ||
        style.backgroundColor !== "rgba(0, 0, 0, 0)" ||
        parseFloat(style.borderTopWidth) > 0
      );
    };
    return squeeze(shownText(caption, lesser));
  };
  const otherNames = (root, field, kind, label) => {
    const unit = field && !kind.groups ? unitBehind(field) : "";
    const names = kind.groups
      ? [ariaName(root), cellLabel(root), nearbyText(root)]
      : [
          mainWords(root, field),
          unit,
          placeholderLabel(field),
          ariaName(root) || (field ? ariaName(field) : ""),
          cellLabel(root),
          unit ? "" : nearbyText(root),
          unit ? "" : core.besideText(field),
        ];
    return [...new Set(names.filter((name) => name && name !== label))];
  };

  // What a pressable thing is called; the items of a menu that it opens are not part of its name.
  const buttonText = (element) => {
    if (element.matches("input")) return squeeze(element.value || element.title);
    const submenu = element.querySelector("ul,[role=menu]");
    const text = squeeze(shownText(element));
    return submenu ? squeeze(text.replace(squeeze(shownText(submenu)), "")) : text || ariaName(element);
  };

  return {
    PRESSABLE,
    TAKES_FILES,
    ariaName,
    beside,
    buttonText,
    cellLabel,
    contextOf,
    itemOf,
    labelOf,
    nearbyText,
    otherNames,
  };
};
