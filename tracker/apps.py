"""Which admin site the project runs."""

from django.contrib.admin.apps import AdminConfig as DjangoAdminConfig


class AdminConfig(DjangoAdminConfig):
    """Django's admin, with the tracker's own site in it."""

    default_site = "tracker.site.TrackerSite"
