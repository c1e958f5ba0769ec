//! What a badge says in words. The words are signed with the badge, so they are the same wherever it is made.

use crate::assessment::Mode;
use crate::id::Language;

/// What a badge says in one language.
pub(super) struct Words {
    /// The area's number and name.
    pub(super) name: fn(&str, &str) -> String,
    /// The framework's name, the area's name.
    pub(super) description: fn(&str, &str) -> String,
    pub(super) criteria: &'static str,
    pub(super) evidence: &'static str,
    /// Answers about the area, the mode, whether somebody helped, whether parameters are provisional.
    pub(super) conditions: fn(u16, Mode, bool, bool) -> String,
    pub(super) range: &'static str,
    pub(super) likeliest: &'static str,
    pub(super) endorsement: &'static str,
    pub(super) succession: &'static str,
    /// The name of the framework.
    pub(super) elm_title: fn(&str) -> String,
    pub(super) elm_description: &'static str,
    pub(super) elm_awarded: &'static str,
    /// Lowest and highest level, the likeliest.
    pub(super) grade: fn(u8, u8, u8) -> String,
}

impl Words {
    /// The words in this language, if badges are written in it.
    pub(super) fn of(language: &Language) -> Option<&'static Self> {
        match language.as_str() {
            "en" => Some(&ENGLISH),
            "fr" => Some(&FRENCH),
            _ => None,
        }
    }
}

const ENGLISH: Words = Words {
    name: |id, area| format!("Self-assessment: {id} {area}"),
    description: |framework, area| {
        format!(
            "What the holder says and shows of themselves about “{area}” in {framework}, in a questionnaire without \
             supervision. For guidance only: it is not a certificate, and not for admission, recruitment or benefits."
        )
    },
    criteria: "The questionnaire has statements to rate oneself on and questions with a right answer. An area's level is \
               the mean of its competences on a scale of 1 to 8. It is given as the range that holds the true level in \
               nine cases out of ten, if the model is right.",
    evidence: "How it was assessed",
    conditions: |answers, mode, assisted, provisional| {
        let mode = match mode {
            Mode::Quick => "quick questionnaire",
            Mode::Standard => "standard questionnaire",
            Mode::Thorough => "thorough questionnaire",
            Mode::Focus => "questionnaire about chosen competences",
        };
        let answers = if answers == 1 {
            "1 answer about this area".to_owned()
        } else {
            format!("{answers} answers about this area")
        };
        let helped = if assisted { "Somebody helped." } else { "Nobody helped, the holder says." };
        let judged = if provisional { " How hard the questions are is so far their authors' judgement." } else { "" };
        format!("Online {mode}, {answers}. Nobody supervised, and nobody checked who answered. {helped}{judged}")
    },
    range: "Level, 1 to 8: from-to, 90 % interval",
    likeliest: "Likeliest level, 1 to 8",
    endorsement: "Endorsement of a self-assessment",
    succession: "This key takes the place of the one that signs this. Both have signed.",
    elm_title: |framework| format!("Digital skills, self-assessment: {framework}"),
    elm_description: "What a person says and shows of their digital skills in a questionnaire without supervision. For \
                      guidance only: it is not a certificate, and not for admission, recruitment or benefits. Whoever \
                      seals this document confirms where it comes from, not the levels in it.",
    elm_awarded: "The person assessed themselves. Nobody else awarded this.",
    grade: |low, high, likeliest| {
        if low == high {
            format!("Level {low} of 8. Provisional.")
        } else {
            format!("Level {low} to {high} of 8, most likely {likeliest}. Provisional.")
        }
    },
};

const FRENCH: Words = Words {
    name: |id, area| format!("Auto-évaluation\u{a0}: {id} {area}"),
    description: |framework, area| {
        format!(
            "Ce que la personne dit et montre d’elle-même sur «\u{a0}{area}\u{a0}» dans {framework}, dans un questionnaire sans \
             surveillance. Pour s’orienter seulement\u{a0}: ce n’est pas un certificat, et ce n’est pas fait pour une \
             admission, un recrutement ou des prestations."
        )
    },
    criteria: "Le questionnaire contient des affirmations sur lesquelles on s’évalue et des questions qui ont une bonne \
               réponse. Le niveau d’un domaine est la moyenne de ses compétences, sur une échelle de 1 à 8. Il est donné \
               comme l’intervalle qui contient le vrai niveau neuf fois sur dix, si le modèle est juste.",
    evidence: "Comment cela a été évalué",
    conditions: |answers, mode, assisted, provisional| {
        let mode = match mode {
            Mode::Quick => "Questionnaire rapide",
            Mode::Standard => "Questionnaire standard",
            Mode::Thorough => "Questionnaire approfondi",
            Mode::Focus => "Questionnaire sur des compétences choisies",
        };
        let answers = if answers == 1 {
            "1 réponse sur ce domaine".to_owned()
        } else {
            format!("{answers} réponses sur ce domaine")
        };
        let helped = if assisted { "Quelqu’un a aidé." } else { "Personne n’a aidé, dit la personne." };
        let judged = if provisional {
            " La difficulté des questions est pour l’instant celle que leurs auteurs estiment."
        } else {
            ""
        };
        format!("{mode} en ligne, {answers}. Personne n’a surveillé ni vérifié qui répondait. {helped}{judged}")
    },
    range: "Niveau, de 1 à 8\u{a0}: de-à, intervalle à 90\u{a0}%",
    likeliest: "Niveau le plus probable, de 1 à 8",
    endorsement: "Soutien apporté à une auto-évaluation",
    succession: "Cette clé prend la place de celle qui signe ceci. Les deux ont signé.",
    elm_title: |framework| format!("Compétences numériques, auto-évaluation\u{a0}: {framework}"),
    elm_description: "Ce qu’une personne dit et montre de ses compétences numériques dans un questionnaire sans surveillance. \
                      Pour s’orienter seulement\u{a0}: ce n’est pas un certificat, et ce n’est pas fait pour une admission, \
                      un recrutement ou des prestations. L’organisme qui scelle ce document confirme d’où il vient, pas \
                      les niveaux qu’il contient.",
    elm_awarded: "La personne s’est évaluée elle-même. Personne d’autre n’a attribué ce résultat.",
    grade: |low, high, likeliest| {
        if low == high {
            format!("Niveau {low} sur 8. Provisoire.")
        } else {
            format!("Niveau {low} à {high} sur 8, le plus probable {likeliest}. Provisoire.")
        }
    },
};
