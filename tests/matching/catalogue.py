"""A catalogue of a dozen programs, published: the real core scores it in no time."""

from programs.models import DataVersion
from programs.services.publishing import data_version_publish
from tests.matching.factories import program_make

PLACES = (
    ("Los Angeles", "Los Angeles", "CA"),
    ("Riverside", "Riverside", "CA"),
    ("Fresno", "Fresno", "CA"),
    ("Portland", "Multnomah", "OR"),
    ("Chicago", "Cook", "IL"),
    ("Brooklyn", "Kings", "NY"),
)


def catalogue_make() -> DataVersion:
    """Two internal medicine programs in each of six places, from Los Angeles to Brooklyn."""
    for number in range(2 * len(PLACES)):
        city, county, state = PLACES[number // 2]
        program_make(f"sp{number + 1:05d}", city=city, county=county, state=state)
    return data_version_publish()
