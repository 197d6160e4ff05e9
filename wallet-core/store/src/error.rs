coffret_code::rules! {
    /// What a store, its PIN or its secrets can be refused for. None of these changes anything but
    /// the count of tries, and the secrets when they are over; except for the three that say
    /// otherwise: [`Error::SecretsBehind`], [`Error::Unconfirmed`] and [`Error::FileLeft`].
    pub enum Error {
        /// Not 6 to 32 digits.
        PinForm = (701, "pin-form", "Coffret store §3"),
        /// A PIN that is among the first to be tried.
        PinObvious = (702, "pin-obvious", "Coffret store §3"),
        /// Another PIN.
        WrongPin = (703, "pin-wrong", "Coffret store §3"),
        /// A try before the wait after the last one is over.
        MustWait = (704, "pin-wait", "Coffret store §3"),
        /// The last try has been used: nothing opens the store any more.
        Destroyed = (705, "pin-tries-exhausted", "Coffret store §3"),
        /// There is a store, and the platform holds no secrets for it.
        SecretsMissing = (710, "secrets-missing", "Coffret store §2"),
        /// The secrets are those of another store.
        OtherSecrets = (711, "secrets-of-another-wallet", "Coffret store §2"),
        /// The platform does not give or take its secrets now.
        SecretsUnavailable = (712, "secrets-unavailable", "Coffret store §2"),
        /// The secrets are not what was written.
        SecretsMalformed = (713, "secrets-malformed", "Coffret store §2"),
        /// The secrets are older than the file.
        SecretsOlder = (714, "secrets-older", "Coffret store §2"),
        /// What is at the path of the key file is a link, a folder or a device.
        NotAKeyFile = (715, "secrets-not-a-file", "Coffret store §2"),
        /// What was asked is saved and stands. The platform's secrets could not be told of it; they
        /// are told when the store is next written or opened.
        SecretsBehind = (716, "saved-secrets-behind", "Coffret store §2"),
        /// There are secrets, and no file.
        FileMissing = (720, "wallet-file-missing", "Coffret store §1"),
        /// The file ends too soon.
        Truncated = (721, "wallet-file-truncated", "Coffret store §1"),
        /// The file, or a record in it, is not what was written.
        Altered = (722, "wallet-file-altered", "Coffret store §1"),
        /// A record was put back, deleted, duplicated or moved outside the store.
        RowsChanged = (723, "wallet-rows-changed", "Coffret store §1"),
        /// The file is older than the secrets.
        RolledBack = (724, "wallet-file-older", "Coffret store §2"),
        /// The file is of a later format than this program knows.
        NewerFormat = (725, "wallet-format-newer", "Coffret store §1"),
        /// Another process has the store.
        InUse = (730, "wallet-in-use", "Coffret store §2"),
        /// No room is left on the disk.
        DiskFull = (731, "disk-full", "Coffret store §2"),
        /// The file cannot be read or written.
        FileUnavailable = (732, "wallet-file-unavailable", "Coffret store §1"),
        /// The disk failed at the end of a write: it is saved or not, as opening the store tells.
        Unconfirmed = (733, "write-unconfirmed", "Coffret store §2"),
        /// The store is erased, since its secrets are gone; some of its file could not be removed.
        FileLeft = (734, "erased-file-left", "Coffret store §2"),
        /// Secrets to be erased by themselves, of a store whose file is there.
        FileThere = (735, "wallet-file-there", "Coffret store §2"),
        ..
        /// A key derivation or a seal.
        Crypto(coffret_crypto::Error),
    }
}
