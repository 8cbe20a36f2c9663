#!/usr/bin/env bash
# A real VS Code in a real browser, in Restricted Mode, with the extension as it is packed and the real program, edits copies:
# of ../workspace, and of the repository's rules, as a newcomer does.
#   HJEMMEL=…/hjemmel lsp/editors/test/vscode/run.sh [FOLDER]           pictures and logs go there (default: a new folder in /tmp)
# What is missing it gets (setup.sh) and packs (npm run package) first; after a change of the extension, pack it yourself.
# Look at the pictures: a step can pass and still look wrong.
set -euo pipefail
. "$(dirname "$0")/../common.sh"
FOLDER=${HJEMMEL_VSCODE:-$HOME/.cache/hjemmel-vscode}
need chromium chromium
NODE="$FOLDER/n/bin/node"
[ -x "$NODE" ] || "$HERE/vscode/setup.sh" "$FOLDER"
find_program
copy_workspace
SHOTS=${1:-${SHOTS:-$(mktemp -d /tmp/hjemmel-shots-XXXXXX)}}
PORT=${PORT:-8391}
mkdir -p "$SHOTS" "$SCRATCH/data/User" "$SCRATCH/extensions"

VSIX=${VSIX:-$EDITORS/vscode/hjemmel.vsix}
[ -f "$VSIX" ] || (cd "$EDITORS/vscode" && npm ci --no-audit --no-fund && npm run package)
CODE="$FOLDER/cs/node_modules/code-server/lib/vscode/out/server-main.js"
WHERE=(--accept-server-license-terms --server-data-dir "$SCRATCH/data" --user-data-dir "$SCRATCH/data" --extensions-dir "$SCRATCH/extensions")
"$NODE" "$CODE" "${WHERE[@]}" --install-extension "$VSIX" > "$SHOTS/install.log" 2>&1 || fail "$VSIX cannot be installed: $SHOTS/install.log"

# What the server says on standard error is kept beside the pictures.
PROGRAM="$SCRATCH/hjemmel"
printf '#!/bin/sh\nexec "%s" "$@" 2>> "%s/program.log"\n' "$HJEMMEL" "$SHOTS" > "$PROGRAM" && chmod +x "$PROGRAM"
# A folder that would have its own program run.
mkdir -p "$WORKSPACE/.vscode"
printf '#!/bin/sh\ntouch "%s/RUN-BY-WORKSPACE"\n' "$SCRATCH" > "$WORKSPACE/hjemmel" && chmod +x "$WORKSPACE/hjemmel"
printf '{ "hjemmel.program": "%s/hjemmel", "hjemmel.extract": "%s" }\n' "$WORKSPACE" "$WORKSPACE" > "$WORKSPACE/.vscode/settings.json"
# In a window of a browser the machine is the server: its settings are those of `machine` scope.
mkdir -p "$SCRATCH/data/Machine"
printf '{ "hjemmel.program": "%s" }\n' "$PROGRAM" > "$SCRATCH/data/Machine/settings.json"
cat > "$SCRATCH/data/User/settings.json" <<JSON
{ "hjemmel.language": "da", "hjemmel.trace.server": "${TRACE:-off}",
  "security.workspace.trust.startupPrompt": "never", "security.workspace.trust.banner": "always",
  "workbench.startupEditor": "none", "workbench.colorTheme": "${THEME:-Default Dark Modern}", "chat.disableAIFeatures": true, "workbench.secondarySideBar.defaultVisibility": "hidden",
  "telemetry.telemetryLevel": "off", "extensions.autoCheckUpdates": false, "extensions.autoUpdate": false, "update.mode": "none",
  "editor.minimap.enabled": false, "git.enabled": false, "npm.autoDetect": "off", "workbench.enableExperiments": false,
  "editor.accessibilitySupport": "off", "files.autoSave": "off", "testing.automaticallyOpenTestResults": "neverOpen" }
JSON

"$NODE" "$CODE" "${WHERE[@]}" --host 127.0.0.1 --port "$PORT" --without-connection-token --telemetry-level off > "$SHOTS/server.log" 2>&1 &
SERVER=$!
trap 'kill $SERVER 2>/dev/null || true; wait $SERVER 2>/dev/null || true; rm -rf "$SCRATCH"' EXIT
for _ in $(seq 120); do (exec 3<>"/dev/tcp/127.0.0.1/$PORT") 2>/dev/null && break; sleep 0.5; done

export CODE_URL="http://127.0.0.1:$PORT/" SHOTS SCRATCH MODULES="$FOLDER/cs/node_modules"
code=0
PREFIX="a " "$NODE" "$HERE/vscode/drive.mjs" || code=$?
cp -r "$EDITORS/../../rules" "$SCRATCH/rules"
PREFIX="b " WORKSPACE="$SCRATCH/rules" "$NODE" "$HERE/vscode/newcomer.mjs" || code=$?
if [ -s "$SHOTS/program.log" ]; then echo "FAILED: the program complained:"; cat "$SHOTS/program.log"; code=1; fi
echo "pictures in $SHOTS: look at them"
exit $code
