//! What the general bank must reach: every level served everywhere, enough information, enough of the framework covered; and
//! no bank has anything that the linter finds.
#![expect(clippy::unwrap_used, reason = "a helper that fails is a failing test")]

use std::sync::LazyLock;

use skills_passport::assessment::{Instrument, Mode, Plan, Setting};
use skills_passport::bank::lint::lint;
use skills_passport::bank::{Coverage, Item, coverage};
use skills_passport::id::CompetenceId;
use skills_passport::measure::Belief;
use skills_passport_frameworks::Library;
use uuid::Uuid;

/// Share of the learning outcomes that items give evidence of.
const COVERED: f64 = 0.8;
/// Standard error in levels that answering all items of a competence must be able to reach …
const ATTAINABLE: f64 = 0.70;
/// … for everybody between these levels, in quarters of a level: 1.5 to 7.5.
const QUARTERS: std::ops::RangeInclusive<u8> = 6..=30;

static INSTRUMENT: LazyLock<Instrument> =
    LazyLock::new(|| Library::shipped().instrument("digcomp@3.0", "general").unwrap());

static COVERAGE: LazyLock<Coverage> = LazyLock::new(|| coverage(INSTRUMENT.bank(), INSTRUMENT.framework()));

/// Items of a competence that can be asked of one person: of two enemies, the one that comes first.
fn askable(competence: &CompetenceId) -> Vec<&'static Item> {
    let bank = INSTRUMENT.bank();
    let mut taken: Vec<usize> = Vec::new();
    for (position, item) in bank.items().iter().enumerate() {
        if item.competence == *competence && !bank.enemies_of(position).any(|enemy| taken.contains(&enemy)) {
            taken.push(position);
        }
    }
    taken.into_iter().filter_map(|position| bank.items().get(position)).collect()
}

/// What is believed of somebody who has not answered.
static PRIOR: LazyLock<Belief> = LazyLock::new(|| {
    let setting = Setting {
        id: Uuid::nil(),
        language: "en".parse().unwrap(),
        seed: 0,
        started: "2026-11-22T09:30:00Z".parse().unwrap(),
        assisted: false,
    };
    INSTRUMENT.belief(&INSTRUMENT.start(Plan::new(Mode::Standard), setting).unwrap()).belief
});

/// The standard error that all items of a competence allow at θ, in levels.
///
/// The posterior precision of (θ, β), the competence and the leniency of its area, is about its prior precision plus the
/// Fisher information of the answers: Λ = Σ⁻¹ + Σ_i I_i(η_i)·wᵢwᵢᵀ (the Bayesian Cramér–Rao bound; Van Trees 1968), with Σ
/// the prior covariance of both, w = (1, 1) for self-reports and (1, 0) for questions with a right answer. With A and B the
/// sums of the information of questions and of self-reports, and Σ diagonal with variances σ² and τ², the entry of Λ⁻¹ for θ
/// is 1/(1/σ² + A + B/(1 + B·τ²)): self-reports alone never say more than their leniency allows. The information is taken
/// at the mean leniency, from the models that the engine scores with, whose slopes are widened by the doubt about locations.
fn attainable(competence: &CompetenceId, theta: f64) -> f64 {
    let framework = INSTRUMENT.framework();
    let own = framework.position(competence).unwrap();
    let leniency = INSTRUMENT.leniency_of(framework.area_of(competence).unwrap()).unwrap();
    let (variance, both, spread) = (PRIOR.entry(own, own), PRIOR.entry(own, leniency), PRIOR.entry(leniency, leniency));
    let determinant = variance * spread - both * both;
    let (mut questions, mut reports) = (0.0, 0.0);
    for item in askable(competence) {
        if item.has_right_answer() {
            questions += item.model.information(theta);
        } else {
            reports += item.model.information(theta + PRIOR.marginal(leniency).mean);
        }
    }
    let of_own = spread / determinant + questions + reports;
    let of_both = -both / determinant + reports;
    let of_leniency = variance / determinant + reports;
    (of_own - of_both * of_both / of_leniency).sqrt().recip()
}

#[test]
fn every_competence_has_an_item_within_half_a_level_of_every_level() {
    let without: Vec<_> = COVERAGE
        .competences
        .iter()
        .filter(|competence| !competence.levels_without_item.is_empty())
        .map(|competence| (&competence.competence, &competence.levels_without_item))
        .collect();
    assert!(without.is_empty(), "{without:#?}");
}

#[test]
fn items_give_evidence_of_most_learning_outcomes() {
    let (covered, total) = (COVERAGE.outcomes_covered, COVERAGE.outcomes_total);
    assert_eq!(total, 523);
    assert!(covered as f64 >= COVERED * total as f64, "{covered} of {total}");
}

#[test]
fn every_competence_can_be_measured_well_from_level_one_and_a_half_to_seven_and_a_half() {
    let mut vague = Vec::new();
    let mut worst: f64 = 0.0;
    for competence in INSTRUMENT.framework().competences() {
        for theta in QUARTERS.map(|quarter| f64::from(quarter) / 4.0) {
            let error = attainable(competence, theta);
            worst = worst.max(error);
            if error > ATTAINABLE {
                vague.push(format!("{competence} at {theta}: {error:.3}"));
            }
        }
    }
    println!("the largest standard error is {worst:.3}");
    assert!(vague.is_empty(), "{vague:#?}");
}

#[test]
fn the_linter_finds_nothing() {
    let library = Library::shipped();
    for bank in library.banks().unwrap() {
        let written_for = library.bank_files(&bank.to_string()).unwrap().document.framework;
        let instrument = library.instrument(&written_for.to_string(), &bank.to_string()).unwrap();
        let found: Vec<String> = lint(instrument.bank())
            .unwrap()
            .into_iter()
            .map(|finding| {
                format!("{:?} {:?} {}: {}", finding.item, finding.language, finding.rule.code(), finding.what)
            })
            .collect();
        assert!(found.is_empty(), "{bank}: {found:#?}");
    }
}
