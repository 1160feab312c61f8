"""The vocabularies of the field, as data with ids that never change."""
