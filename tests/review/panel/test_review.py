"""The review panel on the mock portal, used by a person who only reads, points and presses."""

import re
from hashlib import sha256
from urllib.parse import urlsplit


def changed(profile, part, **values):
    """The profile with some values of one part changed."""
    return profile.model_copy(update={part: getattr(profile, part).model_copy(update=values)})


def held(mock, section):
    return mock.state()["applications"][0]["sections"].get(section, {})


def item(page, label):
    """One question of the mock's page with all that belongs to it."""
    asked = page.locator("label", has_text=re.compile(rf"^\s*{label}\s*[:：]?\s*$"))
    return page.locator(".el-form-item:visible", has=asked).last


def field(page, label):
    """The input of one field of the mock's page, as the person sees it."""
    return item(page, label).locator("input:not([type=file]), textarea").first


def test_a_kept_value_is_a_card_and_takes_the_profiles_value_only_when_the_person_says_so(session, mock, lee):
    session.fill(changed(lee, "applicant", birth_place="BUSAN"), sections=("personal",))
    report = session.fill(lee, sections=("personal",))
    assert report.counts["kept"] == 1
    page, holders = session.page.page, []
    session.guard.on_change.append(holders.append)

    def rename(old, new):
        """Whose form the page says it is."""
        page.evaluate(
            """([old, now]) => { const at = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
            while (at.nextNode()) if (at.currentNode.data.trim() === old) at.currentNode.data = now; }""",
            [old, new],
        )

    def script(person):
        yield
        assert person.sees("笔在您手里")
        assert person.sees("申请人 LEE MINJUN　护照 M***2"), "the number is masked where nothing is compared"
        assert person.sees("BUSAN") and person.buttons("改用资料的值") == ["改用资料的值：出生地"]
        person.press("在页面上查看：出生地")
        yield
        assert field(page, "出生地").input_value() == "BUSAN" and holders == []
        rename("M98765432", "X11111111")
        person.press("改用资料的值：出生地")
        yield
        yield
        assert person.sees("不是该申请人的"), "by now the page says that it is somebody else's form"
        assert field(page, "出生地").input_value() == "BUSAN" and session.guard.holder == "person"
        rename("X11111111", "M98765432")
        holders.clear()
        person.press("改用资料的值：出生地")
        for _ in range(3):
            yield
        assert field(page, "出生地").input_value() == lee.applicant.birth_place
        assert person.sees("已改用资料的值并核对") and not person.buttons("改用资料的值")
        assert holders == ["tool", "person"], "the pen was taken for this field and given back"
        assert held(mock, "personal")["出生地"] == "BUSAN", "saving is the person's"
        page.get_by_role("button", name="暂存").click()
        yield

    session.review(report, script)
    page.wait_for_timeout(300)
    assert held(mock, "personal")["出生地"] == lee.applicant.birth_place
    assert mock.state()["submits"] == 0


def test_what_the_tool_cannot_fill_is_pasted_field_by_field_with_one_key(session, lee):
    """Two fields the page locks while the tool writes: the person gets both values in turn, without the mouse."""
    page = session.page.page
    labels = ("出生地", "详细地址")

    def lock(title, number):
        session.panel_section(title, number)
        for label in labels:
            field(page, label).evaluate("(one) => { one.readOnly = true; }")

    def script(person):
        for label in labels:
            field(page, label).evaluate("(one) => { one.readOnly = false; }")
        yield
        assert person.buttons("逐项手工补填（2 项）")
        for _ in labels:
            person.keys("F8")
            yield
            yield
            person.keys("Control+v")
        page.wait_for_timeout(600)
        yield
        assert not person.buttons("逐项手工补填")

    report = session.fill(lee, sections=("personal",), on_section=lock)
    assert report.counts["refused"] == 2
    session.review(report, script)
    assert field(page, "出生地").input_value() == lee.applicant.birth_place
    assert field(page, "详细地址").input_value() == lee.applicant.address.detail


def test_a_pause_is_honoured_at_the_next_boundary_and_ends_only_by_the_persons_press(session, mock, lee):
    def at(title, number):
        session.panel_section(title, number)
        if number == 1:
            session.person.press("暂停")

    def script(person):
        yield
        assert session.guard.holder == "person" and person.sees("笔在您手里")
        seen = len(mock.state()["requests"])
        for _ in range(20):
            yield
        assert len(mock.state()["requests"]) == seen, "no timer ever stands for consent"
        person.press("继续")
        yield

    report = session.fill(lee, sections=("personal", "education"), on_section=at, script=script)
    assert report.exit_code == 0 and len(report.sections) == 2
    assert held(mock, "personal")["出生地"] == lee.applicant.birth_place


def test_between_sections_the_person_looks_in_the_window_and_sends_the_tool_on(visible_session, lee):
    session, pressed = visible_session, []

    def script(person):
        yield
        assert person.sees("教育经历") and person.buttons("在页面上查看：护照号码")
        person.press("继续下一段")
        pressed.append(True)
        yield

    report = session.fill(lee, sections=("personal", "education"), pause="section", script=script)
    assert pressed == [True] and report.exit_code == 0 and len(report.sections) == 2


def test_who_takes_over_has_the_form_and_the_tool_writes_no_more(session, mock, lee):
    def at(title, number):
        session.panel_section(title, number)
        if number == 2:
            session.person.press("由我接手")

    report = session.fill(lee, sections=("personal", "education", "business"), on_section=at)
    assert session.guard.holder == "person" and report.handed_over
    assert report.stopped is not None and report.exit_code == 1
    assert not held(mock, "business").get("申请在华工作时间(开始)") and not held(mock, "education")
    assert mock.state()["submits"] == 0


def test_a_field_of_another_section_is_named_not_guessed(session, lee):
    report = session.fill(lee, sections=("personal", "education"))
    page = session.page.page

    def script(person):
        yield
        page.get_by_role("tab", name="教育经历").click()
        page.wait_for_timeout(700)
        yield
        person.press("在页面上查看：护照号码")
        yield
        yield
        assert person.sees("请在页面上打开「个人信息」")
        page.get_by_role("tab", name="个人信息").click()
        page.wait_for_timeout(700)
        yield
        person.press("在页面上查看：护照号码")
        yield
        yield
        assert not person.sees("请在页面上打开")

    session.review(report, script)


def test_what_the_portal_receives_is_the_same_with_and_without_the_panel(session, mock, lee):
    """Every section, rows and uploads included; what the requests carry is compared, not only where they go."""
    sent: list[tuple[str, str, str]] = []
    session.page.page.context.on("request", lambda request: sent.extend(_sent(request)))
    session.fill(lee, panel=False)
    plain, bare = mock.state(), sent[:]
    mock.reset()
    sent.clear()
    report = session.fill(lee)

    def script(person):
        yield
        person.press("在页面上查看：护照号码")
        yield
        person.press("复制：护照号码")
        yield

    session.review(report, script)
    with_panel = mock.state()
    assert len(bare) > 10 and len({body for _, _, body in bare}) > 7, "the bodies are seen"
    assert sent == bare
    for part in ("sections", "attachments"):
        assert with_panel["applications"][0][part] == plain["applications"][0][part]


def _sent(request):
    """What a request that changes something tells the portal; what is new in every run (ids, boundaries) left out."""
    if request.method == "GET":
        return
    body = re.sub(rb"----WebKitFormBoundary\w+|[0-9a-f]{8,}(-[0-9a-f]+)*", b"*", request.post_data_buffer or b"")
    path = re.sub(r"[0-9a-f-]{8,}", "*", urlsplit(request.url).path)
    yield request.method, path, sha256(body).hexdigest()


HOSTILE = """(() => {
  const tries = (window.tries = { count: 0, errors: 0, found: [] });
  const attempt = (act) => { try { act(); } catch { tries.errors += 1; } };
  const attack = () => {
    tries.count += 1;
    const host = [...document.documentElement.children].find((one) => one.localName === "div");
    const targets = [window, document, document.documentElement, host].filter(Boolean);
    for (const target of targets) for (const type of ["pointerdown", "pointerup", "mousedown", "mouseup", "click"])
      for (let y = 20; y < innerHeight; y += 25) for (const x of [60, 180, innerWidth - 260, innerWidth - 90])
        attempt(() => target.dispatchEvent(new PointerEvent(type, { bubbles: true, composed: true, clientX: x, clientY: y, detail: 1 })));
    for (const target of targets) for (const key of ["F8", "F9", "Enter", " ", "Escape"])
      for (const type of ["keydown", "keyup"]) attempt(() => target.dispatchEvent(new KeyboardEvent(type, { key, bubbles: true, composed: true })));
    attempt(() => host && host.click());
    attempt(() => host && host.focus());
    if (host && host.shadowRoot) tries.found.push("shadow root");
    attempt(() => host && host.attachShadow({ mode: "open" }) && tries.found.push("second root"));
    for (const name of Object.getOwnPropertyNames(window)) if (/^(panel|assistant)/i.test(name)) tries.found.push(name);
    if (/M98765432/.test(host ? host.innerText + host.textContent + host.outerHTML : "")) tries.found.push("a value");
    for (const one of ["assistant", "panel", "pen", "release", "hand-over", "take-over"]) {
      window.dispatchEvent(new Event(one));
      window.postMessage({ kind: one, secret: "", data: {} }, "*");
    }
    for (const form of document.forms) { attempt(() => form.submit()); attempt(() => form.requestSubmit()); }
    fetch("/api/applications/submit", { method: "POST" }).catch(() => {});
    if (host && tries.count % 5 === 0) host.remove();
  };
  setInterval(attack, 150);
})()"""


def test_a_hostile_page_presses_nothing_finds_nothing_and_lifts_nothing(session, mock, lee):
    page = session.page.page
    page.context.add_init_script(HOSTILE)
    kinds, holders, tries = [], [], []

    def at(title, number):
        session.panel_section(title, number)
        session.guard.on_change.append(holders.append)
        page.wait_for_timeout(700)
        kinds.extend(said.kind for said in session.panel._host._said)
        finished = session.panel.finished

        def look_back(section):
            # While the tool holds the pen: after hand-over the page may well submit itself away.
            tries.append(page.evaluate("window.tries"))
            finished(section)

        session.panel.finished = look_back

    report = session.fill(lee, sections=("personal",), on_section=at)
    assert tries[0]["count"] >= 3, "the page did attack"
    assert tries[0]["found"] == []
    assert kinds == [] and not session.panel.over and not session.panel.pause_wanted
    assert holders == ["person"], "the pen changed hands once, at hand-over"
    assert mock.state()["submits"] == 0
    assert report.guard["blocked"], "what it tried to send was refused"

    def script(person):
        yield
        for _ in range(10):
            page.wait_for_timeout(60)
            yield
        assert person.sees("笔在您手里"), "it came back each time the page took it away"

    session.review(report, script)
    assert session.panel._board.done == set()
