//! The passport as one page of A4: picture, table, date, what it is and is not, a code.

use super::words::Words;
use super::{Code, escaped, picture, wording};
use crate::framework::Framework;
use crate::id::Language;
use crate::passport::AssessmentRecord;
use crate::profile::{Estimate, Evidence};

/// What a page is made from.
#[derive(Debug, Clone, Copy)]
pub struct Page<'a> {
    /// The assessment.
    pub record: &'a AssessmentRecord,
    /// Its framework.
    pub framework: &'a Framework,
    /// Language of the page: `en` or `fr`.
    pub language: &'a Language,
    /// The name to print, if any.
    pub name: Option<&'a str>,
    /// The date in the words of the place.
    pub date: &'a str,
    /// The code of a badge, if any.
    pub code: Option<&'a Code>,
}

const STYLE: &str = "@page{size:A4;margin:12mm}*{box-sizing:border-box}body{font:9.5pt/1.3 sans-serif;color:#000;\
                     margin:0 auto;max-width:186mm}h1{font-size:16pt;margin:0}h2{font-size:11pt;margin:3mm 0 1mm}\
                     p{margin:1mm 0}table{border-collapse:collapse;width:100%;font-size:8.5pt}\
                     th,td{text-align:left;padding:.4mm 2mm .4mm 0;border-bottom:.2mm solid #ccc;vertical-align:top}\
                     tbody th{font-weight:normal}tr.area>*{font-weight:bold;border-bottom-color:#000}.picture svg{display:block;height:72mm;\
                     margin:0 auto}.code{display:flex;gap:4mm;align-items:center}.code svg{width:38mm;flex:none}\
                     @media print{a{color:inherit}}";

/// The page as an HTML file that needs nothing besides itself; none if it is not written in the language.
#[must_use]
pub fn page(page: &Page<'_>) -> Option<String> {
    let words = Words::of(page.language)?;
    let Page { record, framework, name, date, code, .. } = page;
    let profile = &record.profile;
    let drawn = picture(&profile.areas, framework, page.language)?;
    let about = (words.about)(date, profile.answered, record.assessment.setting.assisted);
    let heading = match name {
        Some(name) => format!("<p><strong>{}</strong></p>", escaped(name)),
        None => String::new(),
    };
    let provisional =
        if profile.provisional { format!("<p>{}</p>", escaped(words.provisional)) } else { String::new() };
    let code = code.map(|code| {
        let svg = code.svg.trim_end();
        format!("<div class=\"code\">{svg}<p>{}</p></div>", escaped(words.code))
    });
    let framework_name = wording(framework, page.language).map_or("", |text| text.name.as_str());
    Some(format!(
        "<!DOCTYPE html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\"><title>{title}</title><style>{STYLE}</style></head>\n\
         <body><h1>{title}</h1>{heading}<p>{}. {}.</p><div class=\"picture\">{}</div>\n{}<p>{}</p><p>{}</p>{provisional}{}\
         </body></html>\n",
        words.language,
        escaped(&about),
        escaped(framework_name),
        drawn.trim_end(),
        table(page, words),
        escaped(words.is),
        escaped(words.is_not),
        code.unwrap_or_default(),
        title = escaped(words.title),
    ))
}

fn table(page: &Page<'_>, words: &Words) -> String {
    let text = wording(page.framework, page.language);
    let profile = &page.record.profile;
    let mut rows = String::new();
    let mut row = |class: &str, id: &str, name: &str, estimate: &Estimate| {
        let level = match estimate.evidence {
            Evidence::NotEnough => words.no_range.to_owned(),
            _ => {
                (words.range)(estimate.lowest_level.number(), estimate.highest_level.number(), estimate.level.number())
            }
        };
        rows.push_str(&format!(
            "<tr{class}><th scope=\"row\">{} {}</th><td>{}</td><td>{}</td></tr>\n",
            escaped(id),
            escaped(name),
            escaped(&level),
            escaped(&(words.evidence)(estimate.evidence, estimate.answers))
        ));
    };
    for area in &profile.areas {
        let name = text.and_then(|text| text.areas.get(&area.area)).map_or("", |text| text.name.as_str());
        row(" class=\"area\"", area.area.as_str(), name, &area.estimate);
        let inside = |id| page.framework.area_of(id) == Some(&area.area);
        for result in profile.competences.iter().filter(|result| inside(&result.competence)) {
            let name = text.and_then(|text| text.competences.get(&result.competence));
            row("", result.competence.as_str(), name.map_or("", |text| text.name.as_str()), &result.estimate);
        }
    }
    format!(
        "<table><thead><tr><th scope=\"col\">{}</th><th scope=\"col\">{}</th><th scope=\"col\">{}</th></tr></thead>\n\
         <tbody>\n{rows}</tbody></table>\n",
        escaped(words.area),
        escaped(words.level),
        escaped(words.basis)
    )
}
