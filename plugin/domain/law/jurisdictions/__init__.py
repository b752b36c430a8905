"""The law of each country, one schema-checked data file each; `docs/adding/country-law.md` is the recipe."""
