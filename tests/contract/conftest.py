"""The API's small catalogue."""

from tests.api.conftest import catalogue, client, key_headers

__all__ = ["catalogue", "client", "key_headers"]
