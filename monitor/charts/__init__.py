"""Pictures of a course: drawn with matplotlib on a figure that is given, without Qt."""
