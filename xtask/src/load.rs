//! How long a learner waits for the first question, beside SurveyJS in the same browser.

use std::fs;

use anyhow::{Context, Result};

use crate::browser::install_packages;
use crate::bundle::{self, Bundle};
use crate::serve::{Server, Wire};
use crate::tools::{Cmd, Workspace};
use crate::{check, chromium, tree};

/// Builds what is shipped, puts both pages beside it, and measures.
pub(crate) fn run(workspace: &Workspace) -> Result<()> {
    let node = check::require_node()?;
    let chromium = chromium::obtain()?;
    let (driver, peer) = (workspace.root.join("tests/browser"), workspace.root.join("xtask/bench/load"));
    install_packages(&driver)?;
    install_packages(&peer)?;
    let bundle = Bundle::shipped(workspace.dist());
    bundle::build(workspace, &bundle)?;
    let folder = workspace.scratch("bench-load");
    tree::empty_folder(&folder)?;
    for file in tree::files_in(&bundle.out)? {
        let copy = folder.join(&file);
        tree::create_parent(&copy)?;
        fs::copy(bundle.out.join(&file), &copy).with_context(|| format!("cannot write {}", copy.display()))?;
    }
    let program = peer.join("load.mjs");
    Cmd::new(&node, ["--"]).named("node").arg(&program).arg("prepare").arg(&folder).run()?;
    let server = Server::start(&folder, 0, 0, Wire::Brotli)?;
    Cmd::new(&node, ["--"])
        .named("node")
        .arg(&program)
        .arg("measure")
        .env("BASE_URL", server.url())
        .env("CHROMIUM", chromium)
        .env("PLAYWRIGHT", driver.join("node_modules/playwright-core/index.mjs"))
        .run()
}
