"""A table of contents."""

from django.contrib.auth import views as accounts
from django.urls import path

from dialogues import feeds
from dialogues.exports import download
from dialogues.listings import LISTINGS
from dialogues.views import (
    health,
    issue_page,
    overview,
    partner_page,
    person_page,
    point_page,
    round_page,
    round_pictures,
    saved,
    series_page,
    topic_page,
)
from dialogues.views.calendar import CalendarPage
from dialogues.views.facet_page import FacetPage
from dialogues.views.listing import WHOLE_FORMS, ListingView
from dialogues.views.search import Search
from dialogues.views.source_file import source_file
from dialogues.views.tokens import tokens
from dialogues.views.understand_date import understand_date

urlpatterns = [
    path("", overview.Overview.as_view(), name="overview"),
    path("rounds/pictures/", round_pictures.RoundPictures.as_view(), name="round-pictures"),
    path("rounds/<slug:slug>/", round_page.RoundDetail.as_view(), name="round-detail"),
    path(
        "rounds/<slug:slug>/sources/<int:source_id>/file",
        source_file,
        name="source-file",
    ),
    path(
        "agreed-points/<str:reference>/",
        point_page.AgreedPointDetail.as_view(),
        name="agreed-point-detail",
    ),
    *(
        path(f"{key}/", ListingView.as_view(listing=listing), name=listing.url_name)
        for key, listing in LISTINGS.items()
    ),
    *(
        path(f"filters/{key}/", ListingView.as_view(listing=LISTINGS[key], whole=True), name=name)
        for key, name in WHOLE_FORMS.items()
    ),
    *(
        path(
            f"filters/{key}/<slug:name>/",
            FacetPage.as_view(listing=listing),
            name=f"{key}-facet",
        )
        for key, listing in LISTINGS.items()
    ),
    *(
        path(f"{key}.{suffix}", download(listing, suffix), name=f"{key}-{suffix}")
        for key, listing in LISTINGS.items()
        for suffix in ("csv", "xlsx", "ndjson")
    ),
    path("series/<slug:slug>/", series_page.SeriesDetail.as_view(), name="series-detail"),
    path("partners/<str:code>/", partner_page.PartnerDetail.as_view(), name="partner-detail"),
    path("topics/<slug:slug>/", topic_page.TopicDetail.as_view(), name="topic-detail"),
    path("issues/<slug:slug>/", issue_page.IssueDetail.as_view(), name="issue-detail"),
    path("people/<slug:slug>/", person_page.PersonDetail.as_view(), name="person-detail"),
    path("calendar/", CalendarPage.as_view(), name="calendar"),
    *feeds.ADDRESSES,
    path("search/", Search.as_view(), name="search"),
    path("understand-date/", understand_date, name="understand-date"),
    *saved.ADDRESSES,
    path("accounts/tokens/", tokens, name="tokens"),
    path("accounts/logout/", accounts.LogoutView.as_view(), name="logout"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
