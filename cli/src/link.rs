//! How a wallet and a reader reach each other from the command line.

pub(crate) mod qr;
pub(crate) mod stdio;

use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use clap::Args;

use crate::output::Stream;

/// What the commands that present and read take.
#[derive(Args)]
pub(crate) struct LinkArguments {
    #[arg(long, value_name = "stdio|qr:DIR")]
    pub(crate) link: Link,
    /// A reader's code lives no longer.
    #[arg(long, value_name = "SECONDS", default_value_t = 120, value_parser = clap::value_parser!(u32).range(..=120))]
    wait: u32,
    #[arg(long, value_name = "FILE")]
    result: Option<PathBuf>,
}

/// What carries the messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Link {
    /// Lines of standard input and output, in ISO 18013-5's order.
    Stdio,
    /// Pictures of QR codes in a folder, the reader first.
    Pictures(PathBuf),
}

impl FromStr for Link {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.split_once(':') {
            None if text == "stdio" => Ok(Link::Stdio),
            Some(("qr", folder)) if !folder.is_empty() => Ok(Link::Pictures(folder.into())),
            _ => Err("stdio|qr:DIR"),
        }
    }
}

impl LinkArguments {
    /// How long to wait for the other side's pictures.
    pub(crate) fn wait(&self) -> Duration {
        Duration::from_secs(self.wait.into())
    }

    /// Where the result goes: standard output may carry the messages.
    pub(crate) fn stream(&self) -> Stream {
        match self.link {
            Link::Stdio => Stream::Error,
            Link::Pictures(_) => Stream::Output,
        }
    }

    /// The file for the result.
    pub(crate) fn result(&self) -> Option<&Path> {
        self.result.as_deref()
    }
}
