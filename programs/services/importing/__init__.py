"""Imports: a file is handed in, read in steps, looked at, written in one transaction, undone whole."""

from programs.services.importing.advance import import_advance, imports_advance, imports_ring
from programs.services.importing.handing_in import (
    ColumnsInvalid,
    ImportNotSo,
    import_columns,
    import_confirm,
    import_drop,
    import_hand_in,
    import_lay_out,
    import_replace,
    import_take_back,
)

__all__ = [
    "ColumnsInvalid",
    "ImportNotSo",
    "import_advance",
    "import_columns",
    "import_confirm",
    "import_drop",
    "import_hand_in",
    "import_lay_out",
    "import_replace",
    "import_take_back",
    "imports_advance",
    "imports_ring",
]
