import CoffretCore

// The values that the core speaks in. Its objects are not among them: those that have a state are
// wrapped.

/// A document in the wallet.
public typealias DocumentId = CoffretCore.DocumentId
/// A person whose documents the wallet holds.
public typealias PersonId = CoffretCore.PersonId
/// Trust data in the wallet.
public typealias TrustId = CoffretCore.TrustId
/// A key in a keystore.
public typealias KeyId = CoffretCore.KeyId

/// Words in both languages.
public typealias Label = CoffretCore.Label
/// A stable code, and what a person is told of it.
public typealias ErrorCode = CoffretCore.ErrorCode
/// A reason to ask.
public typealias Purpose = CoffretCore.Purpose
/// An element by name.
public typealias ElementName = CoffretCore.ElementName
/// A rule that was broken, and where.
public typealias Finding = CoffretCore.Finding

/// Where a wallet's secrets are.
public typealias Secrets = CoffretCore.Secrets
/// One small value, kept where the wallet's file is not. It cannot call the wallet back.
public typealias PlatformSecrets = CoffretCore.PlatformSecrets
/// The platform does not give or take its secrets now.
public typealias SecretsError = CoffretCore.SecretsError
/// A moment on a clock that nobody can set.
public typealias BootTime = CoffretCore.BootTime
/// What may still be tried.
public typealias Attempts = CoffretCore.Attempts

/// What a listing says of a document.
public typealias Card = CoffretCore.Card
/// From when to when a document is valid.
public typealias Validity = CoffretCore.Validity
/// Whether a document is valid, as of its dates.
public typealias DocumentState = CoffretCore.DocumentState
/// The copies of a document, and what is left of them.
public typealias Copies = CoffretCore.Copies
/// A document, with what it says.
public typealias Document = CoffretCore.Document
/// One thing that a document says.
public typealias Element = CoffretCore.Element
/// When a value is shown.
public typealias Exposure = CoffretCore.Exposure
/// What the wallet made of what an issuer handed over.
public typealias Added = CoffretCore.Added
/// A rule that one credential breaks.
public typealias Refusal = CoffretCore.Refusal
/// Someone whose documents the wallet holds.
public typealias Person = CoffretCore.Person
/// What someone had better know before standing at a counter.
public typealias Notice = CoffretCore.Notice
/// When the end of a document's validity is announced.
public typealias NoticePeriod = CoffretCore.NoticePeriod

/// The curve of a key.
public typealias Curve = CoffretCore.Curve
/// What the keystore that holds the private keys is to do.
public typealias KeyTask = CoffretCore.KeyTask
/// What a keystore has done.
public typealias KeyOutcome = CoffretCore.KeyOutcome
/// How the device proves its key.
public typealias DeviceAuth = CoffretCore.DeviceAuth

/// What trust data is.
public typealias TrustKind = CoffretCore.TrustKind
/// Trust data, of whatever kind.
public typealias TrustData = CoffretCore.TrustData
/// Trust data that the wallet holds.
public typealias TrustEntry = CoffretCore.TrustEntry

/// What a person is asked before anything is shown.
public typealias Consent = CoffretCore.Consent
/// Who asks.
public typealias ReaderStanding = CoffretCore.ReaderStanding
/// What the registry says of a reader.
public typealias Registration = CoffretCore.Registration
/// What to think of a request: who and what together.
public typealias Risk = CoffretCore.Risk
/// What is asked of one document.
public typealias DocumentConsent = CoffretCore.DocumentConsent
/// A document that can answer.
public typealias Candidate = CoffretCore.Candidate
/// The last characters of a document’s number.
public typealias NumberEnd = CoffretCore.NumberEnd
/// What is asked of one element.
public typealias ElementConsent = CoffretCore.ElementConsent
/// Whether a purpose needs an element.
public typealias Need = CoffretCore.Need
/// What a person lets go.
public typealias Approval = CoffretCore.Approval
/// One document of an approval.
public typealias Choice = CoffretCore.Choice
/// How a presentation ended.
public typealias HolderOutcome = CoffretCore.HolderOutcome

/// What the log says of one presentation: never a value.
public typealias LogEntry = CoffretCore.LogEntry
/// Who asked.
public typealias LogReader = CoffretCore.LogReader
/// What was thought of a reader.
public typealias LogStanding = CoffretCore.LogStanding
/// What was asked of one document.
public typealias LogDocument = CoffretCore.LogDocument
/// What was asked of one element.
public typealias LogElement = CoffretCore.LogElement
/// How a presentation ended, as the log has it.
public typealias LogOutcome = CoffretCore.LogOutcome
/// A record that does not read.
public typealias UnreadableRecord = CoffretCore.UnreadableRecord
/// What a record is of.
public typealias RecordKind = CoffretCore.RecordKind
/// Which entries of the log.
public typealias LogSearch = CoffretCore.LogSearch
/// What a check of the log found.
public typealias LogChecked = CoffretCore.LogChecked

/// What a reader wants to know.
public typealias Ask = CoffretCore.Ask
/// What is asked of one document.
public typealias AskDocument = CoffretCore.AskDocument
/// One element that is asked for.
public typealias AskElement = CoffretCore.AskElement
/// How a reading ended.
public typealias ReaderOutcome = CoffretCore.ReaderOutcome
/// What is to be thought of an answer.
public typealias Verdict = CoffretCore.Verdict
/// A document with which nothing is wrong, and what it says.
public typealias VerifiedDocument = CoffretCore.VerifiedDocument
/// What was found of one document, its values left out.
public typealias JudgedDocument = CoffretCore.JudgedDocument
/// One thing that was asked, and what was shown for it.
public typealias Answer = CoffretCore.Answer
/// What was shown for one thing that was asked.
public typealias Given = CoffretCore.Given
/// Who says what a document shows.
public typealias Source = CoffretCore.Source
