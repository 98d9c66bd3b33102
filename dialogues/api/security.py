"""How one signs in, as the schema tells of it. Importing it is enough."""

from __future__ import annotations

from typing import Any

from drf_spectacular.authentication import SessionScheme
from drf_spectacular.extensions import OpenApiAuthenticationExtension


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = "dialogues.api.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "bearerFormat": "dt_…"}


class SignedInScheme(SessionScheme):  # type: ignore[no-untyped-call]  # drf-spectacular's own
    target_class = "dialogues.api.authentication.SignedIn"
    name = "signed_in"
