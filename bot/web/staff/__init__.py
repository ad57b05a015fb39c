"""The pages of staff and admins under `/staff`. The only pages that may ask the database; they write no content file themselves."""
