# shellcheck shell=bash
# What the project needs, installed where it is missing. Sourced by scripts/serve and scripts/test.
#
# A tool that is there in the right version is used as it is, wherever it stands on PATH. What is
# installed goes to the user's cache, so that a second clone finds it; only browsers and shellcheck
# come from the system's packages. The times are those of two cores with nothing else to do.

cache="${XDG_CACHE_HOME:-$HOME/.cache}/zombie-workers"
export PATH="$cache/bin:$cache/node_modules/.bin:$HOME/.cargo/bin:$PATH"
# Trunk takes any value of NO_COLOR but true and false for an error.
unset NO_COLOR

readonly trunk_version=0.21.14
readonly geckodriver_version=0.37.1
readonly binaryen_version=132.0.0
# From 1.65 on it asks Firefox ESR for what that does not have.
readonly playwright_version=1.64.1
readonly esbuild_version=0.28.2
readonly axe_version=4.14.1
readonly selenium_version=4.49.0
readonly simpy_version=4.1.2

say() { printf '\033[1m%s\033[0m\n' "$*"; }

die() {
  printf '%s\n' "$*" >&2
  exit 1
}

# minutes SECONDS: as m:ss
minutes() { printf '%d:%02d' "$(($1 / 60))" "$(($1 % 60))"; }

# The version of a package in Cargo.lock: the tool must be the same as the library.
locked_version() {
  awk -v name="name = \"$1\"" '$0 == name { getline; gsub(/[^0-9.]/, ""); print; exit }' Cargo.lock
}

# Whether a command prints this version.
has_version() {
  command -v "$1" >/dev/null && "$1" --version 2>/dev/null | grep -qwF "$2"
}

need_rust() {
  command -v cargo >/dev/null || die "cargo is missing: install Rust with rustup (https://rustup.rs)"
  local libraries
  libraries="$(rustc --print target-libdir --target wasm32-unknown-unknown 2>/dev/null)" &&
    [ -d "$libraries" ] && return
  command -v rustup >/dev/null || die "the target wasm32-unknown-unknown is missing, and rustup too"
  say "Installing the Rust target wasm32-unknown-unknown (under a minute)"
  rustup target add wasm32-unknown-unknown
}

# need_crate BINARY CRATE VERSION TIME [BINARY ...]: further binaries of the crate to install with it.
need_crate() {
  local binary="$1" crate="$2@$3" time="$4" more=("${@:5}")
  has_version "$binary" "$3" && return
  if cargo binstall -V >/dev/null 2>&1; then
    say "Installing $crate (under a minute)"
    cargo binstall --no-confirm --disable-strategies compile --root "$cache" "$crate" && return
  fi
  say "Building $crate, once (about $time)"
  build_crate "$crate" --bin "$binary" "${more[@]/#/--bin=}"
}

# A tool that waits for files and compilers need not be fast: it is built in the quickest way.
build_crate() {
  CARGO_PROFILE_RELEASE_OPT_LEVEL=0 \
    CARGO_PROFILE_RELEASE_LTO=off \
    CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 \
    CARGO_PROFILE_RELEASE_STRIP=symbols \
    cargo install --quiet --locked --no-default-features --root "$cache" "$@"
}

has_package() {
  grep -qsF "\"version\": \"$2\"" "$cache/node_modules/$1/package.json"
}

# What makes the release build smaller, and what drives the browser in the tests.
need_node_tools() {
  has_package binaryen "$binaryen_version" && has_package playwright-core "$playwright_version" &&
    has_package esbuild "$esbuild_version" &&
    has_package axe-core "$axe_version" && has_package selenium-webdriver "$selenium_version" && return
  command -v npm >/dev/null || die "npm is missing: install Node.js 20 or newer"
  say "Installing binaryen, esbuild, playwright-core, selenium-webdriver and axe-core (under a minute)"
  npm install --no-audit --no-fund --loglevel=error --prefix "$cache" \
    "binaryen@$binaryen_version" "esbuild@$esbuild_version" "axe-core@$axe_version" \
    "playwright-core@$playwright_version" "selenium-webdriver@$selenium_version"
}

# What building the page takes.
need_page_tools() {
  need_rust
  need_crate trunk trunk "$trunk_version" "4 minutes"
  need_crate wasm-bindgen wasm-bindgen-cli "$(locked_version wasm-bindgen)" "1 minute" \
    wasm-bindgen-test-runner
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# The lists of the system's packages, fetched once a run.
refresh_apt() {
  command -v apt-get >/dev/null || die "install $1, then run this again"
  [ -n "${apt_is_fresh:-}" ] || as_root apt-get update -qq
  apt_is_fresh=1
}

# need_system COMMAND PACKAGE ...: the packages are installed if the command is missing.
need_system() {
  command -v "$1" >/dev/null && return
  shift
  refresh_apt "$*"
  say "Installing $* (about a minute)"
  as_root apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

find_chromium() {
  local name
  for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome; do
    [ -n "$name" ] && command -v "$name" && return
  done
  return 1
}

# A browser and its driver, for the tests of the page.
need_chromium() {
  find_chromium >/dev/null || need_system chromium chromium fonts-dejavu-core
  need_system chromedriver chromium-driver
  CHROMIUM="$(find_chromium)"
  export CHROMIUM
}

need_firefox() {
  command -v firefox >/dev/null || need_system firefox-esr firefox-esr
  command -v geckodriver >/dev/null ||
    need_crate geckodriver geckodriver "$geckodriver_version" "1 minute"
}

# WebKit with its driver, and a screen for it where there is none.
need_webkit() {
  need_system WebKitWebDriver webkit2gtk-driver
  need_system xvfb-run xvfb xauth
}

# The checker of Prometheus. Its package would also start a server: only the program is taken.
need_promtool() {
  command -v promtool >/dev/null && return
  refresh_apt promtool
  say "Unpacking promtool (about a minute)"
  local unpacked
  unpacked="$(mktemp -d)"
  (
    cd "$unpacked" || exit
    apt-get download -qq prometheus
    dpkg-deb --fsys-tarfile prometheus_*.deb | tar -x ./usr/bin/promtool
  )
  mkdir -p "$cache/bin"
  mv "$unpacked/usr/bin/promtool" "$cache/bin/"
  rm -r "$unpacked"
}

# Python with the simulator that the pool is held against.
need_python() {
  compgen -G "$cache/python/lib/python3*/site-packages/simpy-$simpy_version.dist-info" >/dev/null && return
  command -v python3 >/dev/null || die "python3 is missing: install Python 3.11 or newer"
  say "Installing simpy $simpy_version (under a minute)"
  python3 -m venv "$cache/python" || die "python3 cannot make environments: install python3-venv"
  "$cache/python/bin/pip" install --quiet --disable-pip-version-check "simpy==$simpy_version"
}
