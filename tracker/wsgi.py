"""The site for a WSGI server: `gunicorn tracker.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
# A connection a request would cost more than many a page; commands that end soon need no pool.
os.environ.setdefault("DATABASE_POOL", "8")

application = get_wsgi_application()
