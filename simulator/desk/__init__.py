"""The simulated Windows desk: what the manuals lead through outside the browser, drawn as illustrations."""

from simulator.desk.accounts import Desk, DeskAccount
from simulator.desk.app import create_desk
from simulator.desk.places import Certificates, Folder, FolderOnDisk
from simulator.desk.verbs import Press, downloads_window

__all__ = ["Certificates", "Desk", "DeskAccount", "Folder", "FolderOnDisk", "Press", "create_desk", "downloads_window"]
