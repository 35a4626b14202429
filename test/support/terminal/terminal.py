"""Runs a command in a pseudo-terminal: terminal.py COLUMNS ROWS COMMAND ARGUMENT…

What comes over standard input is typed; what the terminal is given goes to standard output. It ends
with the command's exit code.
"""

import fcntl
import os
import pty
import select
import struct
import sys
import termios

columns, rows, command = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]

pid, master = pty.fork()
if pid == 0:
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    os.execvp(command[0], command)

keyboard = sys.stdin.fileno()
sources = [master, keyboard]
while True:
    ready, _, _ = select.select(sources, [], [])
    if keyboard in ready:
        typed = os.read(keyboard, 1024)
        if typed:
            os.write(master, typed)
        else:
            sources.remove(keyboard)
    if master in ready:
        try:
            shown = os.read(master, 65536)
        except OSError:  # The command has gone, and what it wrote has been read.
            break
        if not shown:
            break
        sys.stdout.buffer.write(shown)
        sys.stdout.buffer.flush()

_, status = os.waitpid(pid, 0)
sys.exit(os.waitstatus_to_exitcode(status))
