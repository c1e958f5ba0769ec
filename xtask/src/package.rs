//! The npm package: the static folder is one, with a manifest that says what is what; the demo page stays behind.

use std::path::PathBuf;

use anyhow::{Context, Result};
use serde_json::json;

use crate::bundle::{self, Bundle};
use crate::tools::{Cmd, Workspace, on_path};

/// The text of `package.json`.
pub(crate) fn manifest() -> Result<String> {
    let manifest = json!({
        "name": "skills-passport",
        "version": env!("CARGO_PKG_VERSION"),
        "description": "The custom element <skills-passport>: a self-assessment of digital skills, and a passport that belongs to the learner",
        "license": env!("CARGO_PKG_LICENSE"),
        "repository": { "type": "git", "url": format!("git+{}.git", env!("CARGO_PKG_REPOSITORY")) },
        "keywords": ["web-component", "custom-element", "digcomp", "skills", "self-assessment"],
        "type": "module",
        // The script of a `<script>` is no module, whatever `type` says here: it is for pages, not for `import`.
        "exports": {
            ".": { "types": "./skills-passport.d.ts", "default": "./skills-passport.mjs" },
            "./frame": { "types": "./skills-passport-frame.d.ts", "default": "./skills-passport-frame.js" },
            "./api": { "types": "./api/skills-passport-api.d.ts", "default": "./api/skills-passport-api.js" },
            "./*": "./*"
        },
        "types": "./skills-passport.d.ts",
        "customElements": "custom-elements.json",
        // Importing it defines the element.
        "sideEffects": true,
        "files": [
            "*.js", "*.mjs", "*.d.ts", "*.wasm", "*.css", "*.html", "*.json", "*.webmanifest", "*.svg", "api", "data",
            "!demo*", "!index.html"
        ],
    });
    Ok(format!("{manifest:#}\n"))
}

/// Builds the folder, packs it and returns the path of the package.
pub(crate) fn pack(workspace: &Workspace) -> Result<PathBuf> {
    let npm = on_path(&["npm"]).context("packing needs npm: install your system's package `npm`")?;
    let bundle = Bundle::shipped(workspace.dist());
    bundle::build(workspace, &bundle)?;
    let name = Cmd::new(npm, ["pack", "--silent", "--pack-destination"])
        .named("npm")
        .arg(&workspace.target)
        .folder(&bundle.out)
        .run_for_stdout()?;
    Ok(workspace.target.join(name.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_manifest_is_that_of_this_version() {
        let manifest: serde_json::Value = serde_json::from_str(&manifest().unwrap()).unwrap();
        assert_eq!(manifest["version"], env!("CARGO_PKG_VERSION"));
        assert_eq!(manifest["customElements"], "custom-elements.json");
    }
}
