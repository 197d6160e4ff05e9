//! The boot clock: it runs while the machine sleeps, and nobody sets it.

use std::time::{SystemTime, UNIX_EPOCH};

use coffret_store::BootTime;

use crate::error::{About, Error, Failure};

/// Which boot this is, and the seconds since; beside it the system's own wall clock, which `--now` does
/// not move.
pub(crate) fn time() -> Result<BootTime, Failure> {
    let wall = SystemTime::now().duration_since(UNIX_EPOCH).ok().map(|since| since.as_secs());
    let time = boot().zip(seconds()).map(|(boot, seconds)| BootTime { boot, seconds, wall });
    time.ok_or_else(|| Failure::unusable(Error::NoBootClock, About::Whole))
}

/// A UUID in its usual form.
fn uuid(text: &str) -> Option<[u8; 16]> {
    let digits: String = text.trim().chars().filter(|c| *c != '-').collect();
    let bytes = data_encoding::HEXLOWER_PERMISSIVE.decode(digits.as_bytes()).ok()?;
    bytes.try_into().ok()
}

/// proc(5): `/proc/sys/kernel/random/boot_id`
#[cfg(target_os = "linux")]
fn boot() -> Option<[u8; 16]> {
    uuid(&std::fs::read_to_string("/proc/sys/kernel/random/boot_id").ok()?)
}

/// proc(5): `/proc/uptime`, of `CLOCK_BOOTTIME`, to the hundredth.
#[cfg(target_os = "linux")]
fn seconds() -> Option<u64> {
    std::fs::read_to_string("/proc/uptime").ok()?.split('.').next()?.parse().ok()
}

#[cfg(target_os = "macos")]
fn boot() -> Option<[u8; 16]> {
    uuid(&sysctl("kern.bootsessionuuid")?)
}

/// `{ sec = 1795348800, usec = 0 } …`: the kernel moves it along whenever the wall clock is set.
#[cfg(target_os = "macos")]
fn seconds() -> Option<u64> {
    let started = sysctl("kern.boottime")?;
    let started = started.split("sec = ").nth(1)?.split(',').next()?.parse().ok()?;
    let started = std::time::UNIX_EPOCH + std::time::Duration::from_secs(started);
    started.elapsed().ok().map(|since| since.as_secs())
}

/// sysctl(8)
#[cfg(target_os = "macos")]
fn sysctl(name: &str) -> Option<String> {
    let output = std::process::Command::new("/usr/sbin/sysctl").args(["-n", name]).output().ok()?;
    String::from_utf8(output.stdout).ok()
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn boot() -> Option<[u8; 16]> {
    None
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn seconds() -> Option<u64> {
    None
}
