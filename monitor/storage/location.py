"""Where a database may lie: on a disk of this machine, never on a network share.

File locks over a network are promises that not every server keeps, and two programs that both
believe to hold the lock destroy the file.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path, PurePath, PurePosixPath

from monitor.services.ports import Unavailable

NETWORK_KINDS = frozenset(
    {
        "9p",
        "afs",
        "ceph",
        "cifs",
        "davfs",
        "fuse.cephfs",
        "fuse.davfs2",
        "fuse.glusterfs",
        "fuse.gvfsd-fuse",
        "fuse.rclone",
        "fuse.s3fs",
        "fuse.smbnetfs",
        "fuse.sshfs",
        "fuse.vmhgfs-fuse",
        "glusterfs",
        "lustre",
        "ncpfs",
        "nfs",
        "nfs4",
        "smb2",
        "smb3",
        "smbfs",
        "vboxsf",
        "vmhgfs",
    }
)
"""Kinds of file system, as Linux names them, whose files are kept by another machine."""

MOUNTS = Path("/proc/mounts")
REMOTE_DRIVE = 4


def need_local(path: Path) -> None:
    """Refuse a path on a network share, or one that leads nowhere (Unavailable).

    path: need not exist yet.
    """
    try:
        whole = path.resolve()
    except (OSError, RuntimeError):  # Python below 3.13 calls a loop of links a RuntimeError
        raise Unavailable(f"The path {path} leads in a circle. Check the links in it.") from None
    if sys.platform == "win32":
        remote = any(is_on_remote_drive(p, _drive_kind) for p in (path, whole))
    else:
        # other systems than Linux do not list their mounts in a file
        table = MOUNTS.read_text().splitlines() if MOUNTS.exists() else ()
        remote = is_on_network_mount(whole, table)
    if remote:
        raise Unavailable(
            f"The database {path} lies on a network drive, where two programs can damage it. "
            "Choose a folder on a disk of this machine."
        )


def is_on_network_mount(path: PurePath, mounts: Iterable[str]) -> bool:
    """Whether an absolute path lies on a share; mounts: lines of /proc/mounts, in its order."""
    mount, kind = PurePosixPath("/"), ""
    for line in mounts:
        _, point, its_kind, *_ = line.split(" ")
        point_path = PurePosixPath(_without_escapes(point))
        # of two mounts on one point the later covers the earlier
        if path.is_relative_to(point_path) and len(point_path.parts) >= len(mount.parts):
            mount, kind = point_path, its_kind
    # some sandboxes hand their guest its whole system, the root itself, as 9p
    return kind in NETWORK_KINDS and (kind, str(mount)) != ("9p", "/")


def is_on_remote_drive(path: PurePath, drive_kind: Callable[[str], int]) -> bool:
    """Whether a Windows path is a share or on a mapped drive.

    drive_kind: what GetDriveType of Windows says of the root of a drive.
    """
    anchor = path.anchor
    if anchor.startswith("\\\\?\\UNC\\"):
        return True
    if anchor.startswith("\\\\") and not anchor.startswith(("\\\\?\\", "\\\\.\\")):
        return True
    return drive_kind(anchor) == REMOTE_DRIVE


def _drive_kind(anchor: str) -> int:
    if sys.platform != "win32":
        return 0
    import ctypes  # noqa: PLC0415 - windll is there on Windows only

    return int(ctypes.windll.kernel32.GetDriveTypeW(anchor))


def _without_escapes(point: str) -> str:
    r"""The mount table writes a space in a name as \040, and so on."""
    return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), point)
