"""The admin site: Django's own, less what would tell more than the reader may see."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.urls import URLPattern, URLResolver
from django.utils.translation import gettext_lazy as _


class TrackerSite(admin.AdminSite):
    """Deletes one record at a time, and sends nobody to the page of what they don't see."""

    site_title = _("Dialogue tracker")
    site_header = _("Dialogue tracker")
    index_title = _("Records")
    enable_nav_sidebar = False  # lists and forms need the width

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        self.disable_action("delete_selected")

    def get_urls(self) -> list[Any]:
        # Django's redirect from a record's number to its page asks nothing about the record.
        return [url for url in super().get_urls() if name_of(url) != "view_on_site"]


def name_of(url: URLPattern | URLResolver) -> str | None:
    """The name of an address; a group of addresses has none."""
    return url.name if isinstance(url, URLPattern) else None
