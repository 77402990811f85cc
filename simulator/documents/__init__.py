"""Files that people print or open in another program: PDF and CSV.

Nothing here knows where the data comes from; rows are read one after the other, so that long lists need little memory.
"""

from simulator.documents.csv_file import CsvEncoding, Replaced, find_replaced, write_csv
from simulator.documents.fonts import GOTHIC, MINCHO, FontMissing, register_fonts
from simulator.documents.table_pdf import Column, TableDocument, write_table_pdf

__all__ = [
    "GOTHIC",
    "MINCHO",
    "Column",
    "CsvEncoding",
    "FontMissing",
    "Replaced",
    "TableDocument",
    "find_replaced",
    "register_fonts",
    "write_csv",
    "write_table_pdf",
]
