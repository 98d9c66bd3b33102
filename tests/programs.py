"""Programs that the stories about the API are told with."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from dialogues.models import ApiToken, User

API = "/api/v1/"


class Program:
    """Somebody's program: it sends their token, and JSON."""

    def __init__(self, owner: User, *, may_write: bool = True, **token: Any) -> None:
        expires = timezone.now() + timedelta(days=1)
        self.token = ApiToken.objects.make(
            owner=owner, name="Script", may_write=may_write, **{"expires": expires, **token}
        )
        self.client = Client(raise_request_exception=True)

    def send(self, method: str, address: str, body: Any = None, **headers: str) -> Any:
        """Django's answer. A body that is no text yet is sent as JSON."""
        text = body if isinstance(body, str | bytes) or body is None else json.dumps(body)
        kind = headers.pop("content_type", "application/json")
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.generic(
            method,
            f"{API}{address}",
            text or "",
            content_type=kind,
            headers={"authorization": f"Bearer {self.token.secret}", **given},
        )

    def get(self, address: str) -> Any:
        return self.send("GET", address)

    def post(self, address: str, body: Any, **headers: str) -> Any:
        return self.send("POST", address, body, **headers)

    def put(self, address: str, body: Any, **headers: str) -> Any:
        return self.send("PUT", address, body, **headers)

    def patch(self, address: str, body: Any, **headers: str) -> Any:
        return self.send("PATCH", address, body, **headers)

    def delete(self, address: str, **headers: str) -> Any:
        return self.send("DELETE", address, **headers)

    def etag(self, address: str) -> str:
        return str(self.get(address)["ETag"])


def problem(response: Any, status: int) -> dict[str, str]:
    """What a refusal says, by pointer; it is a problem document of this status."""
    assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json")
    told = response.json()
    assert told["status"] == status
    return {error["pointer"]: error["detail"] for error in told.get("errors", ())}
