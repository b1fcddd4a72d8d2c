"""``python -m tests.golden.write``: writes the golden answers anew. See what changed before you keep it."""

import os
import sys

import django


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smartpick.settings")
    django.setup()
    from django.test.utils import setup_databases, teardown_databases  # noqa: PLC0415 — after setup

    from applicants.personas import PERSONAS  # noqa: PLC0415
    from tests.golden.golden import ANSWERS, EXAMPLE, example_bytes, golden_bytes, golden_path  # noqa: PLC0415
    from tests.real_catalogue import real_catalogue_load  # noqa: PLC0415

    databases = setup_databases(verbosity=0, interactive=False)
    try:
        catalogue = real_catalogue_load()
        ANSWERS.mkdir(exist_ok=True)
        for persona in PERSONAS:
            golden_path(persona.slug).write_bytes(golden_bytes(persona, catalogue))
            sys.stdout.write(f"wrote {golden_path(persona.slug)}\n")
        EXAMPLE.write_bytes(example_bytes(catalogue))
        sys.stdout.write(f"wrote {EXAMPLE}\n")
    finally:
        teardown_databases(databases, verbosity=0)


if __name__ == "__main__":
    main()
