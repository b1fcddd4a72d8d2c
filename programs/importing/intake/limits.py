"""How much a file may hold, and what is raised where it cannot be read."""

MAX_ROWS = 200_000
MAX_COLUMNS = 200
MAX_CELL = 2_000  # characters: the longest we keep is 500
HEADER_WITHIN = 40  # rows in which the header must come
SHOWN_ROWS = 5

# Of a workbook, which is a compressed archive: what it may grow to, and how.
MAX_MEMBERS = 1_000
MAX_UNPACKED = 300 * 1024 * 1024
MAX_STRINGS = 120 * 1024 * 1024  # the one member that is held whole
MAX_RATIO = 200
RATIO_FROM = 8 * 1024 * 1024  # small members may be as dense as they like


class FileUnreadable(Exception):
    """The file cannot be read from here on. ``place`` says where: a row, a sheet, a member, a byte."""

    def __init__(self, reason: str, place: str = "") -> None:
        self.reason, self.place = reason, place
        super().__init__(f"{place}: {reason}" if place else reason)
