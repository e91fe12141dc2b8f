"""Controls of pages that nobody here made: what any person could fill is filled, and nothing is written into another box.

Each page is one kind of trouble that pages of strangers have; `check` is what the page itself says afterwards.
"""

from dataclasses import dataclass

import pytest
from playwright.sync_api import Page

from assistant import write_label


@dataclass(frozen=True)
class Kind:
    """A page, what is asked of it, and what must come of it."""

    name: str
    html: str
    label: str
    value: object
    check: str
    holds: object
    status: str = "verified"


ROW = '<div class="r"><div class="c"><label>{label}</label></div><div class="s"><div><div><div><div>{boxes}</div></div></div></div></div></div>'
STATION = '<td>站名</td><td><input type="radio" name="s" value="n">北站</td><td><input type="radio" name="s" value="x">西站</td>'
TOPICS = '<td>话题</td><td><input type="checkbox" name="t" value="a" checked>茶</td><td><input type="checkbox" name="t" value="b">酒</td>'

# As react-select does: only the open list says that it takes several; it holds what is not chosen yet.
SHOWN_AS_TAGS = """
<label for="x">货物</label><div><div id="c"><div><span id="tags"></span><input id="x" role="combobox" aria-haspopup="true" aria-autocomplete="list" style="width:60px"></div></div><div id="at"></div></div>
<script>
 var multi = true, held = multi ? ["茶", "丝"] : ["茶"];
 held = multi ? held : held.slice(0, 1);
 function draw() { tags.innerHTML = multi ? held.map((one) => `<span class="a-multiValue"><b>${one}</b><b role="button" aria-label="Remove ${one}">✕</b></span>`).join("") : `<span class="a-singleValue">${held[0]}</span>`; for (const [n, one] of [...tags.querySelectorAll("[role=button]")].entries()) one.onclick = () => { held.splice(n, 1); draw(); }; }
 function shut() { at.innerHTML = ""; x.removeAttribute("aria-controls"); }
 function open() { at.innerHTML = `<div id="l" role="listbox" ${multi ? 'aria-multiselectable="true"' : ""}>${["茶", "瓷器", "丝"].filter((one) => !multi || !held.includes(one)).map((one) => `<div role="option">${one}</div>`).join("")}</div>`; x.setAttribute("aria-controls", "l"); for (const one of l.children) one.onclick = () => { held = multi ? [...held, one.textContent] : [one.textContent]; draw(); shut(); }; }
 draw(); x.onmousedown = () => { at.firstChild ? shut() : open(); }; x.onblur = shut;
</script>"""

# As Semantic UI does: the menu stands in the drawn box, and so do the answers that were chosen.
FOLDED = """
<div><label>货物</label><div class="ui selection dropdown" tabindex="0" id="c"><input type="hidden"><i class="dropdown icon"></i><div class="default text">请选择</div><div class="menu" hidden><div class="item">茶</div><div class="item">瓷器</div><div class="item">丝</div></div></div></div>
<script>
 const menu = c.querySelector(".menu"), text = c.querySelector(".text");
 c.onclick = (event) => {
   const item = event.target.closest(".item");
   if (event.target.matches(".delete")) return event.target.parentElement.remove();
   if (item && c.matches(".multiple")) text.insertAdjacentHTML("beforebegin", `<a class="ui label">${item.textContent}<i class="delete icon">x</i></a>`);
   else if (item) { text.textContent = item.textContent; text.className = "text"; }
   menu.hidden = !menu.hidden && !(item && c.matches(".multiple"));
 };
</script>"""

PAGES = [
    Kind(
        "a label in a column beside, many levels up",
        ROW.format(label="船名", boxes='<input id="o">') + ROW.format(label="港口", boxes='<input id="x">'),
        "港口",
        "宁波",
        "x.value",
        "宁波",
    ),
    Kind(
        "words for screen readers only in a label",
        '<style>.v{position:absolute;width:1px;height:1px;overflow:hidden}</style><label for="x">Deck <span class="v">(needed)</span></label><input id="x">',
        "Deck",
        "B",
        "x.value",
        "B",
    ),
    Kind(
        "an icon's ligature in a label",
        '<label for="x">航次 <i class="material-icons">help</i></label><input id="x">',
        "航次",
        "V12",
        "x.value",
        "V12",
    ),
    Kind(
        "a state that is hidden from screen readers",
        '<label><input id="x" type="checkbox" role="switch"> 夜航 <b aria-hidden="true">关</b></label>',
        "夜航",
        True,
        "x.checked",
        True,
    ),
    Kind(
        "a visible label beside another name spoken aloud",
        '<table><tr><td>舵手</td><td><input id="x" aria-label="person one"></td></tr></table>',
        "舵手",
        "王",
        "x.value",
        "王",
    ),
    Kind(
        "only a placeholder, under a heading",
        '<h3>Find a ferry</h3><p><input id="x" placeholder="Pier"></p><p><input placeholder="Day"></p>',
        "Pier",
        "9",
        "x.value",
        "9",
    ),
    Kind(
        "two boxes of one item told apart by placeholder",
        '<div class="el-form-item"><label class="el-form-item__label">船期</label><div class="el-form-item__content"><input id="x" placeholder="开船"><input id="y" placeholder="到港"></div></div>',
        "到港",
        "明日",
        "[x.value,y.value].join()",
        ",明日",
    ),
    Kind(
        "radios of one question in cells side by side",
        f"<table><tr>{STATION}</tr></table>",
        "站名",
        "西站",
        "document.querySelector(':checked').value",
        "x",
    ),
    Kind(
        "ticks of one question in cells side by side",
        f"<table><tr>{TOPICS}</tr></table>",
        "话题",
        ["酒"],
        "[...document.querySelectorAll(':checked')].map((one) => one.value).join()",
        "b",
    ),
    Kind(
        "radios without a name",
        ROW.format(
            label="舱房",
            boxes='<span><label><input type="radio" value="i" onchange="o.checked=false" id="i">内舱</label><label><input type="radio" value="o" id="o">外舱</label></span>',
        )
        + ROW.format(label="备注", boxes="<input>"),
        "舱房",
        "外舱",
        "o.checked",
        True,
    ),
    Kind(
        "tick boxes without a name",
        ROW.format(
            label="餐食",
            boxes='<span><label><input type="checkbox" value="a">素</label><label><input type="checkbox" value="b">荤</label><label><input type="checkbox" value="c">清真</label></span>',
        ),
        "餐食",
        ["素", "清真"],
        "[...document.querySelectorAll(':checked')].map((one) => one.value).join()",
        "a,c",
    ),
    Kind(
        "tick boxes of different names are separate questions",
        '<fieldset><legend>须知</legend><label><input type="checkbox" name="a">听过讲解</label><label><input type="checkbox" name="b" id="x">会游泳</label></fieldset>',
        "会游泳",
        True,
        "[x.checked, document.querySelector('[name=a]').checked].join()",
        "true,false",
    ),
    Kind(
        "answers that show a drawing and are called aloud",
        '<div role="radiogroup" aria-label="天气"><span role="radio" aria-checked="false" aria-label="晴" tabindex="0" id="a">☀</span><span role="radio" aria-checked="false" aria-label="雨" tabindex="0" id="x">☂</span></div><script>for (const one of document.querySelectorAll("[role=radio]")) one.onclick = () => one.setAttribute("aria-checked", "true");</script>',
        "天气",
        "雨",
        "x.getAttribute('aria-checked')",
        "true",
    ),
    Kind(
        "a switch named by its own text",
        '<button type="button" role="switch" aria-checked="false" id="a">晕船药</button><button type="button" role="switch" aria-checked="false" id="x" onclick="this.setAttribute(\'aria-checked\', \'true\')">救生衣</button>',
        "救生衣",
        True,
        "[a,x].map((one) => one.getAttribute('aria-checked')).join()",
        "false,true",
    ),
    Kind(
        "a box that is only drawn with the focus",
        '<style>input{opacity:0;width:120px;height:30px}input:focus{opacity:1}</style><label><span>别名</span><input id="x" oninput="this.style.opacity=1"></label>',
        "别名",
        "小船",
        "x.value",
        "小船",
    ),
    Kind(
        "a window over the same label",
        '<label for="y">船长</label><input id="y"><div role="dialog" aria-label="新增" style="position:fixed;top:80px;background:#fff"><label for="x">船长</label><input id="x"><button type="button">关闭</button></div>',
        "船长",
        "李",
        "[x.value,y.value].join()",
        "李,",
    ),
    Kind(
        "a time of day",
        '<label for="x">开船时刻</label><input id="x" type="time">',
        "开船时刻",
        "07:15",
        "x.value",
        "07:15",
    ),
    Kind(
        "a day with a time",
        '<label for="x">集合</label><input id="x" type="datetime-local">',
        "集合",
        "2026-05-04 07:15",
        "x.value",
        "2026-05-04T07:15",
    ),
    Kind(
        "units behind boxes name none of them",
        '<div><span>航程：</span><input id="x"><span>小时</span><input id="y"><span>分</span></div>',
        "小时",
        "5",
        "[x.value,y.value].join()",
        "5,",
    ),
    Kind(
        "a date in three boxes",
        '<div><span>下水：</span><input id="x"><span>年</span><input id="y"><span>月</span><input id="z"><span>日</span></div>',
        "下水",
        "2021-04-09",
        "[x.value,y.value,z.value].join()",
        ",,",
        "refused",
    ),
    Kind(
        "half a set can't be had",
        '<fieldset><legend>通知</legend><label><input type="checkbox" value="a" checked disabled>广播</label><label><input type="checkbox" value="b">短信</label></fieldset>',
        "通知",
        ["短信"],
        "[...document.querySelectorAll(':checked')].map((one) => one.value).join()",
        "a",
        "refused",
    ),
    Kind(
        "a disabled answer that is on already",
        '<fieldset><legend>通知</legend><label><input type="checkbox" value="a" checked disabled>广播</label><label><input type="checkbox" value="b">短信</label></fieldset>',
        "通知",
        ["广播", "短信"],
        "[...document.querySelectorAll(':checked')].map((one) => one.value).join()",
        "a,b",
    ),
    Kind(
        "a password is the person's",
        '<label for="x">口令</label><input id="x" type="password">',
        "口令",
        "geheim",
        "x.value",
        "",
        "by-hand",
    ),
    Kind(
        "a word is no answer to a tick",
        '<label><input id="x" type="checkbox"> 同意</label>',
        "同意",
        "yes",
        "x.checked",
        False,
        "refused",
    ),
    Kind(
        "a label inside its drop-down",
        '<div role="combobox" id="c" aria-controls="l" aria-expanded="false"><label for="i">舱等</label><span class="p"></span><input id="i" readonly size="1"></div><div id="l" role="listbox" hidden><div role="option">头等</div><div role="option">三等</div></div><script>c.onmousedown = () => { l.hidden = false; }; for (const one of document.querySelectorAll("[role=option]")) one.onclick = () => { document.querySelector(".p").textContent = one.textContent; l.hidden = true; };</script>',
        "舱等",
        "三等",
        "document.querySelector('.p').textContent",
        "三等",
    ),
    Kind(
        "a table of choices in a pop-up",
        '<label for="x">港</label><input id="x" role="combobox" aria-haspopup="grid" aria-controls="g"><div id="g" role="grid" hidden><div role="row"><span role="gridcell">宁波</span><span role="gridcell">浙江</span></div><div role="row"><span role="gridcell">青岛</span><span role="gridcell">山东</span></div></div><script>x.oninput = x.onclick = () => { g.hidden = false; }; for (const one of g.children) one.onclick = () => { x.value = one.firstChild.textContent; g.hidden = true; };</script>',
        "港",
        "青岛",
        "x.value",
        "青岛",
    ),
    Kind(
        "a drop-down of several answers",
        '<b id="q">货物</b><div id="c" role="combobox" tabindex="0" aria-labelledby="q" aria-controls="l"><i>茶</i></div><div id="l" role="listbox" aria-multiselectable="true" hidden><p role="option" aria-selected="true">茶</p><p role="option" aria-selected="false">瓷器</p><p role="option" aria-selected="false">丝</p></div><script>c.onclick = () => { l.hidden = !l.hidden; }; for (const one of l.children) one.onclick = () => one.setAttribute("aria-selected", one.getAttribute("aria-selected") !== "true");</script>',
        "货物",
        ["瓷器", "丝"],
        "[...l.querySelectorAll('[aria-selected=true]')].map((one) => one.textContent).join()",
        "瓷器,丝",
    ),
    Kind(
        "a branch's leaf by its own name",
        '<label for="c">舱位</label><input id="c" role="combobox" aria-haspopup="tree" aria-controls="t" readonly><ul id="t" role="tree" hidden><li role="treeitem" aria-expanded="false"><span>上层</span><ul role="group" hidden><li role="treeitem"><span>前舱</span></li></ul></li><li role="treeitem" aria-expanded="false"><span>下层</span><ul role="group" hidden><li role="treeitem"><span>后舱</span></li></ul></li></ul><script>c.onclick = () => { t.hidden = !t.hidden; }; for (const one of t.querySelectorAll("span")) one.onclick = () => { const group = one.nextElementSibling; if (group) { group.hidden = !group.hidden; one.parentElement.setAttribute("aria-expanded", !group.hidden); } else { c.value = one.textContent; t.hidden = true; } };</script>',
        "舱位",
        "后舱",
        "c.value",
        "后舱",
    ),
    Kind(
        "a leaf of a name that two branches have",
        '<label for="c">舱位</label><input id="c" role="combobox" aria-haspopup="tree" aria-controls="t" readonly><ul id="t" role="tree" hidden><li role="treeitem" aria-expanded="true"><span>上层</span><ul role="group"><li role="treeitem"><span>前舱</span></li></ul></li><li role="treeitem" aria-expanded="true"><span>下层</span><ul role="group"><li role="treeitem"><span>前舱</span></li></ul></li></ul><script>c.onclick = () => { t.hidden = !t.hidden; }; for (const one of t.querySelectorAll("li li span")) one.onclick = () => { c.value = one.textContent; t.hidden = true; };</script>',
        "舱位",
        "前舱",
        "c.value",
        "",
        "refused",
    ),
    Kind(
        "a slider",
        '<b id="q">航速</b><div id="x" role="slider" tabindex="0" aria-labelledby="q" aria-valuemin="0" aria-valuemax="30" aria-valuenow="10" style="width:99px;height:9px"></div><script>x.onkeydown = (event) => { const by = { ArrowUp: 5, ArrowDown: -5 }[event.key]; if (by) x.setAttribute("aria-valuenow", Number(x.getAttribute("aria-valuenow")) + by); };</script>',
        "航速",
        "25",
        "x.getAttribute('aria-valuenow')",
        "25",
    ),
    Kind(
        "a slider whose steps don't meet the value",
        '<b id="q">航速</b><div id="x" role="slider" tabindex="0" aria-labelledby="q" aria-valuemin="0" aria-valuemax="30" aria-valuenow="10" style="width:99px;height:9px"></div><script>x.onkeydown = (event) => { const by = { ArrowUp: 5, ArrowDown: -5 }[event.key]; if (by) x.setAttribute("aria-valuenow", Number(x.getAttribute("aria-valuenow")) + by); };</script>',
        "航速",
        "23",
        "x.getAttribute('aria-valuenow')",
        "10",
        "refused",
    ),
    Kind(
        "the browser's own slider",
        '<label for="x">航速</label><input id="x" type="range" min="0" max="30" step="5" value="10">',
        "航速",
        "23",
        "x.value",
        "10",
        "refused",
    ),
    Kind(
        "a number moved by two buttons",
        '<div role="group"><button type="button" aria-label="减少" onclick="x.setAttribute(\'aria-valuenow\', x.getAttribute(\'aria-valuenow\') - 1)">−</button><div id="x" role="spinbutton" tabindex="0" aria-label="甲板" aria-valuenow="5">5</div><button type="button" aria-label="增加" onclick="x.setAttribute(\'aria-valuenow\', x.getAttribute(\'aria-valuenow\') - -1)">+</button></div>',
        "甲板",
        "2",
        "x.getAttribute('aria-valuenow')",
        "2",
    ),
    Kind(
        "stars by their number",
        '<fieldset><legend>评价</legend><label><input type="radio" name="s" value="1">1 星</label><label><input type="radio" name="s" value="2">2 星</label><label><input type="radio" name="s" value="3">3 星</label></fieldset>',
        "评价",
        "2",
        "document.querySelector(':checked').value",
        "2",
    ),
    Kind(
        "a dialling code and a number under one label",
        '<div class="el-form-item"><label class="el-form-item__label">电台</label><div class="el-form-item__content"><select id="y"><option>+86</option><option>+81</option></select><input id="x"></div></div>',
        "电台",
        "5551234",
        "[x.value,y.value].join()",
        "5551234,+86",
    ),
    Kind(
        "two boxes that could both take it",
        '<div class="el-form-item"><label class="el-form-item__label">电台</label><div class="el-form-item__content"><input id="y"><input id="x"></div></div>',
        "电台",
        "5551234",
        "[x.value,y.value].join()",
        ",",
        "refused",
    ),
    Kind(
        "one of two switches that can be pressed",
        '<p>夜灯 <button type="button" role="switch" aria-checked="false" id="x" aria-label="夜灯" onclick="this.setAttribute(\'aria-checked\', \'true\')">1</button></p><p>夜灯 <button type="button" role="switch" aria-checked="false" aria-disabled="true" aria-label="夜灯" id="y">2</button></p>',
        "夜灯",
        True,
        "[x,y].map((one) => one.getAttribute('aria-checked')).join()",
        "true,false",
    ),
    Kind(
        "a date in the order that its box says",
        '<label for="x">启航</label><input id="x" placeholder="DD/MM/YYYY">',
        "启航",
        "2026-03-09",
        "x.value",
        "09/03/2026",
    ),
    Kind(
        "labels in a grid, before their boxes and over them",
        '<div style="display:grid;grid-template-columns:99px 180px"><b>甲板</b><b>舱口</b><input id="y"><input id="x"></div>',
        "舱口",
        "3",
        "[x.value,y.value].join()",
        "3,",
    ),
    Kind(
        "a name that is drawn in its box",
        '<div style="position:relative;width:180px;height:30px"><input id="x" style="width:180px;height:28px"><span style="position:absolute;left:6px;top:6px">吃水</span></div><p>备注 <input></p>',
        "吃水",
        "4",
        "x.value",
        "4",
    ),
    Kind(
        "a drop-down of no library, drawn of plain parts",
        '<div class="row"><span>旗帜</span> <div class="my-select" tabindex="0" id="c"><span>请选择</span> ▾</div></div><div id="l" hidden><div>红</div><div>蓝</div></div><script>c.onclick = () => { l.hidden = !l.hidden; }; for (const one of l.children) one.onclick = () => { c.firstChild.textContent = one.textContent; l.hidden = true; };</script>',
        "旗帜",
        "蓝",
        "c.firstChild.textContent",
        "蓝",
    ),
    Kind(
        "a search that offers nothing like it",
        '<div class="row"><span>旗帜</span> <div class="my-select" id="c"><input id="x"><i>▾</i></div></div><div id="l" hidden><div>红</div><div>蓝</div></div><script>c.onclick = () => { l.hidden = false; }; x.oninput = () => { for (const one of l.children) one.hidden = !one.textContent.includes(x.value); }; for (const one of l.children) one.onclick = () => { x.value = one.textContent; l.hidden = true; }; document.onmousedown = (event) => { if (!c.contains(event.target) && !l.contains(event.target)) l.hidden = true; };</script>',
        "旗帜",
        "绿",
        "x.value",
        "",
        "refused",
    ),
    *(
        Kind(
            f"what is the person's alone: {label}",
            f'<label for="x">{label}</label><input id="x">',
            label,
            "7788",
            "x.value",
            "",
            "by-hand",
        )
        for label in ("验证码", "短信验证码", "Verification code")
    ),
    Kind(
        "a number that its page writes in groups",
        """<label for="x">运单</label><input id="x" onblur="this.value = this.value.replace(/(\\d{4})(?=\\d)/g, '$1 ')">""",
        "运单",
        "622202123456",
        "x.value",
        "6222 0212 3456",
        "mismatched",
    ),
    Kind(
        "a box that nobody can reach",
        '<div inert><label for="x">船名</label><input id="x"></div>',
        "船名",
        "小船",
        "x.value",
        "",
        "refused",
    ),
    Kind(
        "a tick box that is transparent over its drawing, beside its words",
        '<div><div style="position:relative;width:160px"><input id="x" type="checkbox" readonly style="opacity:0;position:absolute;width:60px;height:20px"><label>有救生衣</label></div></div>',
        "有救生衣",
        True,
        "x.checked",
        True,
    ),
    Kind(
        "stars that stand in no group",
        "<div><label>船况</label><ul>"
        + "".join(
            f'<li><div role="radio" aria-checked="false" aria-setsize="3" aria-posinset="{n}" style="width:20px;height:20px">☆</div></li>'
            for n in (1, 2, 3)
        )
        + "</ul></div><script>for (const one of document.querySelectorAll('[role=radio]')) one.onclick = () => { for (const other of document.querySelectorAll('[role=radio]')) other.setAttribute('aria-checked', other.ariaPosInSet <= one.ariaPosInSet); };</script>",
        "船况",
        "2",
        "document.querySelectorAll('[aria-checked=true]').length",
        2,
    ),
    Kind(
        "a drop-down that keeps its menu in itself",
        FOLDED,
        "货物",
        "瓷器",
        "document.querySelector('.text').textContent",
        "瓷器",
    ),
    Kind(
        "several answers in a drop-down that keeps its menu in itself",
        FOLDED.replace("selection dropdown", "multiple selection dropdown"),
        "货物",
        ["瓷器", "丝"],
        "[...document.querySelectorAll('a')].map((one) => one.firstChild.data).sort().join()",
        "丝,瓷器",
    ),
    Kind(
        "a list that hides what was chosen and closes after each choice",
        SHOWN_AS_TAGS,
        "货物",
        ["瓷器", "丝"],
        "held.join()",
        "丝,瓷器",
    ),
    Kind(
        "a list of one that leaves the page when it closes",
        SHOWN_AS_TAGS.replace("multi = true", "multi = false"),
        "货物",
        ["瓷器", "丝"],
        "held.join()",
        "茶",
        "refused",
    ),
    Kind(
        "several texts for a box of one",
        '<label for="x">船名</label><input id="x">',
        "船名",
        ["甲", "乙"],
        "x.value",
        "",
        "refused",
    ),
]


@pytest.mark.parametrize("kind", PAGES, ids=lambda kind: kind.name)
def test_what_a_person_could_fill_is_filled_and_nothing_else_is(kind: Kind, page: Page) -> None:
    page.set_content(f'<form onsubmit="window.sent = true; return false">{kind.html}</form>')
    outcome = write_label(page, kind.label, kind.value)
    assert (outcome.status, page.evaluate(kind.check)) == (kind.status, kind.holds)
    assert not page.evaluate("window.sent || false")
