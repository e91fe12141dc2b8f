"""What `assistant mock` promises: its address is the first line, and it ends when it is interrupted."""

import json
import os
import signal
import subprocess
import sys
import urllib.request

import pytest

from assistant.cli.main import main


@pytest.mark.skipif(os.name != "posix", reason="the interrupt is sent as a POSIX signal")
def test_the_address_is_the_first_line_and_an_interrupt_ends_it_calmly() -> None:
    command = [sys.executable, "-m", "assistant", "mock", "--port", "0", "--on", "2026-12-01"]
    # Whoever runs the tests in the background has interrupts ignored; the command must not inherit that here.
    heeded = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        serving = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8")
    finally:
        signal.signal(signal.SIGINT, heeded)
    with serving:
        assert serving.stdout and serving.stderr
        try:
            url = serving.stdout.readline().strip()
            with urllib.request.urlopen(f"{url}/__mock__/state", timeout=20) as answer:
                assert json.load(answer)["applications"] == []
            assert url.startswith("http://127.0.0.1:")
        finally:
            serving.send_signal(signal.SIGINT)
        assert serving.wait(timeout=20) in (0, 130)
        assert "Traceback" not in serving.stderr.read()


def test_an_unknown_city_is_unusable_input(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["mock", "--city", "atlantis", "--lang", "en"]) == 2
    written = capsys.readouterr()
    assert written.out == ""
    assert "shenzhen" in written.err


@pytest.mark.parametrize("wrong", [["--port", "70000"], ["--port", "x"], ["--on", "2026-02-30"]])
def test_an_impossible_option_is_refused_before_anything_starts(
    wrong: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["mock", *wrong])
    assert ended.value.code == 2
    assert capsys.readouterr().out == ""
