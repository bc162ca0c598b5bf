"""Clients that speak to the server as Streamlit's front end does: protobuf over a web socket, one session each."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

_WORDS = ("", "flood", "people", "strike", "bus", "ministry", "school")
_DONE = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)


@dataclass
class Record:
    """What happened to all clients: seconds of runs by kind, faults in words, bytes received."""

    runs: dict[str, list[float]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    received: int = 0

    def ran(self, kind: str, seconds: float) -> None:
        """A run of the script came to its end."""
        self.runs.setdefault(kind, []).append(seconds)


class Client:
    """One browser tab: it opens a page, then looks at pages and filters by words, as a reader does, until the end."""

    def __init__(self, url: str, number: int, record: Record, pause: float) -> None:
        self._url = url.replace("http", "ws", 1) + "/_stcore/stream"
        self._random = random.Random(number)
        self._record, self._pause, self._name = record, pause, f"client {number}"
        self._pages: list[str] = []
        self._page = ""
        self._words_widget = ""
        self._words = ""
        self._finished: asyncio.Queue[int] = asyncio.Queue()
        self._polls: dict[str, asyncio.Task[None]] = {}
        self._busy = asyncio.Lock()

    async def stay(self, until: float) -> None:
        """Connect, and act until ``until`` (of time.monotonic)."""
        async with connect(self._url, subprotocols=["streamlit"], max_size=None) as socket:  # type: ignore[list-item]
            reading = asyncio.create_task(self._read(socket))
            try:
                await self._run(socket, "first page")
                while time.monotonic() < until and not reading.done():
                    await asyncio.sleep(self._random.expovariate(1 / self._pause))
                    await self._act(socket)
                if reading.done():
                    self._record.faults.append(f"{self._name}: the web socket closed: {reading.exception()}")
            finally:
                for task in (reading, *self._polls.values()):
                    task.cancel()

    async def _act(self, socket: ClientConnection) -> None:
        if self._pages and self._random.random() < 0.5:
            self._page = self._random.choice(self._pages)
            await self._run(socket, "page")
        else:
            self._words = self._random.choice(_WORDS)
            await self._run(socket, "filter")

    async def _run(self, socket: ClientConnection, kind: str, fragment: str = "") -> None:
        message = BackMsg()
        state = message.rerun_script
        state.page_script_hash = self._page
        state.fragment_id = fragment
        state.is_auto_rerun = bool(fragment)
        if self._words_widget:
            widget = state.widget_states.widgets.add()
            widget.id, widget.string_value = self._words_widget, self._words
        async with self._busy:
            while not self._finished.empty():
                self._finished.get_nowait()
            start = time.monotonic()
            await socket.send(message.SerializeToString())
            try:
                status = await asyncio.wait_for(self._finished.get(), 120)
            except TimeoutError:
                self._record.faults.append(f"{self._name}: a run ({kind}) did not end within 120 s")
                return
        if status in _DONE:
            self._record.ran(kind, time.monotonic() - start)
        elif status != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            self._record.faults.append(f"{self._name}: a run ({kind}) ended with status {status}")

    async def _read(self, socket: ClientConnection) -> None:
        async for data in socket:
            assert isinstance(data, bytes)
            self._record.received += len(data)
            message = ForwardMsg.FromString(data)
            kind = message.WhichOneof("type")
            if kind == "script_finished":
                self._finished.put_nowait(message.script_finished)
            elif kind == "navigation":
                self._pages = [page.page_script_hash for page in message.navigation.app_pages]
            elif kind == "auto_rerun":
                self._poll(socket, message.auto_rerun)
            elif kind == "session_event" and message.session_event.HasField("script_compilation_exception"):
                self._record.faults.append(f"{self._name}: the script does not compile")
            elif kind == "delta":
                self._look(message.delta.new_element)

    def _look(self, element: Any) -> None:
        if element.WhichOneof("type") == "exception":
            self._record.faults.append(f"{self._name}: {element.exception.type} {element.exception.message}")
        elif element.WhichOneof("type") == "text_input" and element.text_input.label == "Words in the text":
            self._words_widget = element.text_input.id

    def _poll(self, socket: ClientConnection, asked: Any) -> None:
        """A fragment wants to be run again and again, as the front end would."""
        if asked.fragment_id in self._polls:
            self._polls[asked.fragment_id].cancel()

        async def again() -> None:
            while True:
                await asyncio.sleep(asked.interval)
                await self._run(socket, "look for news", asked.fragment_id)

        self._polls[asked.fragment_id] = asyncio.create_task(again())


async def crowd(url: str, count: int, seconds: float, record: Record, pause: float) -> None:
    """``count`` clients for so many seconds; they come in over the first half minute."""
    until = time.monotonic() + seconds

    async def one(number: int) -> None:
        await asyncio.sleep(number * 30 / count)
        try:
            await Client(url, number, record, pause).stay(until)
        except Exception as error:
            record.faults.append(f"client {number}: {type(error).__name__}: {error}")

    await asyncio.gather(*(one(number) for number in range(count)))


def quantiles(seconds: list[float]) -> Iterator[float]:
    """Median, 95th and 99th of a hundred, and the longest."""
    ordered = sorted(seconds)
    for share in (0.5, 0.95, 0.99, 1.0):
        yield ordered[min(len(ordered) - 1, int(share * len(ordered)))]
