#!/bin/sh
# Install the programs that the client tests use, as far as this machine lets us; a test whose program is missing is
# skipped and says so.
set -u
here=$(dirname "$0")

if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
    missing=""
    command -v soffice >/dev/null || missing="$missing libreoffice-writer"
    command -v pandoc >/dev/null || missing="$missing pandoc"
    command -v msgfmt >/dev/null || missing="$missing gettext"
    [ -e /usr/share/hunspell/fr_FR.dic ] && command -v hunspell >/dev/null || missing="$missing hunspell hunspell-fr"
    command -v pdftotext >/dev/null || missing="$missing poppler-utils"
    ls /usr/lib/*/faketime/libfaketime.so.1 >/dev/null 2>&1 || missing="$missing faketime"
    [ -d /usr/share/i18n/locales ] || missing="$missing locales"
    command -v chromium >/dev/null || missing="$missing chromium"
    command -v java >/dev/null || missing="$missing default-jre-headless"
    command -v node >/dev/null || missing="$missing nodejs npm"
    if [ -n "$missing" ]; then
        echo "Installing:$missing"
        # shellcheck disable=SC2086
        { apt-get update -q && apt-get install -q -y --no-install-recommends $missing; } >/dev/null 2>&1 ||
            echo "Some of these could not be installed; their tests will be skipped." >&2
    fi
else
    echo "Not allowed to install packages here; tests of programs that are missing will be skipped." >&2
fi

if command -v npm >/dev/null; then
    (cd "$here" && npm install --silent --no-package-lock --no-audit --no-fund >/dev/null 2>&1) ||
        echo "The Node packages could not be installed; their tests will be skipped." >&2
fi
exit 0
