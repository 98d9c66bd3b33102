"""How mails leave the house: one address in the environment, read into Django's settings."""

from urllib.parse import SplitResult, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

LOOPBACK = {"localhost", "127.0.0.1", "::1"}
PORTS = {"smtp": 587, "smtps": 465}


def configuration(url: str, *, debug: bool) -> dict[str, object]:
    """Return Django's mail settings for `smtp://user:password@host:587` or `smtps://…:465`.

    `smtps` encrypts from the first byte, `smtp` by STARTTLS and never without, but for a relay on
    this machine. Left out, mails go to such a relay on port 25; under `debug` they are printed.
    Raises ImproperlyConfigured for what is neither.
    """
    if not url:
        backend = "console" if debug else "smtp"
        return {"EMAIL_BACKEND": f"django.core.mail.backends.{backend}.EmailBackend"}
    parts = _parts(url)
    within = parts.scheme == "smtp" and parts.hostname in LOOPBACK
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (25 if within else PORTS[parts.scheme]),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and not within,
        "EMAIL_TIMEOUT": 30,
    }


def _parts(url: str) -> SplitResult:
    # The password is not told: what a start says stands in logs.
    wrong = ImproperlyConfigured(
        "EMAIL_URL has to be smtp://user:password@host:587 or smtps://user:password@host:465, "
        "with special characters of the password written as %40 for @."
    )
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - raises for what is no port
    except ValueError:
        raise wrong from None
    if parts.scheme not in PORTS or not parts.hostname or parts.path.strip("/"):
        raise wrong
    return parts


def site_url(given: str, hosts: list[str], *, debug: bool) -> str:
    """Return how the site is reached, for addresses in mails, without a slash at the end.

    Left out, it is the first of `hosts` by https; under `debug`, where `make run` serves.
    """
    if not given:
        name = hosts[0].lstrip(".*") or "localhost"
        return "http://127.0.0.1:8000" if debug else f"https://{name}"
    parts = urlsplit(given)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.query or parts.fragment:
        raise ImproperlyConfigured(
            f"SITE_URL is {given!r}; it has to be like https://dialogues.example.go.id."
        )
    return given.rstrip("/")
