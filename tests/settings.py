"""The project's settings as the tests need them; their databases stand where `make run` has its."""

import os

os.environ["DEBUG"] = "1"

from tracker.settings import *  # noqa: F403

# A slow hash is what a password needs and a test does not.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
