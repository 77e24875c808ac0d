"""What a patient sees: each screen shows a state and says what was touched."""
