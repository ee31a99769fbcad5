"""A door before the server that counts what comes through it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from urllib.parse import urlsplit


class Relay:
    """Passes every connection on, and counts the bytes that the server sends."""

    def __init__(self, address: str) -> None:
        self.target = urlsplit(address)
        self.received = 0

    @asynccontextmanager
    async def open(self) -> AsyncIterator[str]:
        """The address of the door while it is open."""
        server = await asyncio.start_server(self._pass_on, "127.0.0.1", 0)
        async with server:
            yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        back, there = await asyncio.open_connection(self.target.hostname, self.target.port)
        await asyncio.gather(_copy(reader, there), self._count(back, writer))

    async def _count(self, back: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while part := await back.read(1 << 16):
                self.received += len(part)
                writer.write(part)
                await writer.drain()
        writer.close()


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while part := await reader.read(1 << 16):
            writer.write(part)
            await writer.drain()
    writer.close()
