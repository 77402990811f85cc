"""Every screen of the portal as data: the page, the form check, the page object and the manual all read it here."""

from simulator.catalogue.loading import CatalogueError, load_catalogue
from simulator.catalogue.model import Button, Catalogue, Edition, Field, MenuItem, Note, Screen, Section

__all__ = [
    "Button",
    "Catalogue",
    "CatalogueError",
    "Edition",
    "Field",
    "MenuItem",
    "Note",
    "Screen",
    "Section",
    "load_catalogue",
]
