#!/usr/bin/env bash
# The SCIM providers of counterparts/scim-node, for integration tests: Node.js, if there is none, and their packages.
#
#   scim-node.sh install
#
# Only installing Node.js needs root.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../counterparts/scim-node"

case ${1:-} in
  install)
    if ! command -v npm >/dev/null; then
      apt-get -qq update || true # an old list will do
      DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends nodejs npm
    fi
    npm ci --no-audit --no-fund --loglevel=error
    ;;
  *)
    echo "usage: scim-node.sh install" >&2
    exit 2
    ;;
esac
