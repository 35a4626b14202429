"""The emulator's environment variables.

Ministack's own: GATEWAY_PORT (4566 unless set), BIND_HOST, SERVICES, LOG_LEVEL and the rest.
SLUICE_EMULATOR_RATE       requests a second of the pooled Lambda control plane (15)
SLUICE_EMULATOR_UPDATE_MS  how long a create or an update of a function is under way (500)
SLUICE_EMULATOR_TODAY      the date that decides which runtimes are blocked, as YYYY-MM-DD (today)
"""

import datetime
import os

from problem import Problem

_DEFAULTS = {
    "GATEWAY_PORT": "4566",
    # Ministack listens on every interface, and opens MQTT and SFTP ports, unless told not to.
    "BIND_HOST": "127.0.0.1",
    "IOT_MTLS_ENABLED": "0",
    "SFTP_ENABLED": "0",
    "SERVICES": "lambda,sts,s3,ecr,iam,cloudwatch,logs,secretsmanager,cloudformation",
    "LOG_LEVEL": "WARNING",
}


def apply_defaults():
    for name, value in _DEFAULTS.items():
        os.environ.setdefault(name, value)
    pooled_rate()
    update_seconds()
    today()


def pooled_rate():
    return _number("SLUICE_EMULATOR_RATE", 15)


def update_seconds():
    return _number("SLUICE_EMULATOR_UPDATE_MS", 500) / 1000


def today():
    """The date set by the environment, or None for the real one."""
    text = os.environ.get("SLUICE_EMULATOR_TODAY")
    return date("SLUICE_EMULATOR_TODAY", text) if text else None


def date(name, text):
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise Problem(f"{name} is {text}, which is not a date of the form YYYY-MM-DD.") from None


def _number(name, default):
    text = os.environ.get(name) or str(default)
    try:
        number = float(text)
    except ValueError:
        number = 0
    if number <= 0:
        raise Problem(f"{name} is {text}, which is not a number above zero.")
    return number
