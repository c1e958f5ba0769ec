//! A picture painted on a canvas, and saved as PNG. Shape by shape: a page with a strict policy loads no image, not even one
//! that it has made itself.

use skills_passport::paper::{Anchor, Drawing, Shape, Style};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CanvasRenderingContext2d, HtmlCanvasElement};

use crate::device::message;
use crate::files::{FileError, hand_over};

/// Pixels for each unit of a drawing: sharp on paper, and small enough for an old phone.
const SCALE: i32 = 2;
/// Distance of lines of text, hundredths of their size.
const LINE_HEIGHT: i32 = 115;

/// Hands the picture over as a PNG file.
///
/// # Errors
/// If the browser refuses.
pub async fn download_png(name: &str, drawing: &Drawing) -> Result<(), FileError> {
    let saved = async {
        let blob = blob(&painted(drawing)?).await?;
        hand_over(name, &blob)
    };
    saved.await.map_err(|error: JsValue| FileError::Browser(message(&error)))
}

fn painted(drawing: &Drawing) -> Result<HtmlCanvasElement, JsValue> {
    let document = web_sys::window().and_then(|window| window.document()).ok_or("no document")?;
    let canvas: HtmlCanvasElement = document.create_element("canvas")?.dyn_into()?;
    let (left, top, width, height) = drawing.view;
    canvas.set_width((width * SCALE).unsigned_abs());
    canvas.set_height((height * SCALE).unsigned_abs());
    let context = canvas.get_context("2d")?.ok_or("no canvas")?;
    let context: CanvasRenderingContext2d = context.dyn_into()?;
    context.scale(f64::from(SCALE), f64::from(SCALE))?;
    context.translate(f64::from(-left), f64::from(-top))?;
    context.set_fill_style_str("#fff");
    context.fill_rect(f64::from(left), f64::from(top), f64::from(width), f64::from(height));
    for shape in &drawing.shapes {
        paint(&context, shape)?;
    }
    Ok(canvas)
}

fn paint(context: &CanvasRenderingContext2d, shape: &Shape) -> Result<(), JsValue> {
    match shape {
        Shape::Circle { at: (x, y), radius, look } => {
            context.begin_path();
            context.arc(f64::from(*x), f64::from(*y), f64::from(*radius), 0.0, std::f64::consts::TAU)?;
            draw(context, look.style())
        }
        Shape::Line { from: (ax, ay), to: (bx, by), look } => {
            context.begin_path();
            context.move_to(f64::from(*ax), f64::from(*ay));
            context.line_to(f64::from(*bx), f64::from(*by));
            draw(context, look.style())
        }
        Shape::Text { at: (x, y), anchor, lines, look } => {
            let Style { fill, size, .. } = look.style();
            context.set_fill_style_str(fill.unwrap_or("#000"));
            context.set_font(&["", &size.to_string(), "px sans-serif"].concat());
            // In a language from right to left the picture stays as it is.
            context.set_text_align(match anchor {
                Anchor::Start => "left",
                Anchor::Middle => "center",
                Anchor::End => "right",
            });
            for (number, line) in (0..).zip(lines) {
                let down = size * LINE_HEIGHT * number / 100;
                context.fill_text(line, f64::from(*x), f64::from(y + down))?;
            }
            Ok(())
        }
    }
}

/// Fills and strokes the path that was begun.
fn draw(context: &CanvasRenderingContext2d, style: Style) -> Result<(), JsValue> {
    if let Some(fill) = style.fill {
        context.set_fill_style_str(fill);
        context.fill();
    }
    if let Some(stroke) = style.stroke {
        context.set_stroke_style_str(stroke);
        context.set_line_width(f64::from(style.size));
        let dashes = js_sys::Array::new();
        if style.dash > 0 {
            dashes.push(&style.dash.into());
        }
        context.set_line_dash(&dashes)?;
        context.stroke();
    }
    Ok(())
}

async fn blob(canvas: &HtmlCanvasElement) -> Result<Blob, JsValue> {
    let mut refused = None;
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        // Called once, by the browser, which then drops it.
        let done = Closure::once_into_js(move |blob: JsValue| {
            let _ = resolve.call1(&JsValue::UNDEFINED, &blob);
        });
        refused = canvas.to_blob(done.unchecked_ref()).err();
    });
    match refused {
        Some(error) => Err(error),
        None => JsFuture::from(promise).await?.dyn_into(),
    }
}
