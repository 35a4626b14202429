"""Serves the emulator until it is told to stop."""

import asyncio
import os
import signal

from hypercorn.asyncio import serve as hypercorn_serve
from hypercorn.config import Config
from ministack import app

from problem import Problem
from rules import environments


def serve():
    try:
        asyncio.run(_until_stopped())
    except OSError as error:
        raise Problem(f"Cannot listen on {_address()}: {error.strerror}.") from None


async def _until_stopped():
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    server = asyncio.ensure_future(hypercorn_serve(app.app, _config(), shutdown_trigger=_never))
    stopped = asyncio.ensure_future(stop.wait())
    await asyncio.wait({server, stopped}, return_when=asyncio.FIRST_COMPLETED)
    if server.done():
        server.result()
    environments.stop_all()
    # All state is in memory, and waiting for clients to close their connections takes seconds.
    os._exit(0)


async def _never():
    await asyncio.Event().wait()


def _config():
    config = Config()
    config.bind = [_address()]
    # Longer than the clients keep an idle connection, or they would meet it closing.
    config.keep_alive_timeout = 75
    config.loglevel = os.environ["LOG_LEVEL"].upper()
    return config


def _address():
    return f"{os.environ['BIND_HOST']}:{os.environ['GATEWAY_PORT']}"
