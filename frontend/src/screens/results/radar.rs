//! The areas on a radar, the same as a small table, and the picture to take away.

use skills_passport_web::core::framework::FrameworkText;
use skills_passport_web::core::paper::{self, Drawing, Shape};
use skills_passport_web::core::profile::{AreaResult, Profile};
use yew::prelude::*;

use super::level_phrase;
use crate::layout::LateUi;
use crate::state::way::{Act, Picture};
use crate::state::{Deed, Shown};
use crate::text::Key;

pub(super) fn radar(ui: &LateUi<'_>, words: &FrameworkText, profile: &Profile, shown: Shown) -> Html {
    let drawing = paper::drawing(&profile.areas, ui.framework(), ui.sheet.language());
    let row = |result: &AreaResult| {
        let name = words.areas.get(&result.area).map(|area| area.name.as_str());
        html! {
            <tr>
                <th scope="row">{ result.area.as_str() }{ ". " }{ name }</th>
                <td>{ level_phrase(ui, words, &result.estimate) }</td>
            </tr>
        }
    };
    // A file with words needs somebody who has written them.
    let with_words = paper::speaks(ui.sheet.language());
    html! {
        <>
            { ui.subtitle(Key::RadarTitle) }
            { ui.says("small", Key::RadarHelp) }
            { draw(&drawing) }
            <table class="small-table">
                <caption class="hidden">{ ui.texts.get(Key::RadarTitle) }</caption>
                <thead>
                    <tr>
                        <th scope="col">{ ui.texts.get(Key::ColumnArea) }</th>
                        <th scope="col">{ ui.texts.get(Key::ResultsColumnLevel) }</th>
                    </tr>
                </thead>
                <tbody>{ for profile.areas.iter().map(row) }</tbody>
            </table>
            <div class="actions">
                { ui.does("", Key::SavePng, Deed::Way(Act::SavePicture(shown, Picture::Png))) }
                if with_words {
                    { ui.does("", Key::SaveSvg, Deed::Way(Act::SavePicture(shown, Picture::Svg))) }
                }
            </div>
        </>
    }
}

fn draw(drawing: &Drawing) -> Html {
    let (left, top, width, height) = drawing.view;
    let view = [left, top, width, height].map(|value| value.to_string()).join(" ");
    html! {
        <svg class="radar" viewBox={view} aria-hidden="true" focusable="false">
            { for drawing.shapes.iter().map(shape) }
        </svg>
    }
}

fn shape(shape: &Shape) -> Html {
    match shape {
        Shape::Circle { at: (x, y), radius, look } => html! {
            <circle class={look.name()} cx={x.to_string()} cy={y.to_string()} r={radius.to_string()} />
        },
        Shape::Line { from: (ax, ay), to: (bx, by), look } => html! {
            <line class={look.name()} x1={ax.to_string()} y1={ay.to_string()} x2={bx.to_string()} y2={by.to_string()} />
        },
        Shape::Text { at: (x, y), anchor, lines, look } => {
            let line = |(number, line): (usize, &String)| {
                let down = if number == 0 { "0" } else { "1.15em" };
                html! { <tspan x={x.to_string()} dy={down}>{ line.clone() }</tspan> }
            };
            html! {
                <text class={look.name()} x={x.to_string()} y={y.to_string()} text-anchor={anchor.name()}>
                    { for lines.iter().enumerate().map(line) }
                </text>
            }
        }
    }
}
