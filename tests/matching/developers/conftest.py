from collections.abc import Iterator

import pytest

from tests.matching.developers.running import Running, running_site


@pytest.fixture(scope="package")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """One running site for all tests of these pages that need one."""
    with running_site(tmp_path_factory.mktemp("site")) as site:
        yield site
