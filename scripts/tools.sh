# What the project needs, installed where it is missing. Sourced by scripts/serve and scripts/test.
#
# What is there in the right version is taken as it is, wherever it stands on PATH. What is
# installed goes to the user's cache, so that a second clone finds it, except browsers, which come
# from the system's packages.

cache="${XDG_CACHE_HOME:-$HOME/.cache}/zombie-workers"
export PATH="$cache/bin:$cache/node_modules/.bin:$HOME/.cargo/bin:$PATH"
# Trunk takes any value of NO_COLOR but true and false for an error.
unset NO_COLOR

readonly trunk_version=0.21.14
readonly binaryen_version=132.0.0
readonly playwright_version=1.65.1
readonly axe_version=4.14.1

say() { printf '\033[1m%s\033[0m\n' "$*"; }

die() {
  printf '%s\n' "$*" >&2
  exit 1
}

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
  rustc --print target-libdir --target wasm32-unknown-unknown 2>/dev/null | xargs -I{} test -d {} && return
  command -v rustup >/dev/null || die "the target wasm32-unknown-unknown is missing, and rustup too"
  say "Installing the Rust target wasm32-unknown-unknown"
  rustup target add wasm32-unknown-unknown
}

# need_crate BINARY CRATE VERSION
need_crate() {
  has_version "$1" "$3" && return
  say "Installing $2 $3 (some minutes, once)"
  cargo install --locked --root "$cache" "$2@$3"
}

has_package() {
  grep -qsF "\"version\": \"$2\"" "$cache/node_modules/$1/package.json"
}

# The optimizer of the release build, and what drives the browser in the tests.
need_node_tools() {
  has_package binaryen "$binaryen_version" && has_package playwright-core "$playwright_version" &&
    has_package axe-core "$axe_version" && return
  command -v npm >/dev/null || die "npm is missing: install Node.js 20 or newer"
  say "Installing binaryen $binaryen_version, playwright-core $playwright_version, axe-core $axe_version"
  npm install --no-audit --no-fund --loglevel=error --prefix "$cache" \
    "binaryen@$binaryen_version" "playwright-core@$playwright_version" "axe-core@$axe_version"
}

# What building the page takes.
need_page_tools() {
  need_rust
  need_crate trunk trunk "$trunk_version"
  need_crate wasm-bindgen wasm-bindgen-cli "$(locked_version wasm-bindgen)"
}

find_chromium() {
  local name
  for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome; do
    [ -n "$name" ] && command -v "$name" && return
  done
  return 1
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# A browser and its driver, for the tests of the page.
need_browser() {
  if ! find_chromium >/dev/null || ! command -v chromedriver >/dev/null; then
    command -v apt-get >/dev/null || die "install Chromium and chromedriver, then run this again"
    say "Installing Chromium and chromedriver"
    as_root apt-get update -qq
    as_root apt-get install -y -qq --no-install-recommends chromium chromium-driver fonts-dejavu-core
  fi
  CHROMIUM="$(find_chromium)"
  export CHROMIUM
}
