"""A table of contents."""

from django.contrib.auth import views as accounts
from django.urls import path

from dialogues import feeds
from dialogues.views import agreed_points, health, overview, point_page, round_page, rounds
from dialogues.views.calendar import CalendarPage
from dialogues.views.understand_date import understand_date

urlpatterns = [
    path("", overview.Overview.as_view(), name="overview"),
    path("rounds/", rounds.RoundList.as_view(), name="round-list"),
    path("rounds/<slug:slug>/", round_page.RoundDetail.as_view(), name="round-detail"),
    path("agreed-points/", agreed_points.AgreedPointList.as_view(), name="agreed-point-list"),
    path(
        "agreed-points/<str:reference>/",
        point_page.AgreedPointDetail.as_view(),
        name="agreed-point-detail",
    ),
    path("filters/rounds/", rounds.RoundList.as_view(whole=True), name="round-filters"),
    path(
        "filters/agreed-points/",
        agreed_points.AgreedPointList.as_view(whole=True),
        name="agreed-point-filters",
    ),
    path("calendar/", CalendarPage.as_view(), name="calendar"),
    *feeds.ADDRESSES,
    path("understand-date/", understand_date, name="understand-date"),
    path(
        "accounts/login/",
        accounts.LoginView.as_view(extra_context={"section": "account"}),
        name="login",
    ),
    path("accounts/logout/", accounts.LogoutView.as_view(), name="logout"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
