//! Verification, without a network: every name in it is a key, or is said to be unchecked.

use serde_json::{Map, Value};

use super::endorse::digest;
use super::instant::seconds;
use super::present::MAX_PRESENTED;
use super::proof::{self, Binding, Proof, ProofFault, Purpose, Suite};
use super::report::{
    Assessed, Claim, CredentialKind, CredentialReport, PresentationReport, Refusal, ReportedResult, SignatureReport,
    SignatureState,
};
use super::terms::{self, TermFault};
use super::{CredentialError, SUPERVISION};
use crate::passport::BADGE_NAMESPACE;
use crate::units::Timestamp;

/// Clocks that differ by less are not called wrong, seconds.
const CLOCK_TOLERANCE: i64 = 300;

/// Computes the 64 bytes that an `eddsa-rdfc-2022` proof signs, from the document without proofs and the proof's
/// options; see `rdfc::Contexts::hash` (feature `rdfc`).
pub type RdfcHash<'a> = dyn Fn(&Map<String, Value>, &Map<String, Value>) -> Result<[u8; 64], CredentialError> + 'a;

/// Verifies badges, endorsements and presentations.
#[derive(Clone, Copy)]
pub struct Verifier<'a> {
    /// Now.
    pub at: &'a Timestamp,
    /// How to check `eddsa-rdfc-2022` proofs; without it they are reported as not checked, and another must hold.
    pub rdfc: Option<&'a RdfcHash<'a>>,
}

impl std::fmt::Debug for Verifier<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Verifier").field("at", &self.at).finish_non_exhaustive()
    }
}

impl Verifier<'_> {
    /// Verifies a badge with the endorsements that came beside it.
    #[must_use]
    pub fn badge(&self, badge: &Map<String, Value>, endorsements: &[Map<String, Value>]) -> CredentialReport {
        let mut report = self.credential(badge);
        report.endorsements = endorsements.iter().map(|endorsement| self.endorsement(endorsement, badge)).collect();
        report
    }

    /// Verifies an endorsement of this badge.
    #[must_use]
    pub fn endorsement(&self, endorsement: &Map<String, Value>, badge: &Map<String, Value>) -> CredentialReport {
        let mut report = self.credential(endorsement);
        if report.kind != CredentialKind::Endorsement {
            report.refusals.push(Refusal::NotACredential);
            return report;
        }
        let (id, endorsed) = (text_at(badge, "/id"), text_at(endorsement, "/relatedResource/0/id"));
        if endorsed.is_none() || endorsed != id || report.subject != id {
            let endorsed = endorsed.or_else(|| report.subject.clone()).unwrap_or_default();
            report.refusals.push(Refusal::EndorsesAnother { endorsed });
        } else if digest(badge).ok() != text_at(endorsement, "/relatedResource/0/digestMultibase") {
            report.refusals.push(Refusal::EndorsedOtherContent);
        }
        report
    }

    /// Verifies several credentials; endorsements of one of them stand with it.
    #[must_use]
    pub fn all(&self, documents: &[Map<String, Value>]) -> Vec<CredentialReport> {
        let mut others = Vec::new();
        let mut left: Vec<&Map<String, Value>> = Vec::new();
        for document in documents {
            match kind_of_document(document) {
                CredentialKind::Endorsement => left.push(document),
                _ => others.push(document),
            }
        }
        let mut reports = Vec::new();
        for document in others {
            let id = text_at(document, "/id");
            let is_of_it =
                |endorsement: &&Map<String, Value>| id.is_some() && text_at(endorsement, "/credentialSubject/id") == id;
            let (own, rest): (Vec<_>, Vec<_>) = left.into_iter().partition(is_of_it);
            left = rest;
            let own: Vec<_> = own.into_iter().cloned().collect();
            reports.push(self.badge(document, &own));
        }
        // What they endorse is not here: they are judged by themselves.
        reports.extend(left.into_iter().map(|endorsement| self.credential(endorsement)));
        reports
    }

    /// Verifies one credential by itself.
    #[must_use]
    pub fn credential(&self, document: &Map<String, Value>) -> CredentialReport {
        let (issuer, subject) = (issuer_of(document), text_at(document, "/credentialSubject/id"));
        let kind = kind_of(document, issuer.as_deref(), subject.as_deref());
        let mut report = CredentialReport {
            kind,
            id: text_at(document, "/id"),
            name: text_at(document, "/name"),
            issuer,
            issuer_name: text_at(document, "/issuer/name"),
            subject,
            valid_from: text_at(document, "/validFrom"),
            claim: None,
            assessed: None,
            comment: text_at(document, "/credentialSubject/endorsementComment"),
            signatures: Vec::new(),
            endorsements: Vec::new(),
            refusals: Vec::new(),
        };
        if matches!(kind, CredentialKind::SelfAssessment | CredentialKind::Achievement) {
            report.claim = claim_of(document);
            report.assessed = Some(assessed_of(document));
        }
        report.refusals = self.refusals(document, &mut report);
        report
    }

    fn refusals(&self, document: &Map<String, Value>, report: &mut CredentialReport) -> Vec<Refusal> {
        let mut refusals = Vec::new();
        if report.kind == CredentialKind::Other {
            refusals.push(Refusal::NotACredential);
        }
        refusals.extend(terms::check(document).err().map(Refusal::from));
        for (path, member) in [("/id", &report.id), ("/issuer", &report.issuer), ("/validFrom", &report.valid_from)] {
            if member.is_none() {
                refusals.push(Refusal::Shape { path: path.to_owned() });
            }
        }
        if report.claim.is_none() && report.assessed.is_some() {
            refusals.push(Refusal::Shape { path: "/credentialSubject/achievement".to_owned() });
        }
        refusals.extend(overclaims(document, report.kind));
        refusals.extend(self.validity(document));
        let (signatures, broken) = self.signatures(document, Purpose::AssertionMethod);
        refusals.extend(broken);
        let mut signers = vec![report.issuer.clone()];
        if report.kind == CredentialKind::Succession {
            signers.push(report.subject.clone());
        }
        if !signatures.is_empty() {
            refusals.extend(signers.into_iter().filter_map(|wanted| missing_signature(&signatures, wanted)));
        }
        report.signatures = signatures;
        refusals
    }

    fn validity(&self, document: &Map<String, Value>) -> Vec<Refusal> {
        let now = seconds(self.at.as_str()).unwrap_or_default();
        let mut refusals = Vec::new();
        let mut limit = |pointer: &str, refused: &dyn Fn(i64) -> bool, refusal: fn(String) -> Refusal| {
            let Some(value) = pointer_of(document, pointer) else { return };
            match value.as_str().and_then(|text| Some((text, seconds(text)?))) {
                Some((text, at)) if refused(at) => refusals.push(refusal(text.to_owned())),
                Some(_) => {}
                None => refusals.push(Refusal::Shape { path: pointer.to_owned() }),
            }
        };
        limit("/validFrom", &|from| from > now + CLOCK_TOLERANCE, |from| Refusal::NotYetValid { from });
        limit("/validUntil", &|until| until < now - CLOCK_TOLERANCE, |until| Refusal::Expired { until });
        for position in 0..proof::proofs(document).len() {
            let expires = |until| Refusal::Expired { until };
            limit(&format!("/proof/{position}/expires"), &|until| until < now - CLOCK_TOLERANCE, expires);
        }
        limit("/proof/expires", &|until| until < now - CLOCK_TOLERANCE, |until| Refusal::Expired { until });
        refusals
    }

    /// Every proof with what is known of it, and why those that do not hold do not.
    fn signatures(&self, document: &Map<String, Value>, purpose: Purpose) -> (Vec<SignatureReport>, Vec<Refusal>) {
        let proofs = proof::proofs(document);
        let (mut reports, mut refusals) = (Vec::new(), Vec::new());
        let listed = document.get("proof").and_then(Value::as_array).map_or(proofs.len(), Vec::len);
        if proofs.is_empty() || listed != proofs.len() {
            refusals.push(Refusal::Unsigned);
        }
        for (position, members) in proofs.into_iter().enumerate() {
            let text = |name: &str| members.get(name).and_then(Value::as_str).map(str::to_owned);
            let mut report = SignatureReport {
                signer: None,
                suite: text("cryptosuite").unwrap_or_default(),
                created: text("created"),
                state: SignatureState::Broken,
            };
            let checked = Proof::read(members).and_then(|proof| {
                report.signer = Some(proof.signer.as_str().to_owned());
                self.check(document, &proof, purpose)
            });
            match checked {
                Ok(state) => report.state = state,
                Err(fault) => refusals.push(Refusal::BrokenProof { position, fault }),
            }
            reports.push(report);
        }
        (reports, refusals)
    }

    fn check(
        &self,
        document: &Map<String, Value>,
        proof: &Proof<'_>,
        purpose: Purpose,
    ) -> Result<SignatureState, ProofFault> {
        if proof.purpose != purpose.name() {
            return Err(ProofFault::Purpose);
        }
        match (proof.suite, self.rdfc) {
            (Suite::Jcs, _) => proof::check_jcs(document, proof)?,
            (Suite::Rdfc, None) => return Ok(SignatureState::NotChecked),
            (Suite::Rdfc, Some(hash)) => {
                let hash = hash(&proof::unsecured(document), &proof.options()).map_err(|_| ProofFault::Shape)?;
                proof.holds(&hash)?;
            }
        }
        Ok(SignatureState::Holds)
    }

    /// Verifies a presentation that answers this request.
    #[must_use]
    pub fn presentation(&self, document: &Map<String, Value>, wanted: &Binding) -> PresentationReport {
        let holder = text_at(document, "/holder").or_else(|| text_at(document, "/holder/id"));
        let (signatures, mut refusals) = self.signatures(document, Purpose::Authentication);
        refusals.extend(terms::check(document).err().map(Refusal::from));
        refusals.extend(missing_signature(&signatures, holder.clone()).filter(|_| !signatures.is_empty()));
        for proof in proof::proofs(document) {
            let says = |name: &str, value: &str| proof.get(name).and_then(Value::as_str) == Some(value);
            if !says("challenge", &wanted.challenge) {
                refusals.push(Refusal::OtherChallenge);
            }
            if !says("domain", &wanted.domain) {
                refusals.push(Refusal::OtherDomain);
            }
        }
        refusals.extend(self.validity(document));
        let contained: Option<Vec<&Map<String, Value>>> = match document.get("verifiableCredential") {
            Some(Value::Array(entries)) => entries.iter().map(Value::as_object).collect(),
            _ => None,
        };
        let contained = contained.filter(|all| (1..=MAX_PRESENTED).contains(&all.len()) && is_presentation(document));
        let Some(contained) = contained else {
            refusals.push(Refusal::NotACredential);
            return PresentationReport {
                holder,
                predecessors: Vec::new(),
                signatures,
                credentials: Vec::new(),
                refusals,
            };
        };
        let mut report =
            PresentationReport { holder, predecessors: Vec::new(), signatures, credentials: Vec::new(), refusals };
        self.contained(&contained, &mut report);
        report
    }

    fn contained(&self, contained: &[&Map<String, Value>], report: &mut PresentationReport) {
        let all: Vec<CredentialReport> = contained.iter().map(|document| self.credential(document)).collect();
        report.predecessors = predecessors(report.holder.as_deref(), &all);
        let id_of = |position: usize| contained.get(position).and_then(|document| text_at(document, "/id"));
        for (position, own) in all.iter().enumerate() {
            let mut credential = own.clone();
            match own.kind {
                CredentialKind::Endorsement => {
                    // It stands with the badge that it endorses, if that is there.
                    let badge = (0..contained.len()).find(|other| *other != position && id_of(*other) == own.subject);
                    if badge.is_some() {
                        continue;
                    }
                    let endorsed = own.subject.clone().unwrap_or_default();
                    credential.refusals.push(Refusal::EndorsesAnother { endorsed });
                }
                CredentialKind::SelfAssessment | CredentialKind::Achievement => {
                    let subject = own.subject.clone().unwrap_or_default();
                    if report.holder.as_ref() != Some(&subject) && !report.predecessors.contains(&subject) {
                        report.refusals.push(Refusal::NotTheHolders { position, subject });
                    }
                    if let Some(badge) = contained.get(position) {
                        let about = |(_, other): &(&&Map<String, Value>, &CredentialReport)| {
                            other.kind == CredentialKind::Endorsement && other.subject == own.id
                        };
                        let endorsements = contained.iter().zip(&all).filter(about);
                        credential.endorsements =
                            endorsements.map(|(document, _)| self.endorsement(document, badge)).collect();
                    }
                }
                CredentialKind::Succession | CredentialKind::Other => {}
            }
            if !credential.is_sound() {
                report.refusals.push(Refusal::Contained { position });
            }
            report.credentials.push(credential);
        }
    }
}

/// The keys from which statements that hold lead to the holder's.
fn predecessors(holder: Option<&str>, all: &[CredentialReport]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut keys: Vec<&str> = holder.into_iter().collect();
    while let Some(key) = keys.pop() {
        let to_key = |report: &&CredentialReport| {
            report.kind == CredentialKind::Succession
                && report.refusals.is_empty()
                && report.subject.as_deref() == Some(key)
        };
        for old in all.iter().filter(to_key).filter_map(|report| report.issuer.as_deref()) {
            if !found.iter().any(|known| known == old) && Some(old) != holder {
                found.push(old.to_owned());
                keys.push(old);
            }
        }
    }
    found
}

/// That nobody signed who should have. A broken signature of theirs is refused as such already.
fn missing_signature(signatures: &[SignatureReport], wanted: Option<String>) -> Option<Refusal> {
    let is_his = |report: &SignatureReport| {
        report.state != SignatureState::NotChecked && report.signer.is_some() && report.signer == wanted
    };
    let missing = !signatures.iter().any(is_his);
    missing.then(|| Refusal::NotSignedBy { wanted: wanted.unwrap_or_default() })
}

fn pointer_of<'a>(document: &'a Map<String, Value>, pointer: &str) -> Option<&'a Value> {
    let (first, rest) = pointer.strip_prefix('/')?.split_once('/').unwrap_or((pointer.get(1..)?, ""));
    let member = document.get(first)?;
    if rest.is_empty() { Some(member) } else { member.pointer(&format!("/{rest}")) }
}

fn text_at(document: &Map<String, Value>, pointer: &str) -> Option<String> {
    Some(pointer_of(document, pointer)?.as_str()?.to_owned())
}

fn has_type(document: &Map<String, Value>, name: &str) -> bool {
    let types = document.get("type").and_then(Value::as_array);
    types.is_some_and(|types| types.iter().any(|entry| entry.as_str() == Some(name)))
}

fn is_presentation(document: &Map<String, Value>) -> bool {
    has_type(document, "VerifiablePresentation")
}

fn issuer_of(document: &Map<String, Value>) -> Option<String> {
    text_at(document, "/issuer").or_else(|| text_at(document, "/issuer/id"))
}

fn kind_of_document(document: &Map<String, Value>) -> CredentialKind {
    kind_of(document, issuer_of(document).as_deref(), text_at(document, "/credentialSubject/id").as_deref())
}

fn kind_of(document: &Map<String, Value>, issuer: Option<&str>, subject: Option<&str>) -> CredentialKind {
    if !has_type(document, "VerifiableCredential") {
        return CredentialKind::Other;
    }
    let achievement = text_at(document, "/credentialSubject/achievement/id").unwrap_or_default();
    if has_type(document, "EndorsementCredential") {
        let of_key = subject.is_some_and(|subject| subject.starts_with("did:"));
        if of_key { CredentialKind::Succession } else { CredentialKind::Endorsement }
    } else if !has_type(document, "AchievementCredential") && !has_type(document, "OpenBadgeCredential") {
        CredentialKind::Other
    } else if issuer == subject || achievement.starts_with(BADGE_NAMESPACE) {
        CredentialKind::SelfAssessment
    } else {
        CredentialKind::Achievement
    }
}

/// What one cannot claim of oneself: anything but an assessment with provisional results, made without supervision.
fn overclaims(document: &Map<String, Value>, kind: CredentialKind) -> Vec<Refusal> {
    if kind != CredentialKind::SelfAssessment {
        return Vec::new();
    }
    let mut places = Vec::new();
    if issuer_of(document) != text_at(document, "/credentialSubject/id") {
        places.push("/credentialSubject/id".to_owned());
    }
    let achievement_type = "/credentialSubject/achievement/achievementType";
    if text_at(document, achievement_type).as_deref() != Some("Assessment") {
        places.push(achievement_type.to_owned());
    }
    let results = "/credentialSubject/result";
    match pointer_of(document, results) {
        None => {}
        Some(Value::Array(entries)) => {
            let firm =
                |(_, entry): &(usize, &Value)| entry.get("status").and_then(Value::as_str) != Some("Provisional");
            let firm = entries.iter().enumerate().filter(firm);
            places.extend(firm.map(|(position, _)| format!("{results}/{position}/status")));
        }
        Some(_) => places.push(results.to_owned()),
    }
    if !assessed_of(document).unsupervised {
        places.push("/evidence".to_owned());
    }
    places.into_iter().map(|path| Refusal::Overclaims { path }).collect()
}

fn claim_of(document: &Map<String, Value>) -> Option<Claim> {
    let at = |member: &str| text_at(document, &format!("/credentialSubject/achievement/{member}"));
    let list = |pointer: &str| pointer_of(document, pointer).and_then(Value::as_array).into_iter().flatten();
    let text = |entry: &Value, name: &str| entry.get(name).and_then(Value::as_str).map(str::to_owned);
    let name_of = |id: &str| {
        let mut all = list("/credentialSubject/achievement/resultDescription");
        all.find(|entry| text(entry, "id").as_deref() == Some(id)).and_then(|entry| text(entry, "name"))
    };
    let results = list("/credentialSubject/result").map(|entry| ReportedResult {
        name: text(entry, "resultDescription").and_then(|id| name_of(&id)).unwrap_or_default(),
        value: text(entry, "value").unwrap_or_default(),
        status: text(entry, "status"),
    });
    Some(Claim {
        achievement: at("id")?,
        name: at("name")?,
        description: at("description").unwrap_or_default(),
        achievement_type: at("achievementType"),
        results: results.collect(),
    })
}

fn assessed_of(document: &Map<String, Value>) -> Assessed {
    let evidence = || pointer_of(document, "/evidence").and_then(Value::as_array).into_iter().flatten();
    let text = |entry: &Value, name: &str| entry.get(name).and_then(Value::as_str).map(str::to_owned);
    let identifiers = pointer_of(document, "/credentialSubject/source/otherIdentifier").and_then(Value::as_array);
    let bank =
        identifiers.into_iter().flatten().find(|entry| text(entry, "identifierType").as_deref() == Some("ext:bank"));
    Assessed {
        unsupervised: evidence().any(|entry| text(entry, "genre").as_deref() == Some(SUPERVISION)),
        conditions: evidence().filter_map(|entry| text(entry, "narrative")).collect(),
        engine: text_at(document, "/credentialSubject/source/name"),
        bank: bank.and_then(|entry| text(entry, "identifier")),
    }
}

impl From<TermFault> for Refusal {
    fn from(fault: TermFault) -> Self {
        match fault {
            TermFault::Context => Self::UnknownContext,
            TermFault::Undefined { path, term } => Self::UndefinedTerm { path, term },
            TermFault::Relative { path } => Self::RelativeId { path },
        }
    }
}
