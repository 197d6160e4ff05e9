#!/bin/sh
# Runs a command with Swift 6: the machine's own, or the one that setup.sh has unpacked into ROOT. There,
# the workspace, and TARGET, where cargo builds, are at their own paths; nothing else of the machine is.
# Variables named COFFRET_… go along.
#
#   sh xtask/swift/run.sh ROOT TARGET COMMAND [ARGUMENT…]
set -eu

root=$1
target=$2
shift 2
case $(swift --version 2>/dev/null) in
*"Swift version 6"*) exec "$@" ;;
esac

workspace=$(cd "$(dirname "$0")/../.." && pwd)
mapped=--map-root-user
[ "$(id -u)" != 0 ] || mapped=
exec unshare $mapped --mount sh -c '
    root=$1 here=$2
    mount --rbind /proc "$root/proc"
    mount --rbind /dev "$root/dev"
    for folder in "$3" "$4"; do
        mkdir -p "$root$folder"
        mount --bind "$folder" "$root$folder"
    done
    shift 4
    exec chroot "$root" /usr/bin/env -i HOME=/root LC_ALL=C.UTF-8 \
        PATH=/usr/bin:/usr/libexec/swift/bin:/bin $(env | grep ^COFFRET_) \
        sh -c "cd \"\$1\" && shift && exec \"\$@\"" sh "$here" "$@"
' sh "$root" "$PWD" "$workspace" "$target" "$@"
