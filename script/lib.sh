# shellcheck shell=bash
# Sourced by the scripts beside it: strict mode, the repository as working folder, and the Python environment.
#
# Written for bash 3.2 (macOS) and later. Nothing outside the repository is written, except by system_packages.sh.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
venv=$root/.venv
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 PIP_ROOT_USER_ACTION=ignore PYTHONUTF8=1
unset PYTHONDONTWRITEBYTECODE PYTHONPATH PYTHONHOME # compiled modules halve the second start
export UV_SYSTEM_CERTS=1 # as pip does: a company's own authority counts
# .python-version is for hosts that choose a Python by it; here any from 3.11 on does, the one pyenv has around us too.
if [ -z "${PYENV_VERSION:-}" ] && command -v pyenv >/dev/null 2>&1; then
  PYENV_VERSION=$(cd .. && pyenv version-name 2>/dev/null) || PYENV_VERSION=system
  export PYENV_VERSION
fi

say() { printf '%s\n' "$*" >&2; }

die() {
  say "$*"
  exit 1
}

# What the environment of profile $1 (runtime or dev) was made from; unchanged means no installer runs.
recipe() {
  printf '%s\n' "$root"
  # shellcheck disable=SC2046 # several files, none with a space in its name
  cat requirements-build.lock $(locks_of "$1") pyproject.toml
}

# The lock files of a profile, which agree on every version. Who keeps evidence in a bucket needs one library more, who
# asks carriers by accounts of their own (DIRECT_CARRIERS=1) karrio, who shares rate limits Redis' client, who serves with
# granian (WITH_GRANIAN=1) that; tests have all.
locks_of() {
  if [ "$1" = dev ]; then
    echo requirements-dev.lock
    return
  fi
  if [ -n "${FILES_BUCKET:-}" ]; then echo requirements-s3.lock; else echo requirements.lock; fi
  if [ -n "${REDIS_URL:-}" ]; then echo requirements-redis.lock; fi
  if [ -n "${WITH_GRANIAN:-}" ]; then echo requirements-granian.lock; fi
  if [ -n "${DIRECT_CARRIERS:-}" ]; then echo requirements-carriers.lock; fi
}

environment_is_current() {
  [ -x "$venv/bin/aftercare" ] && recipe "$1" | cmp -s - "$venv/$1.recipe" && "$venv/bin/python" -c '' 2>/dev/null
}

# A Python >= 3.11 on PATH, or one sentence saying what to install.
find_python() {
  local name version seen=
  for name in python3 python3.14 python3.13 python3.12 python3.11 python; do
    version=$("$name" -c 'import sys; print("%d.%d.%d" % sys.version_info[:3])' 2>/dev/null) || continue
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
      command -v "$name"
      return
    fi
    seen="$seen; here $name is $version"
  done
  die "Aftercare needs Python 3.11 or newer$seen (on Debian or Ubuntu: apt-get install python3)."
}

# Installing writes about 250 MB; half-made environments are harder to explain than a refusal.
require_space() {
  local free_kb
  free_kb=$(df -Pk "$root" | awk 'NR == 2 { print $4 }')
  [ "$free_kb" -ge 512000 ] || die "Not enough disk space in $root: $((free_kb / 1024)) MB free, 500 MB needed."
}

uv_command() {
  if [ -x "$venv/bin/uv" ]; then "$venv/bin/uv" "$@"; else uv "$@"; fi
}

uv_is_here() {
  [ "${AFTERCARE_INSTALLER:-uv}" = uv ] && { [ -x "$venv/bin/uv" ] || command -v uv >/dev/null 2>&1; }
}

# The lock entry of one build tool, as a requirements file of its own.
locked_alone() {
  awk -v name="$1" '/^[a-z]/ { wanted = index($0, name "==") == 1 } wanted' requirements-build.lock >"$venv/$1.lock"
  echo "$venv/$1.lock"
}

# Put pip into the new .venv with a pip from elsewhere, $*: a command that runs it.
lend_pip() {
  "$@" --quiet --python "$venv/bin/python" install --require-hashes -r "$(locked_alone pip)"
}

# Debian keeps venv's pip in a package of its own, whose wheel can be fetched without being root and runs as it is.
lend_debian_pip() {
  local python=$1 folder=$venv/debian-pip lists=Dir::State::lists=$venv/debian-pip/lists
  mkdir -p "$folder/lists/partial"
  (
    cd "$folder"
    apt-get -qq download python3-pip-whl ||
      { apt-get -qq -o "$lists" update && apt-get -qq -o "$lists" download python3-pip-whl; }
    dpkg-deb -x python3-pip-whl_*.deb .
  ) >/dev/null 2>&1 || return 1
  lend_pip "$python" "$(echo "$folder"/usr/share/python-wheels/pip-*.whl)/pip" && rm -rf "$folder"
}

create_venv() {
  local python=$1
  rm -rf "$venv"
  if uv_is_here && uv venv --quiet --python "$python" "$venv"; then return; fi
  if "$python" -c 'import ensurepip, venv' 2>/dev/null && "$python" -m venv "$venv"; then return; fi
  rm -rf "$venv"
  if "$python" -m venv --without-pip "$venv" 2>/dev/null; then
    if "$python" -m pip --version >/dev/null 2>&1 && lend_pip "$python" -m pip; then return; fi
    if lend_debian_pip "$python"; then return; fi
  fi
  rm -rf "$venv"
  die "$python cannot make an environment; on Debian or Ubuntu: apt-get install python3-venv"
}

# uv when it can be had, else pip; either way only what the lock's hashes allow, built without fetching anything else.
install_locked() { install --require-hashes -r "$1"; }

install_ourselves() { install --no-deps --editable .; }

install() {
  if uv_is_here && uv_command pip install --quiet --python "$venv/bin/python" --no-build-isolation "$@"; then return; fi
  "$venv/bin/python" -m pip --version >/dev/null 2>&1 || die "Installing failed; the installer's own message stands above."
  "$venv/bin/python" -m pip install --quiet --no-build-isolation "$@"
}

install_build_tools() {
  if [ "${AFTERCARE_INSTALLER:-uv}" = uv ] && install_locked requirements-build.lock 2>/dev/null; then return; fi
  install_locked "$(locked_alone setuptools)"
}

# Make .venv for profile $1, or return at once when it is as the lock files say.
make_environment() {
  local profile=$1 python lock
  if environment_is_current "$profile"; then return; fi
  if [ "$profile" = runtime ] && environment_is_current dev; then return; fi
  require_space
  if ! "$venv/bin/python" -c '' 2>/dev/null; then
    python=$(find_python)
    say "Making the Python environment in .venv (once) ..."
    create_venv "$python"
  else
    say "Bringing .venv up to date ..."
  fi
  install_build_tools
  for lock in $(locks_of "$profile"); do install_locked "$lock"; done
  install_ourselves
  recipe "$profile" >"$venv/$profile.recipe"
}
