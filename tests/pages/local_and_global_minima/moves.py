"""The lesson `local-and-global-minima` in AppTest: what its tests look at, and the moves that a visitor makes."""

import json

from streamlit.testing.v1 import AppTest

from tests.pages.app import alts, choose, opened, widget

PATH = "local-and-global-minima"


def page(**parameters) -> AppTest:
    return opened(PATH, **parameters)


def picture(app: AppTest) -> str:
    """What the large chart says to those who do not see it."""
    return next(alt for alt in alts(app) if alt.startswith(("A curve", "The plane")))


def type_in(app: AppTest, text: str) -> AppTest:
    return widget(app, "own").set_value(text).run()


def variables(app: AppTest, title: str) -> AppTest:
    return choose(app, widget(app, "variables"), title)


def click_chart(app: AppTest, key: str, **at: float) -> AppTest:
    """Click a place in a chart, as the browser tells the server of it."""
    states = app._tree.get_widget_states()
    state = states.widgets.add()
    state.id = next(
        chart.proto.id for chart in app.get("vega_lite_chart") if chart.proto.id.endswith(f"-{key}")
    )
    state.string_value = json.dumps({"selection": {"drop": [at]}})
    return app._run(states)
