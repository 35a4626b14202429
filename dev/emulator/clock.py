"""The date that decides which runtimes are blocked; a running emulator can be given another."""

import datetime

import settings

_today = settings.today()


def today():
    return _today or datetime.date.today()


def set_today(date):
    """`None` returns to the real date."""
    global _today
    _today = date
