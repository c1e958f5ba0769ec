//! French: vous, plain words, typographic apostrophes, narrow no-break space before ? ! ; and no-break space before :.

use skills_passport::assessment::{Ending, Mode, Rule};
use skills_passport::bank::{PictureKind, PictureRole};
use skills_passport::credential::{CredentialKind, ProofFault, Refusal, SignatureState};
use skills_passport::framework::Origin;
use skills_passport::passport::ChangeKind;
use skills_passport::profile::{Evidence, Ratings};

use super::{
    Advice, Asked, Checks, Credential, Diff, Errors, Files, Framework, Key, Keys, PaperWords, Passport, PictureWords,
    Range, Reasons, Records, Replayed, Results, Review, Sitting, Texts, TranslationWords,
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
        targets: "Au choix :",
        skipped: "Passée",
        how: |asked| match asked {
            Asked::One { highest } => format!("1 à {highest}"),
            Asked::Some { choose } => format!("{choose} nombres séparés par des espaces"),
            Asked::Order { options } => format!("les {options} nombres dans le bon ordre, séparés par des espaces"),
            Asked::Match { options } => {
                format!("{options} lettres, une pour chaque nombre dans l’ordre, séparées par des espaces")
            }
        },
        prompt: |how, help| format!("Votre réponse ({how}, {help} pour l’aide) : "),
        not_understood: |typed, how, help| {
            format!("« {typed} » n’est pas une réponse ici. Tapez {how}, ou {help} pour l’aide.")
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
    reasons: Reasons {
        rule: |rule, among| {
            match (rule, among) {
            (Rule::BestPerSecond, 0 | 1) => {
                "De toutes les questions qui restent, c’est celle qui apprend le plus pour le temps qu’elle prend.".into()
            }
            (Rule::BestPerSecond, _) => format!(
                "Elle fait partie des {among} questions qui apprennent le plus pour le temps qu’elles prennent. Le hasard a \
                 choisi entre elles."
            )
            .into(),
            (Rule::OwedArea, _) => "Chaque domaine a sa question, et celui-ci n’en avait pas encore eu.".into(),
            (Rule::OtherCompetence, _) => {
                "Les deux dernières questions portaient sur la même compétence : celle-ci porte sur une autre.".into()
            }
            (Rule::OtherKind, _) => {
                "Les trois dernières questions étaient du même type : celle-ci est d’un autre type.".into()
            }
            (Rule::KindStart, _) => "Les premières questions sont de celles auxquelles vous saurez sans doute répondre.".into(),
            (Rule::KindAfterFailures, _) => "Après deux questions difficiles, en voici une plus facile. Cela change la \
                                             question posée, pas vos résultats."
                .into(),
        }
        },
        narrower: |before, after| {
            let (before, after) = (tenths(before), tenths(after));
            format!("Votre niveau est connu ici à ±{before} niveaux environ ; avec votre réponse, à ±{after} environ.")
        },
        time: |seconds| format!("Elle prend environ {}.", duration(seconds)),
        chance: |chance| match chance {
            800.. => "Elle devrait être facile pour vous.",
            500..800 => "Vous saurez sans doute y répondre.",
            _ => "Elle est peut-être difficile pour vous. Ne pas savoir n’est pas un problème.",
        },
        more: |questions, seconds| {
            format!(
                "{questions} questions de plus (environ {}) rendraient vos résultats plus clairs :",
                duration(seconds)
            )
        },
        sharper: |competence, before, after| {
            format!("{competence} : de ±{} à ±{} niveaux environ", tenths(before), tenths(after))
        },
        go_on: |questions, yes| {
            format!("Répondre à {questions} questions de plus ? ({yes} pour oui, Entrée pour vos résultats) : ")
        },
        yes: &["o", "oui", "y"],
    },
    keys: Keys {
        number: "le numéro de votre réponse, puis Entrée",
        dont_know: Key { words: &["?", "je ne sais pas", "nsp", "jnsp"], meaning: "je ne sais pas" },
        skip: Key { words: &["x", "passer"], meaning: "passer cette question : elle ne dira rien de vous" },
        back: Key { words: &["r", "retour", "b"], meaning: "revenir à la question d’avant" },
        pause: Key { words: &["p", "pause"], meaning: "faire une pause : enregistrer vos réponses et quitter" },
        stop: Key { words: &["a", "arrêter", "arreter", "s", "stop"], meaning: "arrêter ici et voir vos résultats" },
        why: Key { words: &["w", "pourquoi"], meaning: "pourquoi cette question ?" },
        help: Key { words: &["h", "aide"], meaning: "montrer cette aide" },
    },
    picture: PictureWords {
        kind: |kind| match kind {
            PictureKind::Email => "Un e-mail",
            PictureKind::Chat => "Des messages",
            PictureKind::Search => "Des résultats de recherche",
            PictureKind::Page => "Une page web",
            PictureKind::Dialog => "Une fenêtre qui demande quelque chose",
            PictureKind::Files => "Des fichiers",
            PictureKind::Post => "Une publication sur un réseau social",
            PictureKind::Settings => "Des réglages",
            PictureKind::Table => "Un tableau",
            PictureKind::Chart => "Un graphique en barres",
        },
        role: |role| match role {
            PictureRole::From => "De",
            PictureRole::To => "À",
            PictureRole::Subject => "Objet",
            PictureRole::Date => "Date",
            PictureRole::Link => "Lien",
            PictureRole::Button => "Bouton",
            PictureRole::Attachment => "Pièce jointe",
            PictureRole::Me => "Moi",
            PictureRole::Them => "L’autre personne",
            PictureRole::Query => "Mots cherchés",
            PictureRole::Ad => "Annonce",
            PictureRole::Result => "Résultat",
            PictureRole::Address => "Adresse",
            PictureRole::Field => "Champ",
            PictureRole::Folder => "Dossier",
            PictureRole::File => "Fichier",
            PictureRole::Image => "Image",
            PictureRole::Comment => "Commentaire",
            PictureRole::Text
            | PictureRole::Title
            | PictureRole::ChoiceOn
            | PictureRole::ChoiceOff
            | PictureRole::Count
            | PictureRole::Columns
            | PictureRole::Row
            | PictureRole::Bar => "",
        },
        labelled: |name, text| format!("{name} : {text}"),
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
        ratings: |ratings| match ratings {
            Ratings::Higher => {
                "Vous vous êtes estimé un peu plus haut que ne le montrent vos autres réponses. C’est très courant, et vos \
                 résultats en tiennent compte. C’est le cas pour :"
            }
            Ratings::Lower => {
                "Vous vous êtes estimé plus bas que ne le montrent vos autres réponses : vous savez peut-être en faire plus \
                 que vous ne le pensez. Vos résultats en tiennent compte. C’est le cas pour :"
            }
            Ratings::Similar => "Votre propre estimation rejoint ce que montrent vos autres réponses pour :",
            Ratings::Unclear => {
                "On ne peut pas encore dire si vous vous estimez plus haut ou plus bas que ne le montrent vos autres réponses. \
                 Il faut pour cela plus de questions."
            }
        },
        unsettled: "Certaines de vos réponses se contredisent : ces résultats sont moins précis que d’habitude.",
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
        partly_right: "C’est presque juste : il y a une erreur.",
        solution: |solution| format!("La bonne réponse : {solution}"),
        separator: " ; ",
    },
    paper: PaperWords {
        title: "Vos compétences numériques : questionnaire",
        intro: &[
            "Prenez votre temps. Il n’y a pas de note. Répondez selon ce que vous savez aujourd’hui : « Je ne sais pas » est \
             aussi une bonne réponse.",
            "Pour passer une question, laissez-la vide. Quelqu’un peut vous lire les questions.",
        ],
        fill: "Date : ____ / ____ / ________     On m’a aidé : oui ☐  non ☐",
        question: |number, count| format!("Question {number} sur {count}"),
        tick_one: "Cochez une case.",
        tick_some: |choose| format!("Cochez {choose} cases."),
        order: "Écrivez les numéros dans les cases, dans le bon ordre.",
        matching: "Écrivez une lettre dans chaque case. Une lettre peut servir deux fois.",
        key: "Pour la personne qui saisit les réponses",
        key_intro: "Ne donnez pas cette page à la personne qui répond. Une croix à « Je ne sais pas » se saisit par un point d’interrogation.",
        columns: ["Question", "Bonne réponse", "En toutes lettres"],
        rating: |answers| format!("Une affirmation sur soi : 1 à {answers}, sans bonne ni mauvaise réponse"),
        typing: "Saisir les réponses",
        typing_intro: &[
            "Créez un fichier texte avec cette première ligne, puis une ligne par question : son numéro, un point-virgule, la \
             réponse. Les chiffres et les lettres comme dans le tableau, séparés par des espaces. Les questions laissées vides ne \
             sont pas saisies.",
        ],
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
    translation: TranslationWords {
        official: "Correspondance officielle.",
        ours: "Cette correspondance est la nôtre et n’a pas été validée. Prenez-la comme une première idée.",
        range: |lowest, highest| {
            if lowest == highest { format!("niveau {lowest}") } else { format!("niveau {lowest} à {highest}") }
        },
        touches: "(seulement en partie)",
        without: |competences| format!(" ; sans {competences}"),
        untranslated: "Ce qui n’a pas pu être traduit",
        not_enough: "pas encore assez de réponses",
        off_the_scale: |level| format!("l’échelle n’a pas de place pour le niveau {level}"),
        no_result: "rien de ce dont il s’agit n’a encore de résultat",
        no_way: "aucune correspondance n’y mène",
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
            Advice::CorrectLine => "Corrigez cette ligne, puis recommencez. Rien n’a été enregistré.",
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

/// Tenths as a decimal number.
fn tenths(value: u32) -> String {
    format!("{},{}", value / 10, value % 10)
}

fn duration(seconds: u32) -> String {
    match (seconds + 30) / 60 {
        _ if seconds < 90 => format!("{} secondes", seconds.div_ceil(5) * 5),
        minutes => format!("{minutes} minutes"),
    }
}
