"""A browser as the server sees it: one websocket, its widgets, and one message after the other."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Origin, Subprotocol

from tests.load.fetching import HTML, Jar, Line
from tests.load.widgets import Kept, Shown, Widget

XSRF = "_streamlit_xsrf"
PATIENCE = 60.0
"""Seconds after which a run that has not finished is one that never will."""
TRIGGER = "$$STREAMLIT_INTERNAL_KEY_{}__events"
"""The name under which what happened in a component is told."""


@dataclass
class Answer:
    """What came for one message: seconds to its end, bytes, errors by kind, and the address.

    texts: the bodies of plain texts, by which a page without an address tells what it was told.
    """

    seconds: float = 0.0
    size: int = 0
    errors: list[str] = field(default_factory=list)
    address: str | None = None
    texts: list[str] = field(default_factory=list)


class Browser:
    """One tab on one page; one message at a time, and its answer is waited for."""

    def __init__(self, url: str, address: str) -> None:
        self.url = url
        self.path, _, self.query = address.partition("?")
        self.jar = Jar()
        self.line = Line(url, self.jar)
        self.shown, self.kept = Shown(), Kept()
        self._socket: ClientConnection | None = None
        self._page = ""
        self._oldest = 2
        self._fragments: dict[str, int] = {}

    async def greet(self) -> None:
        """What a browser gets before its websocket: the page, the health, the configuration."""
        await self.line.get(f"/{self.path}?{self.query}", HTML)
        for name in ("health", "host-config"):
            await self.line.get(f"/_stcore/{name}")

    async def open(self) -> Answer:
        """Connect, and let the page come."""
        self._socket = await connect(
            f"ws://{urlsplit(self.url).netloc}/_stcore/stream",
            origin=Origin(self.url),
            subprotocols=[
                Subprotocol("streamlit"),
                Subprotocol(self.jar.cookies.get(XSRF, "PLACEHOLDER_AUTH_TOKEN")),
            ],
            additional_headers=self.jar.header(),
            compression=None,
            proxy=None,
            max_size=None,
            max_queue=None,
            open_timeout=PATIENCE,
            ping_timeout=PATIENCE,
        )
        return await self._ask("", [])

    async def close(self) -> None:
        """Close the tab."""
        self.line.close()
        if self._socket is not None:
            await self._socket.close()

    async def say(self, widget: Widget, said: Any) -> Answer:
        """Move a widget."""
        widget.said = said
        return await self._ask(widget.fragment, [])

    async def press(self, widget: Widget) -> Answer:
        """Press a button."""
        return await self._ask(widget.fragment, [WidgetState(id=widget.id, trigger_value=True)])

    async def trigger(self, widget: Widget, event: str) -> Answer:
        """Something happens in a component, told as JSON."""
        state = WidgetState(id=TRIGGER.format(widget.id), json_trigger_value=event)
        return await self._ask(widget.fragment, [state])

    async def _ask(self, fragment: str, pressed: list[WidgetState]) -> Answer:
        """Send what a browser sends and wait until the run has finished."""
        answer = Answer()
        socket = self._socket
        assert socket is not None, "a tab is opened first"
        begun = time.perf_counter()
        try:
            async with asyncio.timeout(PATIENCE):
                await socket.send(self._message(fragment, pressed).SerializeToString())
                while not self._hear(await socket.recv(decode=False), answer):
                    pass
        except TimeoutError:
            answer.errors.append("never finished")
        except ConnectionClosed:
            answer.errors.append("closed socket")
        answer.seconds = time.perf_counter() - begun
        if answer.address is not None:
            self.query = answer.address
        return answer

    def _message(self, fragment: str, pressed: list[WidgetState]) -> BackMsg:
        message = BackMsg()
        run = message.rerun_script
        run.query_string, run.fragment_id = self.query, fragment
        run.page_script_hash = self._page
        if not self._page:
            run.page_name = self.path
        run.widget_states.CopyFrom(self.shown.states())
        run.widget_states.widgets.extend(pressed)
        run.cached_message_hashes.extend(self.kept.names())
        about = run.context_info
        about.timezone, about.locale, about.color_scheme = "UTC", "en-US", "light"
        about.url = f"{self.url}/{self.path}"
        return message

    def _hear(self, data: bytes, answer: Answer) -> bool:
        """Take one message; whether it was the last one of the answer."""
        answer.size += len(data)
        message = ForwardMsg.FromString(data)
        kind = message.WhichOneof("type")
        if kind == "delta":
            self._draw(message, answer)
        elif kind == "ref_hash":
            self._draw_again(message.ref_hash, answer)
        elif kind == "page_info_changed":
            answer.address = message.page_info_changed.query_string
        elif kind == "new_session":
            self._begin(message)
        elif kind == "navigation":  # which page it is, is known when the script has said so
            self._page = message.navigation.page_script_hash
        elif kind == "session_event":
            answer.errors.append(f"event: {message.session_event.WhichOneof('type')}")
        elif kind == "script_finished":
            return self._end(message, answer)
        return False

    def _begin(self, message: ForwardMsg) -> None:
        self._page = message.new_session.page_script_hash or self._page
        self._oldest = message.new_session.config.max_cached_message_age
        self.shown.begin()

    def _draw(self, message: ForwardMsg, answer: Answer) -> None:
        delta = message.delta
        widget = ""
        if delta.WhichOneof("type") == "new_element":
            element = delta.new_element
            kind = element.WhichOneof("type") or ""
            widget = self.shown.take(kind, element, delta.fragment_id)
            if kind == "exception":
                answer.errors.append(f"exception: {element.exception.type}")
            elif kind == "text":
                answer.texts.append(element.text.body)
        if message.metadata.cacheable:
            self.kept.keep(message.hash, delta.fragment_id, widget)

    def _draw_again(self, name: str, answer: Answer) -> None:
        try:
            self.shown.still(self.kept.use(name))
        except KeyError:
            answer.errors.append("named a message that was not kept")

    def _end(self, message: ForwardMsg, answer: Answer) -> bool:
        """A run has ended; where another one follows at once, the answer goes on."""
        status = message.script_finished
        if status == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            return False
        if status == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
            answer.errors.append("did not compile")
        fragments = message.metadata.run.fragment_ids
        self.shown.end(fragments)
        self.kept.age(self._oldest, fragments)
        return True


def counted(answers: list[Answer]) -> Counter[str]:
    """The errors of many answers by their kind."""
    return Counter(error for answer in answers for error in answer.errors)
