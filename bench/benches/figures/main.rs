//! All that is timed, in one program, since each is long to link.

mod peers;
mod program;
mod wallet;

use criterion::criterion_main;

criterion_main!(peers::peers, wallet::many, program::program);
