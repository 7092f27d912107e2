"""What is on a page, as the server has sent it, and what a browser would send back: Streamlit's protocol without a
browser, and without a connection."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from google.protobuf.message import Message
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

TEXTS = ("markdown", "heading", "alert", "text", "toast")  # elements whose `body` is read
VALUES = {
    "button": "trigger_value",
    "button_group": "string_array_value",
    "checkbox": "bool_value",
    "number_input": "double_value",
    "radio": "string_value",
    "selectbox": "string_value",
    "slider": "double_array_value",
    "text_area": "string_value",
    "text_input": "string_value",
}  # of widgets: the field in which a browser sends what they stand at


@dataclass
class Element:
    """An element of a page, or a block that holds others by their places in it."""

    kind: str = ""
    proto: Message | None = None
    run: int = 0  # in which it was sent last
    fragment: str = ""  # that has drawn it
    parts: dict[int, "Element"] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """What stands on it, or how it is called by those who cannot see it."""
        return getattr(self.proto, "label", "")

    @property
    def key(self) -> str:
        """That the script has given to it."""
        return getattr(self.proto, "id", "").split("-", 2)[-1]

    def __iter__(self) -> Iterator["Element"]:
        for place in sorted(self.parts):
            yield self.parts[place]
            yield from self.parts[place]


class Shown:
    """A page: what is on it after each message of the server's, and the messages of a person who uses it."""

    def __init__(self) -> None:
        self.query = self.page = ""  # of the address; Streamlit's name for the script
        self.is_running = False
        self._run = 0
        self._fragments: tuple[str, ...] = ()  # that this run is of; none: of the whole page
        self._tree = Element()
        self._states: dict[str, WidgetState] = {}  # of widgets that a person has used

    def take(self, message: ForwardMsg) -> None:
        """Changes the page as a message says.  Raises `RuntimeError` if it shows an exception."""
        kind = message.WhichOneof("type")
        if kind == "delta":
            self._take_delta(message)
        elif kind == "new_session":
            self._run += 1
            self._fragments = tuple(message.metadata.run.fragment_ids)
            self.is_running = True
        elif kind == "navigation":
            self.page = message.navigation.page_script_hash
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            self.is_running = False
            self._forget_old(self._tree)

    def elements(self, *kinds: str) -> list[Element]:
        """Those of these kinds, or all, in the order of the page."""
        return [element for element in self._tree if element.kind in kinds or not kinds]

    def texts(self) -> list[str]:
        return [element.proto.body for element in self.elements(*TEXTS)]

    def text(self) -> str:
        """All that is read on it, in one string."""
        return "\n".join(self.texts())

    def everything(self) -> str:
        """All that the server has sent of it, as text, without the names that it gives to widgets."""
        return "\n".join(f"{each.kind} {each.proto}" for each in self.elements() if each.kind != "bidi_component")

    def data(self, component: str) -> list[object]:
        """What components of that name have been given."""
        found = [element.proto for element in self.elements("bidi_component")]
        return [
            json.loads(proto.json or proto.mixed.json or proto.bytes or "null")
            for proto in found
            if proto.component_name == component
        ]

    def widget(self, name: str) -> Element:
        """The widget of that label or key.  Raises `LookupError` if there is none, or it cannot be used."""
        widgets = self.elements(*VALUES, "bidi_component")
        for element in widgets:
            if name in (element.label, element.key):
                if getattr(element.proto, "disabled", False):
                    raise LookupError(f"{name!r} is disabled")
                return element
        raise LookupError(f"no {name!r} among {[each.label or each.key for each in widgets]} on: {self.text()}")

    def has(self, name: str) -> bool:
        """Whether there is a widget of that label or key to use."""
        try:
            return bool(self.widget(name).kind)
        except LookupError:
            return False

    def opening(self, page: str, query: str) -> BackMsg:
        """Of an address that is typed: all that was on the page is gone."""
        self._tree, self._states, self.query = Element(), {}, query
        asked = BackMsg()
        asked.rerun_script.query_string, asked.rerun_script.page_name = query, page
        return asked

    def using(self, name: str, *values: object) -> BackMsg | None:
        """A button that is pressed, or a widget set to these values; None if its form waits for its button.

        Values are texts as they are shown, numbers or truth values; of a component, a trigger's name and its value.
        """
        element = self.widget(name)
        if element.kind == "bidi_component":
            event, value = values
            trigger = WidgetState(id=f"$$STREAMLIT_INTERNAL_KEY_{element.proto.id}__events")
            trigger.json_trigger_value = json.dumps([{"event": event, "value": value}])
            return self.rerun(element.fragment, trigger)
        if element.kind == "button":
            return self.rerun(element.fragment, WidgetState(id=element.proto.id, trigger_value=True))
        state = WidgetState(id=element.proto.id)
        if (where := VALUES[element.kind]).endswith("_array_value"):
            getattr(state, where).data.extend(values)
        else:
            setattr(state, where, *values)
        self._states[state.id] = state
        return None if getattr(element.proto, "form_id", "") else self.rerun(element.fragment)

    def rerun(self, fragment: str = "", *triggers: WidgetState, by_itself: bool = False) -> BackMsg:
        """Asks for the page, or a fragment of it, with all widgets as they stand."""
        asked = BackMsg()
        state = asked.rerun_script
        state.query_string, state.page_script_hash, state.fragment_id = self.query, self.page, fragment
        state.is_auto_rerun = by_itself
        state.widget_states.widgets.extend([*self._states.values(), *triggers])
        return asked

    def _take_delta(self, message: ForwardMsg) -> None:
        delta, at = message.delta, self._tree
        what = delta.WhichOneof("type")
        if what == "new_transient":
            return
        for place in message.metadata.delta_path:
            at = at.parts.setdefault(place, Element())
        proto = delta.add_block if what == "add_block" else delta.new_element
        at.kind = proto.WhichOneof("type") or what
        at.proto, at.run, at.fragment = getattr(proto, at.kind, proto), self._run, delta.fragment_id
        if what == "new_element":
            at.parts.clear()
        if getattr(at.proto, "set_value", False):
            self._states.pop(at.proto.id, None)  # the script has set it
        if at.kind == "exception":
            raise RuntimeError(f"{at.proto.type}: {at.proto.message}")

    def _forget_old(self, within: Element) -> None:
        """What the run that has ended has not drawn again is no longer on the page."""
        for place, element in list(within.parts.items()):
            is_old = element.run and element.run != self._run
            if is_old and (not self._fragments or element.fragment in self._fragments):
                del within.parts[place]
            else:
                self._forget_old(element)
