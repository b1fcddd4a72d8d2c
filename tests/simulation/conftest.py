from tests.scoring.conftest import real_catalogue

__all__ = ["real_catalogue"]
