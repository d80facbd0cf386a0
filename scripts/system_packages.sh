#!/bin/sh
# WeasyPrint lays out text with Pango. Install it from Debian's packages where we may; else say what to install.
set -u
packages="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"

has_pango() {
    .venv/bin/python -c 'from ctypes.util import find_library as f; raise SystemExit(not (f("pango-1.0") and f("pangoft2-1.0") and f("harfbuzz-subset")))'
}

has_pango && exit 0
if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
    { apt-get update -q && apt-get install -q -y --no-install-recommends $packages; } >/dev/null && exit 0
fi
echo "Please install Pango (on Debian and Ubuntu: sudo apt-get install $packages), then run make again." >&2
exit 1
