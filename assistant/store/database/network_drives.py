"""Which files lie on another machine's disk. A SQLite file there is damaged sooner or later: its locks don't hold."""

import os
from pathlib import Path

import psutil

_FAR = ("nfs", "cifs", "smb", "afs", "9p", "ceph", "gluster", "lustre", "davfs", "fuse.sshfs", "fuse.rclone", "webdav")


def is_far(path: Path) -> bool:
    """Whether a path, there or not yet, leads to a network drive."""
    if str(path).startswith(("\\\\", "//")):
        return True
    place = path.resolve()
    mounts = [one for one in psutil.disk_partitions(all=True) if place.is_relative_to(one.mountpoint)]
    if not mounts:
        return False
    mount = max(mounts, key=lambda one: len(one.mountpoint))
    return mount.fstype.lower().startswith(_FAR) or (os.name == "nt" and "remote" in mount.opts)
