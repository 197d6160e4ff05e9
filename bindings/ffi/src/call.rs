//! How a call enters the core and leaves it.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, PoisonError};

use getrandom::SysRng;
use rand_core::UnwrapErr;

use crate::error::{Boundary, CoffretError, Result};

/// The system's randomness. Without it nothing can be done: that is a panic, and so one code.
pub(crate) type Rng = UnwrapErr<SysRng>;

pub(crate) fn randomness() -> Rng {
    UnwrapErr(SysRng)
}

thread_local! {
    /// Whether this thread is in a call, which calls back to the app's `PlatformSecrets`.
    static INSIDE: Cell<bool> = const { Cell::new(false) };
}

/// The thread is in a call until this is dropped.
struct Inside;

impl Inside {
    fn enter() -> Result<Inside> {
        match INSIDE.replace(true) {
            false => Ok(Inside),
            true => Err(Boundary::CalledFromInside.into()),
        }
    }
}

impl Drop for Inside {
    fn drop(&mut self) {
        INSIDE.set(false);
    }
}

/// Makes a call without a state of its own.
pub(crate) fn call<T>(call: impl FnOnce() -> Result<T>) -> Result<T> {
    let _inside = Inside::enter()?;
    caught(call)
}

/// Makes a call that reads what does not change, from wherever it comes.
pub(crate) fn caught<T>(call: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(call)).unwrap_or_else(|_| Err(Boundary::Panicked.into()))
}

/// A state that any thread may use, one at a time, until it is closed.
pub(crate) struct Guarded<S>(Mutex<Option<S>>);

#[cfg(feature = "testing")]
pub(crate) static LIVE: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(0);

#[cfg(feature = "testing")]
impl<S> Drop for Guarded<S> {
    fn drop(&mut self) {
        LIVE.fetch_sub(1, std::sync::atomic::Ordering::Relaxed);
    }
}

impl<S> Guarded<S> {
    pub(crate) fn new(state: S) -> Guarded<S> {
        #[cfg(feature = "testing")]
        LIVE.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        Guarded(Mutex::new(Some(state)))
    }

    /// Makes a call. A panic closes: nobody knows what state it has left. So does what it stands on,
    /// once that is closed.
    pub(crate) fn call<T>(&self, call: impl FnOnce(&mut S) -> Result<T>) -> Result<T> {
        let _inside = Inside::enter()?;
        self.nested(call)
    }

    /// A call within a call on another object.
    pub(crate) fn nested<T>(&self, call: impl FnOnce(&mut S) -> Result<T>) -> Result<T> {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let result = match state.as_mut() {
            Some(state) => caught(|| call(state)),
            None => Err(Boundary::Closed.into()),
        };
        let ends = [Boundary::Panicked, Boundary::Closed].map(CoffretError::from);
        if result.as_ref().is_err_and(|error| ends.contains(error)) {
            *state = None;
        }
        result
    }

    /// Makes a call that makes another state of it, or none any more.
    pub(crate) fn change<T>(&self, change: impl FnOnce(S) -> (Option<S>, Result<T>)) -> Result<T> {
        let _inside = Inside::enter()?;
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let state = held.take().ok_or(Boundary::Closed)?;
        caught(|| {
            let (state, result) = change(state);
            *held = state;
            result
        })
    }

    /// Takes the state out. What is closed already stays so.
    pub(crate) fn close(&self) -> Result<Option<S>> {
        let _inside = Inside::enter()?;
        Ok(self.0.lock().unwrap_or_else(PoisonError::into_inner).take())
    }
}
