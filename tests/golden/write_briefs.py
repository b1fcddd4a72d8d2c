"""``python -m tests.golden.write_briefs``: writes the golden briefs anew. Read them before you keep them."""

import os
import sys

import django


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smartpick.settings")
    django.setup()
    from django.test.utils import setup_databases, teardown_databases  # noqa: PLC0415 — after setup

    from tests.golden.briefs import BRIEFS, brief_path, brief_words  # noqa: PLC0415
    from tests.profiles import TWELVE  # noqa: PLC0415
    from tests.real_catalogue import real_catalogue_load  # noqa: PLC0415

    databases = setup_databases(verbosity=0, interactive=False)
    try:
        catalogue = real_catalogue_load()
        BRIEFS.mkdir(exist_ok=True)
        for someone in TWELVE:
            brief_path(someone.slug).write_text(brief_words(someone, catalogue), encoding="utf-8")
            sys.stdout.write(f"wrote {brief_path(someone.slug)}\n")
    finally:
        teardown_databases(databases, verbosity=0)


if __name__ == "__main__":
    main()
