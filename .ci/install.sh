# Installs what is missing, by the package managers that are there. Sourced by `dev`.
#
# Debian's packages are installed when we are root, or when sudo asks no question; otherwise the
# command to run is printed and nothing else happens. Everything else stays inside the repository:
# npm packages beside their lock files, Python's below target/.

# Says what is being done.
note() { printf '\n== %s\n' "$*"; }
# Says why we stop, and stops.
stop() { printf '\ndev: %s\n' "$*" >&2; exit 1; }

# Where cargo puts what it builds.
target=${CARGO_TARGET_DIR:-$PWD/target}
case $target in /*) ;; *) target=$PWD/$target ;; esac
export CARGO_TARGET_DIR=$target

# apt CHECK PACKAGE…: notes the packages as wanted unless the check succeeds.
wanted=()
apt_unless() { local check=$1; shift; eval "$check" >/dev/null 2>&1 || wanted+=("$@"); }

want_compiler() {
  apt_unless 'command -v cc' build-essential
  apt_unless 'command -v pkg-config' pkg-config
}

want_postgres() { apt_unless 'ls /usr/lib/postgresql/*/bin/initdb || command -v initdb' postgresql; }

# Who judges passes for wallets: archives and signatures that we have made.
want_judges() {
  apt_unless 'command -v openssl' openssl
  apt_unless 'command -v python3' python3
}

want_test_tools() {
  apt_unless '[ -n "${CHROMIUM:-}" ] || [ -x /usr/bin/chromium ]' chromium
  apt_unless 'command -v pdftoppm' poppler-utils
  apt_unless 'command -v zbarimg' zbar-tools
  apt_unless 'python3 -c "import ensurepip, venv"' python3-venv
}

# Installs the wanted packages, or says how.
install_wanted() {
  [ ${#wanted[@]} -gt 0 ] || return 0
  local as=()
  if [ "$(id -u)" -ne 0 ]; then
    sudo -n true 2>/dev/null && as=(sudo -n) || stop "missing: ${wanted[*]}. Install them, then run this again: sudo apt-get install ${wanted[*]}"
  fi
  command -v apt-get >/dev/null || stop "missing: ${wanted[*]}. There is no apt-get here; install them by this system's own means."
  note "installing ${wanted[*]}"
  "${as[@]}" apt-get update -q
  DEBIAN_FRONTEND=noninteractive "${as[@]}" apt-get install -q -y --no-install-recommends "${wanted[@]}"
}

# The two that no package of Debian 12 gives in the version that we need.
need_rust_and_node() {
  command -v cargo >/dev/null || stop "cargo is missing: install Rust 1.95 or newer (https://rustup.rs), then run this again."
  command -v npm >/dev/null || stop "npm is missing: install Node 20 or newer, then run this again."
  local major
  major=$(node -p 'process.versions.node.split(".")[0]')
  [ "$major" -ge 20 ] || stop "Node $major is too old: install Node 20 or newer, then run this again."
}

# npm_in FOLDER…: exactly what the lock file names, unless it is there already.
npm_in() {
  local folder
  for folder in "$@"; do
    if [ ! "$folder/node_modules/.package-lock.json" -nt "$folder/package-lock.json" ]; then
      note "npm packages of $folder"
      npm ci --prefix "$folder" --no-fund --no-audit --loglevel=error
    fi
  done
}

# Python's schemathesis in a folder of its own.
install_schemathesis() {
  [ -x "$target/schemathesis/bin/schemathesis" ] && return 0
  note "schemathesis from PyPI"
  python3 -m venv "$target/schemathesis"
  "$target/schemathesis/bin/pip" install --quiet --disable-pip-version-check -r e2e/api/requirements.txt
}
