"""The face for nurses: who needs attention, and why."""
