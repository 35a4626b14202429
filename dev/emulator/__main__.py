"""A local AWS for development and tests: ministack, with rules that make it true to AWS.

Start it with the Python that has ministack installed: `python dev/emulator`.
Nothing in here is part of the product.
"""

import sys

import known_ministack
import settings
from problem import Problem


def main():
    try:
        settings.apply_defaults()
        known_ministack.refuse_unknown()
        # These import ministack, which reads its settings while it is imported.
        from rules import install_all
        from server import serve

        install_all()
        serve()
    except Problem as problem:
        print(problem, file=sys.stderr)
        sys.exit(1)


main()
