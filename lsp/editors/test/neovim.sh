#!/usr/bin/env bash
# A real Neovim, without a screen, edits a copy of workspace/ with the configuration in ../neovim.
#   HJEMMEL=…/hjemmel lsp/editors/test/neovim.sh
set -euo pipefail
. "$(dirname "$0")/common.sh"
need "${NVIM:-nvim}" neovim
find_program
copy_workspace
cd "$SCRATCH"
export HOME="$SCRATCH" XDG_CONFIG_HOME="$SCRATCH/config" XDG_STATE_HOME="$SCRATCH/state" XDG_DATA_HOME="$SCRATCH/data"
timeout 120 "${NVIM:-nvim}" --headless -u NONE -i NONE -n -c "luafile $EDITORS/neovim/hjemmel.lua" -c "luafile $HERE/neovim.lua"
