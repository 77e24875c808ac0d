"""What both faces share: the theme, the texts, the database thread and a few widgets."""
