"""A simulated student: a browser's part of Streamlit's websocket protocol, and one move after another.

Like a browser it holds the value of every widget on the page and sends them all with each move, takes over
a value that the server sets, and keeps the page's link.
"""

from __future__ import annotations

import asyncio
import random
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.NumberInput_pb2 import NumberInput
from streamlit.proto.Slider_pb2 import Slider
from websockets.asyncio.client import ClientConnection, connect

PATIENCE = 60
"""Seconds after which an answer counts as lost."""

DRAWER = "popover"
"""A page has at most one, and what is in it comes only once it is open."""
FIELDS = {
    "slider": "double_array_value",
    "select_slider": "string_array_value",
    "number_input": "double_value",
    "text_input": "string_value",
    "selectbox": "string_value",
    "button_group": "string_array_value",
    "checkbox": "bool_value",
    DRAWER: "bool_value",
}
"""How each kind of widget is sent back to the server."""


@dataclass
class Run:
    """One run of the page's script, as the student saw it."""

    move: str
    text: str = ""
    meant: str = ""
    """What the page should say of the text."""
    seconds: float = float("inf")
    """For ever, unless it comes to its end."""
    elements: list[Element] = field(default_factory=list)

    def of_kind(self, kind: str) -> list[Any]:
        """The page's elements of one kind."""
        return [getattr(element, kind) for element in self.elements if element.WhichOneof("type") == kind]


class Student:
    """One student on one page; `runs` are what it has seen so far, the first load before the others."""

    def __init__(self, address: str, page: str, link: dict[str, str], seed: int) -> None:
        self.address, self.page, self.link = address, page, dict(link)
        self.random = random.Random(seed)
        self.runs: list[Run] = []
        self.widgets: dict[str, tuple[str, Any]] = {}
        self.values: dict[str, Any] = {}
        self.ids: dict[str, str] = {}
        self._hash = ""
        self._socket: ClientConnection | None = None
        self._cached: dict[str, ForwardMsg] = {}

    async def open(self) -> None:
        """Open the page."""
        self.runs.append(Run("first load", self.link.get("own", "")))
        self._socket = await connect(
            self.address.replace("http", "ws", 1) + "/_stcore/stream",
            subprotocols=["streamlit"],
            origin=self.address,
            max_size=None,
            # As browsers do, where the server is asked for it.
            compression="deflate",
            open_timeout=PATIENCE,
        )
        await self._run(self.runs[-1])

    async def close(self) -> None:
        """Close the page."""
        if self._socket is not None:
            await self._socket.close()

    @property
    def lost(self) -> bool:
        """Whether the last answer never came."""
        return self.runs != [] and self.runs[-1].seconds == float("inf")

    def fault(self, run: Run) -> str:
        """What was wrong with a run, if anything."""
        shown = [f"{error.type}: {error.message}" for error in run.of_kind("exception")]
        return "no answer" if run.seconds == float("inf") else "; ".join(shown)

    async def move(self) -> None:
        """Make a move: that of a student who types nothing."""
        await self.slide()

    async def slide(self) -> None:
        """Move a slider or the number in a box, if there is one, or open or close the drawer with others."""
        movable = [
            key
            for key, (kind, _) in self.widgets.items()
            if kind in ("slider", "select_slider", "number_input", DRAWER) and self.values[key] is not None
        ]
        if not movable:
            # A page without numbers is moved by its lists.
            movable = [
                key for key, (kind, widget) in self.widgets.items() if kind == "selectbox" and widget.options
            ]
        if movable:
            await self._move("slider", self.random.choice(movable))

    async def choose(self, key: str) -> None:
        """Choose another option of a selectbox."""
        await self._move("choice", key)

    async def type(self, key: str, text: str) -> None:
        """Type a text into a box."""
        await self._move("typed", key, text)

    async def _move(self, move: str, key: str, text: str = "") -> None:
        kind, widget = self.widgets[key]
        self.values[key] = text or _another(kind, widget, self.values[key], self.random)
        self.runs.append(Run(move, text))
        await self._run(self.runs[-1])

    async def _run(self, run: Run) -> None:
        """Send the page's state, and wait until the script has run."""
        assert self._socket is not None
        message = BackMsg()
        asked = message.rerun_script
        asked.query_string = urlencode(self.link)
        asked.page_script_hash, asked.page_name = self._hash, "" if self._hash else self.page
        for key, (kind, widget) in self.widgets.items():
            if self.values[key] is not None:
                state, name = asked.widget_states.widgets.add(id=widget.id), FIELDS[kind]
                if name.endswith("array_value"):
                    getattr(state, name).data.extend(self.values[key])
                else:
                    setattr(state, name, self.values[key])
        asked.cached_message_hashes.extend(self._cached)
        began = time.perf_counter()
        await self._socket.send(message.SerializeToString())
        async with asyncio.timeout(PATIENCE):
            while not self._read(ForwardMsg.FromString(await self._socket.recv()), run):
                pass
        run.seconds = time.perf_counter() - began

    def _read(self, message: ForwardMsg, run: Run) -> bool:
        """Take in one message; whether it was the last of the run."""
        if message.WhichOneof("type") == "ref_hash":
            # The server only refers to a message that the browser still has; where it stands now is new.
            known = ForwardMsg()
            known.CopyFrom(self._cached[message.ref_hash])
            known.metadata.CopyFrom(message.metadata)
            message = known
        elif message.metadata.cacheable:
            self._cached[message.hash] = message
        match message.WhichOneof("type"):
            case "new_session":
                self.widgets.clear()
                run.elements.clear()
            case "navigation":
                # The hash in new_session is that of the router: a rerun with it goes to the home page.
                self._hash = message.navigation.page_script_hash
            case "page_not_found":
                raise LookupError(self.page)
            case "delta" if message.delta.add_block.popover.id:
                self.widgets[DRAWER] = DRAWER, message.delta.add_block.popover
                self.values.setdefault(DRAWER, False)
            case "delta" if message.delta.WhichOneof("type") == "new_element":
                run.elements.append(message.delta.new_element)
                self._hold(message.delta.new_element)
            case "script_finished":
                if message.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
                    raise SyntaxError(self.page)
                return message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
        return False

    def _hold(self, element: Element) -> None:
        """Keep a widget, and its value if it is new or the server has set it."""
        kind = element.WhichOneof("type")
        widget = getattr(element, kind)
        if kind == "slider" and widget.type == Slider.SELECT_SLIDER:
            kind = "select_slider"
        if kind in FIELDS:
            # Streamlit's id ends with the key that the page gave, "$$ID-<hash>-<key>", and a field's key begins with
            # its name.
            key = widget.id.split("-", 2)[2].partition(" ")[0]
            self.widgets[key] = kind, widget
            if self.ids.get(key) != widget.id:
                self.values[key] = _value(kind, widget)
            self.ids[key] = widget.id


def _value(kind: str, widget: Any) -> Any:
    """A widget's value as the page came with it."""
    match kind:
        case "select_slider":
            return (
                list(widget.raw_value)
                if widget.set_value
                else [widget.options[int(i)] for i in widget.default]
            )
        case "button_group" if not widget.set_value:
            return [widget.options[i].content for i in widget.default]
        case "button_group":
            return list(widget.raw_values)
        case "selectbox":
            if widget.set_value:
                return widget.raw_value
            # None has been chosen from a list that has to be chosen from, or that is empty.
            return widget.options[widget.default] if widget.HasField("default") else None
        case "slider":
            return list(widget.value if widget.set_value else widget.default)
    name = "value" if widget.set_value else "default"
    return getattr(widget, name) if kind == "checkbox" or widget.HasField(name) else None


def _another(kind: str, widget: Any, value: Any, chance: random.Random) -> Any:
    """Any other value on a slider or in a selectbox; in a box one near the last, as a person types it."""
    match kind:
        case "selectbox":
            return chance.choice(widget.options)
        case "select_slider":
            return [chance.choice(widget.options)]
        case "slider":
            steps = round((widget.max - widget.min) / widget.step)
            return sorted(widget.min + widget.step * chance.randint(0, steps) for _ in value)
        case "popover":
            return not value
        case "number_input":
            digits = 0 if widget.data_type == NumberInput.INT else 3
            near = round(value + chance.gauss(0, 0.3) * max(1.0, abs(value)), digits)
            return min(max(near, widget.min), widget.max)
    raise ValueError(kind)
