"""`drypoint schema`: the JSON schema of suites, for editors."""

from drypoint.cli.output import say_json

__all__ = ["schema"]


def schema() -> None:
    """Print the JSON schema of suite files, for editors."""
    from drypoint.checks.files import suite_schema

    say_json(suite_schema())
