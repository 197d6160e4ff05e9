//! The whole story, told by the program itself, and what must never come of it: values in a file or
//! in what is printed for developers, a call to a network, a copy used twice after a crash.

#![cfg(test)]

mod crash;
mod debug;
mod keys;
mod leaks;
mod no_network;
mod program;
mod search;
mod story;
mod wallet;
