"""The desk as a program: its first line, one a folder, its end."""

import http.client
import subprocess
import sys
from urllib.parse import urlsplit

import pytest


def started(folder, *words) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "assistant", "desk", str(folder), "--no-open", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def asked(address: str, method: str = "GET", **headers: str) -> http.client.HTTPResponse:
    where = urlsplit(address)
    connection = http.client.HTTPConnection(where.netloc, timeout=30)
    connection.request(method, f"{where.path}?{where.query}", headers=headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer


@pytest.fixture
def running(desk_folder):
    process = started(desk_folder)
    yield process
    process.kill()
    process.communicate()


def test_the_first_line_lets_in_once_a_second_start_opens_the_same_desk_and_quitting_ends_it(running, desk_folder):
    address = running.stdout.readline().strip()
    assert address.startswith("http://127.0.0.1:")
    second = started(desk_folder, "--port", "0")
    again = second.communicate(timeout=60)[0].strip()
    assert second.returncode == 0
    assert urlsplit(again).netloc == urlsplit(address).netloc
    assert asked(address).status == 303
    assert asked(address).status == 403
    entered = asked(again)
    cookie = (entered.getheader("set-cookie") or "").partition(";")[0]
    own = address.partition("/start")[0]
    assert asked(f"{own}/", Cookie=cookie).status == 200
    assert asked(f"{own}/quit", "POST", Cookie=cookie, **{"Sec-Fetch-Site": "same-origin"}).status == 200
    out, err = running.communicate(timeout=60)
    assert running.returncode == 0
    assert out == ""
    assert "token" not in err and "LEE" not in err


def test_a_taken_port_is_said_in_one_sentence(running, desk_folder, tmp_path):
    port = urlsplit(running.stdout.readline()).port
    other = started(tmp_path / "other", "--port", str(port), "--lang", "zh")
    assert "已被别的程序占用" in other.communicate(timeout=60)[1]
    assert other.returncode == 2


def test_a_desk_that_was_killed_does_not_stand_in_the_way(running, desk_folder):
    first = running.stdout.readline()
    running.kill()
    running.wait()
    second = started(desk_folder)
    line = second.stdout.readline()
    second.kill()
    second.communicate()
    assert line.startswith("http://127.0.0.1:") and line != first


def test_the_desk_itself_never_loads_the_browsers_driver_or_what_reads_pictures():
    heavy = ("playwright", "onnxruntime", "numpy", "cv2", "PIL", "pypdfium2", "pikepdf")
    told = subprocess.run(
        [
            sys.executable,
            "-c",
            f"import sys, assistant.desk.desk; print([one for one in {heavy} if one in sys.modules])",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == "[]", (
        "each costs a second before the first page; runs load them in processes of their own"
    )
