"""What a sentence of a scenario means: one module per topic; locators are in `steps.screens`."""
