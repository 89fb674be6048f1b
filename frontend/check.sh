#!/usr/bin/env bash
# Proves that the build reproduces what is committed in static/.
set -eu
cd "$(dirname "$0")"
npm ci --no-audit --no-fund
npm run lint
npm run build
git diff --exit-code --stat -- ../static
test -z "$(git status --porcelain -- ../static)"
