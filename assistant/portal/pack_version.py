"""Which pack a run used, in one short word: evidence that outlives the next change of a file.

Promises: the same pack, overlays and option tables give the same version on every machine; any change of what they say
gives another one. Comments and the order of files don't count.
"""

import hashlib

from assistant.portal.model import Portal


def pack_version(portal: Portal) -> str:
    """The portal's name and eight signs made of everything its pack says, overlays included: `shenzhen 3f2a91bc`."""
    said = repr((portal.file, portal.sections, sorted(portal.tables.items())))
    return f"{portal.name} {hashlib.sha256(said.encode('utf-8')).hexdigest()[:8]}"
