"""The one app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DialoguesConfig(AppConfig):
    """Bilateral dialogues."""

    name = "dialogues"
    verbose_name = _("Dialogues")
