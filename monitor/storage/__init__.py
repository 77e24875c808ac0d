"""Keeps it: patients, reports and alerts in one SQLite file, safe against power cuts."""
