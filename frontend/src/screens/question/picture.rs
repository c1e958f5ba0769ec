//! Mock-ups: an e-mail, a page, a dialog, drawn as real text. Nothing in them can be pressed.

use skills_passport_web::core::bank::{Picture, PictureKind, PicturePart, PictureRole};
use yew::prelude::*;

use crate::layout::Ui;
use crate::text::Key;

pub(crate) fn picture(ui: &Ui, picture: &Picture) -> Html {
    let (class, key) = kind(picture.kind);
    let parts = picture.parts.iter();
    let content = match picture.kind {
        PictureKind::Table => table(ui, &picture.parts),
        PictureKind::Chart => chart(ui, &picture.parts),
        _ => html! { <div class="sheet">{ for parts.map(|part| line(ui, part)) }</div> },
    };
    html! {
        <figure class={classes!("mockup", class)}>
            <figcaption>{ ui.texts.get(key) }</figcaption>
            { content }
        </figure>
    }
}

fn kind(kind: PictureKind) -> (&'static str, Key) {
    match kind {
        PictureKind::Email => ("email", Key::PictureEmail),
        PictureKind::Chat => ("chat", Key::PictureChat),
        PictureKind::Search => ("search", Key::PictureSearch),
        PictureKind::Page => ("page", Key::PicturePage),
        PictureKind::Dialog => ("dialog", Key::PictureDialog),
        PictureKind::Files => ("files", Key::PictureFiles),
        PictureKind::Post => ("post", Key::PicturePost),
        PictureKind::Settings => ("settings", Key::PictureSettings),
        PictureKind::Table => ("table", Key::PictureTable),
        PictureKind::Chart => ("chart", Key::PictureChart),
    }
}

/// How a part looks, and the word in front of it for those who do not see how it looks.
fn role(role: PictureRole) -> (&'static str, Option<Key>) {
    match role {
        PictureRole::From => ("from", Some(Key::PictureFrom)),
        PictureRole::To => ("to", Some(Key::PictureTo)),
        PictureRole::Subject => ("subject", Some(Key::PictureSubject)),
        PictureRole::Date => ("date", Some(Key::PictureDate)),
        PictureRole::Link => ("a-link", Some(Key::PictureLink)),
        PictureRole::Button => ("a-button", Some(Key::PictureButton)),
        PictureRole::Attachment => ("attachment", Some(Key::PictureAttachment)),
        PictureRole::Title => ("a-title", None),
        PictureRole::Me => ("me", Some(Key::PictureMe)),
        PictureRole::Them => ("them", None),
        PictureRole::Query => ("query", Some(Key::PictureQuery)),
        PictureRole::Ad => ("result", Some(Key::PictureAd)),
        PictureRole::Result => ("result", None),
        PictureRole::Address => ("address", Some(Key::PictureAddress)),
        PictureRole::Field => ("field", None),
        PictureRole::ChoiceOn => ("on", Some(Key::PictureOn)),
        PictureRole::ChoiceOff => ("off", Some(Key::PictureOff)),
        PictureRole::Folder => ("folder", Some(Key::PictureFolder)),
        PictureRole::File => ("a-file", None),
        PictureRole::Image => ("image", Some(Key::PictureImage)),
        PictureRole::Comment => ("them", Some(Key::PictureComment)),
        PictureRole::Text | PictureRole::Count | PictureRole::Columns | PictureRole::Row | PictureRole::Bar => {
            ("text", None)
        }
    }
}

fn line(ui: &Ui, part: &PicturePart) -> Html {
    let (class, key) = role(part.role);
    let before = key.map(|key| html! { <span class="role">{ ui.texts.get(key) }{ " " }</span> });
    let detail = part.detail.as_ref().map(|detail| html! { <span class="detail">{ " " }{ detail.clone() }</span> });
    html! { <p {class}>{ before }<span class="what">{ part.text.clone() }</span>{ detail }</p> }
}

fn table(ui: &Ui, parts: &[PicturePart]) -> Html {
    let of = |role: PictureRole| parts.iter().filter(move |part| part.role == role);
    let heads = |part: &PicturePart| {
        part.cells().map(|cell| html! { <th scope="col">{ cell.to_owned() }</th> }).collect::<Html>()
    };
    let cells = |part: &PicturePart| {
        html! { <tr>{ for part.cells().map(|cell| html! { <td>{ cell.to_owned() }</td> }) }</tr> }
    };
    html! {
        <div class="sheet">
            { for of(PictureRole::Title).map(|part| line(ui, part)) }
            <table>
                <thead>{ for of(PictureRole::Columns).map(|part| html! { <tr>{ heads(part) }</tr> }) }</thead>
                <tbody>{ for of(PictureRole::Row).map(cells) }</tbody>
            </table>
            { for of(PictureRole::Text).map(|part| line(ui, part)) }
        </div>
    }
}

/// Bars with their numbers beside them. Whatever the numbers are, the longest bar is as long as there is room.
fn chart(ui: &Ui, parts: &[PicturePart]) -> Html {
    let value =
        |part: &PicturePart| part.detail.as_deref().and_then(|detail| detail.trim().parse::<u32>().ok()).unwrap_or(0);
    let highest = parts.iter().map(value).max().unwrap_or(0).max(1);
    let bar = |part: &PicturePart| {
        let width = (u64::from(value(part)) * 100 / u64::from(highest)).to_string();
        html! {
            <li>
                <span class="what">{ part.text.clone() }</span>{ " " }
                <span class="detail">{ part.detail.clone() }</span>
                <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"><rect {width} height="6" /></svg>
            </li>
        }
    };
    let bars: Vec<&PicturePart> = parts.iter().filter(|part| part.role == PictureRole::Bar).collect();
    let rest = |before: bool| {
        let role = if before { PictureRole::Title } else { PictureRole::Text };
        parts.iter().filter(move |part| part.role == role).map(|part| line(ui, part)).collect::<Html>()
    };
    html! {
        <div class="sheet">
            { rest(true) }
            <ul>{ for bars.into_iter().map(bar) }</ul>
            { rest(false) }
        </div>
    }
}
