#!/usr/bin/env bash
# A real Kate on a screen of its own opens a file with a mistake, with the configuration in ../kate, and takes two pictures to be
# looked at: the mistake and the colours, and a hover. It fails if Kate does not start the server, or the server refuses or does
# not answer a question.
#   HJEMMEL=…/hjemmel lsp/editors/test/kate.sh       pictures in SHOTS (default: a new folder in /tmp)
set -euo pipefail
. "$(dirname "$0")/common.sh"
for tool in kate Xvfb xdotool import dbus-run-session; do need "$tool" "kate xvfb xdotool imagemagick dbus"; done
find_program
copy_workspace
SHOTS=${SHOTS:-$(mktemp -d /tmp/hjemmel-shots-XXXXXX)}
mkdir -p "$SHOTS" "$SCRATCH"/{config/kate/lspclient,data/org.kde.syntax-highlighting/syntax,cache,run}
chmod 700 "$SCRATCH/run"
cp "$EDITORS/kate/regel.xml" "$SCRATCH/data/org.kde.syntax-highlighting/syntax/"
# The server, and beside it what it answers.
printf '#!/bin/sh\n"%s" "$@" | tee -a "%s/answers"\n' "$HJEMMEL" "$SCRATCH" > "$SCRATCH/hjemmel" && chmod +x "$SCRATCH/hjemmel"
sed "s|\"hjemmel\", \"lsp\"|\"$SCRATCH/hjemmel\", \"lsp\"|" "$EDITORS/kate/lspclient.json" > "$SCRATCH/config/kate/lspclient/settings.json"
# What a user clicks: the plugin is on, and the program may be started.
printf '[Kate Plugins]\nlspclientplugin=true\n[General]\nShow welcome view for new window=false\n[lspclient]\nAllowedServerCommandLines=%s lsp\nSemanticHighlighting=true\n' \
  "$SCRATCH/hjemmel" > "$SCRATCH/config/katerc"
sed -i 's/når indsats.art/når indsast.art/' "$WORKSPACE/regler.regel"
export HOME="$SCRATCH" XDG_CONFIG_HOME="$SCRATCH/config" XDG_DATA_HOME="$SCRATCH/data" XDG_CACHE_HOME="$SCRATCH/cache" XDG_RUNTIME_DIR="$SCRATCH/run" LC_ALL=C.UTF-8
export DISPLAY=":${SCREEN:-77}"
Xvfb "$DISPLAY" -screen 0 1200x800x24 > /dev/null 2>&1 &
XVFB=$!
sleep 2
dbus-run-session -- kate -n "$WORKSPACE/regler.regel" > "$SHOTS/kate.log" 2>&1 &
KATE=$!
trap 'kill $KATE $XVFB 2>/dev/null || true; wait $KATE $XVFB 2>/dev/null || true; rm -rf "$SCRATCH"' EXIT
for _ in $(seq 60); do [ -s "$SCRATCH/answers" ] && break; sleep 0.5; done
[ -s "$SCRATCH/answers" ] || fail "Kate has not started the server"
sleep 12
import -window root "$SHOTS/kate mistake.png"
xdotool mousemove 200 318; sleep 0.3; xdotool mousemove 228 390; sleep 3
import -window root "$SHOTS/kate hover.png"
echo "pictures in $SHOTS: look at them"
grep -aq H0201 "$SCRATCH/answers" || fail "Kate was not told of the mistake"
grep -aq 'Et tilbud der tæller' "$SCRATCH/answers" || fail "Kate was not told what the pointer rests on"
if grep -ao '"error":{[^}]*}' "$SCRATCH/answers" | sort | uniq -c; then fail "the server refused what Kate asked"; fi
