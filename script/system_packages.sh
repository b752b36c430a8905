# shellcheck shell=bash
# Sourced by test and bench: what only the tests need and Python cannot bring: a browser, PostgreSQL's server programs,
# Node, PHP, Ruby and Redis. Installed by the system's package manager where it may; otherwise one line says what is missing.

first_on_path() {
  local name
  for name in "$@"; do
    if command -v "$name" >/dev/null 2>&1; then return; fi
  done
  return 1
}

has_postgres() {
  local initdb
  for initdb in /usr/lib/postgresql/*/bin/initdb /opt/homebrew/opt/postgresql*/bin/initdb /usr/local/opt/postgresql*/bin/initdb; do
    if [ -x "$initdb" ]; then return; fi
  done
  first_on_path initdb
}

has_node() {
  first_on_path npm && [ "$(node -p 'process.versions.node.split(".")[0]' 2>/dev/null || echo 0)" -ge 18 ]
}

# Playwright brings its own Node, which wants this library beside it.
has_libatomic() {
  local library
  for library in /usr/lib/*/libatomic.so.1 /lib/*/libatomic.so.1; do
    if [ -e "$library" ]; then return; fi
  done
  return 1
}

# PHP with its test runner, for the WordPress plugin.
has_php() {
  first_on_path php && first_on_path phpunit
}

# Ruby with Shopify's Liquid engine, for the theme's blocks. Homebrew's Ruby is not on the path; the system's own is too old.
has_liquid() {
  local ruby
  for ruby in ruby /opt/homebrew/opt/ruby/bin/ruby /usr/local/opt/ruby/bin/ruby; do
    if "$ruby" -e 'gem "liquid", ">= 5.4"; require "liquid"' >/dev/null 2>&1; then return; fi
  done
  return 1
}

# The arguments are the names of the browser's, the database's, Node's, PHP's, Liquid's and Redis' packages; prints those still needed.
missing_packages() {
  first_on_path chromium chromium-browser google-chrome || echo "$1"
  has_postgres || echo "$2"
  has_node || echo "$3"
  has_php || echo "$4"
  has_liquid || echo "$5"
  first_on_path redis-server || echo "$6"
}

may_be_root() { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

apt() {
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 -o Dpkg::Options::=--force-confold "$@" \
    </dev/null >"$venv/apt.log" 2>&1 || { tail -20 "$venv/apt.log" >&2 && die "apt-get $1 failed."; }
}

# Chromium without its windows, which draws the tests' pages for half the work. Not every system offers it, and the tests
# run without it, so it is asked for once.
install_headless_shell() {
  local name=chromium-headless-shell asked=$venv/.asked-for-headless-shell
  if first_on_path "$name" || [ -e "$asked" ] || ! may_be_root; then return 0; fi
  : >"$asked"
  say "Installing $name..."
  (apt update && apt install --yes --no-install-recommends "$name") 2>/dev/null || say "Not to be had; the whole Chromium will do."
}

# Debian's package would start a database server of its own, which nobody here asked for.
keep_postgres_quiet() {
  local conf=/etc/postgresql-common/createcluster.conf
  [ -e "$conf" ] || { as_root mkdir -p "${conf%/*}" && echo 'create_main_cluster = false' | as_root tee "$conf" >/dev/null; }
}

install_with_apt() {
  local packages
  packages=$(missing_packages "chromium fonts-noto-core fonts-wqy-microhei" postgresql "nodejs npm" "php-cli phpunit php-parser" "ruby ruby-liquid" redis-server | tr '\n' ' ')
  has_libatomic || packages="${packages}libatomic1 "
  [ -n "$packages" ] || return 0
  may_be_root || die "The tests need more of this machine: sudo apt-get install ${packages% }"
  say "Installing $packages..."
  keep_postgres_quiet
  apt update
  # shellcheck disable=SC2086 # several words on purpose
  apt install --yes --no-install-recommends $packages
}

install_with_brew() {
  local packages
  packages=$(missing_packages chromium postgresql@17 node "php phpunit" ruby redis | tr '\n' ' ')
  [ -n "$packages" ] || return 0
  say "Installing $packages..."
  # shellcheck disable=SC2086 # several words on purpose
  brew install --quiet $packages </dev/null
  has_liquid || "$(brew --prefix ruby)/bin/gem" install liquid --version 5.4.0 --no-document --silent </dev/null
}

install_system_packages() {
  local packages
  if first_on_path apt-get; then
    install_with_apt
    install_headless_shell
  elif first_on_path brew; then
    install_with_brew
  else
    packages=$(missing_packages Chromium "PostgreSQL's server" "Node.js 18 or newer with npm" "PHP 7.4 or newer with PHPUnit" \
      "Ruby with liquid 5.4" Redis | paste -sd, -)
    [ -z "$packages" ] || die "The tests need more of this machine: ${packages//,/, }."
  fi
}

install_node_packages() {
  install_node_folder . "Installing the Node packages ..." &
  local ours=$!
  install_node_folder tools/shopify "Installing Shopify's command line ..." --ignore-scripts
  wait "$ours"
}

# A folder with a package-lock.json, what is said meanwhile, and further words to npm.
install_node_folder() {
  local folder=$1 what=$2
  shift 2
  if cmp -s "$folder/package-lock.json" "$folder/node_modules/.installed-lock.json"; then return; fi
  say "$what"
  (cd "$folder" && npm ci --loglevel=error --no-audit --no-fund "$@" </dev/null >/dev/null) || die "npm ci failed in $folder."
  cp "$folder/package-lock.json" "$folder/node_modules/.installed-lock.json"
}
