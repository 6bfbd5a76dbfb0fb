"""What only Django can judge, in one process: system checks, complete migrations, templates that compile."""

from __future__ import annotations

import io
import os
import sys
import warnings
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")


def main() -> int:
    """1 when something is wrong; every fault is printed."""
    import django
    from django.core.management import CommandError, call_command

    django.setup()
    faults = compile_templates()
    try:
        call_command("check", fail_level="WARNING")
    except CommandError as error:
        faults.append(str(error))
    out = io.StringIO()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # there is no database here, nor need of one
            call_command("makemigrations", check=True, dry_run=True, verbosity=1, stdout=out, stderr=out)
    except SystemExit:
        faults.append("Models changed without a migration:\n" + out.getvalue())
    print("\n".join(faults))
    return 1 if faults else 0


def compile_templates() -> list[str]:
    """Names and reasons of templates that do not compile."""
    from django.template import TemplateDoesNotExist, TemplateSyntaxError
    from django.template.loader import get_template

    faults = []
    for folder in sorted((ROOT / "motcua").glob("*/templates")):
        for path in sorted(folder.rglob("*.html")) + sorted(folder.rglob("*.txt")):
            name = str(path.relative_to(folder))
            try:
                get_template(name)
            except (TemplateSyntaxError, TemplateDoesNotExist) as error:
                faults.append(f"{path.relative_to(ROOT)}: {type(error).__name__}: {error}")
    return faults


if __name__ == "__main__":
    sys.exit(main())
