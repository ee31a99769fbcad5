"""The lowest version of each dependency as a pip constraint: `pip install -r … -c <(python -m tests.lowest)`."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

if __name__ == "__main__":
    for name in ("requirements.txt", "requirements-dev.txt"):
        for package, version in re.findall(r"^([\w-]+)>=([\d.]+)", (ROOT / name).read_text("utf-8"), re.M):
            print(f"{package}=={version}")
