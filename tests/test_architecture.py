"""What holds the rooms apart: imports run one way, pages one folder deep, colours only in the theme."""

import ast
import re
import sys
from pathlib import Path

import pytest

from pages.shared.menu import HOME, LESSONS

ROOT = Path(__file__).resolve().parents[1]
PAGES = {view.file for view in (HOME, *LESSONS)}
PYTHON = sorted(
    [ROOT / "streamlit_app.py", *(ROOT / "views").rglob("*.py"), *(ROOT / "calc").rglob("*.py")],
)
BROWSER = sorted(file for file in (ROOT / "views").rglob("*") if file.suffix in {".css", ".js", ".html"})

CALC_MAY_IMPORT = {"calc", "numpy", "jax", "jaxlib", "sympy", "mpmath", "scipy", "pandas"}
NAMED_COLOURS = set(
    re.findall(
        r"\w+",
        """
    aliceblue antiquewhite aqua aquamarine azure beige bisque black blanchedalmond blue blueviolet brown
    burlywood cadetblue chartreuse chocolate coral cornflowerblue cornsilk crimson cyan darkblue
    darkcyan darkgoldenrod darkgray darkgreen darkgrey darkkhaki darkmagenta darkolivegreen darkorange
    darkorchid darkred darksalmon darkseagreen darkslateblue darkslategray darkslategrey darkturquoise
    darkviolet deeppink deepskyblue dimgray dimgrey dodgerblue firebrick floralwhite forestgreen fuchsia
    gainsboro ghostwhite gold goldenrod gray green greenyellow grey honeydew hotpink indianred indigo
    ivory khaki lavender lavenderblush lawngreen lemonchiffon lightblue lightcoral lightcyan
    lightgoldenrodyellow lightgray lightgreen lightgrey lightpink lightsalmon lightseagreen lightskyblue
    lightslategray lightslategrey lightsteelblue lightyellow lime limegreen linen magenta maroon
    mediumaquamarine mediumblue mediumorchid mediumpurple mediumseagreen mediumslateblue
    mediumspringgreen mediumturquoise mediumvioletred midnightblue mintcream mistyrose moccasin
    navajowhite navy oldlace olive olivedrab orange orangered orchid palegoldenrod palegreen
    paleturquoise palevioletred papayawhip peachpuff peru pink plum powderblue purple rebeccapurple red
    rosybrown royalblue saddlebrown salmon sandybrown seagreen seashell sienna silver skyblue slateblue
    slategray slategrey snow springgreen steelblue tan teal thistle tomato turquoise violet wheat white
    whitesmoke yellow yellowgreen
        """,
    )
)
LITERAL = re.compile(
    r"#(?:[0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})(?![\w-])|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch)\(", re.I
)
STYLED = re.compile(r"color|colour|fill|stroke|background|range", re.I)
WORD = re.compile(rf"(?<![\w-])(?:{'|'.join(sorted(NAMED_COLOURS))})(?![\w-])", re.I)


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imported(source: str, path: str) -> set[str]:
    """The modules that a file names in its imports, `from a import b` as both a and a.b."""
    package = list(Path(path).parent.parts)
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            found |= {base} | {f"{base}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in (
            "__import__",
            "import_module",
            "run_path",
            "run_module",
        ):
            found.add("<an import by a call>")
    return found


def wrong_imports(source: str, path: str, pages: set[str] = PAGES) -> set[str]:
    """The imports that DESIGN.md's direction forbids to the file at `path`."""
    modules = imported(source, path)
    page_modules = {page.removesuffix(".py").replace("/", ".") for page in pages}
    tops = {module: module.split(".")[0] for module in modules}
    wrong = {module for module, top in tops.items() if top in ("tests", "streamlit_app") or top[0] == "<"}
    room, *rest = path.split("/")
    if room == "calc":
        allowed = CALC_MAY_IMPORT | set(sys.stdlib_module_names)
        wrong |= {module for module, top in tops.items() if top not in allowed}
    elif room == "views":
        own = {"views", "views.shared", f"views.{rest[0]}"}
        prefixes = ("views.shared.", f"views.{rest[0]}.")
        views = {module for module, top in tops.items() if top == "views"}
        wrong |= {module for module in views if module not in own and not module.startswith(prefixes)}
        wrong |= {
            module
            for module in views
            for page in page_modules
            if module == page or module.startswith(f"{page}.")
        }
    else:
        views = {module for module, top in tops.items() if top == "views"}
        wrong |= {module for module in views if not f"{module}.".startswith("views.shared.")}
        wrong |= {module for module, top in tops.items() if top == "calc"}
    return wrong


def colour_literals(source: str) -> list[str]:
    """The colours that Python code writes down: any literal, and a CSS name where a chart takes a colour."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found += LITERAL.findall(node.value)
            found += re.findall(
                r"(?:color|fill|stroke|background)[\"']?\s*[:=]\s*[\"']?([a-z]+)", node.value.lower()
            )
        if isinstance(node, ast.Call) and not ast.unparse(node.func).startswith("st."):
            takes_colours = ast.unparse(node.func).split(".")[-1] in ("value", "Scale")
            found += [text for arg in node.args if takes_colours for text in texts(arg)]
            found += [
                text for key in node.keywords if STYLED.search(key.arg or "") for text in texts(key.value)
            ]
        if isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                if isinstance(key, ast.Constant) and STYLED.search(str(key.value)):
                    found += texts(value)
    return [text for text in found if text.lower() in NAMED_COLOURS or LITERAL.search(text)]


def texts(node: ast.AST) -> list[str]:
    parts = node.elts if isinstance(node, ast.List | ast.Tuple) else [node]
    return [part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)]


def browser_colours(source: str) -> list[str]:
    """The colours in css, js or html, outside comments."""
    bare = re.sub(r"/\*.*?\*/|<!--.*?-->|(?m:^\s*//.*$)", "", source, flags=re.S)
    found = LITERAL.findall(bare)
    for value in re.findall(
        r"(?:color|background|border|outline|fill|stroke|shadow)[\w-]*\s*[:=]([^;}\n]*)", bare, re.I
    ):
        found += WORD.findall(re.sub(r"var\([^)]*\)|--[\w-]+", "", value))
    return found


OUTSIDE = re.compile(
    r"(?:https?:|wss?:)?//(?!www\.w3\.org/)[a-z0-9-]+(?:\.[a-z0-9-]+)+|@import|(?-i:url\(\s*[\"']?(?!data:))|\bimport\s*\(|"
    r"^\s*import\b|\bfetch\(|XMLHttpRequest|sendBeacon|WebSocket|EventSource",
    re.I | re.M,
)


@pytest.mark.parametrize("path", PYTHON, ids=name)
def test_imports_run_one_way(path):
    assert not wrong_imports(path.read_text("utf-8"), name(path))


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("calc/regression/fitting.py", "import streamlit"),
        ("calc/regression/fitting.py", "def late():\n    from views.shared import charts"),
        ("calc/descent/loop.py", "import altair as alt"),
        ("calc/descent/loop.py", "from ...views.shared import charts"),
        ("views/shared/charts.py", "from views.optimisation import regression_charts"),
        ("views/losses/square_loss.py", "from views.optimisation.regression_charts import houses"),
        ("views/optimisation/local_minima.py", "from views.optimisation import linear_regression"),
        ("views/optimisation/local_minima.py", "from .linear_regression import fit"),
        (
            "views/optimisation/regression_charts.py",
            "import importlib\nimportlib.import_module('views.home.home')",
        ),
        ("views/optimisation/linear_regression.py", "from tests.conftest import settings"),
        ("streamlit_app.py", "from calc.regression import fit"),
        ("streamlit_app.py", "import views.home.home"),
    ],
)
def test_an_import_against_the_direction_is_found(path, source):
    assert wrong_imports(source, path)


def test_every_python_file_of_the_app_is_looked_at():
    names = {name(path) for path in PYTHON}
    assert {"streamlit_app.py", "views/shared/menu.py", "calc/regression/fitting.py", *PAGES} <= names


def test_no_folder_called_pages_stands_beside_the_main_script():
    # Streamlit's first multipage layout would take it over: a cold deep link then shows "Page not found".
    assert not (ROOT / "pages").exists()


@pytest.mark.parametrize("view", [HOME, *LESSONS], ids=lambda view: view.url_path or "home")
def test_a_view_of_the_menu_is_a_file_one_folder_deep(view):
    assert (ROOT / view.file).is_file()
    assert re.fullmatch(r"views/(?!shared/)[a-z_]+/[a-z_]+\.py", view.file)


def test_no_two_views_share_a_url_or_a_title():
    for part in ("url_path", "title", "file"):
        values = [getattr(view, part) for view in (HOME, *LESSONS)]
        assert len(values) == len(set(values))


def test_a_script_that_draws_a_title_is_in_the_menu():
    """A page that the menu leaves out would be dead code: `title(...)` at the top level makes a page."""
    scripts = {
        name(path)
        for path in PYTHON
        for node in ast.parse(path.read_text("utf-8")).body
        if name(path).startswith("views/")
        and isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Call)
        and ast.unparse(node.value.func) in ("title", "layout.title", "st.title")
    }
    assert scripts == PAGES


@pytest.mark.parametrize("path", [path for path in PYTHON if "calc" not in path.parts], ids=name)
def test_python_writes_down_no_colour(path):
    assert not colour_literals(path.read_text("utf-8"))


@pytest.mark.parametrize("path", BROWSER, ids=name)
def test_what_runs_in_the_browser_writes_down_no_colour(path):
    assert not browser_colours(path.read_text("utf-8"))


@pytest.mark.parametrize(
    "source",
    [
        "x = '#a1b2c3'",
        "chart.mark_line(color='red')",
        "alt.value('gray')",
        "alt.Scale(range=['navy', 'x'])",
        "spec = {'fill': 'teal'}",
        "x = 'rgb(1, 2, 3)'",
        "html = '<p style=\"color: red\">'",
    ],
)
def test_a_colour_in_python_is_found(source):
    assert colour_literals(source)


@pytest.mark.parametrize(
    "source", ["a { color: red }", "a { border: 1px solid #eee; }", "x.style.background = 'tan'"]
)
def test_a_colour_in_the_browser_is_found(source):
    assert browser_colours(source)


@pytest.mark.parametrize("path", BROWSER, ids=name)
def test_nothing_is_loaded_from_outside(path):
    assert not OUTSIDE.findall(path.read_text("utf-8"))


@pytest.mark.parametrize(
    "source",
    [
        '<script src="https://cdn.jsdelivr.net/x.js">',
        "src: url(//fonts.gstatic.com/a.woff2)",
        "@import 'a.css'",
        "fetch('/x')",
        "import x from './y.js'",
    ],
)
def test_a_load_from_outside_is_found(source):
    assert OUTSIDE.findall(source)
