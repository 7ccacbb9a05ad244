#!/bin/sh
# Writes the lock files anew: `sh requirements/update.sh` with uv installed. Review the difference before committing.
set -eu
cd "$(dirname "$0")/.."
lock() {
    uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet "$@"
}
lock --upgrade -o requirements/build.lock requirements/build.in
lock --upgrade -c requirements/build.lock -o requirements/site.lock pyproject.toml
lock --upgrade -c requirements/build.lock -c requirements/site.lock -o requirements/dev.lock requirements/dev.in
lock --upgrade -o requirements/fuzz.lock requirements/fuzz.in
