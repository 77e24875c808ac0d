"""What people do: one file per group of verbs over a Clinic."""
