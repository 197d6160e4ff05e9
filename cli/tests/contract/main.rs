//! The contract of each command, through the program itself: done, refused, unreadable, and with
//! `--json` one object on standard output and nothing else.

#![cfg(test)]

mod demo;
mod holder;
mod inspect;
mod issue;
mod language;
mod least_cost;
mod link;
mod pki;
mod program;
mod published;
mod verify;
