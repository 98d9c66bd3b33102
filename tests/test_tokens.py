"""Programs sign in by tokens: made by oneself or for a service, shown once, and ended in time."""

import logging
import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dialogues.models import ApiToken, User
from dialogues.models.tokens import checksum, is_well_formed
from dialogues.queries.history import history
from tests.scene import Scene, scene, signed_in
from tracker.logs import WithoutKeys

__all__ = ["scene"]

PAGE = "/accounts/tokens/"
ROUNDS = "/api/v1/rounds/"
SECRET = re.compile(r"dt_[0-9A-Za-z]{8}_[0-9A-Za-z]{49}")


@pytest.fixture(autouse=True)
def _nobody_has_asked_yet():
    cache.clear()


def token_of(user: User, **fields: object) -> ApiToken:
    given = {"name": "Notebook", "expires": timezone.now() + timedelta(days=7)}
    return ApiToken.objects.make(owner=user, **given | fields)


def ask(secret: str, **more: Any):
    """What the API answers to a program that sends this token."""
    return Client(**more).get(ROUNDS, headers={"authorization": f"Bearer {secret}"})


# --- One's own ------------------------------------------------------------------------------------


def test_an_analyst_makes_a_token_sees_it_once_and_reads_with_it(scene: Scene):
    scene.round(visibility="internal", publication="published", slug="inside")
    eka = signed_in(scene.eka)
    answer = eka.post(PAGE, {"name": "Notebook", "lifetime": "30", "networks": ""})

    (secret,) = SECRET.findall(answer.content.decode())
    assert "no-store" in answer["Cache-Control"]
    assert secret not in eka.get(PAGE).content.decode()
    token = ApiToken.objects.get()
    assert secret not in {str(value) for value in token.__dict__.values()}
    assert timezone.now() + timedelta(days=29) < token.expires
    assert [found["slug"] for found in ask(secret).json()["results"]] == ["inside"]
    assert Client().get(ROUNDS).json()["results"] == []
    assert not token.may_write


def test_only_staff_get_tokens_that_write(scene: Scene):
    signed_in(scene.ayu).post(PAGE, {"name": "n", "lifetime": "7", "may_write": "on"})
    assert ApiToken.objects.get(owner=scene.ayu).may_write
    reader = User.objects.create_user("reader")
    made = signed_in(reader).post(PAGE, {"name": "n", "lifetime": "7", "may_write": "on"})

    assert made.status_code == 200
    assert not ApiToken.objects.get(owner=reader).may_write
    assert "may_write" not in signed_in(reader).get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": ""}, "name"),
        ({"lifetime": "4000"}, "lifetime"),
        ({"networks": "192.0.2.0/24, everywhere"}, "networks"),
        ({"networks": "192.0.2.1/24"}, "networks"),
    ],
)
def test_a_mistake_makes_no_token_and_stands_at_its_field(scene: Scene, given, field):
    answer = signed_in(scene.eka).post(PAGE, {"name": "Notebook", "lifetime": "7"} | given)

    assert list(answer.context["form"].errors) == [field]
    assert f'href="#id_{field}"' in answer.content.decode()
    assert not ApiToken.objects.exists()


def test_a_token_is_revoked_by_its_owner_alone(scene: Scene):
    token = token_of(scene.eka)
    assert signed_in(scene.ayu).post(PAGE, {"revoke": token.prefix}).status_code == 404
    assert ask(token.secret).status_code == 200

    assert signed_in(scene.eka).post(PAGE, {"revoke": token.prefix}).status_code == 302
    refused = ask(token.secret)
    assert (refused.status_code, refused.json()["detail"]) == (401, "This token has been revoked.")
    assert signed_in(scene.eka).get(PAGE).context["ended"] == [token]


def test_nobody_has_tokens_without_an_account(db):
    assert Client().get(PAGE)["Location"] == f"/accounts/login/?next={PAGE}"


# --- What a token is worth ------------------------------------------------------------------------


def test_a_token_is_found_by_scanners_and_nothing_else_is(scene: Scene):
    secret = token_of(scene.eka).secret
    assert SECRET.fullmatch(secret)
    assert is_well_formed(secret)
    assert checksum("dt_") == "006G8h"
    wrong = secret[:-1] + ("a" if secret[-1] != "a" else "b")
    for made_up in (wrong, secret.upper(), f"{secret}x", "dt_", "", "\x00", "ü" * 61):
        assert not is_well_formed(made_up)
        with CaptureQueriesContext(connection) as queries:
            assert ask(made_up).status_code == 401
        assert len(queries) == 0


def test_what_does_not_let_in_is_never_read_as_nobodys(scene: Scene):
    token = token_of(scene.eka)
    other = token_of(scene.eka)
    mixed = token.secret[:12] + other.secret[12:-6]
    for given in (
        f"Bearer {mixed}{checksum(mixed)}",
        "Bearer",
        "",
        f"Token {token.secret}",
        "Basic ZWthOng=",
    ):
        answer = Client().get(ROUNDS, headers={"authorization": given})
        assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")
        assert answer["WWW-Authenticate"] == 'Bearer realm="dialogues", error="invalid_token"'
        assert answer["Cache-Control"] == "no-store"
    assert signed_in(scene.eka).get(ROUNDS, headers={"authorization": "x"}).status_code == 401
    lower = Client().get(ROUNDS, headers={"authorization": f"bearer {token.secret}"})
    assert lower.status_code == 200


def test_a_token_expires(scene: Scene):
    token = token_of(scene.eka, expires=timezone.now() - timedelta(seconds=1))
    answer = ask(token.secret)
    assert (answer.status_code, answer.json()["detail"]) == (401, "This token has expired.")


def test_switching_an_account_off_ends_its_tokens_for_good(scene: Scene):
    token = token_of(scene.eka)
    User.objects.filter(pk=scene.eka.pk).update(is_active=False)
    assert ask(token.secret).json()["detail"] == "The account of this token is switched off."

    User.objects.filter(pk=scene.eka.pk).update(is_active=True)
    assert ask(token.secret).json()["detail"] == "This token has been revoked."


def test_a_token_is_good_from_its_networks_alone(scene: Scene, settings):
    token = token_of(scene.eka, networks=["192.0.2.0/24", "2001:db8::/32"])
    good = {
        address: ask(token.secret, REMOTE_ADDR=address).status_code
        for address in ("192.0.2.9", "::ffff:192.0.2.9", "2001:db8::1", "198.51.100.1", "::1", "")
    }
    assert list(good.values()) == [200, 200, 200, 401, 401, 401]

    # What a client says of itself counts only where a proxy says it.
    elsewhere = Client(REMOTE_ADDR="198.51.100.1")
    sent = {"authorization": f"Bearer {token.secret}", "x-forwarded-for": "192.0.2.9"}
    assert elsewhere.get(ROUNDS, headers=sent).status_code == 401
    settings.TRUSTED_PROXY = True
    assert elsewhere.get(ROUNDS, headers=sent).status_code == 200


def test_when_it_was_last_used_is_kept_once_a_minute_and_makes_no_history(scene: Scene):
    token = token_of(scene.eka)
    ask(token.secret, REMOTE_ADDR="192.0.2.9")
    first = ApiToken.objects.get()
    assert first.last_address == "192.0.2.9"
    with CaptureQueriesContext(connection) as queries:
        ask(token.secret, REMOTE_ADDR="192.0.2.10")
    assert [query["sql"][:6] for query in queries] == ["SELECT"] * 4
    assert ApiToken.objects.get().last_used == first.last_used

    ApiToken.objects.update(last_used=timezone.now() - timedelta(seconds=61))
    ask(token.secret, REMOTE_ADDR="192.0.2.10")
    assert ApiToken.objects.get().last_address == "192.0.2.10"
    assert len(history(token, scene.root)) == 1
    assert "last used on" in signed_in(scene.eka).get(PAGE).content.decode()


def test_a_token_that_gets_into_an_address_is_not_read_in_logs(scene: Scene):
    secret = token_of(scene.eka).secret
    record = logging.makeLogRecord({"msg": "%s", "args": (f"GET /api/v1/?token={secret}",)})
    WithoutKeys().filter(record)
    assert record.getMessage() == f"GET /api/v1/?token={secret[:11]}…"


# --- For services ---------------------------------------------------------------------------------


@pytest.fixture
def robot(scene: Scene) -> User:
    """An account that nobody signs in with."""
    return User.objects.create_user("robot", is_staff=True)


def form_of(owner: User) -> dict[str, str]:
    tomorrow = timezone.localtime() + timedelta(days=1)
    return {
        "owner": str(owner.pk),
        "name": "Nightly copy",
        "networks": "192.0.2.0/24",
        "expires_0": tomorrow.date().isoformat(),
        "expires_1": "12:00:00",
    }


ADD = "/admin/dialogues/apitoken/add/"


def test_an_administrator_makes_a_services_token_and_sees_it_once(scene: Scene, robot: User):
    dewi = signed_in(scene.dewi)
    answer = dewi.post(ADD, form_of(robot))

    (secret,) = SECRET.findall(answer.content.decode())
    assert "no-store" in answer["Cache-Control"]
    assert ask(secret, REMOTE_ADDR="192.0.2.1").status_code == 200
    for address in ("/admin/dialogues/apitoken/", f"/admin/dialogues/apitoken/{_pk()}/change/"):
        shown = dewi.get(address).content.decode()
        assert "Nightly copy" in shown
        assert secret not in shown
    (made,) = history(ApiToken.objects.get(), scene.dewi)
    assert made.author.name == "Dewi"
    assert secret not in str(made)


def _pk() -> int:
    return ApiToken.objects.get().pk


def test_nobody_makes_a_token_in_another_persons_name(scene: Scene, robot: User):
    dewi = signed_in(scene.dewi)
    for owner in (scene.ayu, scene.root):
        assert dewi.post(ADD, form_of(owner)).context["errors"]
    assert signed_in(scene.citra).post(ADD, form_of(robot)).status_code == 403
    late = form_of(robot) | {"expires_0": "2199-01-01"}
    assert dewi.post(ADD, late).context["adminform"].form.errors.keys() == {"expires"}
    assert not ApiToken.objects.exists()


def test_an_administrator_ends_anybodys_token(scene: Scene):
    token = token_of(scene.ayu)
    chosen = {"action": "revoke", "_selected_action": [str(token.pk)]}
    told = signed_in(scene.dewi).post("/admin/dialogues/apitoken/", chosen, follow=True)
    assert "1 token revoked." in told.content.decode()
    assert ask(token.secret).status_code == 401


# --- How much, and from where ---------------------------------------------------------------------


def test_each_token_has_its_own_measure(scene: Scene, settings):
    settings.API_TOKEN_RATE = 2
    settings.API_ANONYMOUS_RATE = 1
    first, second = token_of(scene.eka), token_of(scene.eka)
    assert [ask(first.secret).status_code for _ in range(3)] == [200, 200, 429]
    assert 1 <= int(ask(first.secret)["Retry-After"]) <= 60
    assert ask(second.secret).status_code == 200


def test_who_tries_one_token_after_another_is_made_to_wait(scene: Scene, settings):
    settings.API_FAILED_RATE = 2
    good = token_of(scene.eka).secret
    assert [ask("dt_guess").status_code for _ in range(3)] == [401, 401, 429]
    assert 1 <= int(ask("dt_guess")["Retry-After"]) <= 60
    assert ask("dt_guess", REMOTE_ADDR="192.0.2.7").status_code == 401
    assert ask(good).status_code == 200


CORS = "corsheaders.middleware.CorsMiddleware"


def test_scripts_of_other_sites_read_only_where_a_setting_says_so(scene: Scene, settings):
    elsewhere = {"origin": "https://notes.example"}
    assert CORS not in settings.MIDDLEWARE
    assert "Access-Control-Allow-Origin" not in Client().get(ROUNDS, headers=elsewhere)

    settings.MIDDLEWARE = [CORS, *settings.MIDDLEWARE]
    settings.CORS_ALLOWED_ORIGINS = ["https://notes.example"]
    answer = Client().get(ROUNDS, headers=elsewhere)
    assert answer["Access-Control-Allow-Origin"] == "https://notes.example"
    assert "Access-Control-Allow-Credentials" not in answer
    asked = elsewhere | {
        "access-control-request-method": "PUT",
        "access-control-request-headers": "authorization, if-match",
    }
    allowed = Client().options(ROUNDS, headers=asked)
    assert "PUT" in allowed["Access-Control-Allow-Methods"]
    assert "authorization" in allowed["Access-Control-Allow-Headers"]
    for address, origin in (("/rounds/", "https://notes.example"), (ROUNDS, "https://x.example")):
        other = Client().get(address, headers={"origin": origin})
        assert "Access-Control-Allow-Origin" not in other
