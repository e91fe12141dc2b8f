"""What was signed is believed, and nothing else; minisign's own program agrees."""

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import InputError
from assistant.jobs.packs.signature import PublicKey, SecretKey, is_by, signer_of

KEY, OTHER = SecretKey.new(), SecretKey.new()


@given(st.binary(max_size=200), st.text("甲乙ab 1", max_size=20))
def test_what_a_key_signed_is_its_own(content: bytes, comment: str) -> None:
    signature = KEY.sign(content, comment)
    assert signer_of(signature) == KEY.id
    assert is_by(signature, content, KEY.public)
    assert not is_by(signature, content + b"x", KEY.public)
    assert not is_by(signature, content, OTHER.public)
    assert not is_by(signature, content, PublicKey(KEY.id, OTHER.public.key))


@given(st.integers(0, 10**6), st.sampled_from("ABCabc123+/="))
def test_no_change_of_a_signature_passes(place: int, sign: str) -> None:
    """The first line is a remark that nobody relies on."""
    signature = KEY.sign(b"content", "comment")
    first = signature.index("\n") + 1
    place = first + place % (len(signature) - first - 1)
    changed = signature[:place] + sign + signature[place + 1 :]
    if changed == signature:
        return
    try:
        assert not is_by(changed, b"content", KEY.public)
    except InputError:
        return


def test_a_key_is_read_as_it_was_written_and_its_secret_is_never_shown() -> None:
    assert PublicKey.read(KEY.public.written()) == KEY.public
    assert PublicKey.read(KEY.public.written().splitlines()[1]) == KEY.public
    assert SecretKey.read(KEY.secret_text) == KEY
    assert KEY.seed.hex() not in repr(KEY)
    for text in ("", "x", "untrusted comment: x\nabc\n", KEY.public.written() * 2):
        with pytest.raises(InputError):
            PublicKey.read(text)


@pytest.mark.skipif(
    shutil.which("minisign") is None, reason="minisign is not installed here (Debian: apt-get install minisign)"
)
def test_minisign_checks_what_we_sign_and_we_check_what_it_signs(tmp_path: Path) -> None:
    file, key = tmp_path / "list.json", tmp_path / "key"
    file.write_bytes(b"content")
    (tmp_path / "list.json.minisig").write_text(KEY.sign(b"content", "三月"), encoding="utf-8")
    line = KEY.public.written().splitlines()[1]
    checked = subprocess.run(["minisign", "-V", "-m", file, "-P", line], capture_output=True, text=True, check=False)
    assert checked.returncode == 0 and "三月" in checked.stdout
    subprocess.run(["minisign", "-G", "-W", "-p", f"{key}.pub", "-s", key], capture_output=True, check=True)
    subprocess.run(["minisign", "-S", "-W", "-s", key, "-m", file], capture_output=True, input=b"\n", check=True)
    theirs = PublicKey.read(Path(f"{key}.pub").read_text(encoding="utf-8"))
    signature = (tmp_path / "list.json.minisig").read_text(encoding="utf-8")
    assert signer_of(signature) == theirs.id
    assert is_by(signature, b"content", theirs) and not is_by(signature, b"other", theirs)
