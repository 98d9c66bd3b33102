"""A table of contents, in a namespace of its own: pages have the plain names."""

from django.urls import path, re_path

from . import changes, datapackage, docs, facets, follow_ups, views

app_name = "api"

SLUG = r"(?P<slug>[-a-z0-9_]+)"
CODE = r"(?P<code>[A-Z0-9][A-Z0-9-]*)"
REFERENCE = r"(?P<reference>[-a-z0-9_]+\.[1-9][0-9]{0,4})"

urlpatterns = [
    path("", views.Index.as_view(), name="index"),
    path("rounds/", views.RoundList.as_view(), name="round-list"),
    path("rounds/facets/", facets.RoundFacetsView.as_view(), name="round-facets"),
    re_path(rf"^rounds/{SLUG}/$", views.RoundDetail.as_view(), name="round-detail"),
    path("agreed-points/", views.AgreedPointList.as_view(), name="agreed-point-list"),
    re_path(
        rf"^agreed-points/{REFERENCE}/$",
        views.AgreedPointDetail.as_view(),
        name="agreed-point-detail",
    ),
    re_path(
        rf"^agreed-points/{REFERENCE}/follow-ups/$",
        follow_ups.FollowUps.as_view(),
        name="agreed-point-follow-ups",
    ),
    path("series/", views.SeriesList.as_view(), name="series-list"),
    re_path(rf"^series/{SLUG}/$", views.SeriesDetail.as_view(), name="series-detail"),
    path("partners/", views.PartnerList.as_view(), name="partner-list"),
    re_path(rf"^partners/{CODE}/$", views.PartnerDetail.as_view(), name="partner-detail"),
    path("topics/", views.TopicList.as_view(), name="topic-list"),
    re_path(rf"^topics/{SLUG}/$", views.TopicDetail.as_view(), name="topic-detail"),
    path("issues/", views.IssueList.as_view(), name="issue-list"),
    re_path(rf"^issues/{SLUG}/$", views.IssueDetail.as_view(), name="issue-detail"),
    path("people/", views.PersonList.as_view(), name="person-list"),
    re_path(rf"^people/{SLUG}/$", views.PersonDetail.as_view(), name="person-detail"),
    *(
        # In no description: each is the list itself, asked with Accept.
        path(
            f"{view.name}.{suffix}",
            view.as_view(schema=None),
            {"format": suffix},
            name=f"{view.name}-{suffix}",
        )
        for view in views.LISTS
        for suffix in ("json", "ndjson", "csv")
    ),
    path("datapackage.json", datapackage.DataPackage.as_view(), name="datapackage"),
    path("changes/", changes.ChangesView.as_view(), name="changes"),
    path("schema/", docs.SchemaView.as_view(), name="schema"),
    path("docs/", docs.DocsView.as_view(), name="docs"),
    re_path(r"^(?P<rest>.*)$", views.Nothing.as_view()),
]
