//! Readings from the request to the verdict, over in-memory links.

#![cfg(test)]

mod debug;
mod links;
mod properties;
mod purposes;
mod rejections;
mod requests;
mod story;
