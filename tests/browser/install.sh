#!/bin/sh
# A Chromium for the browser tests: the machine's own, else Debian's package, else Playwright's download.
set -eu

if command -v chromium >/dev/null 2>&1; then
    echo "Browser tests: using $(command -v chromium)."
elif [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Browser tests: installing Debian's chromium (no Chromium found here)."
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null
else
    echo "Browser tests: fetching Playwright's Chromium (no Chromium found here, and not root)."
    "$BIN/python" -m playwright install chromium
fi
