"""Draws every screen of both faces: somebody walks through them, taking pictures on the way."""
