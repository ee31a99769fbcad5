"""The lowest version of each dependency as a pip constraint: `pip install -r … -c <(python -m tests.lowest)`."""

import re
from pathlib import Path

REQUIREMENTS = Path(__file__).resolve().parents[1] / "requirements.txt"

if __name__ == "__main__":
    for name, version in re.findall(r"^([\w-]+)>=([\d.]+)", REQUIREMENTS.read_text("utf-8"), re.M):
        print(f"{name}=={version}.*")
