"""The kiosk: full screen, for patients, one question at a time."""
