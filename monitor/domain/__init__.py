"""What is true: protocols, episodes, courses, rules and alerts, in plain Python."""
