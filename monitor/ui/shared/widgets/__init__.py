"""Small painted widgets that both faces show."""
