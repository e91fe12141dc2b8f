"""What a control is called: of all that stands around it, what a person would read first."""

from playwright.sync_api import Page

from assistant.page.form_page import FormPage

# Each page, and what its one box is called, and by what.
NAMED = [
    ("<label>甲 <input></label>", "甲", "label"),
    ("<label for=x>甲</label><p>乙 <input id=x></p>", "甲", "label"),
    ("<i id=a>甲</i><i id=b>乙</i><p>丙 <input aria-labelledby='a b'></p>", "甲 乙", "aria"),
    ("<p>丙 <input aria-label=甲 placeholder=乙></p>", "甲", "aria"),
    ("<i id=a>乙</i><p><label for=x>甲</label><input id=x aria-labelledby=a></p>", "甲", "label"),
    ("<i id=a>甲</i><p><input aria-labelledby=a aria-label=乙></p>", "甲", "aria"),
    ("<p><input aria-labelledby=gone aria-label=甲></p>", "甲", "aria"),
    ("<div class=el-form-item><label class=el-form-item__label>甲</label><p>乙 <input placeholder=丙></p></div>", "甲", "item"),
    ("<table><tr><td>甲：</td><td>乙 <input placeholder=丙></td></tr></table>", "甲：", "cell"),
    ("<table><tr><td>上</td><td>右上</td></tr><tr><td>甲</td><td><input></td></tr></table>", "甲", "cell"),
    ("<table><tr><td></td><td>甲</td></tr><tr><td></td><td><input></td></tr></table>", "甲", "head"),
    ("<table><thead><tr><th>序号</th><th>甲</th></tr></thead><tbody><tr><td></td><td><input></td></tr></tbody></table>", "甲", "head"),
    ("<p>甲 <input placeholder=乙></p>", "甲", "nearby"),
    ("<p>甲<br><input title=乙></p>", "甲", "nearby"),
    ("<p><input placeholder=请输入甲 title=乙></p>", "甲", "placeholder"),
    ("<p><input title=甲></p>", "甲", "title"),
    ("<p><span hidden>乙</span><span>甲</span> <input></p>", "甲", "nearby"),
]  # fmt: skip


def controls(page: Page, markup: str) -> list[tuple[str, str]]:
    page.set_content(f"<body>{markup}</body>")
    return [(one.label, one.label_source) for one in FormPage(page).look().controls]


def test_of_several_names_the_one_a_person_reads_first_counts(page: Page) -> None:
    called = {markup: controls(page, markup) for markup, _, _ in NAMED}
    assert called == {markup: [(label, source)] for markup, label, source in NAMED}


def test_a_question_of_several_answers_is_called_by_its_fieldset(page: Page) -> None:
    """An answer's own label names the answer, not the question."""
    answers = "<label><input type=radio name=r>是</label><label><input type=radio name=r>否</label>"
    assert controls(page, f"<fieldset><legend>甲</legend>{answers}</fieldset>") == [("甲", "own")]


def test_a_fieldset_is_a_heading_to_what_has_a_name_of_its_own(page: Page) -> None:
    page.set_content("<fieldset><legend>紧急联系人</legend><label>姓名 <input></label></fieldset>")
    (one,) = FormPage(page).look().controls
    assert (one.label, one.context) == ("姓名", ("紧急联系人",))


def test_a_text_belongs_to_the_control_it_stands_before_and_to_no_other(page: Page) -> None:
    assert controls(page, "<p>甲 <input> 乙 <input></p>") == [("甲", "nearby"), ("乙", "nearby")]
    assert controls(page, "<p>甲 <input> <input></p>") == [("甲", "nearby"), ("", "title")]


def test_equal_names_stay_equal_and_their_headings_tell_them_apart(page: Page) -> None:
    page.set_content("<h3>本人</h3><p>电话 <input></p><h3>配偶</h3><p>电话 <input></p>")
    seen = FormPage(page).look().controls
    assert [(one.label, one.context[-1]) for one in seen] == [("电话", "本人"), ("电话", "配偶")]
