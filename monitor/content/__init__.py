"""What the books say: reads the files of `resources/` and refuses what is wrong in them."""
