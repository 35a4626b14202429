class Problem(Exception):
    """A reason not to start, worded for the person who started the emulator."""
