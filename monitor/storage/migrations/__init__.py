"""Each change of the database, in order; these scripts import nothing of ours."""
