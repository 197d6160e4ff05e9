#!/bin/sh
# Builds coffret-ffi for Android without the NDK: the linker, LLVM's unwinder and a C compiler are ziglang's
# (PyPI), the C library is an empty stub whose symbols are looked for afterwards, and headers are musl's, where
# they are Android's too (android.h). It tells whether everything links and how big it is; it runs on no device
# here. With ANDROID_NDK_HOME it is all the NDK's, as in an app that ships.
#
#   sh xtask/android/library.sh ARCHITECTURE ZIG TARGET [ARGUMENT of rustc…]
set -eu

architecture=$1
zig=$2
target=$3
shift 3
triple=$architecture-linux-android
here=$(cd "$(dirname "$0")" && pwd)
made=$target/android/$architecture
mkdir -p "$made"

compiler=$made/cc
archiver=$made/ar
linker=$made/link
# What the generator reads of a library is not for a phone: 60 kB.
bare='case $word in *--version-script=*) sed -i /UNIFFI_META/d "${word#*--version-script=}" ;; esac'
if [ -n "${ANDROID_NDK_HOME:-}" ]; then
    bin="'$ANDROID_NDK_HOME'/toolchains/llvm/prebuilt/*/bin"
    printf '#!/bin/sh\nexec %s "$@"\n' "$bin/${triple}26-clang" >"$compiler"
    printf '#!/bin/sh\nfor word; do %s; done\nexec %s "$@"\n' "$bare" "$bin/${triple}26-clang" >"$linker"
    printf '#!/bin/sh\nexec %s "$@"\n' "$bin/llvm-ar" >"$archiver"
    set -- -Clink-arg=-Wl,-z,max-page-size=16384 "$@"
else
    export ZIG_GLOBAL_CACHE_DIR="$target/android/zig" ZIG_LOCAL_CACHE_DIR="$target/android/zig"
    # What the compiler would take for granted of musl, and Android has not.
    flags="-target $architecture-linux-musl -fno-stack-protector -U_FORTIFY_SOURCE -fno-builtin-bcmp"
    flags="$flags -fPIC -fno-sanitize=all"
    [ "$architecture" = x86_64 ] || flags="$flags -mno-outline-atomics"
    cat >"$compiler" <<END
#!/bin/sh
# cc names Android as its target: ziglang has no headers of it, and makes -Oz an -Os.
for word; do
    shift
    case \$word in
    --target=*) ;;
    -Oz) set -- "\$@" -Os -Xclang -Oz ;;
    *) set -- "\$@" "\$word" ;;
    esac
done
exec "$zig" cc $flags -include "$here/android.h" "\$@"
END
    cat >"$linker" <<END
#!/bin/sh
# rustc speaks to a compiler: this is a linker.
for word; do
    shift
    $bare
    case \$word in
    -Wl,*) for part in \$(echo "\${word#-Wl,}" | tr , " "); do set -- "\$@" "\$part"; done ;;
    -m64 | -nodefaultlibs | -nostartfiles | -no-pie | -fuse-ld=*) ;;
    *) set -- "\$@" "\$word" ;;
    esac
done
exec "$zig" ld.lld "\$@"
END
    printf '#!/bin/sh\nexec "%s" ar "$@"\n' "$zig" >"$archiver"

    if [ ! -e "$made/libunwind.a" ]; then
        unwind=$(dirname "$zig")/lib/libunwind
        own="$flags -O2 -DNDEBUG -D_LIBUNWIND_IS_NATIVE_ONLY -fvisibility=hidden -funwind-tables -I$unwind/include"
        for source in UnwindLevel1.c UnwindLevel1-gcc-ext.c UnwindRegistersRestore.S UnwindRegistersSave.S; do
            "$zig" cc $own -fexceptions -c "$unwind/src/$source" -o "$made/$source.o"
        done
        "$zig" c++ $own -std=c++20 -fno-rtti -fno-exceptions -c "$unwind/src/libunwind.cpp" -o "$made/libunwind.cpp.o"
        "$zig" cc $flags -fvisibility=hidden -c "$here/start.c" -o "$made/start.o"
        : >"$made/empty.c"
        "$zig" cc $flags -c "$made/empty.c" -o "$made/empty.o"
        for library in c m dl log; do
            "$zig" ld.lld -shared -soname "lib$library.so" "$made/empty.o" -o "$made/lib$library.so"
        done
        "$zig" ar rcs "$made/libunwind.a" "$made"/*.c.o "$made"/*.S.o "$made"/*.cpp.o
    fi
    set -- "-Clink-arg=-L$made" "-Clink-arg=$made/start.o" \
        -Clink-arg=-Wl,-zmax-page-size=16384,--pack-dyn-relocs=android,--build-id,--hash-style=both,--no-as-needed,-lc,-lm,-ldl,-llog "$@"
fi

chmod +x "$compiler" "$linker" "$archiver"
underscored=$(echo "$triple" | tr - _)
export "CC_$underscored=$compiler" "AR_$underscored=$archiver"
export "CARGO_TARGET_$(echo "$underscored" | tr a-z A-Z)_LINKER=$linker"
exec cargo rustc --package coffret-ffi --lib --crate-type cdylib --profile shipped --target "$triple" -- \
    -Cstrip=symbols -Clink-arg=-Wl,-soname=libcoffret_ffi.so "$@"
