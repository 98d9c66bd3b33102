"""Who wrote, and from where: what the history's contexts say, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialogues.models import User

#: What commands and triggers call themselves; another word is shown as it stands.
WAYS = {"import": gettext_lazy("import"), "sql": gettext_lazy("SQL")}


@dataclass(frozen=True)
class Author:
    """Who wrote ("Ayu Lestari", "database user app") and from where ("admin", "API", "import")."""

    name: str
    whence: str


def authors_of(written: Mapping[str, Any]) -> dict[str, Author]:
    """Name the authors by context, of each context's metadata; in one query for all."""
    said = {context: metadata or {} for context, metadata in written.items()}
    wanted = {metadata["user"] for metadata in said.values() if metadata.get("user")}
    names = (
        {
            user.pk: user.get_full_name() or user.get_username()
            for user in User.objects.filter(pk__in=wanted)
        }
        if wanted
        else {}
    )
    return {
        context: Author(name_of(metadata, names), whence(metadata))
        for context, metadata in said.items()
    }


def name_of(metadata: dict[str, Any], names: dict[int, str]) -> str:
    """Name who wrote: an account, even one that is gone; else a command's or psql's user."""
    if number := metadata.get("user"):
        return names.get(int(number)) or str(_("account no. %s, since removed") % number)
    if account := metadata.get("account"):
        return str(_("server user %s") % account)
    if database_user := metadata.get("database_user"):
        return str(_("database user %s") % database_user)
    return _("not recorded")


def whence(metadata: dict[str, Any]) -> str:
    """Say from where it was written."""
    if via := metadata.get("via"):
        return str(WAYS.get(via, via))
    url = str(metadata.get("url", ""))
    if url.startswith("/admin/"):
        return _("admin")
    if url.startswith("/api/"):
        token = metadata.get("token")
        return _("API, token “%s”") % token if token else _("API")
    return url
