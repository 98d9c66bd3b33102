"""The addresses of saved views, and of signing in, which may lead to one."""

from __future__ import annotations

from django.urls import path

from .doors import SignIn, stop_digest
from .pages import new_view, open_view, saved_views
from .settings import view_settings

ADDRESSES = [
    path("views/", saved_views, name="saved-view-list"),
    path("views/new/", new_view, name="saved-view-new"),
    path("views/<int:pk>/", open_view, name="saved-view"),
    path("views/<int:pk>/settings/", view_settings, name="saved-view-settings"),
    path("views/stop-mails/<uuid:key>/", stop_digest, name="digest-stop"),
    path("accounts/login/", SignIn.as_view(), name="login"),
]
