"""Rootwatch: follow-up after nerve-root procedures of the neck."""
