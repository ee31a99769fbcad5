"""What a stranger meets first does what it says: the workflow, the hooks, the containers, the guide and the bounds."""

import json
import re
import shlex
import subprocess
import sys
import tomllib
from fnmatch import fnmatch

import pytest
import yaml

from tests.server import ROOT, commands, running_server


def text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def tuple_of(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


README, GUIDE = text("README.md"), text("CONTRIBUTING.md")
JOBS = yaml.safe_load(text(".github/workflows/tests.yml"))["jobs"]
DEVCONTAINER = json.loads(text(".devcontainer/devcontainer.json"))
LEAST = tomllib.loads(text("pyproject.toml"))["project"]["requires-python"].removeprefix(">=")
LINES = [line for line in text("requirements.txt").splitlines() if not line.startswith("#")]
REQUIRED = {re.match(r"[\w-]+", line)[0]: line for line in LINES}
CONTAINERFILE = [
    line.split(maxsplit=1)
    for line in text("Containerfile").replace("\\\n", " ").splitlines()
    if line and not line.startswith("#")
]


def instruction(name: str) -> str:
    """What the Containerfile says after this word."""
    (rest,) = (rest for word, rest in CONTAINERFILE if word == name)
    return rest


def promised() -> list[str]:
    """The Pythons that README promises, as 3.11."""
    first, last = map(tuple_of, re.search(r"Python (3\.\d+) to (3\.\d+)", README).groups())
    return [f"3.{minor}" for minor in range(first[1], last[1] + 1)]


def steps(job: str) -> list[str]:
    return [step["run"] for step in JOBS[job]["steps"] if "run" in step]


# The workflow


def test_the_workflow_tests_each_python_that_readme_promises():
    tested = JOBS["newest"]["strategy"]["matrix"]["python"]
    may_fail = re.findall(r"3\.\d+", JOBS["newest"]["continue-on-error"])
    assert promised()[0] == LEAST
    assert tested == promised() + may_fail
    assert steps("newest") == ["bash .ci/run"]


def test_the_lowest_versions_are_tested_on_the_lowest_python():
    (python,) = [
        step["with"]["python-version"] for step in JOBS["lowest"]["steps"] if "python" in step.get("uses", "")
    ]
    assert python == LEAST
    assert steps("lowest") == ["make test-lowest"]


def test_dependabot_looks_after_the_packages_and_the_actions():
    updates = yaml.safe_load(text(".github/dependabot.yml"))["updates"]
    assert {update["package-ecosystem"] for update in updates} == {"pip", "github-actions"}
    assert all(update["directory"] == "/" for update in updates)


# What is run before a commit


def test_the_hooks_are_the_lint_of_make():
    repositories = yaml.safe_load(text(".pre-commit-config.yaml"))["repos"]
    assert [repository["repo"] for repository in repositories] == ["local"]
    assert [hook["entry"] for hook in repositories[0]["hooks"]] == ["make lint"]


def test_make_test_begins_with_the_lint():
    assert [command.split(maxsplit=1)[0] for command in dry_run("lint")[-3:]] == [
        ".venv/bin/ruff", ".venv/bin/ruff", ".venv/bin/mypy"
    ]  # fmt: skip
    assert set(dry_run("lint")) <= set(dry_run("test"))


def dry_run(target: str) -> list[str]:
    """The commands of a target, not run."""
    done = subprocess.run(
        ["make", "--no-print-directory", "-n", target], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


# The guide


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", ".github/workflows/tests.yml",
                                  ".pre-commit-config.yaml", ".devcontainer/devcontainer.json"])  # fmt: skip
def test_make_knows_every_target_that_is_named(name):
    for target in set(re.findall(r"\bmake ([a-z][a-z-]*)(?=[\"`\s]*(?:#|$|[\"`,.;:]))", text(name), re.M)):
        assert dry_run(target)


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_every_file_and_module_that_is_named_is_there(name):
    named = set(re.findall(r"`((?:\.?\w+/)+[\w.]+|[\w-]+\.(?:py|txt|md))`", text(name)))
    modules = {module.replace(".", "/") for module in re.findall(r"python -m (tests\.\w+)", text(name))}
    missing = {path for path in named - lesson_files() if not (ROOT / path).exists()}
    missing |= {path for path in modules if not list(ROOT.glob(f"{path}*"))}
    assert missing == set()


def lesson_files() -> set[str]:
    """The files that the guide tells to write, which stand in a lesson's folder."""
    return {f"{name}.py" for name in ("controls", "columns", "charts", "picture", "page")}


# The containers


def test_the_container_serves_readmes_entry_and_its_health_check_tells_life_from_death():
    command = shlex.join(json.loads(instruction("CMD")))
    check = json.loads(instruction("HEALTHCHECK").partition("CMD ")[2])
    assert any(command.startswith(entry) for entry in commands())
    assert "/_stcore/health" in check[-1]
    assert f":{instruction('EXPOSE')}/" in check[-1]

    def healthy(address: str) -> bool:
        program = check[-1].replace(f":{instruction('EXPOSE')}/", f":{address.rpartition(':')[2]}/")
        return subprocess.run([sys.executable, *check[1:-1], program], capture_output=True).returncode == 0

    with running_server(command) as address:
        assert healthy(address)
    assert not healthy(address)


def test_the_containers_have_a_python_that_is_tested():
    for image in (instruction("FROM"), DEVCONTAINER["image"]):
        assert re.search(r"python:(3\.\d+)", image)[1] in promised()


def test_the_container_does_not_run_as_root_and_gets_all_that_the_app_reads():
    assert int(instruction("USER")) > 0
    left_out = text(".containerignore").split()
    for part in ("streamlit_app.py", "pages", "calc", "data", ".streamlit", ".streamlit/config.toml"):
        assert not any(fnmatch(part, pattern) for pattern in left_out)
    assert ".streamlit/secrets.toml" in left_out


@pytest.mark.parametrize(
    "name", [".devcontainer/devcontainer.json", "Containerfile", "Makefile", ".github/workflows/tests.yml"]
)
def test_nothing_switches_off_what_guards_a_visitor(name):
    """Streamlit's own template of a devcontainer does; tests/test_config.py holds both in config.toml."""
    assert not re.search(r"xsrf|cors", text(name), re.I)


# The dependencies


def test_readme_has_a_reason_for_every_dependency():
    table = README.partition("## Dependencies")[2]
    reasons = dict(re.findall(r"^\| ([\w-]+) \| (.+) \|$", table, re.M))
    reasons.pop("package")
    assert reasons.keys() == REQUIRED.keys()
    assert all(len(reason) > 5 for reason in reasons.values())


def test_every_dependency_has_a_least_and_a_greatest_version():
    for line in REQUIRED.values():
        least, greatest = re.search(r">=([\d.]+),<([\d.]+)", line).groups()
        assert tuple_of(least) < tuple_of(greatest)


def test_streamlit_keeps_to_the_minor_version_that_is_tested():
    least, greatest = map(tuple_of, re.findall(r"\d+\.\d+", REQUIRED["streamlit"]))
    assert greatest == (least[0], least[1] + 1)


def test_a_gpu_gets_the_jax_of_all():
    assert REQUIRED["jax"].removeprefix("jax") in text("requirements-gpu.txt")


def test_the_constraints_hold_every_lower_bound():
    said = subprocess.run(
        [sys.executable, "tests/lowest.py"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    bounded = re.findall(r"^[\w-]+>=[\d.]+", text("requirements.txt") + text("requirements-dev.txt"), re.M)
    assert said.stdout.split() == [bound.replace(">=", "==") for bound in bounded]
    assert set(REQUIRED) <= {line.partition("==")[0] for line in said.stdout.split()}
