"""The account that the server runs under, since PostgreSQL refuses to run as root."""

import os
import pwd
import stat
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

UNPRIVILEGED = "nobody"


@dataclass
class Account:
    """Whose server it is: this process's own user, or, for root, one without privileges."""

    name: str
    uid: int
    gid: int
    groups: set[int] = field(default_factory=set)

    @classmethod
    def for_data(cls, data: Path) -> "Account":
        """Return the account for the cluster in `data`: for root its owner, if it stands."""
        if os.geteuid() != 0:
            return cls("", os.geteuid(), os.getegid())
        owner = data.stat().st_uid if data.exists() else 0
        entry = pwd.getpwuid(owner) if owner else pwd.getpwnam(UNPRIVILEGED)
        return cls(entry.pw_name, entry.pw_uid, entry.pw_gid)

    @property
    def is_lent(self) -> bool:
        """Whether this process has to change to the account."""
        return os.geteuid() == 0

    def as_arguments(self) -> dict[str, Any]:
        """Return what makes `subprocess.run` change to the account."""
        if not self.is_lent:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": sorted(self.groups)}

    def take(self, path: Path) -> None:
        """Give `path` to the account."""
        if self.is_lent:
            os.chown(path, self.uid, self.gid)

    def open_way(self, *paths: Path) -> None:
        """Let the account reach `paths`, which root may have below folders closed to others.

        Such a folder is opened for passing through, to its own group only, and the server is lent
        that group: nobody else on the machine can do more than before.
        """
        if not self.is_lent:
            return
        folders = sorted({folder for path in paths for folder in path.resolve().parents})
        self.groups |= {status(f).st_gid for f in folders if not status(f).st_mode & stat.S_IXOTH}
        for folder in folders:
            if status(folder).st_gid in self.groups and not status(folder).st_mode & stat.S_IXGRP:
                widen(folder, stat.S_IXGRP)
                sys.stderr.write(
                    f"PostgreSQL does not run as root, so it runs as {self.name}; "
                    f"{folder} now lets its own group pass through (chmod g+x).\n"
                )

    def open_tree(self, top: Path) -> None:
        """Let the account read what is installed under `top`, should a umask have closed it."""
        mode = status(top).st_mode
        if not self.is_lent or mode & stat.S_IROTH:
            return
        self.groups.add(status(top).st_gid)
        for path in [] if mode & stat.S_IRGRP else [*top.rglob("*"), top]:
            runs = status(path).st_mode & stat.S_IXUSR
            widen(path, stat.S_IRGRP | (stat.S_IXGRP if runs else 0))


def status(path: Path) -> os.stat_result:
    """Return what the file system says of `path` itself."""
    return path.stat(follow_symlinks=False)


def widen(path: Path, bits: int) -> None:
    """Add permission `bits` to `path`, unless it is a link."""
    if not path.is_symlink():
        path.chmod(stat.S_IMODE(status(path).st_mode) | bits)
