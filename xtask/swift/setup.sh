#!/bin/sh
# Unpacks Swift 6 of Debian 13, and what it stands on, into ROOT: without root, without installing anything.
# Does nothing where the machine has a Swift 6 of its own: run.sh takes that.
# For Debian and its like; the mirror is the one that apt knows, or $DEBIAN_MIRROR. run.sh runs what is there.
#
#   sh xtask/swift/setup.sh ROOT
set -eu

root=$1
case $(swift --version 2>/dev/null) in
*"Swift version 6"*) exit 0 ;;
esac
suite=trixie
keys=/usr/share/keyrings/debian-archive-keyring.gpg

for tool in apt-get dpkg-deb unshare; do
    command -v "$tool" >/dev/null || { echo "there is no $tool" >&2; exit 69; }
done
[ -e "$keys" ] || { echo "there is no $keys: apt-get install debian-archive-keyring" >&2; exit 69; }
mirror=${DEBIAN_MIRROR:-$(apt-get indextargets --format '$(REPO_URI)' 2>/dev/null | grep -m1 '/debian/*$' || true)}
[ -n "$mirror" ] || { echo "apt knows no mirror of Debian: apt-get update, or set DEBIAN_MIRROR" >&2; exit 69; }

mkdir -p "$root/usr/bin" "$root/usr/sbin" "$root/usr/lib" "$root/usr/lib64"
state=$(mktemp -d)
trap 'rm -rf "$state"' EXIT
mkdir -p "$state/lists/partial" "$state/cache/archives/partial" "$state/etc/apt.conf.d" \
    "$state/etc/preferences.d" "$state/etc/trusted.gpg.d"
: >"$state/status"
echo "deb [signed-by=$keys] $mirror $suite main" >"$state/etc/sources.list"
architecture=$(dpkg --print-architecture)

# An apt that knows nothing of this machine: what it would install is all that is needed.
apart() {
    apt-get --quiet --quiet \
        -o Dir::Etc="$state/etc" -o Dir::Etc::sourcelist="$state/etc/sources.list" \
        -o Dir::Etc::sourceparts=- -o Dir::State="$state" -o Dir::State::lists="$state/lists" \
        -o Dir::State::status="$state/status" -o Dir::Cache="$state/cache" \
        -o APT::Architecture="$architecture" -o APT::Architectures="$architecture" \
        -o APT::Sandbox::User="$(id -un)" -o APT::Install-Recommends=false \
        -o Acquire::Languages=none -o Acquire::Retries=3 -o Debug::NoLocking=true "$@"
}
apart update
apart install --yes --download-only bash coreutils findutils grep sed libc-bin \
    swiftlang libc6-dev libstdc++-14-dev >/dev/null

for folder in bin sbin lib lib64; do
    ln -s "usr/$folder" "$root/$folder"
done
for package in "$state"/cache/archives/*.deb; do
    dpkg-deb --extract "$package" "$root"
    rm "$package"
done
# What the packages would have done as they are installed.
ln -sf bash "$root/usr/bin/sh"
ln -sf /usr/libexec/swift/bin/swift-driver "$root/usr/bin/swift"
[ ! -e "$root/usr/bin/gcc" ] || ln -sf gcc "$root/usr/bin/cc"
mkdir -p "$root/etc" "$root/proc" "$root/dev" "$root/root" "$root/tmp"
echo "root:x:0:0:root:/root:/bin/sh" >"$root/etc/passwd"
echo "root:x:0:" >"$root/etc/group"
chmod 1777 "$root/tmp"

# Debuggers, services for editors, static libraries, manuals: half of it.
cd "$root/usr"
rm -rf share/doc share/man share/locale libexec/swift/bin/lldb* libexec/swift/bin/clangd \
    libexec/swift/lib/liblldb* libexec/swift/lib/libsourcekitd* libexec/swift/lib/swift_static \
    lib/*-linux-gnu/libpython3* lib/*-linux-gnu/libLLVM* lib/python3*
