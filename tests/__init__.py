"""Tests of Rootwatch, in the same rooms as the program."""
