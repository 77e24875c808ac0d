"""Measurements that are run by hand: speed and detection, not tests."""
