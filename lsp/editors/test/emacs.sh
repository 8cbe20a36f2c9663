#!/usr/bin/env bash
# A real Emacs with eglot, without a screen, edits a copy of workspace/ with the configuration in ../emacs.
#   HJEMMEL=…/hjemmel lsp/editors/test/emacs.sh
set -euo pipefail
. "$(dirname "$0")/common.sh"
need "${EMACS:-emacs}" "emacs-nox elpa-eglot"
find_program
copy_workspace
cd "$SCRATCH"
HOME="$SCRATCH" timeout 120 "${EMACS:-emacs}" --batch -Q -l "$HERE/emacs.el" "$EDITORS/emacs/hjemmel.el"
