# Shared by the scripts beside it: what this machine has, and how to get what it lacks.
# Sourced, not run.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export FLASK_APP=wsgi
VENV=.venv

say() { printf '\033[1m%s\033[0m\n' "$*"; }
fail() { printf '%s\n' "$*" >&2; exit 1; }

is_root_on_debian() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; }

# apt_install WHAT PACKAGE...: install, or say in one line what is missing and how to get it.
apt_install() {
  local what=$1; shift
  is_root_on_debian || fail "Missing: $what. Install it with: sudo apt-get install $*"
  say "Installing $what ($*)"
  [ -n "${APT_UPDATED:-}" ] || { apt-get update -qq; APT_UPDATED=1; }
  DEBIAN_FRONTEND=noninteractive apt-get install -qq -y "$@" >/dev/null || fail "Could not install $what ($*)"
}

find_python() {
  local candidate
  for candidate in "${PYTHON:-}" python3.14 python3.13 python3.12 python3.11 python3; do
    [ -n "$candidate" ] && command -v "$candidate" >/dev/null || continue
    "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$candidate"; return; }
  done
}

need_python() {
  PYTHON_FOUND=$(find_python)
  if [ -z "$PYTHON_FOUND" ]; then
    apt_install "Python 3.11 or newer" python3 python3-venv
    PYTHON_FOUND=$(find_python)
    [ -n "$PYTHON_FOUND" ] || fail "Missing: Python 3.11 or newer (this system offers an older one)."
  fi
  "$PYTHON_FOUND" -c 'import ensurepip' 2>/dev/null || apt_install "Python's venv module" python3-venv
}

need_pango() {
  "$VENV/bin/python" - <<'PY' 2>/dev/null || apt_install "Pango and HarfBuzz (for PDFs)" \
    libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz0b libharfbuzz-subset0 libfontconfig1
import ctypes
for name in ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz.so.0", "libharfbuzz-subset.so.0", "libfontconfig.so.1"):
    ctypes.CDLL(name)
PY
}

need_chromium() {
  command -v chromium >/dev/null || command -v chromium-browser >/dev/null \
    || apt_install "Chromium (for the browser tests)" chromium
}

postgres_bin() { ls -d /usr/lib/postgresql/*/bin "$(dirname "$(command -v initdb || echo /none/x)")" 2>/dev/null | sort -V | tail -n 1; }

need_postgresql() {
  [ -x "$(postgres_bin)/initdb" ] || apt_install "PostgreSQL (for the tests that use it)" postgresql
}

need_redis() { command -v redis-server >/dev/null || apt_install "Redis (for the tests that use it)" redis-server; }

need_poppler() { command -v pdftotext >/dev/null || apt_install "poppler-utils (tests read the PDFs)" poppler-utils; }

need_node() { command -v npm >/dev/null || apt_install "Node.js (to prove that static/ is what frontend/ builds)" nodejs npm; }

# install_requirements FILE: a virtual environment with exactly what the lock file names.
install_requirements() {
  local lock=$1 stamp
  [ -x "$VENV/bin/python" ] || { say "Making a virtual environment in $VENV"; "$PYTHON_FOUND" -m venv "$VENV"; }
  stamp="$VENV/.$(basename "$lock")-$(sha256sum "$lock" | cut -c1-16)"
  [ -e "$stamp" ] && return
  say "Installing Python packages ($lock)"
  "$VENV/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"
  touch "$stamp"
}

compile_translations() { "$VENV/bin/pybabel" -q compile -d translations 2>/dev/null || fail "Could not compile translations/"; }
