#!/bin/sh
# Runs a command beside a Secret Service of its own (gnome-keyring), without a desktop or a prompt,
# and exits as it does. Nothing is left of the service.
#
#   sh xtask/secret-service.sh COMMAND [ARGUMENT…]
set -eu

export CARGO_HOME="${CARGO_HOME:-$HOME/.cargo}" RUSTUP_HOME="${RUSTUP_HOME:-$HOME/.rustup}"
HOME=$(mktemp -d)
trap 'rm -rf "$HOME"' EXIT
export HOME XDG_RUNTIME_DIR="$HOME" XDG_DATA_HOME="$HOME/data"
export XDG_CONFIG_HOME="$HOME/config" XDG_CACHE_HOME="$HOME/cache"
mkdir -p "$XDG_DATA_HOME/keyrings"

# The password makes the login keyring and unlocks it; the service is there a little later.
dbus-run-session -- sh -c '
    printf test | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
    bus="--session --print-reply --dest=org.freedesktop.DBus / org.freedesktop.DBus"
    for _ in 1 2 3 4 5 6 7 8 9; do
        dbus-send $bus.NameHasOwner string:org.freedesktop.secrets | grep -q true && break
        sleep 0.2
    done
    "$@"
' sh "$@"
