#!/usr/bin/env bash
# Proves that the build reproduces what is committed in static/.
set -eu
cd "$(dirname "$0")"
npm ci --no-audit --no-fund
npm run lint
npm run build
# Who pays for a package and where it is to be had is no matter of the lock.
if grep -nE '"(resolved|funding)":' package-lock.json; then exit 1; fi
git diff --exit-code --stat -- ../static
test -z "$(git status --porcelain -- ../static)"
