"""What the portal must do, as Japanese scenarios: one folder per chapter of the manuals."""
