"""The keys of a team: what seals cases, what proves that a member sealed them, and who the members are.

A team has an age identity of its own for each *epoch*; cases are sealed to it, and it is sealed to the members' own keys.
So one more member is one more row, and one member less begins a new epoch, whose key the member never gets.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from assistant.errors import SealError
from assistant.messages import Text
from assistant.store import sealing

_MAC = 32


@dataclass(frozen=True)
class Member:
    """One handler of a team: a name, and the public key (age1…) that belongs to it."""

    name: str
    key: str


@dataclass(frozen=True)
class Keys:
    """What one member's key opened. `number` counts the changes of the team."""

    number: int
    epoch: int
    members: tuple[Member, ...]
    identities: Mapping[int, str] = field(repr=False)
    two_eyes: bool = False
    """Whether who filled a form may not be the one who marks it as reviewed."""

    @cached_property
    def fingerprint(self) -> str:
        """By which members compare that they are in the same team."""
        return fingerprint(self.public_key)

    @property
    def public_key(self) -> str:
        return sealing.public_key(self.identities[self.epoch])

    # -- sealing -------------------------------------------------------------------------------------------------------

    def sealed(self, content: bytes) -> bytes:
        """A content that only members open, with the proof that one of them sealed it."""
        proof = hmac.digest(self._key("sealed", self.epoch), content, "sha256")
        return sealing.sealed_bytes(proof + content, self.identities[self.epoch])

    def opened(self, content: bytes, epoch: int, where: str) -> bytes:
        """Raises SealError for what no member has sealed."""
        identity = self.identities.get(epoch)
        if identity is None:
            raise not_ours(where)
        held = sealing.opened_bytes(content, identity, Path(where))
        proof, inner = held[:_MAC], held[_MAC:]
        if not hmac.compare_digest(proof, hmac.digest(self._key("sealed", epoch), inner, "sha256")):
            raise not_ours(where)
        return inner

    # -- digests -------------------------------------------------------------------------------------------------------

    def digest(self, purpose: str, *parts: str | bytes, epoch: int | None = None) -> str:
        """A keyed digest: whoever has not the key can't find a value by trying."""
        made = hmac.new(self._key(purpose, epoch or self.epoch), digestmod="sha256")
        for part in parts:
            data = part.encode() if isinstance(part, str) else part
            made.update(len(data).to_bytes(8, "big") + data)
        return made.hexdigest()

    def _key(self, purpose: str, epoch: int) -> bytes:
        return hmac.digest(self.identities[epoch].encode(), purpose.encode(), "sha256")

    # -- the team's own row --------------------------------------------------------------------------------------------

    def changed(self, members: tuple[Member, ...], *, new_epoch: bool) -> "Keys":
        """The team after a change of its members."""
        epoch = self.epoch + 1 if new_epoch else self.epoch
        identities = {**self.identities, epoch: sealing.new_key()} if new_epoch else self.identities
        return Keys(self.number + 1, epoch, members, identities, self.two_eyes)

    def with_two_eyes(self, wanted: bool) -> "Keys":
        """The team with or without the rule of two pairs of eyes."""
        return replace(self, number=self.number + 1, two_eyes=wanted)

    def for_members(self) -> bytes:
        """These keys, sealed to every member's own."""
        written = json.dumps(
            {
                "number": self.number,
                "epoch": self.epoch,
                "members": [[one.name, one.key] for one in self.members],
                "identities": {str(epoch): identity for epoch, identity in self.identities.items()},
                "two_eyes": self.two_eyes,
            }
        )
        return sealing.sealed_to(written.encode(), [one.key for one in self.members])


def first_keys(member: Member) -> Keys:
    """A new team of one."""
    return Keys(1, 1, (member,), {1: sealing.new_key()})


def opened_keys(sealed: bytes, own_key: str) -> Keys | None:
    """The team's keys, None where the own key is no member's."""
    with suppress(SealError):
        read = json.loads(sealing.opened_bytes(sealed, own_key, Path("team")))
        members = tuple(Member(name, key) for name, key in read["members"])
        identities = {int(epoch): identity for epoch, identity in read["identities"].items()}
        return Keys(read["number"], read["epoch"], members, identities, read.get("two_eyes") is True)
    return None


def fingerprint(public_key: str) -> str:
    """Eight groups to read out on the telephone."""
    text = base64.b32encode(hashlib.sha256(public_key.encode()).digest()).decode()[:32]
    return " ".join(text[at : at + 4] for at in range(0, 32, 4))


def not_ours(where: str) -> SealError:
    """What to say of a content that no member sealed for this place."""
    return SealError(
        Text(
            "这份内容不是本团队成员封存的，不予采用。数据库可能被人改动过；请联系管理它的人。",
            "No member of this team sealed this; it is not used. Somebody may have changed the database; ask whoever looks "
            "after it.",
        ),
        where=where,
    )
