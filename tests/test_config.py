"""The settings that a class and a public host depend on, and palettes for colour-blind eyes."""

import itertools
import subprocess
import sys
import tomllib
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).resolve().parents[1]
CONFIG = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
SCHEMES = ("light", "dark")

# Severity 1.0, on linear RGB. Reference: G. M. Machado, M. M. Oliveira and L. A. F. Fernandes, A
# physiologically-based model for simulation of color vision deficiency, IEEE TVCG 15 (2009), 1291-1298.
EYES = {
    "full": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.072175], [0.0193339, 0.119192, 0.9503041]]
)
"""Linear sRGB to CIE XYZ under D65 (IEC 61966-2-1)."""


def linear(colour: str) -> np.ndarray:
    """#rrggbb as linear RGB, (3,), from 0 to 1."""
    c = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)


def lab(rgb: np.ndarray) -> np.ndarray:
    """CIE L*a*b* of linear RGB, (3,)."""
    t = XYZ @ np.clip(rgb, 0, 1) / XYZ.sum(axis=1)
    f = np.where(t > 216 / 24389, np.cbrt(t), (24389 / 27 * t + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def closest(colours: list[str], eyes: str) -> tuple[float, tuple[str, str]]:
    """The least CIE76 distance between two of the colours as these eyes see them, and which two."""
    seen = {colour: lab(EYES[eyes] @ linear(colour)) for colour in colours}
    return min(
        (float(np.linalg.norm(seen[a] - seen[b])), (a, b)) for a, b in itertools.combinations(colours, 2)
    )


def contrast(a: str, b: str) -> float:
    """The contrast ratio of WCAG 2, from 1 to 21."""
    dark, light = sorted(float(XYZ[1] @ linear(colour)) for colour in (a, b))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    ("section", "option", "value"),
    [
        ("runner", "postScriptGC", False),
        ("server", "fileWatcherType", "none"),
        ("server", "enableXsrfProtection", True),
        ("server", "enableCORS", True),
        ("client", "showErrorDetails", "none"),
        ("browser", "gatherUsageStats", False),
    ],
)
def test_a_setting_for_a_class_on_a_public_host(section, option, value):
    assert CONFIG[section][option] == value


def test_uploads_are_small():
    assert 1 <= CONFIG["server"]["maxUploadSize"] <= 5


def test_streamlit_knows_every_option():
    from streamlit import config

    names = {f"{section}.{option}" for section, options in CONFIG.items() for option in options}
    known = set(config.get_config_options())
    assert names - {"theme.light", "theme.dark"} <= known
    for scheme in SCHEMES:
        assert {f"theme.{scheme}.{option}" for option in CONFIG["theme"][scheme]} <= known


def test_no_font_comes_from_outside():
    assert CONFIG["theme"]["font"] in ("sans-serif", "serif", "monospace")
    assert not {"fontFaces", "codeFont", "headingFont"} & set(CONFIG["theme"])


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(
    ("palette", "count"),
    [("chartCategoricalColors", 8), ("chartSequentialColors", 10), ("chartDivergingColors", 10)],
)
def test_a_palette_has_its_number_of_different_colours(scheme, palette, count):
    colours = CONFIG["theme"][scheme][palette]
    assert len(colours) == len({colour.lower() for colour in colours}) == count


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("eyes", EYES)
@pytest.mark.parametrize(("first", "distance"), [(6, 18), (8, 14)])
def test_categorical_colours_stay_distinguishable(scheme, eyes, first, distance):
    # A just noticeable difference is about 2.3; thin lines and small dots need several times that.
    colours = CONFIG["theme"][scheme]["chartCategoricalColors"][:first]
    found, pair = closest(colours, eyes)
    assert found >= distance, f"{pair} are {found:.1f} apart"


def test_a_pair_that_some_eyes_confuse_is_found():
    red, green = "#c8500a", "#8a6d00"
    assert closest([red, green], "full")[0] > 40
    assert closest([red, green], "protanopia")[0] < 5


@pytest.mark.parametrize("scheme", SCHEMES)
def test_marks_stand_out_from_the_background(scheme):
    theme = CONFIG["theme"][scheme]
    ratios = {
        colour: contrast(colour, theme["backgroundColor"]) for colour in theme["chartCategoricalColors"]
    }
    assert {colour: ratio for colour, ratio in ratios.items() if ratio < 3} == {}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_text_and_links_can_be_read(scheme):
    theme = CONFIG["theme"][scheme]
    for ground in ("backgroundColor", "secondaryBackgroundColor"):
        assert contrast(theme["textColor"], theme[ground]) >= 7
        assert contrast(theme["linkColor"], theme[ground]) >= 4.5
        assert contrast(theme["primaryColor"], theme[ground]) >= 4.5


def steps_in_lightness(colours: list[str], eyes: str) -> np.ndarray:
    return np.diff([lab(EYES[eyes] @ linear(colour))[0] for colour in colours])


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("eyes", EYES)
def test_the_sequential_palette_runs_one_way_in_lightness(scheme, eyes):
    steps = steps_in_lightness(CONFIG["theme"][scheme]["chartSequentialColors"], eyes)
    assert (steps > 3).all() or (steps < -3).all()


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("eyes", EYES)
def test_the_two_arms_of_the_diverging_palette_differ(scheme, eyes):
    colours = CONFIG["theme"][scheme]["chartDivergingColors"]
    for low, high in list(zip(colours[:5], reversed(colours[5:]), strict=True))[:4]:
        assert closest([low, high], eyes)[0] >= 14


def test_the_server_starts_without_a_word_in_its_log():
    start = [sys.executable, "-c", "import streamlit_app"]
    said = subprocess.run(start, cwd=ROOT, capture_output=True, text=True, check=True)
    assert said.stdout + said.stderr == ""
