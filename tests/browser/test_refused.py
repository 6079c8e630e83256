"""Who may not drive the page, and what is never taken for more than text."""

from __future__ import annotations

import socket
from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.browser.conftest import Open
from tests.browser.served import MARKED, TITLE, Served

MIB = 1024 * 1024
WAYS_OUT = ("page/../../../scenarios", "page/%2e%2e/%2e%2e/app.py", "..%2f..%2f", "page/..\\app.py", "page//main.js")
FOREIGN = """async address => {
  const sent = [];
  for (const [path, body] of [["api/quit", "{}"], ["api/jobs", "{}"], ["", null]]) {
    const asked = body ? { method: "POST", body, mode: "no-cors" } : { mode: "no-cors" };
    try { const answer = await fetch(address + path, asked); sent.push(answer.type + await answer.text()); }
    catch (wrong) { sent.push("refused"); }
  }
  return sent;
}"""
"""What a page of another site would try."""


def test_another_page_in_the_same_browser_cannot_drive_it(browser: Browser, served: Served) -> None:
    context = browser.new_context()
    try:
        page = context.new_page()
        page.goto("data:text/html,<title>another site</title>")
        answers = page.evaluate(FOREIGN, served.address)
        framed = context.new_page()
        framed.goto(f"data:text/html,<iframe src='{served.address}'></iframe>")
        assert framed.frames[-1].locator("main").count() == 0
    finally:
        context.close()
    assert all(answer in ("refused", "opaque") for answer in answers), answers
    assert served.process.poll() is None
    assert served.told("api/start")["opened"]["name"]


def test_a_foreign_host_a_missing_token_and_a_way_out_are_refused(served: Served) -> None:
    assert served.ask("", headers={"Host": f"evil.example:{served.port}"})[0] in (403, 421)
    assert served.ask("api/jobs", {}, {"Origin": "http://evil.example"})[0] == 403
    for path in ("/", "/api/start", "/page/main.js", f"/{'x' * 32}/api/start"):
        status, answer = Served(f"http://127.0.0.1:{served.port}{path}", served.process, served.folder).ask("")
        assert status == 403 and b"saldo explore" in answer
    for path in (
        "page/../../../scenarios",
        "page/%2e%2e/%2e%2e/app.py",
        "..%2f..%2f",
        "page/..\\app.py",
        "page//main.js",
    ):
        status, answer = served.ask(path)
        assert status in (400, 403, 404) and b"import" not in answer, path
    told = {"id": "../../../../etc/passwd"}
    assert served.ask("api/open", told)[0] == 422


def resident(served: Served) -> int:
    """Return the memory of the server [bytes]."""
    lines = Path(f"/proc/{served.process.pid}/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmRSS:"))


def test_an_upload_of_100_mb_is_refused_before_it_is_read(served: Served) -> None:
    before, sent = resident(served), 0
    head = (
        f"POST /{served.address.split('/', 3)[3]}api/upload?name=x.yaml HTTP/1.1\r\nHost: 127.0.0.1:{served.port}\r\n"
        "Content-Type: text/yaml\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", served.port), timeout=10) as line:
        line.sendall(head.encode())
        try:
            while sent < 100 * MIB:
                line.sendall(b"100000\r\n" + b"#" * MIB + b"\r\n")
                sent += MIB
        except OSError:
            pass
        try:
            answer = line.recv(4096)
        except OSError:
            answer = b""
    assert sent < 20 * MIB
    assert answer == b"" or b" 413 " in answer.splitlines()[0]
    assert resident(served) - before < 20 * MIB
    assert served.told("api/places")["places"]


def test_markup_in_a_title_is_text(opened: Open) -> None:
    view = opened()
    page = view.page
    page.on("dialog", lambda dialog: view.wrong.append(dialog.message))
    view.button("header", "open").click()
    page.get_by_role("searchbox", name=view.words["opening"]["search"], exact=True).fill(MARKED)
    place = page.get_by_role("dialog").get_by_role("button", name=MARKED)
    expect(place).to_contain_text(TITLE)
    place.click()
    expect(page.get_by_role("banner")).to_contain_text(TITLE)
    view.wait_until_simulated()
    assert page.title() == f"{TITLE} – saldo"
    assert page.locator("img, header script, main script, header b, main b").count() == 0


def test_a_wrong_file_is_refused_with_all_its_faults(opened: Open, tmp_path: Path) -> None:
    file = tmp_path / "mit.yaml"
    file.write_text("extends: scenarios/null.yaml\nname: x\ndemand: {scal: 2}\n", encoding="utf-8")
    view = opened()
    view.button("header", "open").click()
    view.wrong.clear()
    view.page.get_by_label(view.words["opening"]["file"]).set_input_files(file)
    alert = view.page.get_by_role("dialog").get_by_role("alert")
    expect(alert).not_to_be_empty()
    assert str(tmp_path) not in alert.inner_text()
    assert "extends" in alert.inner_text()
    view.wrong[:] = [line for line in view.wrong if "status of 422" not in line]
