"""Packages as the project takes them: another site, another name."""

from axes.apps import AppConfig as DjangoAxesConfig
from django.contrib.admin.apps import AdminConfig as DjangoAdminConfig
from django.utils.translation import gettext_lazy as _


class AdminConfig(DjangoAdminConfig):
    """Django's admin, with the tracker's own site in it."""

    default_site = "tracker.site.TrackerSite"


class AxesConfig(DjangoAxesConfig):
    """The log of who signed in and who failed to, called in the admin by what it is."""

    verbose_name = _("Signing in")
