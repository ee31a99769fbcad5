"""What holds the rooms apart: imports run one way, a lesson is a folder, colours stand only in the theme."""

import ast
import re
import sys
from pathlib import Path

import pytest

from pages.shared.menu import HOME, LESSONS

ROOT = Path(__file__).resolve().parents[1]
SCRIPTS = {lesson.file.relative_to(ROOT).as_posix() for lesson in (HOME, *LESSONS)} | {"pages/frame.py"}
PYTHON = sorted(
    [ROOT / "streamlit_app.py", *(ROOT / "pages").rglob("*.py"), *(ROOT / "calc").rglob("*.py")],
)
BROWSER = sorted(file for file in (ROOT / "pages").rglob("*") if file.suffix in {".css", ".js", ".html"})
LOADERS = {"streamlit_app.py", "pages/shared/menu.py", "pages/shared/startup.py"}
"""They import by name: the entry runs the frame, the menu a lesson's picture, the server all that pages import."""

CALC_MAY_IMPORT = {
    "calc",
    "numpy",
    "jax",
    "jaxlib",
    "sympy",
    "mpmath",
    "scipy",
    "pandas",
    "flint",
    "graphlay",
}
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


def wrong_imports(source: str, path: str) -> set[str]:
    """The imports that CONTRIBUTING's direction forbids to the file at `path`.

    streamlit_app -> pages/frame -> pages/<lesson> -> pages/shared -> calc -> numpy, jax, sympy.
    """
    modules = imported(source, path)
    tops = {module: module.split(".")[0] for module in modules}
    wrong = {module for module, top in tops.items() if top in ("tests", "streamlit_app")}
    wrong |= {module for module in modules if module.startswith("<") and path not in LOADERS}
    room, *rest = path.split("/")
    pages = {module for module, top in tops.items() if top == "pages"}
    if room == "calc":
        allowed = CALC_MAY_IMPORT | set(sys.stdlib_module_names)
        return wrong | {module for module, top in tops.items() if top not in allowed}
    own = ["pages.shared"] if len(rest) < 2 else ["pages.shared", f"pages.{rest[0]}"]
    wrong |= {
        module for module in pages - {"pages"} if not any(f"{module}.".startswith(f"{room}.") for room in own)
    }
    scripts = {script.removesuffix(".py").replace("/", ".") for script in SCRIPTS}
    wrong |= {module for module in pages for script in scripts if f"{module}.".startswith(f"{script}.")}
    if len(rest) < 2:
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
        ("calc/regression/fitting.py", "def late():\n    from pages.shared import charts"),
        ("calc/descent/loop.py", "import altair as alt"),
        ("calc/descent/loop.py", "from ...pages.shared import charts"),
        ("pages/shared/charts.py", "from pages.linear_regression import charts"),
        ("pages/shared/charts.py", "import importlib\nimportlib.import_module('pages.home.page')"),
        ("pages/square_loss/page.py", "from pages.log_loss.coin.charts import curve"),
        ("pages/square_loss/charts.py", "from pages.square_loss import page"),
        ("pages/log_loss/coin/view.py", "from ...square_loss.columns import window"),
        ("pages/log_loss/coin/view.py", "import importlib\nimportlib.import_module('pages.home.page')"),
        ("pages/linear_regression/page.py", "from tests.conftest import settings"),
        ("pages/linear_regression/page.py", "from pages import frame"),
        ("pages/frame.py", "from calc.regression import fit"),
        ("streamlit_app.py", "from calc.regression import fit"),
        ("streamlit_app.py", "import pages.home.page"),
    ],
)
def test_an_import_against_the_direction_is_found(path, source):
    assert wrong_imports(source, path)


def import_cycles(sources: dict[str, str]) -> list[list[str]]:
    """Groups of modules that import one another, from the source of each by its path; late imports count too.

    `from a.b import c` counts as an import of a.b.c where that is a module, else of a.b. The packages that Python
    runs on the way to it are left out: a module of one may import another.
    """
    paths = {path.removesuffix(".py").removesuffix("/__init__").replace("/", "."): path for path in sources}
    needed: dict[str, set[str]] = {module: set() for module in paths}
    for module, path in paths.items():
        for node in ast.walk(ast.parse(sources[path])):
            for alias in node.names if isinstance(node, ast.Import | ast.ImportFrom) else ():
                node.names = [alias]
                found = imported(ast.unparse(node), path) & set(paths)
                needed[module] |= {max(found, key=len)} if found else set()
    reached = {module: {module} for module in paths}
    for _ in paths:
        reached = {module: reached[module].union(*map(reached.get, needed[module])) for module in paths}
    cycles = {
        frozenset(other for other in reached[module] if module in reached[other]) for module in paths
    } - {frozenset([module]) for module in paths}
    return sorted(map(sorted, cycles))


def test_no_modules_of_calc_import_each_other_in_a_circle():
    assert (
        import_cycles({name(path): path.read_text("utf-8") for path in (ROOT / "calc").rglob("*.py")}) == []
    )


@pytest.mark.parametrize(
    "late",
    ["from calc.b import f", "from calc import b", "def late():\n    from . import b", "import calc.b as c"],
)
def test_a_circle_of_imports_is_found(late):
    sources = {"calc/__init__.py": "", "calc/a.py": late, "calc/b.py": "from calc.c import g"}
    assert import_cycles(sources | {"calc/c.py": "import math"}) == []
    assert import_cycles(sources | {"calc/c.py": "from calc.a import h"}) == [["calc.a", "calc.b", "calc.c"]]


def test_every_python_file_of_the_app_is_looked_at():
    names = {name(path) for path in PYTHON}
    assert {"streamlit_app.py", "pages/shared/menu.py", "calc/regression/fitting.py", *SCRIPTS} <= names


def test_the_main_script_asks_streamlit_for_no_pages_of_its_own():
    # A folder `pages` beside the script that Streamlit runs would put it into its old multipage mode: a cold deep
    # link then shows "Page not found". The frame is that script.
    assert '"pages/frame.py"' in (ROOT / "streamlit_app.py").read_text("utf-8")
    assert not (ROOT / "pages" / "pages").exists()


@pytest.mark.parametrize("lesson", [HOME, *LESSONS], ids=lambda lesson: lesson.url_path or "home")
def test_a_lesson_of_the_menu_is_a_folder_with_its_url(lesson):
    assert lesson.file.is_file()
    assert lesson.file == ROOT / "pages" / (lesson.url_path.replace("-", "_") or "home") / "page.py"
    assert lesson is HOME or (lesson.file.parent / "picture.py").is_file()


def test_a_folder_that_is_no_lesson_is_shared():
    folders = {
        path.name for path in (ROOT / "pages").iterdir() if path.is_dir() and path.name != "__pycache__"
    }
    assert folders == {"shared", *(lesson.folder for lesson in (HOME, *LESSONS))}


def test_no_two_lessons_share_a_url_or_a_title():
    for part in ("url_path", "title"):
        values = [getattr(lesson, part) for lesson in (HOME, *LESSONS)]
        assert len(values) == len(set(values))


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
