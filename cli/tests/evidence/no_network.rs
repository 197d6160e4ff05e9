//! Nothing is sent anywhere to present or to verify: `cargo xtask test no-network` runs these in a
//! network namespace without routes, where the first shows that nothing could be.

use std::fs;
use std::io::ErrorKind::NetworkUnreachable;
use std::net::{TcpStream, UdpSocket};

use crate::program::{Folder, Ran};
use crate::story::{by_pipe, by_qr, held};

#[test]
#[ignore = "in a namespace without routes"]
fn a_call_fails() {
    // An address for documentation (RFC 5737), and this machine itself.
    for address in ["192.0.2.1:443", "127.0.0.1:443"] {
        assert_eq!(TcpStream::connect(address).unwrap_err().kind(), NetworkUnreachable);
        let socket = UdpSocket::bind("0.0.0.0:0").unwrap();
        let sent = socket.send_to(b"control", address);
        assert_eq!(sent.unwrap_err().kind(), NetworkUnreachable);
    }
}

#[test]
#[ignore = "in a namespace without routes"]
fn the_demo_is_whole() {
    Folder::new().run(&["demo"]).ends(0);
}

#[test]
#[ignore = "in a namespace without routes"]
fn both_flows_are_whole() {
    let (folder, _) = held();
    for flow in [by_pipe, by_qr] as [fn(&Folder) -> [Ran; 2]; 2] {
        for ran in flow(&folder) {
            ran.ends(0);
        }
        let verdict = folder.json("verdict.json");
        assert_eq!(verdict["valid"], true);
        let elements = &verdict["documents"][0]["elements"]["org.iso.18013.5.1"];
        assert_eq!(elements["family_name"], "Tremblay SPÉCIMEN");
        fs::remove_file(folder.path("verdict.json")).unwrap();
    }
}
