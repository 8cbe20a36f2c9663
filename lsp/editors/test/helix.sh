#!/usr/bin/env bash
# A real Helix in a terminal (tmux) edits a copy of workspace/ with the configuration in ../helix. The screen is read as a user sees it.
#   HJEMMEL=…/hjemmel [HX=hx] lsp/editors/test/helix.sh
set -euo pipefail
. "$(dirname "$0")/common.sh"
need "${HX:-hx}" hx
need tmux tmux
find_program
copy_workspace
mkdir -p "$SCRATCH/config/helix"
sed "s|^command = .*|command = \"$HJEMMEL\"|" "$EDITORS/helix/languages.toml" > "$SCRATCH/config/helix/languages.toml"
printf '[editor]\nidle-timeout = 50\nend-of-line-diagnostics = "hint"\n[editor.inline-diagnostics]\ncursor-line = "hint"\n' > "$SCRATCH/config/helix/config.toml"
SOCKET=hjemmel-$$
trap 'tmux -L $SOCKET kill-server 2>/dev/null || true; rm -rf "$SCRATCH"' EXIT
STEPS=0 FAILED=0
screen() { tmux -L "$SOCKET" capture-pane -p -t 0; }
keys() { tmux -L "$SOCKET" send-keys -t 0 "$@"; }
# Apart from the next key: together they would be Alt and that key.
escape() { keys Escape; sleep 0.15; }
line() { escape; keys ":$1" Enter; sleep 0.2; }
expect() { # what, a fixed text on the screen
  STEPS=$((STEPS + 1))
  for _ in $(seq 500); do
    if screen | grep -qF -- "$2"; then echo "ok     $1: $2"; return; fi
    sleep 0.02
  done
  FAILED=$((FAILED + 1))
  echo "FAILED $1: no \"$2\" on the screen:"; screen
}
gone() { # what, a fixed text
  STEPS=$((STEPS + 1))
  for _ in $(seq 500); do
    if ! screen | grep -qF -- "$2"; then echo "ok     $1"; return; fi
    sleep 0.02
  done
  FAILED=$((FAILED + 1))
  echo "FAILED $1: \"$2\" is still on the screen:"; screen
}

LC_ALL=C.UTF-8 tmux -L "$SOCKET" -u new-session -d -x 150 -y 40 -c "$WORKSPACE" \
  "env HOME='$SCRATCH' XDG_CONFIG_HOME='$SCRATCH/config' LC_ALL=C.UTF-8 TERM=xterm-256color ${HX:-hx} regler.regel; sleep 1"
expect 'the file opens' 'pligt tilbudspligt'
sleep 1
line 9; keys x c; sleep 0.1; keys -l '  når indsast.art er virksomhedspraktik'; escape
expect 'a mistake is marked as it is typed' 'ikke erklæret'
keys '[' d; sleep 0.3; keys Space a
expect 'the quick fix is offered' 'Ret til `indsats`'
keys Enter
expect 'the quick fix mends it' 'når indsats.art er'
gone 'the diagnostic goes' 'ikke erklæret'
line 14; keys g l; sleep 0.1; keys Space k
expect 'hover explains' 'Målgruppen er dem, der får'
escape; keys Space s
expect 'outline' 'barsel_fritager'
line 2; keys w; sleep 0.1; keys w; sleep 0.1; keys Space r; sleep 0.5
keys C-u; keys -l 'på_kontanthjælp'; keys Enter
expect 'rename' 'begreb på_kontanthjælp'
escape; keys -l ':q!'; keys Enter; sleep 0.3
echo "$STEPS steps, $FAILED failed"
[ "$FAILED" = 0 ]
