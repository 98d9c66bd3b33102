"""What all admin pages have in common: they show and offer only what the editor may see."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.widgets import AdminTextareaWidget, RelatedFieldWidgetWrapper
from django.core.paginator import Paginator
from django.db.models import Field, Model, Q, QuerySet, TextField, URLField
from django.forms import Field as FormField
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from dialogues.admin.forms import KnowingForm
from dialogues.admin.reasons import reason_of, say_why
from dialogues.admin.widgets import Knowing, KnowingSelect, KnowingSelectMultiple
from dialogues.dates import PartialDateField
from dialogues.queries.history import history

ENTRIES_PER_PAGE = 50


def seen_by(request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
    """The rows that the editor sees; models that name nobody's secrets have no `visible_to`."""
    return rows.visible_to(request.user) if hasattr(rows, "visible_to") else rows


def without_windows(wrapper: RelatedFieldWidgetWrapper) -> None:
    """Leave out the links that open another window, each of which is a stop for the Tab key.

    What may be created in the autocomplete itself needs none; of others the one to add stays.
    """
    if isinstance(wrapper.widget, Knowing):
        wrapper.can_change_related = wrapper.can_view_related = False
        wrapper.can_delete_related = False
        if wrapper.widget.creates:
            wrapper.can_add_related = False


class Seen(BaseModelAdmin):
    """For admins and inlines: rows, choices and links only as far as the editor sees them."""

    form: type[ModelForm] = KnowingForm
    # They grow with what is typed (admin.css), so that a long form stays easy to read.
    formfield_overrides = {TextField: {"widget": AdminTextareaWidget(attrs={"rows": 4})}}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return seen_by(request, super().get_queryset(request))

    def formfield_for_dbfield(
        self, db_field: Field[Any, Any], request: Any, **kwargs: Any
    ) -> FormField | None:
        if isinstance(db_field, URLField):
            kwargs.setdefault("assume_scheme", "https")
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(db_field, PartialDateField):
            field.widget.attrs["data-understand-url"] = reverse("understand-date")
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            without_windows(field.widget)
        return field

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs.setdefault("queryset", self.choices(db_field, request))
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", KnowingSelect(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs.setdefault("queryset", self.choices(db_field, request))
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", KnowingSelectMultiple(db_field, self.admin_site))
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    @staticmethod
    def choices(db_field: Any, request: HttpRequest) -> QuerySet[Any]:
        return seen_by(request, db_field.remote_field.model._default_manager.all())

    def get_view_on_site_url(self, obj: Model | None = None) -> str | None:
        """The page itself; Django's detour would lead people to pages that they don't see."""
        return obj.get_absolute_url() if obj and hasattr(obj, "get_absolute_url") else None


class SeenAdmin(Seen, admin.ModelAdmin):
    """An admin of records that the editor sees, with the history that the database keeps."""

    show_full_result_count = False
    list_per_page = 50
    object_history_template = "admin/dialogues/history.html"
    delete_confirmation_template = "admin/dialogues/delete.html"

    # --- History ----------------------------------------------------------------------------------

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        say_why(request)
        return super().changeform_view(request, *args, **kwargs)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        context["reason"] = reason_of(request)  # typed once, though the form came back
        return super().render_change_form(request, context, *args, **kwargs)

    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        say_why(request)
        return super().delete_view(request, *args, **kwargs)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        record = self.get_object(request, object_id)
        if record is None or not self.has_view_or_change_permission(request, record):
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[attr-defined, no-any-return]
        pages = Paginator(history(record, request.user), ENTRIES_PER_PAGE)
        page = pages.get_page(request.GET.get("p"))
        context = {
            **self.admin_site.each_context(request),
            "title": _("History: %s") % record,
            "object": record,
            "opts": self.opts,
            "page": page,
            "may_restore": self.may_restore(request, record),
            **(extra_context or {}),
        }
        return TemplateResponse(request, self.object_history_template, context)

    def may_restore(self, request: HttpRequest, record: Any) -> bool:
        """Whether the history's page offers to let the record stand as it once did."""
        return False

    # The database keeps the history itself, of these changes and of those made elsewhere.
    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        return None

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        return None

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        return None

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """What goes with the record. What records refer to stays, and they are not named here."""
        going, counts, forbidden, protected = super().get_deleted_objects(objs, request)
        if protected or any(is_mentioned(record) for record in objs):
            return [], {}, set(), [_("Records still refer to it.")]
        return going, counts, forbidden, protected


def is_mentioned(record: Model) -> bool:
    """Whether any round mentions the record, seen or not."""
    paths = getattr(record, "mentioned_by", ())
    mentioned = Q()
    for path in paths:
        mentioned |= Q(**{f"{path}__isnull": False})
    return bool(paths) and type(record)._base_manager.filter(mentioned, pk=record.pk).exists()


def record_address(model: type[Model], pk: Any) -> str:
    """Where in the admin a record is edited."""
    return reverse(f"admin:dialogues_{model._meta.model_name}_change", args=[pk])
