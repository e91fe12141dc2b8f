"""Files with accidents of every kind: each gets a verdict of its own within bounded time, and never a traceback."""

import io
import random
from collections.abc import Callable
from datetime import date
from pathlib import Path

from PIL import Image

from assistant.check.documents.check_files import check_documents
from assistant.check.file_rules import FileRules
from assistant.check.slots import Slot
from assistant.profile.loading import Profile

ON = date(2026, 11, 22)
RULES = FileRules(types=("pdf", "jpeg", "png"))


def broken(data: bytes, rng: random.Random) -> bytes:
    """The file after an accident: cut, bytes flipped, a piece doubled, lost, or filled with something else."""
    at, length = rng.randrange(len(data)), rng.randrange(1, 400)
    piece = data[at : at + length]
    match rng.randrange(5):
        case 0:
            return data[:at]
        case 1:
            flipped = bytearray(data)
            for _ in range(40):
                flipped[rng.randrange(len(flipped))] ^= 1 << rng.randrange(8)
            return bytes(flipped)
        case 2:
            return data[:at] + piece * rng.randrange(1, 50) + data[at:]
        case 3:
            return data[:at] + data[at + length :]
        case _:
            return data[:at] + rng.randbytes(len(piece)) + data[at + len(piece) :]


def as_png(picture: bytes) -> bytes:
    """The same picture, small, as a PNG."""
    written = io.BytesIO()
    with Image.open(io.BytesIO(picture)) as image:
        image.resize((120, 160)).save(written, "PNG")
    return written.getvalue()


def test_broken_files_get_a_verdict_and_a_sound_one_among_them_is_fine(
    tmp_path: Path,
    paper: Callable[[str], bytes],
    slot: Callable[..., Slot],
    with_files: Callable[..., Profile],
) -> None:
    sound = {"pdf": paper("other"), "jpg": paper("photo"), "png": as_png(paper("photo"))}
    files, slots = {"sound": [tmp_path / "sound.pdf"]}, [slot("sound", RULES)]
    files["sound"][0].write_bytes(sound["pdf"])
    for seed in range(12):
        rng, extension = random.Random(seed), ("jpg", "pdf", "png", "pdf")[seed % 4]
        name = f"broken{seed}"
        files[name] = [tmp_path / f"{name}.{extension}"]
        files[name][0].write_bytes(broken(sound[extension], rng) or b"x")
        slots.append(slot(name, RULES))

    report = check_documents(with_files(files), slots, ON, jobs=2)
    states = {state.slot: state.state for state in report.slots}
    assert set(states) == set(files)
    assert states["sound"] == "ok"
    assert set(states.values()) <= {"ok", "bad", "unsure"}
    assert sum(state == "bad" for state in states.values()) >= 4
    found = {finding.slot for finding in report.findings}
    assert {name for name, state in states.items() if state != "ok"} <= found
