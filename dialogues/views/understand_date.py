"""What a date in somebody's words is understood as: asked by the admin's forms while one types."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from dialogues.dates import PartialDateFormField, understood_as


@require_GET
@never_cache
def understand_date(request: HttpRequest) -> JsonResponse:
    """`?text=` as `{"edtf", "words", "sentence"}`, all empty for no text; or as `{"error"}`.

    With `single` an interval is an error too. Staff only: it is a part of their forms.
    """
    if not request.user.is_staff:
        raise PermissionDenied
    field = PartialDateFormField(interval="single" not in request.GET, required=False)
    try:
        date = field.clean(request.GET.get("text", ""))
    except ValidationError as error:
        return JsonResponse({"error": " ".join(error.messages)})
    if date is None:
        return JsonResponse({"edtf": "", "words": "", "sentence": ""})
    return JsonResponse(
        {"edtf": date.edtf, "words": date.display(), "sentence": understood_as(date)}
    )
