//! The link to what is seen: to be copied, or to be read off the screen.

use qrcodegen::{QrCode, QrCodeEcc};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::app::browser;
use crate::app::words;
use crate::run::link::ORDINARY_LENGTH;

/// Room around the code, in modules, as its standard asks (ISO/IEC 18004).
const QUIET: i32 = 4;

/// What it shows.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The whole address.
    pub link: AttrValue,
}

/// The link.
#[component]
pub fn Share(props: &Props) -> Html {
    let field = use_node_ref();
    let copied = use_state(|| false);
    let copy = {
        let (field, link, copied) = (field.clone(), props.link.clone(), copied.setter());
        Callback::from(move |_: MouseEvent| {
            if let Some(field) = field.cast::<HtmlInputElement>() {
                field.select();
            }
            copied.set(browser::copy(&link));
        })
    };
    let long = props.link.len() > ORDINARY_LENGTH;
    html! {
        <div class="share">
            <p>{ words::SHARE_HELP }</p>
            <div class="row">
                <input ref={field} type="text" id="link" readonly=true value={props.link.clone()}
                    aria-label={words::LINK} />
                <button type="button" id="copy" class="main" onclick={copy}>{ words::COPY }</button>
            </div>
            <p role="status">{ if *copied { words::COPIED } else { "" } }</p>
            <p>{ if long { words::LONG_LINK } else { "" } }</p>
            <div class="code">{ code(&props.link) }</div>
        </div>
    }
}

/// The link as a QR code; nothing if it is too long for one.
fn code(link: &str) -> Html {
    let Ok(code) = QrCode::encode_text(link, QrCodeEcc::Low) else { return Html::default() };
    let size = code.size();
    let dark = (0..size).flat_map(|y| (0..size).map(move |x| (x, y)));
    let path: String = dark
        .filter(|&(x, y)| code.get_module(x, y))
        .map(|(x, y)| format!("M{} {}h1v1h-1z", x + QUIET, y + QUIET))
        .collect();
    let side = size + 2 * QUIET;
    html! {
        <svg class="qr" viewBox={format!("0 0 {side} {side}")} role="img" aria-label={words::QR}
            shape-rendering="crispEdges">
            <rect width={side.to_string()} height={side.to_string()} fill="#fff" />
            <path d={path} fill="#000" />
        </svg>
    }
}
