"""The command `koujyo`: runs the scenarios, the simulator and the checks, and makes the reports."""
