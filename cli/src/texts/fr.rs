//! French: vous, plain words, typographic apostrophes, narrow no-break space before ? ! ; and no-break space before :.

use skills_passport::assessment::{Ending, Mode};
use skills_passport::credential::{CredentialKind, ProofFault, Refusal, SignatureState};
use skills_passport::framework::Origin;
use skills_passport::passport::ChangeKind;
use skills_passport::profile::Evidence;

use super::{
    Advice, Checks, Credential, Diff, Errors, Files, Framework, Key, Keys, Passport, Range, Records, Replayed, Results,
    Review, Sitting, Texts,
};

pub(super) const TEXTS: Texts = Texts {
    sitting: Sitting {
        title: "Vos compétences numériques",
        intro: |framework, most| {
            format!(
                "Ce questionnaire porte sur {framework}. Il pose au plus {most} questions. Le temps n’est pas compté et \
                 rien ne quitte cet ordinateur."
            )
        },
        no_marks: "Il n’y a pas de note. Répondez selon ce que vous savez aujourd’hui : « Je ne sais pas » est aussi une \
                   bonne réponse.",
        in_memory: |pause| {
            format!(
                "Avant une pause ou la fin, vos nouvelles réponses ne sont qu’en mémoire. Pour les enregistrer et continuer \
                 plus tard, tapez {pause}. Avec Ctrl+C, vous quittez sans enregistrer."
            )
        },
        welcome_back: |answered| match answered {
            0 | 1 => format!("Bon retour ! Vous avez répondu à {answered} question."),
            _ => format!("Bon retour ! Vous avez répondu à {answered} questions."),
        },
        progress: |number, most| format!("Question {number}, au plus {most}"),
        about: |competence| format!("Sujet : {competence}"),
        dont_know: "Je ne sais pas",
        before: |answer| format!("Votre réponse d’avant : {answer}"),
        prompt: |highest, help| format!("Votre réponse (1 à {highest}, {help} pour l’aide) : "),
        not_understood: |typed, highest, help| {
            format!("« {typed} » n’est pas une réponse ici. Tapez un nombre de 1 à {highest}, ou {help} pour l’aide.")
        },
        no_question_before: "C’est la première question : il n’y en a pas avant.",
        input_ended: "Il n’y a plus rien à lire : le questionnaire s’arrête ici pour le moment.",
        ending: |ending| match ending {
            Ending::Precise => "C’est assez : d’autres questions ne rendraient pas les résultats plus clairs.",
            Ending::Length => "C’était la dernière question.",
            Ending::Exhausted => "C’était la dernière question disponible sur ce sujet.",
            Ending::LittleToGain => "C’est assez : d’autres questions changeraient très peu les résultats.",
        },
        stopped: "Vous avez choisi d’arrêter ici. Les résultats viennent de vos réponses.",
        nothing_answered: "Vous n’avez répondu à aucune question : rien n’est enregistré.",
    },
    keys: Keys {
        number: "le numéro de votre réponse, puis Entrée",
        dont_know: Key { words: &["?", "je ne sais pas", "nsp", "jnsp"], meaning: "je ne sais pas" },
        back: Key { words: &["r", "retour", "b"], meaning: "revenir à la question d’avant" },
        pause: Key { words: &["p", "pause"], meaning: "faire une pause : enregistrer vos réponses et quitter" },
        stop: Key { words: &["a", "arrêter", "arreter", "s", "stop"], meaning: "arrêter ici et voir vos résultats" },
        help: Key { words: &["h", "aide"], meaning: "montrer cette aide" },
    },
    files: Files {
        paused: |file| format!("Vos réponses sont enregistrées dans {file}."),
        to_resume: "Pour continuer plus tard, tapez :",
        new_passport: |file| {
            format!("Votre passeport est enregistré dans {file}. Il est à vous : gardez-le, personne d’autre ne l’a.")
        },
        added: |file| format!("Les résultats ont été ajoutés à votre passeport {file}."),
        to_read: "Pour le relire, tapez :",
        paused_file_done: |file| format!("Vous n’avez plus besoin de {file} ; vous pouvez le supprimer."),
    },
    results: Results {
        title: "Vos résultats",
        competence: "Domaine et compétences",
        level: "Niveau",
        basis: "D’après",
        all_together: "Ensemble",
        range: |range| {
            let named = |name: &Option<&str>| name.map(|name| format!(" : {name}")).unwrap_or_default();
            match range {
                Range::NotEnough { lowest, highest } if lowest == highest => format!("peut-être {lowest} sur 8"),
                Range::NotEnough { lowest, highest } => format!("peut-être entre {lowest} et {highest} sur 8"),
                Range::Exact { level, name } => format!("{level} sur 8{}", named(name)),
                Range::Between { lowest, highest, likeliest, name } => {
                    format!("entre {lowest} et {highest} sur 8, le plus probable {likeliest}{}", named(name))
                }
            }
        },
        evidence: |evidence, answers| match (evidence, answers) {
            (Evidence::Measured, 0 | 1) => format!("{answers} réponse directe").into(),
            (Evidence::Measured, _) => format!("{answers} réponses directes").into(),
            (Evidence::Inferred, _) => "des réponses sur des sujets proches".into(),
            (Evidence::NotEnough, _) => "pas encore assez de réponses".into(),
        },
        strengths: "Ce que vous faites le mieux, par rapport à votre propre moyenne :",
        gaps: "Ce que vous pourriez travailler en premier, par rapport à votre propre moyenne :",
        nothing_stands_out: "Aucune compétence ne se distingue clairement des autres.",
        provisional: "Ces résultats sont provisoires : la difficulté des questions a été estimée par leurs auteurs et n’a \
                      pas encore été mesurée auprès de beaucoup de personnes.",
        use_of_it: "C’est une auto-évaluation, pour vous aider à vous orienter. Elle ne sert ni à une admission, ni à un \
                    recrutement, ni à l’attribution d’aides.",
        unknown_framework: |name| format!("{name} n’est pas connu ici : ses numéros sont affichés sans noms."),
    },
    review: Review {
        title: "Les questions qui ont une bonne réponse",
        your_answer: |answer| format!("Votre réponse : {answer}"),
        right: "C’est juste.",
        solution: |solution| format!("La bonne réponse : {solution}"),
    },
    passport: Passport {
        title: "Passeport",
        created: |day| format!("Créé le {day}"),
        assessments: |count| match count {
            0 => "Aucune évaluation pour le moment".to_owned(),
            1 => "1 évaluation :".to_owned(),
            _ => format!("{count} évaluations :"),
        },
        mode: |mode| match mode {
            Mode::Quick => "rapide",
            Mode::Standard => "standard",
            Mode::Thorough => "approfondie",
            Mode::Focus => "compétences choisies",
        },
        answers: |answers| if answers < 2 { format!("{answers} réponse") } else { format!("{answers} réponses") },
        last: |day| format!("Résultats de la dernière évaluation, {day}"),
    },
    records: Records {
        name: |name| format!("Nom : {name}"),
        goal: |competence, level, by| {
            let by = by.map(|day| format!(" d’ici le {day}")).unwrap_or_default();
            format!("Objectif : {competence}, niveau {level}{by}")
        },
        course: |title, provider| {
            let provider = provider.map(|name| format!(" ({name})")).unwrap_or_default();
            format!("Formation : {title}{provider}")
        },
        notes: |count| if count < 2 { format!("{count} note") } else { format!("{count} notes") },
        badges: |count| match count {
            0 | 1 => format!("{count} badge ou soutien signé"),
            _ => format!("{count} badges ou soutiens signés"),
        },
        shared: "partagée",
        written: |file| format!("Fichier écrit : {file}"),
        migrated: |from, to| format!("Le passeport est passé du format {from} au format {to}."),
        not_migrated: |format| format!("Le passeport est déjà au format {format} : il n’y a rien à changer."),
    },
    diff: Diff {
        title: |before, after| format!("Du {before} au {after}"),
        change: |kind, tenths| match (kind, if tenths < 20 { "niveau" } else { "niveaux" }) {
            (ChangeKind::Risen, unit) => format!("en hausse d’environ {},{} {unit}", tenths / 10, tenths % 10),
            (ChangeKind::Fallen, unit) => format!("en baisse d’environ {},{} {unit}", tenths / 10, tenths % 10),
            (ChangeKind::WithinUncertainty, _) => "pas d’évolution nette".to_owned(),
            (ChangeKind::NotEnough, _) => "non comparé : trop peu de réponses".to_owned(),
            (ChangeKind::NotBoth, _) => "non comparé : mesuré autrement".to_owned(),
        },
        other_bank: "Les deux évaluations viennent de questions différentes, ou d’une autre version des questions.",
        by_estimates: "Les réponses de l’une ou des deux ne sont pas connues ici : les résultats sont comparés tels quels.",
        caution: "Une évolution n’est annoncée que si le hasard l’explique dans moins d’un cas sur dix.",
    },
    checks: Checks {
        assessment: |day, replayed| {
            let found = match replayed {
                Replayed::Confirmed => "les réponses donnent exactement ces résultats",
                Replayed::Contradicted => {
                    "les réponses ne donnent pas ces résultats : les unes ou les autres ont été modifiés"
                }
                Replayed::OtherEngineAgrees => "une autre version a calculé ces résultats, celle-ci trouve les mêmes",
                Replayed::OtherEngineDiffers => {
                    "une autre version a calculé ces résultats, celle-ci en trouve d’autres"
                }
                Replayed::Unknown => "invérifiable : ces questions ne sont pas connues ici",
            };
            format!("Évaluation du {day} : {found}")
        },
        nothing: "Il n’y a rien à vérifier.",
        sound: "Rien de ce qui a été vérifié ne s’y oppose.",
        faulty: "Quelque chose n’est pas ce qui est annoncé.",
        unsure: "Tout n’a pas pu être vérifié.",
    },
    credential: Credential {
        kind: |kind| match kind {
            CredentialKind::SelfAssessment => "Auto-évaluation",
            CredentialKind::Achievement => "Badge donné par quelqu’un d’autre",
            CredentialKind::Endorsement => "Soutien",
            CredentialKind::Succession => "Changement de clé",
            CredentialKind::Other => "Autre chose",
        },
        presentation: "Présentation",
        by: |key, name| match name {
            Some(name) => format!("Qui le dit : {key}, qui se nomme « {name} »"),
            None => format!("Qui le dit : {key}"),
        },
        about: |subject| format!("À propos de : {subject}"),
        about_oneself: "À propos de : la personne elle-même",
        results: "Résultats, tous provisoires :",
        unsupervised: "Sans surveillance et sans vérification de qui répondait.",
        computed: |engine, bank| format!("Calculé par {engine} à partir des questions {bank}."),
        signature: |key, created, suite, state| match state {
            SignatureState::Holds => format!("Signé par {key} le {created} ({suite}) : inchangé depuis"),
            SignatureState::Broken => format!("Signé par {key} le {created} ({suite}) : la signature ne convient pas"),
            SignatureState::NotChecked => format!("Signé par {key} le {created} ({suite}) : non vérifié ici"),
        },
        endorsed: |key, name| match name {
            Some(name) => format!("Soutenu par {key}, qui se nomme « {name} » :"),
            None => format!("Soutenu par {key} :"),
        },
        refusal: |refusal| match refusal {
            Refusal::NotACredential => "Ce n’est ni un badge, ni un soutien, ni une présentation.".to_owned(),
            Refusal::UnknownContext => "Il utilise des vocabulaires inconnus ici.".to_owned(),
            Refusal::UndefinedTerm { path, .. } => {
                format!("Il dit quelque chose qu’aucun vocabulaire ne définit, à {path}.")
            }
            Refusal::RelativeId { path } | Refusal::Shape { path } => {
                format!("Quelque chose manque ou n’est pas ce qu’il faut, à {path}.")
            }
            Refusal::Unsigned => "Il n’est pas signé.".to_owned(),
            Refusal::BrokenProof { fault: ProofFault::Signature, .. } => {
                "Il a été modifié après sa signature, ou signé par une autre clé.".to_owned()
            }
            Refusal::BrokenProof { .. } => "Une signature n’est pas d’un type qui compte ici.".to_owned(),
            Refusal::NotSignedBy { wanted } => format!("Il n’est pas signé par {wanted}."),
            Refusal::Overclaims { path } => {
                format!("Une auto-évaluation prétend à plus qu’un résultat provisoire, à {path}.")
            }
            Refusal::NotYetValid { from } => format!("Il n’est valable qu’à partir du {from}."),
            Refusal::Expired { until } => format!("Il était valable jusqu’au {until}."),
            Refusal::EndorsesAnother { endorsed } => format!("Il soutient autre chose : {endorsed}."),
            Refusal::EndorsedOtherContent => "Ce qu’il soutient avait un autre contenu.".to_owned(),
            Refusal::OtherChallenge => "Il a été fait pour une autre demande.".to_owned(),
            Refusal::OtherDomain => "Il a été fait pour quelqu’un d’autre.".to_owned(),
            Refusal::NotTheHolders { subject, .. } => {
                format!("Il contient un badge de quelqu’un d’autre : {subject}.")
            }
            Refusal::Contained { position } => format!("Le document {} qu’il contient est refusé.", position + 1),
            other => other.to_string(),
        },
        unchanged: "C’est bien ce qui a été signé.",
        refused: "Refusé :",
        meaning: "Une signature montre qu’un document n’a pas changé. Elle ne dit ni qui détient la clé, ni si ce qui est \
                  dit est vrai.",
        too_little: |area| format!("Trop peu de réponses pour un badge : {area}"),
        new_key: |file| {
            format!(
                "Une nouvelle clé secrète est dans {file}. Gardez ce fichier et ne le donnez à personne : qui l’a peut \
                 signer à votre place."
            )
        },
        sealed: "Personne ne peut l’ouvrir sans la phrase secrète : une phrase oubliée ne peut pas être retrouvée.",
        ask_passphrase: "Phrase secrète : ",
        ask_again: "Encore une fois : ",
    },
    framework: Framework {
        source: "Source",
        licence: "Licence",
        words: "Rédaction",
        names: |origin| match origin {
            Origin::Official => "noms : ceux de l’éditeur",
            Origin::Ours => "noms : les nôtres",
        },
        descriptions: |origin| match origin {
            Origin::Official => "descriptions : celles de l’éditeur",
            Origin::Ours => "descriptions : les nôtres",
        },
        levels: "Niveaux",
        areas: "Domaines et compétences",
    },
    errors: Errors {
        error: |code| format!("erreur[{code}] :"),
        place: "endroit :",
        what_to_do: "que faire :",
        advice: |advice| match advice {
            Advice::CheckName => "Vérifiez le nom et le dossier du fichier.",
            Advice::CheckAccess => {
                "Vérifiez que vous avez le droit de lire et d’écrire à cet endroit, et qu’il reste de la place."
            }
            Advice::CheckFile => {
                "Vérifiez que c’est le bon fichier. Il est peut-être coupé ou abîmé : utilisez une autre copie. Il n’a pas \
                 été modifié."
            }
            Advice::Update => "Installez une version plus récente de ce programme. Le fichier n’a pas été modifié.",
            Advice::ChooseName => "Choisissez un nom que montre `skills-passport framework list` ou `bank check`.",
            Advice::CorrectLibrary => "Corrigez le fichier, puis relancez `skills-passport bank check`.",
            Advice::ChooseCompetence => {
                "Choisissez des numéros que montre `skills-passport framework show`, chacun une seule fois."
            }
            Advice::StartAgain => {
                "Les questions ont changé depuis. Commencez une nouvelle évaluation. Le fichier n’a pas été modifié."
            }
            Advice::ChooseLanguage => "Choisissez une autre langue avec --lang.",
            Advice::UseAnotherPassport => "Choisissez un autre fichier avec --out. Le passeport n’a pas été modifié.",
            Advice::ReadHelp => "Lisez ce qui est possible avec --help.",
            Advice::CheckPassphrase => {
                "Vérifiez la phrase secrète : 8 caractères au moins, majuscules et accents comme à l’origine. Personne ne \
                 peut la retrouver."
            }
            Advice::AnswerMore => "Répondez d’abord à d’autres questions : un badge demande assez de réponses.",
            Advice::ChooseRecords => {
                "Choisissez parmi les identifiants que montre `skills-passport passport show FICHIER --json`."
            }
            Advice::ChooseAnotherName => "Choisissez un autre nom. Le fichier n’a pas été modifié.",
            Advice::ProtectKeys => {
                "Réservez-vous ce fichier, par exemple avec `chmod 600`. Si d’autres l’ont eu, changez de clé."
            }
            Advice::MakeKey => "Créez une clé avec `skills-passport credential did --new`.",
            Advice::TryAgain => "Essayez encore une fois.",
        },
        kept: |file| format!("Vos réponses sont en sécurité dans {file}."),
    },
    date: |year, month, day| {
        let month = match month {
            1 => "janvier",
            2 => "février",
            3 => "mars",
            4 => "avril",
            5 => "mai",
            6 => "juin",
            7 => "juillet",
            8 => "août",
            9 => "septembre",
            10 => "octobre",
            11 => "novembre",
            _ => "décembre",
        };
        let day = if day == 1 { "1er".to_owned() } else { day.to_string() };
        format!("{day} {month} {year}")
    },
};
