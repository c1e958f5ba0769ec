//! English.

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
        title: "Your digital skills",
        intro: |framework, most| {
            format!(
                "This questionnaire is about {framework}. It asks at most {most} questions. Nothing is timed, and nothing \
                 leaves this computer."
            )
        },
        no_marks: "There are no marks. Answer as things are today: “I don’t know” is a good answer too.",
        in_memory: |pause| {
            format!(
                "Until you pause or finish, new answers are in memory only. To save them and go on later, type {pause}. \
                 Ctrl+C leaves without saving."
            )
        },
        welcome_back: |answered| match answered {
            1 => "Welcome back. You have answered 1 question.".to_owned(),
            _ => format!("Welcome back. You have answered {answered} questions."),
        },
        progress: |number, most| format!("Question {number}, at most {most}"),
        about: |competence| format!("About: {competence}"),
        dont_know: "I don’t know",
        before: |answer| format!("Your answer before: {answer}"),
        targets: "To choose from:",
        skipped: "Skipped",
        how: |asked| match asked {
            Asked::One { highest } => format!("1 to {highest}"),
            Asked::Some { choose } => format!("{choose} numbers, with spaces between them"),
            Asked::Order { options } => format!("all {options} numbers in the right order, with spaces between them"),
            Asked::Match { options } => {
                format!("{options} letters, one for each number in turn, with spaces between them")
            }
        },
        prompt: |how, help| format!("Your answer ({how}, {help} for help): "),
        not_understood: |typed, how, help| format!("“{typed}” is not an answer here. Type {how}, or {help} for help."),
        no_question_before: "This is the first question: there is none before it.",
        input_ended: "There is no more input, so the questionnaire stops here for now.",
        ending: |ending| match ending {
            Ending::Precise => "That is enough: more questions would not make the results clearer.",
            Ending::Length => "That was the last question.",
            Ending::Exhausted => "That was the last question there is on this.",
            Ending::LittleToGain => "That is enough: more questions would change very little.",
        },
        stopped: "You stopped here. The results come from what you answered.",
        nothing_answered: "No question was answered, so nothing was saved.",
    },
    reasons: Reasons {
        rule: |rule, among| {
            match (rule, among) {
            (Rule::BestPerSecond, 0 | 1) => "Of all the questions left, this one tells the most for the time it takes.".into(),
            (Rule::BestPerSecond, _) => format!(
                "It is one of the {among} questions that tell the most for the time they take. Chance chose between them."
            )
            .into(),
            (Rule::OwedArea, _) => "Every area gets a question, and there was none about this one yet.".into(),
            (Rule::OtherCompetence, _) => {
                "The last two questions were about one competence, so this one is about another.".into()
            }
            (Rule::OtherKind, _) => "The last three questions were of one kind, so this one is of another.".into(),
            (Rule::KindStart, _) => "The first questions are ones that you can probably answer.".into(),
            (Rule::KindAfterFailures, _) => {
                "After two hard questions comes an easier one. That changes what is asked, not your results.".into()
            }
        }
        },
        narrower: |before, after| {
            let (before, after) = (tenths(before), tenths(after));
            format!("Your level here is known to about ±{before} levels; with your answer, to about ±{after}.")
        },
        time: |seconds| format!("It takes about {}.", duration(seconds)),
        chance: |chance| match chance {
            800.. => "It should be easy for you.",
            500..800 => "You can probably answer it.",
            _ => "It may be hard for you. Not to know it is fine.",
        },
        more: |questions, seconds| {
            format!("{questions} more questions (about {}) would make your results clearer:", duration(seconds))
        },
        sharper: |competence, before, after| {
            format!("{competence}: from about ±{} to about ±{} levels", tenths(before), tenths(after))
        },
        go_on: |questions, yes| format!("Answer {questions} more? ({yes} for yes, Enter for your results): "),
        yes: &["y", "yes"],
    },
    keys: Keys {
        number: "the number of your answer, then Enter",
        dont_know: Key {
            words: &["?", "i don’t know", "i don't know", "don’t know", "don't know", "idk"],
            meaning: "I don’t know",
        },
        skip: Key { words: &["x", "skip"], meaning: "skip this question: it says nothing about you" },
        back: Key { words: &["b", "back"], meaning: "go back to the question before" },
        pause: Key { words: &["p", "pause"], meaning: "pause: save your answers and leave" },
        stop: Key { words: &["s", "stop"], meaning: "stop here and see your results" },
        why: Key { words: &["w", "why"], meaning: "why this question?" },
        help: Key { words: &["h", "help"], meaning: "show this help" },
    },
    picture: PictureWords {
        kind: |kind| match kind {
            PictureKind::Email => "An email",
            PictureKind::Chat => "Messages",
            PictureKind::Search => "Search results",
            PictureKind::Page => "A web page",
            PictureKind::Dialog => "A window that asks something",
            PictureKind::Files => "Files",
            PictureKind::Post => "A post on a social network",
            PictureKind::Settings => "Settings",
            PictureKind::Table => "A table",
            PictureKind::Chart => "A bar chart",
        },
        role: |role| match role {
            PictureRole::From => "From",
            PictureRole::To => "To",
            PictureRole::Subject => "Subject",
            PictureRole::Date => "Date",
            PictureRole::Link => "Link",
            PictureRole::Button => "Button",
            PictureRole::Attachment => "Attachment",
            PictureRole::Me => "Me",
            PictureRole::Them => "The other",
            PictureRole::Query => "Search words",
            PictureRole::Ad => "Advertisement",
            PictureRole::Result => "Result",
            PictureRole::Address => "Address",
            PictureRole::Field => "Field",
            PictureRole::Folder => "Folder",
            PictureRole::File => "File",
            PictureRole::Image => "Image",
            PictureRole::Comment => "Comment",
            PictureRole::Text
            | PictureRole::Title
            | PictureRole::ChoiceOn
            | PictureRole::ChoiceOff
            | PictureRole::Count
            | PictureRole::Columns
            | PictureRole::Row
            | PictureRole::Bar => "",
        },
        labelled: |name, text| format!("{name}: {text}"),
    },
    files: Files {
        paused: |file| format!("Your answers are saved in {file}."),
        to_resume: "To go on later, type:",
        new_passport: |file| format!("Your passport is saved in {file}. It is yours: keep it, nobody else has it."),
        added: |file| format!("The results were added to your passport {file}."),
        to_read: "To read it again, type:",
        paused_file_done: |file| format!("You no longer need {file}; you can delete it."),
    },
    results: Results {
        title: "Your results",
        competence: "Area and competences",
        level: "Level",
        basis: "Based on",
        all_together: "All together",
        range: |range| {
            let named = |name: &Option<&str>| name.map(|name| format!(": {name}")).unwrap_or_default();
            match range {
                Range::NotEnough { lowest, highest } if lowest == highest => format!("perhaps {lowest} of 8"),
                Range::NotEnough { lowest, highest } => format!("perhaps between {lowest} and {highest} of 8"),
                Range::Exact { level, name } => format!("{level} of 8{}", named(name)),
                Range::Between { lowest, highest, likeliest, name } => {
                    format!("between {lowest} and {highest} of 8, most likely {likeliest}{}", named(name))
                }
            }
        },
        evidence: |evidence, answers| match (evidence, answers) {
            (Evidence::Measured, 1) => "1 direct answer".into(),
            (Evidence::Measured, _) => format!("{answers} direct answers").into(),
            (Evidence::Inferred, _) => "answers about related skills".into(),
            (Evidence::NotEnough, _) => "not enough answers yet".into(),
        },
        strengths: "What you do best, compared with your own average:",
        gaps: "What you could work on first, compared with your own average:",
        nothing_stands_out: "No competence stands out clearly from your others.",
        ratings: |ratings| match ratings {
            Ratings::Higher => {
                "You rated yourself a little higher than your other answers show. Many people do, and your results allow for \
                 it. This is so in:"
            }
            Ratings::Lower => {
                "You rated yourself lower than your other answers show: you may well be able to do more than you think. Your \
                 results allow for it. This is so in:"
            }
            Ratings::Similar => "You rated yourself much as your other answers show in:",
            Ratings::Unclear => {
                "Whether you rate yourself higher or lower than your other answers show cannot be told yet. That takes more \
                 questions."
            }
        },
        unsettled: "Some of your answers contradict each other, so these results are less exact than usual.",
        provisional: "These results are provisional: how hard each question is was judged by its authors and has not yet \
                      been measured with many people.",
        use_of_it: "This is a self-assessment, for guidance only. It is not for admission, recruitment or benefits.",
        unknown_framework: |name| format!("{name} is not known here, so its numbers are shown without names."),
    },
    review: Review {
        title: "The questions with a right answer",
        your_answer: |answer| format!("Your answer: {answer}"),
        right: "That is right.",
        partly_right: "That is nearly right: there is one mistake.",
        solution: |solution| format!("The right answer: {solution}"),
        separator: "; ",
    },
    paper: PaperWords {
        title: "Your digital skills: a questionnaire",
        intro: &[
            "Take your time. There are no marks. Answer as things are today: “I don’t know” is a good answer too.",
            "Leave a question blank to skip it. Somebody may read the questions to you.",
        ],
        fill: "Date: ____ / ____ / ________     Somebody helped me: yes ☐  no ☐",
        question: |number, count| format!("Question {number} of {count}"),
        tick_one: "Tick one box.",
        tick_some: |choose| format!("Tick {choose} boxes."),
        order: "Write the numbers into the boxes, in the right order.",
        matching: "Write a letter into each box. A letter may be used twice.",
        key: "For whoever types the answers in",
        key_intro: "Do not give this page to the person who answers. A tick at “?” is typed as ?.",
        columns: ["Question", "Right answer", "In words"],
        rating: |answers| format!("A statement about oneself: 1 to {answers}, none of them right or wrong"),
        typing: "Typing the answers in",
        typing_intro: &[
            "Make a text file with this first line, then a line for each question: its number, a semicolon, the answer. \
             Numbers and letters as in the table, with spaces between them. Questions left blank are left out.",
        ],
    },
    passport: Passport {
        title: "Passport",
        created: |day| format!("Made on {day}"),
        assessments: |count| match count {
            0 => "No assessment yet".to_owned(),
            1 => "1 assessment:".to_owned(),
            _ => format!("{count} assessments:"),
        },
        mode: |mode| match mode {
            Mode::Quick => "quick",
            Mode::Standard => "standard",
            Mode::Thorough => "thorough",
            Mode::Focus => "chosen competences",
        },
        answers: |answers| if answers == 1 { "1 answer".to_owned() } else { format!("{answers} answers") },
        last: |day| format!("Results of the last assessment, {day}"),
    },
    records: Records {
        name: |name| format!("Name: {name}"),
        goal: |competence, level, by| {
            let by = by.map(|day| format!(" by {day}")).unwrap_or_default();
            format!("Goal: {competence}, level {level}{by}")
        },
        course: |title, provider| {
            let provider = provider.map(|name| format!(" ({name})")).unwrap_or_default();
            format!("Course: {title}{provider}")
        },
        notes: |count| if count == 1 { "1 note".to_owned() } else { format!("{count} notes") },
        badges: |count| match count {
            1 => "1 signed badge or endorsement".to_owned(),
            _ => format!("{count} signed badges or endorsements"),
        },
        shared: "shared",
        written: |file| format!("Written: {file}"),
        migrated: |from, to| format!("The passport was brought from format {from} to {to}."),
        not_migrated: |format| format!("The passport is of format {format}: there is nothing to bring forward."),
    },
    diff: Diff {
        title: |before, after| format!("From {before} to {after}"),
        change: |kind, tenths| match kind {
            ChangeKind::Risen => format!("risen by about {}.{} levels", tenths / 10, tenths % 10),
            ChangeKind::Fallen => format!("fallen by about {}.{} levels", tenths / 10, tenths % 10),
            ChangeKind::WithinUncertainty => "no clear change".to_owned(),
            ChangeKind::NotEnough => "not compared: too few answers".to_owned(),
            ChangeKind::NotBoth => "not compared: not measured in the same way".to_owned(),
        },
        other_bank: "The two come from different questions, or from another version of them.",
        by_estimates: "The answers of one or both are not known here, so the results were compared as they stand there.",
        caution: "A change is called one only where chance explains it in less than one case in ten.",
    },
    checks: Checks {
        assessment: |day, replayed| {
            let found = match replayed {
                Replayed::Confirmed => "the answers give exactly these results",
                Replayed::Contradicted => "the answers do not give these results: one or the other was changed",
                Replayed::OtherEngineAgrees => "another version computed these results, and this one agrees",
                Replayed::OtherEngineDiffers => "another version computed these results, and this one gets others",
                Replayed::Unknown => "cannot be checked: these questions are not known here",
            };
            format!("Assessment of {day}: {found}")
        },
        nothing: "There is nothing to check.",
        sound: "Nothing was found that speaks against it.",
        faulty: "Something is not what it says.",
        unsure: "Not everything could be checked.",
    },
    credential: Credential {
        kind: |kind| match kind {
            CredentialKind::SelfAssessment => "Self-assessment",
            CredentialKind::Achievement => "Badge given by somebody else",
            CredentialKind::Endorsement => "Endorsement",
            CredentialKind::Succession => "Change of key",
            CredentialKind::Other => "Something else",
        },
        presentation: "Presentation",
        by: |key, name| match name {
            Some(name) => format!("Who says it: {key}, who calls themselves “{name}”"),
            None => format!("Who says it: {key}"),
        },
        about: |subject| format!("About: {subject}"),
        about_oneself: "About: themselves",
        results: "Results, all provisional:",
        unsupervised: "Without supervision and without a check of who answered.",
        computed: |engine, bank| format!("Computed by {engine} from the questions {bank}."),
        signature: |key, created, suite, state| match state {
            SignatureState::Holds => format!("Signed by {key} on {created} ({suite}): unchanged since"),
            SignatureState::Broken => format!("Signed by {key} on {created} ({suite}): the signature does not fit"),
            SignatureState::NotChecked => format!("Signed by {key} on {created} ({suite}): not checked here"),
        },
        endorsed: |key, name| match name {
            Some(name) => format!("Endorsed by {key}, who calls themselves “{name}”:"),
            None => format!("Endorsed by {key}:"),
        },
        refusal: |refusal| match refusal {
            Refusal::NotACredential => "It is no badge, endorsement or presentation.".to_owned(),
            Refusal::UnknownContext => "It uses vocabularies that are not known here.".to_owned(),
            Refusal::UndefinedTerm { path, .. } => format!("It says something that no vocabulary defines, at {path}."),
            Refusal::RelativeId { path } | Refusal::Shape { path } => {
                format!("Something is missing or not what it must be, at {path}.")
            }
            Refusal::Unsigned => "It is not signed.".to_owned(),
            Refusal::BrokenProof { fault: ProofFault::Signature, .. } => {
                "It was changed after it was signed, or another key signed it.".to_owned()
            }
            Refusal::BrokenProof { .. } => "A signature is not of a kind that counts here.".to_owned(),
            Refusal::NotSignedBy { wanted } => format!("It is not signed by {wanted}."),
            Refusal::Overclaims { path } => {
                format!("A self-assessment claims more than a provisional result, at {path}.")
            }
            Refusal::NotYetValid { from } => format!("It is valid only from {from}."),
            Refusal::Expired { until } => format!("It was valid until {until}."),
            Refusal::EndorsesAnother { endorsed } => format!("It endorses something else: {endorsed}."),
            Refusal::EndorsedOtherContent => "What it endorses had another content.".to_owned(),
            Refusal::OtherChallenge => "It was made for another request.".to_owned(),
            Refusal::OtherDomain => "It was made for somebody else.".to_owned(),
            Refusal::NotTheHolders { subject, .. } => format!("It holds a badge of somebody else: {subject}."),
            Refusal::Contained { position } => format!("Credential {} in it is refused.", position + 1),
            other => other.to_string(),
        },
        unchanged: "It is what was signed.",
        refused: "It is refused:",
        meaning: "A signature shows that a document was not changed, not who holds the key, nor that what is said is true.",
        too_little: |area| format!("Too few answers for a badge: {area}"),
        new_key: |file| {
            format!(
                "A new secret key was made in {file}. Keep this file and give it to nobody: whoever has it can sign in \
                 your place."
            )
        },
        sealed: "Nobody can open it without the passphrase: a forgotten passphrase cannot be recovered.",
        ask_passphrase: "Passphrase: ",
        ask_again: "The same again: ",
    },
    translation: TranslationWords {
        official: "Official crosswalk.",
        ours: "This crosswalk is our own and was not validated. Treat it as a first idea.",
        range: |lowest, highest| {
            if lowest == highest { format!("level {lowest}") } else { format!("level {lowest} to {highest}") }
        },
        touches: "(only touched on)",
        without: |competences| format!("; without {competences}"),
        untranslated: "What could not be translated",
        not_enough: "not enough answers yet",
        off_the_scale: |level| format!("the scale has no place for level {level}"),
        no_result: "none of what it is about has a result yet",
        no_way: "no crosswalk leads there",
    },
    framework: Framework {
        source: "Source",
        licence: "Licence",
        words: "Whose words",
        names: |origin| match origin {
            Origin::Official => "names: the publisher’s",
            Origin::Ours => "names: ours",
        },
        descriptions: |origin| match origin {
            Origin::Official => "descriptions: the publisher’s",
            Origin::Ours => "descriptions: ours",
        },
        levels: "Levels",
        areas: "Areas and competences",
    },
    errors: Errors {
        error: |code| format!("error[{code}]:"),
        place: "place:",
        what_to_do: "what to do:",
        advice: |advice| match advice {
            Advice::CheckName => "Check the name and the folder of the file.",
            Advice::CheckAccess => "Check that you may read and write there and that there is room on the disk.",
            Advice::CheckFile => {
                "Check that this is the right file. It may be cut off or damaged: use another copy. It was left as it is."
            }
            Advice::Update => "Install a newer version of this program. The file was left as it is.",
            Advice::ChooseName => "Choose a name that `skills-passport framework list` or `bank check` shows.",
            Advice::CorrectLibrary => "Correct the file, then run `skills-passport bank check` again.",
            Advice::ChooseCompetence => "Choose numbers that `skills-passport framework show` shows, each once.",
            Advice::StartAgain => {
                "The questions have changed since. Start a new assessment. The file was left as it is."
            }
            Advice::ChooseLanguage => "Choose another language with --lang.",
            Advice::UseAnotherPassport => "Choose another file with --out. The passport was left as it is.",
            Advice::ReadHelp => "Read what is possible with --help.",
            Advice::CheckPassphrase => {
                "Check the passphrase: at least 8 characters, capitals and accents as they were. Nobody can recover it."
            }
            Advice::AnswerMore => "Answer more questions first: a badge needs enough evidence.",
            Advice::ChooseRecords => "Choose from the ids that `skills-passport passport show FILE --json` shows.",
            Advice::ChooseAnotherName => "Choose another name. The file was left as it is.",
            Advice::ProtectKeys => {
                "Make it yours alone, for example with `chmod 600`. If others had it, change the key."
            }
            Advice::MakeKey => "Make a key with `skills-passport credential did --new`.",
            Advice::CorrectLine => "Correct this line and try again. Nothing was saved.",
            Advice::TryAgain => "Try again.",
        },
        kept: |file| format!("Your answers are safe in {file}."),
    },
    date: |year, month, day| {
        let month = match month {
            1 => "January",
            2 => "February",
            3 => "March",
            4 => "April",
            5 => "May",
            6 => "June",
            7 => "July",
            8 => "August",
            9 => "September",
            10 => "October",
            11 => "November",
            _ => "December",
        };
        format!("{day} {month} {year}")
    },
};

/// Tenths as a decimal number.
fn tenths(value: u32) -> String {
    format!("{}.{}", value / 10, value % 10)
}

fn duration(seconds: u32) -> String {
    match (seconds + 30) / 60 {
        _ if seconds < 90 => format!("{} seconds", seconds.div_ceil(5) * 5),
        minutes => format!("{minutes} minutes"),
    }
}
