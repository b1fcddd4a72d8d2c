"""``python -m tests.golden.write_sandbox``: writes the hashes of the sandbox's answers anew.

Partners see the change: say in fixtures/api_changes.csv that it came and why.
"""

import os
import sys

import django
import orjson


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smartpick.settings")
    django.setup()
    from tests.golden.sandbox import HASHES, hashes  # noqa: PLC0415 — after setup

    HASHES.write_bytes(orjson.dumps(hashes(), option=orjson.OPT_INDENT_2) + b"\n")
    sys.stdout.write(f"wrote {HASHES}\n")


if __name__ == "__main__":
    main()
