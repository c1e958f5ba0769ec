//! What the program says about itself.

use std::process::Stdio;

use crate::support::{Desk, finish};

#[test]
fn help_is_what_was_agreed() {
    let desk = Desk::new();
    for (name, args) in [
        ("help", vec!["--help"]),
        ("help_assess", vec!["assess", "--help"]),
        ("help_passport", vec!["passport", "--help"]),
        ("help_passport_show", vec!["passport", "show", "--help"]),
        ("help_passport_merge", vec!["passport", "merge", "--help"]),
        ("help_passport_redact", vec!["passport", "redact", "--help"]),
        ("help_passport_diff", vec!["passport", "diff", "--help"]),
        ("help_passport_verify", vec!["passport", "verify", "--help"]),
        ("help_passport_migrate", vec!["passport", "migrate", "--help"]),
        ("help_passport_seal", vec!["passport", "seal", "--help"]),
        ("help_passport_open", vec!["passport", "open", "--help"]),
        ("help_passport_print", vec!["passport", "print", "--help"]),
        ("help_passport_picture", vec!["passport", "picture", "--help"]),
        ("help_badge_svg", vec!["badge", "svg", "--help"]),
        ("help_badge_qr", vec!["badge", "qr", "--help"]),
        ("help_credential", vec!["credential", "--help"]),
        ("help_credential_issue", vec!["credential", "issue", "--help"]),
        ("help_credential_endorse", vec!["credential", "endorse", "--help"]),
        ("help_credential_present", vec!["credential", "present", "--help"]),
        ("help_credential_verify", vec!["credential", "verify", "--help"]),
        ("help_credential_did", vec!["credential", "did", "--help"]),
        ("help_framework", vec!["framework", "--help"]),
        ("help_framework_list", vec!["framework", "list", "--help"]),
        ("help_framework_show", vec!["framework", "show", "--help"]),
        ("help_framework_import", vec!["framework", "import", "--help"]),
        ("help_bank", vec!["bank", "--help"]),
        ("help_bank_check", vec!["bank", "check", "--help"]),
        ("help_bank_lint", vec!["bank", "lint", "--help"]),
        ("help_bank_coverage", vec!["bank", "coverage", "--help"]),
        ("help_bank_print", vec!["bank", "print", "--help"]),
        ("help_offers", vec!["offers", "--help"]),
        ("help_offers_check", vec!["offers", "check", "--help"]),
        ("help_offers_import", vec!["offers", "import", "--help"]),
        ("help_offers_export", vec!["offers", "export", "--help"]),
        ("help_offers_coverage", vec!["offers", "coverage", "--help"]),
        ("help_offers_match", vec!["offers", "match", "--help"]),
        ("help_offers_path", vec!["offers", "path", "--help"]),
        ("help_group", vec!["group", "--help"]),
        ("help_group_report", vec!["group", "report", "--help"]),
        ("help_group_summary", vec!["group", "summary", "--help"]),
        ("help_group_merge", vec!["group", "merge", "--help"]),
        ("help_group_quantiles", vec!["group", "quantiles", "--help"]),
        ("help_dsi", vec!["dsi", "--help"]),
        ("help_dsi_ask", vec!["dsi", "ask", "--help"]),
        ("help_dsi_count", vec!["dsi", "count", "--help"]),
        ("help_contribute", vec!["contribute", "--help"]),
        ("help_contribute_make", vec!["contribute", "make", "--help"]),
        ("help_contribute_estimate", vec!["contribute", "estimate", "--help"]),
        ("help_export_parquet", vec!["export", "parquet", "--help"]),
        ("help_query", vec!["query", "--help"]),
        ("help_simulate", vec!["simulate", "--help"]),
        ("help_calibrate", vec!["calibrate", "--help"]),
    ] {
        let ran = desk.run(&args, "");
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{name}");
        insta::assert_snapshot!(name, ran.out);
    }
}

#[test]
fn version_is_that_of_the_crate() {
    let ran = Desk::new().run(&["--version"], "");
    assert_eq!(ran.out, format!("skills-passport {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn what_was_not_understood_is_exit_code_2() {
    let desk = Desk::new();
    for args in [
        &["asses"][..],
        &["assess", "--lang", "de"],
        &["assess", "--mode", "focus"],
        &["assess", "--focus", "1 1"],
        &["assess", "--seed", "-1"],
        &["assess", "--resume", "x", "--mode", "quick"],
        &["passport", "show"],
        &["passport"],
        &["passport", "merge", "one.json", "--out", "x"],
        &["passport", "migrate", "x"],
        &["passport", "diff", "x", "--before", "yesterday"],
        &["credential", "issue", "--passport", "x"],
        &["credential", "verify"],
        &["credential", "verify", "x", "--challenge", "c"],
        &["credential", "did", "--rotate"],
        &[],
    ] {
        let ran = desk.run(args, "");
        assert_eq!(ran.code, 2, "{args:?}: {}", ran.out);
        assert_eq!(ran.out, "", "{args:?}");
    }
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let desk = Desk::new();
    for args in [&["framework", "show"][..], &["framework", "show", "--json"], &["bank", "check"], &["--help"]] {
        let mut command = desk.command(args);
        // A pipe whose other end is closed before anything is written.
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        command.stdout(Stdio::from(writer));
        let ran = finish(command, "");
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{args:?}");
    }
}

#[test]
fn no_colour_where_there_is_no_terminal_or_where_it_is_not_wanted() {
    let desk = Desk::new();
    let shown = |name: &str| {
        let mut command = desk.command(&["framework", "show"]);
        command.env(name, "1");
        finish(command, "").out
    };
    assert!(!desk.run(&["framework", "show"], "").out.contains('\u{1b}'));
    assert!(!shown("NO_COLOR").contains('\u{1b}'));
    // Without this the two lines above could not fail.
    assert!(shown("CLICOLOR_FORCE").contains('\u{1b}'));
}
