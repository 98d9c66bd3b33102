"""What every test may ask for."""

import os

# Playwright's synchronous interface runs an event loop in this thread. Django takes that for a mistake and
# refuses the database there; the loop only waits for the browser here.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
