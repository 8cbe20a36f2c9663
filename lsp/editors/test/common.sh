# What the tests of editors share: the program, a copy of the workspace, and no silent skipping.
# HJEMMEL=…/hjemmel names the program; else the newest one built in target/.

HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
EDITORS=$(dirname "$HERE")
TARGET=${CARGO_TARGET_DIR:-$EDITORS/../../target}

fail() { echo "FAILED: $*" >&2; exit 1; }

# A missing editor is a failure, unless HJEMMEL_SKIP_MISSING=1 says that it may be missing.
need() {
  command -v "$1" >/dev/null && return
  if [ "${HJEMMEL_SKIP_MISSING:-}" = 1 ]; then echo "SKIPPED: no $1"; exit 0; fi
  fail "no $1 (apt-get install $2)"
}

find_program() {
  HJEMMEL=${HJEMMEL:-$(ls -t "$TARGET"/release/hjemmel "$TARGET"/debug/hjemmel 2>/dev/null | head -1 || true)}
  [ -x "${HJEMMEL:-}" ] || fail "no program: cargo build -p hjemmel, or set HJEMMEL"
  HJEMMEL=$(readlink -f "$HJEMMEL")
  export HJEMMEL
}

# A copy in a folder whose name has letters that editors write in many ways.
copy_workspace() {
  SCRATCH=$(mktemp -d)
  trap 'rm -rf "$SCRATCH"' EXIT
  WORKSPACE="$SCRATCH/prøve på æøå"
  cp -r "$HERE/workspace" "$WORKSPACE"
  export WORKSPACE
}
