"""What the station draws: each screen shows a state and tells what was done."""
