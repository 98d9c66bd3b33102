"""How the description tells of operations that write: what is sent, under which conditions."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiSerializerExtension
from drf_spectacular.plumbing import ResolvedComponent
from drf_spectacular.utils import OpenApiParameter, OpenApiRequest, OpenApiResponse
from pydantic.json_schema import model_json_schema

from dialogues.records.document import FollowUpDocument
from dialogues.records.patching import ALWAYS

from .bodies import JSON, MERGE_PATCH, MOST
from .documents import Problem, ServedAgreedPoint, ServedRound, WrittenRound
from .idempotency import LONGEST_KEY
from .problems import SENTENCES
from .schema import PROBLEM, ReadingSchema

READS = ("GET", "HEAD", "OPTIONS")
#: What any operation that writes may answer, besides what each adds.
USUAL = (400, 401, 403, 405, 406, 409, 411, 413, 415, 429, 500, 503)
#: What names each round of a list, and says as of when it is changed.
NAMING = ("slug", "updated")
NAMED = {
    "slug": {"type": "string", "pattern": r"^[-a-z0-9_]+$"},
    "updated": {"type": "string", "format": "date-time"},
}
NAMES = {"POST": "create", "PUT": "replace", "PATCH": "patch", "DELETE": "withdraw"}


class Written(OpenApiSerializerExtension):  # type: ignore[no-untyped-call]
    """A round as it is sent: unlike what is served, its series may be a slug alone."""

    target_class = "dialogues.api.documents.WrittenRound"
    priority = 1

    def get_name(self, auto_schema: Any, direction: Any) -> str:
        return self.target.__name__  # type: ignore[no-any-return]

    def map_serializer(self, auto_schema: Any, direction: Any) -> dict[str, Any]:
        schema = model_json_schema(
            self.target, ref_template="#/components/schemas/{model}", mode="validation"
        )
        for name, inner in schema.pop("$defs", {}).items():
            auto_schema.registry.register_on_missing(component(name, inner))
        return schema


class WritingSchema(ReadingSchema):
    """Reading as before; of what writes, its body, its preconditions and every problem."""

    @property
    def writes(self) -> bool:
        return self.method not in READS

    @property
    def in_list(self) -> bool:
        """Whether it changes rounds that the body names, rather than one that the address does."""
        return self.method == "PATCH" and not self.keys

    @property
    def adds_to_point(self) -> bool:
        return bool(self.declared.name == "agreed-points")

    def get_operation_id(self) -> str:
        if not self.writes:
            return super().get_operation_id()
        if self.adds_to_point:
            return "add_follow_up"
        return f"{NAMES[self.method]}_round{'s' * self.in_list}"

    def get_description(self) -> str:  # type: ignore[override]
        if not self.writes:
            return super().get_description()
        handler = getattr(self.view, self.method.lower())
        return " ".join((handler.__doc__ or type(self.view).__doc__ or "").split())

    def get_auth(self) -> list[Any]:
        # Nobody writes who has not signed in.
        found: list[Any] = super().get_auth()
        return [way for way in found if way] if self.writes else found

    def get_override_parameters(self) -> list[Any]:
        if not self.writes:
            return super().get_override_parameters()
        return [
            *(OpenApiParameter(key, str, "path") for key in self.keys),
            *self._conditions(),
            OpenApiParameter(
                "X-Reason", str, "header", description=_("Why, as history tells it; in UTF-8.")
            ),
            *self._answered(),
        ]

    def _conditions(self) -> list[OpenApiParameter]:
        if self.in_list:
            return self._confirm()
        if self.method == "POST":
            return [
                *self._confirm(),
                OpenApiParameter(
                    "Idempotency-Key",
                    {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY},
                    "header",
                    description=_("Sent again within 24 hours, the same is answered, done once."),
                ),
            ]
        conditions = [
            OpenApiParameter(
                "If-Match", str, "header", description=_("The ETag of what you read; or *.")
            )
        ]
        if self.method == "PUT":
            conditions.append(
                OpenApiParameter(
                    "If-None-Match",
                    {"type": "string", "enum": ["*"]},
                    "header",
                    description=_("For a new round at this address, instead of If-Match."),
                )
            )
        return conditions + (self._confirm() if self.method != "DELETE" else [])

    def _confirm(self) -> list[OpenApiParameter]:
        if self.adds_to_point:
            return []
        return [
            OpenApiParameter(
                "confirm",
                {"type": "boolean", "default": False},
                description=_("Publish though something is not recorded."),
            )
        ]

    def _answered(self) -> list[OpenApiParameter]:
        if self.method == "DELETE" or self.in_list:
            return []
        return [
            OpenApiParameter(
                "ETag", str, "header", response=[200, 201], description=_("Of the document.")
            ),
            OpenApiParameter(
                "Location",
                {"type": "string", "format": "uri"},
                "header",
                response=[201],
                description=_("Where the document is served."),
            ),
        ]

    def get_request_serializer(self) -> Any:
        if not self.writes:
            return super().get_request_serializer()
        if self.adds_to_point:
            return {JSON: FollowUpDocument}
        round_ = self.schema_of(WrittenRound)
        if self.in_list:
            return {JSON: OpenApiRequest(many(self._patch_of(round_, *NAMING), MOST))}
        if self.method == "PATCH":
            patch = self._patch_of(round_)
            return {MERGE_PATCH: OpenApiRequest(patch), JSON: OpenApiRequest(patch)}
        if self.method == "POST":
            return {JSON: OpenApiRequest({"oneOf": [round_.ref, many(round_.ref, MOST)]})}
        return {JSON: WrittenRound}

    def _get_request_body(self, direction: str = "request") -> Any:
        body: Any = super()._get_request_body(direction)  # type: ignore[no-untyped-call]
        return body and {**body, "required": True}

    def schema_of(self, document: Any) -> Any:
        return self.resolve_serializer(document, "request")

    def _patch_of(self, round_: Any, *naming: str) -> dict[str, Any]:
        """A round of which any key may be left out but those ``naming`` it; ``null`` empties it."""
        schema = deepcopy(round_.schema)
        schema.pop("required", None)
        name = "RoundPatch"
        if naming:
            name = "NamedRoundPatch"
            schema["required"] = list(naming)
            schema["properties"] |= NAMED
        for key, of in schema["properties"].items():
            of.pop("default", None)
            if key not in ALWAYS | set(naming):
                schema["properties"][key] = {"anyOf": [of, {"type": "null"}]}
        schema |= {"title": name, "description": _("The keys that are to change.")}
        patch = component(name, schema)
        self.registry.register_on_missing(patch)
        return dict(patch.ref)

    def get_response_serializers(self) -> Any:
        if not self.writes:
            return super().get_response_serializers()
        problems: set[int] = set(USUAL)
        problems |= {404, 412} if self.keys or self.in_list else set()
        problems |= {422} if self.method == "POST" else {428}
        if self.method == "DELETE":
            problems -= {411, 413, 415}
        return {
            **self._good(),
            **{
                (status, PROBLEM): OpenApiResponse(Problem, str(SENTENCES[status][0]))
                for status in sorted(problems)
            },
        }

    def _good(self) -> dict[Any, Any]:
        if self.method == "DELETE":
            return {204: OpenApiResponse(None, _("Withdrawn; a draft is deleted."))}
        if self.adds_to_point:
            return {(201, JSON): OpenApiResponse(ServedAgreedPoint, _("Added."))}
        if self.method == "POST":
            served = self.schema_of(ServedRound).ref
            either = {"oneOf": [served, many(served, MOST)]}
            return {(201, JSON): OpenApiResponse(either, _("Created: as many as were sent."))}
        if self.in_list:
            served = many(self.schema_of(ServedRound).ref, MOST)
            return {(200, JSON): OpenApiResponse(served, _("Changed: as many as were sent."))}
        changed = {(200, JSON): OpenApiResponse(ServedRound, _("Changed."))}
        if self.method == "PUT":
            changed[(201, JSON)] = OpenApiResponse(ServedRound, _("Created."))
        return changed


def component(name: str, schema: dict[str, Any]) -> ResolvedComponent:
    """A named schema, as drf-spectacular keeps them."""
    make: Any = ResolvedComponent
    found: ResolvedComponent = make(name, ResolvedComponent.SCHEMA, schema=schema, object=name)
    return found


def many(of: Any, most: int) -> dict[str, Any]:
    """The schema of a list that is not empty."""
    return {"type": "array", "items": of, "minItems": 1, "maxItems": most}
