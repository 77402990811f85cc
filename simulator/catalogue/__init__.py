"""Every screen of the portal as data: the page, the form check, the page object and the manual all read it here."""

from simulator.catalogue.loading import CatalogueError, load_catalogue
from simulator.catalogue.manuals import ManualPage, manual_pages
from simulator.catalogue.model import (
    Button,
    Catalogue,
    Edition,
    Field,
    Manual,
    ManualStep,
    MenuItem,
    Note,
    PaperChoice,
    PaperEntry,
    PaperForm,
    PaperWords,
    Screen,
    Section,
)

__all__ = [
    "Button",
    "Catalogue",
    "CatalogueError",
    "Edition",
    "Field",
    "Manual",
    "ManualPage",
    "ManualStep",
    "MenuItem",
    "Note",
    "PaperChoice",
    "PaperEntry",
    "PaperForm",
    "PaperWords",
    "Screen",
    "Section",
    "load_catalogue",
    "manual_pages",
]
