#!/usr/bin/env python
"""Run Django's commands for the dialogue tracker."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import OperationalError, ProgrammingError

from tracker.database import unmigrated, unreachable


def main() -> None:
    """Run the command in `sys.argv`. What the operator can mend is told in a sentence, no trace."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
    try:
        execute_from_command_line(sys.argv)
    except KeyboardInterrupt:
        sys.exit(130)
    except ImproperlyConfigured as error:
        sys.exit(f"Settings: {error}")
    except OperationalError as error:
        sentence = unreachable(error)
        if sentence is None:
            raise
        sys.exit(sentence)
    except ProgrammingError as error:
        sentence = unmigrated(error)
        if sentence is None:
            raise
        sys.exit(sentence)


if __name__ == "__main__":
    main()
