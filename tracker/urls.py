"""Where every address begins; what the pages are called is dialogues' own affair."""

from django.contrib import admin
from django.urls import include, path

handler400 = "tracker.errors.bad_request"
handler403 = "tracker.errors.permission_denied"
handler404 = "tracker.errors.page_not_found"
handler500 = "tracker.errors.server_error"

urlpatterns = [
    # Before the pages, of whose many addresses each would have to be tried first.
    path("api/v1/", include("dialogues.api.urls")),
    path("", include("dialogues.urls")),
    path("admin/", admin.site.urls),
    path("i18n/", include("django.conf.urls.i18n")),
]
