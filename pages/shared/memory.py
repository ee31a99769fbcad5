"""Results that are kept from rerun to rerun. What a visitor brought along is kept in the visitor's session alone.

What is computed of a typed formula is kept for everyone, in small `lru_cache`s: a class types the same one, and only
who types it is given what was kept.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar, cast

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

P = ParamSpec("P")
T = TypeVar("T")

OWN = 12
"""Results of a function that a session keeps: a few more than one sees while going to and fro."""


def kept(for_all: Callable[..., bool], most: int = 256) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Keep what a function gives for hashable arguments: for everyone, or in the session that asked.

    Args:
        for_all: whether arguments are the app's own (a bundled table, a preset) and hold nothing that one visitor
            typed into a table or uploaded.
        most: results kept for everyone; of one session `OWN`, which go when the session ends.
    """

    def decorate(compute: Callable[P, T]) -> Callable[P, T]:
        everyone_s = cast(Callable[P, T], lru_cache(maxsize=most)(compute))
        name = f"{compute.__module__}.{compute.__qualname__}"

        @wraps(compute)
        def remember(*args: P.args, **kwargs: P.kwargs) -> T:
            if for_all(*args, **kwargs):
                return everyone_s(*args, **kwargs)
            if get_script_run_ctx(suppress_warning=True) is None:
                return compute(*args, **kwargs)
            memory = cast(
                OrderedDict[Hashable, T],
                st.session_state.setdefault("_kept", {}).setdefault(name, OrderedDict()),
            )
            key = (args, tuple(sorted(kwargs.items())))
            if key not in memory:
                memory[key] = compute(*args, **kwargs)
            memory.move_to_end(key)
            while len(memory) > OWN:
                memory.popitem(last=False)
            return memory[key]

        return remember

    return decorate
